"""Crossings and roads by their names: "at dundas and ossington", "the lights at main and third", "just off culebra".

Two names that are joined by "and" are a crossing where it is asked what happened and where, behind words that only
crossings have, and behind "near", "off" or "between" where they are no English words. A single name is a road behind
what is done on roads alone: turning onto them, heading east on them.
"""

import re
from collections.abc import Callable, Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.names.parts import is_medicine
from privity.redact.places.streets.street_words import LISTS, MOST_NAMES, StreetWords
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import NEXT_TURN, Group, Needed, Triggered

_JOINED = Triggered(
    rb"\b(at|near|off|off\s+of|between|(?:over|down|right)\s+by|by|of|on|from|is|to)\s+(?:uh\s+|um\s+|the\s+corner\s+of\s+)*"
    rb"((?:[a-z0-9']+\s+){1,4}?)(and)\s+[a-z0-9']",
    needs=("and", "at near off between by of on from is to"),
)
_MET = Triggered(rb"\b(?:on|is|was)\s+(?:uh\s+|um\s+)*((?:[a-z']+\s+){1,3}?)(at)\s+[a-z']", needs=("at", "on is was"))
_MET_THERE = Needed(
    "at",
    "on is was",
    (
        "accident hit happened collision crash crashed intersection corner cross street streets broke stranded tow "
        "towed located location pick pickup dispatch ambulance officer emergency robbed stolen rear where light lights"
    ),
)
_OPENING = re2.compile(rb"((?:[a-z0-9']+\s+){1,5}?)(and)\s+[a-z0-9']")
_ALONG = Triggered(
    rb"\b(?:(?:north|south|east|west)(?:\s?bound)?\s+(?:on|down|along)|turn(?:s|ing|ed)?\s+(?:left\s+|right\s+)?(?:on|onto|on\s+to|off)|"
    rb"(?:drive|drove|driving|going|headed|heading|coming|came|parked|traffic)\s+(?:down|along|off|off\s+of|onto|on)|"
    rb"(?:just|right|lot|road|exit|house|live|lives|live\s+right)\s+(?:off|off\s+of)|cross\s+streets?(?:'s|\s+(?:is|are)))\s+([a-z']+)",
    needs=(
        "on down along onto off street streets",
        (
            "north south east west northbound southbound eastbound westbound turn turns turning turned drive "
            "drove driving going headed heading coming came parked traffic just right lot road exit house live "
            "lives cross"
        ),
    ),
)
# What only crossings have before them, and what makes a place be spoken of.
_CROSSING = re.compile(
    r"\b(?:lights?|corner|intersection|crossing|stop\s+sign|signal|crosswalk|streets?|roundabout|ramp|exit)\s+"
    r"(?:(?:is|are|was|were|at|of|by|on|near|there|up|over|uh|um)\s+)*$",
    re.ASCII,
)
_HAPPENED = re.compile(
    r"\b(?:where|accident|hit|happened|collision|crash|crashed|rear\s+ended|intersection|corner|cross\s+streets?|streets?|"
    r"broke\s+down|stranded|towed?|pot\s?holes?|street\s?lights?|hydrants?|flood(?:ed|ing)|sinkhole|graffiti|lost|deer|"
    r"tree\s+down|power\s+lines?|outage|drop(?:ped)?\s+off|located|location|pick\s*up|dispatch|ambulance|officer|emergency|robbed|stolen)\b",
    re.ASCII,
)
_ASKED = Triggered(
    rb"\b(?:where\s+(?:did|was|were|are|is|exactly|should|do)|where's|(?:which|what|what's\s+the|nearest|major)\s+(?:intersection|corner|crossing)|"
    rb"cross\s+streets?|(?:your|the|exact|what)\s+location)\b[^\x1d\x1e]*\x1e",
    needs=("where intersection corner crossing street streets location", NEXT_TURN),
)
_CORNER = Triggered(
    rb"\b(?:corner|intersection)\s+of\b|\bcross\s+streets?\s+(?:is|are)\b", needs=("corner intersection cross",)
)
_SITES = (
    "store|shop|vet|bank|clinic|office|pharmacy|restaurant|church|school|station|diner|bar|gym|market|park|lot|light|house|"
    "apartment|building|place|one|shelter|hospital|library|hotel|motel|salon|deli|bakery|cemetery|graveside|garage|home"
)
# "just past spring and winslow", "down on kessler and chestnut", "the vet is on halstead and quarry"
_STOOD = Triggered(
    rb"(?:(?:^|[.?!\n\x1d\x1e]\s*)(?:on|at|near)|\b(?:just|right|over|down|up|out)\s+(?:past|by|at|on|off|near)|\b([a-z]+)(?:'s|\s+is|\s+are|\s+was)?\s+(?:on|off|at))\s+"
    rb"((?:[a-z']+\s+){1,2}?)(and)\s+[a-z']",
    needs=("and", "past by at on off near"),
)
# "i was on mulberry going north"
_GOING = Triggered(
    rb"\b(?:was|were|am|i'm|we're)\s+on\s+([a-z]{3,})\s+(?:going|heading|headed|driving),?\s+"
    rb"(?:north|south|east|west|northbound|southbound|eastbound|westbound|toward|towards|home|down|up|what|past|about)\b",
    needs=("on", "was were am i we", "going heading headed driving"),
)
SAID = Group(_JOINED, _MET_THERE, _ALONG, _ASKED, _CORNER, _STOOD, _GOING)
"""Without these there is no crossing in a text."""

