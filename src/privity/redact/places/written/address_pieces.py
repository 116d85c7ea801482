"""Reads on from a place within an address over everything that only addresses hold: units, codes, towns, countries.

An address that was found at one of its pieces, a street or a unit, is read to the right piece by piece until something
comes that stands in no address, the first word of a sentence or the next line of a letter head; and to the left over
the number, the house or the town that stands before it. Capitals have to tell something, except of codes and units.
"""

import re
from bisect import bisect_right

from privity.redact.names.parts import NameParts
from privity.redact.places.written.street_lists import WORLD
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
_PART = (
    r"apt|apartment|suite|ste|flat|unit|floor|fl|piso|appt|bldg|building|lot|box|room|rm|kv|ap|apto|dpto|depto|bl|sc|"
    r"et|esc|esq|pta|daire|kat|bat|bloc|block|blok|lgh|whg|stg|lok|int|interno|scala|piano|tower|"
    r"level|villa|entrance|korp|no|nr|num|nro"
)
UNIT_BEHIND = re.compile(
    rf"(?:(?:{_PART}|[ndkmc](?=[.:]))[.:]{{0,2}}[ ]?|#[ ]?)(?:no\.?[ ]?)?#?[ ]?"
    r"[0-9]{1,5}(?:[/-][0-9]{1,4})?[a-z]?\b|"
    r"(?:bat|bloc|block|blok|bl|sc|scala|esc|tower|building|bldg)\.? [a-z]\b(?!')|"
    r"[0-9]{1,2}[. ]{0,2}[oa]?[. ]{1,2}(?:izda|izqda|izq|dcha|dcho|der|cto|centro)\b\.?|"
    r"rt\.? ?[0-9]{1,3}(?:[ ]?/[ ]?rw\.? ?[0-9]{1,3})?\b|"
    r"[0-9]{1,2}(?:st|nd|rd|th) floor\b|(?:n|no|nr)[. ] ?[0-9]{1,5}[a-z]?\b",
    re.ASCII | re.IGNORECASE,
)
_BRITISH = r"[A-Z]{1,2}[0-9]{1,2}[A-Z]? ?[0-9][A-Z]{2}\b"
_CANADIAN = r"[A-Z][0-9][A-Z] {0,2}[0-9][A-Z][0-9]\b"
_IRISH = r"[A-Z][0-9]{2} ?(?=[A-Z]{0,3}[0-9])[A-Z0-9]{4}\b"
_ARGENTINE = r"[A-Z][0-9]{4}[A-Z]{3}\b"
_DIGITS = r"(?:[0-9]{2}-[0-9]{3}\b|[0-9]{3,7}(?:[ -][0-9]{2,4})?(?:[ -]?[A-Z]{2})?)(?![\w/:@]|[.,][0-9]|[ -][0-9])"
_CODE = re.compile(
    rf"{_BRITISH}|{_CANADIAN}|{_IRISH}|{_ARGENTINE}|(?:[A-Z]{{1,3}}(?:[ -]|\n[ ]?)?)?{_DIGITS}", re.ASCII
)
_PLAIN_CODE = re.compile(rf"{_BRITISH}|{_CANADIAN}|{_IRISH}|(?:[a-z]{{2}}-)?{_DIGITS}", re.ASCII | re.IGNORECASE)
CODE_AND_TOWN = re.compile(
    rf"[ \t]*[,\n][ \t]*(?:-[ ])?"
    rf"(?:{_BRITISH}|(?:[A-Z]{{1,2}}-)?[0-9]{{4,6}}(?:[- ][0-9]{{2,4}})?(?: ?[A-Z]{{2}})?) [A-Z]",
    re.ASCII,
)
_PROVINCE = re.compile(r"\([A-Z]{2,3}\)", re.ASCII)
_NUMBER_BEFORE = re.compile(
    r"(?:^|(?<![\w.,$/-]))(?:[0-9]{1,5}[/-])?[0-9]{1,6}(?:[-/][0-9]{1,4})?[a-z]?,?[ \n\t]{1,3}$", re.ASCII
)
_TOWN_BEFORE = re.compile(r"(?<![\w.,$/-])[0-9]{4,6} [A-Z][a-z'-]+(?: [A-Z][a-z'-]+)?, ?$", re.ASCII)
_HOUSE_BEFORE = re.compile(
    rf"(?:\b(?:villa|flat|unit|apt|apartment|shop|office|plot|house)\.? (?:no\.? ?)?#?[0-9]{{1,5}}[a-z]?|"
    rf"\b(?:the )?(?:[a-z']+ ){{1,2}}(?:{one_of(WORLD.houses)})), ?$|\b(?:villa|flat|plot)\.? (?:no\.? ?)?$",
    re.ASCII,
)
_SEPARATOR = re.compile(
    r"(?:\.?[ \t]*\n[ \t]*|[ \t]*,[ \t\n]*|[ \t]+-[ \t]+(?=[0-9])|[ \t]+|(?<=[ \n,](?:Co|St|Mt))\.[ ]+|-(?=[A-Za-z])|"
    r"\.[ \t]+(?=(?:apt|suite|ste|unit)\.? ?[0-9])|(?<=[0-9])(?=/[A-Z]\b)/)(?:,[ \t]*)?",
    re.ASCII,
)
_NUMBER_GOES_ON = re.compile(r"(?:[-/][0-9]{1,4}|/?[A-Z]|[ ][A-Z](?=[ \t]*[,\n]))(?![\w'])", re.ASCII)
_ORDINARY = Bit.WORD | Bit.CALENDAR | Bit.PEOPLE | Bit.TITLE
_STATE = 2
_ACRONYM = 3  # letters; two are a state, more a town
_LONGEST = 160  # characters behind the seed
_REACH = 40
NO_LINKS = frozenset({"in", "am", "an", "do", "e", "ten"})  # words of English, or between other things


