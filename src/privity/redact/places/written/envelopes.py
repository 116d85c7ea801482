"""Addresses as they stand on envelopes all over the world: the street before its number, units, towns, countries.

"Via Roma 131, Apt. 425, Montafia, Italy 39767" has nothing in common with "1420 Maple Avenue" but that it grows from a
seed. A seed is a street of either kind, a unit, or a military box; from there the address goes on to the left over
house numbers and to the right over everything that only addresses hold: units, postal codes, states, capitalised names
of towns and countries. It ends at the first word of a sentence. Capitals have to tell something, except of boxes.
"""

import re
from collections.abc import Iterator, Sequence

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.names.parts import NameParts
from privity.redact.places.streets.said_rooms import is_of_firm
from privity.redact.places.written import numbered_houses, world_streets
from privity.redact.places.written.address_pieces import CODE_AND_TOWN, UNIT_BEHIND, AddressPieces, is_capital
from privity.redact.places.written.phones_below import below
from privity.redact.places.written.street_lists import WORLD
from privity.redact.places.written.world_streets import WorldStreets
from privity.redact.reading.eponym_lists import eponyms
from privity.redact.reading.lexicon import Asked, Bit
from privity.redact.reading.small_words import AS_IN
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Needed, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
# By itself the number says where somebody lives, and the word before it nothing.
_LONE_UNIT = re.compile(r"(?:apt|apartment|suite|ste|flat|unit|floor)\.?\s+(?:no\.?\s*)?#?([0-9]{1,5}[a-z]?)", re.ASCII)
_BOX = Triggered(
    rb"\b(?:psc\s+[0-9]{1,5},?\s+box\s+[0-9]{1,5}|unit\s+[0-9]{1,5},?\s+box\s+[0-9]{1,5}|us[nc][sv]\s+[a-z'-]+)"
    rb"(?:[\s,]+(?:apo|fpo|dpo)[\s,]+(?:aa|ae|ap)[\s,]+[0-9]{5}(?:-[0-9]{4})?)|"
    rb"\b(?:apo|fpo|dpo)[\s,]+(?:aa|ae|ap)[\s,]+[0-9]{5}\b|"
    rb"\b(?:rr|rural[ ]route|hc)[ ]#?[0-9]{1,3},?[ ]box[ ][0-9]{1,6}[a-z]?\b|"
    rb"\b(?:postbus|postfach|postboks|apartado|casella[ ]postale|boite[ ]postale)[ ][0-9]{1,6}\b",
    needs=("psc unit apo fpo dpo usns usnv uscs uscv rr rural hc postbus postfach postboks apartado casella boite",),
)
_UNIT = Triggered(
    rb"\b(?:apt|apartment|suite|ste|flat|unit|floor|piso|appt|appartement|wohnung|lgh)\.?\s+(?:no\.?\s*)?#?[0-9]{1,5}[a-z]?\b",
    needs=("apt apartment suite ste flat unit floor piso appt appartement wohnung lgh", A_DIGIT),
)
_HOUSE = Triggered(
    rb"\b(?:the[ ])?(?:[a-z']+[ ])(?:%s),[ ][a-z]" % one_of(WORLD.houses).encode(),
    needs=(" ".join(house.split()[-1] for house in WORLD.houses),),
)
SEEDS = Group(_BOX, _HOUSE, _UNIT, Needed(A_DIGIT), world_streets.SAID)
"""Without these and without a street no address grows in a text."""

_NUMBER_BEFORE = re.compile(r"(?:^|(?<![\w.,$/-]))[0-9]{1,6}(?:-[0-9]{1,4})?[a-z]?,?[ \n\t]{1,3}$", re.ASCII)
_STREET_NAME = re.compile(
    rf"(?:{one_of(_VOCABULARY.streets_elsewhere)})|[a-z]{{2,}}(?:{one_of(_VOCABULARY.street_endings)})", re.ASCII
)
_BRITISH_BEHIND = re.compile(
    r"(?:[,\n] ?|[ ])(?:[A-Z][\w'-]*[, \n]{1,2}){1,7}[A-Z]{1,2}[0-9]{1,2}[A-Z]? ?[0-9][A-Z]{2}\b", re.ASCII
)
_SPELLS = re.compile(rf"\b[a-z],? (?:{AS_IN}|as) $", re.ASCII)  # "X as in Xray 69"
_PLACED = re.compile(r"\b(?:at|to|on|of|near|from|address|street|lives|live|is|in)[: ]\s*$", re.ASCII)
_SURE = WORLD.before | WORLD.after
_NUMBERED = frozenset({"no", "nr", "num", "nro", "n"})  # "Gang Hatta No. 21"
_TAIL = _VOCABULARY.streets_elsewhere | WORLD.before | WORLD.after | WORLD.maybe_before | WORLD.maybe_after
_SHORTEST = 2
_COMMA = ", "
_LONGEST_BARE = 4  # digits
_LONGEST_STOPPED = 4  # letters of a word that a stop shortens
_SHORT_STREETS = ("str", "strasse")
_LONGEST_ACRONYM = 5  # letters
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_ACRONYMS = frozenset({"amc", "dl", "dob", "id", "mrn", "npi", "pin", "ssn"})
_STRONG = Bit.UNKNOWN | Bit.PLACE | Bit.REGION | Bit.GIVEN | Bit.SURNAME | Bit.PLACE_START
_NUMERAL = Asked(lambda bits: bits & (Bit.DIGITS | Bit.MIXED) != 0)
_BETWEEN = frozenset({" ", "-", "'", ". "})
_ENGLISH = Bit.FUNCTION | Bit.DERIVED | Bit.NO_NAME
_GOES_ON = re.compile(r"[-/%:]|[ .][0-9]", re.ASCII)  # behind a number that is none of a street

