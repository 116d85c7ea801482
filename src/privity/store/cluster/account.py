"""Which user of the operating system PostgreSQL runs as: it refuses to run as root.

Started by an ordinary user, the cluster runs as that user. Started by root, it runs as the owner of the folder that
exists already, or else as `privity-postgres`, which is created when it is missing, or `nobody` where it cannot be.
"""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import msgspec

NAME = "privity-postgres"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A user of the operating system: uid and primary gid."""

    uid: int
    gid: int

    def is_us(self) -> bool:
        """Return whether this process runs as this user already."""
        return self.uid == os.geteuid()


def account_for(folder: Path) -> Account:
    """Return the user that PostgreSQL runs as over this folder, which need not exist yet."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid())
    if folder.exists() and folder.stat().st_uid != 0:
        owner = folder.stat()
        return Account(uid=owner.st_uid, gid=owner.st_gid)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _created()
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def _created() -> pwd.struct_passwd:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is not None:
        command = [program, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        subprocess.run(command, check=False, capture_output=True, timeout=30, env={})
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return pwd.getpwnam("nobody")
