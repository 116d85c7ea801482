"""Names of people: after a cue, from the lists, spelled out, in answer to a question, and wherever they come up again.

A list is a feature and never a verdict: "will", "mark" and "may" stand in it. A listed word counts when a cue, a
neighbour, a capital in the middle of a sentence or its frequency speaks for a person. Once a name is learned, it is
hidden everywhere in the conversation, in any case.
"""

import re
from bisect import bisect_left
from collections import deque

import re2

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.lists import Lists
from privity.redact.name_parts import NameParts
from privity.redact.transcript import Transcript
from privity.redact.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
# What follows these is a name, listed or not.
_SURE = (
    r"(?:(?:my|your|his|her|their|the|patient|full|first|last|middle|maiden|legal|given|family|user|customer|client|caller)"
    r"(?:'s)?\s+)?(?:(?:full|first|last|middle|maiden|legal)\s+)?name(?:'s|\s+is|\s+was|\s*:)|"
    r"name\s+on\s+(?:the\s+|my\s+|your\s+)?[a-z]+\s+is|surname\s+is|(?:under|by|in)\s+the\s+name(?:\s+of)?|named|"
    r"mr|mrs|mister|missus|mx|patient\s*:|sincerely\s*,|regards\s*,"
)
# What follows these is a name if it is a listed one.
_LIKELY = (
    rf"{one_of(_VOCABULARY.introductions | _VOCABULARY.name_titles)}|it's|that's|welcome|attn|regarding|signed|surname|"
    r"(?:speak|speaking|spoke|talk|talking)\s+(?:with|to)|called|call\s+me|ask\s+for|contact|goodbye|patient|client|"
    r"mother|father|wife|husband|spouse|partner|son|daughter|brother|sister|friend|morning|afternoon|evening|names\s+are"
)
_CUE = re2.compile(rf"\b(?:({_SURE})|({_LIKELY}))(?:\b|\.)".encode())
_QUESTION = re2.compile(
    rb"\b(?:your|her|his|their|the|patient's|customer's|holder's)\s+(?:[a-z]+\s+){0,2}name|"
    rb"\bwhom?\s+(?:am\s+i|do\s+i|is)\s+(?:speaking|talking|have|calling|this)|\bwho's\s+(?:calling|this)|"
    rb"\bspell(?:ed|ing)?\b|\b(?:full|first|last)\s+name\b"
)
_SPELLED = re2.compile(rb"(?:^|[\s,.:(\x1e])([a-z](?:(?:[\s.,-]|\bdouble\b|\band\b){1,9}[a-z]\b){2,})")
_INITIAL = re.compile(r"\s([A-Z])\.|\s([A-HJ-Z])(?=[\s,;:)?!]|$)", re.ASCII)
_CAPITALISED = re.compile(r"\b[A-Z][a-z']+(?:[ -](?:[A-Z]\.? )?[A-Z][a-z']+)+\b", re.ASCII)
_MONTHS = frozenset({"april", "may", "june", "august"})
_NEAR = 60  # characters between a name and its spelling


