"""Addresses that no kind of street closes: a house number, a direction and a name, and parts of buildings.

"two two nine five west dry creek", "88 West Broad, third floor", "the brick house at 602 Silica", "Building C, number
304", "route two box eighty eight", "it's three seventy one gladstone", "this is amos in three twelve".
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.said_rooms import is_of_firm
from privity.redact.places.streets.street_words import LISTS, MOST_NAMES, StreetWords
from privity.redact.reading.lexicon import NUMERAL, Asked, Bit
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Needed, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_NUMBER_WORD = rf"(?:{one_of(NUMBER_WORDS)})"
_NUMBER = rf"(?:[0-9]{{1,5}}|{_NUMBER_WORD}(?:\s+{_NUMBER_WORD}){{0,4}})"
_ROUTE_AND_BOX = Triggered(
    rf"\b(?:route|highway|star\s+route)\s+(?:number\s+)?{_NUMBER},?\s+box\s+(?:number\s+)?{_NUMBER}\b|"
    rf"(?:\x1e|: |\bto |\bat |\bis |\bit's )(?:box\s+(?:number\s+)?{_NUMBER}\b)".encode(),
    needs=("box", A_NUMBER),
)
_BUILDING = Triggered(
    rf"\b(?:building|bldg|tower|block|wing|entrance)\s+(?:[a-z]|{_NUMBER})\b(?:,?\s+(?:and\s+)?(?:number|unit|apartment|apt|suite|room|door)\s+"
    rf"(?:number\s+)?{_NUMBER}\b)?".encode(),
    needs=("building bldg tower block wing entrance",),
)
_NUMBERED = Triggered(
    (
        rf"\b(?:(?:the\s+)?(?:house\s+|street\s+)?number(?:'s|\s+is)|(?:it's|that's)\s+number|\x1e\s*number)\s+({_NUMBER})\b"
    ).encode(),
    needs=("number", A_NUMBER),
)
_OF_OTHER = re.compile(
    r"\b(?!(?:and|so|but|okay|yes|yeah|uh|um|the|is|it's|that's|street|house)\b)[a-z]+\s+$", re.ASCII
)
_LONGEST_NOUN = 16
_AT_HOUSE = Triggered(
    rf"\b(?:(?:it's|that's|this\s+is|is|we're|i'm|at|to)\s+{_NUMBER_WORD}(?:\s+{_NUMBER_WORD}){{2}}|(?:at|to)\s+[0-9]{{2,5}})\b".encode(),
    needs=("it that is we i at to", A_NUMBER),
)
# "to thirty one calloway in queens"
_IN_TOWN = Triggered(
    rf"\b(?:it's|is|at|to|from)\s+((?:[0-9]{{1,5}}|{_NUMBER_WORD}(?:\s+{_NUMBER_WORD}){{0,2}})\s+([a-z]+))\s+in\s+([a-z]+)\b".encode(),
    needs=("it is at to from", "in", A_NUMBER),
)
_TENANT = Triggered(
    rf"\b(?:it's|this\s+is|i'm)\s+[a-z]+(?:\s+[a-z]+)?\s+(?:in|from|over\s+in|up\s+in|down\s+in)\s+({_NUMBER})\b".encode(),
    either=(("it i", "in from", A_NUMBER), ("this", "is", "in from", A_NUMBER)),
)
# "it's beatriz over at six twenty birch, you did our roof": what follows shows that the name has ended
_CALLER_AT = Triggered(
    (
        rf"\b(?:it's|this\s+is|i'm)\s+([a-z]+)(?:\s+[a-z]+)?\s+(?:(?:over|up|down|out|here|calling)\s+)?(?:at|from)\s+"
        rf"((?:[0-9]{{2,5}}|{_NUMBER_WORD}(?:\s+{_NUMBER_WORD}){{1,4}})\s+[a-z]+)\b"
    ).encode(),
    needs=("it this i", "at from", A_NUMBER),
)
# "i'm at 1906, you know, the blue house"
_HOUSE_SHOWN = Triggered(
    (
        rf"\b(?:i'm|we're|i\s+am|we\s+are|i\s+live|we\s+live)\s+(?:over\s+|up\s+|down\s+)?at\s+(?:number\s+)?"
        rf"([0-9]{{3,5}}|{_NUMBER_WORD}(?:\s+{_NUMBER_WORD}){{1,3}}),?\s+(?:you\s+know,?\s+|that's\s+|it's\s+|so\s+)?(?:the|with\s+(?:the|a))\s+"
        rf"(?:[a-z]+\s+){{0,2}}?(?:house|door|porch|corner|duplex|bungalow|cottage|mailbox|fence|roof|shutters|driveway)\b"
    ).encode(),
    needs=("house door porch corner duplex bungalow cottage mailbox fence roof shutters driveway", "i we", A_NUMBER),
)
_NO_CALLERS_STREET = LISTS.kinds | LISTS.unit_words | vocabulary().not_persons | {"store", "pharmacy", "market"}
_DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "n", "s", "e", "w"}
)
_DIRECTED = Asked(lambda bits: bits & NUMERAL != 0)
_ROADS = frozenset(
    {"interstate", "highway", "i", "route", "exit", "us", "flight", "bus", "train", "line", "gate", "between", "miles"}
)
_NO_STREETS = frozenset(
    {"bound", "side", "of", "end", "coast", "wing", "exit", "entrance", "america", "africa", "korea"}
)
_ABBREVIATED = 2  # letters of a direction
_TURNS = 2  # behind a street, in which "number two eleven" is its house
_REACH = 90
_TENANTS_DIGITS = range(3, 5)
_HOME = Triggered(
    rb"\b(?:live|lives|lived|living|home|house|own|owns|property|address|place|staying|apartment|condo|rental|unit|"
    rb"location|located|where|bedrooms?|studio|listing|duplex|townhouse|townhome)\b",
    needs=(
        (
            "live lives lived living home house own owns property address place staying apartment condo rental unit "
            "location located where bedroom bedrooms studio listing duplex townhouse townhome"
        ),
    ),
)
_ON_KIND = Triggered(
    rb"\b(?:on|off|off\s+of|over\s+on|wrong)\s+(?:[a-z]+\s+){1,2}?(bend|ridge|hollow|loop|way|place|pike|crossing|run|row|"
    rb"path|point|heights|commons|landing|square|grove|manor|alley)\b",
    needs=(
        "on off wrong",
        (
            "bend ridge hollow loop way place pike crossing run row path point heights commons landing square grove "
            "manor alley"
        ),
    ),
)

_WITH_DIRECTION = Needed(" ".join(sorted(_DIRECTIONS)), A_NUMBER)
SAID = Group(
    _ROUTE_AND_BOX,
    _BUILDING,
    _NUMBERED,
    _AT_HOUSE,
    _IN_TOWN,
    _TENANT,
    _CALLER_AT,
    _HOUSE_SHOWN,
    _ON_KIND,
    _WITH_DIRECTION,
)
"""Without these there is no address of this kind in a text."""

_DIRECTED_FOUND = finding(Label.ADDRESS, "street-directed", "a house number, a direction and a name", 0.78, "form")
_BOX = finding(Label.ADDRESS, "route-and-box", "a route and a box with their numbers", 0.9, "form")
_PART = finding(Label.ADDRESS, "building-said", "a building and its number", 0.75, "form")
_HOUSE = finding(Label.ADDRESS, "number-of-street", "the number of a house whose street was named", 0.7, "context")
_BARE = finding(Label.ADDRESS, "house-and-name", "a house number, then a name", 0.7, "context")
_ROOM = finding(Label.ADDRESS, "room-of-tenant", "where a caller says that they live", 0.6, "context")


class BareStreets:
    """Finds addresses without a kind of street in one transcript."""

    def __init__(self, transcript: Transcript, read: StreetWords) -> None:
        self._transcript, self._read = transcript, read
        self._words = transcript.words
        self._count = len(self._words.texts)

    def claims(self, streets: Iterable[Part]) -> Iterator[Claim]:
        """Return them, beside the streets that were found before."""
        octets = self._transcript.octets
        for match in _ROUTE_AND_BOX.finditer(octets):
            start = match.start() + match[0].find(b"box") if b"route" not in match[0] else match.start()
            yield Claim(((start, match.end()),), _BOX)
        for match in _BUILDING.finditer(octets):
            if self._is_part(match.end()) and not is_of_firm(self._transcript, *match.span()):
                yield Claim((match.span(),), _PART)
        known = list(streets)
        directed = self._directed() if _WITH_DIRECTION.can_occur(octets) else ()
        for claim in (*directed, *self._named(octets)):
            known.append(claim.parts[0])
            yield claim
        yield from self._numbers(octets, known)
        for match in _IN_TOWN.finditer(octets):
            name, town = (self._words.at_or_behind(match.start(group)) for group in (2, 3))
            place = self._words.bits[town] & (Bit.PLACE | Bit.KNOWN_PLACE) and not self._words.bits[town] & Bit.WORD
            if place and self._is_name(name) and self._read.may_name(name) and not self._read.measures(name):
                yield Claim((match.span(1),), _BARE)
        for match in _TENANT.finditer(octets):
            yield from self._tenant(*match.span(1))
        yield from self._of_callers(octets)
        for match in _ON_KIND.finditer(octets):
            yield from self._on(match.start(), match.end(1))

    def _is_part(self, end: int) -> bool:
        """Whether nothing is counted behind what ends at a place, as in "block 2 hours"."""
        at = self._words.at_or_behind(end)
        if self._read.word(at - 1) in {"a", "i"} and self._read.adjoins(at):
            return False  # "a block i think"
        return self._read.word(at) not in vocabulary().units or not self._read.adjoins(at)

    def _directed(self) -> Iterator[Claim]:
        """Return "1412 South Kinnickinnic": behind such a number and direction, a name is a street."""
        words, read = self._words, self._read
        for at in words.where(_DIRECTED):
            direction = at + 1
            if direction + 1 >= self._count:
                break
            if read.word(direction) not in _DIRECTIONS or not (read.adjoins(direction) and self._leads(direction)):
                continue
            first = read.numerals_before(direction)
            long = direction - first > 1 or (words.bits[at] & Bit.DIGITS and len(read.word(at)) > 1)
            if not long or words.beside(first, -1) in _ROADS or not self._is_bare(direction):
                continue
            end = self._name(direction + 1)
            if end > direction + 1:
                last = read.tail(end)
                yield Claim(((words.starts[first], words.end(last - 1)),), _DIRECTED_FOUND)

    def _is_bare(self, at: int) -> bool:
        return self._read.bare(at) or self._words.bits[at] & Bit.INITIAL != 0

    def _leads(self, direction: int) -> bool:
        """Whether a name follows a direction, which may be abbreviated: "1520 E. Linden"."""
        words = self._words
        stop = self._transcript.folded[words.ends[direction] : words.starts[direction + 1]] == ". "
        return self._read.adjoins(direction + 1) or (stop and len(words.said[direction]) <= _ABBREVIATED)

    def _name(self, at: int) -> int:
        """Return the index behind a name of a street, or behind a number with an ordinal; or `at`."""
        read, end = self._read, at
        while end < self._count and (end == at or read.adjoins(end)) and self._words.bits[end] & NUMERAL:
            end += 1
        if end > at:
            ordinal = read.word(end) in ORDINALS and read.adjoins(end)
            return end + 1 if ordinal else at
        while end - at < MOST_NAMES and end < self._count and (end == at or read.adjoins(end)) and read.may_name(end):
            floor = end > at and read.word(end) in ORDINALS
            if floor or read.word(end) in _NO_STREETS or read.word(end) in LISTS.unit_words:
                break
            end += 1
            if read.word(end - 1) in LISTS.kinds:
                break
        return end

    def _named(self, octets: bytes) -> Iterator[Claim]:
        """Return "at 602 Silica" and "it's three seventy one gladstone"."""
        words, read = self._words, self._read
        for match in _AT_HOUSE.finditer(octets):
            at = words.at_or_behind(match.start()) + 1
            while at < self._count and not words.bits[at] & NUMERAL:
                at += 1
            name = read.house(at)
            if name >= self._count or not read.adjoins(name) or read.measures(words.end(name - 1)):
                continue
            capital = words.bits[name] & Bit.CAPITAL and not words.bits[name] & (Bit.FUNCTION | Bit.CALENDAR)
            strange = (
                read.is_strange(name) and words.bits[name] & Bit.PLAIN and words.said[name] not in vocabulary().medical
            )
            if not read.may_name(name) or not (capital or strange):
                continue
            end = self._name(name)
            if end > name:
                yield Claim(((words.starts[at], words.end(read.tail(end) - 1)),), _BARE)

    def _numbers(self, octets: bytes, streets: list[Part]) -> Iterator[Claim]:
        """Return "the number's eight thirty one" close behind a street."""
        turn_at, document_at = self._transcript.turn_at, self._transcript.document_at
        ends = sorted(end for _, end in streets)
        for match in _NUMBERED.finditer(octets) if ends else ():
            start = match.start(1)
            before = max((end for end in ends if end <= start), default=-1)
            if before < 0 or start - before > _REACH or document_at(before - 1) != document_at(start):
                continue
            if _OF_OTHER.search(self._transcript.folded, max(0, match.start() - _LONGEST_NOUN), match.start()):
                continue
            if turn_at(start) - turn_at(before - 1) < _TURNS and not self._read.measures(match.end(1)):
                yield Claim((match.span(1),), _HOUSE)

    def _tenant(self, start: int, end: int) -> Iterator[Claim]:
        at, behind = self._words.at_or_behind(start), self._words.at_or_behind(end)
        said = self._words.said[at:behind]
        digits = len(said[0]) if said[0].isdigit() else len(said) + any(w in {"twelve", "ten", "eleven"} for w in said)
        amount = self._read.measures(end) or not {"hundred", "thousand"}.isdisjoint(said)
        named = self._read.is_strange(at - 2) or self._words.bits[at - 2] & (Bit.GIVEN | Bit.SURNAME)
        if named and not amount and digits in _TENANTS_DIGITS and self._read.word(behind) not in {"percent", "a", "p"}:
            yield Claim(((start, end),), _ROOM)

    def _of_callers(self, octets: bytes) -> Iterator[Claim]:
        """Return "six twenty birch" of "it's ana over at six twenty birch", "1906" of "i'm at 1906, the blue house"."""
        words, read = self._words, self._read
        for match in _CALLER_AT.finditer(octets):
            first, name = words.at_or_behind(match.start(2)), words.at_or_behind(match.end(2)) - 1
            caller = words.bits[words.at_or_behind(match.start(1))]
            people = read.is_strange(words.at_or_behind(match.start(1))) or caller & (Bit.GIVEN | Bit.SURNAME)
            if people and read.house(first) == name and self._closes_street(name):
                yield Claim(((words.starts[first], words.end(name)),), _BARE)
        for match in _HOUSE_SHOWN.finditer(octets):
            yield Claim((match.span(1),), _HOUSE)

    def _closes_street(self, name: int) -> bool:
        """Whether a word may be what a street is called, and nothing that it describes follows it."""
        read, behind = self._read, name + 1
        if not read.may_name(name) or read.word(name) in LISTS.no_names or read.measures(self._words.starts[name] - 1):
            return False
        plural = read.word(name).endswith("s") and self._words.bits[name] & (Bit.WORD | Bit.DERIVED)
        open_ended = behind < self._count and read.adjoins(behind) and not self._words.bits[behind] & Bit.FUNCTION
        return not plural and not open_ended and read.word(name) not in _NO_CALLERS_STREET

    def _on(self, start: int, end: int) -> Iterator[Claim]:
        """Return "on willow bend" where somebody's home is spoken of."""
        turn = self._transcript.stretches[self._transcript.turn_at(start)]
        document = self._transcript.documents[turn.document]
        first, last = self._words.at_or_behind(start) + 1, self._words.at_or_behind(end) - 1
        while self._read.word(first) in {"on", "of"}:
            first += 1
        named = all(
            self._read.may_name(at) and self._read.word(at) not in LISTS.no_streets for at in range(first, last)
        )
        if not named or first == last:
            return
        strange = all(self._is_name(at) for at in range(first, last))
        if strange or _HOME.search(self._transcript.octets[max(document, start - _REACH) : start]):
            yield Claim(((self._words.starts[first], end),), _BARE)

    def _is_name(self, at: int) -> bool:
        """Whether a word is a name of something and no English word, and no make of a car or the like."""
        bits = self._words.bits[at]
        return self._read.is_strange(at) and (not bits & Bit.THING or bits & Bit.PLACE_START != 0)
