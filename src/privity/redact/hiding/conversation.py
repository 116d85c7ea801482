"""What one text or conversation tells beyond a value: the other values in it, and how its dates are written.

A way to hide that has to know it has a method `within`, which `ways.hide` gives the conversation to.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Self

from msgspec import Struct

from privity.redact.hiding.dates.day_orders import PlacedDate, day_orders
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.hiding.spellings.canonical import bare, canonical
from privity.redact.labels import Label
from privity.redact.reading.folding import fold

_WORD: Final = re.compile(r"[a-z]{2,}", re.ASCII)
_DAYS: Final = frozenset({Label.DATE, Label.DOB})
_OF_WORDS: Final = frozenset({Label.NAME, Label.LOCATION, Label.ADDRESS})


class Hidden(Struct, frozen=True):
    """A whole value that is hidden: its label, the number of the text where it begins, and its first place there."""

    label: Label
    value: str
    row: int = 0
    start: int = 0
    end: int = 0

    def __repr__(self) -> str:
        return f"Hidden({self.label})"


class Conversation:
    """The values that are hidden in texts which were judged together."""

    def __init__(self, texts: Sequence[str], hidden: Sequence[Hidden], others: Iterable[str] = ()) -> None:
        """`others` are texts that may hold names as well, such as who speaks."""
        self._texts = texts
        self._dates = [PlacedDate(each.row, each.start, each.end, each.value) for each in hidden if each.label in _DAYS]
        self._orders: dict[str, DayOrder | None] | None = None
        self._hidden = hidden
        self._others = tuple(others)
        self._looks: frozenset[str] | None = None
        self._words: frozenset[str] | None = None

    def __repr__(self) -> str:
        return f"Conversation({len(self._hidden)} values)"

    @classmethod
    def alone(cls, label: Label, value: str) -> Self:
        """Return that of a value of which nothing more is known."""
        return cls((value,), (Hidden(label, value, 0, 0, len(value)),))

    def order_of(self, value: str) -> DayOrder | None:
        """Return which of day and month comes first in a date; None where nothing tells."""
        if self._orders is None:
            self._orders = day_orders(self._texts, self._dates)
        return self._orders.get(value)

    def holds(self, label: Label, shown: str, order: DayOrder | None) -> bool:
        """Whether what is to be shown, its days and months in an order, looks like a hidden value or is one."""
        if self._looks is None:
            self._looks = frozenset(
                form for each in self._hidden for form in _forms(each.label, each.value, self.order_of(each.value))
            )
        return not self._looks.isdisjoint(_forms(label, shown, order))

    def holds_word(self, word: str) -> bool:
        """Whether a word of two letters or more stands in a name, a place or an address that is hidden."""
        if self._words is None:
            values = [each.value for each in self._hidden if each.label in _OF_WORDS]
            self._words = frozenset(said for text in (*values, *self._others) for said in _words(text))
        return not self._words.isdisjoint(_words(word))


def _forms(label: Label, value: str, order: DayOrder | None) -> set[str]:
    return {bare(value), f"{label} {canonical(label, value, order)}"} - {""}


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).lower().replace("'", ""))
