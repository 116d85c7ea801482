"""Cities, countries and states from the lists, and hospitals by their names."""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.names.company import initials
from privity.redact.names.nobodys.doubts import Doubts
from privity.redact.names.nobodys.uses import is_used
from privity.redact.names.parts import NameParts
from privity.redact.places.towns.lone_regions import LoneRegions
from privity.redact.reading.lexicon import Asked, Bit, lexicon
from privity.redact.reading.spelling import explains_letter
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered
from privity.redact.reading.vocabulary import vocabulary

_FACILITY_KINDS = (
    r"(?:Hospital|Clinic|Medical\s+Cent(?:er|re)|Health\s+Cent(?:er|re)|Hospice|Infirmary|Medical\s+Group|Healthcare|"
    r"Health\s+System|Health|Memorial|General|Rehabilitation\s+Center|Surgery\s+Center|Cancer\s+Center|Nursing\s+Home|"
    r"Children's|Medical|Center|(?:Cancer|Heart|Eye|Spine|Brain|Vascular|Orthop(?:a?edic)|Neurological|Rehabilitation)\s+Institute|"
    r"Urgent\s+Care|Regional|Pediatrics|Paediatrics|(?:[A-Z][a-z]+(?:ology|edics|atrics|etrics)|Medical|Health|Surgical)\s+Associates|"
    r"Institute|Hosp\.?)\b"
)
_FACILITY = Triggered(
    (
        rf"\b(?:(?:[A-Z][\w'&-]*|[A-Z][a-z]{{0,2}}\.)\s+(?:of\s+|the\s+|and\s+)?){{1,4}}(?:{_FACILITY_KINDS}\s*)+"
        r"(?:of\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?|\b(?:St\.?|Mt\.?|Saint|Mount)\s+[A-Z][a-z]+(?:'s)?\b|"
        r"\b[A-Z][a-z]+\s+(?:General|Memorial|facility|clinic|hospital)\b"
    ).encode(),
    needs=(
        (
            "hospital clinic medical health hospice infirmary healthcare memorial general rehabilitation surgery "
            "cancer nursing children center facility st mt saint mount institute urgent regional pediatrics "
            "paediatrics associates hosp"
        ),
    ),
)
_SAID_FACILITY = Triggered(
    rb"\b(?:saint|st\.?|mount|mt\.?)\s+[a-z]+(?:'s)?(?:\s+(?:hospital|clinic|medical\s+center|medical|health))+|"
    rb"\b[a-z]{5,}(?:\s+(?:ridge|valley|family|community|regional|county|general|memorial|children's|urgent|lake|hill))?\s+"
    rb"(?:hospital|clinic|medical\s+center|cancer\s+center|rehabilitation|pediatrics|cardiology|imaging|family\s+practice|"
    rb"family\s+medicine|health\s+center|surgery\s+center|nursing\s+home|dental|orthopedics|dermatology|oncology)\b",
    needs=(
        (
            "hospital clinic medical health cancer rehabilitation pediatrics cardiology imaging family surgery "
            "nursing dental orthopedics dermatology oncology"
        ),
    ),
)
_OPENS = re.compile(
    r"\b(?:in|at|from|near|to|of|city|around|live|lives|living|visit|visiting|for|downtown|by|is|into|outside|leaving)"
    r"\s*(?:of\s+|the\s+)?[\"(]?$",
    re.ASCII,
)
_LIVED_IN = re.compile(r"\b(?:in|from|near|outside|leaving)\s+$", re.ASCII)
# "Trust Center": of these there is one in every program and every firm.
_NO_FACILITIES = frozenset(
    {
        "action", "admin", "app", "billing", "call", "command", "contact", "control", "customer", "data", "download",
        "fitness", "game", "help", "learning", "media", "message", "mission", "network", "notification", "profit",
        "recreation", "resource", "security", "service", "shopping", "support", "training", "trust", "update",
        "visitor", "welcome",
    }
)  # fmt: skip
# What a clinic treats and a unit does: every hospital has one, and nobody's town is told by it.
_TREATED = frozenset(
    {
        "acute", "admissions", "allergy", "ambulatory", "antenatal", "anticoagulation", "assessment", "asthma", "back",
        "birth", "blood", "bone", "breast", "cardiac", "chest", "children's", "clinical", "colposcopy", "day", "dental",
        "dermatology", "diabetes", "diabetic", "discharge", "ear", "emergency", "endoscopy", "epilepsy", "eye", "fall",
        "falls", "fertility", "flu", "foot", "fracture", "hand", "headache", "hearing", "heart", "hypertension",
        "imaging", "infusion", "internal", "joint", "kidney", "lipid", "liver", "lung", "medical", "memory", "migraine",
        "minor", "movement", "neurology", "obesity", "occupational", "oncology", "outpatient", "pacemaker", "pain",
        "palliative", "paediatric", "pediatric", "podiatry", "postnatal", "renal", "respiratory", "sexual", "skin",
        "sleep", "spine", "sports", "stroke", "surgical", "thyroid", "transplant", "travel", "trauma", "urgent",
        "vaccination", "vascular", "vein", "walk-in", "warfarin", "women's", "wound", "injury", "same", "rapid",
        "access", "first", "fit", "rheumatology", "voice",
    }
)  # fmt: skip
_WARDS = frozenset({"clinic", "hospital", "center", "centre", "medical", "institute", "health"})
_BEFORE_FACILITIES = frozenset(
    {
        "admitted", "asked", "called", "contact", "have", "inform", "of", "patient", "per", "pt", "referred", "see",
        "seen", "should", "transfer", "transferred", "try", "visit", "what",
        "which", "will",
    }
)  # fmt: skip
_SAINTS = frozenset({b"saint", b"st", b"mount", b"mt"})
_OF_SAINTS = re.compile(r" (?:wort|bernards?)\b", re.ASCII)
_NUMBERED = re.compile(r" (?:no|num|number|nr)\b|#", re.ASCII)
_NAMING = Bit.UNKNOWN | Bit.PLACE | Bit.SURNAME
_STATE_BEHIND = re.compile(r",? (?:([A-Z]{2})\b|[A-Z])", re.ASCII)
_VOCABULARY = vocabulary()
_SINGLE = Bit.PLACE | Bit.REGION | Bit.FACILITY
_POSSIBLE = Bit.CAPITAL | Bit.CAPITALS | Bit.PLAIN
_WORDS = Bit.WORD | Bit.CALENDAR | Bit.PEOPLE
_LONGEST = 4  # words of the longest place that is looked up

