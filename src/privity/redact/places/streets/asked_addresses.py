"""Parts of addresses that are all of an answer, and houses that somebody lives at.

"what's the cross street / pecos", "house number / five five one two", "buzzer / zero one eight", "she lives at two
sixteen", "the blue house at three four four one kincaid", "he's at number twelve".
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import CLOSED, LISTS, MOST_NAMES, StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.small_words import OWNERS
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, NEXT_TURN, Group, Triggered
from privity.redact.reading.vocabulary import one_of

_NUMBER_WORD = rf"(?:{one_of(NUMBER_WORDS)})"
_NUMBER_ASKED = Triggered(
    rb"\b(?:unit|apartment|apt|suite|buzzer|house|street|civic|building|lot|box|trailer|site|fire|pad|floor|condo|p\s+o\s+box|buzz\s+code)"
    rb"(?:\s+(?:number|code|is\s+(?:it|that)))?(?:\s+(?:of|on|for|at)\s+(?:the|your|that)\s+[a-z]+(?:\s+[a-z]+)?)?[\s?.,]*\x1e",
    needs=(
        "unit apartment apt suite buzzer house street civic building lot box trailer site fire pad floor condo buzz",
        NEXT_TURN,
    ),
)
# "okay cedar lane and what number / thirty three oh four"
_WHICH_NUMBER = Triggered(
    rb"\b(?:what|which)\s+number(?:\s+(?:is\s+it|on\s+(?:it|that)))?[\s?.,]*\x1e", needs=("number", NEXT_TURN)
)
_OF_STREETS = re.compile(r"\b(?:street|road|avenue|lane|drive|address|house|court|boulevard)\b", re.ASCII)
_STREETS_REACH = 240
_STREET_ASKED = Triggered(
    rb"\b(?:cross\s+streets?|street\s+name|name\s+of\s+the\s+street|(?:what|which|the)\s+(?:street|road|avenue))(?:\s+(?:is\s+(?:it|that)|are\s+you\s+on))?[\s?.,]*\x1e",
    needs=("street streets road avenue", NEXT_TURN),
)
_AT_NUMBER = Triggered(
    (
        rf"\b(?:(lives?\s+at|living\s+at|(?:he's|she's|i'm|we're|they're|live|lives|house)\s+at\s+number)\s+(?:{_NUMBER_WORD}|[0-9]+)|"
        rf"at(?:\s+{_NUMBER_WORD}){{3}})\b"
    ).encode(),
    needs=("at", A_NUMBER),
)
_HOME = Triggered(
    rb"\b(?:i|we|he|she|they)\s+liv(?:e|es|ed)\s+(?:at|on)\b|\b(?:my|our|his|her|their|home|mailing|street|billing)\s+address\s+is\b",
    needs=("live lives lived address",),
)
# "can you tell me your home address? / for Lincoln Road", with a number that was misheard, or none
_ADDRESS_ASKED = Triggered(rb"\baddress\b[^\x1d\x1e]{0,60}\x1e", needs=("address", NEXT_TURN))
ASKED = Group(_ADDRESS_ASKED, _NUMBER_ASKED, _WHICH_NUMBER, _STREET_ASKED, _AT_NUMBER, _HOME)
"""Without these nothing is asked for, and nobody says where they live."""

OPENS_ANSWER = CLOSED | {
    "it's", "uh", "um", "that's", "that'd", "that", "be", "would", "is", "it", "should", "yeah", "yes"
}  # fmt: skip
"""What may stand before the part of an address that answers."""
_NO_STREETS = LISTS.kinds | LISTS.no_names | LISTS.unit_words
_NUMBER = finding(Label.ADDRESS, "number-answered", "a number where a part of an address was asked for", 0.8, "context")
_ANSWERED = finding(
    Label.ADDRESS, "answered-address", "a number or a name where an address was asked for", 0.8, "context"
)


_NO_NAMED_STREET = OWNERS | {"the", "a", "an", "this", "that", "same"}
_ROADS = LISTS.sure_kinds | {"road", "street", "drive", "court", "lane", "circle", "trail"}  # none of "the best way"
_MOST_SAID = 24  # words of an answer that are looked at
_MOST_HEARD = 6  # words of a number and a name
_HOME_KINDS = LISTS.sure_kinds | {"road", "street", "drive", "court", "place"}


_NOT_POSTAL = re.compile(r"\b(?:e\s?-?mail|web|ip|i p|mac|internet|url|wallet|bitcoin|network|server)\s+$", re.ASCII)


def is_postal(text: str, start: int) -> bool:
    """Return whether the word "address" that begins at a place means a place and no mailbox or machine."""
    return _NOT_POSTAL.search(text, max(0, start - 12), start) is None and not text.startswith(
        (" bar", " book"), start + 7
    )


class AskedAddresses:
    """Finds answers in one transcript; `learn` is told the place of each name of a street."""

    def __init__(self, transcript: Transcript, read: StreetWords, learn: Callable[[int, int], None]) -> None:
        self._transcript, self._read, self._learn = transcript, read, learn
        self._words = transcript.words
        self._count = len(self._words.texts)

    def claims(self) -> Iterator[Claim]:
        """Return the number or the name that is all that answers a question for it, and houses that people live at."""
        octets = self._transcript.octets
        yield from self._numbers(octets)
        yield from self._names(octets)
        yield from self._lived_at(octets)
        yield from self._misheard_homes(octets)
        yield from self._named_homes(octets)

    def _numbers(self, octets: bytes) -> Iterator[Claim]:
        for match in (*_NUMBER_ASKED.finditer(octets), *filter(self._of_street, _WHICH_NUMBER.finditer(octets))):
            at = self._words.at_or_behind(match.end())
            while at < self._count and self._read.word(at) in OPENS_ANSWER:
                at += 1
            end = self._read.with_letter(self._read.house(at)) if at < self._count else at
            end = self._explained(end) if end > at else end
            if end > at and self._closes(at, end, match.end()):
                yield Claim(((self._words.starts[at], self._words.end(end - 1)),), _NUMBER)

    def _explained(self, end: int) -> int:
        """Return the index behind the word that explains the letter of a unit: "seventeen f as in frank"."""
        letter, words = self._read.word(end - 1), self._words.said[end : end + 3]
        return end + 3 if words[:2] == ["as", "in"] and words[2:] and words[2].startswith(letter) else end

    def _of_street(self, match: Any) -> bool:
        """Whether a street or an address is spoken of shortly before a number is asked for."""
        return _OF_STREETS.search(self._transcript.before(match.start(), _STREETS_REACH)) is not None

    def _names(self, octets: bytes) -> Iterator[Claim]:
        for match in _STREET_ASKED.finditer(octets):
            at = self._words.at_or_behind(match.end())
            while at < self._count and self._read.word(at) in OPENS_ANSWER:
                at += 1
            end = at
            while (
                end - at < MOST_NAMES
                and end < self._count
                and (end == at or self._read.adjoins(end))
                and self._read.may_name(end)
            ):
                end += 1
            if end > at and self._read.word(at) not in _NO_STREETS and self._closes(at, end, match.end()):
                self._learn(self._words.starts[at], self._words.end(end - 1))
                yield Claim(((self._words.starts[at], self._words.end(end - 1)),), _ANSWERED)

    def _lived_at(self, octets: bytes) -> Iterator[Claim]:
        for match in _AT_NUMBER.finditer(octets):
            lives = match[1]
            at = self._words.at_or_behind(match.end(1) if lives else match.start() + 2)
            numbered = lives is not None and lives.endswith(b"number")
            first = at - numbered
            behind = self._read.house(at)
            if behind == at or self._read.measures(self._words.end(behind - 1)):
                continue
            named = self._read.house_and_street(at) if behind - at > 2 else at
            if named > behind and self._read.is_strange(behind):
                yield Claim(((self._words.starts[at], self._words.end(named - 1)),), _ANSWERED)
            elif lives and (behind - at > 1 or numbered):
                yield Claim(((self._words.starts[first], self._words.end(behind - 1)),), _ANSWERED)

    def _misheard_homes(self, octets: bytes) -> Iterator[Claim]:
        """Return the street behind "i live at", whatever its number was taken for: "at free safety lincoln road"."""
        for match in _HOME.finditer(octets):
            at = end = self._words.at_or_behind(match.end())
            while end < self._count and end - at < _MOST_HEARD and (end == at or self._read.adjoins(end)):
                word = self._read.word(end)
                if word in _HOME_KINDS and end > at:
                    yield Claim(((self._words.starts[at], self._words.end(end)),), _ANSWERED)
                    break
                if word in _NO_NAMED_STREET:
                    break
                end += 1

    def _named_homes(self, octets: bytes) -> Iterator[Claim]:
        """Return the streets that answer a question for an address, whatever became of their numbers."""
        transcript, words = self._transcript, self._words
        for match in _ADDRESS_ASKED.finditer(octets):
            answer = transcript.stretches[transcript.turn_at(match.end())]
            if not is_postal(transcript.folded, match.start()):
                continue
            first, behind = words.at_or_behind(match.end()), words.at_or_behind(answer.end)
            for kind in range(first + 1, min(behind, first + _MOST_SAID)):
                named = self._read.word(kind) in _ROADS and not self._goes_on(kind + 1)
                if named and (at := self._name_before(kind, first)) < kind:
                    yield Claim(((words.starts[at], words.end(kind)),), _ANSWERED)

    def _goes_on(self, at: int) -> bool:
        """Whether an English word follows that makes a sentence of what may be a street: "the church drive slowly"."""
        if not self._read.adjoins(at) or self._read.word(at) in LISTS.unit_words | CLOSED:
            return False
        return self._words.bits[at] & (Bit.WORD | Bit.FUNCTION) == Bit.WORD

    def _name_before(self, kind: int, first: int) -> int:
        """Return the first word of what a street of a kind is called, or the kind where it has no name."""
        at = kind
        while at > first and kind - at < MOST_NAMES and self._read.adjoins(at) and self._is_named(at - 1):
            at -= 1
        return at

    def _is_named(self, at: int) -> bool:
        said = self._read.word(at)
        return self._read.may_name_in_lower_case(at) and said not in _NO_NAMED_STREET and said not in LISTS.no_streets

    def _closes(self, at: int, end: int, place: int) -> bool:
        """Whether words are the end of the turn that begins at a place."""
        turn = self._transcript.stretches[self._transcript.turn_at(place)]
        closes = end == self._count or self._words.starts[end] >= turn.end
        return closes and self._words.starts[at] < turn.end
