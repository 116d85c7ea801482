"""Telephone numbers apart: what is dialled, its country, and the extension behind it."""

import re
from typing import Final

from msgspec import Struct

from privity.redact.checks import nanp
from privity.redact.hiding.spellings.codes_read import digits_in, said_digits
from privity.redact.reading.folding import NOTHING, fold

_EXTENSION: Final = re.compile(
    r"[\s,;(]{0,3}(?:\bextension\b|\bext\b\.?|(?<![a-z])x(?![a-z])|#)[\s.:#]{0,4}(?=\S)", re.ASCII
)
_TAIL: Final = re.compile(r"[\s,;]{0,3}(?:extension|ext\.?|x|#)\s?[0-9]+", re.IGNORECASE | re.ASCII)
_TRUNK: Final = re.compile(r"(?<=\d)\s?\(0\)", re.ASCII)  # "+44 (0)20": a zero that is dialled within the country
_ABROAD: Final = ("011", "00")  # what is dialled before the country, in North America and elsewhere
_INTERNATIONAL: Final = 11  # digits with their country, at least
_NATIONAL: Final = 10
_AREAS: Final = frozenset("23456789")  # what an area of North America begins with


class Phone(Struct, frozen=True):
    """The digits of a telephone number without what leads abroad and the 1 of North America, and its extension.

    `number` is the part of the text in which the digits stand, `tail` the extension in the form that it has there.
    """

    digits: str
    extension: str
    number: str
    tail: str

    def __repr__(self) -> str:
        return "Phone(hidden)"

    @property
    def north_american(self) -> bool:
        """Whether it has the ten digits of a number of North America."""
        return len(self.digits) == _NATIONAL and nanp(self.digits)


def phone(value: str) -> Phone:
    """Return the parts of a telephone number that is written or said."""
    plain = fold(value).lower().replace(NOTHING, "")
    at = next((place for place in _EXTENSION.finditer(plain) if place.start()), None)
    start = len(plain) if at is None or not _digits(plain[at.end() :]) else at.start()
    number, tail = value[:start], value[start:]
    digits = _digits(_TRUNK.sub("", plain[:start]))
    abroad = plain.lstrip(" (").startswith(("+", "plus"))
    for prefix in _ABROAD:
        if not abroad and digits.startswith(prefix) and len(digits) >= _INTERNATIONAL + len(prefix):
            digits = digits.removeprefix(prefix)
            break
    if len(digits) == _INTERNATIONAL and digits[0] == "1" and digits[1] in _AREAS:
        digits = digits[1:]
    extension = _digits(plain[at.end() :]) if at is not None and tail else ""
    return Phone(digits, extension, number, tail if _TAIL.fullmatch(tail) else f" x{extension}")


def _digits(text: str) -> str:
    return said_digits(text.replace("+", " ").replace("plus ", " ")) or digits_in(text)


def dialled(value: str) -> str:
    """Return the one form of a telephone number: its digits, and "x" and the extension behind them."""
    read = phone(value)
    return read.digits + (f"x{read.extension}" if read.extension else "")
