r"""Patterns that are searched only in texts that hold the words which they need.

A turn of a call holds a dozen words, and the detectors have dozens of patterns, of which hardly one can match in it.
So each pattern says of which words a text has to hold one before it can match: an age of ninety needs "ninety",
"hundred" or a digit, and "old" or "age" where it answers a question. Every such set of words has a bit; what is known
of a word are the bits of the sets that it stands in. One look at each word of a text and one OR over what was found
tell of all patterns at once whether they can match, and most are never searched.

    _HOW_OLD = Triggered(rb"\bhow old ... (ninety|9[0-9])", needs=(f"ninety hundred {A_DIGIT}", "old age"))

Where many patterns stand side by side, `Rows` rules out most of them by one set that each of them needs.

A set is written as words with blanks between them. `name*` stands for all words that begin so, with two letters or
more, `A_DIGIT` for each that holds a digit, `A_NUMBER` for digits and number words, `NEXT_TURN` for a text in which
turns follow each other; what is no letter and no digit, "@" and "/", stands for itself. Words are told apart as RE2's
`\b` does it, so that "he's" holds "he" and "s": a set may name too much, but never too little. Where a pattern has
branches of which each needs something else, `either` says so.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from operator import or_
from typing import Any, Final, Generic, TypeVar

from privity.redact.reading.folding import TURN_BREAK
from privity.redact.reading.lexicon import lexicon
from privity.redact.reading.matches import Pattern
from privity.redact.reading.vocabulary import vocabulary

END: Final = b"\x1c"  # in no transcript; a pass that finds it behind the last octet came to its end
A_DIGIT: Final = "0"
NEXT_TURN: Final = TURN_BREAK
A_NUMBER: Final = " ".join([A_DIGIT, *sorted(vocabulary().number_words)])
_REMEMBERED = 200_000  # words; then all are forgotten, so that a stream of random ones cannot fill the memory
_EVERYTHING = -1  # has every bit
_ANY_TEXT = 1  # the bit that every text has
_MANY = 1_000_000  # words
_PAIR = 2  # sets
_ONLY_WORDS = bytes(place if chr(place).isalnum() and place < 128 else 32 for place in range(256))
_NO_SIGNS = b" 0123456789abcdefghijklmnopqrstuvwxyz"


class _Told(dict[bytes, int]):
    """What each word tells of the patterns: the bits of the sets that it stands in; filled as listed words are met."""

    def __init__(self) -> None:
        super().__init__()
        self._bits: dict[str, int] = {}  # of the sets, by how they are written
        self._sizes = {_ANY_TEXT: _MANY}  # how many words each set has, by its bit
        self._words: dict[str, int] = {}
        self._openings: dict[str, dict[str, int]] = {}  # by their first two letters
        self._signs = [0] * 256  # by their octets

    def bit(self, needed: str) -> int:
        """Return the bit of a set of words, a new one for a set that is not known yet."""
        if needed not in self._bits:
            self._bits[needed] = bit = _ANY_TEXT << 1 + len(self._bits)
            self._sizes[bit] = len(needed.split(" "))
            for word in needed.split(" "):
                if word.rstrip("*").isalnum():
                    words = self._openings.setdefault(word[:2], {}) if word.endswith("*") else self._words
                    words[word.rstrip("*")] = words.get(word.rstrip("*"), 0) | bit
                else:
                    self._signs[ord(word)] |= bit
            self.clear()
        return self._bits[needed]

    def smallest(self, bits: int) -> int:
        """Return the bit of the set of the fewest words among some sets, or of any text where there is none."""
        return min((bit for bit in self._sizes if bits & bit), key=self._sizes.__getitem__, default=_ANY_TEXT)

    def of_digits(self) -> int:
        """Return what every word with a digit tells."""
        return self._words.get(A_DIGIT, 0)

    def of_signs(self, octets: bytes) -> int:
        """Return what the signs in a text tell that are in no word."""
        return reduce(or_, map(self._signs.__getitem__, set(octets.translate(None, _NO_SIGNS))), 0)

    def __missing__(self, octets: bytes) -> int:
        word = octets.decode("ascii")
        told = self._words.get(word, 0)
        if not word.isalpha():
            told |= self.of_digits()
        for opening, bits in self._openings.get(word[:2], {}).items():
            if word.startswith(opening):
                told |= bits
        if lexicon().of(word):  # all else may be somebody's name or number, which no text may leave in memory
            if len(self) > _REMEMBERED:
                self.clear()
            self[octets] = told
        return told


_told = _Told()
all_patterns: Final[list["Triggered"]] = []


class Octets(bytes):
    """The octets of a transcript in lower case; they remember what their words tell."""

    @cached_property
    def told(self) -> int:
        """The bits of all sets of words of which one is in the text."""
        told = reduce(or_, map(_told.__getitem__, set(self.translate(_ONLY_WORDS).split())), _ANY_TEXT)
        return told | _told.of_signs(self)


class Needed:
    """Words without which a text holds nothing of a kind: one of each of these sets.

    A text that has no bit of `hint` has not got them; where the hint is `enough`, one that has a bit of it has.
    """

    def __init__(self, *needs: str) -> None:
        self.bits = reduce(or_, map(_told.bit, needs), 0)
        self.ways: tuple[int, ...] = (self.bits,)
        self.hint = _told.smallest(self.bits)
        self.enough = self.bits in {0, self.hint}
        self._branches: Group | None = None

    def can_occur(self, octets: bytes) -> bool:
        """Whether a text has the words; True of octets that are no whole transcript, of which nothing is told."""
        return self.is_told(getattr(octets, "told", _EVERYTHING))

    def is_told(self, told: int) -> bool:
        """Whether a text has the words, by what is told of it."""
        bits = self.bits
        return told & bits == bits and (self._branches is None or self._branches.is_told(told))


class Triggered(Needed):
    """A pattern for octets in lower case, with the sets of words of each of which a text needs one.

    Beside them it needs one of each of the sets of one of the branches in `either`.
    """

    def __init__(
        self, pattern: bytes, *, needs: tuple[str, ...] = (), either: tuple[tuple[str, ...], ...] = ()
    ) -> None:
        super().__init__(*needs)
        if either:
            self.ways = tuple(self.bits | Needed(*branch).bits for branch in either)
            self._branches = Group(self)
            self.hint, self.enough = self._branches.hint, False
        self.pattern = pattern
        all_patterns.append(self)

    @cached_property
    def _compiled(self) -> Pattern:
        """The pattern, compiled where it can occur first: many never do."""
        return Pattern(self.pattern)

    def finditer(self, octets: bytes) -> Iterable[Any]:
        """Return the matches, in order."""
        bits = self.bits  # as `can_occur`, which takes longer to call than to answer
        told = getattr(octets, "told", _EVERYTHING)
        if told & bits != bits:
            return ()
        return self._compiled.finditer(octets) if self._branches is None or self._branches.is_told(told) else ()

    def search(self, octets: bytes, start: int = 0, end: int | None = None) -> Any:
        """Return the first match between two places, None where there is none."""
        return self._compiled.search(octets, start, end) if self.can_occur(octets) else None


class Group:
    """What is asked of at once: a detector that finds nothing without any of its patterns need not run."""

    def __init__(self, *members: "Needed | Group") -> None:
        self.ways: tuple[int, ...] = ()
        for member in members:
            self.ways += tuple(each for each in member.ways if each not in self.ways)
        # One AND asks of all at once that need one set only, and another of all that share a set.
        self._one_set = reduce(or_, (bits for bits in self.ways if bits.bit_count() == 1), 0)
        self._several = tuple(_by_shared([bits for bits in self.ways if not bits & self._one_set]))
        self.hint = reduce(or_, (shared for shared, _, _ in self._several), self._one_set)
        self.enough = not self._several

    def can_occur(self, octets: bytes) -> bool:
        """Whether any of the members can."""
        return self.is_told(getattr(octets, "told", _EVERYTHING))

    def is_told(self, told: int) -> bool:
        """Whether any of the members can occur in a text, by what is told of it."""
        if told & self._one_set:
            return True
        for shared, one_more, ways in self._several:
            if told & shared:
                if told & one_more:
                    return True
                for bits in ways:
                    if told & bits == bits:
                        return True
        return False


Row = TypeVar("Row", bound=tuple[Any, ...])


class Rows(Generic[Row]):
    """Rows of which each begins with a pattern, group or set of words that a text needs; one AND rules out most."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = [(row[0].hint, None if row[0].enough else row[0].is_told, row) for row in rows]

    def possible(self, octets: bytes) -> list[Row]:
        """Return the rows, in order, of which what they need can occur in a text."""
        told = getattr(octets, "told", _EVERYTHING)
        return [row for hint, is_told, row in self._rows if told & hint and (is_told is None or is_told(told))]


def _by_shared(ways: list[int]) -> Iterator[tuple[int, int, list[int]]]:
    """Yield sets that several ways share, each as its bit: the set that is in most of them first.

    With each stand the sets of which one more is enough, and the ways that need several more.
    """
    while ways:
        sets = [1 << place for bits in ways for place in range(bits.bit_length()) if bits >> place & 1]
        shared = max(sets, key=sets.count)
        sharing = [bits for bits in ways if bits & shared]
        one_more = reduce(or_, (bits ^ shared for bits in sharing if bits.bit_count() == _PAIR), 0)
        yield shared, one_more, [bits for bits in sharing if not bits & one_more]
        ways = [bits for bits in ways if not bits & shared]
