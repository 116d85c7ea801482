"""How sure a recognizer is of what it heard, word by word, for turns whose words say so."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from privity.redact.turns import Turn, words_are_placed

_KEYS: Final = ("confidence", "Confidence", "probability", "conf", "score")


class Heard(Struct, frozen=True, gc=False):
    """The place of a word, or of a turn whose words cannot be placed, and how sure its recognizer is, from 0 to 1."""

    start: int
    end: int
    confidence: float


def heard_of(turn: Turn, at: int) -> Sequence[Heard]:
    """Return the words of a turn that begins at a place, as far as a recognizer says how sure it is of them.

    What is no confidence counts as none. A turn whose words do not stand where they say is as sure as its worst word.
    """
    told = [(word, _confidence(word.confidence)) for word in turn.words if word.confidence is not None]
    if told and not words_are_placed(turn):
        return [Heard(at, at + len(turn.text), min(confidence for _, confidence in told))]
    return [Heard(at + word.start, at + word.end, confidence) for word, confidence in told]


def confidence_in(word: Mapping[Any, Any]) -> float | None:
    """Return how sure a recognizer was of a word, by the key that it says so under; None where it does not say."""
    said = next((word[key] for key in _KEYS if word.get(key) is not None), None)
    if said is None:
        return None
    try:
        return 0.0 if isinstance(said, bool) or not isinstance(said, int | float | str) else _confidence(float(said))
    except (ValueError, OverflowError):
        return 0.0


def _confidence(said: float) -> float:
    return said if 0 <= said <= 1 else 0.0
