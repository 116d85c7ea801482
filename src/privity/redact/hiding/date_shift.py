"""Moves all dates of one subject by the same number of days, so that intervals stay and dates do not.

The shift is between one and 364 days, back or forth, and follows from the key and the subject alone: of a year and a
day, "March 3" would be March 3 again. A shifted date is more exact than a year, so a result with one is not Safe
Harbor.
"""

import hashlib
import hmac
from datetime import date, timedelta
from typing import Final

from privity.redact.hiding.conversation import Conversation
from privity.redact.hiding.dates.calendar_dates import read_date
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.hiding.dates.written import written_like
from privity.redact.hiding.spellings.canonical import canonical
from privity.redact.hiding.tokens import checked_key
from privity.redact.labels import Label
from privity.redact.reading.folding import NOTHING, fold

_MOST_DAYS: Final = 364
_SOME_YEAR: Final = 2023  # stands in where a date says no year; not a leap year
_DAYS: Final = frozenset({Label.DATE, Label.DOB})


class DateShift:
    """The shift of one subject under a key; raises BadInput for a short key.

    As a way to hide it moves dates, and shows the label of everything else, of what is no day, such as a month, and of
    a date that would become another one of the same conversation. Which of day and month comes first in "4/3/2024" is
    told by `order`, else by the conversation; where that tells nothing, or two things, the date is labelled.
    """

    derived, keeps_length = True, False

    def __init__(self, key: bytes, subject: str, *, order: DayOrder | None = None) -> None:
        told = f"privity|date-shift|{subject}".encode(errors="surrogatepass")
        number = int.from_bytes(hmac.digest(checked_key(key), told, hashlib.sha256)[:8])
        days = 1 + number // 2 % _MOST_DAYS
        self._days = days if number % 2 else -days
        self._order = order

    def __repr__(self) -> str:
        return "DateShift(hidden)"

    def within(self, conversation: Conversation) -> "_ShiftWithin":
        """Return the same shift in a conversation that tells how its dates are written."""
        return _ShiftWithin(self, conversation)

    def instead(self, label: Label, value: str) -> str:
        """Return the date moved, or the label of what is none."""
        return self.within(Conversation.alone(label, value)).instead(label, value)

    def going_on(self, _part: str) -> str:
        """Return nothing: the date stands at the first place."""
        return ""

    def order_in(self, conversation: Conversation, value: str) -> DayOrder:
        """Return which of day and month comes first in a date of a conversation, UNCLEAR where nothing tells."""
        return self._order or conversation.order_of(value) or DayOrder.UNCLEAR

    def shifted(self, value: str, order: DayOrder | None = None) -> str | None:
        """Return the date moved, in the form it had; None when it cannot be read as one day.

        `order` decides of figures that may be read either way: the month comes first where it is None.
        """
        read = read_date(fold(value).replace(NOTHING, " "), order)
        if read is None or read.month is None or read.day is None:
            return None
        try:
            moved = date(read.year or _SOME_YEAR, read.month, read.day) + timedelta(days=self._days)
        except (ValueError, OverflowError):
            return None
        shown = written_like(read, moved, value)
        if shown is None or canonical(Label.DATE, shown, order) == canonical(Label.DATE, value, order):
            return None
        return shown


class _ShiftWithin:
    """The shift in one conversation."""

    derived, keeps_length = True, False

    def __init__(self, shift: DateShift, conversation: Conversation) -> None:
        self._shift = shift
        self._conversation = conversation

    def instead(self, label: Label, value: str) -> str:
        if label not in _DAYS:
            return f"[{label}]"
        order = self._shift.order_in(self._conversation, value)
        shown = self._shift.shifted(value, order)
        return f"[{label}]" if shown is None or self._conversation.holds(label, shown, order) else shown

    def going_on(self, part: str) -> str:
        return self._shift.going_on(part)
