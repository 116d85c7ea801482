"""Dates as eight digits in a row, year first: "date of service: 20031115", "admitted 20031115-20031120".

Eight digits that are a real day are a date behind a word that tells of a day, in the same line or the answer to it, and
the other end of a span goes with it. Behind what numbers things ("build", "order no") they are those numbers.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.compact_days import compact_day
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Needed, Triggered

_BIRTH = "dob birth birthday birthdate birthdates born nacimiento naissance nacio nacido nacida ne nee geboren"
_DATED = (
    "accident admission admissions admit admitted anniversary appointment appointments appt arrival arrived biopsy "
    "callback closing clinic collected completed consult consultation date dated dates deceased delivered delivery "
    "departed died discharge discharged dod dos due effective encounter ended enrolled event expired expires exam "
    "examined fecha filed followup hearing hired imaging incident ingreso injured injury issued lmp married moved "
    "occurred onset operated operation opened paid passed performed posted procedure received recorded registered "
    "reported returned scan scheduled seen service shipped signed since start started stopped surgery cirugia cita "
    "terminated until vaccinated visit visita visite visited visits wedding saw from"
)
_DAY = r"(?:1[89]|20|21)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_HOUR = r"(?:t?[0-2][0-9][0-5][0-9](?:[0-5][0-9])?z?)?"
_NEXT = r"\s?(?:-|/|,|;|to|through|thru|until|till|and|or|a|al|au|bis)\s?"
_COMPACT = Triggered(
    rf"(?:^|[^a-z0-9._+/#@$-])(({_DAY}){_HOUR}(?:{_NEXT}{_DAY}{_HOUR}){{0,5}})\b".encode(),
    needs=(A_DIGIT,),
)
_CUE = re.compile(
    rf"\b(?:({_BIRTH.replace(' ', '|')})|{_DATED.replace(' ', '|')})\b[^0-9\n\x1d\x1e]*(?:[\x1e\n][^0-9\n\x1d\x1e]*)?$",
    re.ASCII,
)
_NUMBERED = re.compile(
    r"\b(?:account|acct|batch|build|case|catalog|chapter|claim|code|commit|confirmation|file|firmware|flight|id|identifier|"
    r"invoice|isbn|item|kernel|lot|member|model|mrn|no|nos|number|order|page|parcel|part|patch|phone|pin|po|policy|port|price|"
    r"receipt|record|ref|reference|release|room|sequence|serial|sku|ssn|tel|ticket|token|total|tracking|version|v)\b"
    r"[\s.:#=]*(?:(?:is|was)\s+)?$",
    re.ASCII,
)
_DATE_OF = re.compile(r"\bdates?\s+of\s+(?:the\s+)?[a-z]+[\s:]*(?:(?:is|was)\s+)?$", re.ASCII)
_COUNTED = re.compile(r"\s?(?:%|dollars|euros|bytes|rows|records|users|people|units|steps)\b", re.ASCII)
_REACH = 56

_FOUND = finding(Label.DATE, "compact-date", "eight digits that are a day, behind a word of dates", 0.9, "context")
_BORN = finding(Label.DOB, "compact-date", "eight digits that are a day, behind a word of births", 0.9, "context")
NEEDS = Needed(A_DIGIT, f"{_BIRTH} {_DATED}")
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the days that are written as eight digits."""
    for match in _COMPACT.finditer(transcript.octets):
        start, end = match.span(1)
        if not compact_day(match[2].decode("ascii")) or _COUNTED.match(transcript.folded, end):
            continue
        before = transcript.before(start, _REACH)
        cue = _CUE.search(before)
        if cue is None or (cue[0].strip() == "from" and match[1] == match[2]):
            continue
        if not _NUMBERED.search(before) or _DATE_OF.search(before):
            yield Claim(((start, end),), _BORN if cue[1] else _FOUND)
