"""Files that commands are given, to read or to write; their names are never repeated: a name may hold anything."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from privity.errors import Unreadable

STANDARD_INPUT: Final = Path("-")  # as it is typed


def open_input(file: Path | None) -> BinaryIO:
    """Return a file to read, or standard input; raises Unreadable without repeating the file's name."""
    if file is None:
        return sys.stdin.buffer
    try:
        return file.open("rb")
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror}", advice="Check the path.") from None


def write_output(file: Path, content: bytes) -> None:
    """Write a file, whole or not at all; raises Unreadable without repeating the file's name."""
    with whole_output(file) as stream:
        stream.write(content)


@contextmanager
def whole_output(file: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content is the file's once the block has ended well; until then the file stays as it was.

    What is no file, such as a pipe or a terminal, is written to as it comes. Raises Unreadable without repeating the
    file's name.
    """
    target = file.resolve()
    # Of a name that nobody lays a link under, and open from the first byte to those whom the file is open to.
    beside = target.with_name(f".{os.getpid()}-{os.urandom(6).hex()}.unfinished")
    straight = target.exists() and not target.is_file()
    try:
        with target.open("wb") if straight else _new(beside, target) as stream:
            yield stream
            stream.flush()
            if not straight:
                os.fsync(stream.fileno())
        if not straight:
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
    except OSError as error:
        raise Unreadable(
            f"the file cannot be written: {error.strerror or type(error).__name__}", advice="Choose another path."
        ) from None
    finally:
        if not straight:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _new(beside: Path, target: Path) -> BinaryIO:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666
    return os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb")
