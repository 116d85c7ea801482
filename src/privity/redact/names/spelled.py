"""Names that are spelled letter by letter, near the name, a question for one, or another spelling of it.

A few letters may abbreviate anything, "l d l", "g a f". They are a name's when one that stands beside them begins with
the first of them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from privity.redact.claims import Claim
from privity.redact.names.parts import NameParts, is_medicine
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spelling import Spelled, spelled, word_of
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_ABBREVIATIONS = vocabulary().abbreviations
_SAID_NAME = re.compile(r"\b(?:name|names|spelled|spelling|spell|first|last)\b", re.ASCII)
_NEAR = 60  # characters between a name and its spelling
_FAR = 120  # and between two spellings
_ASKED = 30  # characters between what says that a name follows and its spelling
_FEW_LETTERS = 4  # which may abbreviate anything
_WORDS_NEAR = 20
_TWO_LETTERS = re.compile(r"[a-z]-[a-z]", re.ASCII)
_WORDS_TOO = frozenset({"a", "i", "o"})
_FEWEST_SAME = 3  # letters of a word that is spelled right beside itself
_BEFORE, _BEHIND = 4, 2  # words between it and its letters


class SpelledNames:
    """Finds spelled names in one transcript. `words` are those that were spelled, with their documents."""

    def __init__(self, parts: NameParts, transcript: Transcript, seen: bytearray) -> None:
        self._parts, self._transcript, self._seen = parts, transcript, seen
        self.words: set[tuple[int, str]] = set()

    def found(self, names: Sequence[Claim], questions: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the places of spelled names; `names` were found, and at `questions` names are asked for."""
        ends: list[int] | None = None
        starts: list[int] = []
        folded, again = self._transcript.folded, -_FAR
        for each in spelled(self._transcript):
            text = folded[each.start : each.end]
            digits = each.digits - text.split().count("double")  # "b e double n"
            if digits > 1 or each.letters < 2 or "".join(filter(str.isalpha, text)) in _ABBREVIATIONS:
                continue
            if ends is None:
                ends = sorted([claim.parts[0][1] for claim in names] + list(questions))
                starts = sorted(claim.parts[0][0] for claim in names)
            document = self._transcript.document_at(each.start)
            begin, close = self._transcript.documents[document], self._transcript.document_end(document)
            near = (
                _any_between(ends, max(begin, each.start - _NEAR), each.start)
                or _any_between(starts, each.end, min(close, each.end + _NEAR // 2))
                or (again >= begin and each.start - again < _FAR)
            )
            if each.letters < 3 and not self._is_piece(
                each, document, again=again >= begin and each.start - again < _FAR
            ):
                continue
            same = self._same_word(each, word_of(text), document, asked=near)
            asked = _SAID_NAME.search(folded, max(begin, each.start - _ASKED), each.start)
            if (
                same
                or asked
                or (near and (each.letters > _FEW_LETTERS or self._is_of_name(each, word_of(text), document)))
            ):
                self.words.add((document, word_of(text)))
                again = each.end
                yield each.start, self._end(each, word_of(text), document)
                yield from same

    def _end(self, found: Spelled, word: str, document: int) -> int:
        """Return where the letters end of a word that is said before them: "brown b r o w n / oh okay", "r i c i"."""
        parts = self._parts
        behind = self._transcript.words.at_or_behind(found.end)
        said = parts.said[max(parts.first_of(document), behind - _WORDS_NEAR - len(word)) : behind]
        if parts.said[behind - 1] == "oh" and word in said:
            return parts.end(behind - 2)
        if parts.after(behind - 1) in _WORDS_TOO and word + parts.said[behind] in said:
            return parts.end(behind)
        return found.end

    def _is_piece(self, found: Spelled, document: int, *, again: bool) -> bool:
        """Whether two letters that are written with a hyphen are the beginning of a name, or correct its spelling."""
        if not _TWO_LETTERS.fullmatch(self._transcript.folded, found.start, found.end):
            return False
        word = word_of(self._transcript.folded[found.start : found.end])
        first = max(self._parts.first_of(document), self._transcript.words.at_or_behind(found.start) - _WORDS_NEAR)
        behind = self._transcript.words.at_or_behind(found.start)
        bits, said = self._parts.bits, self._parts.said
        named = (at for at in range(first, behind) if self._seen[at] or bits[at] & Bit.CAPITAL)
        return again or any(len(said[at]) > len(word) and said[at].startswith(word) for at in named)

    def _same_word(self, found: Spelled, word: str, document: int, *, asked: bool) -> list[tuple[int, int]]:
        """Return where the word that was spelled stands right beside its letters: "dough d o u g h"."""
        parts = self._parts
        if found.digits or found.letters < _FEWEST_SAME or is_medicine(word):
            return []
        at = self._transcript.words.at_or_behind(found.start)
        behind = self._transcript.words.at_or_behind(found.end)
        first, last = max(parts.first_of(document), at - _BEFORE), min(parts.behind(document), behind + _BEHIND)
        around = (*range(first, at), *range(behind, last))
        beside = [index for index in around if parts.said[index].replace("'", "") == word]  # "o'shea o s h e a"
        unfit = Bit.FUNCTION | Bit.NUMBER | (0 if asked else Bit.THING)
        if any(parts.bits[index] & unfit for index in beside):
            return []
        return [(parts.starts[index], parts.end(index)) for index in beside]

    def _is_of_name(self, found: Spelled, word: str, document: int) -> bool:
        """Whether a few letters are those of a name that stands beside them."""
        parts = self._parts
        if "-" in self._transcript.cased[found.start : found.end]:
            return True  # "U-D-O-H"
        if any(number == document and other[:2] == word[:2] for number, other in self.words):
            return True
        first = max(parts.first_of(document), self._transcript.words.at_or_behind(found.start) - _WORDS_NEAR)
        behind = min(parts.behind(document), self._transcript.words.at_or_behind(found.end) + _WORDS_NEAR)
        return any(self._seen[at] and parts.said[at][:1] == word[:1] for at in range(first, behind))


def _any_between(places: Sequence[int], first: int, last: int) -> bool:
    """Whether any of the sorted places lies between two others."""
    at = bisect_left(places, first)
    return at < len(places) and places[at] <= last
