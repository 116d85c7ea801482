"""Conversations in JSON as recognizers and chats write them: lists of objects that each hold a piece of what was said.

    {"segments": [{"start": 0.0, "text": "four one one one"}, {"start": 1.9, "text": "one one one one"}, ...]}
    {"messages": [{"role": "user", "content": "..."}]}
    {"transcript": "my card is four one ...", "words": [{"word": "my", "start": 0.1}, {"word": "card"}, ...]}

A piece says little: a number goes on over pieces, a question types the answer of the next one, and a word of a card
number is a harmless word. So pieces are judged as the turns of one conversation, and words by the text that they are
the words of. Words that are not those of their text are judged together, and all of them hidden when there is anything
to hide. A list of objects that are said by nobody and at no time is a list of documents, each judged by itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from privity.redact.findings import Span
from privity.redact.reading.confidences import confidence_in
from privity.redact.turns import Word

_TEXTS: Final = (
    "text", "transcript", "content", "utterance", "message", "body", "Lexical", "Display", "Text",
    "Content", "Transcript",
)  # fmt: skip
WORD_KEYS: Final = ("word", "punctuated_word", "Word", "text", "content")
"""Under which a word of a list of words may stand, also in two spellings."""
_ONLY_OF_WORDS: Final = frozenset({"word", "punctuated_word", "Word"})
_SPEAKERS: Final = (
    "speaker", "role", "speaker_label", "speaker_id", "participant", "author", "from", "channel", "user",
)  # fmt: skip
_ENDS: Final = frozenset({"end", "end_ms", "end_time", "endTime"})
_SAID: Final = _ENDS | frozenset({
    *_SPEAKERS, "start", "start_ms", "start_time", "startTime", "offset", "time", "timestamp", "ts", "begin",
})  # fmt: skip
_CONVERSATIONS: Final = frozenset({
    "turns", "segments", "messages", "utterances", "conversation", "dialogue", "dialog", "transcript", "chat",
    "monologues", "captions", "cues", "lines", "paragraphs", "sentences",
})  # fmt: skip
_EDGES: Final = " \t\n.,;:!?\"'()-…"


class Pieces(Struct, frozen=True):
    """The key that holds the text of each piece, and the key that says who said it."""

    text: str
    speaker: str | None


def pieces_of(items: Sequence[Any], name: str = "") -> Pieces | None:
    """Return how a list holds a conversation, or None for any other list; `name` is the key that it stands under."""
    if not items or not all(isinstance(item, Mapping) for item in items):
        return None
    text = next((key for key in _TEXTS if any(isinstance(item.get(key), str) for item in items)), None)
    if text is None or words_of(items) is not None:
        return None
    said = any(not _SAID.isdisjoint(item) for item in items)
    if not said and name not in _CONVERSATIONS:
        return None
    return Pieces(text, next((key for key in _SPEAKERS if any(key in item for item in items)), None))


def words_of(value: Any) -> str | None:
    """Return the key that holds each word of a list of words, or None for anything else."""
    if not isinstance(value, list) or not value or not all(isinstance(item, Mapping) for item in value):
        return None
    for key in WORD_KEYS:
        words = [item.get(key) for item in value]
        if all(isinstance(word, str) and len(word.split()) < 2 for word in words):
            return key if len(value) > 1 or _is_word(value[0], key) else None
    return None


def _is_word(item: Mapping[Any, Any], key: str) -> bool:
    """Whether the only item of a list is a word, as an answer has it that is a name, and no piece of one word."""
    return key in _ONLY_OF_WORDS or (not _ENDS.isdisjoint(item) and words_beside(item) is None)


def first_alternatives(value: Any) -> list[Mapping[str, Any]] | None:
    """Return the first of the alternatives of each word, where a list is one of words with alternatives."""
    if not isinstance(value, list) or len(value) < 2:
        return None
    listed = [item.get("alternatives") if isinstance(item, Mapping) else None for item in value]
    firsts = [heard[0] if isinstance(heard, list) and heard else None for heard in listed]
    words = [first for first in firsts if isinstance(first, Mapping) and isinstance(first.get("content"), str)]
    return words if len(words) == len(value) else None


def words_beside(value: Mapping[Any, Any]) -> tuple[str, str, str] | None:
    """Return the keys of a text, of the list of its words beside it, and of the word in each; None without such."""
    text = next((key for key in _TEXTS if isinstance(value.get(key), str)), None)
    if text is None:
        return None
    for key, listed in value.items():
        word = words_of(listed) if isinstance(key, str) else None
        if word is not None:
            return text, key, word
    return None


def places_in(text: str, words: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return where words stand in their text, in order, or None when they are not all and only its words."""
    places: list[tuple[int, int]] = []
    folded, at = text.lower(), 0
    if len(folded) != len(text):
        return None
    for word in words:
        bare = word.strip(_EDGES).lower()
        start = folded.find(bare, at) if bare else at
        if start < 0 or text[at:start].strip(_EDGES):
            return None
        at = start + len(bare)
        places.append((start, at))
    return None if text[at:].strip(_EDGES) else places


def doubted_words(text: str, items: Sequence[Mapping[Any, Any]], key: str) -> tuple[Word, ...]:
    """Return the words of a text with how sure their recognizer was of each, or none where it does not say.

    Words that are not those of their text have no place in it.
    """
    sure = [confidence_in(item) for item in items]
    if all(confidence is None for confidence in sure):
        return ()
    words = [item[key] for item in items]
    places = places_in(text, words)
    if places is None:
        return tuple(_word(word, -1, -1, told) for word, told in zip(words, sure, strict=True))
    return tuple(_word(text[start:end], start, end, told) for (start, end), told in zip(places, sure, strict=True))


def _word(text: str, start: int, end: int, confidence: float | None) -> Word:
    return Word(text=text, start=start, end=end, start_ms=0, end_ms=0, confidence=confidence)


def shown_words(
    words: Sequence[str], places: Sequence[tuple[int, int]], spans: Sequence[Span], *, mask: bool
) -> list[str]:
    """Return words with those hidden that a span touches: the first one shows the label, the others nothing."""
    shown: list[str] = []
    at = told = -1
    for word, (start, end) in zip(words, places, strict=True):
        while at + 1 < len(spans) and spans[at + 1].start < end:
            at += 1
        touched = at >= 0 and spans[at].end > start
        if not touched:
            shown.append(word)
        elif mask:
            shown.append("*" * len(word))
        else:
            shown.append("" if told == at or spans[at].continues else f"[{spans[at].finding.label}]")
            told = at
    return shown
