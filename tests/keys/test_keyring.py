"""The keyring is its owner's alone from the moment it exists, and says what to do when something is wrong with it."""

import asyncio
import base64
import json
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from privity.errors import Conflict, KeysUnavailable, Misconfigured, SealBroken
from privity.keys import FileKeyring
from privity.vault import KeyManagement
from promises import promise

CONTEXT = {"tenant": "a", "key": "b"}


@contextmanager
def umask(value: int) -> Iterator[None]:
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


def secrets_in(path: Path) -> list[str]:
    contents = json.loads(path.read_bytes())
    return [contents["installation_secret"], *contents["roots"].values()]


def test_it_is_a_kms(keyring: FileKeyring) -> None:
    kms: KeyManagement = keyring
    assert asyncio.run(kms.health()).provider == "file"


@promise("E8", sabotage="keyring_for_everyone")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_only_the_owner_can_read_it_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "keyring"
    with umask(mask):
        keyring = FileKeyring.create(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        keyring.add_root()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@promise("E8", sabotage="keyring_narrowed_late")
def test_it_is_never_wider_even_while_it_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    fchmod = os.fchmod

    def watched(descriptor: int, mode: int) -> None:
        status = os.fstat(descriptor)
        seen.append((stat.S_IMODE(status.st_mode), status.st_size))
        fchmod(descriptor, mode)

    monkeypatch.setattr(os, "fchmod", watched)
    with umask(0):
        FileKeyring.create(tmp_path / "keyring")
    assert seen == [(0o600, 0)]


@promise("E8", sabotage="keyring_mode_unchecked")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604, 0o620, 0o700])
def test_a_wider_mode_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keyring"
    FileKeyring.create(path)
    path.chmod(mode)
    with pytest.raises(Misconfigured) as caught:
        FileKeyring(path)
    said = caught.value.message + caught.value.advice
    assert f"chmod 600 {path}" in said
    assert not any(secret in said for secret in secrets_in(path))


def test_a_narrower_mode_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "keyring"
    FileKeyring.create(path)
    path.chmod(0o400)
    FileKeyring(path)


