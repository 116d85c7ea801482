"""What the tagger sees of a word: itself, its neighbours, the turn before, and what the rules hide there.

Each feature is a number of 32 bits that is made of such things, and its place among the weights is that number hashed
(Weinberger et al., Feature Hashing for Large Scale Multitask Learning, 2009). All words that are asked about are read
in one pass: a call into NumPy for each kind of feature, and none for each word.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import takewhile
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from privity.redact.claims import Claim
from privity.redact.reading.folding import DOCUMENT_BREAK
from privity.redact.reading.lexicon import LISTED, NUMERAL, Bit
from privity.redact.reading.transcript import Transcript

Numbers = NDArray[Any]

SLOT_BITS: Final = 19
NO_SLOT: Final = 1 << SLOT_BITS
"""The place of a feature that a word has not: its weights are zero."""

_BEFORE, _BEHIND = 12, 3  # words that are looked at
_QUESTION = 8  # words at the end of the turn before
_OPENS = 4  # words of a turn that answer them
_RUN = 6  # number words before and behind
_FARTHEST = max(_BEHIND, _RUN)
_FIRST_PLACES = 6
_LONGEST = 12  # letters
_EDGE, _NUMBER = 1, 2  # what stands for no word, and for any number
_LISTS = (
    Bit.GIVEN | Bit.FREQUENT_GIVEN | Bit.SURNAME | Bit.FREQUENT_SURNAME | Bit.PLACE | Bit.KNOWN_PLACE | Bit.REGION
    | Bit.WORD | Bit.FUNCTION | Bit.NUMBER | Bit.TITLE | Bit.CALENDAR | Bit.DERIVED | Bit.DIGITS | Bit.LETTERS
    | Bit.UNKNOWN | Bit.MIXED | Bit.THING | Bit.SPELLING
)  # fmt: skip
_NAMES = Bit.UNKNOWN | LISTED | Bit.PLACE | Bit.KNOWN_PLACE | Bit.REGION
_SHAPES = Bit.CAPITAL | Bit.CAPITALS | Bit.INITIAL | Bit.PLAIN
_ALL = (1 << 32) - 1
_MULTIPLIER = np.uint32(0x9E3779B1)  # of Fibonacci hashing: 2^32 by the golden ratio, made odd
_ODD = (0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F)  # by which "a b" is told from "b a"
_SALT, _BESIDE = 0x165667B1, 0x9E3779B9
_OCTETS = np.array([1 if chr(place).isalnum() and place < 128 else place for place in range(256)], np.uint32)
_FORMS = bytes(
    ord("9") if ord("0") <= place <= ord("9") else ord("a") if ord("a") <= place <= ord("z") else place
    for place in range(256)
)

# What is read of a word: "w-2" is the second word before it, "l+1" the lists of the next one, "h-1" what the rules hide
# the one before it as, "q-1" the last word of the turn before; then what is read of the word itself.
_READ = (
    *(f"w{by:+d}" for by in range(-_BEFORE, _FARTHEST + 1)), *(f"l{by:+d}" for by in range(-2, 3)),
    *(f"h{by:+d}" for by in range(-3, 4)), *(f"q{by:+d}" for by in range(-1, -_QUESTION - 1, -1)),
    "n+1", "n+2",
    "any", "number", "word", "form", "begins", "ends", "shape", "before", "behind", "place", "run", "rule", "known",
    "last", "next",
)  # fmt: skip
_FEATURES = (
    "any word w+0 form begins ends shape before behind place run h+0 rule "
    "l-1,l+0 l+0,l+1 w-1,w+0 w+0,w+1 l+0,w-1 l+0,w+1 h+0,word rule,w-1 rule,w+1 rule,form rule,l+0 "
    "h+0,h-3 h+0,h-2 h+0,h-1 h+0,h+1 h+0,h+2 h+0,h+3 l+0,w-2,w-1"
)
_FEATURES_BESIDE_NUMBER = (  # each told apart for numbers and words
    "any w-4 w-3 w-2 w-1 w+1 w+2 w+3 l-2 l-1 l+0 l+1 l+2 "
    "l-1,l+1 w-2,w-1 w+1,w+2 w-1,w+1 h+0,known w-3,w-2,w-1 w+1,w+2,w+3 "
    "last next last,next last,form next,form n+1 n+1,n+2"
)
_SAID = [f"w{by:+d}" for by in range(-_BEFORE, 0)]  # in whatever order, as those of the question
_ASKED = [f"q{by:+d}" for by in range(-1, -_QUESTION - 1, -1)]


class _Recipe:
    """How features are made of what is read: sums of products, each from one place on to the next one."""

    def __init__(self) -> None:
        self._read: list[int] = []
        self._times: list[int] = []
        self._begins: list[int] = []
        for salt, feature in enumerate(_FEATURES.split(), 1):
            self._add(salt, feature.split(","))
        for salt, feature in enumerate(_FEATURES_BESIDE_NUMBER.split(), 101):
            self._add(salt, feature.split(","), beside_number=True)
        for salt, words in ((201, _SAID), (202, _ASKED), (203, _ASKED)):
            for word in words:
                self._add(salt, [word], beside_number=True)
        self.read = np.array(self._read)
        self.times = np.array(self._times, np.uint64).astype(np.uint32)
        self.begins = np.array(self._begins)

    def _add(self, salt: int, names: Sequence[str], *, beside_number: bool = False) -> None:
        self._begins.append(len(self._read))
        terms = [
            *zip(names, _ODD, strict=False),
            ("any", salt * _SALT),
            *([("number", _BESIDE)] if beside_number else []),
        ]
        for name, times in terms:
            self._read.append(_READ.index(name))
            self._times.append(times & _ALL)


_RECIPE = _Recipe()
_NEIGHBOURS = np.arange(-_BEFORE, _FARTHEST + 1)
_NEAR = np.arange(-3, 4)
_NEXT = np.arange(-2, 3)
_TWO = np.arange(2)
_FAR = np.array([2, 4, 8, 16, 32])  # words, from which on something is farther off
_LAST = np.arange(-1, -_QUESTION - 1, -1)


class Seen:
    """The words of a transcript as numbers, and what the rules hide of them in `labels` and `rules`, 0 for nothing.

    `company` is how many words the document of each has.
    """

    def __init__(self, transcript: Transcript, claims: Sequence[Claim]) -> None:
        words = transcript.words
        count = len(words.said)
        bits = np.array(words.bits, np.int64)
        self._spoken = words.flat.encode().split()
        self._said = np.fromiter(map(crc32, self._spoken), np.uint32, count)
        self.numeric = bits & NUMERAL != 0
        self._bits = bits
        self._shapes = (bits & _SHAPES & _ALL).astype(np.uint32)
        self._starts, self._ends = np.array(words.starts, np.int64), np.array(words.ends, np.int64)
        self._octets = np.frombuffer(transcript.octets, np.uint8)
        self._before, self._behind = _two_octets(transcript.octets)
        self.labels, self.rules = np.zeros(count, np.uint32), np.zeros(count, np.uint32)
        self._hide(words.starts, words.ends, claims)
        opens = [stretch.start for stretch in transcript.stretches]
        turns = np.searchsorted(opens, self._starts, "right")
        self._documents = np.searchsorted(transcript.documents, self._starts, "right")
        self.company = np.bincount(self._documents)[self._documents]
        self._stretches = transcript.stretches
        # Between documents stand as many edges as are looked at on both sides: no neighbour is of another document.
        self._at = np.arange(count) + (_BEFORE + _FARTHEST) * self._documents
        beyond = int(self._at[-1]) + 1 if count else 0
        size = beyond + _FARTHEST
        self._turns = np.zeros(size, np.int64)
        self._turns[self._at] = turns
        self._firsts = self._at[np.searchsorted(turns, turns)]
        following = np.searchsorted(turns, turns, "right")
        other = np.append(self._documents, 0)[following] != self._documents
        self._nexts = np.where(other, beyond, np.append(self._at, beyond)[following])
        [self._hiding] = self.labels.nonzero()
        self._hides = len(self._hiding) > 0
        lists = bits & _LISTS
        self._lists = self._padded((lists ^ lists >> 29) & _ALL, size)
        self._hidden = self._padded(self.labels, size)
        self._words = self._padded(np.where(self.numeric, _NUMBER, self._said), size)

    @property
    def dictionary(self) -> Numbers:
        """Which words are English ones."""
        english: Numbers = (self._bits & Bit.WORD != 0) & ~self.numeric
        return english

    @property
    def namelike(self) -> Numbers:
        """3 for regions, 2 for words that are but a name or a place or in no list, 1 for what is a word besides."""
        names = self._bits & _NAMES != 0
        but_names = names & (self._bits & (Bit.WORD | Bit.CAPITALS | Bit.THING) == 0)
        told: Numbers = names + but_names.astype(np.int8)
        told[self._bits & Bit.REGION != 0] = 3
        return told

    @property
    def talk(self) -> Numbers:
        """Which words stand in a document that is in turns or without capitals that tell."""
        in_turns = np.bincount([stretch.document for stretch in self._stretches])[self._documents - 1] > 1
        told: Numbers = in_turns | (self._bits & Bit.PLAIN != 0)
        return told

    def _hide(self, starts: Sequence[int], ends: Sequence[int], claims: Sequence[Claim]) -> None:
        for claim in claims:
            label, rule = crc32(claim.finding.label.encode()), crc32(claim.finding.detector.encode())
            for start, end in claim.parts:
                held = slice(bisect_right(ends, start), bisect_left(starts, end))
                self.labels[held], self.rules[held] = label, rule

    def _padded(self, numbers: Numbers, size: int) -> Numbers:
        padded = np.full(size, _EDGE, np.uint32)
        padded[self._at] = numbers
        return padded

    def slots(self, asked: Numbers) -> Numbers:
        """Return for each of some words where the weights of its features stand: a row a word, a column a feature."""
        at, firsts = self._at[asked][:, None], self._firsts[asked][:, None]
        near, last, place = at + _NEIGHBOURS, firsts + _LAST, at - firsts
        words = self._words[near]
        own = self._own(asked, words, place[:, 0])
        answer = self._words[self._nexts[asked][:, None] + _TWO]
        read = np.concatenate(
            [words, self._lists[at + _NEXT], self._hidden[at + _NEAR], self._words[last], answer, own], 1
        )
        features = np.add.reduceat(read.take(_RECIPE.read, 1) * _RECIPE.times, _RECIPE.begins, 1, np.uint32)
        slots: Numbers = (features ^ features >> 15) * _MULTIPLIER >> (32 - SLOT_BITS)
        turn = self._turns[at]
        said = self._turns[near[:, :_BEFORE]] == turn
        asks = (self._turns[last] == turn - 1) & (turn > 1)
        there = np.concatenate([said, asks, asks & (place < _OPENS)], 1)
        slots[:, -there.shape[1] :][~there] = NO_SLOT
        return slots

    def _own(self, asked: Numbers, words: Numbers, place: Numbers) -> Numbers:
        """Return what is read of words themselves, from "any" on."""
        own = np.empty((len(asked), 15), np.uint32)
        starts, ends = self._starts[asked], self._ends[asked]
        numeric = self.numeric[asked]
        length = ends - starts
        in_digits = numeric & (self._octets[starts] < ord("a"))
        spoken = [self._spoken[word] for word in asked.tolist()]
        own[:, 0] = 1
        own[:, 1] = numeric
        own[:, 2] = np.where(in_digits, length, self._said[asked])
        own[:, 3] = np.minimum(length, _LONGEST)
        own[:, 4] = [crc32(word[:3]) for word in spoken]
        own[:, 5] = [crc32(word[-3:]) for word in spoken]
        own[:, 6] = self._shapes[asked]
        own[:, 7] = self._before[starts]
        own[:, 8] = self._behind[ends]
        own[:, 9] = np.minimum(place, _FIRST_PLACES)
        own[:, 10] = 0
        own[:, 11] = self.rules[asked]
        own[:, 12] = self._known(asked)
        own[:, 13], own[:, 14] = self._hidden_around(asked)
        for row in numeric.nonzero()[0].tolist():
            if self._bits[asked[row]] & Bit.MIXED:
                own[row, 3] = crc32(spoken[row].translate(_FORMS)[:_LONGEST])
            own[row, 10] = _run(words[row].tolist())
        return own

    def _hidden_around(self, asked: Numbers) -> tuple[Numbers, Numbers]:
        """Return what the nearest hidden words before and behind each word are hidden as, and how far off they are."""
        if not self._hides:
            return self.labels[asked], self.labels[asked]
        around = []
        before, behind = np.searchsorted(self._hiding, asked) - 1, np.searchsorted(self._hiding, asked, "right")
        for at, way in ((before, -1), (behind, 1)):
            other = self._hiding.take(at, mode="clip")
            far = (other - asked) * way
            there = (far > 0) & (self._documents[other] == self._documents[asked])
            around.append(
                np.where(there, self.labels[other] + np.searchsorted(_FAR, far, "right").astype(np.uint32), 0)
            )
        return around[0], around[1]

    def _known(self, asked: Numbers) -> list[bool]:
        """Return of which words the like is hidden elsewhere in their documents."""
        if not self._hides:
            return [False] * len(asked)
        [hidden] = ((self.labels != 0) & ~self.numeric).nonzero()
        names = set(zip(self._said[hidden].tolist(), self._documents[hidden].tolist(), strict=True))
        return [name in names for name in zip(self._said[asked].tolist(), self._documents[asked].tolist(), strict=True)]


def _two_octets(octets: bytes) -> tuple[Numbers, Numbers]:
    """Return for each place of a text the two octets before it and those from it on, the nearer one first.

    Letters are all alike, and nothing is beyond the text that a place is in.
    """
    edge = DOCUMENT_BREAK.encode()
    told = _OCTETS.take(np.frombuffer(edge * 2 + octets + edge * 2, np.uint8))
    within = told != ord(DOCUMENT_BREAK)
    nearer = told << 8
    before, behind = nearer[1:-2] | told[:-3] * within[1:-2], nearer[2:-1] | told[3:] * within[2:-1]
    return before, behind


def _run(words: Sequence[int]) -> int:
    """Return how many number words stand together around the word in the middle of some, itself among them."""
    before, behind = words[_BEFORE - _RUN : _BEFORE][::-1], words[_BEFORE + 1 : _BEFORE + 1 + _RUN]
    return 1 + sum(len(list(takewhile(_NUMBER.__eq__, side))) for side in (before, behind))
