"""Names that stand right before what identifies their bearer: "FROST, LIAM MRN 77120", "Guy Banks, SSN ...".

Heads of charts and lines of lists hold a name and then a number, a date of birth or an age, often all in capitals, and
the name may be two English words. The number behind it says that it is somebody's.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.matches import Pattern
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Needed

NEEDS = Needed(A_DIGIT)
"""Without these words in a text nothing is found in it."""
# One pass tells whether anything identifies somebody, in whatever case it is written.
_ANY = Pattern(
    rb",? \(?(?:mrn|dob|d\.o\.b|ssn|nhs|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}\b|[0-9]{1,3} ?(?:yo|y/o|yrs?|m|f)\b)|"
    rb"\b(?:att|pcp)\b"
)
_W = r"[A-Z][A-Za-z'-]*[A-Za-z]"
_IDENTIFIES = (
    r"(?=,? \(?(?:MRN|mrn|DOB|dob|D\.O\.B|SSN|ssn|NHS|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}\b|"
    r"[0-9]{1,3} ?(?:yo|y/o|yrs?|M|F)\b))"
)
_SURNAME_FIRST = re.compile(rf"(?<![\w,'-] )(?<![\w'-])({_W}), ({_W})(?: [A-Z]\.?)?{_IDENTIFIES}")
_GIVEN_FIRST = re.compile(rf"(?<![\w'-])({_W})(?: [A-Z]\.?)? ({_W}){_IDENTIFIES}")
_ATTENDS = re.compile(rf"\b(?:ATT|Att|PCP)\.?:? ({_W})(?= (?:RM|Rm|rm|room|MRN|DOB|ADM|Adm)\b)")
_DATED = re.compile(r",? \(?[0-9]")
_NOBODY = Bit.FUNCTION | Bit.NUMBER | Bit.CALENDAR | Bit.PEOPLE | Bit.TITLE | Bit.NO_PERSON | Bit.NO_NAME | Bit.FACILITY

_FOUND = finding(Label.NAME, "name-identified", "a name right before what identifies somebody", 0.8, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the names behind which a number, a date or an age says whose they are."""
    cased = transcript.cased
    if _ANY.search(transcript.octets) is None:
        return
    for match in _SURNAME_FIRST.finditer(cased):
        if _is_given(match[2]) and _is_surname(match[1]):
            yield Claim((match.span(),), _FOUND)
    for match in _GIVEN_FIRST.finditer(cased):
        words = all(lexicon().of(match[part].lower()) & Bit.WORD for part in (1, 2)) and not match[1].isupper()
        dated = words and _DATED.match(cased, match.end())
        if _is_given(match[1]) and _is_surname(match[2]) and not dated:  # "Summer Camp 6/1/2020"
            yield Claim((match.span(),), _FOUND)
    for match in _ATTENDS.finditer(cased):
        if _is_surname(match[1]):
            yield Claim((match.span(1),), _FOUND)


def _is_given(word: str) -> bool:
    bits = lexicon()[word.capitalize()]
    return bits & Bit.GIVEN != 0 and not bits & _NOBODY


def _is_surname(word: str) -> bool:
    bits = lexicon()[word.capitalize()]
    return bits & (Bit.SURNAME | Bit.UNKNOWN | Bit.FOREIGN_SURNAME) != 0 and not bits & _NOBODY