_DOSED = re.compile(r"\s?(?:mg|mcg|ml|units?|iu|meq|g|puffs?|mg/[a-z]+)\b", re.ASCII)

_YEAR_BEFORE = re.compile(r"\b(?:19[5-9]|20[0-4])[0-9] $", re.ASCII)
_ADDRESS = finding(Label.ADDRESS, "street-address", "a street and what belongs to it", 0.93, "form")


def _longest_first(part: Part) -> Part:
    return part[0], -part[1]


class Envelopes:
    """Grows addresses in one transcript from their seeds."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._cased, self._folded = transcript.cased, transcript.folded
        self._parts = transcript.once(NameParts)
        self._pieces = AddressPieces(transcript)
        self._bits, self._texts, self._starts = self._parts.bits, self._parts.texts, self._parts.starts

    def claims(self, streets: Sequence[Part]) -> Iterator[Claim]:
        """Return the addresses that grow from streets which were found before, and from seeds of their own.

        Seeds have digits, or are boxes of the military.
        """
        octets = self._transcript.octets
        seeds = [*streets, *(m.span() for m in _BOX.finditer(octets)), *self._units(octets)]
        seeds += [*self._houses(), *self._streets_before_numbers()]
        seeds += [*WorldStreets(self._transcript).found(), *numbered_houses.houses(self._transcript)]
        reached = -1
        opened = {start for start, _ in seeds}
        for start, end in sorted(seeds, key=_longest_first):
            if end <= reached:
                continue
            if end + len(_COMMA) in opened and self._is_before_house(start, end):
                continue  # "Flat 2, 17 Beech Grove": the street takes it along
            first, last = self._pieces.begins(start), self._pieces.ends(end)
            if last == end and is_of_firm(self._transcript, start, end):
                continue
            if last == end and first == start and (unit := _LONE_UNIT.fullmatch(self._folded, start, end)):
                if self._folded.startswith("floor", start):
                    continue  # "take the elevator to floor 3"
                first = unit.start(1)
            yield Claim(((max(first, reached), last),), _ADDRESS)
            if self._cased[last : last + 1] in {"\n", "."} and (phone := below(self._cased, last)):
                yield phone
            reached = last

    def _is_before_house(self, start: int, end: int) -> bool:
        """Whether a unit by itself stands before a house with its street and before no other unit."""
        if not self._cased.startswith(_COMMA, end) or not _LONE_UNIT.fullmatch(self._folded, start, end):
            return False
        return _LONE_UNIT.match(self._folded, end + len(_COMMA)) is None

    def _units(self, octets: bytes) -> Iterator[Part]:
        """Yield apartments and floors with numbers that count nothing else, "floor 19 steps"."""
        said = self._transcript.words.said
        for match in _UNIT.finditer(octets):
            behind = self._transcript.words.at_or_behind(match.end())
            joined = self._folded[match.end() : match.end() + 1] == " "
            if not (joined and behind < len(said) and said[behind] in vocabulary().units):
                yield match.span()

    def _houses(self) -> Iterator[Part]:
        """Yield "The Old Rectory" before a line that ends with a British postal code."""
        for match in _HOUSE.finditer(self._transcript.octets):
            start, end = match.start(), self._cased.rindex(",", match.start(), match.end())
            named = all(word[:1].isupper() for word in self._cased[start:end].split())
            if named and _BRITISH_BEHIND.match(self._cased, end):
                yield start, end

    def _streets_before_numbers(self) -> Iterator[Part]:
        """Yield "Via Roma 131": capitalised words before a number that only a street can be."""
        bits, parts, starts = self._bits, self._parts, self._starts
        for at in parts.where(_NUMERAL):
            end = parts.end(at)
            if end - starts[at] > 5 or not self._texts[at][0].isdigit():
                continue
            named = at - 1 if at and parts.said[at - 1] in _NUMBERED else at
            if named == 0 or not (self._shaped(named - 1) or parts.said[named - 1] in _TAIL):
                continue
            if bits[named - 1] & (Bit.FUNCTION | Bit.LINK) == Bit.FUNCTION:
                continue  # "by the way. The 21st"
            first = self._first_of_street(named)
            if first == named or self._is_other(first, named) or self._is_of_medicine(first, named, end):
                continue
            if self._is_street(first, named, end):
                yield starts[first], end

    def _first_of_street(self, number: int) -> int:
        """Return the first of the capitalised words before a number, or the number itself when there is none."""
        bits, starts = self._bits, self._starts
        first = at = number
        while at > 0 and number - at < 6:
            at -= 1
            between = self._cased[self._parts.end(at) : starts[at + 1]]
            word = self._texts[at].lower()
            comma = at + 1 == number and between == ", "  # "Vicolo Stretto, 36"
            dashed = at + 1 == number and between == "-"
            stopped = between == ". " and len(word) > _LONGEST_STOPPED and not word.endswith(_SHORT_STREETS)
            if not (comma or between in _BETWEEN) or dashed or stopped:
                break
            if self._shaped(at) or word in _TAIL:
                first = at
            elif not bits[at] & Bit.LINK:
                break
        return first

    def _is_street(self, first: int, number: int, end: int) -> bool:
        """Whether the words from one index to before another are a street whose number ends at a place."""
        bits = self._bits
        words = range(first, number)
        start = self._starts[first]
        before = self._folded[max(0, start - 12) : start]
        car = bits[first] & Bit.THING and _YEAR_BEFORE.search(before)  # "a 2017 Mazda 3"
        if car or _SPELLS.search(before) or self._is_gate(first) or not any(len(self._texts[at]) > 2 for at in words):
            return False
        if any(self._tells_street(at, first, number - 1) for at in words):
            shaped = any(self._shaped(at) or bits[at] & Bit.PLAIN for at in words)
            return not bits[number - 1] & Bit.CALENDAR and shaped
        ends = _GOES_ON.match(self._cased, end) or self._cased[self._parts.end(number - 1)] == ","
        if (
            ends
            or self._parts.said[first] in WORLD.other_lines
            or any(bits[at] & (Bit.CALENDAR | Bit.TITLE) for at in words)
        ):
            return False
        strong = all(bits[at] & (_STRONG | Bit.LINK | Bit.INITIAL) and not bits[at] & Bit.WORD for at in words)
        if "," not in before[-3:] and _NUMBER_BEFORE.search(before) is not None:
            return strong or not all(bits[at] & Bit.WORD for at in words)
        if CODE_AND_TOWN.match(self._cased, end) and not any(bits[at] & Bit.FUNCTION for at in words):
            return True
        return strong and len(self._texts[number]) <= _LONGEST_BARE and self._is_placed(start, end)

    def _is_other(self, at: int, number: int) -> bool:
        """Whether one word is the route of a bus, a known acronym, or one whose year follows: "in EULAR 2022"."""
        if number - at > 1:
            return False
        if self._parts.said[at] == "route":
            return True  # "on route 9" is told by `said_streets`
        if not self._bits[at] & Bit.CAPITALS or len(self._texts[at]) > _LONGEST_ACRONYM:
            return False
        return _YEAR.fullmatch(self._texts[number]) is not None or self._parts.said[at] in _ACRONYMS

    def _is_placed(self, start: int, end: int) -> bool:
        """Whether something beside two places says that a name and a number between them are a street."""
        if self._cased[end : end + 1] == "\n" or UNIT_BEHIND.match(self._cased, end + 1):
            return True
        return _PLACED.search(self._folded, max(0, start - 12), start) is not None

    def _tells_street(self, at: int, first: int, last: int) -> bool:
        """Whether a word is one of streets alone, or ends so: "utca", "Felberstrasse"."""
        word = self._texts[at].lower()
        if (
            at == first < last
            and word in WORLD.maybe_before
            and len(word) > _SHORTEST
            and not self._bits[at] & Bit.TITLE
        ):
            return self._shaped(at)  # "Gang Hatta"
        if at == last > first and word in WORLD.maybe_after and not self._bits[at] & Bit.WORD:
            return len(word) > 1 or self._parts.abbreviated(at)
        doing = word.endswith("ing") and self._bits[at] & Bit.WORD  # "Sharing 76"
        ends = _STREET_NAME.fullmatch(word) is not None and not doing
        return (word in _SURE or ends) and not self._bits[at] & _ENGLISH

    def _shaped(self, at: int) -> bool:
        return self._bits[at] & Bit.CAPITALS != 0 or is_capital(self._parts, self._cased, at)

    def _is_of_medicine(self, first: int, number: int, end: int) -> bool:
        """Whether a medicine is dosed, something measured, or a guideline named with its year: "on Coreg 25 mg"."""
        if _DOSED.match(self._folded, end):
            return True
        if first < number - 1:
            return False
        word, listed = self._parts.said[first], eponyms()
        return word in listed.medicines or word in listed.measures or word in listed.guidelines

    def _is_gate(self, first: int) -> bool:
        """Whether passengers board there, "from gate S 11": a street in Norway has its name before that word."""
        return self._parts.said[first] == "gate"