_HOSPITAL = finding(Label.LOCATION, "facility", "a name, then hospital or clinic", 0.88, "capitals")
_SAID_HOSPITAL = finding(Label.LOCATION, "facility", "saint or mount, a name, then hospital", 0.85, "context")
_LISTED = finding(Label.LOCATION, "place-listed", "a place from the lists", 0.59, "lists")
_LISTED_PHRASE = finding(Label.LOCATION, "place-listed", "a place from the lists", 0.7, "lists")


def _may_be_place(bits: int) -> bool:
    """Whether a word may open a place of several words, or be one by itself; see `Places._judged_word`."""
    if not bits & Bit.PLACELIKE:
        return False
    return bits & Bit.PLACE_START != 0 or _may_stand_alone(bits)


def _may_stand_alone(bits: int) -> bool:
    if not bits & _POSSIBLE or not bits & (_SINGLE | Bit.PLACE_CODE):
        return False
    capital = bits & (Bit.CAPITAL | Bit.CAPITALS)
    return capital != 0 or not bits & _WORDS or bits & Bit.FACILITY != 0


_MAY_BE_PLACE = Asked(_may_be_place)
_MAY_STAND_ALONE = Asked(_may_stand_alone)


def _is_ward(words: list[str]) -> bool:
    """Whether a clinic is named by what it treats alone: "the Fracture Clinic", "the Birth Center", "Day Hospital"."""
    last = words[-1].rstrip(".")
    if last not in _WARDS or (last == "hospital" and words[0] != "day"):
        return False
    return all(word in _TREATED for word in words[:-1])


