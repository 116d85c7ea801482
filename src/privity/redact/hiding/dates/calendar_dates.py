"""Reads one date as people write or say it, in English, Spanish, French and figures.

    read_date("03/04/1980")                                    March 4, 1980
    read_date("03/04/1980", DayOrder.DAY_FIRST)                April 3, 1980
    read_date("March 3rd")                                     March 3, of no year
    read_date("march third nineteen eighty")                   March 3, 1980
    read_date("tres de abril de mil novecientos ochenta")      April 3, 1980

In figures the month is read first, as in the United States, unless the caller knows better (`day_orders`), a number
above 12 says otherwise, or stops stand between, as in Europe. What cannot be read for sure is None, and whoever asked
hides it whole. The time of day behind a date is read past.
"""

import re
from functools import partial
from typing import Final

from privity.redact.hiding.dates import english, romance
from privity.redact.hiding.dates.read_dates import DatePart, DayOrder, ReadDate, century
from privity.redact.reading.compact_days import compact_day
from privity.redact.reading.misheard import HOMOPHONES
from privity.redact.reading.numerals import runs_of
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import transcript_of_texts
from privity.redact.reading.vocabulary import vocabulary

_LONGEST: Final = 120  # characters; what is longer is no date, and no pattern here meets it
_NUMERIC: Final = re.compile(r"(\d{1,4})(\s?[-/.]\s?|\s)(\d{1,2})\2(\d{1,4})", re.ASCII)
_BLANKS: Final = " \t\r\n,;"
_TIME: Final = re.compile(
    r"(?:[\s,]+|(?<=\d)t)(?:at\s|a\s(?:las?\s)?)?\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:[ap]\.?\s?m\b\.?)?|\s?[ap]\.?\s?m\b\.?|\s?h(?:\d{2})?)"
    r"\s?(?:z|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", re.ASCII)
_WORDS: Final = re.compile(r"[a-z']+", re.ASCII)
_MONTHS, _DAYS, _WHOLE = 12, 31, 8


def read_date(text: str, order: DayOrder | None = None) -> ReadDate | None:
    """Return the date that a text, folded to ASCII, is, or None when it cannot be read for sure.

    `order` decides of figures that may be read either way; where it is UNCLEAR they are not read.
    """
    if len(text) > _LONGEST:
        return None
    lowered = text.lower()
    start = len(lowered) - len(lowered.lstrip(_BLANKS))
    dated = lowered[: _before_time(lowered, start)].rstrip(_BLANKS)
    if numeric := _NUMERIC.fullmatch(dated, start):
        return _numeric(numeric, order)
    if compact := compact_day(dated[start:]):
        places = {"year": (0, 4), "month": (4, 6), "day": (6, 8)}
        parts = tuple(DatePart(kind, start + first, start + behind) for kind, (first, behind) in places.items())
        return ReadDate(year=compact.year, month=compact.month, day=compact.day, parts=parts)
    read = english.read(dated) or romance.read(dated) or _said(dated[start:], order)
    if read is None and len(years := _YEAR.findall(lowered)) == 1 and not _names_month(lowered):
        return ReadDate(year=int(years[0]), month=None, day=None)
    return read


def _names_month(lowered: str) -> bool:
    return any(english.month_of(word) for word in _WORDS.findall(lowered))


def _before_time(text: str, start: int) -> int:
    """Return where the time of day behind a date begins, or the end of the text."""
    for time in _TIME.finditer(text, start + 1):
        if not text[time.end() :].strip(_BLANKS) and text[time.start() - 1].isalnum():
            return time.start()
    return len(text)


def _numeric(match: re.Match[str], order: DayOrder | None) -> ReadDate | None:
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4 and len(third) <= 2:
        return _dated((first, second, third), ("year", "month", "day"), match, None)
    if len(first) > 2 or len(third) not in {2, 4}:
        return None
    told = _told(int(first), int(second))
    stops = DayOrder.DAY_FIRST if "." in match[2] else DayOrder.MONTH_FIRST
    order = (order or stops) if told is DayOrder.UNCLEAR else told
    if order is DayOrder.UNCLEAR:
        return None
    kinds = ("month", "day", "year") if order is DayOrder.MONTH_FIRST else ("day", "month", "year")
    return _dated((first, second, third), kinds, match, told)


def _told(first: int, second: int) -> DayOrder:
    """Return what two numbers tell of their order: UNCLEAR where both may be months."""
    if first > _MONTHS or second > _MONTHS:
        return DayOrder.DAY_FIRST if first > _MONTHS else DayOrder.MONTH_FIRST
    return DayOrder.UNCLEAR


def _dated(
    figures: tuple[str, str, str], kinds: tuple[str, str, str], match: re.Match[str], told: DayOrder | None
) -> ReadDate | None:
    read = dict(zip(kinds, figures, strict=True))
    month, day = int(read["month"]), int(read["day"])
    year = int(read["year"]) if len(read["year"]) == 4 else century(int(read["year"]))
    if not (1 <= month <= _MONTHS and 1 <= day <= _DAYS):
        return None
    parts = tuple(DatePart(kind, *match.span(group)) for kind, group in zip(kinds, (1, 3, 4), strict=True))
    return ReadDate(year=year, month=month, day=day, order=told, parts=parts)


def _said(text: str, order: DayOrder | None) -> ReadDate | None:
    """Return the date of numbers that are said, "oh three oh four nineteen eighty", or of eight digits in a row."""
    fillers = {word for filler in vocabulary().fillers for word in filler.split()}
    if not (NUMBER_WORDS | HOMOPHONES.keys() | fillers).issuperset(_WORDS.findall(text)):
        return None
    runs = runs_of(transcript_of_texts((text,)))
    if len(runs) != 1:
        return None
    groups = [group.digits for group in runs[0].groups]
    found = [read for read in map(partial(_of_groups, order=order), _parted(groups)) if read is not None]
    return found[0] if len(found) == 1 else None


def _parted(groups: list[str]) -> set[tuple[str, str, str]]:
    """Return what may be said as three numbers, digit by digit or not: "oh six one eight nineteen ninety seven"."""
    if len(groups) == 1 and len(groups[0]) == _WHOLE:
        return {(groups[0][:2], groups[0][2:4], groups[0][4:])}
    return {
        ("".join(groups[:first]), "".join(groups[first:second]), "".join(groups[second:]))
        for first in (1, 2)
        for second in (first + 1, first + 2)
        if second < len(groups)
    }


def _of_groups(groups: tuple[str, str, str], order: DayOrder | None) -> ReadDate | None:
    first, second, year = groups
    if len(first) > 2 or len(second) > 2 or len(year) not in {2, 4}:
        return None
    told = _told(int(first), int(second))
    order = (order or DayOrder.MONTH_FIRST) if told is DayOrder.UNCLEAR else told
    if order is DayOrder.UNCLEAR:
        return None
    month, day = map(int, (first, second) if order is DayOrder.MONTH_FIRST else (second, first))
    if not (1 <= month <= _MONTHS and 1 <= day <= _DAYS):
        return None
    kinds = ("month", "day") if order is DayOrder.MONTH_FIRST else ("day", "month")
    parts = tuple(DatePart(kind, 0, 0) for kind in (*kinds, "year"))
    whole = int(year) if len(year) == 4 else century(int(year))
    return ReadDate(year=whole, month=month, day=day, order=told, parts=parts, said=True)
