"""Voice for which a recognizer gave no word: marked where it stands, so that nobody takes it for silence.

A recognizer leaves out what it does not understand, and what it leaves out can be heard all the same: the last group of
a card number, read in a hurry. The mark is a word of no confidence. Whoever redacts the transcript decides by what was
asked for whether it is silenced.
"""

from collections.abc import Sequence

from privity.speech.transcript import SpokenWord

UNHEARD = "[inaudible]"
LONGEST_MS = 1000
"""Words are placed no more exactly than this: a shorter stretch without any is a breath between two of them."""


def with_unheard(words: Sequence[SpokenWord], start_ms: int, end_ms: int) -> list[SpokenWord]:
    """Return the words of one stretch of voice, with a mark for each part of it without a word.

    Somebody speaks from `start_ms` to `end_ms`; the words are in order, and may reach beyond both.
    """
    marked: list[SpokenWord] = []
    at = start_ms
    for word in words:
        marked += _mark(at, min(word.start_ms, end_ms))
        marked.append(word)
        at = max(at, word.end_ms)
    return [*marked, *_mark(at, end_ms)]


def is_heard(words: Sequence[SpokenWord]) -> bool:
    """Return whether any of the words was heard."""
    return any(word.text != UNHEARD for word in words)


def _mark(start_ms: int, end_ms: int) -> list[SpokenWord]:
    if end_ms - start_ms <= LONGEST_MS:
        return []
    return [SpokenWord(text=UNHEARD, start_ms=start_ms, end_ms=end_ms, confidence=0.0)]
