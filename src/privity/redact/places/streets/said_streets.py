"""Addresses as they are said: streets without a number, numbers without a kind of street, roads that have numbers.

"on pemberton avenue", "it's six oh eight pemberton" as the answer to a question for the address, "seventy two hundred
county road double e", "rural route three", "the house on larkspur", "unit four oh nine". A street that was named once
is known by its name in the rest of the conversation.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.codes import zip_codes
from privity.redact.places.streets import (
    address_turns,
    asked_addresses,
    bare_streets,
    crossings,
    highways,
    named_buildings,
    said_rooms,
    street_edges,
    unnamed_streets,
)
from privity.redact.places.streets.asked_addresses import AskedAddresses
from privity.redact.places.streets.bare_streets import BareStreets
from privity.redact.places.streets.crossings import Crossings
from privity.redact.places.streets.street_words import LISTS, MOST_NAMES, StreetWords
from privity.redact.places.towns import placed_towns, said_cities, told_cities
from privity.redact.reading.cues import Cue, Cues
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.small_words import OWNERS
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered

_KINDS = LISTS.kinds
_OPENS_NO_STREET = LISTS.no_streets - LISTS.in_streets
_KIND = Triggered(
    rb"\b(?:street|avenue|ave|boulevard|blvd|parkway|crescent|terrace|turnpike|road|lane|drive|court|trail|circle)\b",
    needs=("street avenue ave boulevard blvd parkway crescent terrace turnpike road lane drive court trail circle",),
)
_ROAD_NUMBERED = Triggered(
    rb"\b(?:(?:county|state|township|farm\s+to\s+market|ranch\s+to\s+market|forest|concession|range|us|u\s+s|provincial)\s+"
    rb"(?:road|route|highway|line|trunk|trunk\s+highway)|farm\s+road|side\s?road|fire\s+(?:number|lane|road)|civic\s+number|(?:rural|star)\s+(?:route|road)|r\s+r|h\s+c|concession|"
    rb"(?:p\s+o|po|p\s+o\s+the|post\s+office|postal|lock|mail)\s+box|casier\s+postal|case\s+postale|boite\s+postale|"
    rb"interstate|highway|route|exit|mile\s+(?:marker|post))\b",
    needs=(
        (
            "county state township farm ranch forest concession range us u provincial side sideroad fire civic "
            "rural star r h p po post postal lock mail casier case boite interstate highway route exit mile"
        ),
        (
            "road route highway line trunk number lane sideroad r c concession box postal postale interstate exit "
            "marker post"
        ),
    ),
)
_KIND_BEFORE_NAME = Triggered(
    rb"\b(?:rue|rang|chemin|avenue|boulevard|calle|avenida|camino|paseo|via|cote|place|route)\s+(?:de\s+la\s+|de\s+|du\s+|des\s+|"
    rb"del\s+|saint\s+|sainte\s+|san\s+|santa\s+|notre\s+)?([a-z]+)\b(?:\s+(?:est|ouest|nord|sud)\b)?",
    needs=("rue rang chemin avenue boulevard calle avenida camino paseo via cote place route",),
)
_ASKED = Triggered(
    rb"\b(?:where\s+(?:do|are|should|would|can|will|did|does|am|is)\s+(?:you|we|i|he|she|they|it|that|(?:the|my|our|your)\s+[a-z]+)\b|"
    rb"(?:what|which|what's\s+the|what\s+is\s+the|cross)\s+street|pick\s+(?:you|him|her|them|it)\s+up|picking\s+(?:you|him|her|them)\s+up|"
    rb"(?:deliver|send|mail|ship|bring|forward|dispatch|come)\s+(?:it|that|this|them|one|someone|somebody)?\s*(?:out\s+)?to|(?:deliver|ship|mail)\s+(?:it|that|them)|still\s+(?:at|on|live)|living\s+(?:at|on)|lives?\s+(?:at|on)|"
    rb"moved\s+to|house\s+number|located\s+at|(?:property|listing|house|showing|lockbox|home|delivery|outage|closing)\s+(?:is\s+|was\s+|code\s+)?(?:at|on|for)|service\s+(?:at|for)|i'm\s+at|we're\s+at|staying\s+(?:at|on)|residing\s+at|resides?\s+at)\b",
    needs=(
        (
            "where street pick picking deliver send mail ship bring forward dispatch come still living live lives "
            "moved house located property listing showing lockbox home delivery outage closing "
            "service m re staying residing reside resides"
        ),
    ),
)
_UNIT_ASKED = Triggered(
    rb"\b(?:which|what|what's\s+the|what\s+is\s+the|and\s+the)\s+(?:unit|apartment|suite|buzzer)(?:\s+number)?\b",
    needs=("unit apartment suite buzzer",),
)
_HOME_ON = Triggered(
    rb"\b(?:address|live|lives|lived|living|reside|resides|staying|house|place|apartment|bedroom|condo|home|property|"
    rb"duplex|listing|townhouse|townhome|unit|rental|studio|one|two|basement|flat|loft|cottage|cabin|store|branch|location|"
    rb"shop|pharmacy|clinic|church|school|park|bank|station|hospital|library|restaurant|hotel|motel|walmart|walgreens|"
    rb"cvs|costco|starbucks|door|lot|building|garage|corner|entrance|site|office|warehouse|over|up|down|out)(?:'s|\s+is)?\s+"
    rb"(?:over\s+|up\s+|out\s+|down\s+)?(?:on|off|off\s+of)\s+([a-z]+)\b",
    needs=(
        "on off",
        (
            "address live lives lived living reside resides staying house place apartment bedroom condo home "
            "property duplex listing townhouse townhome unit rental studio one two basement flat loft cottage "
            "cabin store branch location shop pharmacy clinic church school park bank station hospital library "
            "restaurant hotel motel walmart walgreens cvs costco starbucks door lot building garage corner entrance "
            "site office warehouse over up down out"
        ),
    ),
)
_SAID = Group(_KIND, _ROAD_NUMBERED, _KIND_BEFORE_NAME, said_rooms.SAID, _HOME_ON, highways.SAID)
_WAYS = (unnamed_streets, bare_streets, crossings, address_turns, named_buildings)
_FOUND = Group(_SAID, _ASKED, _UNIT_ASKED, asked_addresses.ASKED, *(way.SAID for way in _WAYS))
SAID = Group(_FOUND, said_cities.SAID, told_cities.SAID, placed_towns.SAID, zip_codes.SAID)
"""Without these, and without a street or a cue that announces one, nothing is said of addresses in a text."""
_WRITTEN_KINDS = frozenset({"street", "avenue", "ave", "boulevard", "blvd", "parkway", "turnpike", "road", "lane"})
_ROADS_TOO = frozenset({b"highway", b"route", b"exit"})
_OWN = OWNERS | {"a", "an", "this", "that"}
_NO_NAME = Bit.FUNCTION | Bit.CALENDAR | Bit.NUMBER | Bit.DIGITS
_TOWARD = frozenset({"past", "toward", "towards"})
_BESIDE = _TOWARD | {"near", "between", "behind", "beside", "opposite", "outside", "across"}
_STANDS_ON = frozenset({"on", "onto", "past", "at", "to", "off", "near", "from"})
_BEFORE_SURE = _STANDS_ON | _TOWARD | {"along", "by", "and", "of", "between"}
_TURNS_BEHIND_ADDRESS, _REACH_OF_ANSWER = 3, 240
_STREET = finding(Label.ADDRESS, "street-said", "a name, then a kind of street", 0.72, "form")
_ROAD = finding(Label.ADDRESS, "road-numbered", "a road, route or box and its number", 0.9, "form")
_ANSWERED = finding(
    Label.ADDRESS, "answered-address", "a number and a name where an address was asked for", 0.8, "context"
)
_KNOWN = finding(Label.ADDRESS, "street-known", "a street that was named before", 0.7, "context")


class SaidStreets:
    """Finds what is said of addresses in one transcript; `asked` are the cues that announce them."""

    def __init__(self, transcript: Transcript, cues: Cues, asked: Sequence[Cue]) -> None:
        self._transcript, self._cues = transcript, cues
        self._asked = [(cue.end, _TURNS_BEHIND_ADDRESS) for cue in asked]
        self._text = transcript.folded
        self._words = transcript.words
        self._count = len(self._words.texts)
        self._read = transcript.once(StreetWords)
        self._known: defaultdict[int, set[str]] = defaultdict(set)

    def claims(self, streets: Iterable[Part]) -> Iterator[Claim]:
        """Return what is said beside the streets that were found before."""
        places, octets = list(streets), self._transcript.octets
        for start, end in places:
            self._learn(start, end)
        found = self._found(places, octets) if _FOUND.can_occur(octets) else self._houses(self._asked)
        for claim in found:
            if claim.finding is not said_rooms.ROOM:
                places.append(claim.parts[0])
            yield claim
        yield from street_edges.claims(self._transcript, self._read, sorted(set(places)))
        ends = {end for _, end in places}
        said = said_cities.SAID.can_occur(octets)
        cities = list(said_cities.SaidCities(self._transcript, self._read).claims()) if said else []
        if ends or told_cities.SAID.can_occur(octets):
            cities += told_cities.ToldCities(self._transcript, self._read, ends).claims()
        if ends or placed_towns.SAID.can_occur(octets):
            cities += placed_towns.PlacedTowns(self._transcript, self._read, ends).claims()
        yield from cities
        ends |= {claim.parts[0][1] for claim in cities}
        if zip_codes.SAID.can_occur(octets):
            yield from zip_codes.claims(self._transcript, self._read, self._cues, ends)
        yield from (again := list(self._again()))
        told = [*places, *(one.parts[0] for one in again)]
        yield from street_edges.explained(self._transcript, self._read, told)
        yield from address_turns.confirmed(self._transcript, self._read, told)

    def _found(self, places: list[Part], octets: bytes) -> Iterator[Claim]:
        """Yield the streets that are told in each of the ways; `places` are those that were found until then."""
        if _SAID.can_occur(octets):
            yield from self._without_numbers(octets)
            yield from self._numbered(octets)
            yield from highways.claims(self._transcript)
            yield from said_rooms.claims(self._transcript, self._read)
            yield from self._homes(octets)
        if unnamed_streets.SAID.can_occur(octets):
            yield from unnamed_streets.claims(self._transcript, self._read)
        yield from self._answers(octets)
        if bare_streets.SAID.can_occur(octets):
            for claim in BareStreets(self._transcript, self._read).claims(places):
                self._learn(*claim.parts[0])
                yield claim
        if crossings.SAID.can_occur(octets):
            yield from Crossings(self._transcript, self._read, self._learn).claims()
        if address_turns.SAID.can_occur(octets):
            yield from address_turns.claims(self._transcript, self._read, places, self._learn)
        if named_buildings.SAID.can_occur(octets):
            yield from named_buildings.claims(self._transcript, self._read)

    def _without_numbers(self, octets: bytes) -> Iterator[Claim]:
        for match in _KIND.finditer(octets):
            kind = self._words.at_or_behind(match.start())
            if self._read.word(kind).encode() != match[0] or not self._read.bare(kind):
                continue
            first = kind
            while kind - first < MOST_NAMES and self._read.adjoins(first) and self._read.may_name(first - 1):
                if self._read.word(first - 1) in _BESIDE:
                    break  # "just past west delancey road"
                first -= 1
            while first < kind and self._read.word(first) in _OPENS_NO_STREET:
                first += 1
            fork = self._read.of_before(first) if first < kind else first
            if first == kind or not (fork < first or self._is_street(first, kind)):
                continue
            self._learn(self._words.starts[first], self._words.end(kind))
            first = self._read.numerals_before(fork) if fork < first else first
            yield Claim(((self._words.starts[first], self._words.end(kind)),), _STREET)

    def _is_street(self, first: int, kind: int) -> bool:
        word, bits = self._read.word(kind - 1), self._words.bits[kind - 1]
        named_so = word in LISTS.no_streets and not (
            self._read.word(kind) in {"street", "avenue"} and word in LISTS.in_streets
        )
        if named_so or (word in LISTS.compass and kind - first == 1):
            return False
        opens = not self._read.adjoins(first)
        before = self._words.beside(first, -1)
        if before == "the" and self._is_written_so(first, kind):
            return True
        if not opens and before not in LISTS.before_streets and not self._words.bits[first - 1] & NUMERAL:
            return False
        strange = word in ORDINALS or any(self._read.is_strange(at) for at in range(first, kind))
        name = self._read.word(kind)
        if name in LISTS.sure_kinds or strange:
            return strange or before in _BEFORE_SURE or opens
        by = "off" if before == "of" and self._words.beside(first, -2) == "off" else before
        return name in LISTS.often and by in _STANDS_ON and not bits & Bit.DERIVED

    def _is_written_so(self, first: int, kind: int) -> bool:
        """Whether capitals make a street of a name and its kind: "the Hogback Lane turnoff"."""
        surely = self._read.word(kind) in _WRITTEN_KINDS
        return surely and all(self._words.bits[at] & Bit.CAPITAL for at in range(first, kind + 1))

    def _learn(self, start: int, end: int) -> None:
        """Remember the name of a street without its number, its kind and its direction."""
        document = self._transcript.document_at(start)
        for at in range(self._words.at_or_behind(start), min(self._words.at_or_behind(end), self._count)):
            word, bits = self._read.word(at), self._words.bits[at]
            if word in LISTS.unit_words or word in _KINDS:
                break
            if len(word) > 2 and not bits & _NO_NAME and word not in LISTS.compass and word not in ORDINALS:
                self._known[document].add(word)

    def _numbered(self, octets: bytes) -> Iterator[Claim]:
        """Return roads, routes and boxes with their numbers, and streets whose kind stands first."""
        for match in _ROAD_NUMBERED.finditer(octets):
            first = self._words.at_or_behind(match.start())
            at = self._words.at_or_behind(match.end())
            at += b"box" in match[0] and self._read.heard_as_digit(at)
            end = self._read.behind_number(at)
            if match[0] in _ROADS_TOO and not highways.is_place(self._transcript, self._read, first):
                continue
            if end > at and (match[0] not in {b"h c", b"r r"} or self._words.bits[end - 1] & NUMERAL):
                box = end + 1 if self._read.word(end) == "box" and self._read.adjoins(end) else end
                end = self._read.tail(self._read.behind_number(box) if box > end else end)
                yield Claim(((self._words.starts[self._read.numerals_before(first)], self._words.end(end - 1)),), _ROAD)
        for match in _KIND_BEFORE_NAME.finditer(octets):
            first = self._words.at_or_behind(match.start())
            name = self._words.at_or_behind(match.start(1))
            start = self._read.numerals_before(first)
            foreign = match[0].startswith((b"rue ", b"rang saint", b"rang de", b"rang du", b"chemin "))
            if (start < first or foreign) and self._read.may_name(name):
                self._learn(match.start(1), match.end(1))
                yield Claim(((self._words.starts[start], match.end()),), _ROAD)

    def _homes(self, octets: bytes) -> Iterator[Claim]:
        for match in _HOME_ON.finditer(octets):
            at = self._words.at_or_behind(match.start(1))
            if at < self._count and self._read.is_strange(at) and self._read.may_name(at):
                self._known[self._transcript.document_at(match.start())].add(self._read.word(at))
                yield Claim((match.span(1),), _STREET)

    def _answers(self, octets: bytes) -> Iterator[Claim]:
        yield from self._houses(self._asked)
        yield from self._houses([(match.end(), 1) for match in _ASKED.finditer(octets)])
        for match in _UNIT_ASKED.finditer(octets):
            beyond = min(match.end() + 60, self._end_of(match.end(), 1))
            at = self._words.at_or_behind(match.end())
            if self._read.adjoins(at) and not self._words.bits[at] & (Bit.FUNCTION | NUMERAL):
                continue  # "the unit rate is"
            while at < self._count and self._words.starts[at] < beyond:
                behind = self._read.house(at)
                if behind > at:
                    if not self._read.measures(self._words.end(behind - 1)):
                        yield Claim(((self._words.starts[at], self._words.end(behind - 1)),), said_rooms.ROOM)
                    break
                at += 1
        if asked_addresses.ASKED.can_occur(octets):
            yield from AskedAddresses(self._transcript, self._read, self._learn).claims()

    def _houses(self, asked: Iterable[tuple[int, int]]) -> Iterator[Claim]:
        """Return house numbers with their names within so many turns behind the places that ask for them."""
        reached = 0
        for place, turns in asked:
            beyond = min(place + _REACH_OF_ANSWER, self._end_of(place, turns))
            at = self._words.at_or_behind(max(place, reached))
            while at < self._count and self._words.starts[at] < beyond:
                end = self._read.house_and_street(at) if self._words.bits[at] & NUMERAL else at
                if end > at and self._is_thing(at, end):
                    at = end
                    continue
                end = at if end > at and not self._is_sure(at, end) else end
                if end == at and turns == _TURNS_BEHIND_ADDRESS and self._words.bits[at] & NUMERAL:
                    end = self._whole_turn(at)
                if end > at:
                    start = self._words.starts[at]
                    self._learn(start, self._words.end(end - 1))
                    yield Claim(((start, self._words.end(end - 1)),), _ANSWERED)
                at = max(end, at + 1)
            reached = max(reached, beyond)

    def _whole_turn(self, at: int) -> int:
        """Return the index behind a number of two words or more that is all of a turn but an opening, or `at`."""
        turn = self._transcript.stretches[self._transcript.turn_at(self._words.starts[at])]
        behind = self._read.house(at)
        opening = at - self._words.at_or_behind(turn.start)
        closes = behind == self._count or self._words.starts[behind] >= turn.end
        return behind if behind - at > 1 and closes and opening < MOST_NAMES else at

    def _end_of(self, place: int, turns: int) -> int:
        """Where the turn ends that stands some turns behind a place, in the same document."""
        turn = self._transcript.turn_at(place)
        last = min(turn + turns, len(self._transcript.stretches) - 1)
        return min(
            self._transcript.stretches[last].end,
            self._transcript.document_end(self._transcript.stretches[turn].document),
        )

    def _is_sure(self, at: int, end: int) -> bool:
        """Whether a number and a name are a house for sure: the number has parts, or the name is no English word."""
        long = self._read.house(at) - at > 1 or (self._words.bits[at] & Bit.DIGITS and len(self._read.word(at)) > 2)
        return bool(long) or any(self._read.is_strange(i) or self._read.word(i) in _KINDS for i in range(at + 1, end))

    def _is_thing(self, at: int, end: int) -> bool:
        """Whether a number is the year of a thing, "your 2019 honda", or of nobody, "confirmation 6383 check in"."""
        owned = self._words.beside(at, -1) in _OWN and self._read.word(end - 1) not in _KINDS
        return owned or self._cues.is_harmless_before(self._words.starts[at])

    def _again(self) -> Iterator[Claim]:
        """Return streets that were named before: behind a number, before their kind, or by a name that is no word."""
        for document, learned in self._known.items():
            names = {name for name in learned if len(name) > 3}
            if not names:
                continue
            start, end = self._transcript.documents[document], self._transcript.document_end(document)
            within = range(self._words.at_or_behind(start), self._words.at_or_behind(end))
            for at in compress(within, map(names.__contains__, self._words.said[within.start : within.stop])):
                first = at
                while self._read.adjoins(first) and self._words.beside(first, -1) in LISTS.compass:
                    first -= 1
                while self._read.adjoins(first) and self._words.bits[first - 1] & NUMERAL:
                    first -= 1
                first += first < at and self._read.word(first) in LISTS.no_houses
                behind = at + 1 if self._read.adjoins(at + 1) and self._read.word(at + 1) in _KINDS else at
                strange = not self._words.bits[at] & (Bit.WORD | Bit.GIVEN) and self._words.bits[at] & Bit.UNKNOWN
                if first < at or behind > at or strange or street_edges.stands_on(self._read, at):
                    yield Claim(((self._words.starts[first], self._words.end(behind)),), _KNOWN)
