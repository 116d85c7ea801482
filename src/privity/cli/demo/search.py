"""Looking for spoken values in every byte of a folder, as an outsider with a copy of the disk would."""

import mmap
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from privity.redact import Redactor, Span, Turn

_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TELLING: Final = 6  # letters and digits; what is shorter is looked for together with the word before it
_BETWEEN: Final = rb"[\s,.()/-]{0,4}"


class SpokenValue(msgspec.Struct, frozen=True):
    """One identifier of the call: its label and the forms in which it could have been written down."""

    label: str
    forms: tuple[str, ...]

    def __repr__(self) -> str:
        """Show the label only."""
        return f"SpokenValue({self.label})"


def spoken_values(turns: Sequence[Turn], redactor: Redactor, script: Mapping[str, str]) -> tuple[SpokenValue, ...]:
    """Return what the redactor hides in a call, each value in the forms that a leak could take.

    The forms are: as it was heard, as digits, as digit words, and as the call's script has it.
    """
    values: list[SpokenValue] = []
    for turn, spans in zip(turns, redactor.detect_turns(turns), strict=True):
        for span in spans:
            label = str(span.finding.label)
            forms = _forms(turn.text, span)
            if span.continues and values:
                values[-1] = SpokenValue(label, (*values[-1].forms, *forms))
            else:
                values.append(SpokenValue(label, (*forms, script[label]) if label in script else forms))
    return tuple(dict.fromkeys(values))


def found_in(folders: Iterable[Path], values: Iterable[SpokenValue]) -> int:
    """Return how many of the values stand somewhere in the files below these folders, in any form and any case."""
    wanted = {value: _pattern(value) for value in values}
    found: set[SpokenValue] = set()
    for content in _contents(folders):
        found |= {value for value, pattern in wanted.items() if value not in found and pattern.search(content)}
    return len(found)


def _forms(text: str, span: Span) -> tuple[str, ...]:
    heard = text[span.start : span.end]
    if sum(map(str.isalnum, heard)) < _TELLING:
        before = re.search(r"\w+\W+\Z", text[: span.start])
        heard = text[before.start() if before else span.start : span.end]
    digits = re.sub(r"\D", "", heard)
    words = " ".join(_DIGITS[int(digit)] for digit in digits)
    return (heard, digits, words) if len(digits) >= _TELLING else (heard,)


def _pattern(value: SpokenValue) -> re.Pattern[bytes]:
    """Return a pattern for all forms, whatever separates their words, or the digits of a number."""
    parts = []
    for form in value.forms:
        words = list(form) if form.isdigit() else re.findall(r"\w+", form)
        parts.append(_BETWEEN.join(re.escape(word.encode()) for word in words))
    return re.compile(rb"(?<![0-9A-Za-z])(?:" + b"|".join(parts) + rb")(?![0-9A-Za-z])", re.IGNORECASE)


def _contents(folders: Iterable[Path]) -> Iterator[mmap.mmap]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or not path.is_file() or path.stat().st_size == 0:
                continue
            with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                yield content
