"""Digits that a recognizer heard as ordinary words, "free" and "mine" and "to", in the middle of a number that is read.

Such a word is a digit only where the words around it are, and more of them the commoner it is: "sex" beside any digit,
"free" among three, "to" and "for" among many, or where they make a number of ten or sixteen digits whole.
"""

from collections.abc import Callable
from typing import Final, Protocol

from privity.redact.reading.lexicon import Bit
from privity.redact.reading.triggers import Triggered
from privity.redact.reading.vocabulary import DIGIT_WORDS, one_of, vocabulary

HEARD_AS_WORDS: Final = {
    "sex": "six", "sax": "six", "sics": "six", "tree": "three", "free": "three", "mine": "nine", "to": "two",
    "for": "four",
}  # fmt: skip
"""Which digit each of the words is."""

_UNITS = frozenset({*DIGIT_WORDS, "o", "nought", "won"})
_SPOKEN = sorted(word for word in vocabulary().number_words if word.isalpha())
_NUMBER = one_of(_SPOKEN)
_WORD = one_of(HEARD_AS_WORDS)
_BESIDE = Triggered(
    rf"\b(?:(?:{_NUMBER}),? (?:{_WORD})|(?:{_WORD}),? (?:{_NUMBER}))\b".encode(),
    needs=(" ".join(HEARD_AS_WORDS), " ".join(_SPOKEN)),
)
_SURE = frozenset({"sex", "sax", "sics"})
_COMMON = frozenset({"to", "for"})
_OPENS = frozenset(
    {
        "okay", "ok", "is", "uh", "um", "then", "yes", "yeah", "number", "well", "sure", "in", "back",
        "said", "from",
    }
)  # fmt: skip
_SCALES = frozenset({"hundred", "thousand"})
_TIMES = frozenset({"double", "triple", "treble"})
_WHOLE = frozenset({10, 16})  # digits of telephones and cards
_AMONG = 3  # other digits
_AMONG_MANY = 5
_TENS = frozenset({"ten", "eleven", "twelve"})
_LONGEST = 40  # words of a number


class Words(Protocol):
    """What is asked of the words of a transcript."""

    starts: list[int]
    ends: list[int]
    said: list[str]
    bits: list[int]
    at_or_behind: Callable[[int], int]


def heard_as_words(words: Words, octets: bytes) -> list[int]:
    """Return the indices of the words that are digits."""
    found: list[int] = []
    reached = 0
    for match in _BESIDE.finditer(octets):
        if match.start() >= reached:
            read = _around(words, octets, words.at_or_behind(match.start()))
            reached = words.ends[read[-1]]
            found += (at for at in read if words.said[at] in HEARD_AS_WORDS and _is_digit(words, octets, read, at))
    return found


def _around(words: Words, octets: bytes, at: int) -> range:
    """Return the words around one that follow each other and may all be digits."""
    first = behind = at
    while first > 0 and at - first < _LONGEST and _may_be(words, first - 1) and _beside(words, octets, first):
        first -= 1
    while behind - at < _LONGEST and _may_be(words, behind) and (behind == at or _beside(words, octets, behind)):
        behind += 1
    return range(first, behind)


def _may_be(words: Words, at: int) -> bool:
    return at < len(words.said) and (words.bits[at] & Bit.NUMBER != 0 or words.said[at] in HEARD_AS_WORDS)


def _beside(words: Words, octets: bytes, at: int) -> bool:
    """Whether nothing but a blank or a comma stands between a word and the one before it."""
    return octets[words.ends[at - 1] : words.starts[at]] in {b" ", b", "}


def _is_digit(words: Words, octets: bytes, read: range, at: int) -> bool:
    said = words.said
    left, right = _digits(words, read.start, at), _digits(words, at + 1, read.stop)
    word, before = said[at], said[at - 1] if at > read.start else ""
    if before in _TIMES or word in _SURE:
        return before in _TIMES or left > 0 or right > 1
    if right and said[at + 1] in _SCALES:
        return False
    ends = read.stop == at + 1 and not _goes_on(words, octets, read.stop)
    alone = read.start == 0 or not _goes_on(words, octets, read.start)  # nothing stands before it in its turn
    opens = read.start == at and (alone or said[at - 1] in _OPENS or _is_short(words, octets, at - 1))
    if word not in _COMMON:
        among = left > 0 and right > 0 and left + right >= _AMONG
        return among or (left >= _AMONG and (ends or left + 1 in _WHOLE)) or (opens and right > 1)
    whole = left + right + 1 in _WHOLE
    if left and right and not whole:
        units = before in _UNITS and said[at + 1] in _UNITS
        return units and left > 1 and right > 1 and left + right >= _AMONG_MANY
    units = not _goes_on(words, octets, read.stop) and (_UNITS | _TIMES).issuperset(said[at + 1 : read.stop])
    return whole or (ends and alone and left > 1) or (opens and units and read.stop - at > 2)  # "to double one"


def _is_short(words: Words, octets: bytes, at: int) -> bool:
    """Whether "is" is shortened behind a word: "that's"."""
    return octets[words.ends[at] : words.ends[at] + 2] == b"'s"


def _digits(words: Words, first: int, behind: int) -> int:
    """How many digits some words are."""
    said = words.said[first:behind]
    pairs = _TENS | {"hundred"}  # "five hundred" stands for three
    return sum(0 if word in _TIMES else 1 + (word in pairs or word.endswith(("teen", "ty"))) for word in said)


def _goes_on(words: Words, octets: bytes, at: int) -> bool:
    """Whether a word follows the one before it in one sentence."""
    return at < len(words.said) and octets[words.ends[at - 1] : words.starts[at]].strip(b" ") == b""
