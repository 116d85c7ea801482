"""What a child takes away from itself, in two steps, before a byte of a recording reaches it (promises C1, C2, E30).

`confine` comes first: no environment that could name a secret, no core dump, nobody may read its memory, it dies with
its parent, no network, no other program, no file it could write. Libraries and the model load after that. `close_doors`
comes when all is loaded: from then on nothing can be opened at all, so that a recording crafted to take over the
decoder finds neither a key nor a way out.

Linux can do all of this without privileges, by seccomp. A private network namespace and the change to user `nobody`
need root and are added where they work. Elsewhere an audit hook stops Python code only, and the answer says so.
"""

import ctypes
import os
import resource
import signal
import sys

from privity.speech import seccomp
from privity.speech.messages import Confinement

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_CLONE_NEWNET = 0x40000000
_MCL_CURRENT_FUTURE_ONFAULT = 1 | 2 | 4
_NOBODY = 65534
_NOWHERE = "/nonexistent"
_QUIET = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime writes files and calls home otherwise
    "HF_HUB_OFFLINE": "1",
    "HOME": _NOWHERE,
    "TMPDIR": _NOWHERE,
    "LC_ALL": "C.UTF-8",
    "OMP_WAIT_POLICY": "PASSIVE",  # threads that wait sleep: spinning tripled the work on a busy machine
    "KMP_BLOCKTIME": "0",  # the same for the other OpenMP runtime
}
_GUARDED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def confine(parent_pid: int, threads: int) -> Confinement:
    """Take away environment, core dumps, network, programs and writing; return what this machine allowed.

    Call it before any library is imported that reads the environment. Ends the process when its parent is gone already.
    """
    os.environ.clear()
    os.environ.update(_QUIET, OMP_NUM_THREADS=str(threads))
    os.chdir("/")
    os.umask(0o777)
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(limit, (0, 0))
    if sys.platform != "linux":
        return _guard_python()
    _tie_to(parent_pid)
    locked = _lock_memory()
    alone = ctypes.CDLL(None).unshare(_CLONE_NEWNET) == 0
    filtered = seccomp.deny_network_and_writing()
    if not (alone or filtered):
        _guard_python()
    return Confinement(
        network="own empty namespace, no socket calls" if alone and filtered else
        "own empty namespace" if alone else "no socket calls (seccomp)" if filtered else "guarded in Python only",
        files="none can be written, none opened once the audio comes" if filtered else "size limit 0 for written files",
        memory="never swapped, not dumped" if locked else "not dumped; may be swapped",
        user="root" if os.geteuid() == 0 else "as the parent",
    )  # fmt: skip


def close_doors(parent_pid: int, before: Confinement) -> Confinement:
    """Give up root, then the opening of files and starting of processes; return what holds now."""
    if sys.platform != "linux":
        return before
    user = "nobody" if _become_nobody() else before.user
    _tie_to(parent_pid)  # a change of user resets both
    seccomp.deny_opening()
    return Confinement(network=before.network, files=before.files, memory=before.memory, user=user)


def _tie_to(parent_pid: int) -> None:
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:  # it died before the line above could tie us to it
        os._exit(1)


def _lock_memory() -> bool:
    """Keep all pages out of swap, where the limit for locked memory is or can be lifted."""
    if sys.platform != "linux":
        return False
    try:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (ValueError, OSError):
        return False  # with a finite limit, locking what comes later would make allocations fail
    return bool(ctypes.CDLL(None).mlockall(_MCL_CURRENT_FUTURE_ONFAULT) == 0)


def _become_nobody() -> bool:
    if os.geteuid() != 0:
        return False
    try:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    except OSError:  # a user namespace without that user
        return False
    return True


def _guard_python() -> Confinement:
    """Refuse sockets and programs to Python code, where the system offers nothing stronger."""

    def refuse(event: str, _arguments: object) -> None:
        if event.startswith(_GUARDED):
            raise PermissionError

    sys.addaudithook(refuse)
    return Confinement(
        network="guarded in Python only", files="size limit 0 for written files", memory="may be swapped",
        user="as the parent",
    )  # fmt: skip
