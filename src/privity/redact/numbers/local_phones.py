"""Telephone numbers without their country where a word calls them so: "Call 555 71 20", "Voicemail from 8-985-55-63".

The many ways in which the world groups digits are no form that could be known; a word right before them is.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

_DIGITS = rb"\(?[0-9](?:[ ().-]{0,2}[0-9]){5,13}"
_CALLED = Triggered(
    rb"\b(?:call|ring|dial|text|whatsapp|tel|phone|telephone|telefon|mobile|mob|cell|fax|"
    rb"(?:voicemail|voice[ ]mail|missed[ ]call|call|text|sms)[ ]from)[.:]?[ ](?:(?:me|us|him|her)[ ])?(?:(?:on|at)[ ])?"
    rb"(" + _DIGITS + rb")((?:,?[ ](?:ext(?:ension)?\.?|x)[ ]?[0-9]{1,6})?)(?:[^0-9a-z]|$)",
    needs=("call ring dial text whatsapp tel phone telephone telefon mobile mob cell fax from", A_DIGIT),
)
_DAY = re.compile(r"[0-9]{1,4}[ .-][0-9]{1,2}[ .-][0-9]{1,4}", re.ASCII)
_LEAST, _MOST = 7, 12  # digits

_CALLED_FOUND = finding(Label.PHONE, "phone-called", "digits behind a word of calling", 0.83, "context")
NEEDS = _CALLED
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the digits that follow words of calling."""
    for match in _CALLED.finditer(transcript.octets):
        if _is_phone(match[1].decode("ascii")):
            yield Claim(((match.start(1), match.end(2)),), _CALLED_FOUND)


def _is_phone(digits: str) -> bool:
    count = sum(map(str.isdigit, digits))
    return _LEAST <= count <= _MOST and not _DAY.fullmatch(digits)
