"""Looking for spoken values in every byte of a folder, as an outsider with a copy of the disk would."""

import mmap
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from privity.cli.demo.assets import SpokenValue

_SMALLEST: Final = 3


def found_in(folders: Iterable[Path], values: Iterable[SpokenValue]) -> int:
    """Return how many of the values stand somewhere in the files below these folders, in any form and any case."""
    wanted = {value: _pattern(value) for value in values}
    found: set[SpokenValue] = set()
    for content in _contents(folders):
        found |= {value for value, pattern in wanted.items() if value not in found and pattern.search(content)}
    return len(found)


def _pattern(value: SpokenValue) -> re.Pattern[bytes]:
    """Return a pattern for all forms of a value, spaces standing for any separator that may have been written."""
    forms = sorted({form for form in value.forms if len(form) >= _SMALLEST}, key=len, reverse=True)
    parts = [rb"[\s,.\-]{1,3}".join(re.escape(word.encode()) for word in form.split()) for form in forms]
    return re.compile(rb"(?<![0-9A-Za-z])(?:" + b"|".join(parts) + rb")(?![0-9A-Za-z])", re.IGNORECASE)


def _contents(folders: Iterable[Path]) -> Iterator[bytes | mmap.mmap]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or not path.is_file() or path.stat().st_size == 0:
                continue
            with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                yield content
