"""Cities by what stands beside them: "new braunfels texas", "phoenix to spokane", "i was in mobile", "taos county"."""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import LISTS, MOST_NAMES, StreetWords
from privity.redact.reading.lexicon import NUMERAL, Asked, Bit, lexicon
from privity.redact.reading.matches import Pattern
from privity.redact.reading.small_words import OWNERS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Needed, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_DESTINATION = Asked(lambda bits: bits & (Bit.KNOWN_PLACE | Bit.REGION) != 0)
_STATES = sorted(LISTS.states | LISTS.states_named_too | LISTS.states_of_words)
_STATE = Triggered(rf"\b(?:{one_of(_STATES)})\b".encode(), needs=(" ".join({state.split()[0] for state in _STATES}),))
_CODE_BEHIND = Triggered(rb"\b([a-z]{2})[.,]?\s+[0-9]{5}\b", needs=(A_DIGIT,))
_COUNTY = Triggered(rb"\b(?:county|parish|township|borough)\b", needs=("county parish township borough",))
_WAY_TO = Needed("to")
_REGION_BEHIND = Pattern(
    rb"\b((?:[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})), (?:([A-Z]\.[A-Z]\.)|([A-Z][a-z]+(?: [A-Z][a-z]+)?))"
)
# Towns whose names are English words; of others, "normal", "surprise", "orange", too little is told by a small word.
_WORDS_TOO = (
    "anchorage auburn boulder buffalo concord cypress flint garland grapevine meridian mobile newton phoenix "
    "providence pueblo reading revere wellington"
)
_IN_TOWN = Triggered(
    (
        r"\b(?:(?:am|is|are|was|were|i'm|he's|she's|we're|live|lives|lived|born|grew up|jail|prison|court|hospital|"
        r"pharmacy|clinic|office|branch|store|station|police|moved|family|house|school|back|place|up|down|here|out)\s+in|"
        r"(?:moving|moved|driving|calling|came|comes|come|is|are|am|i'm|we're|flying|travell?ing|away)\s+from|"
        rf"(?:moving|moved|drive|driving|flying|went|going)\s+to)\s+({_WORDS_TOO.replace(' ', '|')})\b"
    ).encode(),
    needs=("in from to", _WORDS_TOO),
)
_NO_TOWN = {  # "in reading your letter", "mobile or desktop", "in concord with"
    b"reading": OWNERS | {"the", "a", "an", "this", "that", "it", "them", "about", "with"},
    b"mobile": frozenset({"or", "and"}),
    b"concord": frozenset({"with"}),
}
_TOWN = finding(Label.LOCATION, "town-word", "a town whose name is a word, where somebody is in it", 0.6, "context")
_OPENS_CITY = frozenset(
    {"in", "from", "near", "at", "to", "then", "uh", "um", "er", "and", "so", "is", "next", "state"}
)
_NO_COUNTIES = frozenset(
    {
        "this", "every", "each", "any", "other", "whole", "same", "what", "which", "rural", "morning", "afternoon",
        "evening",
    }
)  # fmt: skip
# "And the city and zip, tulsa oklahoma", "good morning, alaska airlines".
_NO_CITIES = frozenset({"state", "zip", "code", "postcode", "city's", "morning", "afternoon", "evening"})
_COUNTY_SAID = finding(Label.LOCATION, "county-said", "a name, then county or parish", 0.72, "form")
_CITY = finding(Label.LOCATION, "city-before-state", "what stands before a state", 0.7, "context")
_WAY = finding(Label.LOCATION, "city-to-city", "a place before the place that one goes to", 0.65, "context")
SAID = Group(_STATE, _CODE_BEHIND, _COUNTY, _IN_TOWN, _WAY_TO, Needed(","))
"""Without these there is no such city in a text."""


