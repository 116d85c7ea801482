"""The file keyring: root keys and the installation secret in one file of mode 0600; a KMS for a single machine.

    wrapped = "PV" | format 1 | kind "R" | AEAD id | root version (4, big-endian) | nonce (12) | ciphertext | tag (16)

The context that a key is bound to is the associated data, as JSON with sorted names. Root keys are versioned: the
highest wraps, all unwrap. The file is read anew for each act, so a keyring that is taken away stops the machine at once
instead of at the next start, and a rotation is seen by every process.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privity.durable import sync_folder
from privity.errors import Conflict, KeysUnavailable, Misconfigured, SealBroken
from privity.vault import Context, GeneratedKey, KmsHealth, Randomness, Secret, derive

_HEADER = b"PV\x01R\x00\x02"
_KEY, _VERSION, _NONCE, _TAG = 32, 4, 12, 16
_OVERHEAD = len(_HEADER) + _VERSION + _NONCE + _TAG


class _Contents(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file: JSON, keys in base64."""

    format: int
    installation_secret: bytes
    roots: dict[int, bytes]

    def __repr__(self) -> str:
        return "<keyring hidden>"

    def current(self) -> int:
        return max(self.roots)


class FileKeyring:
    """The keyring at a path; implements `privity.vault.KeyManagement`.

    Raises Misconfigured when the file is missing, readable by others, another user's, or damaged.
    """

    def __init__(self, path: Path, *, randomness: Randomness = os.urandom) -> None:
        self._path = path
        self._randomness = randomness
        self._installation_secret = Secret(self._read().installation_secret)

    @classmethod
    def create(cls, path: Path, *, randomness: Randomness = os.urandom) -> Self:
        """Return a new keyring with its first root key, durable before this returns.

        Raises Conflict when there is one already: overwriting it would destroy everything that it protects.
        """
        contents = _Contents(format=1, installation_secret=randomness(_KEY), roots={1: randomness(_KEY)})
        with _locked(path.parent):
            if path.exists():
                raise Conflict("there is a keyring already", advice="Keep it; without it nothing sealed can be opened.")
            _write(path, contents)
        return cls(path, randomness=randomness)

    def installation_secret(self) -> Secret:
        """Return the secret that names this installation, 32 bytes, fixed for its life."""
        return self._installation_secret

    def derive(self, purpose: str) -> Secret:
        """Return 32 bytes for one purpose, always the same, from which the installation secret cannot be found."""
        return derive(self._installation_secret, f"privity installation|{purpose}")

    def add_root(self) -> int:
        """Return the version of a new root key, which wraps from now on; the others still unwrap."""
        with _locked(self._path.parent):
            contents = self._read()
            version = contents.current() + 1
            _write(
                self._path, msgspec.structs.replace(contents, roots={**contents.roots, version: self._randomness(_KEY)})
            )
        return version

    async def generate(self, context: Context) -> GeneratedKey:
        """Return a new key and its wrapped form."""
        contents = await asyncio.to_thread(self._available)
        key = Secret(self._randomness(_KEY))
        return GeneratedKey(key, self._wrap(contents, context, key))

    async def unwrap(self, wrapped: bytes, context: Context) -> Secret:
        """Return the key that was wrapped under this context; raises SealBroken."""
        return _unwrap(await asyncio.to_thread(self._available), context, wrapped)

    async def rewrap(self, wrapped: bytes, context: Context) -> bytes:
        """Return the key wrapped under the current root key; raises SealBroken."""
        contents = await asyncio.to_thread(self._available)
        if _root_of(wrapped) == contents.current():
            return wrapped
        with _unwrap(contents, context, wrapped) as key:
            return self._wrap(contents, context, key)

    async def destroy(self, root: int) -> None:
        """Remove a root key from the file; raises Conflict for the current one."""
        await asyncio.to_thread(self._remove, root)

    async def health(self) -> KmsHealth:
        """Return the versions that the file holds."""
        contents = await asyncio.to_thread(self._available)
        return KmsHealth(provider="file", current_root=contents.current(), roots=tuple(sorted(contents.roots)))

    def _remove(self, root: int) -> None:
        with _locked(self._path.parent):
            contents = self._available()
            if root == contents.current():
                raise Conflict("the current root key cannot be destroyed", advice="Rotate and re-wrap first.")
            kept = {version: key for version, key in contents.roots.items() if version != root}
            _write(self._path, msgspec.structs.replace(contents, roots=kept))

    def _wrap(self, contents: _Contents, context: Context, key: Secret) -> bytes:
        header = _HEADER + contents.current().to_bytes(_VERSION)
        nonce = self._randomness(_NONCE)
        root = AESGCM(contents.roots[contents.current()])
        return header + nonce + root.encrypt(nonce, key.reveal(), header + _encoded(context))

    def _available(self) -> _Contents:
        """Return the contents; for a running service a keyring that is gone is a KMS that is down."""
        try:
            return self._read()
        except Misconfigured as gone:
            raise KeysUnavailable(gone.message, advice=gone.advice) from None

    def _read(self) -> _Contents:
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            raise Misconfigured(
                f"there is no keyring at {self._path}",
                advice="Put the keyring back from its safe copy. For a new installation run `privity init`.",
            ) from None
        except OSError as refused:
            raise Misconfigured(
                f"the keyring at {self._path} cannot be opened: {refused.strerror}",
                advice="It has to be a regular file that belongs to the user who runs Privity.",
            ) from None
        try:  # before it is made a file, which a folder cannot be
            _check_guarded(self._path, os.fstat(descriptor))
        except Misconfigured:
            os.close(descriptor)
            raise
        with os.fdopen(descriptor, "rb") as file:
            content = file.read()
        try:
            contents = msgspec.json.decode(content, type=_Contents)
        except msgspec.DecodeError:
            contents = None
        if contents is None or contents.format != 1 or not contents.roots or not _all_keys(contents):
            raise Misconfigured(
                f"the keyring at {self._path} is damaged", advice="Put the keyring back from its safe copy."
            )
        return contents


