"""Passwords by their form alone: letters and digits with a sign between them, "Tr0mbone&Fig", "pomodoro!1988".

No word, sum, address or link is written so, and nothing has to be said of a password beside it.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Needed

NEEDS = Needed("! $ ^ * &", A_DIGIT)
"""Without one of these signs and a digit nothing is found in a text."""
_TOKEN = re.compile(
    r"(?<![^\s\"'(\x1d\x1e])[A-Za-z0-9]+(?:[!$^*&][A-Za-z0-9]+)+(?=[.,;:?)\"']*(?:[\s\x1d\x1e]|$))", re.ASCII
)
_SHORTEST, _LONGEST = 8, 40
_LETTERS = re.compile(r"[A-Za-z]{3}", re.ASCII)
_WITHIN = re.compile(r"[a-z][0-9][a-z]", re.ASCII)  # "AT&T", "R2&D2" and "Tom&Jerry99" are none
_PRICE = re.compile(r"[A-Za-z]+\$[0-9]+", re.ASCII)
_FOUND = finding(Label.PASSWORD, "secret-form", "letters and digits with a sign between them", 0.72, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the tokens that look like nothing but a password."""
    for token in _TOKEN.finditer(transcript.cased):
        if _SHORTEST <= len(token[0]) <= _LONGEST and _is_secret(token[0]):
            yield Claim((token.span(),), _FOUND)


def _is_secret(token: str) -> bool:
    digits = any(map(str.isdigit, token)) and not token[0].isdigit()
    if not digits or not _LETTERS.search(token) or _PRICE.fullmatch(token):
        return False
    return "&" not in token or (not token.islower() and _WITHIN.search(token) is not None)
