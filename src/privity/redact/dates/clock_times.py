"""Lets numbers go that are the time of day right behind a written date: "november 4th, 09:30", the stamp of a log line.

What goes on behind the time, or began before the date, may be somebody's number and stays hidden.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.dates.date_words import LONG_YEAR, MONTH, NUMERIC_DAY, ORDINAL
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

_DAY = rf"(?:{NUMERIC_DAY}|{ORDINAL})"
_CLOCK = r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
_LEVEL = r"(?:debug|trace|info|notice|warn|err|fatal|crit)"
_ZONE = r"(?:z|[+-][0-9:]{2,6})?"
_TIMES = Triggered(
    (
        rf"(?:\b{MONTH}\s+(?:the\s+)?{_DAY}(?:(?:\s*,\s*|\s+){LONG_YEAR})?|\b{_DAY}\s+(?:of\s+)?{MONTH}"
        rf"(?:(?:\s*,\s*|\s+){LONG_YEAR})?)(?:\s*,\s*|\s+)(?:at\s+)?({_CLOCK})(?:[^0-9:]|$)|"
        rf"(?:^|[\n\x1c\x1d\x1e\[])[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[t ]({_CLOCK}){_ZONE}[\]:]?\s+"
        rf"[\[<(]?{_LEVEL}"
    ).encode(),
    needs=(
        A_DIGIT,
        "jan* feb* mar* apr* may jun* jul* aug* sep* oct* nov* dec* debug trace info notice warn* err* fatal crit*",
    ),
)
_NUMBERS = frozenset({Label.DOB, Label.ID, Label.MRN, Label.PASSWORD, Label.PHONE, Label.SSN, Label.ZIP, Label.ACCOUNT})


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterable[Claim]:
    """Return the claims without those of numbers that lie within a date and its time of day."""
    times = [(match.start(), *match.span(match.lastindex)) for match in _TIMES.finditer(transcript.octets)]
    return _outside(times, claims) if times else claims


def _begins(place: tuple[int, int, int]) -> int:
    return place[0]


def _outside(times: list[tuple[int, int, int]], claims: Iterable[Claim]) -> Iterator[Claim]:
    for claim in claims:
        if claim.finding.label in _NUMBERS and len(claim.parts) == 1:
            [(start, end)] = claim.parts
            at = bisect_right(times, start, key=_begins) - 1
            if at >= 0 and times[at][1] < end <= times[at][2]:
                continue
        yield claim
