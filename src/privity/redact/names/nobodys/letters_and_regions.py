"""Names that are nobody's because of the place where they stand: a country, a letter, a side of a building, goods.

"in Virginia or Georgia", "tango Charlie seven", "the West wing", "how much are the Hendersons?" of goods: lists and
capitals made somebody of such a name, and what stands around it says what it is. Whoever is announced by a cue or a
title stays hidden, and so does a name that stands anywhere else.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from privity.redact.claims import Claim
from privity.redact.names.nobodys.weak_rules import WEAK_NAMES
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.small_words import SIDES
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of, vocabulary

_REACH = 72  # characters before a name that are looked at
_BEHIND = 48  # and behind it

# Goods whose price is asked.
_PRICED = re.compile(r"\bhow\s+much\s+(?:(?:is|are)\s+(?:the|an?|those|these|your)|are)\s+(?:[a-z]+\s+)?$", re.ASCII)
_ENDS = re.compile(r"\s*(?:[?.!,\n\x1d\x1e]|$)|\s+(?:now|each|apiece|then|per)\b", re.ASCII)

# Letters, as pilots and mechanics say them.
_LETTERS = frozenset(
    {"charlie", "india", "juliet", "juliett", "juliette", "mike", "oscar", "romeo", "sierra", "victor"}
)
_ALPHABET = _LETTERS | vocabulary().spelling_words
_WORD_BEFORE = re.compile(r"([a-z]+)[ -]$", re.ASCII)
_WORD_BEHIND = re.compile(r"[ -]([a-z]+)\b", re.ASCII)

# Sides of a building.
_OF_BUILDINGS = re.compile(r"\s(?:wing|tower|ward|unit|bed|building|entrance|elevators?|lobby|annex)\b", re.ASCII)

# Countries and states that are also given names.
_REGION_BEFORE = re.compile(r"\b((?:(?:new|north|south|west) )?([a-z]+))(?:,|,? (?:or|and)) $", re.ASCII)
_REGION_BEHIND = re.compile(r",? (?:or|and) (([a-z]+)(?: [a-z]+)?)\b", re.ASCII)
_SOMEWHERE = re.compile(r"\b(?:in|near|through|across|somewhere|anywhere)(?:\s+[a-z]+)?,?\s+$", re.ASCII)
_GOES = re.compile(
    rf"\b(?:{one_of(('travel', 'traveled', 'travelled', 'traveling', 'travelling', 'travels'))}|trips?|been|"
    r"flights?(?:\s+[a-z]{0,2}\s?[0-9]+)?|fly|flying|flew|flown|emigrated|immigrated|deployed|relocated|returned)"
    r"\s+(?:back\s+)?to\s+$|\bborders?\s+with\s+$",
    re.ASCII,
)
_TEAM = re.compile(
    r"\b(?:team|side|squad|men|women|champions)\b[^.?!\n\x1d\x1e]{0,24}\b(?:beat|beats|beating|defeated|lost\s+to|"
    r"drew\s+with|tied\s+with|plays?|played|faces?|faced)\s+$",
    re.ASCII,
)


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without names that lists or capitals made of goods, a letter, a side or a country."""
    is_nobodys = cache(partial(_is_nobodys, transcript))  # several detectors find the same name
    for claim in claims:
        weak = claim.finding.detector in WEAK_NAMES and len(claim.parts) == 1
        if not (weak and is_nobodys(*claim.parts[0])):
            yield claim


def _is_nobodys(transcript: Transcript, start: int, end: int) -> bool:
    before, said = transcript.before(start, _REACH), transcript.folded[start:end]
    priced = "how" in before and _PRICED.search(before)
    region = lexicon().of(said) & Bit.REGION
    if not (priced or region or said in _LETTERS or said in SIDES):
        return False
    behind = transcript.behind(end, _BEHIND)
    if priced and _ENDS.match(behind):
        return True
    if said in _LETTERS:
        beside = (_WORD_BEFORE.search(before), _WORD_BEHIND.match(behind))
        if any(word is not None and word[1] in _ALPHABET for word in beside):
            return True
    if said in SIDES:
        return _OF_BUILDINGS.match(behind) is not None
    return region != 0 and _is_region(before, behind)


def _is_region(before: str, behind: str) -> bool:
    """Whether a country or state is one by what stands beside it: another one, a journey, a team that was beaten."""
    if _GOES.search(before) or _TEAM.search(before):
        return True
    earlier, later = _REGION_BEFORE.search(before), _REGION_BEHIND.match(behind)
    for other, opening in ((earlier, before[: earlier.start(1)] if earlier else ""), (later, before)):
        known = _named(other[1], other[2]) if other else 0
        if known & Bit.REGION and (not known & Bit.GIVEN or _SOMEWHERE.search(opening)):
            return True
    return False


def _named(phrase: str, word: str) -> int:
    """Return what is known of a region of two words, or of the one that stands beside the name."""
    both = lexicon().of(phrase)
    return both if both & Bit.REGION else lexicon().of(word)
