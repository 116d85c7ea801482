"""A blob is kept whole or not at all, is readable by its owner only, and is gone when it is deleted."""

import asyncio
import errno
import os
import stat
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.errors import NotFound, StoreUnavailable, TooLarge
from privity.store import Blobs
from promises import promise

TENANT = UUID(int=1)


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def whole(blobs: Blobs, name: str, *, start: int = 0, length: int | None = None) -> bytes:
    return b"".join([piece async for piece in blobs.read(name, start=start, length=length)])


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def folders(folder: Path) -> list[Path]:
    return [folder, *(path for path in folder.rglob("*") if path.is_dir())]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


@pytest.fixture
def blobs(folder: Path) -> Blobs:
    return Blobs(folder)


async def test_a_blob_reads_as_it_was_put(blobs: Blobs) -> None:
    content = os.urandom(3 << 20)
    name = await blobs.put(TENANT, stream(content[:5], b"", content[5 : 2 << 20], content[2 << 20 :]))
    assert await whole(blobs, name) == content
    assert await blobs.exists(name)
    assert [blob.name async for blob in blobs.list(TENANT)] == [name]
    assert [blob.size async for blob in blobs.list(TENANT)] == [len(content)]
    assert [blob async for blob in blobs.list(UUID(int=2))] == []


@settings(max_examples=30, deadline=None)
@given(start=st.integers(0, 120), length=st.none() | st.integers(0, 120))
def test_a_range_is_a_slice(tmp_path_factory: pytest.TempPathFactory, start: int, length: int | None) -> None:
    async def check() -> None:
        blobs = Blobs(tmp_path_factory.mktemp("range"))
        content = bytes(range(100))
        name = await blobs.put(TENANT, stream(content))
        end = None if length is None else start + length
        assert await whole(blobs, name, start=start, length=length) == content[start:end]

    asyncio.run(check())


@promise("D34", sabotage="blob_of_nobody")
async def test_a_name_carries_a_hash_of_its_tenant(blobs: Blobs) -> None:
    mine, again, theirs = [await blobs.put(tenant, stream(b"x")) for tenant in (TENANT, TENANT, UUID(int=2))]
    assert mine.split("/")[:2] == again.split("/")[:2] != theirs.split("/")[:2]
    assert len({mine, again, theirs}) == 3
    assert TENANT.hex not in mine


