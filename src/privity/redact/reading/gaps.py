"""What stands between two numbers: nothing, a sign, a filler word, a correction, or what parts them."""

import re
from typing import Final

from privity.redact.reading.folding import DOCUMENT_BREAK, TURN_BREAK
from privity.redact.reading.small_words import CORRECTIONS
from privity.redact.reading.vocabulary import one_of, vocabulary

LONGEST_GAP: Final = 60
"""Characters between two numbers of one run."""
_SPACE = r"[\s,.;:!?\-_/()'\"\x1f*#]"
_FILLER = rf"(?:{one_of(vocabulary().fillers)})\b"
_GAP = re.compile(rf"{_SPACE}{{0,6}}(?:{_FILLER}{_SPACE}{{1,5}}){{0,5}}", re.ASCII)
_SENTENCE_ENDS = re.compile(r"[.!?]\s*\n", re.ASCII)
_LONGEST_BLANK = 26  # a noise or a label that was blanked


class Gaps(dict[str, str | None]):
    """The gap of what stands between two numbers, as `numerals.Group` says, or "&" for "and"; None where it parts them.

    In one text the same few things stand there over and over, so each is judged once.
    """

    def between(self, text: str, end: int, start: int) -> str | None:
        """Return the gap of what stands between two places of a text."""
        return self[text[end:start]] if start - end <= LONGEST_GAP else None

    def __missing__(self, between: str) -> str | None:
        gap = self[between] = _gap(between)
        return gap


def _gap(between: str) -> str | None:
    if between.isspace() and TURN_BREAK not in between and DOCUMENT_BREAK not in between:
        return "" if len(between) <= _LONGEST_BLANK else None
    if not _GAP.fullmatch(between) or _SENTENCE_ENDS.match(between) or between.startswith(");"):
        return None
    said = between.strip(" ")
    if any(map(str.isalpha, said)):
        if said == "and":
            return "&"
        return "~" if CORRECTIONS.isdisjoint(said.replace(",", " ").split()) else "!"
    return "," if any(c in ",.;:!?" for c in said) else "-"
