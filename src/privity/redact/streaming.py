"""Redacts a conversation while it goes on: turns are released when nothing that may still be said can change them.

A turn without numbers is released at once. One with digits is held until six turns or 360 characters have followed,
because the number may go on, be read back, or turn out to be a card (PCI DSS: no part of one is shown before that).
Detection looks back over a bounded window; names that were learned before it are carried along. At the end `finish`
judges the whole conversation once more: its answer is that of `Redactor.redact_turns`, and it tells which turns were
released with less hidden, such as a name that only a later turn gave away.
"""

from collections.abc import Sequence

from msgspec import Struct

from privity.redact.findings import Span
from privity.redact.hiding.ways import WayToHide
from privity.redact.labels import Label, Style
from privity.redact.reading.numerals import runs_of
from privity.redact.reading.transcript import transcript_of_texts
from privity.redact.redactor import Redactor
from privity.redact.turns import RedactedTurns, Turn

_LOOK_BACK = 24  # turns
_HOLD_TURNS = 6  # the longest break between two halves of a number
_HOLD_CHARACTERS = 360  # about 60 words, the reach of payment context
_FEWEST = 3  # digits that may belong to something
_NAMES = 64  # that are carried along


class Released(Struct, frozen=True, kw_only=True):
    """A turn that may be shown: its number from 0, the turn with its identifiers hidden, and where they stood.

    `held_for` counts the turns that were said before it was released: the delay of this stream.
    """

    number: int
    turn: Turn
    spans: tuple[Span, ...]
    held_for: int


class Finished(Struct, frozen=True, kw_only=True):
    """The whole conversation as `Redactor.redact_turns` hides it, and which turns, by number, were shown otherwise."""

    redacted: RedactedTurns
    corrected: tuple[int, ...]


class Stream:
    """One conversation under way. Not thread-safe; holds the original until `finish`, which forgets it."""

    def __init__(self, redactor: Redactor, style: Style | WayToHide = Style.LABEL) -> None:
        self._redactor = redactor
        self._style = style
        self._turns: list[Turn] = []
        self._shown: list[str] = []
        self._names: dict[str, None] = {}

    @property
    def held(self) -> int:
        """How many turns wait to be released."""
        return len(self._turns) - len(self._shown)

    def add(self, turn: Turn) -> tuple[Released, ...]:
        """Take the next turn; return those that may be shown now, in order."""
        self._turns.append(turn)
        return self._release(self._ready())

    def partial(self, turn: Turn) -> str:
        """Return what may be shown of a turn that is still being said: without a number at its end, which may go on."""
        first = max(0, len(self._turns) - _LOOK_BACK)
        hidden = self._hide([*self._turns[first:], turn]).turns[-1].text
        runs = runs_of(transcript_of_texts((turn.text,)))
        if not runs or len(turn.text[runs[-1].end :].split()) > _FEWEST:
            return hidden
        before = Turn(speaker=turn.speaker, text=turn.text[: runs[-1].start])
        return self._hide([*self._turns[first:], before]).turns[-1].text

    def finish(self) -> tuple[tuple[Released, ...], Finished]:
        """Release all turns that are held, and return what the whole conversation says of every turn."""
        released = self._release(len(self._turns))
        redacted = self._redactor.redact_turns(self._turns, self._style)
        corrected = tuple(
            number
            for number, (turn, shown) in enumerate(zip(redacted.turns, self._shown, strict=True))
            if turn.text != shown
        )
        self._turns, self._names = [], {}
        self._shown = []
        return released, Finished(redacted=redacted, corrected=corrected)

    def _ready(self) -> int:
        """Return the number of the first turn that has to be held."""
        number = len(self._shown)
        while number < len(self._turns):
            later = self._turns[number + 1 :]
            waited = len(later) >= _HOLD_TURNS or sum(len(turn.text) + 1 for turn in later) > _HOLD_CHARACTERS
            if not waited and _has_number(self._turns[number].text):
                break
            number += 1
        return number

    def _release(self, end: int) -> tuple[Released, ...]:
        start = len(self._shown)
        if end <= start:
            return ()
        first = max(0, start - _LOOK_BACK)
        redacted = self._hide(self._turns[first:])
        released = []
        for number in range(start, end):
            turn, spans = redacted.turns[number - first], redacted.spans[number - first]
            self._learn(self._turns[number].text, spans)
            self._shown.append(turn.text)
            held_for = len(self._turns) - 1 - number
            released.append(Released(number=number, turn=turn, spans=spans, held_for=held_for))
        return tuple(released)

    def _hide(self, turns: Sequence[Turn]) -> RedactedTurns:
        """Hide turns of the window, behind a turn that says the names which were learned before it."""
        known = Turn(speaker="", text=". ".join(f"named {name}" for name in self._names))
        redacted = self._redactor.redact_turns([known, *turns], self._style)
        return RedactedTurns(turns=redacted.turns[1:], spans=redacted.spans[1:], statement=redacted.statement)

    def _learn(self, text: str, spans: Sequence[Span]) -> None:
        for span in spans:
            if span.finding.label is Label.NAME and len(self._names) < _NAMES:
                self._names[text[span.start : span.end]] = None


def _has_number(text: str) -> bool:
    runs = runs_of(transcript_of_texts((text,)))
    return sum(len(run.digits) for run in runs) >= _FEWEST or any(
        len(run.digits) > 1 or len(text[run.end :].split()) <= _FEWEST for run in runs
    )
