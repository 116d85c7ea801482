"""Files that commands are given, to read or to write; their names are never repeated: a name may hold anything."""

import sys
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
    """Write a file whole; raises Unreadable without repeating the file's name."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Unreadable(f"the file cannot be written: {error.strerror}", advice="Choose another path.") from None
