"""Streets without a number by the short name of their kind: "the Walgreens on Cermak Rd", "above it on 4th St NW".

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
_WORDS_TOO = "st ave blvd"  # kinds of streets that have a number for their name
_NTH = r"[0-9]{1,3}(?:st|nd|rd|th)"
NEEDS = Triggered(
    (
        r"\b(?:on|at|off|near|from|by|to|down|along|of|past|toward|towards|onto|between)\s"
        rf"((?:[a-z]+\s){{1,2}}?(?:{_KINDS.replace(' ', '|')}|{_WORDS_TOO.replace(' ', '|')})|"
        rf"{_NTH}\s(?:{_WORDS_TOO.replace(' ', '|')}|{_KINDS.replace(' ', '|')})(?:\s(?:nw|ne|sw|se|n|s|e|w)\b)?)\b"
    ).encode(),
    needs=(f"{_KINDS} {_WORDS_TOO}",),
)
"""The streets as they may be; without its words in a text nothing is found in it."""

_CAPITALS = re.compile(
    r"(?:(?:[A-Z][a-z]+\s){1,2}(?:(?:Rd|Ln|Ct|Pkwy)|(?:Dr|St|Ave|Blvd)(?!\.?\s[A-Z]))|"
    rf"{_NTH}\s(?:St|Ave|Blvd|Rd|Ln|Dr|Ct|Pkwy)(?:\s[NSEW]{{1,2}})?)",
    re.ASCII,
)
_FOUND = finding(Label.ADDRESS, "street-short", "a street by the short name of its kind", 0.7, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the streets whose kind is written short."""
    for match in NEEDS.finditer(transcript.octets):
        if _CAPITALS.fullmatch(transcript.cased, *match.span(1)) and _CAPITALS.match(transcript.cased, match.start(1)):
            yield Claim((match.span(1),), _FOUND)
