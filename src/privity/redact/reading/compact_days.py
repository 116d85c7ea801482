"""Eight digits that are a day, the year first: "20031115", as programs and charts write it."""

import re
from datetime import date
from typing import Final

_FORM: Final = re.compile(r"[0-9]{8}", re.ASCII)
_EARLIEST: Final = 1900
_LATEST: Final = 2100


def compact_day(text: str) -> date | None:
    """Return the day that eight digits are, of the years that people now living speak of, or None."""
    if not _FORM.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None
