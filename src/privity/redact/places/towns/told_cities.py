"""Cities that somebody is from, lives in, flies to or confirms: "i grew up in reno", "and that's pueblo?".

Many towns are called like a word or a person, "normal", "eugene", and hardly ever meant as one. What is said before
them tells: that somebody moved from there, has family there, flies there, or has just given the street.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from privity.redact.claims import Claim
from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import CLOSED, LISTS, MOST_NAMES, StreetWords
from privity.redact.places.towns.lone_regions import LoneRegions
from privity.redact.reading.lexicon import NUMERAL, Asked, Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import NEXT_TURN, Group, Needed, Triggered

_CITY_ASKED = Triggered(
    rb"\b(?:(?:what|which|what's\s+the|what\s+is\s+the|and\s+the|and|your)\s+(?:city|town|municipality|county|destination|parish)|"
    rb"(?:place|city|town|country|state|province)\s+of\s+(?:birth|residence|origin|citizenship)|citizenship|nationality|birth\s?place|home\s?town|where\s+(?:were|was)\s+(?:you|he|she|they)\s+born|"
    rb"where(?:abouts)?\s+are\s+you\s+(?:calling|flying|traveling|coming|joining\s+us)?\s*from|where\s+(?:are\s+you|to|you)\s+(?:flying|going|headed|headed\s+to|traveling\s+to)|"
    rb"(?:city|town|place)\s+(?:(?:where|that|uh|um|er)\s+)*(?:you|he|she|they)\s+(?:were|was)\s+born|"
    rb"(?:from\s+where|to\s+where|where\s+from)[\s?.,]*\x1e|"
    rb"(?:city|town)(?:\s+and\s+(?:the\s+)?(?:state|zip|zip\s+code|post\s?code|province))*[\s?.,]*\x1e)",
    needs=(
        (
            "city town municipality county destination parish place country state province birth birthplace home "
            "hometown where whereabouts citizenship nationality"
        ),
    ),
)
# "where? / boise": nothing else is asked, so that only a town which is all of the turn answers
_WHERE = Triggered(
    rb"(?:^|[\x1d\x1e.!?,])\s*(?:(?:and|okay|so)\s+)?where(?:\s+to)?[\s?]*\x1e\s*(?:(?:in|to|um|uh)\s+)*([a-z])",
    needs=("where", NEXT_TURN),
)
_OPENS = CLOSED | frozenset(
    {
        "in", "um", "uh", "hmm", "oh", "i'm", "im", "from", "it's", "that's", "i", "was", "born", "we're", "originally",
        "just", "outside", "of", "near", "well", "so", "yeah", "yes", "sure", "okay", "a", "citizen", "am", "be",
        "would", "says", "say", "they", "it",
    }
)  # fmt: skip
_WAY = r"(?:(?:here|down|up|over|out|in|back|all\s+the\s+way|just|right|still|uh|um)\s+){0,3}"
_FROM = Triggered(
    (
        rf"\b(?:(?:moved|moving|relocated|relocating|drove|driven|drives|driving|flew|came|coming|comes|traveled|traveling|"
        rf"travelled|travelling|calling|hails?)\s+{_WAY}from|(?:are|is|am|was|were|you|i'm|we're|he's|she's|they're|originally)\s+from|"
        rf"(?:grew\s+up|growing\s+up|raised|born|family|relatives|folks|live|lives|lived|living|retired|stationed|house|place)\s+"
        rf"{_WAY}(?:in|near|around|outside(?:\s+of)?)|(?:here|down|back|over|out)\s+in|(?:just|right)\s+outside(?:\s+of)?)\s+([a-z])"
    ).encode(),
    either=(
        (
            (
                "moved moving relocated relocating drove driven drives driving flew came coming comes traveled "
                "traveling travelled travelling calling hail hails are is am was were you m re he she originally"
            ),
            "from",
        ),
        (
            "grew growing raised born family relatives folks live lives lived living retired stationed house place",
            "in near around outside",
        ),
        ("here down back over out", "in"),
        ("just right", "outside"),
    ),
)
_CONFIRMED = Triggered(
    rb"\x1e[\s]*(?:(?:okay|ok|got\s+it|alright|right|uh|um|so|and),?\s+){0,3}(?:that's|is\s+that|that's\s+in|this\s+is|you're|in)(?:\s+in)?\s+([a-z])",
    needs=("that this you in", "\x1e"),
)
_SAID_OF_FLIGHTS = (
    "flight", "fly", "flies", "airline", "airfare", "layover", "boarding", "connecti", "train", "ticket", "seat",
    "booked", "booking", "reservation", "trip",
)  # fmt: skip
_FLIGHTS = Needed(" ".join(f"{opening}*" for opening in _SAID_OF_FLIGHTS))
_OF_FLIGHTS = re.compile(rf"\b(?:{'|'.join(_SAID_OF_FLIGHTS)})", re.ASCII)
_TOWN = Asked(lambda bits: bits & (Bit.KNOWN_PLACE | Bit.REGION) != 0 and not bits & Bit.FUNCTION)
_LANDS = frozenset(
    {"layover", "layovers", "stop", "stopover", "connection", "connect", "land", "lands", "arrive", "arrives", "over"}
)
_BEFORE_FLIGHT = frozenset({"to", "from", "of", "through", "via", "into"})
# "it's not ocala city, it's the county"
_PROPER = Triggered(
    rb"\b(?:not|in)\s+([a-z]{3,})\s+(?:city|proper),?\s+(?:it's|it\s+is|but|just|itself|limits)\b",
    needs=("city proper", "not in"),
)
SAID = Group(_PROPER, _CITY_ASKED, _WHERE, _FROM, _CONFIRMED, _FLIGHTS)
"""Without these there is no such city in a text."""

_NO_CITY = frozenset(
    {
        "anywhere", "somewhere", "nowhere", "either", "any", "both", "same", "none", "unknown", "home", "work",
        "school", "online",
    }
)  # fmt: skip
_NO_TOWN = frozenset({"zip", "postcode", "postal", "post", "code", "state"})
# Words that are hardly ever towns, whatever stands before them.
_WORDS_FIRST = frozenset(
    {
        "archway", "barking", "bend", "brick", "clay", "erode", "hue", "order", "pest", "sale", "sparks", "spring",
        "temple", "uptown", "van", "vista",
    }
)  # fmt: skip
# "Back to normal", "reading from", "a mobile": of these more has to be known than that somebody flies.
_NO_AIRPORTS = frozenset(
    {
        "archway", "centennial", "delta", "enterprise", "highland", "homestead", "independence", "mobile", "normal",
        "orange", "paradise", "paramount", "plantation", "queens", "reading", "sunrise", "surprise", "union",
        "woodland",
    }
)  # fmt: skip
_REACH = 140  # characters between what is said of a flight and its town
_NEAR_STREET = 120

_CITY_SAID = finding(Label.LOCATION, "answered-city", "what answers the question for the city", 0.75, "context")
_CITY_FROM = finding(Label.LOCATION, "city-told", "a place where somebody lives or comes from", 0.66, "context")
_CITY_TOLD = finding(Label.LOCATION, "city-confirmed", "a place that is said back behind a street", 0.66, "context")
_FLOWN = finding(Label.LOCATION, "city-flown-to", "a place where a flight is spoken of", 0.66, "context")
_BEHIND = finding(Label.LOCATION, "city-behind-street", "a city behind a street", 0.7, "context")


class ToldCities:
    """Finds such cities in one transcript; `streets` is where its streets end."""

    def __init__(self, transcript: Transcript, read: StreetWords, streets: Iterable[int]) -> None:
        self._transcript, self._read = transcript, read
        self._words = transcript.words
        self._count = len(self._words.texts)
        self._streets: Sequence[int] = sorted(streets)
        self._lone = transcript.once(LoneRegions)

    def claims(self) -> Iterator[Claim]:
        """Return the cities, each once for each way in which it was told."""
        for end in self._streets:
            at = self._words.at_or_behind(end)
            if at < self._count and self._read.adjoins(at) and (behind := self._town(at)) > at:
                yield self._claim(at, behind, _BEHIND)
        octets = self._transcript.octets
        if not SAID.can_occur(octets):
            return
        yield from self._answers(octets)
        yield from self._where(octets)
        yield from self._proper(octets)
        for match in _FROM.finditer(octets):
            at = self._words.at_or_behind(match.start(1))
            if (behind := self._town(at)) > at and not self._is_lone_region(at, behind):
                yield self._claim(at, behind, _CITY_FROM)
        for match in _CONFIRMED.finditer(octets):
            at = self._words.at_or_behind(match.start(1))
            if (
                (behind := self._town(at)) > at
                and self._closes(behind, match.start(1))
                and self._behind_street(match.start())
            ):
                yield self._claim(at, behind, _CITY_TOLD)
        if _FLIGHTS.can_occur(octets):
            yield from self._flown()

    def _where(self, octets: bytes) -> Iterator[Claim]:
        """Yield the known towns that are all of an answer, whose capital was not typed perhaps."""
        for match in _WHERE.finditer(octets):
            at = self._words.at_or_behind(match.start(1))
            for behind in range(min(at + MOST_NAMES, self._count), at, -1):
                known = lexicon().of(" ".join(self._words.said[at:behind])) & Bit.KNOWN_PLACE
                if known and self._closes(behind, match.start(1)):
                    yield self._claim(at, behind, _CITY_SAID)
                    break

    def _claim(self, at: int, behind: int, why: Finding) -> Claim:
        return Claim(((self._words.starts[at], self._words.end(behind - 1)),), why)

    def _is_lone_region(self, at: int, behind: int) -> bool:
        """Whether a state or a country by itself is told where people talk: "i flew back from ohio"."""
        region = lexicon().of(" ".join(self._words.said[at:behind])) & Bit.REGION
        return bool(region) and self._lone.is_conversation(at) and self._lone.tell_of_nobody(at, behind - 1)

    def _town(self, at: int) -> int:
        """Return the index behind the town that begins at a word, alone or with the next one or two, or `at`."""
        if at >= self._count:
            return at
        said, bits = self._words.said, self._words.bits
        for last in (at + 2, at + 1):
            joined = last < self._count and all(self._read.adjoins(i) for i in range(at + 1, last + 1))
            known = lexicon().of(" ".join(said[at : last + 1]))
            if joined and known & (Bit.KNOWN_PLACE | Bit.REGION | (Bit.PLACE if last - at > 1 else 0)):
                return last + 1
        now = bits[at]
        if now & (Bit.FUNCTION | Bit.CALENDAR | Bit.NUMBER) or said[at] in _WORDS_FIRST or not self._read.bare(at):
            return at
        if now & (Bit.WORD | Bit.NO_NAME) or (not now & Bit.KNOWN_PLACE and now & (Bit.GIVEN | Bit.SURNAME)):
            return at + 1 if now & Bit.KNOWN_PLACE and self._read.ends_town(at + 1) else at
        return at + 1 if now & (Bit.KNOWN_PLACE | Bit.PLACE | Bit.REGION) and self._read.ends_town(at + 1) else at

    def _closes(self, behind: int, place: int) -> bool:
        """Whether the turn of a place has no more words, or a state behind a town."""
        turn = self._transcript.stretches[self._transcript.turn_at(place)]
        return (
            behind >= self._count or self._words.starts[behind] >= turn.end or self._read.word(behind) in LISTS.states
        )

    def _behind_street(self, place: int) -> bool:
        document = self._transcript.documents[self._transcript.document_at(place)]
        return any(max(document, place - _NEAR_STREET) <= end <= place for end in self._streets)

    def _proper(self, octets: bytes) -> Iterator[Claim]:
        for match in _PROPER.finditer(octets):
            at = self._words.at_or_behind(match.start(1))
            if self._words.bits[at] & Bit.PLACE and self._read.bare(at):
                yield self._claim(at, at + 1, _CITY_TOLD)

    def _flown(self) -> Iterator[Claim]:
        text = self._transcript.folded
        for at in self._words.where(_TOWN):
            before = self._words.beside(at, -1)
            lands = before == "in" and self._words.beside(at, -2) in _LANDS
            if not (lands or before in _BEFORE_FLIGHT) or not self._read.adjoins(at):
                continue
            if self._words.said[at] in _NO_AIRPORTS or self._words.bits[at] & Bit.REGION:
                continue
            start = self._words.starts[at]
            turn = self._transcript.turn_at(start)
            since = self._transcript.stretches[max(0, turn - 1)].start
            document = self._transcript.document_at(start)
            first, behind = self._transcript.documents[document], self._transcript.document_end(document)
            spoken_of = text[max(first, since, start - _REACH) : min(behind, start + _REACH)]
            behind = self._town(at) if _OF_FLIGHTS.search(spoken_of) else at
            if behind > at and not self._is_lone_region(at, behind):
                yield self._claim(at, behind, _FLOWN)

    def _answers(self, octets: bytes) -> Iterator[Claim]:
        for match in _CITY_ASKED.finditer(octets):
            if (answer := self._transcript.next_turn(match.start())) is None:
                continue
            first = self._words.at_or_behind(answer.start)
            while self._within(first, answer.end) and self._read.word(first) in _OPENS:
                first += 1
            last = first
            while (
                self._within(last, answer.end)
                and last - first < MOST_NAMES
                and (last == first or self._read.adjoins(last))
                and self._read.may_name(last)
                and self._read.word(last) not in _NO_TOWN
            ):
                last += 1
            town = self._town(first)
            if town - first == MOST_NAMES:  # "truth or consequences"
                yield self._claim(first, town, _CITY_SAID)
                continue
            if last == first or self._read.word(first) in _NO_CITY:
                continue
            if not self._within(last, answer.end) or self._read.is_strange(first):
                yield self._claim(first, last, _CITY_SAID)
            elif town > first or self._words.bits[last] & NUMERAL:
                yield self._claim(first, max(town, last if self._words.bits[last] & NUMERAL else town), _CITY_SAID)

    def _within(self, at: int, end: int) -> bool:
        return at < self._count and self._words.starts[at] < end
