"""Streets without a number by the short name of their kind: "the Walgreens on Cermak Rd".

Only writing has "Rd", "Dr" and "Ct", and they mean more than streets: behind a place's preposition, with a capital on
each word and with no name behind a "Dr" they are one.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_KINDS = "rd ln dr ct pkwy"
NEEDS = Triggered(
    rf"\b(?:on|at|off|near|from|by|to|down|along)\s((?:[a-z]+\s){{1,2}}?(?:{_KINDS.replace(' ', '|')}))\b".encode(),
    needs=(_KINDS,),
)
"""The streets as they may be; without its words in a text nothing is found in it."""

_CAPITALS = re.compile(r"(?:[A-Z][a-z]+\s){1,2}(?:(?:Rd|Ln|Ct|Pkwy)|Dr(?!\.?\s[A-Z]))", re.ASCII)
_FOUND = finding(Label.ADDRESS, "street-short", "a street by the short name of its kind", 0.7, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the streets whose kind is written short."""
    for match in NEEDS.finditer(transcript.octets):
        if _CAPITALS.fullmatch(transcript.cased, *match.span(1)) and _CAPITALS.match(transcript.cased, match.start(1)):
            yield Claim((match.span(1),), _FOUND)
