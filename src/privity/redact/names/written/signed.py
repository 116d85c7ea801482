"""Who signs: the line below "Your loving sister,", what stands behind "Signature:", and clergy by their title.

A name that is an English word, "May" or "Mark", is nobody's by itself at the end of a letter, and a list of words tells
nothing of it; below a closing it can be nothing else, unless an office signs.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered

_KIN = "sister brother friend son daughter mother father mom dad aunt uncle wife husband cousin niece nephew neighbor"
_CLOSINGS = (
    "love regards yours truly sincerely faithfully best wishes cheers thanks thank xoxo xo hugs care warmly "
    f"respectfully gratefully {_KIN}"
)
_CLOSED = Triggered(
    (
        r"(?:^|[\n\x1d\x1e])[ \t]*"
        r"(?:(?:with|much|lots\s+of|all\s+my|many|kind|best|warm|your|yours|take|thank|very)\s+){0,3}"
        r"(?:(?:loving|old|dear|devoted|grateful|little|big)\s+)?"
        rf"(?:{_CLOSINGS.replace(' ', '|')}|you)[,.!]?[ \t]*\n[ \t\n]{{0,6}}([a-z])"
    ).encode(),
    needs=(f"{_CLOSINGS} you", "\n"),
)
_SIGNED = Triggered(
    rb"(?:\b(?:signature|signed|sign)(?:\s+by)?[ \t]*:|/s/)[ \t]*([a-z])", needs=("signature signed sign s",)
)
_CLERGY = Triggered(rb"\b(?:fr|fra|rev|msgr|dcn)\. ([a-z])", needs=("fr fra rev msgr dcn",))
_LINE = re.compile(
    r"([A-Z][a-z'-]+(?: [A-Z]\.?)?(?: [A-Z][a-z'-]+){0,2}|(?:[A-Z]\. ?){1,2}[A-Z][a-z'-]+)"
    r"(?=[ \t]*(?:[,.(\n\x1d\x1e]|$))"
)
_NAME = re.compile(r"((?:[A-Z]\. ?){0,2}[A-Z][a-z'-]+(?: [A-Z]\.)?(?: [A-Z][a-z'-]+){0,2})")
_OFFICES = frozenset(
    {
        "admin", "administration", "billing", "board", "clinic", "committee", "customer", "department", "desk", "front",
        "help", "hospital", "management", "office", "pharmacy", "reception", "sales", "sent", "service", "services",
        "staff", "support", "team", "the", "your", "my", "from", "attached", "enclosed", "see", "please", "on", "date",
    }
)  # fmt: skip
_NOBODY = Bit.FUNCTION | Bit.NUMBER | Bit.NO_PERSON | Bit.TITLE
_MONTHS_TOO = frozenset({"april", "may", "june", "august"})

_FOUND = finding(Label.NAME, "name-signed", "who signs", 0.8, "form")
NEEDS = Group(_CLOSED, _SIGNED, _CLERGY)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return those who sign a letter or a form, and clergy behind a written title."""
    for pattern, form in ((_CLOSED, _LINE), (_SIGNED, _NAME), (_CLERGY, _NAME)):
        for place in pattern.finditer(transcript.octets):
            match = form.match(transcript.cased, place.start(1))
            if match and not any(map(_is_nobody, re.findall(r"[A-Za-z'-]{2,}", match[1]))):
                yield Claim((match.span(1),), _FOUND)


def _is_nobody(word: str) -> bool:
    """Whether a word belongs to an office or to a sentence that goes on."""
    bits, said = lexicon().of(word.lower()), word.lower()
    return said in _OFFICES or bits & _NOBODY != 0 or (bits & Bit.CALENDAR != 0 and said not in _MONTHS_TOO)
