"""Doubted words that belong to a sentence: "[thank] you, when does the card expire" says nothing of the card.

Numbers are read in one breath. A single doubted word with sure words of a sentence around it, none of them a number and
none of them hidden, is no digit that was misheard, unless it sounds like one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from privity.redact.claims import Claim, Part
from privity.redact.labels import Label
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.misheard import HOMOPHONES
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

DIGITS_ONLY: Final = frozenset({Label.CARD, Label.CVV, Label.SSN, Label.PHONE, Label.BANK_ACCOUNT})
"""What is said in numbers alone. In codes and records a word may be a letter, and a name may be any word."""

_SOUNDS: Final = frozenset(HOMOPHONES) | {
    "for", "to", "tree", "free", "time", "times", "want", "fine", "find", "sex", "sick", "oath", "night", "nights",
    "mine", "line", "oh", "owe", "hero", "heaven", "hate", "late", "far", "fort", "fix",
}  # fmt: skip
_NO_SENTENCE = NUMERAL | Bit.SPELLING
_SENTENCE = Bit.WORD | Bit.FUNCTION
# "It's lemon uh": such words stand beside numbers as well.
_READ_WITH = (
    frozenset(phrase for phrase in vocabulary().fillers if " " not in phrase)
    | vocabulary().going_on
    | {
        "it's", "its", "is", "was", "that's", "be", "number", "numbers", "digits", "my", "ending", "ends", "in",
        "with", "has",
    }
)  # fmt: skip
_OPENS = frozenset({"thank", "thanks", "good", "great", "see", "well", "please", "hello", "sure", "perfect"})
_ENOUGH = 2  # of the next words on one side, where there are none on the other
_NEXT = 4


class SentenceWords:
    """Looks at doubted words of one transcript; `found` is what is hidden in it, `doubted` every doubted place."""

    def __init__(self, transcript: Transcript, found: Iterable[Claim], doubted: Sequence[Part]) -> None:
        self._transcript, self._words = transcript, transcript.words
        taken = sorted([*(part for claim in found for part in claim.parts), *doubted])
        self._starts = [start for start, _ in taken]
        self._reach: list[int] = []  # how far anything reaches that begins here or before
        for _, end in taken:
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))

    def holds(self, start: int, end: int, turn: int) -> bool:
        """Whether the word at a place of a turn is part of a sentence of sure words."""
        words, at = self._words, self._words.at_or_behind(start)
        if at >= len(words.starts) or words.end(at) > end or words.at_or_behind(end) != at + 1:
            return False
        if len(words.said[at]) == 1 or words.said[at] in _SOUNDS or not self._is_ordinary(at):
            return False
        stretch = self._transcript.stretches[turn]
        opens = at == 0 or words.starts[at - 1] < stretch.start
        ends = at + 1 == len(words.starts) or words.starts[at + 1] >= stretch.end
        if opens or ends:
            if words.said[at] not in _OPENS and not words.bits[at] & Bit.FUNCTION:
                return False  # "lemon, thank you very much"
            step = 1 if opens else -1
            telling = [self._tells(at + step * by, turn) for by in range(1, _NEXT + 1)]
            return opens != ends and telling[0] and sum(telling) >= _ENOUGH
        return self._tells(at - 1, turn) and self._tells(at + 1, turn)

    def _is_ordinary(self, at: int) -> bool:
        bits = self._words.bits[at]
        return bits & _SENTENCE != 0 and not bits & _NO_SENTENCE

    def _tells(self, at: int, turn: int) -> bool:
        """Whether a word of the turn is one of a sentence, neither hidden nor doubted."""
        words, stretch = self._words, self._transcript.stretches[turn]
        if not 0 <= at < len(words.starts) or not stretch.start <= words.starts[at] < stretch.end:
            return False
        last = bisect_right(self._starts, words.starts[at]) - 1
        begins_within = last + 1 < len(self._starts) and self._starts[last + 1] < words.end(at)
        reached = last >= 0 and self._reach[last] > words.starts[at]
        return self._is_ordinary(at) and words.said[at] not in _READ_WITH and not reached and not begins_within