# English words that many streets are called by.
_STREET_NAMES = frozenset(
    {
        "ash", "bay", "beach", "birch", "bridge", "broad", "cedar", "center", "cherry", "chestnut", "church",
        "college", "commerce", "court", "dogwood", "elm", "forest", "franklin", "front", "garden", "grove", "hickory",
        "high", "highland", "hill", "juniper", "laurel", "liberty", "lincoln", "linden", "locust", "magnolia", "main",
        "maple", "market", "meadow", "mill", "mulberry", "oak", "orchard", "park", "peach", "pine", "pleasant",
        "poplar", "prospect", "quarry", "railroad", "ridge", "river", "school", "spring", "spruce", "state", "summit",
        "sunset", "union", "valley", "vine", "walnut", "water", "willow",
    }
)  # fmt: skip
_SITE_WORDS = frozenset(_SITES.split("|"))
_NO_CROSSING = frozenset(
    {
        "work", "home", "school", "church", "here", "there", "back", "forth", "foremost", "lunch", "dinner",
        "mom", "dad", "husband", "wife", "sister", "brother", "then", "left", "right", "up", "down", "front", "now",
        "arms", "legs", "knees", "neck", "hip", "shoulder", "parts", "labor", "second", "over", "out", "off", "gone",
        "breakfast",
        "so",
    }
)  # fmt: skip
_NAMED = frozenset({"near", "off", "off of", "between", "between on", "by", "over by", "down by", "right by"})
_OVER_BY = frozenset({"over by", "down by", "right by"})
_REACH = 160
_MOST = 3  # words of a name
_SURELY = Bit.SURNAME | Bit.PLACE | Bit.UNKNOWN | Bit.GIVEN

_LONG_NAMES = (("martin", "luther", "king"), ("cesar", "chavez"), ("rosa", "parks"), ("frederick", "douglass"))
# What follows a crossing, and tells that its second name is over.
_BEHIND = frozenset(
    {
        "in", "on", "at", "about", "around", "near", "by", "which", "just", "this", "yesterday", "last", "right", "uh",
        "um", "so", "please", "where", "when", "there", "downtown", "across", "okay", "yeah",
    }
)  # fmt: skip
_STANDS = frozenset({"at", "near", "of", "off", "by"})
_CROSS = finding(Label.ADDRESS, "crossing", 'two names of streets, joined by "and"', 0.72, "context")
_ROAD = finding(Label.ADDRESS, "road-named", "a name where one goes along a road", 0.62, "context")


