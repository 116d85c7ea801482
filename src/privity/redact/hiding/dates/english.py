"""Reads English dates with the name of a month: "March 3rd", "the 3rd of march, 1980", "march third, ninety"."""

import re
from functools import cache
from typing import Final

from privity.redact.hiding.dates.read_dates import DatePart, ReadDate, century
from privity.redact.reading.vocabulary import vocabulary

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ONES: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS: Final = {
    "twenty": 2, "thirty": 3, "forty": 4, "fifty": 5, "sixty": 6, "seventy": 7, "eighty": 8, "ninety": 9,
}  # fmt: skip
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20,
    "thirtieth": 30, **{f"{word}th": day for day, word in enumerate(ONES, 1) if day not in {1, 2, 3, 5, 8, 9, 12}},
}  # fmt: skip
SUFFIXES: Final = ("st", "nd", "rd", "th")
_BETWEEN: Final = frozenset({"the", "of", "in", "and", "day", "on", "year"})
_TOKEN: Final = re.compile(r"[a-z]+|\d+", re.ASCII)
_SAFE: Final = re.compile(r"[\s,./'()-]*", re.ASCII)
_LONGEST_SHORT: Final = 4  # letters of a month that is not written out

_CENTURIES: Final = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}

Token = tuple[str, int, int]


def tokens_of(text: str) -> list[Token] | None:
    """Return the words and figures of a text with their places; None where anything but plain signs stands between."""
    found = [(token[0], token.start(), token.end()) for token in _TOKEN.finditer(text)]
    at = 0
    for _, start, end in (*found, ("", len(text), len(text))):
        if not _SAFE.fullmatch(text, at, start):
            return None
        at = end
    return found


@cache
def _fillers() -> frozenset[str]:
    return frozenset(filler for filler in vocabulary().fillers if " " not in filler) - ONE_IN_DATES


ONE_IN_DATES: Final = frozenset({"of", "to", "and"})
"""Fillers that are something else in a date: "the third of march", "march third to the fifth"."""


def read(text: str) -> ReadDate | None:
    """Return the date with the name of a month, in lower case, that a text is; None for any other text."""
    tokens = tokens_of(text)
    months = [token for token in tokens or () if month_of(token[0])]
    if tokens is None or len(months) != 1:
        return None
    weekdays = [token for token in tokens if weekday_of(token[0]) is not None]
    suffixes = {end: behind for word, end, behind in tokens if word in SUFFIXES}
    said = [token for token in tokens if token not in months and token not in weekdays]
    said = [(word, start, end) for word, start, end in said if word not in _BETWEEN and word not in SUFFIXES]
    plain = [token for token in said if token[0] not in _fillers()]
    words = [word for word, _, _ in plain]
    day, rest = _day(words)
    year, left = _year(rest)
    of_day, of_year = plain[: len(words) - len(rest)], plain[len(words) - len(rest) :]
    if left:  # "two thousand three, november first"
        before = sum(start < months[0][1] for _, start, _ in plain)
        (year, left), (day, rest) = _year(words[:before]), _day(words[before:])
        of_year, of_day = plain[:before], plain[before:]
        left = [*left, *rest]
    if left or len(weekdays) > 1:
        return None
    parts = [DatePart("month", *months[0][1:])]
    parts += [DatePart("weekday", *token[1:]) for token in weekdays]
    if of_day:
        parts.append(DatePart("day", of_day[0][1], suffixes.get(of_day[-1][2], of_day[-1][2])))
    if of_year:
        parts.append(DatePart("year", of_year[0][1], of_year[-1][2]))
    spoken = len(plain) < len(said) or not all(word.isdigit() for word in words)
    parts.sort(key=lambda part: part.start)
    return ReadDate(year=year, month=month_of(months[0][0]), day=day, parts=tuple(parts), language="en", said=spoken)


def month_of(token: str) -> int | None:
    """Return the number of the month that a word is, written out or short."""
    if len(token) < 3 or token in {"second", "sec"}:
        return None
    return next(
        (
            at
            for at, name in enumerate(MONTHS, 1)
            if name.startswith(token) and (len(token) <= _LONGEST_SHORT or name == token)
        ),
        None,
    )


def weekday_of(token: str) -> int | None:
    """Return the number of the weekday that a word is, from 0 for Monday."""
    return next((at for at, name in enumerate(WEEKDAYS) if token in {name, name[:3]}), None)


def _day(tokens: list[str]) -> tuple[int | None, list[str]]:
    if not tokens:
        return None, tokens
    first = tokens[0]
    if first.isdigit():
        return (int(first), tokens[1:]) if len(first) <= 2 and 1 <= int(first) <= 31 else (None, tokens)
    if first in ORDINALS:
        return ORDINALS[first], tokens[1:]
    if first in {"twenty", "thirty"} and _opens_year(tokens[1:]):
        return TENS[first] * 10, tokens[1:]
    if first in {"twenty", "thirty"} and len(tokens) > 1:
        unit = ORDINALS.get(tokens[1]) or (ONES.index(tokens[1]) + 1 if tokens[1] in ONES[:9] else None)
        if unit is not None and unit <= 9 and (first == "twenty" or unit == 1):
            return TENS[first] * 10 + unit, tokens[2:]
    return (ONES.index(first) + 1, tokens[1:]) if first in ONES[:18] else (None, tokens)


def _opens_year(tokens: list[str]) -> bool:
    """Whether a day is over before these words: "twenty, two thousand two", "twenty, twenty twenty two"."""
    if tokens[:1] == ["twenty"]:
        return len(tokens) > 1 and tokens[1] not in ONES[:9]
    return tokens[:2] == ["two", "thousand"] or tokens[:1] == ["nineteen"] or not tokens


def _year(tokens: list[str]) -> tuple[int | None, list[str]]:
    if not tokens:
        return None, tokens
    first = tokens[0]
    if first.isdigit():
        whole = len(first) == 4 and 1800 <= int(first) <= 2099
        year = int(first) if whole else century(int(first)) if len(first) == 2 else None
        return year, tokens if year is None else tokens[1:]
    if tokens[:2] == ["two", "thousand"]:
        below, rest = _below_hundred(tokens[2:])
        return 2000 + below, rest
    if first in _CENTURIES and len(tokens) > 1 and not (first == "twenty" and tokens[1] in ONES[:9]):  # "twenty four"
        rest = [token for token in tokens[1:] if token not in {"hundred", "oh", "o"}]
        below, rest = (int(rest[0]), rest[1:]) if rest[:1] and rest[0].isdigit() else _below_hundred(rest)
        return (_CENTURIES[first] + below, rest) if below < 100 else (None, tokens)
    value, rest = _below_hundred(tokens)
    return (century(value), rest) if value >= 10 else (None, tokens)


def _below_hundred(tokens: list[str]) -> tuple[int, list[str]]:
    if tokens[:1] and tokens[0] in TENS:
        unit = ONES.index(tokens[1]) + 1 if tokens[1:2] and tokens[1] in ONES[:9] else 0
        return TENS[tokens[0]] * 10 + unit, tokens[2 if unit else 1 :]
    return (ONES.index(tokens[0]) + 1, tokens[1:]) if tokens[:1] and tokens[0] in ONES else (0, tokens)
