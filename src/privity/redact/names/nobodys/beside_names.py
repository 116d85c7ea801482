"""What stands beside names in notes, letters and forms and was taken for one, or for a part of one.

A title before a name, "Mme Favre", and a degree behind it, "Morag Achebe, FRCS", are cut off; a label before a code,
"PESEL 75082316438", words of offices in other languages, "das Amtsgericht", how a grandparent is called and what opens
or closes a letter are let go, and so is what `goods_and_letters` knows. Only a text that writes with capitals is
judged; a title that is also a name goes only where a full stop or another word follows.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim, Part
from privity.redact.labels import Label
from privity.redact.names.nobodys import goods_and_letters
from privity.redact.names.nobodys.weak_rules import WEAK
from privity.redact.names.parts import NameParts
from privity.redact.reading.lexicon import LISTED, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.written_lists import written_words

_LISTS = written_words()
_KINDS = frozenset({Label.NAME, Label.LOCATION})
_EDGES = WEAK | {"name-form"}  # rules whose claims are cut
_CALLED = WEAK | {"name-cue"}  # those that take "Taid" for a name
_JOINED = frozenset({" ", ". ", ".", ", ", "\n"})
_SHAPES = Bit.CAPITAL | Bit.CAPITALS | Bit.INITIAL
_CODE = re.compile(r"\.?:?\s{0,2}(?:n[ro.]{1,2}\s?)?[#A-Za-z]{0,11}[ -]?[0-9]", re.ASCII)


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without what stands beside a name and is no part of it."""
    listed = list(claims)
    if not any(claim.finding.label in _KINDS for claim in listed):
        yield from listed
        return
    beside = _Beside(transcript, listed)
    for claim in listed:
        judged = claim.finding.detector in _EDGES or claim.finding.detector in _CALLED
        if claim.finding.label not in _KINDS or len(claim.parts) > 1 or not judged:
            yield claim
            continue
        kept = beside.kept(claim)
        if kept is not None:
            yield claim if kept == claim.parts[0] else Claim((kept,), claim.finding)


class _Beside:
    """Judges the names and places of one transcript."""

    def __init__(self, transcript: Transcript, claims: Iterable[Claim]) -> None:
        self._transcript = transcript
        self._parts = transcript.once(NameParts)
        names = (claim for claim in claims if claim.finding.label is Label.NAME)
        self._names = [name.parts[0] for name in names if len(name.parts) == 1]

    def kept(self, claim: Claim) -> Part | None:
        """Return what stays of a claim, None when nothing does."""
        parts, detector = self._parts, claim.finding.detector
        [(start, end)] = claim.parts
        words = self._transcript.words
        first, last = words.at_or_behind(start), words.at_or_behind(end) - 1
        if first == last and detector in WEAK and goods_and_letters.are_letters(parts, first):
            return None
        if first > last or parts.bits[first] & Bit.PLAIN:
            return start, end
        called = parts.said[first] in _LISTS.kin or parts.said[first] in _LISTS.departments
        called = called and first == last and parts.bits[first] & Bit.CAPITAL != 0
        if called and detector in _CALLED:
            return None
        if called or detector not in _EDGES:
            return start, end
        if detector in WEAK:
            degree = self._is_degree(first, last)
            if degree or goods_and_letters.are(self._transcript, parts, (first, last), (start, end)):
                return None
        return self._cut(first, last, claim)

    def _cut(self, first: int, last: int, claim: Claim) -> Part | None:
        """Return a claim without titles and labels before it, and degrees behind it; None when that was all."""
        parts = self._parts
        opening, closing, alone = first, last, first == last
        while opening <= closing and self._opens(opening, alone=alone):
            if opening < closing and parts.between(opening) not in _JOINED:
                break
            opening += 1
        while opening < closing and parts.said[closing] in _LISTS.foreign and parts.bits[closing] & Bit.CAPITAL:
            closing -= 1
        while opening <= closing and claim.finding.label is Label.NAME and self._closes(closing):
            closing -= 1
        [(start, end)] = claim.parts
        if (opening, closing) == (first, last):
            return start, end
        kept = parts.bits[opening : closing + 1]
        if not any(bits & _SHAPES for bits in kept) or all(bits & (LISTED | Bit.THING) == Bit.THING for bits in kept):
            return None
        return (
            start if opening == first else parts.starts[opening],
            end if closing == last else parts.end(closing),
        )

    def _opens(self, at: int, *, alone: bool) -> bool:
        """Whether a word before a name, or by itself, is a title, a label or what closes a letter."""
        parts = self._parts
        bits, said = parts.bits[at], parts.said[at]
        behind = parts.said[at + 1] if parts.adjoins(at + 1) else ""
        if said in _LISTS.articles or not bits & (Bit.CAPITAL | Bit.CAPITALS):
            article = bits & Bit.PARTICLE or (bits & Bit.CAPITAL and said in _LISTS.articles)
            of_thing = at + 1 < parts.count and parts.bits[at + 1] & (LISTED | Bit.THING) == Bit.THING
            return article != 0 and (behind in _LISTS.foreign or of_thing)
        if alone and bits & LISTED and not parts.abbreviated(at):
            return False
        if said in _LISTS.labels:
            return self._is_label(at, behind)
        if bits & Bit.CAPITALS:
            return said in _LISTS.titles_in_capitals and (alone or parts.bits[at + 1] & Bit.CAPITAL != 0)
        return said in _LISTS.titles or said in _LISTS.closings or said in _LISTS.foreign

    def _is_label(self, at: int, behind: str) -> bool:
        """Whether a code stands behind a label, or another label: "Grundbuch Blatt 20417"."""
        if _CODE.match(self._transcript.cased, self._parts.end(at)) or behind in _LISTS.labels:
            return True
        bits = self._parts.bits[at]
        return bits & Bit.CAPITALS != 0 and not bits & LISTED

    def _closes(self, at: int) -> bool:
        """Whether a word is a degree behind a comma, or behind another one: "Ferris, MBBS MRCP"."""
        parts = self._parts
        if not at or parts.said[at] not in _LISTS.degrees or sum(map(str.isupper, parts.texts[at])) < len("MD"):
            return False
        between = parts.between(at - 1)
        return between == ", " or (between == " " and parts.said[at - 1] in _LISTS.degrees)

    def _is_degree(self, first: int, last: int) -> bool:
        """Whether a place is a degree behind somebody: "L. Vasquez-Ono, MD", but "Baltimore, MD"."""
        parts = self._parts
        if parts.said[last] not in _LISTS.degrees or not parts.bits[last] & Bit.CAPITALS or not last:
            return False
        if parts.bits[first] & Bit.KNOWN_PLACE or parts.between(last - 1) != ", ":
            return False
        end = parts.end(last - 1)
        return any(start < end <= closing for start, closing in self._names)
