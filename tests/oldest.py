"""The fixture `oldest`: programs of PostgreSQL 15, the oldest that is supported, which is Debian 12's own.

An installed one is used, or Debian's package is unpacked below /var/tmp, which takes no rights. Tests are skipped where
neither can be.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from privity.store.cluster import Programs

INSTALLED = Path("/usr/lib/postgresql/15")


@pytest.fixture(scope="session")
def oldest() -> Programs:
    if (INSTALLED / "bin" / "postgres").exists():
        return Programs(prefix=INSTALLED)
    cache = Path(f"/var/tmp/privity-test-postgresql-15-{os.geteuid()}")
    if not cache.exists():
        if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
            pytest.skip("PostgreSQL 15 is not installed, and this is not Debian")
        with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
            command = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", "postgresql-15"]
            done = subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=120)
            packages = list(Path(folder).glob("*.deb"))
            if done.returncode != 0 or not packages:
                pytest.skip("PostgreSQL 15 is not installed, and Debian's package cannot be downloaded")
            unpacked = Path(folder) / "unpacked"
            unpacked.mkdir(mode=0o755)
            subprocess.run(["dpkg-deb", "-x", packages[0], unpacked], check=True, timeout=120)
            unpacked.chmod(0o755)
            unpacked.rename(cache)
    assert cache.stat().st_uid == os.geteuid()
    programs = Programs(prefix=cache / "usr/lib/postgresql/15")
    try:
        programs.version()
    except subprocess.CalledProcessError:
        pytest.skip("Debian's PostgreSQL 15 needs a library that this machine does not have")
    return programs
