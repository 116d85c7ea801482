"""States and countries by themselves, which tell of nobody: "is it legal in Arizona", "a missouri plate".

A state beside its city is part of where somebody is, and hidden with it; by itself millions live there. The same goes
for countries where people talk, and in prose where one travels there, plays against them or counts what is theirs; who
"lives in Germany" is described by it. A name that is also a city's or a person's has to stand where only a state does.
What answers a question for an address, stands in a field of a form or has a postal code behind it is a part of that
address.
"""

import re

from privity.redact.names.nobodys.uses import OF_LICENCES
from privity.redact.names.parts import NameParts
from privity.redact.places.streets.street_words import LISTS
from privity.redact.reading.lexicon import NUMERAL, Bit, lexicon
from privity.redact.reading.transcript import Stretch, Transcript

STATES = LISTS.states | LISTS.states_named_too | LISTS.states_of_words | LISTS.states_elsewhere
"""States, provinces and the like, which are no countries by themselves."""

_CITIES_TOO = frozenset({"new york", "quebec", "victoria", "washington"})
_NAMES_TOO = frozenset({"alberta", "carolina", "georgia", "montana", "virginia"})
_CONFIRMS = frozenset({"that", "thats"})  # "and that's ohio?"
_FILLERS = frozenset({"uh", "um", "er", "erm", "hmm"})
_CHOICES = frozenset({"or", "and", "versus"})
# In a text without capitals, what stands before a state and is no city, though it is no small word either.
_NO_CITIES = frozenset(
    {
        "across", "another", "anywhere", "around", "both", "called", "either", "enter", "entering", "entire",
        "everywhere", "issued", "leave", "leaving", "left", "like", "live", "maybe", "near", "rural", "say", "says",
        "see", "since", "somewhere", "southern", "than", "through", "throughout", "under", "visit", "visited",
        "visiting", "whole", "within",
    }
)  # fmt: skip
_OF_STATES = frozenset(
    {
        "driver", "driver's", "drivers", "dl", "id", "law", "laws", "licence", "licences", "license", "licenses",
        "plate", "plates", "registration", "residents", "statute", "statutes", "tag", "tags", "title", "law's",
    }
)  # fmt: skip
_OPEN_CHOICE = re.compile(r"\b(?:anywhere|everywhere|someplace|somewhere)\b[^.?!\n\x1d\x1e]{0,40}$", re.ASCII)
_PART_OF_ADDRESS = re.compile(
    r"\b(?:address|born|city|county|live|living|mail|parish|post\s?code|postal|province|residence|state|street|town|"
    r"where|zip)\b",
    re.ASCII,
)
_TRAVELS = re.compile(
    r"\b(?:(?:travel(?:l?ed|s|l?ing)?|flights?(?:\s+[a-z]{0,3}\s?[0-9]{1,4})?|fly|flew|flies|flying|flown|trips?|trains?|"
    r"ferry|ferries|bus|buses|cruises?|tours?|bound|shipped|exported)\s+(?:to|from|in|through|across|around|for)|"
    r"borders?\s+(?:with|of|to|between)|(?:imported\s+from|made\s+in)|"
    r"(?:team|side|squad|players)\s+(?:beat|beats|defeated|lost\s+to|drew\s+with))\s+(?:the\s+)?$",
    re.ASCII,
)
_THINGS = r"(?:goods|parcels?|packages?|parts?|shipments?|deliver(?:y|ies)|orders?|spares?)"
_OF_THINGS = re.compile(
    r"\b(?:(?:population|economy|president|government|climate|weather|exports|parliament|maps?)\s+(?:of|in)|"
    r"(?:average|median|minimum|mean)\s+[a-z]+(?:\s+[a-z]+)?\s+(?:of|in)|visas?\s+(?:for|to)|(?:sold|available|legal)\s+in|"
    r"(?:warrant(?:y|ies)|guarantees?|licen[cs]es?|tickets?|pass(?:es)?|cards?|insurance)\b[^.?!\n]{0,40}\s(?:hold|holds|valid|apply)\s+in|"
    r"(?:our|their|its|the)\s+(?:[a-z]+\s+)?(?:offices?|shops?|branch(?:es)?|factor(?:y|ies)|stores?|warehouses?|suppliers?)\s+in|"
    rf"{_THINGS}\s+(?:[a-z]+\s+){{0,3}}from)\s+(?:the\s+)?$",
    re.ASCII,
)
_OWN_TRAVELS = re.compile(r"\b(?:i|i'm|i'll|i've|we|we're|we'll|my|our)\b[^.?!\n]*$", re.ASCII)
_REACH = 60  # characters before a place in which its travel stands
_QUESTION = 160  # characters of the turn before
_WITHIN = re.compile(r"[\w,;()/-][ (]$", re.ASCII)
_GOES_ON = re.compile(r"(?:'s)? [a-z]", re.ASCII)
_NO_CITY = Bit.FUNCTION | Bit.CALENDAR
_PLACED = Bit.PLACE | Bit.KNOWN_PLACE | Bit.UNKNOWN


