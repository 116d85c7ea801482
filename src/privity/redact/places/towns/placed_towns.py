"""Towns by the words right around them: "your bangor office", "is that in ferguson", "he'd come out to kearney".

Behind a street the town may be all of a later turn, "got it / whitehorse / and the postal code"; there also one that no
list has is a town when the code is asked for next.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from privity.redact.claims import Claim
from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import CLOSED, LISTS, StreetWords
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Stretch, Transcript
from privity.redact.reading.triggers import Group, Triggered

_SITES = (
    "office offices branch branches store stores location locations warehouse plant campus depot showroom terminal "
    "facility clinic hospital airport shop dealership"
)
_OF_FIRM = Triggered(
    rf"\b(?:your|our|the|their|that)\s+([a-z]+(?:\s+[a-z]+)?)\s+(?:{_SITES.replace(' ', '|')})\b".encode(),
    needs=("your our the their that", _SITES),
)
_IS_IN = Triggered(rb"\bis\s+(?:that|it|this|the\s+house)\s+in\s+([a-z])", needs=("is", "in"))
_OUT_TO = Triggered(
    rb"\b(?:come|comes|came|coming|drive|drives|drove|driving|go|goes|went|going|get|gets|got|head|heading|headed|move|"
    rb"moved|moving|send|sent|ship|shipped)\s+(?:[a-z]+\s+)?(?:out|over|up|down|back)\s+to\s+([a-z])",
    needs=("to", "out over up down back"),
)
SAID = Group(_OF_FIRM, _IS_IN, _OUT_TO)
"""Without these and without a street there is no such town in a text."""

_CODE_ASKED = re.compile(r"\b(?:zip|postal|post\s?code|postcode)\b", re.ASCII)
_OPENS = CLOSED | {"in", "that's", "that", "it's", "it", "is", "uh", "um", "er", "and", "yes", "yeah", "okay", "city"}
_NO_TOWN = Bit.FUNCTION | Bit.CALENDAR | Bit.THING | Bit.TITLE | Bit.PEOPLE | Bit.NO_PERSON
_NAMED_SO = Bit.FREQUENT_GIVEN | Bit.GIVEN | Bit.FREQUENT_SURNAME
_NEAR = 160  # characters behind a street
_MOST = 3  # words of a town
_MOST_TURNS = 3

_SITE = finding(Label.LOCATION, "town-of-site", "a town before the office or branch that is there", 0.68, "context")
_ASKED = finding(Label.LOCATION, "town-asked", "a town that a street is said to be in", 0.68, "context")
_WENT = finding(Label.LOCATION, "town-gone-to", "a town that somebody comes out to", 0.66, "context")
_TURN = finding(Label.LOCATION, "town-in-turn", "a town that is all of a turn behind a street", 0.7, "context")


class PlacedTowns:
    """Finds such towns in one transcript; `streets` is where its streets end."""

    def __init__(self, transcript: Transcript, read: StreetWords, streets: Iterable[int]) -> None:
        self._transcript, self._read = transcript, read
        self._words = transcript.words
        self._streets: Sequence[int] = sorted(streets)

    def claims(self) -> Iterator[Claim]:
        """Return the towns."""
        octets = self._transcript.octets
        if SAID.can_occur(octets):
            yield from self._sites(octets)
            for match in _IS_IN.finditer(octets):
                if self._is_near_street(match.start()):
                    yield from self._town(match.start(1), _ASKED, named=True)
            for match in _OUT_TO.finditer(octets):
                yield from self._town(match.start(1), _WENT, named=False)
        yield from self._turns()

    def _sites(self, octets: bytes) -> Iterator[Claim]:
        for match in _OF_FIRM.finditer(octets):
            first = self._words.at_or_behind(match.start(1))
            behind = self._words.at_or_behind(match.end(1))
            for at in range(first, behind):
                if self._is_town(at, behind, named=False):
                    yield Claim(((self._words.starts[at], match.end(1)),), _SITE)
                    break

    def _town(self, start: int, why: Finding, *, named: bool) -> Iterator[Claim]:
        """Yield the longest town that begins at a place, behind which nothing follows that it could describe."""
        at = self._words.at_or_behind(start)
        for behind in range(min(at + _MOST, len(self._words.said)), at, -1):
            joined = all(self._read.adjoins(i) for i in range(at + 1, behind))
            if joined and self._read.ends_town(behind) and self._is_town(at, behind, named=named):
                yield Claim(((start, self._words.end(behind - 1)),), why)
                break

    def _is_town(self, at: int, behind: int, *, named: bool) -> bool:
        """Whether words are a listed town; `named` also one that persons bear."""
        known = lexicon().of(" ".join(self._words.said[at:behind]))
        if not known & (Bit.PLACE | Bit.KNOWN_PLACE) or not self._read.bare(at):
            return False
        if behind - at > 1:
            return True
        if known & (_NO_TOWN | Bit.WORD):
            return False
        return named or not known & _NAMED_SO or known & Bit.KNOWN_PLACE != 0

    def _is_near_street(self, place: int) -> bool:
        """Whether a street ends shortly before a place, in its document."""
        at = bisect_left(self._streets, place + 1) - 1
        document = self._transcript.documents[self._transcript.document_at(place)]
        return at >= 0 and self._streets[at] >= max(document, place - _NEAR)

    def _turns(self) -> Iterator[Claim]:
        """Yield towns that are all of a turn behind that of a street."""
        stretches = self._transcript.stretches
        done: set[int] = set()
        for end in self._streets:
            street = self._transcript.turn_at(max(0, end - 1))
            for turn in range(street + 1, min(street + 1 + _MOST_TURNS, len(stretches))):
                stretch = stretches[turn]
                if stretch.document != stretches[street].document or stretch.start - end > _NEAR:
                    break
                if turn in done:
                    continue
                done.add(turn)
                yield from self._whole(turn)

    def _whole(self, turn: int) -> Iterator[Claim]:
        stretch = self._transcript.stretches[turn]
        at, behind = self._words.at_or_behind(stretch.start), self._words.at_or_behind(stretch.end)
        if behind - at > _MOST * 2:
            return
        while at < behind and self._read.word(at) in _OPENS:
            at += 1
        end = behind - (behind - at > 1 and self._read.word(behind - 1) in LISTS.states)
        if not 0 < end - at <= _MOST or not all(self._read.adjoins(i) for i in range(at + 1, behind)):
            return
        listed = self._is_town(at, end, named=False)
        asked = not listed and self._is_code_asked(self._transcript.next_turn(stretch.start))
        if listed or (asked and all(map(self._read.may_name, range(at, end))) and self._is_named(at, end)):
            yield Claim(((self._words.starts[at], self._words.end(behind - 1)),), _TURN)

    def _is_code_asked(self, turn: Stretch | None) -> bool:
        return turn is not None and _CODE_ASKED.search(self._transcript.folded, turn.start, turn.end) is not None

    def _is_named(self, at: int, end: int) -> bool:
        """Whether a word of a turn is no English one, or all of them are a place that is also a word."""
        known = lexicon().of(" ".join(self._words.said[at:end]))
        return known & Bit.PLACE != 0 or any(self._read.is_strange(i) for i in range(at, end))
