"""Moves all dates of one subject by the same number of days, so that intervals stay and dates do not.

The shift is between one and 365 days, back or forth, and follows from the key and the subject alone. A shifted date is
more exact than a year, so a result with one is not Safe Harbor.
"""

import hashlib
import hmac
from datetime import date, timedelta
from typing import Final

from privity.redact.hiding.calendar_dates import in_form_of, read_date
from privity.redact.hiding.tokens import checked_key
from privity.redact.labels import Label
from privity.redact.reading.folding import fold

_MOST_DAYS: Final = 365
_SOME_YEAR: Final = 2023  # stands in where a date says no year; not a leap year


class DateShift:
    """The shift of one subject under a key; raises BadInput for a short key.

    As a way to hide it moves dates, and shows the label of everything else and of what is no day, such as a month.
    In figures the month is read first wherever it can be one: "4/3" of a Spanish or French text moves as April 3.
    """

    derived, keeps_length = True, False

    def __init__(self, key: bytes, subject: str) -> None:
        told = f"privity|date-shift|{subject}".encode(errors="surrogatepass")
        number = int.from_bytes(hmac.digest(checked_key(key), told, hashlib.sha256)[:8])
        days = 1 + number // 2 % _MOST_DAYS
        self._days = days if number % 2 else -days

    def __repr__(self) -> str:
        return "DateShift(hidden)"

    def instead(self, label: Label, value: str) -> str:
        """Return the date moved, or the label of what is none."""
        return (self.shifted(value) if label in {Label.DATE, Label.DOB} else None) or f"[{label}]"

    def going_on(self, _part: str) -> str:
        """Return nothing: the date stands at the first place."""
        return ""

    def shifted(self, value: str) -> str | None:
        """Return the date moved, in the form it had; None when it cannot be read as one day."""
        read = read_date(fold(value))
        if read is None or read.month is None or read.day is None:
            return None
        try:
            moved = date(read.year or _SOME_YEAR, read.month, read.day) + timedelta(days=self._days)
        except (ValueError, OverflowError):
            return None
        return in_form_of(read, moved, value)
