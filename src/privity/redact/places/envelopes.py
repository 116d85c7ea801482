"""Addresses as they stand on envelopes all over the world: the street before its number, units, towns, countries.

"Via Roma 131, Apt. 425, Montafia, Italy 39767" has nothing in common with "1420 Maple Avenue" but that it grows from a
seed. A seed is a street of either kind, a unit, or a military box; from there the address goes on to the left over
house numbers and to the right over everything that only addresses hold: units, postal codes, states, capitalised names
of towns and countries. It ends at the first word of a sentence. Capitals have to tell something, except of boxes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.names.parts import NameParts
from privity.redact.places.said_rooms import is_of_firm
from privity.redact.reading.lexicon import Asked, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Needed, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
_MILITARY = Triggered(
    rb"\b(?:psc\s+[0-9]{1,5},?\s+box\s+[0-9]{1,5}|unit\s+[0-9]{1,5},?\s+box\s+[0-9]{1,5}|us[nc][sv]\s+[a-z'-]+)"
    rb"(?:[\s,]+(?:apo|fpo|dpo)[\s,]+(?:aa|ae|ap)[\s,]+[0-9]{5}(?:-[0-9]{4})?)|"
    rb"\b(?:apo|fpo|dpo)[\s,]+(?:aa|ae|ap)[\s,]+[0-9]{5}\b",
    needs=("psc unit apo fpo dpo usns usnv uscs uscv",),
)
_UNIT = Triggered(
    rb"\b(?:apt|apartment|suite|ste|flat|unit|floor|piso|appt|appartement|wohnung|lgh)\.?\s+(?:no\.?\s*)?#?[0-9]{1,5}[a-z]?\b",
    needs=("apt apartment suite ste flat unit floor piso appt appartement wohnung lgh", A_DIGIT),
)
_SEEDS = Group(_MILITARY, _UNIT, Needed(A_DIGIT))
_UNIT_BEHIND = re.compile(
    r"(?:apt|apartment|suite|ste|flat|unit|floor|fl|piso|appt|bldg|building|lot|box|#)\.?\s*#?\s*[0-9]{1,5}[a-z]?\b",
    re.ASCII | re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"(?:^|(?<![\w.,$/-]))[0-9]{1,6}(?:-[0-9]{1,4})?[a-z]?,?[ \n\t]{1,3}$", re.ASCII)
_SEPARATOR = re.compile(
    r"(?:\.?[ \t]*\n[ \t]*|[ \t]*,[ \t\n]*|[ \t]+|\.[ \t]+(?=(?:apt|suite|ste|unit)\.? ?[0-9]))(?:,[ \t]*)?", re.ASCII
)
_CODE = re.compile(r"(?:[A-Z]{1,2}-)?[0-9]{3,6}(?:[- ][0-9]{3,4}|[- ][A-Z]{2})?(?![\w/:]|[.,][0-9])", re.ASCII)
_BRITISH = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b", re.ASCII)
_STREET_NAME = re.compile(
    rf"(?:{one_of(_VOCABULARY.streets_elsewhere)})|[a-z]{{2,}}(?:{one_of(_VOCABULARY.street_endings)})", re.ASCII
)
_SPELLS = re.compile(r"\b[a-z],? (?:as in|is in|as|for|like) $", re.ASCII)  # "X as in Xray 69"
_PLACED = re.compile(r"\b(?:at|to|on|of|near|from|address|street|lives|live|is|in)[: ]\s*$", re.ASCII)
_TAIL = _VOCABULARY.streets_elsewhere
_SHAPED = Bit.CAPITAL | Bit.CAPITALS | Bit.INITIAL
_ORDINARY = Bit.WORD | Bit.CALENDAR | Bit.PEOPLE | Bit.TITLE
_STRONG = Bit.UNKNOWN | Bit.PLACE | Bit.REGION | Bit.GIVEN | Bit.SURNAME | Bit.PLACE_START
_NUMERAL = Asked(lambda bits: bits & (Bit.DIGITS | Bit.MIXED) != 0)
_BETWEEN = frozenset({" ", "-", "'", ". "})
_ENGLISH = Bit.FUNCTION | Bit.DERIVED | Bit.NO_NAME
_NO_END = frozenset("-/%:")  # behind a number that is none of a street
_ACRONYM = 3  # letters; two are a state, more a town
_LONGEST = 160  # characters behind the seed

_ADDRESS = finding(Label.ADDRESS, "street-address", "a street and what belongs to it", 0.93, "form")


def _longest_first(part: Part) -> Part:
    return part[0], -part[1]


class Envelopes:
    """Grows addresses in one transcript from their seeds."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._cased, self._folded = transcript.cased, transcript.folded
        self._parts = transcript.once(NameParts)
        self._bits, self._texts, self._starts = self._parts.bits, self._parts.texts, self._parts.starts

    def claims(self, streets: Sequence[Part]) -> Iterator[Claim]:
        """Return the addresses that grow from streets which were found before, and from seeds of their own.

        Seeds have digits, or are boxes of the military.
        """
        octets = self._transcript.octets
        if not (streets or _SEEDS.can_occur(octets)):
            return
        seeds = [*streets, *(m.span() for m in _MILITARY.finditer(octets)), *(m.span() for m in _UNIT.finditer(octets))]
        seeds += self._streets_before_numbers()
        reached = -1
        for start, end in sorted(seeds, key=_longest_first):
            if end <= reached:
                continue
            first, last = self._from(start), self._to(end)
            if last == end and is_of_firm(self._transcript, start, end):
                continue
            yield Claim(((max(first, reached), last),), _ADDRESS)
            reached = last

    def _streets_before_numbers(self) -> Iterator[Part]:
        """Yield "Via Roma 131": capitalised words before a number that only a street can be."""
        bits, parts, starts = self._bits, self._parts, self._starts
        for at in parts.where(_NUMERAL):
            if at == 0 or (not bits[at - 1] & _SHAPED and parts.said[at - 1] not in _TAIL):
                continue
            if bits[at - 1] & (Bit.FUNCTION | Bit.LINK) == Bit.FUNCTION:
                continue  # "by the way. The 21st"
            end = parts.end(at)
            if end - starts[at] > 5 or not self._texts[at][0].isdigit() or self._cased[end : end + 1] in _NO_END:
                continue
            first = self._first_of_street(at)
            if first < at and self._is_street(first, at):
                yield starts[first], end

    def _first_of_street(self, number: int) -> int:
        """Return the first of the capitalised words before a number, or the number itself when there is none."""
        bits, starts = self._bits, self._starts
        first = at = number
        while at > 0 and number - at < 6:
            at -= 1
            between = self._cased[self._parts.end(at) : starts[at + 1]]
            word = self._texts[at].lower()
            if between not in _BETWEEN or (at + 1 == number and between == "-") or (between == ". " and len(word) > 4):
                break
            if bits[at] & _SHAPED or word in _TAIL:
                first = at
            elif not bits[at] & Bit.LINK:
                break
        return first

    def _is_street(self, first: int, number: int) -> bool:
        bits = self._bits
        words = range(first, number)
        start = self._starts[first]
        before = self._folded[max(0, start - 12) : start]
        if _SPELLS.search(before) or self._is_gate(first) or not any(len(self._texts[at]) > 2 for at in words):
            return False
        if any(_STREET_NAME.fullmatch(self._texts[at].lower()) and not bits[at] & _ENGLISH for at in words):
            return not bits[number - 1] & Bit.CALENDAR
        if any(bits[at] & (Bit.CALENDAR | Bit.TITLE) for at in words):
            return False
        strong = all(bits[at] & (_STRONG | Bit.LINK | Bit.INITIAL) and not bits[at] & Bit.WORD for at in words)
        numbered = "," not in before[-3:] and _NUMBER_BEFORE.search(before) is not None
        if numbered:
            return strong or not all(bits[at] & Bit.WORD for at in words)
        if not strong or len(self._texts[number]) > 4:
            return False
        end = self._parts.end(number)
        tail = self._cased[end : end + 2]
        placed = _PLACED.search(self._folded, max(0, start - 12), start) is not None
        return placed or tail[:1] == "\n" or _UNIT_BEHIND.match(self._cased, end + 1) is not None

    def _is_gate(self, first: int) -> bool:
        """Whether passengers board there, "from gate S 11": a street in Norway has its name before that word."""
        return self._parts.said[first] == "gate" and (not first or self._bits[first - 1] & Bit.FUNCTION != 0)

    def _from(self, start: int) -> int:
        """Return where the address begins: before the numbers that stand in front of the seed."""
        for _ in range(2):
            number = _NUMBER_BEFORE.search(self._folded, max(0, start - 12), start)
            if number is None:
                break
            start = number.start()
        return start

    def _to(self, end: int) -> int:
        """Return where the address ends that has reached a place."""
        limit = min(end + _LONGEST, self._transcript.stretches[self._transcript.turn_at(end)].end)
        while end < limit:
            gap = _SEPARATOR.match(self._cased, end, limit)
            if gap is None:
                break
            after = self._next(gap.end(), limit, newline="\n" in gap[0])
            if after is None:
                break
            end = after
        return end

    def _next(self, place: int, limit: int, *, newline: bool) -> int | None:
        """Return the end of the piece of an address that begins at a place, or None where none begins."""
        for form in (_UNIT_BEHIND, _BRITISH, _CODE):
            piece = form.match(self._cased, place, limit)
            if piece:
                return piece.end()
        return self._next_word(place, newline=newline)

    def _next_word(self, place: int, *, newline: bool) -> int | None:
        at = bisect_right(self._starts, place) - 1
        if at < 0 or self._starts[at] != place:
            return None
        bits = self._bits[at]
        if not bits & (Bit.CAPITAL | Bit.CAPITALS):
            follows = bits & Bit.LINK and at + 1 < self._parts.count and self._bits[at + 1] & Bit.CAPITAL
            return self._parts.end(at) if follows and self._parts.adjoins(at + 1) else None
        end = self._parts.end(at)
        if self._cased[end : end + 1] == ":" or bits & (Bit.FUNCTION | Bit.CALENDAR | Bit.TITLE):
            return None
        if bits & Bit.CAPITALS:
            short = end - place == _ACRONYM or self._cased[end : end + 1] == "-"
            return end if not short or bits & (Bit.PLACE | Bit.REGION) else None
        if bits & _ORDINARY and (newline or not bits & Bit.PLACE):
            # "New Zealand", "Cape Town", "Colorado Springs": an English word within a place.
            joined = at + 1 < self._parts.count and self._parts.adjoins(at + 1)
            placed = bits & Bit.PLACE_START and joined and self._bits[at + 1] & Bit.CAPITAL
            return end if placed or (not newline and self._cased[place - 1] == " " and self._kind(at)) else None
        return end

    def _kind(self, at: int) -> bool:
        """Whether an English word is of those that stand in addresses: "Hills", "City Centre", "Squares"."""
        return self._texts[at].lower().rstrip("s") in _VOCABULARY.place_kinds