class Crossings:
    """Finds crossings in one transcript; `learn` is told the place of each name of a street."""

    def __init__(self, transcript: Transcript, read: StreetWords, learn: Callable[[int, int], None]) -> None:
        self._transcript, self._read, self._learn = transcript, read, learn
        self._words = transcript.words
        self._text = transcript.folded

    def claims(self) -> Iterator[Claim]:
        """Return crossings, and roads that are gone along."""
        octets = self._transcript.octets
        for match in _JOINED.finditer(octets):
            by = " ".join(match[1].decode("ascii").split())
            yield from self._joined(match.start(), match.start(2), match.start(3), by)
        for match in _MET.finditer(octets) if _MET_THERE.can_occur(octets) else ():
            yield from self._joined(match.start(), match.start(1), match.start(2), "met")
        for asked in _ASKED.finditer(octets):
            opening = _OPENING.search(octets, asked.end(), min(asked.end() + _REACH, len(octets)))
            if opening and self._transcript.turn_at(opening.start(2)) == self._transcript.turn_at(asked.end()):
                yield from self._joined(opening.start(), opening.start(), opening.start(2), "where")
        for match in _ALONG.finditer(octets):
            at = self._words.at_or_behind(match.start(1))
            if self._is_name(at) and self._read.is_strange(at):
                yield Claim(((self._words.starts[at], self._words.end(at)),), _ROAD)
        for match in _STOOD.finditer(octets):
            yield from self._stood(match.span(2), match.start(3), match[1])
        for match in _GOING.finditer(octets):
            at = self._words.at_or_behind(match.start(1))
            if self._is_street_name(range(at, at + 1)):
                self._learn(self._words.starts[at], self._words.ends[at])
                yield Claim(((self._words.starts[at], self._words.ends[at]),), _ROAD)
        yield from self._corners(octets)

    def _stood(self, name: tuple[int, int], joint: int, site: bytes | None) -> Iterator[Claim]:
        """Yield a crossing that something stands at, or that somebody is close to, of two names that streets have."""
        first, behind = self._words.at_or_behind(name[0]), self._words.at_or_behind(joint)
        before = self._words.at_or_behind(name[0]) - 1
        firm = any(self._words.bits[at] & Bit.THING for at in range(max(0, before - 2), before))
        if site is not None and site.decode() not in _SITE_WORDS and not firm:
            return
        end = self._second(behind + 1) if self._read.adjoins(behind + 1) else behind + 1
        if end == behind + 1 and self._read.adjoins(end) and self._read.word(end) in _STREET_NAMES:
            end += 1  # "church", where one goes as well
        one, two = range(first, behind), range(behind + 1, end)
        over = end > behind + 1 and (self._is_over(end) or self._words.bits[end] & Bit.FUNCTION)
        cased = [self._words.bits[at] & Bit.CAPITAL for at in (*one, *two) if not self._words.bits[at] & Bit.PLAIN]
        over = over and (all(cased) or not any(cased))  # "On Oak and pine"
        strictly = over and [self._is_street_name(names) for names in (one, two)]
        loosely = over and all(self._is_street_name(names, loosely=True) for names in (one, two))
        if strictly and any(strictly) and loosely:
            self._learn(self._words.starts[first], self._words.end(behind - 1))
            self._learn(self._words.starts[behind + 1], self._words.end(end - 1))
            yield Claim(((self._words.starts[first], self._words.end(end - 1)),), _CROSS)

    def _is_street_name(self, names: range, *, loosely: bool = False) -> bool:
        """Whether words are a name that streets have: no English word, a tree and the like, or one of these and a kind.

        Loosely, people may be called so too.
        """
        if not all(self._is_name(at) or self._read.word(at) in LISTS.compass | _STREET_NAMES for at in names):
            return False
        last = names[-1]
        if len(names) > 1 and self._read.word(last) in LISTS.kinds:
            last -= 1
        word, bits = self._read.word(last), self._words.bits[last]
        known = self._read.is_strange(last) or (loosely and bits & Bit.SURNAME and not bits & Bit.WORD)
        firm = bits & Bit.THING and not bits & Bit.PLACE_START
        named = known and not (firm or bits & Bit.PEOPLE) and not is_medicine(word)
        return bool(named) or word in _STREET_NAMES

    def _corners(self, octets: bytes) -> Iterator[Claim]:
        """Return both streets behind "the corner of", or the one that is known by then."""
        for match in _CORNER.finditer(octets):
            at = self._words.at_or_behind(match.end())
            one = self._street(at) if self._read.adjoins(at) else at
            if one == at:
                continue
            self._learn(self._words.starts[at], self._words.end(one - 1))
            end = one
            if self._read.word(one) in {"and", "at"} and self._read.adjoins(one) and self._read.adjoins(one + 1):
                two = self._street(one + 1)
                if two > one + 1:
                    self._learn(self._words.starts[one + 1], self._words.end(two - 1))
                    end = two
            yield Claim(((self._words.starts[at], self._words.end(end - 1)),), _CROSS)

    def _street(self, at: int) -> int:
        """Return the index behind the street that begins at a word, which may be a number: "46th", "martin luther"."""
        end = self._numbered_street(at)
        if end > at:
            return end
        while end - at < MOST_NAMES and (end == at or self._read.adjoins(end)) and self._read.may_name(end):
            if end > at and self._read.word(end) in _BEHIND:
                break
            end += 1
        return end

    def _numbered_street(self, at: int) -> int:
        """Return the index behind a street that has a number for a name, with its direction and kind, or `at`."""
        first = at + (self._read.word(at) in LISTS.compass and self._read.adjoins(at + 1))
        end = first
        while end < len(self._words.bits) and (end == first or self._read.adjoins(end)):
            if self._is_ordinal(end):
                end += 1
                kind = end < len(self._words.bits) and self._read.adjoins(end) and self._read.word(end) in LISTS.kinds
                return end + kind
            if self._read.word(end) == "mile" and end > first:
                return end + 1  # "corner of hayes and nine mile"
            if not self._words.bits[end] & NUMERAL:
                break
            end += 1
        return at

    def _is_ordinal(self, at: int) -> bool:
        word = self._read.word(at)
        return word in ORDINALS or (word[:1].isdigit() and word.endswith(("st", "nd", "rd", "th")))

    def _joined(self, cue: int, start: int, joint: int, by: str) -> Iterator[Claim]:
        behind = self._words.at_or_behind(joint)
        opening = self._words.at_or_behind(start)
        first = behind
        while behind - first < _MOST and first > opening and self._read.adjoins(first) and self._is_part(first - 1):
            first -= 1
        if first == behind or not self._read.adjoins(behind + 1):
            return
        end = self._second(behind + 1)
        if end == behind + 1:
            return
        document = self._transcript.documents[self._transcript.document_at(cue)]
        before = self._text[max(document, cue - _REACH) : cue]
        if self._read.adjoins(first) and self._read.word(first - 1) == "between":
            by = "between"
            if self._read.adjoins(first - 1) and self._read.is_strange(first - 2):
                by = "between on"  # "uintah between eighth and ninth"
        sure = by == "where" or _CROSSING.search(self._text, max(document, cue - 40), start) is not None
        spoken_of = sure or _HAPPENED.search(before) is not None
        one, two = range(first, behind), range(behind + 1, end)
        if by == "met" and not sure:
            crossing = spoken_of and self._are_streets(one, two, strictly=True)
        else:
            over = by in _OVER_BY and self._are_streets(one, two, strictly=False)
            crossing = over or self._is_crossing(one, two, by, sure=sure, spoken_of=spoken_of)
        if crossing:
            yield Claim(((self._words.starts[first], self._words.end(end - 1)),), _CROSS)

    def _are_streets(self, one: range, two: range, *, strictly: bool) -> bool:
        """Whether two names are written as such, or are no English words: "on Peachtree Road at Winters Chapel"."""
        named = [self._is_strange(names) for names in (one, two)]
        written = all(self._words.bits[at] & Bit.CAPITAL for at in (*one, *two))
        return all(named) if strictly and not written else written and (strictly or any(named))

    def _is_name(self, at: int) -> bool:
        if at >= len(self._words.texts) or self._words.bits[at] & Bit.CAPITALS:
            return False
        return self._read.may_name(at) and self._read.word(at) not in _NO_CROSSING

    def _is_part(self, at: int) -> bool:
        word = self._read.word(at)
        return word not in _NO_CROSSING and (self._is_name(at) or self._words.bits[at] & NUMERAL != 0)

    def _second(self, at: int) -> int:
        """Return the index behind the second name: a name with its kind, or a number with an ordinal behind it."""
        end = self._numbered_street(at)
        if end > at:
            return end
        for name in _LONG_NAMES:
            if self._words.said[at : at + len(name)] == list(name):
                return at + len(name)
        end = self._read.house(at) if self._words.bits[at] & NUMERAL else at
        if end > at:
            return end + 1 if self._read.adjoins(end) and self._read.word(end) in ORDINALS else end
        while end - at < _MOST and (end == at or self._read.adjoins(end)) and self._is_name(end):
            end += 1
            both = end < len(self._words.bits) and self._words.bits[end - 1] & self._words.bits[end] & Bit.CAPITAL
            if self._read.word(end - 1) not in LISTS.compass and not both:  # "at Winters Chapel"
                break
        if end > at and self._read.adjoins(end) and self._read.word(end) in LISTS.kinds:
            end += 1
        return end

    def _is_crossing(self, one: range, two: range, by: str, *, sure: bool, spoken_of: bool) -> bool:
        named = [self._is_strange(names) for names in (one, two)]
        numbered = [all(self._is_ordinal(at) or self._words.bits[at] & NUMERAL for at in names) for names in (one, two)]
        ordinals = any(self._is_ordinal(at) for at in (*one, *two))
        stands = spoken_of and by in _STANDS and self._is_over(two.stop)
        if all(numbered):
            return (sure or by == "between on" or stands) and any(self._is_ordinal(at) for at in two)
        if any(self._read.word(at).endswith("s") and self._words.bits[at] & Bit.WORD for at in (one[-1], two[-1])):
            return False
        if sure and by != "where" and not any(numbered):
            return True  # "the lights at jane and finch"
        if all(name or number for name, number in zip(named, numbered, strict=True)):
            # "by her aunt Delphine Moreau and three cousins"
            counted = numbered[1] and not ordinals and not self._is_over(two.stop)
            return not counted and (spoken_of or by in _NAMED or ordinals)
        if any(numbered):
            return (sure or stands) and ordinals
        kinds = by == "where" and any(self._read.word(names[-1]) in LISTS.kinds for names in (one, two))
        surely = [self._words.bits[at] & _SURELY for at in (one[-1], two[-1])]
        told = all(surely) or (stands and any(surely))
        return kinds or (spoken_of and by != "is" and told)  # "north highland lane and seventy sixth"

    def _is_over(self, end: int) -> bool:
        """Whether a name ends before a word: nothing stands there, or what says when and where."""
        return not self._read.adjoins(end) or self._read.word(end) in _BEHIND

    def _is_strange(self, names: range) -> bool:
        return any(self._read.is_strange(at) for at in names)
