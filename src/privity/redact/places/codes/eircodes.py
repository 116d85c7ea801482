"""Irish postal codes as they are written: "T12 WK93", "D6W XF29".

An Eircode is a routing key, a letter and two digits or "D6W", and four letters or digits that are one address (An Post,
Eircode address database). Only capitals are one, and a digit stands among the last four.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

NEEDS = Triggered(rb"\b([acdefhknprtvwxy](?:[0-9]{2}|6w) ?[0-9acdefhknprtvwxy]{4})\b", needs=(A_DIGIT,))
"""The form; without its words in a text nothing is found in it."""

_UNIQUE = re.compile(r"[A-Z0-9]{3} ?(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{4}", re.ASCII)
_FOUND = finding(Label.ZIP, "eircode", "the form of an Irish postal code", 0.75, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return such codes."""
    for match in NEEDS.finditer(transcript.octets):
        if _UNIQUE.fullmatch(transcript.cased, *match.span(1)):
            yield Claim((match.span(1),), _FOUND)