def is_capital(parts: NameParts, cased: str, at: int) -> bool:
    """Return whether a word begins with a capital and is not all of them, also where most words do."""
    bits = parts.bits[at]
    if bits & (Bit.CAPITAL | Bit.INITIAL):
        return True
    start = parts.starts[at]
    return bool(bits & Bit.PLAIN) and cased[start].isupper() and not cased[start : parts.end(at)].isupper()


class AddressPieces:
    """Reads the pieces of addresses in one transcript; places are those of characters."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._cased, self._folded = transcript.cased, transcript.folded
        self._parts = transcript.once(NameParts)
        self._bits, self._starts = self._parts.bits, self._parts.starts

    def begins(self, start: int) -> int:
        """Return where the address begins of which a piece begins at a place."""
        first = max(self._transcript.stretches[self._transcript.turn_at(start)].start, start - _REACH)
        for _ in range(2):
            number = _NUMBER_BEFORE.search(self._folded, max(first, start - 16), start)
            if number is None:
                break
            start = number.start()
        for text, form in ((self._cased, _TOWN_BEFORE), (self._folded, _HOUSE_BEFORE)):
            before = form.search(text, first, start)
            if before and self._cased[before.start()].isalnum():
                return self._capitalised(before.start(), start)
        return start

    def _capitalised(self, first: int, start: int) -> int:
        """Return where the capitals begin between two places: "The Old Rectory" of "to The Old Rectory"."""
        while first < start and not (self._cased[first].isupper() or self._cased[first].isdigit()):
            blank = self._cased.find(" ", first, start)
            first = blank + 1 if blank >= 0 else start
        return first

    def ends(self, end: int) -> int:
        """Return where the address ends that has reached a place."""
        limit = min(end + _LONGEST, self._transcript.stretches[self._transcript.turn_at(end - 1)].end)
        more = _NUMBER_GOES_ON.match(self._cased, end, limit) if self._cased[end - 1].isdigit() else None
        end = more.end() if more else end
        while end < limit:
            gap = _SEPARATOR.match(self._cased, end, limit)
            if gap is None or gap.end() == end:
                break
            after = self.next(gap.end(), limit, newline="\n" in gap[0])
            if after is None:
                break
            end = after
        return end

    def next(self, place: int, limit: int, *, newline: bool) -> int | None:
        """Return the end of the piece of an address that begins at a place, or None where none begins."""
        at = bisect_right(self._starts, place) - 1
        plain = at >= 0 and self._bits[at] & Bit.PLAIN and not is_capital(self._parts, self._cased, at)
        for form in (UNIT_BEHIND, _CODE, _PLAIN_CODE, _PROVINCE) if plain else (UNIT_BEHIND, _CODE, _PROVINCE):
            piece = form.match(self._cased, place, limit)
            if piece and not (newline and ":" in piece[0]):  # "No.: 12" on a line of its own is a field of a form
                return piece.end()
        if at < 0 or self._starts[at] != place:
            return None
        word = self._parts.said[at]
        if newline and word in WORLD.other_lines:
            return None
        return self._plain_word(at) if plain else self._word(at, newline=newline)

    def _plain_word(self, at: int) -> int | None:
        """Return the end of a town in a text without capitals: a word that is a place and no English word."""
        start, bits = self._starts[at], self._bits[at]
        parted = self._cased[start - 1 : start] != " " or self._cased[start - 2 : start - 1] == ","
        placed = bits & (Bit.PLACE | Bit.REGION | Bit.KNOWN_PLACE) or (parted and self._parts.unknown(at))
        return self._parts.end(at) if placed and not bits & (_ORDINARY | Bit.FUNCTION | Bit.FREQUENT_GIVEN) else None

    def _word(self, at: int, *, newline: bool) -> int | None:
        bits, place = self._bits[at], self._starts[at]
        end = self._parts.end(at)
        if not (bits & Bit.CAPITALS or is_capital(self._parts, self._cased, at)):
            follows = bits & Bit.LINK and not newline and self._parts.said[at] not in NO_LINKS and self._joins(at + 1)
            return end if follows or (self._parts.said[at] in WORLD.after and self._parts.adjoins(at)) else None
        if bits & Bit.CAPITALS and end - place == _STATE and not newline:
            return end  # "Torino TO"
        if self._cased[end : end + 1] == ":" or bits & (Bit.FUNCTION | Bit.CALENDAR | Bit.TITLE):
            return None
        if bits & Bit.CAPITALS:
            short = end - place == _ACRONYM or self._cased[end : end + 1] == "-"
            return end if not short or bits & (Bit.PLACE | Bit.REGION) else None
        return self._capital(at, newline=newline)

    def _capital(self, at: int, *, newline: bool) -> int | None:
        """Return the end of a capitalised word, or of the division that it opens, None where none stands there."""
        bits, end = self._bits[at], self._parts.end(at)
        if self._parts.said[at] in WORLD.divisions and (whole := self._division(at, newline=newline)) is not None:
            return whole
        if bits & _ORDINARY and not bits & Bit.REGION and (newline or not bits & Bit.PLACE):
            # "New Zealand", "Cape Town", "Colorado Springs": an English word within a place.
            placed = bits & Bit.PLACE_START and self._joins(at + 1)
            within = not newline and self._cased[self._starts[at] - 1] == " " and self._kind(at)
            return end if placed or within else None
        return end

    def _joins(self, at: int) -> bool:
        """Whether a capitalised word stands at an index and right behind the one before it."""
        return at < self._parts.count and is_capital(self._parts, self._cased, at) and self._parts.adjoins(at)

    def _division(self, at: int, *, newline: bool) -> int | None:
        """Return the end of "Republic of Ireland", and of the "State" of "Ogun State", where one begins."""
        parts = self._parts
        if parts.after(at) == "of" and self._joins(at + 2):
            return parts.end(at + 2)
        return parts.end(at) if self._joins(at + 1) or (not newline and parts.adjoins(at)) else None

    def _kind(self, at: int) -> bool:
        """Whether an English word is of those that stand in addresses: "Hills", "City Centre", "Squares"."""
        word = self._parts.said[at]
        return word.rstrip("s") in _VOCABULARY.place_kinds or word in WORLD.english