def test_another_owner_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keyring"
    FileKeyring.create(path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(Misconfigured, match="not a file of the user"):
        FileKeyring(path)


@promise("E44")
def test_a_missing_keyring_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as caught:
        FileKeyring(tmp_path / "keyring")
    assert "privity init" in caught.value.advice
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keyring").mkdir(mode=0o700)
    with pytest.raises(Misconfigured, match="not a file"):
        FileKeyring(tmp_path / "keyring")


def test_a_link_is_refused(tmp_path: Path) -> None:
    FileKeyring.create(tmp_path / "real")
    (tmp_path / "keyring").symlink_to(tmp_path / "real")
    with pytest.raises(Misconfigured, match="cannot be opened"):
        FileKeyring(tmp_path / "keyring")


def damaged_forms() -> list[bytes]:
    key, short = base64.b64encode(bytes(32)).decode(), base64.b64encode(bytes(31)).decode()
    whole: dict[str, object] = {"format": 1, "installation_secret": key, "roots": {"1": key}}
    changes: list[dict[str, object]] = [
        {"format": 2},
        {"roots": {}},
        {"roots": {"0": key}},
        {"roots": {"1": short}},
        {"installation_secret": short},
        {"installation_secret": None},
        {"more": 1},
    ]
    cut = json.dumps(whole)[:-9].encode()
    return [b"", b"not json", b"[]", cut, *(json.dumps(whole | change).encode() for change in changes)]


@pytest.mark.parametrize("content", damaged_forms())
def test_a_damaged_keyring_is_refused_without_its_content(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "keyring"
    with umask(0o077):
        path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(Misconfigured, match="damaged") as caught:
        FileKeyring(path)
    assert caught.value.__cause__ is None
    assert base64.b64encode(bytes(31)).decode()[:8] not in caught.value.message


def test_a_keyring_is_never_overwritten_by_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "keyring"
    FileKeyring.create(path)
    before = path.read_bytes()
    with pytest.raises(Conflict):
        FileKeyring.create(path)
    assert path.read_bytes() == before


def test_a_write_that_fails_leaves_the_old_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keyring"
    keyring = FileKeyring.create(path)
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keyring.add_root()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_rotations_at_once_lose_no_root(tmp_path: Path) -> None:
    keyring = FileKeyring.create(tmp_path / "keyring")
    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(lambda _: keyring.add_root(), range(16)))
    assert sorted(versions) == list(range(2, 18))


async def test_a_wrapped_key_unwraps_only_in_its_context(keyring: FileKeyring) -> None:
    key, wrapped = await keyring.generate(CONTEXT)
    assert await keyring.unwrap(wrapped, dict(reversed(CONTEXT.items()))) == key
    for other in ({}, {"tenant": "a"}, {"tenant": "b", "key": "a"}, {**CONTEXT, "more": ""}):
        with pytest.raises(SealBroken):
            await keyring.unwrap(wrapped, other)


async def test_every_altered_byte_of_a_wrapped_key_is_refused(keyring: FileKeyring) -> None:
    _, wrapped = await keyring.generate(CONTEXT)
    for position in range(len(wrapped)):
        altered = bytearray(wrapped)
        altered[position] ^= 1
        with pytest.raises(SealBroken):
            await keyring.unwrap(bytes(altered), CONTEXT)
    with pytest.raises(SealBroken):
        await keyring.unwrap(wrapped[:-1], CONTEXT)


async def test_after_a_rotation_the_old_root_unwraps_and_the_new_one_wraps(keyring: FileKeyring) -> None:
    key, wrapped = await keyring.generate(CONTEXT)
    assert await keyring.rewrap(wrapped, CONTEXT) is wrapped
    assert keyring.add_root() == 2
    assert await keyring.unwrap(wrapped, CONTEXT) == key
    renewed = await keyring.rewrap(wrapped, CONTEXT)
    with pytest.raises(Conflict):
        await keyring.destroy(2)
    await keyring.destroy(1)
    assert (await keyring.health()).roots == (2,)
    assert await keyring.unwrap(renewed, CONTEXT) == key
    with pytest.raises(SealBroken):
        await keyring.unwrap(wrapped, CONTEXT)


@promise("E44", sabotage="keyring_read_once")
async def test_a_keyring_taken_away_stops_a_running_service(keyring: FileKeyring, tmp_path: Path) -> None:
    _, wrapped = await keyring.generate(CONTEXT)
    (tmp_path / "keyring").rename(tmp_path / "elsewhere")
    for act in (keyring.generate(CONTEXT), keyring.unwrap(wrapped, CONTEXT), keyring.rewrap(wrapped, CONTEXT)):
        with pytest.raises(KeysUnavailable):
            await act
    with pytest.raises(KeysUnavailable):
        await keyring.health()


def test_derived_secrets_are_stable_distinct_and_not_the_installation_secret(
    keyring: FileKeyring, tmp_path: Path
) -> None:
    pepper = keyring.derive("token pepper")
    assert pepper == keyring.derive("token pepper") == FileKeyring(tmp_path / "keyring").derive("token pepper")
    keyring.add_root()
    assert pepper == FileKeyring(tmp_path / "keyring").derive("token pepper")
    others = [keyring.derive("inbox"), keyring.derive("token pepper "), keyring.installation_secret()]
    assert pepper not in others
    assert len(pepper) == 32


def test_no_text_form_shows_a_key(keyring: FileKeyring, tmp_path: Path) -> None:
    shown = repr(keyring) + repr(vars(keyring)) + repr(keyring._read()) + repr(keyring.derive("inbox"))
    for secret in secrets_in(tmp_path / "keyring"):
        assert secret not in shown
        assert base64.b64decode(secret).hex() not in shown
        assert repr(base64.b64decode(secret)) not in shown
