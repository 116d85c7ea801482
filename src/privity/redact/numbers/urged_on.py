"""A number that somebody reads while somebody else urges on, in one running text that does not say who speaks.

"four five three two mm-hm okay one one oh two could you slow down a little nine eight ...": no run and no topic reaches
over what is said between two pieces, and a piece by itself is nothing. So from the words that announce a number on, its
pieces are followed over whatever people say while numbers are read, until it has all its digits or the talk turns.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.cues import ANY_CODE, Cue, Cues
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.misheard import HOMOPHONES
from privity.redact.reading.numerals import Run, is_amount
from privity.redact.reading.small_words import CORRECTIONS, URGES
from privity.redact.reading.spoken_numbers import COUNTS, PLURALS, SCALES, digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import DIGIT_WORDS, vocabulary

DETECTOR: Final = "urged-on"
"""What stands within such a reading is a digit, though it would be none by itself: "got that one", "next oh"."""
_LEAST: Final = {Label.CARD: 12, Label.SSN: 7, Label.PHONE: 7, Label.CVV: 3} | dict.fromkeys(RECORDS, 5)
_FULL: Final = {Label.CARD: 16, Label.SSN: 9, Label.PHONE: 10, Label.CVV: 3}
_FULL_RECORD = 12
_MORE = 5  # digits that are begun again
_SIZES: Final = {Label.CARD: (14, 15, 16), Label.SSN: (9,), Label.CVV: (3, 4)}
_NO_NUMBER = ANY_CODE | {"credit", "debit", "charge it to", "ins", "contact", "transit", "savings", "checking"}
_OF_ONE = frozenset({Label.CARD, Label.SSN})
_OPENING = 20  # words between what announces a number and its first piece
_BETWEEN = 9  # words between two pieces
_SHORT = 4  # digits of a piece that may count or cost something
_LOOSE = frozenset('$|";{}<>')
_ASIDES = frozenset(
    {
        "absolutely", "any", "awesome", "barking", "bear", "bit", "breaking", "brilliant", "broke", "can", "can't",
        "catch", "cheers", "clear", "cool", "copy", "could", "couldn't", "cut", "cutting", "didn't", "dog", "down",
        "excellent", "follow", "following", "froze", "frozen", "give", "he", "hear", "heard", "i'd", "listening",
        "little", "loud", "louder", "lovely", "ma'am", "madam", "miss", "missed", "need", "noted", "out", "paper",
        "pardon", "pen", "pencil", "screen", "she", "sir", "sounds", "speak", "still", "sure", "take", "thank",
        "thanks", "them", "they", "type", "typing", "up", "us", "way", "we're", "what's", "whenever", "wonderful",
        "write", "writing", "you're",
    }
)  # fmt: skip
_URGES = (
    _ASIDES | vocabulary().of_reading | vocabulary().going_on
    | {word for phrase in (*vocabulary().fillers, *URGES) for word in phrase.replace("-", " ").split()}
)  # fmt: skip
_NEVER = frozenset(
    {"after", "before", "cost", "costs", "for", "about", "by", "until", "till", "at", "have", "has", "had", "from"}
)
_BEGINS_AGAIN = CORRECTIONS | {"uh", "um", "er", "uhm", "not", "again", "over", "oops"}
_STOPS = frozenset(".,;?!\n")
_MEANT_OTHERWISE = frozenset({"line", "dial"})  # "sorry the line is bad"
_ALONE = frozenset({"oh", "o", "one"})
_THE = frozenset({"the", "this", "which", "another", "any", "no", "every"})
_ONE_OF = frozenset({"moment", "second", "sec", "minute", "more", "thing", "time", "of"})


def claims(transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> Iterator[Claim]:
    """Return the pieces of announced numbers between which somebody urges on."""
    asked = [cue for cue in cues if cue.label in _LEAST and cue.phrase not in _NO_NUMBER] if len(runs) > 1 else []
    if not asked:
        return
    read, reach = _Read(transcript, cues, runs), -1
    for cue in asked:
        assert cue.label is not None
        pieces = read.behind(cue, cue.label) if cue.start >= reach else ()
        if pieces:
            reach = pieces[-1][1]
            why = f'cue "{cue.phrase}", then pieces of a number with what urges on between them'
            found = finding(cue.label, DETECTOR, why, 0.5, "context", cue.phrase)
            yield from (Claim((piece,), found) for piece in pieces)


class _Read:
    """The numbers of one transcript, followed from what announces them."""

    def __init__(self, transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> None:
        self._transcript, self._text, self._words, self._cues = transcript, transcript.folded, transcript.words, cues
        self._groups = [group for run in runs for group in run.groups]
        self._starts = [group.start for group in self._groups]

    def behind(self, cue: Cue, label: Label) -> list[Part]:
        """Return the places of the pieces that are read behind a cue, if something is said between them."""
        words, found = self._words, list[Part]()
        limit = words.at_or_behind(self._transcript.stretches[self._transcript.turn_at(cue.start)].end)
        at, end, digits, urged = words.at_or_behind(cue.end), cue.end, 0, False
        full, whole = _FULL.get(label, _FULL_RECORD), _SIZES.get(label, ())
        more = 0
        while digits < full + more:
            first = self._next(at, limit, _BETWEEN if found else _OPENING)
            if first is None or not self._leads(end, at, first, label, opening=not found):
                break
            last = self._last(first, limit)
            said = self._digits(first, last)
            if digits >= full and not self._one_by_one(first, last):
                break
            if digits + said not in whole and not self._goes_on_behind(last, limit, said):
                break
            if self._is_other(first, last):
                break
            urged = urged or (bool(found) and first > at)
            more = more if _BEGINS_AGAIN.isdisjoint(words.said[at:first]) else _MORE
            at, end, digits = last + 1, words.end(last), digits + said
            found.append((words.starts[first], end))
        return found if urged and digits >= _LEAST[label] else []

    def _next(self, at: int, limit: int, most: int) -> int | None:
        """Return the first word of the next piece, if only so many words stand before it."""
        return next((first for first in range(at, min(limit, at + most + 1)) if self._is_number(first)), None)

    def _is_number(self, at: int) -> bool:
        words = self._words
        word = words.said[at]
        if not words.bits[at] & NUMERAL or (word in PLURALS and words.beside(at, -1) not in COUNTS):
            return False
        if word == "one" and (words.beside(at, 1) in _ONE_OF or words.beside(at, -1) in _THE):
            return False
        return word not in HOMOPHONES or self._grouped(at)

    def _grouped(self, at: int) -> bool:
        """Whether a word is of the digits that were read."""
        start = self._words.starts[at]
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and start < self._groups[index].end

    def _last(self, first: int, limit: int) -> int:
        """Return the last word of a piece; blanks and signs may stand between its words."""
        said, last = self._words.said, first
        while last + 1 < limit:
            behind = last + 2 if said[last] in SCALES and said[last + 1] == "and" else last + 1  # "hundred and five"
            if behind >= limit or not self._is_number(behind):
                break
            last = behind
        return last

    def _digits(self, first: int, last: int) -> int:
        """Return how many digits a piece has."""
        start, end = self._words.starts[first], self._words.end(last)
        groups = self._groups[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return sum(len(group.digits) for group in groups) or len(digits_said(self._text[start:end]))

    def _leads(self, end: int, at: int, first: int, label: Label, *, opening: bool) -> bool:
        """Whether what stands before a piece leads to it: anything but another cue at first, and then what urges on."""
        between = self._text[end : self._words.starts[first]]
        if not _LOOSE.isdisjoint(between):
            return False
        said = self._words.said[at:first]
        for cue in self._cues.within(end, self._words.starts[first]):
            alike = cue.label is label or (cue.label in _OF_ONE and label in _OF_ONE) or cue.phrase in _MEANT_OTHERWISE
            if not alike:
                return False
        if opening:
            return said[-1:] in ([], ["at"]) or said[-1] not in _NEVER
        return all(word in _URGES or self._words.bits[index] & NUMERAL for index, word in enumerate(said, at))

    def _is_other(self, first: int, last: int) -> bool:
        """Whether a piece is an amount, a time or a range."""
        start, end = self._words.starts[first], self._words.end(last)
        groups = self._groups[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return bool(groups) and is_amount(self._text, Run.of(groups))

    def _one_by_one(self, first: int, last: int) -> bool:
        """Whether a piece is said digit by digit, which no price and no hour is."""
        said = self._words.said[first : last + 1]
        return all(len(word) == 1 or word in DIGIT_WORDS for word in said) and (last > first or said[0] not in _ALONE)

    def _goes_on_behind(self, last: int, limit: int, said: int) -> bool:
        """Whether nothing stands behind a piece that it counts or that says what it costs."""
        if last + 1 >= limit or said > _SHORT:
            return True
        if not _STOPS.isdisjoint(self._text[self._words.end(last) : self._words.starts[last + 1]]):
            return True
        word = self._words.said[last + 1]
        return word not in _NEVER and (word in _URGES or self._cues.begins(self._words.starts[last + 1] - 1))