class SaidCities:
    """Finds cities by what stands beside them in one transcript."""

    def __init__(self, transcript: Transcript, read: StreetWords) -> None:
        self._transcript, self._read = transcript, read
        self._words = transcript.words
        self._count = len(self._words.texts)

    def claims(self) -> Iterator[Claim]:
        """Return cities before their states, where a way begins, towns that are words, and counties."""
        octets = self._transcript.octets
        yield from self._before_states(octets)
        yield from self._with_regions()
        yield from self._words_too(octets)
        yield from self._counties(octets)
        if _WAY_TO.can_occur(octets):
            yield from self._ways()

    def _is_city(self, first: int, state: int) -> bool:
        """Whether "city" or "town" behind a name closes it: "yazoo city mississippi"."""
        return state - first > 1 and self._read.word(state - 1) in {"city", "town"} and self._read.is_strange(first)

    def _ways(self) -> Iterator[Claim]:
        """Return where a way begins that ends in a place: "phoenix to spokane"."""
        bits, read = self._words.bits, self._read
        for at in self._words.where(_DESTINATION):
            to = at - 1
            if read.word(to) != "to" or not (read.adjoins(at) and read.adjoins(to)):
                continue
            start = to - 1 - (read.word(to - 1) == "to")
            if start and read.adjoins(start):
                both = f"{read.word(start - 1)} {read.word(start)}"
                if lexicon().of(both) & Bit.KNOWN_PLACE:  # "cedar rapids to denver"
                    yield Claim(((self._words.starts[start - 1], self._words.end(start)),), _WAY)
                    continue
            known = bits[start] & Bit.KNOWN_PLACE or not bits[start] & (Bit.WORD | Bit.DERIVED)
            known = known and read.word(start) != "delta"  # an airline: "we fly delta to tulsa"
            if known and bits[start] & Bit.PLACE and not bits[start] & (Bit.FUNCTION | Bit.CALENDAR):
                yield Claim(((self._words.starts[start], self._words.end(start)),), _WAY)

    def _before_states(self, octets: bytes) -> Iterator[Claim]:
        for match in _STATE.finditer(octets):
            state = self._words.at_or_behind(match.start())
            first = self._city_before(state)
            plain = self._words.bits[state] & Bit.PLAIN or self._written(first, state)
            if (
                first < state
                and plain
                and self._opens(first)
                and (self._read.word(state - 1) not in LISTS.no_streets or self._is_city(first, state))
                and (match[0].decode() not in LISTS.states_named_too or self._closes_city(state, first))
            ):
                yield Claim(((self._words.starts[first], match.end()),), _CITY)
        for match in _CODE_BEHIND.finditer(octets):
            code = self._words.at_or_behind(match.start(1))
            first = self._city_before(code)
            listed = any(self._words.bits[at] & Bit.PLACE for at in range(first, code))
            is_word = match[1].decode() in vocabulary().state_words and not self._words.bits[code] & Bit.CAPITALS
            if listed and not is_word and match[1].decode() in vocabulary().state_codes and self._opens(first):
                yield Claim(((self._words.starts[first], match.end(1)),), _CITY)

    def _city_before(self, state: int) -> int:
        """Return where the one or two words before a state begin that may be a city, and are no end of a street."""
        first = state
        while state - first < 2 and self._read.adjoins(first) and self._read.may_name(first - 1):
            if self._ends_street(first - 1) or self._read.word(first - 1) in _NO_CITIES:
                break
            first -= 1
        return first

    def _opens(self, first: int) -> bool:
        """Whether a city may begin at a word: behind a small word, or behind a street and what belongs to it."""
        if not self._read.adjoins(first):
            return True
        before, bits = self._read.word(first - 1), self._words.bits
        if before in _OPENS_CITY or self._ends_street(first - 1):
            return True
        return (len(before) == 1 or bits[first - 1] & NUMERAL != 0) and bits[first] & Bit.PLACE != 0

    def _ends_street(self, at: int) -> bool:
        """Whether a word is the kind of a street that has a number."""
        if self._read.word(at) not in LISTS.kinds:
            return False
        name = at
        while at - name < MOST_NAMES and self._read.adjoins(name) and not self._words.bits[name - 1] & NUMERAL:
            name -= 1
        return self._read.adjoins(name) and self._words.bits[name - 1] & NUMERAL != 0

    def _written(self, first: int, state: int) -> bool:
        """Whether capitals make a city of listed words before a capitalised state."""
        capital = all(self._words.bits[at] & Bit.CAPITAL for at in range(first, state + 1))
        return capital and self._words.bits[first] & Bit.PLACE != 0

    def _closes_city(self, state: int, first: int) -> bool:
        """Whether a state that persons are called too closes a turn or goes on with a number, "washington 98402"."""
        behind = state + 1
        ends = not self._read.adjoins(behind) or self._words.bits[behind] & (Bit.NUMBER | Bit.DIGITS) != 0
        return ends and self._words.bits[first] & Bit.KNOWN_PLACE != 0

    def _with_regions(self) -> Iterator[Claim]:
        """Return "Superior, Wisconsin" and "Burnaby, B.C.", whatever the city is called."""
        cased, listed = self._transcript.cased, lexicon().of
        for match in _REGION_BEHIND.finditer(cased.encode("ascii")) if ", " in cased else ():
            first = self._words.at_or_behind(match.start())
            if self._words.bits[first] & Bit.PLAIN or self._words.bits[first] & (Bit.FUNCTION | Bit.CALENDAR):
                continue
            region = (match[3] or b"").decode("ascii").lower()
            abbreviated = match[2] and match[2].decode("ascii").replace(".", "").lower() in vocabulary().state_codes
            while region and region not in LISTS.states and " " in region:
                region = region.rpartition(" ")[0]
            if abbreviated or (region in LISTS.states and listed(region) & Bit.REGION):
                end = match.end(2) if abbreviated else match.start(3) + len(region)
                yield Claim(((match.start(), end),), _CITY)

    def _words_too(self, octets: bytes) -> Iterator[Claim]:
        """Return towns that are English words, where somebody is in them or comes from there: "i was in mobile"."""
        for match in _IN_TOWN.finditer(octets):
            town = self._words.at_or_behind(match.start(1))
            behind = town + 1
            told = self._read.word(behind) not in _NO_TOWN.get(match[1], ()) or not self._read.adjoins(behind)
            if told and self._read.ends_town(behind):
                yield Claim((match.span(1),), _TOWN)

    def _counties(self, octets: bytes) -> Iterator[Claim]:
        for match in _COUNTY.finditer(octets):
            kind = first = self._words.at_or_behind(match.start())
            while kind - first < 2 and self._read.adjoins(first) and self._read.may_name(first - 1):
                first -= 1
                if self._read.is_strange(first) or self._words.bits[first] & (Bit.PLACE | Bit.CAPITAL):
                    break
            named = first < kind and self._read.word(kind - 1) not in _NO_COUNTIES
            capital = named and self._words.bits[first] & Bit.CAPITAL and self._words.bits[kind] & Bit.CAPITAL
            plain = (
                named
                and self._words.bits[first] & Bit.PLAIN
                and self._words.bits[first] & (Bit.PLACE | Bit.SURNAME | Bit.UNKNOWN)
            )
            if capital or plain:
                yield Claim(((self._words.starts[first], self._words.end(kind)),), _COUNTY_SAID)
