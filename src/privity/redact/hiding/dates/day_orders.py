"""Tells which of day and month comes first in the figures of one text or conversation: "3/4/2024".

Other dates in it tell, such as "25/4/2024", and the language around it: the month comes first in English, the day in
Spanish and French, and where stops stand between the figures. What speaks against each other, as "25/4" and "4/25" do,
is UNCLEAR; nothing is told where no word stands.
"""

from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct

from privity.redact.hiding.dates.calendar_dates import read_date
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.languages.readable import Reading, windows
from privity.redact.languages.romance_lists import lists_of_languages
from privity.redact.languages.signs import ENGLISH, NOT_SAID
from privity.redact.reading.folding import fold
from privity.redact.reading.transcript import Transcript, transcript_of_texts, transcript_of_turns
from privity.redact.turns import Turn

_NEAR = 24  # words on each side that tell the language of a date, within its turn
_MORE = 2  # times as many words of one language as of the other decide
_ENGLISH_TOO = frozenset({"dob", "doa", "dod", "birthdate", "birthday"})  # headings that no dictionary has


class _Told(Enum):
    ENGLISH = auto()
    ROMANCE = auto()
    BOTH = auto()
    NOTHING = auto()


_BY_LANGUAGE = {
    _Told.ENGLISH: DayOrder.MONTH_FIRST,
    _Told.ROMANCE: DayOrder.DAY_FIRST,
    _Told.BOTH: DayOrder.UNCLEAR,
    _Told.NOTHING: None,
}


class PlacedDate(Struct, frozen=True):
    """A date as it stands in a text: the number of that, its place there, and its whole value."""

    row: int
    start: int
    end: int
    value: str

    def __repr__(self) -> str:
        return "PlacedDate(hidden)"


def day_orders(texts: Sequence[str], dates: Sequence[PlacedDate]) -> dict[str, DayOrder | None]:
    """Return the order of each value that may be read either way; None where nothing tells it.

    A value that stands in two places of which each tells something else is UNCLEAR.
    """
    orders = [_order(date) for date in dates]
    if DayOrder.UNCLEAR not in orders:
        return {}
    languages = _Languages(texts)
    told = [languages.at(date) if order else _Told.NOTHING for date, order in zip(dates, orders, strict=True)]
    shown = [
        (language, order)
        for language, order in zip(told, orders, strict=True)
        if order in {DayOrder.MONTH_FIRST, DayOrder.DAY_FIRST}
    ]
    found: dict[str, DayOrder | None] = {}
    for date, order, language in zip(dates, orders, told, strict=True):
        if order is not DayOrder.UNCLEAR:
            continue
        usual = DayOrder.DAY_FIRST if "." in date.value else _BY_LANGUAGE[language]
        judged = _judged(usual, language, shown)
        found[date.value] = judged if found.get(date.value, judged) is judged else DayOrder.UNCLEAR
    return found


def _order(date: PlacedDate) -> DayOrder | None:
    read = read_date(fold(date.value))
    return None if read is None else read.order


def _judged(usual: DayOrder | None, language: _Told, shown: Sequence[tuple[_Told, DayOrder | None]]) -> DayOrder | None:
    """Return what the dates of the same language show, else what those of others do, if nothing speaks against it."""
    alike = {order for told, order in shown if told is language}
    if alike:
        return alike.pop() if len(alike) == 1 else DayOrder.UNCLEAR
    others = {order for _, order in shown}
    if not others:
        return usual
    if len(others) == 1 and usual in {None, DayOrder.UNCLEAR, *others}:
        return others.pop()
    return DayOrder.UNCLEAR


class _Languages:
    """Tells the languages of texts that are one conversation."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._transcript = _transcript(texts)
        stretches = self._transcript.stretches
        self._starts = [0] if len(texts) == 1 else [stretch.start for stretch in stretches]
        self._windows = windows(self._transcript)
        self._whole: _Told | None = None

    def at(self, date: PlacedDate) -> _Told:
        """Return what the words around a date tell, and where they tell nothing, those of the whole conversation."""
        words = self._transcript.words
        start = self._starts[date.row] + date.start
        first, behind = words.at_or_behind(start), words.at_or_behind(start + date.end - date.start)
        for window in self._windows:
            if window.first <= first < window.behind and window.reading > Reading.UNDECIDED:
                return _Told.NOTHING if window.reading is Reading.UNREADABLE else _Told.ROMANCE
        stretch = self._transcript.stretches[self._transcript.turn_at(start)]
        opens, closes = words.at_or_behind(stretch.start), words.at_or_behind(stretch.end)
        near = [*range(max(opens, first - _NEAR), first), *range(behind, min(closes, behind + _NEAR))]
        told = self._told(near)
        if told is not _Told.NOTHING:
            return told
        if self._whole is None:
            self._whole = self._told(range(len(words.said)))
        return self._whole

    def _told(self, places: Sequence[int]) -> _Told:
        words, lists = self._transcript.words, lists_of_languages()
        english = romance = 0
        for at in places:
            said, bits = words.said[at], words.bits[at]
            elsewhere = any(said in each.common for each in lists.values())
            here = (bits & ENGLISH != 0 and not bits & NOT_SAID and len(said) > 1) or said in _ENGLISH_TOO
            english += here and not elsewhere
            romance += elsewhere and not here
        if english > romance * _MORE or romance > english * _MORE:
            return _Told.ENGLISH if english > romance else _Told.ROMANCE
        return _Told.BOTH if english or romance else _Told.NOTHING


def _transcript(texts: Sequence[str]) -> Transcript:
    if len(texts) == 1:
        return transcript_of_texts(texts)
    return transcript_of_turns([Turn(speaker="", text=text) for text in texts])
