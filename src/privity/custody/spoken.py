"""What was heard, or written down elsewhere with its words, as turns that the redactor takes.

Words carry their confidence, without which nothing of what a recognizer doubts could be hidden. They are looked for in
their turn's text one after the other. Words that are not all found there stay without a place: the redactor then hides
and silences the whole turn where it would have hidden one of them.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

import msgspec

from privity.errors import MALFORMED_JSON, Unreadable
from privity.redact import Turn, Word
from privity.redact.reading.confidences import confidence_in
from privity.speech import Segment

_TEXTS: Final = ("text", "word", "content")
_TIMES: Final = (("start_ms", "end_ms"), ("start", "end"), ("start_time", "end_time"), ("startTime", "endTime"))
_BEGINNINGS: Final = tuple(beginning for beginning, _ in _TIMES)
_LONGEST: Final = 1e12  # milliseconds, thirty years
_OBJECT: Final = re.compile(rb"\{")
_OBJECTS_OF_A_CHARACTER: Final = 4
_OBJECTS: Final = 64
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


def doubted_words(text: str, given: msgspec.Raw, where: str) -> tuple[Word, ...]:
    """Return the words that a conversation brings with its turn, if they say how sure their recognizer was, else none.

    A word is an object with `text`, `word` or `content`, and `confidence` or what others call it (`confidences`). A
    confidence that is no number from 0 to 1 counts as 0. Times are left out, because there is no audio beside a text,
    and only have to be times. Raises Unreadable for what are no words; `where` names them, and nothing of them is told.
    """
    words = _read(given, len(text), where)
    if all(confidence is None for _, confidence in words):
        return ()
    return _placed(text, [_word(said, sure) for said, sure in words])


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


def _read(given: msgspec.Raw, characters: int, where: str) -> list[tuple[str, float | None]]:
    """Return the text of each word, and its confidence, None where it has none."""
    if not given:
        return []
    most = _OBJECTS_OF_A_CHARACTER * characters + _OBJECTS
    if next(islice(_OBJECT.finditer(given), most, None), None) is not None:  # told before they are in memory
        raise _no_words(where, f"has more words than its text of {characters} characters can have")
    try:
        words = msgspec.json.decode(given, type=list[dict[str, Any]])
    except MALFORMED_JSON as error:
        _, at, place = str(error).rpartition(" - at `$")
        raise _no_words(f"{where}{place.strip('`')}" if at else where, "is not what was expected") from None
    read: list[tuple[str, float | None]] = []
    before = dict.fromkeys(_BEGINNINGS, 0.0)
    for number, word in enumerate(words):
        said = next((word[key] for key in _TEXTS if isinstance(word.get(key), str)), None)
        if said is None:
            raise _no_words(f"{where}[{number}]", "has no text")
        _check_times(word, before, f"{where}[{number}]")
        read.append((said, confidence_in(word)))
    return read


def _check_times(word: dict[str, Any], before: dict[str, float], where: str) -> None:
    """Raise Unreadable for times that are none, or go back; `before` is when the words so far began."""
    for beginning, end in _TIMES:
        for key, least in ((beginning, before[beginning]), (end, None)):
            if word.get(key) is None:
                continue
            time = _time(word[key])
            if time is None:
                raise _no_words(where, f"has a `{key}` that is no time")
            if time < (before[beginning] if least is None else least):
                raise _no_words(where, f"has a `{key}` that is before what came before")
            before[beginning] = time if least is not None else before[beginning]


def _time(given: object) -> float | None:
    """Return a number from 0 on, also as a text that may end in "s", or None for what is none."""
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        time = float(given.removesuffix("s") if isinstance(given, str) else given)
    except (ValueError, OverflowError):
        return None
    return time if 0 <= time < _LONGEST else None


def _no_words(where: str, why: str) -> Unreadable:
    return Unreadable(
        f"the turns cannot be read: `{where}` {why}",
        advice='A word is {"text": "hello", "confidence": 0.98}; its times, if any, are numbers that go forward.',
    )
