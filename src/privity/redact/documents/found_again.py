"""Finds what was hidden in a document wherever else its source holds it: in a script, a class, the name of a tag.

Only what surely is the same value: numbers of many digits in any grouping, mailboxes, names of several words, and
single names as they are written.
"""

import re
from typing import Any, Final

import re2

from privity.redact.labels import Label
from privity.redact.reading.folding import fold

_FEWEST_DIGITS: Final = 7
_FEWEST_LETTERS: Final = 3
_LONGEST: Final = 200  # characters of a value
_MOST: Final = 10_000  # values of a document
_AT_ONCE: Final = 1_000
_BETWEEN: Final = "[-. ()/]{0,2}"
_MEMORY: Final = 256 << 20


class Values:
    """Values with what they are. A text is searched for a thousand of them in one pass."""

    def __init__(self) -> None:
        self._labels: dict[str, Label] = {}

    def add(self, value: str, label: Label) -> None:
        """Remember a value that was hidden, if it is one that can be told anywhere."""
        pattern = _pattern(fold(value), label) if len(value) <= _LONGEST and len(self._labels) < _MOST else ""
        if pattern:
            self._labels.setdefault(pattern, label)

    def places(self, text: str) -> list[tuple[int, int, Label]]:
        """Return where a text holds the values."""
        octets = fold(text).encode("ascii")
        patterns = sorted(self._labels, key=len, reverse=True)
        found: list[tuple[int, int, Label]] = []
        for chunk in (patterns[at : at + _AT_ONCE] for at in range(0, len(patterns), _AT_ONCE)):
            for match in _compiled("|".join(f"({pattern})" for pattern in chunk)).finditer(octets):
                start, end = match.span()
                label = self._labels[chunk[(match.lastindex or 1) - 1]]
                if not octets[max(0, start - 1) : start].isdigit() and not octets[end : end + 1].isdigit():
                    found.append((start, end, label))
        return found


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False  # they would quote the pattern
    return re2.compile(pattern.encode("ascii"), options)


def _pattern(value: str, label: Label) -> str:
    """Return the RE2 source of a value, or nothing for one that may be anything."""
    digits = [character for character in value if character.isdigit()]
    if len(digits) >= _FEWEST_DIGITS and not any(map(str.isalpha, value)):
        return _BETWEEN.join(digits)
    words = value.split()
    if label is Label.EMAIL and "@" in value:
        return rf"(?i:{re.escape(value)})"
    if label is not Label.NAME or not all(re.fullmatch(r"[A-Za-z.'-]+", word) for word in words):
        return ""
    if len(words) > 1 and sum(map(len, words)) > 2 * _FEWEST_LETTERS:
        return r"\b(?i:" + r"[\s_+.-]{1,3}".join(map(re.escape, words)) + r")\b"
    if len(words) != 1:
        return ""
    [whole] = words
    return rf"\b{re.escape(whole)}\b" if whole.istitle() and len(whole) >= _FEWEST_LETTERS else ""
