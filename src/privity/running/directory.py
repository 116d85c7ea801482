"""The data directory: where everything of an installation lies, and who owns it at the moment.

One process owns the directory and runs the clusters and the sequencer in it; others attach to them. An owner that ends
waits for those that are attached. Both are file locks, so a process that is killed holds nothing.
"""

import fcntl
import os
import time
from pathlib import Path
from typing import Final

from privity.errors import Misconfigured, Unavailable

_LEAVE_WITHIN: Final = 15.0
_LOOK_EVERY: Final = 0.05


class DataDirectory:
    """The layout of DIR; everything in it is for its owner's eyes only."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    @property
    def keyring(self) -> Path:
        """The file that everything sealed depends on."""
        return self.path / "keyring"

    @property
    def ledger_keys(self) -> Path:
        """The file that remembers the public keys of the logs."""
        return self.path / "ledger-keys.json"

    @property
    def data_cluster(self) -> Path:
        """The embedded cluster that holds sealed content and the ledger."""
        return self.path / "clusters" / "data"

    @property
    def key_cluster(self) -> Path:
        """The embedded cluster that holds wrapped keys."""
        return self.path / "clusters" / "keys"

    @property
    def blobs(self) -> Path:
        """The folder of sealed blobs."""
        return self.path / "blobs"

    @property
    def logs(self) -> Path:
        """The folder of log files."""
        return self.path / "logs"

    @property
    def tls(self) -> Path:
        """The folder of the installation's own certificate authority and server certificate."""
        return self.path / "tls"

    @property
    def serving(self) -> Path:
        """The file in which the running server notes where it listens."""
        return self.path / "serving"

    def served_url(self) -> str | None:
        """Return where the server of this directory listens, or None while none does."""
        try:
            return self.serving.read_text(encoding="ascii").strip() or None
        except (OSError, ValueError):
            return None

    def note_served(self, url: str) -> None:
        """Note where the server of this directory listens, in a file that is its owner's only from its birth."""
        self.serving.unlink(missing_ok=True)
        descriptor = os.open(self.serving, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(url)

    def forget_served(self, url: str) -> None:
        """Remove the note, if it is still of this server."""
        if self.served_url() == url:
            self.serving.unlink(missing_ok=True)

    @property
    def initialised(self) -> bool:
        """Whether `privity init` has been here."""
        return self.keyring.exists()

    def create(self) -> None:
        """Make the folders, 0700 whatever they were before; raises Misconfigured when that is not possible."""
        try:
            for folder in (self.path, self.path / "clusters", self.blobs, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if folder.stat().st_mode & 0o077:
                    folder.chmod(0o700)
        except OSError as error:
            raise Misconfigured(
                f"the data directory {self.path} cannot be used: {error.strerror}",
                advice="Choose another with --data DIR, or mend its owner and mode.",
            ) from None


class Ownership:
    """Who runs the clusters: this process if it got the lock first, otherwise the one that it attaches to."""

    def __init__(self, directory: DataDirectory) -> None:
        self._owner = os.open(directory.path / "owner.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._attached = os.open(directory.path / "attached.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.is_ours = False

    def take(self, *, attach: bool) -> None:
        """Become the owner, or attach to the one there is.

        Raises Unavailable when there is another owner and attaching is not wanted.
        """
        try:
            fcntl.flock(self._owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.is_ours = True
            os.ftruncate(self._owner, 0)
            os.pwrite(self._owner, b"%d" % os.getpid(), 0)
        except BlockingIOError:
            if not attach:
                raise Unavailable(
                    f"another process runs this data directory: {os.pread(self._owner, 20, 0).decode('ascii')}",
                    advice="Use that one, or stop it first.",
                ) from None
            fcntl.flock(self._attached, fcntl.LOCK_SH)

    def wait_for_attached(self) -> None:
        """Return once nobody is attached any more, or after a while: they then lose the database and say so."""
        until = time.monotonic() + _LEAVE_WITHIN
        while time.monotonic() < until:
            try:
                fcntl.flock(self._attached, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_LOOK_EVERY)
            else:
                return

    def release(self) -> None:
        """Give the directory up."""
        os.close(self._attached)
        os.close(self._owner)
