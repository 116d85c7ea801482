"""Capitalised words that no English dictionary knows: names and places from everywhere, which no list could hold.

In a text whose capitals tell something, a capitalised word in the middle of a sentence is a name of something; when it
is no word of English, it is the name of somebody or of some place. Words beside it say which: "in Tujetsch", "for
Sigrid Nystrom". Illnesses, firms and institutions named after somebody identify nobody.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.names.company import hyphened, initials, written_before, written_behind
from privity.redact.names.nobodys.doubts import Doubts
from privity.redact.names.nobodys.uses import is_most
from privity.redact.names.parts import NameParts, is_medicine
from privity.redact.reading.lexicon import LISTED, ORDINARY, Asked, Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_CAPITAL = Asked(lambda bits: bits & (Bit.CAPITAL | Bit.CAPITALS) != 0)
_KNOWN = Bit.WORD | Bit.NO_NAME | Bit.FUNCTION | Bit.CALENDAR | Bit.PEOPLE | Bit.TITLE | Bit.NUMBER | Bit.NO_PERSON
_IS_PLACE = Bit.PLACE | Bit.REGION
_OPENS_PLACE = re.compile(
    r"\b(?:in|at|from|near|to|around|lives|live|living|visit|visiting|visited|downtown|outside|leaving|through|via)"
    r"(?:\s+the)?\s+$",
    re.ASCII,
)
_OWNED = re.compile(r"'s? [a-z]", re.ASCII)
_DOES = re.compile(
    r",? (?:is|was|has|had|will|would|can|said|says|called|lives|lived|works|moved|told|asked|wants|needs|who|and|had|"
    r"complains|reports|presents|presented|reported|came|went|gave|took|arrived)\b",
    re.ASCII,
)
_LONGEST = 6  # words
_DEPARTMENTS = frozenset({"hr", "it", "ap", "ar", "er", "icu", "pr", "qa"})
_ARTICLES = frozenset({"the", "a", "an", "this", "my"})
_JOINED = re.compile(r"([A-Z][a-z]*)([A-Z][a-z]+)", re.ASCII)
_LONGEST_UNIT = 3  # letters
_SEVERAL = re.compile(r"[A-Z]{2,}s", re.ASCII)  # "three TVs"

_PERSON = finding(Label.NAME, "name-capitals", "capitalised words that are in no dictionary", 0.55, "capitals")
_PLACE = finding(
    Label.LOCATION, "place-capitals", "a capitalised word in no dictionary behind a preposition", 0.55, "capitals"
)


class Capitals:
    """Finds capitalised names in one transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._parts = transcript.once(NameParts)
        self._doubts = transcript.once(Doubts)
        self._bits, self._texts, self._starts = self._parts.bits, self._parts.texts, self._parts.starts

    def claims(self) -> Iterator[Claim]:
        """Return capitalised words that look like names of people or places."""
        bits = self._bits
        beyond = 0
        for at in self._parts.where(_CAPITAL):
            if at < beyond:
                continue
            last = self._last_of_sequence(at)
            beyond = last + 1
            if bits[at] & _KNOWN and last == at:
                continue
            claim = self._judged(at, last)
            if claim is not None:
                yield claim

    def _last_of_sequence(self, first: int) -> int:
        """Return the last of the capitalised words that stand together, with the particles between them."""
        bits, parts = self._bits, self._parts
        last = first
        at = first + 1
        while at < parts.count and at - first < _LONGEST and parts.adjoins(at):
            if bits[at] & (Bit.CAPITAL | Bit.CAPITALS | Bit.INITIAL):
                last = at
            elif not bits[at] & Bit.LINK or bits[at] & Bit.NUMBER or parts.said[at] == "in":
                break  # "Dr. Ibarra in Boise"
            at += 1
        return last

    def _judged(self, first: int, last: int) -> Claim | None:
        bits, parts = self._bits, self._parts
        name = self._name_within(first, last) if not parts.no_person(last, first) else None
        if name is None:
            return None
        first, last = name
        start = self._starts[first]
        before = self._transcript.folded[max(0, start - 14) : start]
        opened = bool(_OPENS_PLACE.search(before))
        listed = bits[first] & _IS_PLACE and not any(bits[at] & Bit.NAMELIKE for at in range(first, last + 1))
        place = opened or bool(listed)
        if not place:
            first, last = initials(parts, written_before(parts, first, last)), written_behind(parts, last)
            first, last = hyphened(parts, self._with_particles(first), last)
        if self._is_something(first, last, before, opened=opened, place=place):
            return None
        return Claim(((self._starts[first], parts.end(last)),), _PLACE if place else _PERSON)

    def _name_within(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the words of a sequence that may be a name, without those around them that are none."""
        bits, parts = self._bits, self._parts
        opens = parts.opens_sentence(first)
        while first <= last and bits[first] & _KNOWN and not bits[first] & Bit.NAMELIKE:
            first += 1
        first, last = self._without_company(first, last)
        while last >= first and bits[last] & _KNOWN and not bits[last] & (Bit.WORLDLY_SURNAME | Bit.NAMELIKE):
            if bits[last] & Bit.NO_PERSON or parts.said[last] in vocabulary().trades:
                return None
            last -= 1
        if first > last or not any(self._strong(at) for at in range(first, last + 1)):
            return None
        opens = opens and parts.opens_sentence(first)
        if first == last and (bits[first] & Bit.REGION or not self._alone(first, opens=opens)):
            return None  # `places.towns.listed` knows countries and states
        return first, last

    def _is_something(self, first: int, last: int, before: str, *, opened: bool, place: bool) -> bool:
        """Whether what looks like a name is a medicine, a month, a measure, a make or another thing."""
        word = self._parts.said[first] if first == last else ""
        if word == "max" and is_most(self._parts, first):
            return True
        if word and opened and self._bits[first] & Bit.CALENDAR:
            return True  # "they closed in April"
        if word and not place and not self._bits[first] & LISTED and is_medicine(word):
            return True
        if before.endswith(" as in ") or (opened and self._doubts.is_used(first, last)):
            return True
        doubted = self._doubts.is_thing if opened else self._doubts.about
        return doubted(first, last) or self._is_model(first, last)

    def _without_company(self, first: int, last: int) -> tuple[int, int]:
        """Return the words without a rank before and a month or an office behind: "Cpl Hathaway", "Paris in April"."""
        said = self._parts.said
        apart = self._bits[last] & Bit.CALENDAR or said[last] in _DEPARTMENTS
        if last - 1 > first and apart and said[last - 1] == "in":
            last -= 2
        return first + (first < last and said[first] in vocabulary().offices), last

    def _with_particles(self, first: int) -> int:
        """Return the first of the particles before a surname: "about van Dijk"."""
        bits = self._bits
        small = Bit.PARTICLE | Bit.CAPITAL | Bit.CAPITALS
        while (
            self._parts.adjoins(first) and bits[first - 1] & small == Bit.PARTICLE and len(self._texts[first - 1]) > 1
        ):
            first -= 1
        return first

    def _is_model(self, first: int, last: int) -> bool:
        """Whether an article stands before a word that no list has and a letter: "the Netgear R 7000"."""
        lettered = last > first and self._bits[last] & Bit.INITIAL and not self._bits[first] & LISTED
        return bool(lettered) and self._parts.before(first) in _ARTICLES

    def _strong(self, at: int) -> bool:
        """Whether a word by itself speaks for a name: in no dictionary, or in a list and in no dictionary."""
        bits = self._bits[at]
        if bits & Bit.CAPITALS:
            return (
                len(self._texts[at]) > 4
                and bits & (Bit.UNKNOWN | _IS_PLACE) != 0
                and not bits & (_KNOWN | Bit.DERIVED)
                and sum(letter in "AEIOUY" for letter in self._texts[at]) > 1
            )
        text = self._texts[at]
        if bits & ORDINARY or len(text) < 2 or _SEVERAL.fullmatch(text) or _is_coined(text):
            return False
        if text == "Ray" and self._texts[at - 1] in {"X", "x"} and self._parts.between(at - 1) == "-":
            return False
        return (
            bits & (LISTED | _IS_PLACE | Bit.FOREIGN_SURNAME) != 0 or bits & (Bit.UNKNOWN | Bit.DERIVED) == Bit.UNKNOWN
        )

    def _alone(self, at: int, *, opens: bool) -> bool:
        """Whether one capitalised word is a name, which at the start of a sentence needs more to speak for it."""
        if not opens:
            return True
        bits = self._bits[at]
        if bits & (Bit.NAMELIKE | Bit.FOREIGN_SURNAME | Bit.FREQUENT_SURNAME) or self._parts.closes_sentence(at):
            return True
        end = self._parts.end(at)
        cased = self._transcript.cased
        return bool(_OWNED.match(cased, end) or _DOES.match(cased, end))


def _is_coined(text: str) -> bool:
    """Whether a word with a capital within is a unit or goods, "GHz", "EcoBoost", but not "JoAnn" or "DeShawn"."""
    joined = _JOINED.fullmatch(text)
    if joined is None:
        return False
    opening, rest = (lexicon().of(part.lower()) for part in joined.groups())
    unit = len(joined[1]) == 1 and len(text) <= _LONGEST_UNIT
    return unit or (rest & (Bit.WORD | LISTED) == Bit.WORD and not opening & (LISTED | Bit.PARTICLE))
