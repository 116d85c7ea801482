"""Reads the pieces of addresses that are said: house numbers in any grouping, names of streets, units."""

from functools import cached_property
from typing import Final

import msgspec
from msgspec import Struct

from privity.redact.reading.lexicon import NUMERAL, Bit, lexicon
from privity.redact.reading.small_words import CORRECTIONS
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import packaged, vocabulary

_VOCABULARY = vocabulary()
MOST_NAMES: Final = 3  # words of the name of a street
_NAMED = Bit.UNKNOWN | Bit.PLACE | Bit.SURNAME | Bit.GIVEN
_NO_NAME = Bit.FUNCTION | Bit.CALENDAR | Bit.NUMBER | Bit.DIGITS
_WHEN = frozenset({"last", "next", "now", "today", "tomorrow", "tonight", "yesterday"})
_BEHIND_TOWN = Bit.FUNCTION | Bit.CALENDAR | NUMERAL
CLOSED = frozenset(word for phrase in _VOCABULARY.fillers for word in phrase.split()) | _VOCABULARY.units
_LONGEST_NUMBER = 8  # words
_LONGEST_HOUSE = 16
_AGAIN = CORRECTIONS | {"uh", "um", "er", "that's", "that", "yeah", "yes", "i", "it's", "it"}
_JOINS = frozenset({"and", "that", "it", "on", "is"})
_MOST_UNITS = 3  # parts of a building behind a street: floor, suite, buzzer
_NUMBERED_KINDS = frozenset({"road", "highway", "line", "route", "concession", "sideroad", "lane", "rang"})
_HEARD_AS_DIGITS = frozenset({"to", "too", "for", "free", "won"})
_STOREYS = frozenset(
    {"upstairs", "downstairs", "basement", "upper", "lower", "rear", "back", "front", "main", "top", "ground"}
).union(ORDINALS)
_BUILDINGS = frozenset(
    {
        "apartments", "apts", "estates", "townhomes", "towers", "tower", "villa", "villas", "lodge", "village", "park",
        "condos", "plaza", "house",
    }
)  # fmt: skip
_CORNERS = frozenset({"corner", "intersection", "end", "side", "middle", "part", "block", "blocks"})
_LINED = frozenset({"base", "county", "state", "town"})
_LONE_PARTS = frozenset({"rear", "basement", "bsmt", "penthouse", "upstairs", "downstairs"})  # USPS publication 28
_PARTS = frozenset({"floor", "level", "unit", "apartment", "apt", "suite", "flat", "storey", "story"})


