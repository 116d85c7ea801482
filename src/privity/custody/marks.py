"""What a person's mark hides: the place itself, and the same words wherever else they stand in a conversation."""

from collections.abc import Sequence
from typing import Final

import msgspec

from privity.custody.content import Content, KeptTurn
from privity.redact import Finding, Label, missed

_WHY: Final = "marked by a person"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a conversation as it is shown: turn from 0, code points `start` to `end`, and what stands there."""

    turn: int
    start: int
    end: int
    label: Label


class PlacedMark(Mark, frozen=True, kw_only=True):
    """A mark whose words were seen to have this shape when it was made."""

    shape: str


def words_at(content: Content, mark: PlacedMark) -> str | None:
    """Return the words that were marked, or None when what stands there now is something else."""
    if mark.turn >= len(content.turns):
        return None
    words = content.turns[mark.turn].text[mark.start : mark.end]
    return words if missed.shape_of(words) == mark.shape else None


def hide_mark(content: Content, mark: PlacedMark) -> Content:
    """Return the content with a mark's place hidden, and its words everywhere.

    A newer redactor may have moved the text; where the words are not found again, the whole turn is hidden.
    """
    words = words_at(content, mark)
    if words is not None:
        return hide_words(content, words, mark.label) or content
    if mark.turn >= len(content.turns):
        return content
    whole = [[] if at != mark.turn else [(0, len(turn.text))] for at, turn in enumerate(content.turns)]
    return _hidden(content, whole, mark.label)


def hide_words(content: Content, words: str, label: Label) -> Content | None:
    """Return the content with these words hidden in every turn, or None when they stand in none."""
    found = [missed.occurrences(turn.text, words) for turn in content.turns]
    return _hidden(content, found, label) if any(found) else None


def _hidden(content: Content, found: Sequence[Sequence[tuple[int, int]]], label: Label) -> Content:
    finding = Finding(label=label, detector="missed", why=_WHY, score=1.0)
    turns = tuple(
        KeptTurn(turn.speaker, _without(turn.text, places, label))
        for turn, places in zip(content.turns, found, strict=True)
    )
    return Content(turns, (*content.findings, *[finding] * sum(map(len, found))))


def _without(text: str, places: Sequence[tuple[int, int]], label: Label) -> str:
    for start, end in reversed(places):
        text = f"{text[:start]}[{label}]{text[end:]}"
    return text