class Names:
    """Finds names in one transcript."""

    def __init__(self, transcript: Transcript, lists: Lists) -> None:
        self._transcript = transcript
        self._lists = lists
        self._parts = NameParts(transcript, lists)
        self._words, self._starts, self._ends = transcript.words
        self._found: list[Claim] = []
        self._seen: set[int] = set()

    def claims(self) -> list[Claim]:
        """Return the names of the conversation."""
        self._after_cues()
        self._answers()
        self._listed()
        if self._transcript.has_case:
            self._initials()
            self._capitalised()
        self._spelled()
        self._learned()
        return self._found

    def _claim(self, first: int, last: int, detector: str, why: str, score: float) -> None:
        end = self._ends[last]
        initial = _INITIAL.match(self._transcript.cased, end) if self._transcript.has_case else None
        if initial:
            end = initial.end(initial.lastindex or 0)
        self._seen.update(range(first, last + 1))
        self._found.append(Claim.of(Label.NAME, self._starts[first], end, detector=detector, why=why, score=score))

    def _after_cues(self) -> None:
        parts = self._parts
        for match in _CUE.finditer(self._transcript.octets):
            at = bisect_left(self._starts, match.end())
            if at >= len(self._words) or at in self._seen:
                continue
            gap = self._transcript.folded[match.end() : self._starts[at]]
            if len(gap) > 4 or gap.strip(" \t,.:'\"-*("):
                continue
            sure = match.lastindex == 1
            named = self._surely(at) if sure else self._likely(at, " ".join(match[2].decode("ascii").split()))
            if named and self._words[at] not in _VOCABULARY.not_names and not parts.no_person(at):
                why = "a cue that a name follows" if sure else "a cue and a likely name"
                self._claim(at, parts.last_part(at, sure=sure), "name-cue", why, 0.92 if sure else 0.85)

    def _surely(self, at: int) -> bool:
        """Whether a word is a name behind a cue that leaves no doubt of one."""
        if self._words[at] in self._lists.function_words:
            return False
        return self._parts.capital(at) or not self._parts.ordinary(at)

    def _likely(self, at: int, cue: str) -> bool:
        """Whether a word is a name behind a cue that often stands before something else."""
        parts, word = self._parts, self._words[at]
        if word in self._lists.function_words:
            return False
        if cue in _VOCABULARY.name_titles or cue in {"name", "surname"}:
            return parts.capital(at) or (parts.listed(at) and not parts.ordinary(at))
        if word in self._lists.given_names and not parts.ordinary(at):
            return word in self._lists.common_given_names or parts.capital(at)
        return cue in _VOCABULARY.introductions and parts.unknown(at) and parts.introduced(at)

    def _answers(self) -> None:
        """Take the words that answer a question for a name."""
        parts, stretches = self._parts, self._transcript.stretches
        for match in _QUESTION.finditer(self._transcript.octets):
            turn = self._transcript.turn_at(match.start()) + 1
            if turn >= len(stretches) or stretches[turn - 1].speaker == stretches[turn].speaker != "":
                continue
            first = bisect_left(self._starts, stretches[turn].start)
            for at in range(first, min(first + 8, len(self._words))):
                if self._starts[at] >= stretches[turn].end or at in self._seen:
                    break
                if not parts.ordinary(at) and (parts.listed(at) or (parts.unknown(at) and parts.introduced(at))):
                    self._claim(
                        at, parts.last_part(at, sure=True), "name-answer", "answers a question for a name", 0.86
                    )
                    break

    def _listed(self) -> None:
        given_names, function_words = self._lists.given_names, self._lists.function_words
        for at in [i for i, word in enumerate(self._words) if word in given_names and word not in function_words]:
            if at in self._seen:
                continue
            first, last = self._parts.surname_before(at), self._parts.last_part(at, sure=False)
            if first < at and first not in self._seen:
                self._claim(first, last, "name-pair", "a surname, then a listed given name", 0.8)
            elif not self._parts.no_person(last):
                if last > at:
                    self._listed_with_company(at, last)
                else:
                    self._listed_alone(at)

    def _listed_with_company(self, first: int, last: int) -> None:
        parts = self._parts
        pair = any(parts.listed(at) for at in range(first + 1, last + 1))
        if parts.capital(first):
            if pair or not parts.ordinary(first) or not parts.opens_sentence(first):
                self._claim(first, last, "name-pair", "a listed given name, then capitalised words", 0.85)
        elif pair and not parts.ordinary(first):
            self._claim(first, last, "name-pair", "a listed given name, then a listed surname", 0.8)

    def _listed_alone(self, at: int) -> None:
        parts, word = self._parts, self._words[at]
        if parts.capital(at) and word not in _MONTHS and len(word) > 2:
            if not parts.ordinary(at) or not parts.opens_sentence(at):
                self._claim(at, at, "name-listed", "a capitalised given name from the lists", 0.7)
        elif word in self._lists.common_given_names:
            self._claim(at, at, "name-listed", "a frequent given name from the lists", 0.65)

    def _initials(self) -> None:
        """Take "L. Wang" and "J.R. Smith"."""
        parts = self._parts
        for at in [i for i, word in enumerate(self._words) if len(word) == 1]:
            surname = at + 1
            if parts.capital(at) and surname not in self._seen and parts.adjoins(surname):
                dotted = self._transcript.cased[self._ends[at]] == "."
                if dotted and parts.capital(surname) and self._words[surname] in self._lists.surnames:
                    self._claim(at, surname, "name-initial", "an initial and a listed surname", 0.8)

    def _capitalised(self) -> None:
        """Take two or three capitalised words, none an English one, of which one is listed or in no dictionary."""
        parts = self._parts
        for match in _CAPITALISED.finditer(self._transcript.cased):
            first, last = bisect_left(self._starts, match.start()), bisect_left(self._starts, match.end()) - 1
            places = range(first, last + 1)
            if not 2 <= len(places) <= 3 or not self._seen.isdisjoint(places):
                continue
            odd = any(
                parts.ordinary(at)
                or self._words[at] in _VOCABULARY.not_persons
                or self._words[at] in self._lists.regions
                for at in places
                if len(self._words[at]) > 1
            )
            if not odd and any(parts.listed(at) or parts.unknown(at) for at in places):
                self._claim(first, last, "name-capitals", "capitalised words that are in no dictionary", 0.55)

    def _spelled(self) -> None:
        """Take names that are spelled letter by letter near a name or a question for one."""
        questions = [match.end() for match in _QUESTION.finditer(self._transcript.octets)]
        ends = sorted([claim.parts[0][1] for claim in self._found] + questions)
        starts = sorted(claim.parts[0][0] for claim in self._found)
        for match in _SPELLED.finditer(self._transcript.octets):
            start, end = match.span(1)
            if "".join(filter(str.isalpha, self._transcript.folded[start:end])) in _VOCABULARY.abbreviations:
                continue
            if _any_between(ends, start - _NEAR, start) or _any_between(starts, end, end + _NEAR // 2):
                why = "letters one by one near a name"
                self._found.append(Claim.of(Label.NAME, start, end, detector="name-spelled", why=why, score=0.8))

    def _learned(self) -> None:
        """Take every other place of a name that was found once."""
        learned = {self._words[at] for at in self._seen if len(self._words[at]) > 2 and not self._parts.ordinary(at)}
        remaining = deque(at for at, word in enumerate(self._words) if word in learned and at not in self._seen)
        while remaining:
            first = last = remaining.popleft()
            while remaining and remaining[0] == last + 1 and self._parts.adjoins(last + 1):
                last = remaining.popleft()
            if not self._parts.no_person(last):
                self._claim(first, last, "name-learned", "a name learned elsewhere in the conversation", 0.75)


def _any_between(places: list[int], first: int, last: int) -> bool:
    """Whether any of the sorted places lies between two others."""
    at = bisect_left(places, first)
    return at < len(places) and places[at] <= last
