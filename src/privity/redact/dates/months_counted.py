"""Cuts what is counted off a month that was read with it: "her daughters Grace and May, nine grandchildren".

A comma in writing ends the month, or the name that is one, and what follows is a number of people or things. The month
itself stays hidden.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Needed

_LABELS = frozenset({Label.DATE, Label.DOB})
_MONTHS = "january february march april may june july august september october november december"
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_COUNTED = re.compile(rf"({_MONTHS.replace(' ', '|')}), (?:{_NUMBERS.replace(' ', '|')})", re.ASCII)
_NEEDS = Needed(_MONTHS, _NUMBERS)
_OF_WHAT = re.compile(
    r" (?:of (?:us|them|whom)\b|(?:[a-z]+ ){0,2}(?:[a-z-]+s|children|grandchildren|people|men|women)\b)", re.ASCII
)
_NO_NUMBER = re.compile(r" (?:thousand|hundred|nineteen|twenty|o)\b", re.ASCII)


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterable[Claim]:
    """Return the claims, each such month without what is counted behind it."""
    return _cut(transcript, claims) if _NEEDS.can_occur(transcript.octets) else claims


def _cut(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    text, words = transcript.folded, transcript.words
    for claim in claims:
        [(start, end), *more] = claim.parts
        counted = _COUNTED.fullmatch(text, start, end) if claim.finding.label in _LABELS and not more else None
        written = counted is not None and not words.bits[words.at_or_behind(start)] & Bit.PLAIN
        if counted and written and _OF_WHAT.match(text, end) and not _NO_NUMBER.match(text, end):
            yield Claim(((start, counted.end(1)),), claim.finding)
        else:
            yield claim
