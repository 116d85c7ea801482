"""Reads one date as people write or say it, and writes another one in the same form.

    read_date("03/04/1980")                  year 1980, month 3, day 4
    read_date("March 3rd")                   month 3, day 3
    read_date("march third nineteen eighty") year 1980, month 3, day 3

Months come before days, as in the United States, unless a number above 12 says otherwise. What cannot be read for sure
is None, and whoever asked hides it whole.
"""

import re
from datetime import date
from typing import Final

from msgspec import Struct

from privity.redact.reading.compact_days import compact_day

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ONES: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = {
    "twenty": 2, "thirty": 3, "forty": 4, "fifty": 5, "sixty": 6, "seventy": 7, "eighty": 8, "ninety": 9,
}  # fmt: skip
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20,
    "thirtieth": 30, **{f"{word}th": day for day, word in enumerate(_ONES, 1) if day not in {1, 2, 3, 5, 8, 9, 12}},
}  # fmt: skip
_BETWEEN: Final = frozenset({"the", "of", "in", "and", "day", "st", "nd", "rd", "th"})
_NUMERIC: Final = re.compile(r"\s*(\d{1,4})(\s?[-/.]\s?)(\d{1,2})\2(\d{1,4})(?!\d)", re.ASCII)
_TOKEN: Final = re.compile(r"[a-z]+|\d+", re.ASCII)
_YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", re.ASCII)


class ReadDate(Struct, frozen=True):
    """A date with what was said of it; None where it was not. `form` is how it was written."""

    year: int | None
    month: int | None
    day: int | None
    form: str = "words"
    between: str = ""

    def __repr__(self) -> str:
        return "ReadDate(hidden)"


def read_date(text: str) -> ReadDate | None:
    """Return the date that a text is, or None when it cannot be read for sure."""
    lowered = text.lower()
    if numeric := _NUMERIC.match(lowered):
        return _numeric(numeric)
    if compact := compact_day(lowered.strip()):
        return ReadDate(compact.year, compact.month, compact.day, "year-first")
    tokens = _TOKEN.findall(lowered)
    month = next((_month(token) for token in tokens if _month(token)), None)
    rest = [token for token in tokens if not _month(token) and token not in _BETWEEN]
    if month is None:
        found = _YEAR.findall(lowered)
        return ReadDate(int(found[0]), None, None) if len(found) == 1 else None
    day, rest = _day(rest)
    year, rest = _year(rest)
    return None if rest else ReadDate(year, month, day)


def in_form_of(read: ReadDate, moved: date, original: str) -> str:
    """Return another date in the form, the completeness and the case of the original."""
    if read.form == "words":
        month = _MONTHS[moved.month - 1]
        day = f" {moved.day}" if read.day is not None else ""
        year = (", " if day else " ") + str(moved.year) if read.year is not None else ""
        written = month + day + year
        return written if original.islower() else written.upper() if original.isupper() else written.capitalize()
    month, day = f"{moved.month:02}", f"{moved.day:02}"
    year = f"{moved.year % 100:02}" if read.form.endswith("short") else str(moved.year)
    order = {"y": (year, month, day), "m": (month, day, year), "d": (day, month, year)}[read.form[0]]
    return read.between.join(order)


def _numeric(match: re.Match[str]) -> ReadDate | None:
    first, between, second, third = match[1], match[2], int(match[3]), match[4]
    if len(first) == 4:
        year, month, day, form = int(first), second, int(third), "year-first"
    elif len(first) <= 2 and len(third) in {2, 4}:
        year = int(third) if len(third) == 4 else _century(int(third))
        month, day, form = int(first), second, "month-first"
        if month > 12 or between.strip() == ".":
            month, day, form = day, month, "day-first"
        form += " short" if len(third) == 2 else ""
    else:
        return None
    return ReadDate(year, month, day, form, between) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _century(two_digits: int) -> int:
    return (2000 if two_digits <= 29 else 1900) + two_digits


def _month(token: str) -> int | None:
    if len(token) < 3 or token in {"second", "sec"}:
        return None
    return next(
        (at for at, name in enumerate(_MONTHS, 1) if name.startswith(token) and (len(token) <= 4 or name == token)),
        None,
    )


def _day(tokens: list[str]) -> tuple[int | None, list[str]]:
    if not tokens:
        return None, tokens
    first = tokens[0]
    if first.isdigit():
        return (int(first), tokens[1:]) if len(first) <= 2 and 1 <= int(first) <= 31 else (None, tokens)
    if first in _ORDINALS:
        return _ORDINALS[first], tokens[1:]
    if first in {"twenty", "thirty"} and _opens_year(tokens[1:]):
        return _TENS[first] * 10, tokens[1:]
    if first in {"twenty", "thirty"} and len(tokens) > 1:
        unit = _ORDINALS.get(tokens[1]) or (_ONES.index(tokens[1]) + 1 if tokens[1] in _ONES[:9] else None)
        if unit is not None and unit <= 9 and (first == "twenty" or unit == 1):
            return _TENS[first] * 10 + unit, tokens[2:]
    return (_ONES.index(first) + 1, tokens[1:]) if first in _ONES[:18] else (None, tokens)


def _opens_year(tokens: list[str]) -> bool:
    """Whether a day is over before these words: "twenty, two thousand two", "thirty, nineteen ninety two"."""
    return tokens[:2] == ["two", "thousand"] or tokens[:1] == ["nineteen"] or not tokens


def _year(tokens: list[str]) -> tuple[int | None, list[str]]:
    if not tokens:
        return None, tokens
    if tokens[0].isdigit():
        value = int(tokens[0])
        if len(tokens[0]) == 4 and 1800 <= value <= 2099:
            return value, tokens[1:]
        return (_century(value), tokens[1:]) if len(tokens[0]) == 2 else (None, tokens)
    if tokens[:2] == ["two", "thousand"]:
        return 2000 + _below_hundred(tokens[2:]), []
    if tokens[0] in {"nineteen", "twenty", "eighteen"} and len(tokens) > 1:
        century = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}[tokens[0]]
        rest = [token for token in tokens[1:] if token not in {"hundred", "oh", "o"}]
        return (century + (int(rest[0]) if rest[:1] and rest[0].isdigit() else _below_hundred(rest))), []
    value = _below_hundred(tokens)
    return (_century(value), []) if value >= 10 else (None, tokens)


def _below_hundred(tokens: list[str]) -> int:
    value = 0
    for token in tokens[:2]:
        value += _TENS[token] * 10 if token in _TENS else _ONES.index(token) + 1 if token in _ONES else 0
    return value