class LoneRegions:
    """Tells of the states and countries of one transcript whether they stand by themselves."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript, self._parts = transcript, transcript.once(NameParts)
        parts = self._parts
        self._bits, self._said, self._starts = parts.bits, parts.said, parts.starts

    def tell_of_nobody(self, first: int, last: int) -> bool:
        """Return whether the listed state or country from one word to another says nothing of a person."""
        name = " ".join(self._said[first : last + 1])
        if name not in STATES:
            return self._is_lone_country(first)
        if (
            self._word(first - 1) in _CONFIRMS
            or name in _CITIES_TOO
            or (name in _NAMES_TOO and not self._is_surely_state(first))
        ):
            return False
        spoken = self.is_conversation(first)
        if not spoken and not self._is_in_sentence(first, last):
            return False
        return not (self._is_beside_city(first, last) or self._has_code(last) or (spoken and self._is_asked(first)))

    def is_conversation(self, at: int) -> bool:
        """Return whether the document of a word has turns."""
        stretches, turn = self._transcript.stretches, self._transcript.turn_at(self._starts[at])
        beside = stretches[max(0, turn - 1)], stretches[min(turn + 1, len(stretches) - 1)]
        return any(other is not stretches[turn] and other.document == stretches[turn].document for other in beside)

    def _is_lone_country(self, first: int) -> bool:
        start = self._starts[first]
        if self.is_conversation(first):
            parted = self._transcript.folded[max(0, start - 2) : start] == ", "  # "turin, italy"
            return not parted or self._is_open_choice(first)
        chosen = self._chosen_before(first)
        return self._is_travelled_to(first) or (chosen >= 0 and self._is_travelled_to(chosen))

    def _is_travelled_to(self, first: int) -> bool:
        start = self._starts[first]
        before = self._transcript.before(start, _REACH)
        if _OF_THINGS.search(before):
            return True
        return _TRAVELS.search(before) is not None and _OWN_TRAVELS.search(before) is None

    def _is_surely_state(self, first: int) -> bool:
        """Whether a name that persons bear is that of a state: "in virginia", "in ohio or georgia"."""
        chosen = self._chosen_before(first)
        return "in" in {self._word(first - 1), self._word(chosen - 1)} or (chosen >= 0 and self._is_open_choice(first))

    def _chosen_before(self, first: int) -> int:
        """Return where a state or country begins behind which "or" and a name stand; -1 where none does."""
        at = self._before_fillers(first)
        other = self._before_fillers(at)
        if other < 0 or self._word(at) not in _CHOICES or not (self._near(at + 1) and self._near(other + 1)):
            return -1
        return next((begins for begins in (other, other - 1) if self._is_region(begins, other)), -1)

    def _is_region(self, first: int, last: int) -> bool:
        return first >= 0 and self._listed(first, last) & Bit.REGION != 0

    def _listed(self, first: int, last: int) -> int:
        return lexicon().of(" ".join(self._said[first : last + 1]))

    def _is_open_choice(self, first: int) -> bool:
        """Whether a place is one of several that would do: "somewhere warm, kenya or oregon"."""
        start = self._starts[first]
        return _OPEN_CHOICE.search(self._transcript.before(start, _REACH)) is not None

    def _is_in_sentence(self, first: int, last: int) -> bool:
        """Whether words go on before a place or behind it: it is no field of a form and no line of an address."""
        start = self._starts[first]
        if start > 1 and self._transcript.cased[start - 1] == " ":
            return _WITHIN.search(self._transcript.folded, start - 2, start) is not None
        return _GOES_ON.match(self._transcript.cased, self._parts.end(last)) is not None

    def _is_beside_city(self, first: int, last: int) -> bool:
        """Whether a city may stand right before a state: a name, or in a text without capitals any word but a few."""
        at = self._before_fillers(first)
        if at < 0 or not self._near(at + 1):
            return False
        bits, word = self._bits[at], self._said[at]
        if bits & _NO_CITY or word in _NO_CITIES:
            return False
        if bits & NUMERAL:
            return self._word(last + 1) not in _OF_STATES
        if self._listed(at, at) & Bit.REGION and word in STATES:
            return self._word(last + 1) not in _CHOICES  # "ohio, indiana or maine"
        if not bits & Bit.PLAIN:
            capital = bits & (Bit.CAPITAL | Bit.CAPITALS | Bit.INITIAL)
            return bool(capital or bits & Bit.KNOWN_PLACE)
        return bool(bits & _PLACED or not self._is_open_choice(first))

    def _has_code(self, last: int) -> bool:
        """Whether digits stand behind a state that are no licence's: "ohio four four one two two"."""
        at = last + 1
        if at >= self._parts.count or not self._near(at) or not self._bits[at] & NUMERAL:
            return False
        start = self._starts[last]
        return OF_LICENCES.search(self._transcript.before(start, _QUESTION)) is None

    def _is_asked(self, first: int) -> bool:
        """Whether a state that opens a turn answers for an address, or is all of the turn but for a licence."""
        stretches, turn = self._transcript.stretches, self._transcript.turn_at(self._starts[first])
        stretch = stretches[turn]
        at = self._before_fillers(first)
        if turn == 0 or (at >= 0 and self._starts[at] >= stretch.start) or not self._same_document(turn):
            return False
        question = stretches[turn - 1]
        asked = self._transcript.folded[max(question.start, question.end - _QUESTION) : question.end]
        if OF_LICENCES.search(asked):
            return False
        return _PART_OF_ADDRESS.search(asked) is not None or self._is_all_of(stretch)

    def _is_all_of(self, stretch: Stretch) -> bool:
        """Whether a turn has three words at most."""
        words = self._transcript.words
        return words.at_or_behind(stretch.end) - words.at_or_behind(stretch.start) <= 3

    def _same_document(self, turn: int) -> bool:
        stretches = self._transcript.stretches
        return stretches[turn - 1].document == stretches[turn].document

    def _before_fillers(self, at: int) -> int:
        """Return the index of the word before another one, over what is said while somebody thinks; -1 at the start."""
        at -= 1
        while at > 0 and self._said[at] in _FILLERS:
            at -= 1
        return at

    def _near(self, at: int) -> bool:
        """Whether nothing but blanks, a line break, a comma or a bracket stands between a word and the one before."""
        between = self._transcript.folded[self._parts.end(at - 1) : self._starts[at]]
        return not between.strip(" ,\t\n(")

    def _word(self, at: int) -> str:
        return self._said[at] if 0 <= at < self._parts.count else ""
