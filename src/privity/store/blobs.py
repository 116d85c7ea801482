"""Objects too large for rows, as files in one private folder. What is put here is sealed already.

A blob is named `t/<hash of the tenant>/<random>` and never changes. It appears whole or not at all: it is written under
`incoming/`, synced, and renamed. A file there that no process holds a lock on was left behind by a crash.

Deleting overwrites a blob with zeros and syncs them before the file goes. File systems that copy on write, snapshots
and the blocks of an SSD may keep the old bytes, so erasure never rests on this: the blob's key is destroyed as well.
"""

import asyncio
import errno
import fcntl
import hashlib
import os
import re
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

import msgspec

from privity import logs
from privity.errors import NotFound, StoreUnavailable

_P = ParamSpec("_P")
_T = TypeVar("_T")

_log = logs.get("store")
_NAME = re.compile(r"t/([0-9a-f]{32})/([0-9a-f]{32})\Z")
_PIECE = 1 << 20  # bytes for one turn of a thread
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # O_NONBLOCK: a pipe in a blob's place must not hang us


class Blob(msgspec.Struct, frozen=True, kw_only=True):
    """A blob that is kept: its name, its size in bytes, and when it was written."""

    name: str
    size: int
    written_at: datetime


class Blobs:
    """The blobs in one folder, which is made 0700 whatever it was before; files are 0600 from their first byte on."""

    def __init__(self, folder: Path, randomness: Callable[[int], bytes] = os.urandom) -> None:
        self._folder = folder
        self._randomness = randomness

    async def put(self, tenant: UUID, chunks: AsyncIterator[bytes]) -> str:
        """Keep what the chunks make up and return its name; when this returns it is on the disk.

        Whatever stops it, an error of `chunks` or a cancellation included, nothing is left behind. Raises
        StoreUnavailable when the disk is full or fails.
        """
        name = f"{_tenant_folder(tenant)}/{self._randomness(16).hex()}"
        incoming = _Incoming(self._folder, self._randomness(16).hex())
        try:
            await _in_thread(incoming.create)
            pending = bytearray()
            async for chunk in chunks:
                pending += chunk
                if len(pending) >= _PIECE:
                    await _in_thread(incoming.write, bytes(pending))
                    pending.clear()
            await _in_thread(incoming.write, bytes(pending))
            await _in_thread(incoming.keep_as, name)
        except BaseException:
            await _in_thread(incoming.discard)
            raise
        finally:
            incoming.close()
        return name

    async def read(self, name: str, *, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes of a blob from `start` on, at most `length` of them, in pieces of at most 1 MiB.

        Raises NotFound when there is no such blob.
        """
        descriptor = self._open(name)
        try:
            end = os.fstat(descriptor).st_size if length is None else start + length
            while start < end:
                piece = await _in_thread(os.pread, descriptor, min(_PIECE, end - start), start)
                if not piece:
                    break
                start += len(piece)
                yield piece
        finally:
            os.close(descriptor)

    async def size(self, name: str) -> int:
        """Return how many bytes a blob has; raises NotFound when there is no such blob."""
        descriptor = self._open(name)
        try:
            return os.fstat(descriptor).st_size
        finally:
            os.close(descriptor)

    async def exists(self, name: str) -> bool:
        """Return whether there is a blob of this name."""
        try:
            os.close(self._open(name))
        except NotFound:
            return False
        return True

    async def delete(self, name: str) -> None:
        """Overwrite a blob with zeros, sync them, and remove it; a blob that is gone already is no error.

        A symbolic link in its place is removed and not followed. Other hard links lose the content as well.
        """
        await _in_thread(self._delete, name)

    async def list(self, tenant: UUID) -> AsyncIterator[Blob]:
        """Yield the blobs of a tenant, in no order."""
        for blob in await _in_thread(self._listed, tenant):
            yield blob

    async def sweep(self) -> int:
        """Overwrite and remove what crashes left half written, and return how many files that were."""
        return await _in_thread(self._sweep)

    def _open(self, name: str) -> int:
        """Open a blob for reading, without following a link at any step below the folder."""
        parent, leaf = _split(name)
        with _disk_failures(), _opened(self._folder, *parent, create=False) as folder:
            descriptor = os.open(leaf, os.O_RDONLY | _FILE, dir_fd=folder)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.close(descriptor)
                raise FileNotFoundError
            return descriptor

    def _delete(self, name: str) -> None:
        parent, leaf = _split(name)
        try:
            with _opened(self._folder, *parent, create=False) as folder:
                _wipe(folder, leaf)
        except FileNotFoundError:
            return

    def _listed(self, tenant: UUID) -> tuple[Blob, ...]:
        prefix = _tenant_folder(tenant)
        try:
            with _opened(self._folder, *prefix.split("/"), create=False) as folder, os.scandir(folder) as entries:
                return tuple(
                    Blob(
                        name=f"{prefix}/{entry.name}",
                        size=found.st_size,
                        written_at=datetime.fromtimestamp(found.st_mtime, UTC),
                    )
                    for entry in entries
                    if stat.S_ISREG((found := entry.stat(follow_symlinks=False)).st_mode)
                )
        except FileNotFoundError:
            return ()

    def _sweep(self) -> int:
        removed = 0
        with _opened(self._folder, "incoming", create=True) as folder:
            for leaf in os.listdir(folder):  # noqa: PTH208 - pathlib knows no descriptors
                try:
                    descriptor = os.open(leaf, os.O_RDONLY | _FILE, dir_fd=folder)
                except FileNotFoundError:
                    continue
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    _wipe(folder, leaf)
                    removed += 1
                except BlockingIOError:
                    continue  # being written
                finally:
                    os.close(descriptor)
        return removed


class _Incoming:
    """A file that is being written and belongs to nobody yet; locked, so that no sweep takes it for left behind."""

    def __init__(self, folder: Path, leaf: str) -> None:
        self._folder = folder
        self._parent: tuple[str, ...] = ("incoming",)
        self._leaf = leaf
        self._descriptor = -1

    def create(self) -> None:
        with _opened(self._folder, *self._parent, create=True) as parent:
            self._descriptor = os.open(self._leaf, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FILE, 0o600, dir_fd=parent)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def write(self, piece: bytes) -> None:
        _write_all(self._descriptor, piece)

    def keep_as(self, name: str) -> None:
        """Give the file its name, in the order that a power cut cannot break: content, then name."""
        os.fsync(self._descriptor)
        folders, leaf = _split(name)
        with (
            _opened(self._folder, *self._parent, create=False) as incoming,
            _opened(self._folder, *folders, create=True) as kept,
        ):
            os.rename(self._leaf, leaf, src_dir_fd=incoming, dst_dir_fd=kept)
            self._parent, self._leaf = folders, leaf
            os.fsync(kept)

    def discard(self) -> None:
        """Remove the file, wherever it is by now."""
        if self._descriptor >= 0:
            with _opened(self._folder, *self._parent, create=False) as parent:
                _wipe(parent, self._leaf)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)


@contextmanager
def _opened(root: Path, *below: str, create: bool) -> Iterator[int]:
    """Open a folder by its steps, following no link below `root`, and make each step 0700."""
    if create:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _tighten(descriptor)
        for step in below:
            if create:
                try:
                    os.mkdir(step, 0o700, dir_fd=descriptor)
                    os.fsync(descriptor)
                except FileExistsError:
                    pass
            inner = os.open(step, _FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
            _tighten(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def _tighten(folder: int) -> None:
    if stat.S_IMODE(os.fstat(folder).st_mode) & 0o077:
        os.fchmod(folder, 0o700)
        _log.warning("folder_was_open", part="blobs")


def _wipe(folder: int, leaf: str) -> None:
    """Overwrite a file with zeros over its whole length, sync, and remove it."""
    try:
        descriptor = os.open(leaf, os.O_WRONLY | _FILE, dir_fd=folder)
    except OSError as error:
        if error.errno not in {errno.ELOOP, errno.ENXIO}:  # a link, or a pipe without a reader: only the name goes
            raise
    else:
        try:
            found = os.fstat(descriptor)
            if stat.S_ISREG(found.st_mode):
                for start in range(0, found.st_size, _PIECE):
                    _write_all(descriptor, bytes(min(_PIECE, found.st_size - start)))
                os.fsync(descriptor)
            if found.st_nlink > 1:
                _log.warning("blob_had_other_names", count=found.st_nlink - 1)
        finally:
            os.close(descriptor)
    os.unlink(leaf, dir_fd=folder)
    os.fsync(folder)


def _write_all(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def _tenant_folder(tenant: UUID) -> str:
    """Return where a tenant's blobs lie: a hash, so that a listing of the folder names no tenant."""
    return f"t/{hashlib.sha256(b'blobs|' + tenant.bytes).hexdigest()[:32]}"


def _split(name: str) -> tuple[tuple[str, str], str]:
    """Return the folders and the file of a blob's name; raises NotFound for what is no such name."""
    found = _NAME.match(name)
    if found is None:
        raise NotFound("There is no such blob.")
    return ("t", found[1]), found[2]


@contextmanager
def _disk_failures() -> Iterator[None]:
    """Turn errors of the disk into Privity's; they name no path."""
    try:
        yield
    except FileNotFoundError:
        raise NotFound("There is no such blob.") from None
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreUnavailable("The disk for blobs is full.", advice="Free space; nothing was kept.") from None
        if error.errno in {errno.ELOOP, errno.ENOTDIR}:
            raise NotFound("There is no such blob.") from None
        raise StoreUnavailable(
            f"The folder for blobs cannot be used ({errno.errorcode.get(error.errno or 0, 'unknown')}).",
            advice="Run `privity doctor`.",
        ) from None


async def _in_thread(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Run a function that uses the disk in a thread and return its result; a cancellation waits for it.

    Otherwise the thread would go on with a descriptor that has been closed and may be another file's by then.
    """

    def run() -> _T:
        with _disk_failures():
            return function(*args, **kwargs)

    running = asyncio.ensure_future(asyncio.to_thread(run))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            try:
                await asyncio.wait([running])
            except asyncio.CancelledError:
                continue
        running.exception()
        raise
