"""The public key of each log, remembered outside every database when it is first seen.

Whoever rules the database could replace a log together with the key that it names. Then the key that is remembered here
no longer fits, and verification fails instead of believing the new one.
"""

import fcntl
import os
from pathlib import Path

import msgspec

from privity.durable import sync_folder
from privity.errors import Misconfigured


class PinnedKeys:
    """Keys by log in one JSON file, mode 0600, replaced in one step."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def key_of(self, log: str, seen: str) -> str:
        """Return the key to believe for a log: the remembered one, or from now on the one that is `seen`."""
        with self._locked():
            known = self._read()
            if log not in known:
                known[log] = seen
                self._write(known)
            return known[log]

    def _locked(self) -> "_Lock":
        return _Lock(self._path.with_suffix(".lock"))

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except msgspec.DecodeError:
            raise Misconfigured(
                f"{self._path} is damaged", advice="Put it back from a copy; it holds the public keys of the logs."
            ) from None

    def _write(self, known: dict[str, str]) -> None:
        draft = self._path.with_suffix(".draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(known)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        sync_folder(self._path.parent)


class _Lock:
    """One writer at a time; the lock goes with the process that dies."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)
