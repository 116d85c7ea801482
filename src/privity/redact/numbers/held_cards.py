"""Card numbers within longer runs of digits: behind "the blue one", an extension, or before what was read on.

A cue of another kind says what a run is, and not that no card is in it: "over the phone, use the blue one 4374 ..." is
no telephone. What stands apart from the digits beside it, and whose issuer, length and Luhn digit hold, is a card
whatever governs the run; a policy that keeps telephones or devices would show it otherwise (PCI DSS v4.0.1 3.4).
"""

import re
from collections.abc import Iterator, Sequence

from privity.redact import checks
from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.numbers.cards import Cards
from privity.redact.numbers.values import Value
from privity.redact.reading.numerals import Group, Run, digits_of, exactly
from privity.redact.reading.transcript import Transcript

_FEWEST = 13  # digits
_SIZES = (16, 15, 14, 13, 19, 18, 17)
_SAID_SIZES = (16, 15)  # of what is said: thirteen within a telephone that is read twice pass the check by chance
_APART = 3  # digits of a group that stands apart from those beside it
_BEFORE = 40  # characters
_WHICH = (
    r"\b(?:an?|the|this|that|which|another|other|different|my|your|his|her|our|their|new|old)(?:\s+[a-z]+){0,2}?\s+$"
)
_PRONOUN = re.compile(_WHICH, re.ASCII)
_SURE_PRONOUN = re.compile(
    r"\b(?:(?:an?|the|this|that|which|my|your|his|her|our|their)\s+"
    r"(?!(?:number|code|digits?|account|card|phone|pin|zip|id|key|serial|social|extension|area|reference|part)\s)"
    r"[a-z]+\s+|(?:this|that|which|another|other|different|new|old)\s+)$",
    re.ASCII,
)


class Held:
    """The card numbers within the groups of one run, confirmed and apart from other digits."""

    def __init__(self, transcript: Transcript, cards: Cards, groups: Sequence[Group]) -> None:
        self._transcript, self._cards, self._groups = transcript, cards, groups
        self._found = _held(groups) if sum(len(group.digits) for group in groups) > _FEWEST else {}
        self.reach = 0
        """The index behind the last that was asked for."""

    def within(self, at: int, after: int, label: Label) -> Iterator[Value]:
        """Yield those that begin within groups that were taken for something else."""
        for first in range(at, after) if self._found and (label is not Label.CARD or len(self._found) > 1) else ():
            if first not in self._found:
                continue
            self.reach, card = self._cards.confirmed(self._groups, first, self._found[first])
            held = self._groups[first : self.reach]
            parts = self._transcript.in_turns(held[0].start, held[-1].end)
            yield Value(digits_of(held, 0), Claim(tuple(parts), card))


def _held(groups: Sequence[Group]) -> dict[int, int]:
    """Return where card numbers begin that groups hold, and the index behind each."""
    found: dict[int, int] = {}
    at = 0
    while at < len(groups):
        after = _card_from(groups, at)
        if after is not None and _is_apart(groups, at, after):
            found[at] = after
        at = found.get(at, at + 1)
    return found


def without_pronoun(text: str, run: Run) -> Run:
    """Return a run without a "one" that stands for a thing before its number: "the blue one, it's 4374 ..."."""
    first = run.groups[0]
    if first.digits != "1" or len(run.groups) == 1 or not text.startswith("one", first.start):
        return run
    before = max(0, first.start - _BEFORE)
    written = not run.groups[1].spoken and len(run.groups[1].digits) >= _APART
    if written and _SURE_PRONOUN.search(text, before, first.start):
        return Run.of(run.groups[1:])
    card = len(run.digits) > _FEWEST and _PRONOUN.search(text, before, first.start) and _card_from(run.groups, 1)
    return Run.of(run.groups[1:]) if card else run


def _card_from(groups: Sequence[Group], at: int) -> int | None:
    """Return the index behind the card number that begins with a group, None where none does."""
    if groups[at].digits[0] not in "234568":
        return None
    ends = (exactly(groups, at, size) for size in (_SAID_SIZES if groups[at].spoken else _SIZES))
    return next((after for after in ends if after and checks.card(digits_of(groups, at, after))), None)


def _is_apart(groups: Sequence[Group], at: int, after: int) -> bool:
    """Whether words, signs or groups part a stretch from the digits on one of its sides."""
    return any(
        edge in {0, len(groups)}
        or groups[edge].start - groups[edge - 1].end > 1
        or groups[edge].spoken != groups[edge - 1].spoken
        or len(groups[edge].digits) >= _APART
        or len(groups[edge - 1].digits) >= _APART
        for edge in (at, after)
    )