class StreetLists(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Words in lower case; each field is explained in `lists/streets.toml`."""

    sure_kinds: frozenset[str]
    more_kinds: frozenset[str]
    often: frozenset[str]
    compass: frozenset[str]
    no_streets: frozenset[str]
    in_streets: frozenset[str]
    before_streets: frozenset[str]
    no_houses: frozenset[str]
    no_names: frozenset[str]
    hesitations: frozenset[str]
    unit_words: frozenset[str]
    states: frozenset[str]
    states_named_too: frozenset[str]
    states_of_words: frozenset[str]
    states_elsewhere: frozenset[str]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """All words that may close the name of a street."""
        return self.sure_kinds | self.more_kinds


LISTS = msgspec.toml.decode(packaged("privity.redact", "lists/streets.toml"), type=StreetLists)
_KINDS = LISTS.kinds
_ENDS_OF_BUILDINGS = _KINDS | _BUILDINGS
_WORDS_BEHIND_TOWN = LISTS.states | CLOSED | _WHEN
_SECOND_KINDS = LISTS.sure_kinds | {"court", "road", "circle", "lane"}


class StreetWords:
    """The words of one transcript as parts of addresses; a place in it is the index of a word."""

    def __init__(self, transcript: Transcript) -> None:
        self._text = transcript.folded
        self._words = transcript.words
        self._said = self._words.said
        self._count = len(self._said)

    def word(self, at: int) -> str:
        """Return a word in lower case, empty where there is none."""
        return self._said[at] if 0 <= at < self._count else ""

    def adjoins(self, at: int) -> bool:
        """Whether nothing but blanks or a comma stands between a word and the one before it."""
        if not 0 < at < self._count:
            return False
        between = self._text[self._words.ends[at - 1] : self._words.starts[at]]
        if between == "-":  # "forty-four twenty"
            return self._words.bits[at - 1] & self._words.bits[at] & Bit.NUMBER != 0
        return between == " " or not between.strip(" ,")

    def bare(self, at: int) -> bool:
        """Whether capitals tell nothing of a word, or it has one."""
        return self._words.bits[at] & (Bit.PLAIN | Bit.CAPITAL | Bit.CAPITALS) != 0

    def may_name(self, at: int) -> bool:
        """Whether a word may be part of the name of a street."""
        return self.may_name_in_lower_case(at) and (self.bare(at) or self._is_of_streets(at))

    def may_name_in_lower_case(self, at: int) -> bool:
        """Whether a word may be part of the name of a street that a recognizer wrote without its capitals."""
        word = self.word(at)
        closed = self._words.bits[at] & _NO_NAME or word in CLOSED or word in _VOCABULARY.not_in_streets
        return self._is_of_streets(at) or (len(word) > 1 and not closed)

    def _is_of_streets(self, at: int) -> bool:
        """Whether a word is part of the names of many: "4th", "north", "county line"."""
        word = self.word(at)
        return word in ORDINALS or word in LISTS.compass or (word == "line" and self.word(at - 1) in _LINED)

    def is_strange(self, at: int) -> bool:
        """Whether a word is the name of something and no English word."""
        bits = self._words.bits[at]
        return bits & _NAMED != 0 and not bits & (Bit.WORD | Bit.FREQUENT_GIVEN | Bit.DERIVED)

    def numerals_before(self, first: int) -> int:
        """Return the first of the number words that stand directly before a word."""
        start = first
        while first - start < _LONGEST_NUMBER and self.adjoins(start) and self._words.bits[start - 1] & NUMERAL:
            start -= 1
        while start < first and self.word(start) in LISTS.no_houses:
            start += 1  # "oh, thirty eight hundred west elm street"
        whole = start - 2
        half = 0 <= whole < first - 2 and self._text[self._words.ends[whole] : self._words.ends[start]] == " 1/2"
        return whole if half and self._words.bits[whole] & NUMERAL else start  # "1717 1/2 N. Linden"

    def of_before(self, first: int) -> int:
        """Return where "left fork of" begins before the name of a street, behind a number, or the name itself."""
        if self.word(first - 1) != "of" or not (self.adjoins(first) and self.adjoins(first - 1)):
            return first
        at = first - 1
        while first - at <= MOST_NAMES and self.adjoins(at) and self.may_name(at - 1):
            at -= 1
        if not _CORNERS.isdisjoint(self._said[at : first - 1]):
            return first  # "two cars corner of elm street"
        return at if at < first - 1 and self.adjoins(at) and self._words.bits[at - 1] & NUMERAL else first

    def begun_before(self, first: int) -> int | None:
        """Return where a house number was begun that is said again, "six two uh six two", or corrected, "7 no 9"."""
        at = first
        while first - at < MOST_NAMES and self._follows(at) and self.word(at - 1) in _AGAIN:
            at -= 1
        if at == first and self.adjoins(at) and self.word(at - 1) == "or":
            either = self.numerals_before(at - 1)
            return either if either < at - 1 else None  # "six hundred or six oh two mulberry street"
        begun = self.numerals_before(at) if at < first else at
        said = [self.word(i) for i in range(begun, at)]
        if LISTS.no_houses.issuperset(said):
            return None  # "oh that's 12 oak street"
        again = said == [self.word(first + i) for i in range(len(said))]
        return begun if said and (again or not CORRECTIONS.isdisjoint(self._said[at:first])) else None

    def _follows(self, at: int) -> bool:
        """Whether a word adjoins the one before it, of which an "'s" may stand between: "wait, it's 12 oak street"."""
        if self.adjoins(at):
            return True
        return 0 < at < self._count and self._text[self._words.ends[at - 1] : self._words.starts[at]] == "'s "

    def behind_number(self, at: int) -> int:
        """Return the index behind a number, or one or two letters, that name a road, a box or a unit; or `at`."""
        start = at
        if self.word(at) == "number" and self.adjoins(at):
            at += 1
        if not self.adjoins(at):
            return start
        end = at
        if self.word(end) == "double" and len(self.word(end + 1)) == 1:
            return end + 2
        while end - at < 2 and self.adjoins(end) and self._is_letter(end):
            end += 1
        behind = self.house(end) if self.adjoins(end) and self._words.bits[end] & NUMERAL else end
        return self.with_letter(behind) if behind > at else start

    def _is_letter(self, at: int) -> bool:
        word = self.word(at)
        return len(word) == 1 and word not in "aio"

    def house(self, at: int) -> int:
        """Return the index behind a house number, which may be said in pieces, or `at` when there is none."""
        if at >= self._count or not self._words.bits[at] & NUMERAL:
            return at
        if self.word(at) in LISTS.no_houses and not self._words.bits[min(at + 1, self._count - 1)] & NUMERAL:
            return at
        end = at
        while end < min(self._count, at + _LONGEST_HOUSE) and (end == at or self.adjoins(end)):
            if self._words.bits[end] & NUMERAL:
                end += 1
            elif (
                end > at
                and self.word(end) in LISTS.hesitations
                and end + 1 < self._count
                and self.adjoins(end + 1)
                and (self._words.bits[end + 1] & NUMERAL)
                and not (self.word(end) == "and" and self._counts(end + 2))  # "suite 4 and 2 passengers"
            ):
                end += 2
            else:
                break
        if self.word(end) == "and" and self._said[end : end + 3] == ["and", "a", "half"]:
            end += 3
        elif self.adjoins(end) and len(self.word(end)) == 1 and self.word(end) not in "aioncs":
            end += 1
        return end

    def ends_town(self, behind: int) -> bool:
        """Whether the name of a town ends before a word: nothing follows that it could describe."""
        if behind >= self._count or not self.adjoins(behind):
            return True
        return self._words.bits[behind] & _BEHIND_TOWN != 0 or self.word(behind) in _WORDS_BEHIND_TOWN

    def measures(self, end: int) -> bool:
        """Whether what ends at a place is an amount of something."""
        at = self._words.at_or_behind(end)
        return self.word(at) in _VOCABULARY.units and self.adjoins(at)

    def _counts(self, at: int) -> bool:
        return self.adjoins(at) and (self.word(at) in _VOCABULARY.units or self._amounts(at))

    def _amounts(self, at: int) -> bool:
        """Whether a word is what a number counts: an English plural, alone."""
        word = self.word(at)
        alone = at + 1 >= self._count or not self.adjoins(at + 1) or not self.may_name(at + 1)
        counted = self._words.bits[at] & (Bit.WORD | Bit.DERIVED) or lexicon().of(word[:-1]) & Bit.THING  # "labradors"
        return alone and word.endswith("s") and counted != 0

    def tail(self, end: int) -> int:
        """Return the index behind what belongs to a street which ended at `end`: number, floor, units; or `end`."""
        at = end
        if self.adjoins(at) and self.word(at) in _SECOND_KINDS and self.word(at - 1) in _KINDS:
            at += 1  # "indian trail court"
        if self.adjoins(at) and self.word(at) in _NUMBERED_KINDS and self._is_number_at(at + 1):
            at += 1
        if self.word(at - 1) in _NUMBERED_KINDS and self._is_number_at(at) and self.word(at) not in LISTS.no_houses:
            behind = self.house(at)
            ordinal = self.word(behind) in ORDINALS or self.word(behind) in _VOCABULARY.units
            at = at if ordinal and self.adjoins(behind) else behind
        for _ in range(_MOST_UNITS):
            behind = self._unit_behind(self._floor_behind(at))
            if behind == at:
                break
            at = behind
        return at + self._is_numbered(at)  # "2200 Centennial #114"

    def _is_numbered(self, at: int) -> bool:
        """Whether a number stands behind a sign for one."""
        numbered = 0 < at < self._count and self._words.bits[at] & NUMERAL
        return bool(numbered) and self._text[self._words.ends[at - 1] : self._words.starts[at]].strip(" ,") == "#"

    def heard_as_digit(self, at: int) -> bool:
        """Whether a word was heard for the first digit of a number: "for" of "box for five five two"."""
        return self.adjoins(at) and self.word(at) in _HEARD_AS_DIGITS and self._is_number_at(at + 1)

    def _is_number_at(self, at: int) -> bool:
        return self.adjoins(at) and self._words.bits[at] & NUMERAL != 0

    def _floor_behind(self, end: int) -> int:
        """Return the index behind "twenty first floor" or "upstairs unit"."""
        at = end
        while at - end < MOST_NAMES and self._is_number_at(at) and self.word(at) not in LISTS.no_houses:
            at += 1
        if not self.adjoins(at) or self.word(at) not in (_STOREYS if at == end else ORDINALS):
            return end
        at += 1
        return at + 1 if self.adjoins(at) and self.word(at) in _PARTS else end

    def building_before(self, unit: int) -> int:
        """Return the first word of the building before its unit, "spruce manor unit fourteen", or the unit itself."""
        kind = unit - 1
        if not self.adjoins(unit) or self.word(kind) not in _ENDS_OF_BUILDINGS:
            return unit
        first = kind
        while kind - first < 2 and self.adjoins(first) and self.may_name(first - 1):
            first -= 1
        named = any(self.is_strange(at) or self._words.bits[at] & Bit.WORD for at in range(first, kind))
        return first if named else unit

    def _unit_behind(self, end: int) -> int:
        at = end
        while (
            self.adjoins(at)
            and at - end < MOST_NAMES
            and (self.word(at) in LISTS.unit_words or self.word(at) in LISTS.compass)
        ):
            at += 1
        part = self.word(end)
        if self.adjoins(end) and part in _LONE_PARTS and self._stands_alone(end):
            return end + 1
        at += at > end and self.heard_as_digit(at)  # "unit to fourteen"
        if self.word(at) == "p" and self.word(at + 1) == "h" and self._is_number_at(at + 2):
            at += 2
        if at == end or not self.adjoins(at):
            return end
        behind = self.with_letter(self.house(at)) if self._words.bits[at] & NUMERAL else at + (len(self.word(at)) == 1)
        counted = self.adjoins(behind) and self.word(behind) in _VOCABULARY.units  # "second floor 19 steps"
        return behind if behind > at and not counted else end

    def _stands_alone(self, at: int) -> bool:
        """Whether nothing that a word could describe stands behind it: "14 Maple Street, rear"."""
        if not self.adjoins(at + 1):
            return True
        return self._words.bits[at + 1] & (Bit.FUNCTION | Bit.NUMBER) != 0

    def with_letter(self, end: int) -> int:
        """Return the index behind the letter of a unit: "apartment three c"; "c" and "s" are no words there."""
        lone = self.adjoins(end) and len(self.word(end)) == 1 and self.word(end) not in "io"
        if lone and self.word(end) == "a" and self.adjoins(end + 1) and self._is_town(end + 1):
            return end + 1  # "apartment ten a worcester massachusetts"
        if not lone or (self.adjoins(end + 1) and (len(self.word(end + 1)) == 1 or self.word(end) == "a")):
            return end
        return end + 1

    def _is_town(self, at: int) -> bool:
        bits = self._words.bits[at]
        return bits & Bit.KNOWN_PLACE != 0 or bits & (Bit.PLACE | Bit.WORD) == Bit.PLACE

    def house_and_street(self, at: int) -> int:
        """Return the index behind a number and the name that stands behind it, or `at`."""
        number = name = self.house(at)
        while name - number < MOST_NAMES and self.adjoins(name) and self.word(name) in _JOINS:
            name += 1  # "thirty three oh two and that's old post road"
        told = self._count > name > number and self._words.beside(name, -1) == "that"  # whose "'s" is in no word
        if not 0 < number - at <= _LONGEST_NUMBER or not (told or self.adjoins(name)) or self._amounts(name):
            return at
        end = name
        while end - name <= MOST_NAMES and (self.adjoins(end) or (told and end == name)) and self.may_name(end):
            if (
                (self.word(end) in LISTS.no_names and not (name > number and self.word(end) in LISTS.compass))
                or self.word(end) in LISTS.unit_words
                or (self.word(end) in _KINDS and end == name)
            ):
                break
            end += 1
            if self.word(end - 1) in _KINDS:
                break
        if end == name or all(self.word(i) in LISTS.compass for i in range(name, end)):
            return at
        if name > number and self.word(end - 1) not in _KINDS:
            return at
        if self.word(end - 1) not in _KINDS and self.word(end) in _KINDS and self.adjoins(end):
            end += 1
        return self.tail(end)
