"""What was heard, or written down elsewhere with its words, as turns that the redactor takes.

Words carry their confidence, without which nothing of what a recognizer doubts could be hidden. They are looked for in
their turn's text one after the other. Words that are not all found there stay without a place: the redactor then hides
and silences the whole turn where it would have hidden one of them.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from privity.redact import Turn, Word
from privity.redact.reading.confidences import confidence_in
from privity.speech import Segment

_TEXTS: Final = ("text", "word", "content")
_NOWHERE: Final = -1

Spans = Sequence[tuple[int, int]]


def turn_of(segment: Segment, pauses: Spans = ()) -> Turn | None:
    """Return what was said outside of pauses, in milliseconds, or None; words without times are not kept then."""
    if pauses:
        spoken = [w for w in segment.words if all(w.end_ms <= start or w.start_ms >= end for start, end in pauses)]
        if not spoken:
            return None
        text = " ".join(word.text for word in spoken)
    else:
        spoken, text = list(segment.words), segment.text
    words = [_word(word.text, word.confidence, word.start_ms, word.end_ms) for word in spoken]
    return Turn(speaker=segment.speaker, text=text, words=_placed(text, words))


def doubted_words(text: str, given: Sequence[msgspec.Raw]) -> tuple[Word, ...]:
    """Return the words that a conversation brings with its turn, if they say how sure their recognizer was, else none.

    A word is an object with `text`, `word` or `content`, and `confidence` or what others call it (`confidences`). One
    that is no number from 0 to 1 counts as 0. Times are left out: there is no audio beside a text.
    """
    read = [_read(raw) for raw in given]
    if all(confidence is None for _, confidence in read):
        return ()
    words = [_word(said, sure) for said, sure in read]
    return _placed(text, words)


def _word(text: str, confidence: float | None, start_ms: int = 0, end_ms: int = 0) -> Word:
    return Word(text=text, start_ms=start_ms, end_ms=end_ms, start=_NOWHERE, end=_NOWHERE, confidence=confidence)


def _placed(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    placed, at = [], 0
    for word in words:
        start = text.find(word.text, at)
        if start < 0 or not word.text:
            return tuple(words)
        at = start + len(word.text)
        placed.append(msgspec.structs.replace(word, start=start, end=at))
    return tuple(placed)


def _read(raw: msgspec.Raw) -> tuple[str, float | None]:
    """Return the text of a word, "" where it has none, and its confidence, None where it has none."""
    value: Any = msgspec.json.decode(raw)
    if not isinstance(value, dict):
        return "", None
    said = next((value[key] for key in _TEXTS if isinstance(value.get(key), str)), "")
    return said, confidence_in(value)
