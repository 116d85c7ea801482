"""Filters that take system calls away from the calling process for good (Linux, seccomp(2) mode 2).

A filter is a classic BPF program over `struct seccomp_data`: number at 0, architecture at 4, arguments from 16 in eight
bytes each. Filters stack and cannot be removed. They are set with TSYNC, so that threads started by libraries before
are bound as well.
"""

import ctypes
import os
import platform
import struct

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _FLAG_TSYNC = 1, 1
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_X32_CALLS = 0x40000000  # the x32 numbers would slip past a list of x86-64 ones
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CLONE_THREAD = 0x00010000

# architecture: audit number, column in the table below, number of seccomp(2) itself
_ARCHITECTURES = {"x86_64": (0xC000003E, 0, 317), "aarch64": (0xC00000B7, 1, 277)}

_NETWORK = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "accept": (43, 202), "accept4": (288, 242),
    "bind": (49, 200), "listen": (50, 201),
}  # fmt: skip
_OTHERS = {  # other programs, other processes, and calls that would do any of the rest by another way
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kill": (62, 129), "tkill": (200, 130),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "io_uring_setup": (425, 425), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "setns": (308, 268), "mount": (165, 40),
    "shmget": (29, 194), "msgget": (68, 186), "mq_open": (240, 180),
}  # fmt: skip
_CHANGES = {  # files and folders made, renamed, removed, cut or marked without opening them
    "creat": (85, None), "truncate": (76, 45), "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "unlink": (87, None), "unlinkat": (263, 35), "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None),
    "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36), "mknod": (133, None),
    "mknodat": (259, 33), "chmod": (90, None), "fchmodat": (268, 53), "open_by_handle_at": (304, 265),
    "fchmodat2": (452, 452), "chown": (92, None), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None),
    "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88), "setxattr": (188, 5),
    "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16),
}  # fmt: skip
_OPEN, _OPENAT, _OPENAT2 = (2, None), (257, 56), (437, 437)
_CLONE, _CLONE3 = (56, 220), (435, 435)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def deny_network_and_writing() -> bool:
    """Take away sockets, other processes, and every way to write a file; False where the kernel offers no filter."""
    return _install([*_NETWORK.values(), *_OTHERS.values(), *_CHANGES.values()], opening="for reading")


def deny_opening() -> bool:
    """Take away opening files at all and starting processes; threads may still start. False without a filter."""
    return _install([], opening="never")


def _install(denied: list[tuple[int, int | None]], *, opening: str) -> bool:
    architecture = _ARCHITECTURES.get(platform.machine())
    if architecture is None:
        return False
    audit, column, seccomp = architecture
    code = _program(audit, column, denied, opening=opening)
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(code) // 8, code)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.syscall(seccomp, _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.byref(program)) == 0)


def _program(audit: int, column: int, denied: list[tuple[int, int | None]], *, opening: str) -> bytes:
    def refuse(errno: int = _EPERM) -> bytes:
        return _step(_RETURN, _ERRNO | errno)

    code = _step(_LOAD, 4) + _step(_JUMP_EQUAL, audit, 1, 0) + refuse() + _step(_LOAD, 0)
    code += _step(_JUMP_AT_LEAST, _X32_CALLS, 0, 1) + refuse()

    def on(call: tuple[int, int | None], then: bytes) -> bytes:
        number = call[column]
        return b"" if number is None else _step(_JUMP_EQUAL, number, 0, len(then) // 8) + then

    for call in denied:
        code += on(call, refuse())
    code += on(_OPENAT2, refuse(_ENOSYS))  # its flags lie behind a pointer; callers fall back to openat
    code += on(_CLONE3, refuse(_ENOSYS))  # likewise; glibc falls back to clone
    if opening == "never":
        code += on(_OPEN, refuse()) + on(_OPENAT, refuse())
    else:
        for call, flags in ((_OPEN, 1), (_OPENAT, 2)):
            code += on(call, _argument(flags, _WRITING, when_set=_ERRNO | _EPERM, when_clear=_ALLOW))
    code += on(_CLONE, _argument(0, _CLONE_THREAD, when_set=_ALLOW, when_clear=_ERRNO | _EPERM))
    return code + _step(_RETURN, _ALLOW)


def _argument(index: int, bits: int, *, when_set: int, when_clear: int) -> bytes:
    """Return the steps that answer by any of the bits in the low half of an argument."""
    return (
        _step(_LOAD, 16 + 8 * index)
        + _step(_JUMP_ANY_BIT, bits, 0, 1)
        + _step(_RETURN, when_set)
        + _step(_RETURN, when_clear)
    )


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
