"""Writes another date in the form of one that was read: order, language, short months, leading zeros and capitals."""

from datetime import date
from typing import Final

from privity.redact.hiding.dates import english, romance
from privity.redact.hiding.dates.read_dates import DatePart, ReadDate
from privity.redact.reading.folding import fold

_SHORT: Final = 3  # letters of a short English month or weekday
_TEENS: Final = range(11, 14)
_ENGLISH_ORDINALS: Final = {day: word for word, day in english.ORDINALS.items()}


def written_like(read: ReadDate, moved: date, original: str) -> str | None:
    """Return another date in the form, the completeness and the case of the original that was read.

    The one that was read has a month and a day. None where the form cannot be kept: a weekday needs a year.
    """
    if read.said:
        written = _said(read, moved)
        return written if original.islower() else written.upper() if original.isupper() else written.capitalize()
    if read.year is None and any(part.kind == "weekday" for part in read.parts):
        return None
    shown, at = "", 0
    padded = _padded(read, original)
    for part in read.parts:
        shown += original[at : part.start] + _part(read, part, moved, original[part.start : part.end], padded=padded)
        at = part.end
    return shown.strip()


def _padded(read: ReadDate, original: str) -> bool:
    """Whether days and months below ten have a zero before them; where nothing tells, as in "12/11", they have."""
    figures = [original[part.start : part.end] for part in read.parts if part.kind in {"day", "month"}]
    if not read.language:
        return all(len(figure) > 1 for figure in figures)
    return any(figure.startswith("0") for figure in figures)


def _part(read: ReadDate, part: DatePart, moved: date, was: str, *, padded: bool) -> str:
    if part.kind == "year":
        return f"{moved.year % 100:02}" if len(was) == 2 else f"{moved.year:04}"
    if part.kind == "weekday":
        return _cased(_named(read.language, moved.weekday(), was, weekday=True), was)
    if part.kind == "month" and read.language:
        return _cased(_named(read.language, moved.month - 1, was, weekday=False), was)
    number = moved.day if part.kind == "day" else moved.month
    shown = f"{number:02}" if padded else str(number)
    if part.kind == "day" and not fold(was).isdigit():
        return shown + _suffix(read.language, number)
    return shown


def _named(language: str, at: int, was: str, *, weekday: bool) -> str:
    """Return the name of a month or a weekday, as short as the one that it stands for."""
    if language == "en":
        names = english.WEEKDAYS if weekday else english.MONTHS
        return names[at] if fold(was).lower() in names else names[at][:_SHORT]
    full = romance.WEEKDAYS[language] if weekday else romance.MONTHS[language]
    plain = fold(was).lower()
    whole = {romance.plain(name) for name in full} | {"setiembre"}
    name = full[at] if weekday or plain in whole else romance.SHORT[language][at]
    accented = any(romance.plain(each) == plain and each != plain for each in full)
    return romance.plain(name) if accented and was.isascii() else name


def _suffix(language: str, day: int) -> str:
    if language == "en":
        return "th" if day in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return "er" if language == "fr" and day == 1 else ""


def _cased(word: str, was: str) -> str:
    return word.upper() if was.isupper() and len(was) > 1 else word if was.islower() else word.capitalize()


def _said(read: ReadDate, moved: date) -> str:
    """Return a date as it is said in English, and in figures where the other one was said otherwise."""
    order = [part.kind for part in read.parts if part.kind != "weekday"]
    if not read.language:
        year = str(moved.year)
        return "/".join({"day": f"{moved.day:02}", "month": f"{moved.month:02}", "year": year}[kind] for kind in order)
    if read.language != "en":
        joint = " de " if read.language == "es" else " "
        named = [str(moved.day), romance.MONTHS[read.language][moved.month - 1], str(moved.year)]
        return joint.join(named if read.year is not None else named[:2])
    month, day = english.MONTHS[moved.month - 1], _ordinal(moved.day)
    first = order.index("day") < order.index("month")
    said = f"{day} of {month}" if first else f"{month} {day}"
    return said if read.year is None else f"{said} {year_said(moved.year)}"


def _ordinal(day: int) -> str:
    if day in _ENGLISH_ORDINALS:
        return _ENGLISH_ORDINALS[day]
    return f"{'twenty' if day < 30 else 'thirty'} {_ENGLISH_ORDINALS[day % 10]}"


def year_said(year: int) -> str:
    """Return a year as it is said in English: "nineteen oh five", "two thousand five", "twenty twenty six"."""
    first, last = divmod(year, 100)
    if year // 10 == 200:
        return "two thousand" + (f" {english.ONES[last - 1]}" if last else "")
    ending = f"oh {english.ONES[last - 1]}" if 0 < last < 10 else below_hundred(last) if last else "hundred"
    return f"{below_hundred(first)} {ending}"


def below_hundred(number: int) -> str:
    """Return a number from 1 to 99 in English words."""
    if number <= len(english.ONES):
        return english.ONES[number - 1]
    tens = next(word for word, ten in english.TENS.items() if ten == number // 10)
    return f"{tens} {english.ONES[number % 10 - 1]}" if number % 10 else tens
