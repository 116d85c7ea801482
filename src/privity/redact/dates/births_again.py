"""Birth dates in numbers that are read back, said again or corrected a few turns behind their question.

"so that's oh six fourteen seventy one", "six dash fourteen dash nineteen seventy one", "14 06 71": three numbers of
which two can be a day and a month and the last one a year, with signs between them or without. They count shortly
behind what asks for a birth, as long as nothing else was asked for since.
"""

from collections.abc import Iterator
from typing import Final

import re2

from privity.redact.claims import Claim
from privity.redact.dates.corrected_dates import years_asked
from privity.redact.dates.date_words import LONG_YEAR, ORDINAL, TEEN, TENS, UNIT, counts_something
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.transcript import Transcript

_ZERO = r"(?:oh|o|zero|zeros|0)"
_SMALL = (
    rf"(?:{ORDINAL}|{_ZERO}\s+{UNIT}|{TEEN}|(?:twenty|thirty)(?:[\s-]+{UNIT})?|{UNIT}|(?:[12][0-9]|3[01]|0?[1-9])"
    r"(?:st|nd|rd|th)?)"
)
_SIGN = r"(?:\s*,?\s+(?:slash|dash|dashed|stroke|hyphen|then)\s+|\s*[,/.-]\s*|\s+(?:of\s+)?)"
_YEAR = (
    rf"(?:{LONG_YEAR}|{_ZERO}\s+(?:{UNIT}|{_ZERO})|{TENS}(?:[\s-]+{UNIT})?|{TEEN}|[0-9]{{2}}|"
    rf"(?:{UNIT}\s+){{1,3}}{UNIT})"
)
_TRIPLE = re2.compile(rf"\b{_SMALL}{_SIGN}{_SMALL}{_SIGN}{_YEAR}(?:[^a-z0-9:%]|$)".encode())
_REACH: Final = 400  # characters behind the question

_AGAIN = finding(Label.DOB, "birth-again", "month, day and year in numbers where a birth was asked for", 0.8, "context")

_YEAR_OF_BIRTH = finding(Label.DOB, "birth-again", "a year that was asked for where a birth was", 0.7, "context")


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return birth dates in numbers that are said once more behind their question."""
    octets = transcript.octets
    beyond = 0
    for cue in cues:
        if cue.label is not Label.DOB or cue.end + _REACH <= beyond:
            continue
        first = max(cue.end, beyond)
        beyond = min(cue.end + _REACH, transcript.document_end(transcript.document_at(cue.start)))
        for match in _TRIPLE.finditer(octets, first, beyond + 1):  # with what stands between documents
            start = match.start()
            end = start + len(match[0].rstrip(b" ,.;!?\n\t\r\x1c\x1d\x1e-/)"))
            if _is_asked(cues, cue.start, start) and not _is_more(transcript, start, end):
                yield Claim(((start, end),), _AGAIN)
        for start, end in years_asked(transcript, first, beyond):
            if _is_asked(cues, cue.start, start):
                yield Claim(((start, end),), _YEAR_OF_BIRTH)


def _is_asked(cues: Cues, first: int, start: int) -> bool:
    """Whether what was asked for last is a birth."""
    said = [cue for cue in cues.within(first, start) if cue.end <= start]
    asked = [cue.label for cue in said if cue.label is not None]
    priced = said[-1].label is None and cues.is_right_before(said[-1], start)  # "the copay is thirty two sixty one"
    return asked[-1] is Label.DOB and not priced


def _is_more(transcript: Transcript, start: int, end: int) -> bool:
    """Whether other numbers stand before a place or behind it, or something is counted by it."""
    words = transcript.words
    at = words.at_or_behind(start)
    before = at > 0 and words.bits[at - 1] & NUMERAL and words.starts[at] - words.ends[at - 1] == 1
    return bool(before) or counts_something(transcript, end)
