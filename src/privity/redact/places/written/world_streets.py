"""Streets as the world writes them: "8058 Renmin Lu", "vul. Franka 216", "Tirgus iela", "160 Huff Shoal".

A word that only streets have before or behind their names tells one by its capitals alone; a word that is English or
somebody's name as well has to stand beside a number, and so has a name with the ending of a street, "Felberstrasse".
What else belongs to the address is read on from here by `address_pieces`.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Part
from privity.redact.names.parts import NameParts
from privity.redact.places.written.address_pieces import NO_LINKS, UNIT_BEHIND, is_capital
from privity.redact.places.written.street_lists import ENDINGS, WORLD
from privity.redact.reading.lexicon import Asked, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Needed

_SURE = WORLD.before | WORLD.after
_SMALL = frozenset({"avenue", "boulevard", "corso", "quai", "corniche", "allee"})
_WORDS = _SURE | _SMALL
_WRITTEN = Needed(" ".join(sorted(_WORDS)))
SAID = Group(_WRITTEN)
"""Without these there is no street of the world in a text that has no digits."""
_OPENS = WORLD.before | WORLD.maybe_before
_CLOSES = WORLD.after | WORLD.maybe_after
_ENGLISH = Bit.WORD | Bit.FUNCTION | Bit.DERIVED | Bit.NO_NAME
_MAY_BE_NAMED = Asked(
    lambda bits: bits & (Bit.CAPITAL | Bit.CAPITALS | Bit.INITIAL | Bit.PLAIN) != 0 and bits & Bit.LETTERS != 0
)
_NUMERAL = Asked(lambda bits: bits & (Bit.DIGITS | Bit.MIXED) != 0)
_BETWEEN = frozenset({" ", "-", "'", ". ", "."})
_MOST_NAMES = 5  # words
_SHORTEST_STEM = 3  # letters before the ending of a street
_ABBREVIATED = 6  # letters of a word that a stop may end
_PART_BEFORE = re.compile(r"(?:^|[\s,:(])([0-9]{1,4}[/-])$", re.ASCII)  # "6/228 Kowhai Ave": the flat of a house
_NUMBER_BEHIND = re.compile(r"[.,]? (?:[Nn][or]?\.? ?)?[0-9]{1,5}[a-z]?(?![\w:%$]|[.,/-][0-9])", re.ASCII)
_LINE_BEFORE = re.compile(r"(?:^|[\n\x1d]|[,:] )$", re.ASCII)
_UNIT_OR_TOWN = re.compile(
    rf"[ \t]*[,\n][ \t]*(?:(?i:{UNIT_BEHIND.pattern})|"
    rf"(?:[A-Z][\w'-]+[ \t]*(?:[,\n][ \t]*)?){{1,4}}(?:[A-Z]{{1,2}}-?)?[0-9]{{4,6}}\b)",
    re.ASCII,
)
_LONGEST_PART = 6
_LONGEST_NUMBER = 5
_OTHER_NUMBERS = frozenset(
    {
        "room", "order", "flight", "gate", "version", "page", "chapter", "bus", "line", "case", "ticket", "invoice",
        "grade",
    }
)  # fmt: skip
_NO_START = frozenset("./-,$@:_")


class WorldStreets:
    """Finds the streets of the world in one transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._cased = transcript.cased
        self._parts = transcript.once(NameParts)
        self._bits, self._said, self._starts = self._parts.bits, self._parts.said, self._parts.starts

    def found(self) -> Iterator[Part]:
        """Yield where streets stand, with the number before them."""
        if _WRITTEN.can_occur(self._transcript.octets):
            yield from self._by_words()
        yield from self._behind_numbers()

    def _by_words(self) -> Iterator[Part]:
        """Yield "vul. Shevchenka", "Tirgus iela" and "avenue Hassan II"."""
        for at in self._parts.where_said(_WORDS):
            word = self._said[at]
            if word in WORLD.before or (word in _SMALL and not self._shaped(at)):
                last = self._last_name(at)
                if last > at:
                    yield self._starts[at], self._numbered(self._parts.end(last))
            if word in WORLD.after and (first := self._first_name(at)) < at:
                yield self._starts[first], self._numbered(self._parts.end(at))

    def _numbered(self, end: int) -> int:
        """Return the end of the number behind a street that ends at a place, or that place."""
        number = _NUMBER_BEHIND.match(self._cased, end)
        return number.end() if number else end

    def _shaped(self, at: int) -> bool:
        return self._bits[at] & Bit.CAPITALS != 0 or is_capital(self._parts, self._cased, at)

    def _goes_on(self, at: int) -> bool:
        """Whether a word goes on with the name that the one before it began."""
        if not 0 < at < self._parts.count:
            return False
        between = self._cased[self._parts.end(at - 1) : self._starts[at]]
        if between not in _BETWEEN and not (between in {"/", "/ "} and self._said[at - 1] == "c"):
            return False
        return between[:1] not in {".", "/"} or len(self._said[at - 1]) < _ABBREVIATED

    def _last_name(self, opening: int) -> int:
        """Return the last word of the name that a word opens, or that word."""
        last, at = opening, opening + 1
        while at - opening < _MOST_NAMES and self._goes_on(at):
            bits = self._bits[at]
            if self._shaped(at) and not bits & Bit.CALENDAR:
                last = at
            elif not bits & Bit.LINK or self._said[at] in NO_LINKS:
                break
            at += 1
        return last

    def _first_name(self, closing: int) -> int:
        """Return the first word of the name that a word closes, or that word."""
        first = at = closing
        plain = self._bits[closing] & Bit.PLAIN
        while at > 0 and closing - at < _MOST_NAMES - 1 and self._goes_on(at):
            bits = self._bits[at - 1]
            if bits & (Bit.FUNCTION | Bit.CALENDAR) and not bits & Bit.LINK:
                break
            # "Bela kiraly utja": a small word within a name
            within = at == closing and self._goes_on(at - 1) and self._shaped(at - 2)
            strange = (plain or within) and bits & Bit.LETTERS and self._parts.unknown(at - 1)
            if not (self._shaped(at - 1) or strange):
                break
            at -= 1
            first = at
        return first

    def _behind_numbers(self) -> Iterator[Part]:
        """Yield "8058 Renmin Lu" and "160 Huff Shoal": a number, capitalised words, and one that tells a street."""
        for number in self._parts.where(_NUMERAL):
            first = number + 1
            if first >= self._parts.count or (not _MAY_BE_NAMED[self._bits[first]] and self._said[first] not in _OPENS):
                continue
            if not self._may_name(first) or not self._opens(number):
                continue
            last = self._street(first, parted=self._cased[self._parts.end(number)] == ",")
            if last >= first:
                start = self._starts[number]
                before = _PART_BEFORE.search(self._cased, max(0, start - _LONGEST_PART), start)
                yield before.start(1) if before else start, self._parts.end(last)

    def _opens(self, number: int) -> bool:
        """Whether a number may be that of a house: it begins a word and is no time, amount or code."""
        start, end = self._starts[number], self._parts.end(number)
        before = self._cased[start - 1 : start]
        between = self._cased[end : self._starts[number + 1]]
        if end - start > _LONGEST_NUMBER or between not in {" ", ", "}:
            return False
        if before in {"/", "-"}:
            return _PART_BEFORE.search(self._cased, max(0, start - _LONGEST_PART), start) is not None
        numbered = number > 0 and self._said[number - 1] in _OTHER_NUMBERS
        return not numbered and (before not in _NO_START or before == "")

    def _may_name(self, at: int) -> bool:
        bits = self._bits[at]
        if bits & (Bit.CALENDAR | Bit.FUNCTION | Bit.TITLE) and self._said[at] not in _OPENS:
            return False
        return self._shaped(at) or self._said[at] in _OPENS or bool(bits & Bit.PLAIN and self._has_ending(at))

    def _street(self, first: int, *, parted: bool) -> int:
        """Return the last word of the street that begins at a word, or the index before that word."""
        if self._said[first] in _OPENS or self._cased.startswith("/", self._parts.end(first)):
            last = self._last_name(first)
            if last > first:
                return last
        at = first
        while at - first < _MOST_NAMES and (at == first or self._goes_on(at)):
            bits = self._bits[at]
            if self._has_ending(at) or (at > first and self._closes(at, english=not parted)):
                return at
            if not (self._shaped(at) or bits & Bit.LINK) or bits & Bit.CALENDAR or self._said[at] in NO_LINKS:
                break
            at += 1
        return at - 1 if not parted and at > first and self._is_envelope(first, at - 1) else first - 1

    def _is_envelope(self, first: int, last: int) -> bool:
        """Whether words behind a number open a line of an envelope, and a unit or a town with its code follows."""
        number = self._starts[first - 1]
        opens = _LINE_BEFORE.search(self._cased, max(0, number - 2), number) is not None
        if not opens or not _UNIT_OR_TOWN.match(self._cased, self._parts.end(last)):
            return False
        english = Bit.WORD | Bit.FUNCTION | Bit.CALENDAR | Bit.PEOPLE
        return any(self._shaped(at) and not self._bits[at] & english for at in range(first, last + 1))

    def _closes(self, at: int, *, english: bool) -> bool:
        """Whether a word closes the name of a street that began before it."""
        word, bits = self._said[at], self._bits[at]
        if word in _CLOSES and (self._shaped(at) or len(word) > 1) and not (bits & Bit.PLAIN and bits & Bit.WORD):
            return True
        if word in WORLD.dashed and self._cased[self._starts[at] - 1] == "-":
            return True
        return english and word in WORLD.english and self._shaped(at) and not self._bits[at - 1] & Bit.FUNCTION

    def _has_ending(self, at: int) -> bool:
        """Whether a word is no English one and ends as streets do that are written in one word."""
        word, bits = self._said[at], self._bits[at]
        if not word.endswith(ENDINGS):
            return False
        ending = next(ending for ending in ENDINGS if word.endswith(ending))
        return len(word) - len(ending) >= _SHORTEST_STEM and not bits & _ENGLISH
