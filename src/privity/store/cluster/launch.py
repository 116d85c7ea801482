"""Starting PostgreSQL's programs as their user, in a folder that this user could not reach by its path.

The folders above a cluster may be 0700 and root's. They are not widened: the child inherits a descriptor of the folder
and knows it as `/proc/self/fd/N`. Its working directory would not do, because PostgreSQL 15 leaves it to find itself.
"""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from privity.errors import StoreUnavailable
from privity.store.cluster.account import Account

IN_FOLDER = "<folder>"
"""Stands in a command for the folder that it works in."""

_PR_SET_PDEATHSIG = 1  # prctl(2)
_LIBC = ctypes.CDLL(None, use_errno=True)
_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}


def launch(
    command: Sequence[str | Path], folder: Path, account: Account, output: IO[bytes], *, pass_fds: Sequence[int] = ()
) -> "subprocess.Popen[bytes]":
    """Start a program on `folder` as `account`; it gets SIGINT when the thread that called this ends."""
    parent, descriptor = os.getpid(), os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        return subprocess.Popen(
            [f"/proc/self/fd/{descriptor}" if word == IN_FOLDER else word for word in command],
            cwd="/",
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=(descriptor, *pass_fds),
            umask=0o077,
            start_new_session=True,
            preexec_fn=_dying_with(parent),  # noqa: PLW1509 - only prctl and getppid, after the fork, before exec
            user=None if account.is_us() else account.uid,
            group=None if account.is_us() else account.gid,
            extra_groups=None if account.is_us() else [],
        )
    finally:
        os.close(descriptor)


def run(command: Sequence[str | Path], folder: Path, account: Account, *, pass_fds: Sequence[int] = ()) -> None:
    """Run a program to its end; raises StoreUnavailable when it fails, with its name and exit code."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path
        code = launch(command, folder, account, nowhere, pass_fds=pass_fds).wait(timeout=120)
    if code != 0:
        raise StoreUnavailable(
            f"{Path(command[0]).name} ended with {code}.", advice="Is the disk full, or the folder not writable?"
        )


def _dying_with(parent: int) -> Callable[[], None]:
    def prepare() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:  # it died before the signal was asked for
            os._exit(1)

    return prepare