@pytest.mark.parametrize("umask", [0o000, 0o022])
@promise("E8", "E9", sabotage="blob_open_to_all")
async def test_files_are_0600_in_folders_of_0700(folder: Path, umask: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first byte on, whatever the umask."""
    modes = []
    write = os.write

    def spying(descriptor: int, content: bytes) -> int:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", spying)
    before = os.umask(umask)
    try:
        name = await Blobs(folder).put(TENANT, stream(b"content"))
    finally:
        os.umask(before)
    assert set(modes) == {0o600}
    assert mode(folder / name) == 0o600
    assert {mode(path) for path in folders(folder)} == {0o700}


@promise("E9", sabotage="open_folder_stays_open")
async def test_an_open_folder_is_tightened(folder: Path, blobs: Blobs) -> None:
    name = await blobs.put(TENANT, stream(b"content"))
    opened = [folder, folder / "t", (folder / name).parent]
    for path in opened:
        path.chmod(0o755)
    await whole(blobs, name)
    assert [mode(path) for path in opened] == [0o700] * 3


class Trace:
    """The order of what happens to files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[str] = []
        for name in ("write", "fsync", "rename", "unlink"):
            monkeypatch.setattr(os, name, self._spying(name, getattr(os, name)))

    def _spying(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            done = function(*args, **kwargs)
            described = name
            if name == "write":
                assert isinstance(args[1], bytes | memoryview)
                described = "zeros" if not any(bytes(args[1])) else "write"
            if name == "fsync":
                assert isinstance(args[0], int)
                described = "sync folder" if stat.S_ISDIR(os.fstat(args[0]).st_mode) else "sync file"
            self.calls.append(described)
            return done

        return call


async def test_content_is_synced_before_its_name(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    await blobs.put(TENANT, stream(b"first"))
    trace = Trace(monkeypatch)
    await blobs.put(TENANT, stream(b"content"))
    assert trace.calls == ["write", "sync file", "rename", "sync folder"]


async def test_a_deleted_blob_was_overwritten_with_zeros(
    folder: Path, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await blobs.put(TENANT, stream(b"content" * 300_000))
    other_name = folder / "elsewhere"
    other_name.hardlink_to(folder / name)
    trace = Trace(monkeypatch)
    await blobs.delete(name)
    assert trace.calls == ["zeros", "zeros", "zeros", "sync file", "unlink", "sync folder"]
    assert other_name.read_bytes() == bytes(2_100_000)
    assert not await blobs.exists(name)
    await blobs.delete(name)


async def test_a_link_is_not_followed(folder: Path, blobs: Blobs, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"not ours")
    name = await blobs.put(TENANT, stream(b"content"))
    (folder / name).unlink()
    (folder / name).symlink_to(victim)
    assert not await blobs.exists(name)
    with pytest.raises(NotFound):
        await whole(blobs, name)
    await blobs.delete(name)
    assert victim.read_bytes() == b"not ours"
    assert not (folder / name).is_symlink()


async def test_a_linked_folder_is_not_followed(folder: Path, blobs: Blobs, tmp_path: Path) -> None:
    name = await blobs.put(TENANT, stream(b"content"))
    parent = (folder / name).parent
    parent.rename(tmp_path / "moved")
    parent.symlink_to(tmp_path / "moved")
    with pytest.raises(NotFound):
        await blobs.delete(name)
    assert (tmp_path / "moved" / Path(name).name).read_bytes() == b"content"


@pytest.mark.parametrize(
    "name",
    ["", "t", "../../etc/passwd", "t/../../x", "/etc/passwd", f"t/{'0' * 32}/{'0' * 31}", f"t/{'0' * 32}/{'0' * 32}"],
)
async def test_a_name_that_is_no_blobs_is_not_found(blobs: Blobs, name: str) -> None:
    await blobs.put(TENANT, stream(b"content"))
    with pytest.raises(NotFound):
        await whole(blobs, name)


@promise("E13", sabotage="half_a_blob_stays")
async def test_an_error_of_the_source_leaves_nothing(folder: Path, blobs: Blobs) -> None:
    async def too_large() -> AsyncIterator[bytes]:
        yield b"x" * (2 << 20)
        raise TooLarge("enough")

    with pytest.raises(TooLarge):
        await blobs.put(TENANT, too_large())
    assert files(folder) == []


async def test_a_cancellation_leaves_nothing(folder: Path, blobs: Blobs) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * (1 << 19)
            await asyncio.sleep(0)

    for delay in (0.0, 0.01, 0.05):
        putting = asyncio.create_task(blobs.put(TENANT, endless()))
        await asyncio.sleep(delay)
        putting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await putting
        assert files(folder) == []


FAULTS = [("write", errno.ENOSPC), ("write", errno.EDQUOT), ("fsync", errno.EIO), ("rename", errno.ENOSPC)]


@pytest.mark.parametrize(("call", "fault"), FAULTS)
async def test_a_failing_disk_leaves_nothing(
    folder: Path, blobs: Blobs, monkeypatch: pytest.MonkeyPatch, call: str, fault: int
) -> None:
    await blobs.put(TENANT, stream(b"kept before"))
    kept = files(folder)
    real = getattr(os, call)
    failed: list[str] = []

    def failing(*args: object, **kwargs: object) -> object:
        if not failed:
            failed.append(call)
            raise OSError(fault, "the disk", "/a/path")
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, failing)
    with pytest.raises(StoreUnavailable) as told:
        await blobs.put(TENANT, stream(b"content"))
    assert "/a/path" not in str(told.value)
    assert failed == [call]
    assert files(folder) == kept


async def test_an_unsynced_name_is_taken_back(folder: Path, blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder cannot be synced after the rename: the blob may vanish with the power, so it is not kept."""
    await blobs.put(TENANT, stream(b"kept before"))
    kept = files(folder)
    real = os.fsync
    failed: list[int] = []

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) and not failed:
            failed.append(descriptor)
            raise OSError(errno.EIO, "the disk")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(StoreUnavailable, match="EIO"):
        await blobs.put(TENANT, stream(b"content"))
    assert files(folder) == kept


@promise("E13", sabotage="crash_leftovers_stay")
async def test_what_a_crash_left_is_swept_and_what_is_being_written_is_not(folder: Path, blobs: Blobs) -> None:
    kept = await blobs.put(TENANT, stream(b"kept"))
    (folder / "incoming" / "left-behind").write_bytes(b"half")
    go_on = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"x" * (1 << 20)
        await go_on.wait()

    putting = asyncio.create_task(blobs.put(TENANT, slowly()))
    while len(files(folder)) < 3:
        await asyncio.sleep(0.01)
    assert await blobs.sweep() == 1
    go_on.set()
    name = await putting
    assert files(folder) == sorted(folder / each for each in (kept, name))


async def test_pieces_are_small_however_large_the_blob(blobs: Blobs) -> None:
    name = await blobs.put(TENANT, stream(*[b"x" * 700_000] * 9))
    sizes = [len(piece) async for piece in blobs.read(name)]
    assert max(sizes) <= 1 << 20
    assert all(earlier >= later for earlier, later in pairwise(sizes))
