"""What a date that was read is: its year, month and day, and where and how each of them was written."""

from enum import StrEnum

from msgspec import Struct


class DayOrder(StrEnum):
    """Which of day and month comes first in figures: "3/4/2024" is March 4 or April 3.

    UNCLEAR is what tells both at once, such as a conversation with "2/13" and "13/2".
    """

    MONTH_FIRST = "month-first"
    DAY_FIRST = "day-first"
    UNCLEAR = "unclear"


class DatePart(Struct, frozen=True):
    """A day, month, year or weekday of a date, and the code points that it was read from."""

    kind: str
    start: int
    end: int


class ReadDate(Struct, frozen=True, kw_only=True):
    """A date with what was said of it; None where it was not.

    `order` is what figures tell of days and months by themselves, UNCLEAR where they may be read either way, None where
    there is no such question. `parts` are in order; `language` is that of its words, "" for figures alone; `said` when
    numbers in it are words.
    """

    year: int | None
    month: int | None
    day: int | None
    order: DayOrder | None = None
    parts: tuple[DatePart, ...] = ()
    language: str = ""
    said: bool = False

    def __repr__(self) -> str:
        return "ReadDate(hidden)"


def century(two_digits: int) -> int:
    """Return the year of which two digits were said: up to 29 of this century, the others of the one before."""
    return (2000 if two_digits <= 29 else 1900) + two_digits