def _check_guarded(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
        raise Misconfigured(
            f"the keyring at {path} is not a file of the user who runs Privity",
            advice=f"Run Privity as the owner of the keyring, or: chown {os.geteuid()} {path}",
        )
    if stat.S_IMODE(status.st_mode) & ~0o600:
        raise Misconfigured(
            f"the keyring at {path} is open to other users",
            advice=f"chmod 600 {path}, and rotate its keys if others may have read it.",
        )


def _all_keys(contents: _Contents) -> bool:
    return all(len(key) == _KEY for key in (contents.installation_secret, *contents.roots.values())) and all(
        0 < version < 1 << 32 for version in contents.roots
    )


def _root_of(wrapped: bytes) -> int:
    if len(wrapped) < _OVERHEAD or not wrapped.startswith(_HEADER):
        raise SealBroken("a wrapped key did not open")
    return int.from_bytes(wrapped[len(_HEADER) : len(_HEADER) + _VERSION])


def _unwrap(contents: _Contents, context: Context, wrapped: bytes) -> Secret:
    root = contents.roots.get(_root_of(wrapped))
    if root is None:
        raise SealBroken("a wrapped key did not open")
    header, rest = wrapped[: len(_HEADER) + _VERSION], wrapped[len(_HEADER) + _VERSION :]
    try:
        return Secret(AESGCM(root).decrypt(rest[:_NONCE], rest[_NONCE:], header + _encoded(context)))
    except InvalidTag:
        raise SealBroken("a wrapped key did not open") from None


def _encoded(context: Context) -> bytes:
    return json.dumps(dict(context), sort_keys=True, separators=(",", ":")).encode("ascii")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one writer of the keyring; the lock goes with the process that dies."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, contents: _Contents) -> None:
    """Replace the file in one step: mode 0600 before it has content, durable before it has its name."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o600)
            file.write(msgspec.json.format(msgspec.json.encode(contents)) + b"\n")
            file.flush()
            os.fsync(descriptor)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)
