"""Finding the server of a folder: `postmaster.pid` names a process, and /proc tells whether it is still that one."""

import os
import signal
from pathlib import Path

import msgspec


class Postmaster(msgspec.Struct, frozen=True, kw_only=True):
    """A running server."""

    pid: int

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; a server that is gone already is no error."""
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return


def find_postmaster(folder: Path) -> Postmaster | None:
    """Return the server that runs on this folder, or None.

    A file left behind by a server that was killed is removed when its process id now belongs to another program:
    PostgreSQL itself cannot tell another PostgreSQL apart and would refuse to start. That no orphan still uses the
    folder's shared memory is checked by PostgreSQL.
    """
    note = folder / "postmaster.pid"
    try:
        first = note.read_text().split("\n", 1)[0]
    except FileNotFoundError:
        return None
    if not first.isdigit():
        return None
    pid = int(first)
    if serves(pid, folder):
        return Postmaster(pid=pid)
    if Path(f"/proc/{pid}").exists() and not _is_zombie(pid):
        note.unlink(missing_ok=True)
    return None


def serves(pid: int, folder: Path) -> bool:
    """Return whether the process is a server that works in this folder."""
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        return name == "postgres" and Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