class Places:
    """Finds places in one transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._parts = transcript.once(NameParts)
        self._doubts = transcript.once(Doubts)
        self._lone = transcript.once(LoneRegions)
        self._bits, self._texts, self._starts = self._parts.bits, self._parts.texts, self._parts.starts
        self._listed_as = lexicon().of

    def claims(self) -> Iterator[Claim]:
        """Return facilities, cities and regions."""
        yield from self._facilities()
        for match in _SAID_FACILITY.finditer(self._transcript.octets):
            first = self._bits[min(self._transcript.words.at_or_behind(match.start()), self._parts.count - 1)]
            named = first & _NAMING and not first & (Bit.FUNCTION | Bit.DERIVED | Bit.WORD)
            if named or match[0].split(None, 1)[0].rstrip(b".") in _SAINTS:
                yield Claim((match.span(),), _SAID_HOSPITAL)
        yield from self._listed()

    def _facilities(self) -> Iterator[Claim]:
        if not _FACILITY.can_occur(self._transcript.octets):
            return
        for match in _FACILITY.finditer(self._transcript.cased.encode("ascii")):
            start, end = match.start(), match.start() + len(match[0].rstrip())
            first = self._bits[min(self._transcript.words.at_or_behind(start), self._parts.count - 1)]
            if not first & (Bit.CAPITAL | Bit.CAPITALS):
                continue  # in a text whose capitals tell nothing
            words = self._transcript.folded[start:end].split()
            while len(words) > 1 and self._opens_facility(words[0]) and words[:2] != ["our", "lady"]:
                start = end - len(self._transcript.folded[start + len(words.pop(0)) : end].lstrip())
            saint = words[0].rstrip(".").encode() in _SAINTS
            if saint and (self._listed_as(words[-1]) & Bit.FUNCTION or _OF_SAINTS.match(self._transcript.folded, end)):
                continue  # "at 900 Maple St. There was a leak", "St. John's wort"
            if words[-1].rstrip(".") == "hosp" and _NUMBERED.match(self._transcript.folded, end):
                continue  # "see you in May. Hosp no. 4471"
            if len(words) > 1 and not (words[-1] == "center" and words[-2] in _NO_FACILITIES) and not _is_ward(words):
                yield Claim(((start, end),), _HOSPITAL)

    def _opens_facility(self, word: str) -> bool:
        """Whether a capitalised word before a hospital opens the sentence: "Should Pine Ridge Clinic transfer her"."""
        opens = word in _VOCABULARY.facility_openers or word in _BEFORE_FACILITIES
        return opens or (self._listed_as(word) & (Bit.FUNCTION | Bit.GIVEN) == Bit.FUNCTION and word != "st")

    def _listed(self) -> Iterator[Claim]:
        beyond = 0
        bits, parts = self._bits, self._parts
        for at in parts.where(_MAY_BE_PLACE):
            if at < beyond:
                continue
            opens = bits[at] & Bit.PLACE_START and at + 1 < parts.count and bits[at + 1] & Bit.PLACE_NEXT
            if not opens and not _MAY_STAND_ALONE[bits[at]]:
                continue
            last = self._phrase(at) if opens else at
            if last == at and not self._judged_word(at):
                continue
            if explains_letter(self._transcript.words, at) or is_used(self._parts, self._transcript, at, last):
                continue
            beyond = last + 1
            if last > at and self._is_lone_region(at, last):
                continue
            end = self._with_state(parts.end(last))
            first = initials(self._parts, at)  # "R. J. Abernathy", who is called like a town
            yield Claim(((self._starts[first], end),), _LISTED_PHRASE if last > at or end > parts.end(at) else _LISTED)

    def _phrase(self, first: int) -> int:
        """Return the last word of the longest listed place that begins at a word, or the word itself."""
        reach, bits, count = first, self._bits, self._parts.count
        while reach + 1 < count and bits[reach + 1] & Bit.PLACE_NEXT and reach - first < _LONGEST - 1:
            if not self._parts.adjoins(reach + 1):
                break
            reach += 1
        for last in range(reach, first, -1):
            place = " ".join(self._parts.said[first : last + 1])
            known = self._listed_as(place)
            if known & _SINGLE and self._judged_phrase(first, last, known):
                return last
        return first

    def _judged_phrase(self, first: int, last: int, known: int) -> bool:
        """Whether a listed place of several words is meant as one, from its capitals and how well known it is."""
        bits = self._bits[first : last + 1]
        if all(now & (Bit.CAPITAL | Bit.FUNCTION) for now in bits) and bits[0] & Bit.CAPITAL:
            return True
        english = all(now & Bit.WORD for now in bits)
        if known & (Bit.REGION | Bit.FACILITY) or (known & Bit.KNOWN_PLACE and not english):
            return True
        names = bits[0] & Bit.NAMELIKE and bits[-1] & Bit.SURNAME
        return not names and self._opened(first)

    def _judged_word(self, at: int) -> bool:
        """Whether a listed place is meant as one, from its capital, the word before it, and how well known it is."""
        bits = self._bits[at]
        if not _MAY_STAND_ALONE[bits] or self._parts.said[at] == "para":
            return False  # "para espanol oprima el dos"
        if bits & Bit.PLACE_CODE and bits & Bit.CAPITALS:
            return self._parts.behind_place_word(at) or self._to(at)
        return not self._parts.no_person(at) and self._judged_name(at, bits)

    def _judged_name(self, at: int, bits: int) -> bool:
        capital = bits & (Bit.CAPITAL | Bit.CAPITALS)
        if self._tells_of_nobody(at, bits):
            return False
        if bits & _WORDS and not bits & Bit.FACILITY:
            return capital != 0 and bits & Bit.KNOWN_PLACE != 0 and self._opened(at)
        if bits & (Bit.REGION | Bit.FACILITY):
            return True
        if capital:
            return self._opened(at) or bits & Bit.KNOWN_PLACE != 0 or not bits & Bit.GIVEN
        if bits & Bit.KNOWN_PLACE:
            return self._opened(at) or not bits & (Bit.FREQUENT_SURNAME | Bit.FREQUENT_GIVEN)
        return (
            self._parts.behind_place_word(at)
            and len(self._texts[at]) > 3
            and not bits & (Bit.FREQUENT_GIVEN | Bit.FREQUENT_SURNAME)
        )

    def _tells_of_nobody(self, at: int, bits: int) -> bool:
        """Whether a place is a thing, "the silverado", or a country by itself, "canada and mexico are included"."""
        if bits & Bit.REGION and self._lone.tell_of_nobody(at, at):
            return True
        return self._doubts.is_thing(at, at) and not self._is_lived_in(at)

    def _is_lone_region(self, first: int, last: int) -> bool:
        """Whether several words are a state or a country by itself, "in north dakota"."""
        place = " ".join(self._parts.said[first : last + 1])
        return self._listed_as(place) & Bit.REGION != 0 and self._lone.tell_of_nobody(first, last)

    def _is_lived_in(self, at: int) -> bool:
        start = self._starts[at]
        return _LIVED_IN.search(self._transcript.folded, max(0, start - 8), start) is not None

    def _to(self, at: int) -> bool:
        start = self._starts[at]
        return self._transcript.folded[max(0, start - 4) : start] in {" to ", " at "}

    def _opened(self, at: int) -> bool:
        start = self._starts[at]
        return _OPENS.search(self._transcript.folded, max(0, start - 16), start) is not None

    def _with_state(self, end: int) -> int:
        """Return the end of a place with the state behind it: "Sacramento, CA"."""
        state = _STATE_BEHIND.match(self._transcript.cased, end)
        code = state[1].lower() if state and state[1] else ""
        if code in _VOCABULARY.state_words and self._bits[self._transcript.words.at_or_behind(end) - 1] & Bit.PLAIN:
            return end  # "CEDAR FALLS ON MAY SIXTH"
        return state.end() if state and code in _VOCABULARY.state_codes else end
