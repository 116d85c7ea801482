"""The month until which a card is valid, as it is written or said: "12/29", "12/2029", "december twenty nine"."""

import re
from typing import Final

from msgspec import Struct

from privity.redact.hiding.dates.calendar_dates import read_date
from privity.redact.hiding.spellings.codes_read import said_digits
from privity.redact.reading.folding import fold

_FIGURES: Final = re.compile(r"\s*(\d{1,2})(\s?[-/.]\s?|\s)(\d{4}|\d{2})\s*", re.ASCII)
_SAID: Final = re.compile(r"(0?[1-9]|1[0-2])((?:20)?\d{2})", re.ASCII)
_MONTHS: Final = 12


class Expiry(Struct, frozen=True):
    """A month and its year, what stands between them in figures, and whether the year has four of them.

    `language` is that of the name of the month, "" for figures; `whole` is False when a day stands with it.
    """

    year: int
    month: int
    between: str = "/"
    whole_year: bool = False
    language: str = ""
    whole: bool = True

    def __repr__(self) -> str:
        return "Expiry(hidden)"


def read_expiry(value: str) -> Expiry | None:
    """Return the month that a value says, or None when it cannot be read for sure."""
    plain = fold(value).lower()
    if figures := _FIGURES.fullmatch(plain):
        month, year = int(figures[1]), figures[3]
        return _valid(month, year, figures[2])
    if digits := _SAID.fullmatch(said_digits(value)):
        return _valid(int(digits[1]), digits[2], "" if plain.strip().isdigit() else "/")
    read = read_date(plain)
    if read is None or read.month is None:
        return None
    if read.year is None:  # "december twenty nine"
        return None if read.day is None else Expiry(2000 + read.day, read.month, language=read.language)
    year = read.year if read.year >= 2000 else 2000 + read.year % 100
    return Expiry(year, read.month, whole_year=True, language=read.language, whole=read.day is None)


def _valid(month: int, year: str, between: str) -> Expiry | None:
    if not 1 <= month <= _MONTHS:
        return None
    return Expiry(int(year) if len(year) == 4 else 2000 + int(year), month, between, len(year) == 4)


def expiry_month(value: str) -> str:
    """Return the one form of a month of expiry, or nothing when it cannot be read for sure."""
    read = read_expiry(value)
    return "" if read is None else f"{read.year}-{read.month:02}"
