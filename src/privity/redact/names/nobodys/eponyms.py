"""Eponyms of medicine: syndromes, signs, criteria and devices that are called after people and places, and nobody's.

"Fournier gangrene", "the Rotterdam criteria", "Tokyo 2018", "Na 122": a name right before a noun of medicine, or one of
`lists/eponyms.toml`, tells of no patient. Whoever is announced by a title or a cue, "Dr. Roth", or has more of a name,
"John Ewing", stays hidden.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, partial

import ahocorasick_rs
from msgspec import Struct

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.names.nobodys.bare_eponyms import is_bare
from privity.redact.names.nobodys.weak_rules import WEAK
from privity.redact.reading.eponym_lists import eponyms
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript

# Rules that are surer of themselves: only a phrase of several words that goes on beyond them says more.
_WITHIN_PHRASE = frozenset({"facility", "name-cue", "practice"})
_REACH = 40  # characters beside a name in which a phrase that holds it may lie
_NOUN = re.compile(r"('s?|)[ -]([a-z]+)\b", re.ASCII)
_GRADE = re.compile(r"[IVX]{2,4}[a-c]?", re.ASCII)
_GRADED = frozenset(
    {
        "crawford", "fitzpatrick", "fontaine", "forrest", "fuhrman", "garden", "gartland", "hinchey", "killip",
        "lansky", "neer", "norwood", "prague", "rankin", "rutherford", "schatzker", "tanner", "weber",
    }
)  # fmt: skip
_OF_GRADES = re.compile(
    r" (?:type|class|grade|stage|extent|score) (?:of )?(?:[IVX]{1,4}|[0-9]{1,3}|[A-D])[a-c]?(?![\w.])|"
    r" (?:of )?(?:[IVX]{1,4}|C[0-9]M[0-9]+)[a-c]?(?![\w.])| [A-D](?![\w.])",
    re.ASCII,
)
_FIGURE = re.compile(r" [0-9]{1,3}[a-c]?(?![\w.])", re.ASCII)
_ONE_OF_A_GRADE = re.compile(r"\b(?:an?|modified) $", re.ASCII)  # "a Rankin 3", but "booked by Rutherford 3 times"
_SOCIETY = 6  # letters
_LITHIUM = re.compile(r"\s(?:level\s)?(?:of\s)?[0-3]\.[0-9]\b", re.ASCII)
_NUMERAL = re.compile(r" (?:I{2,3}|IV|VI{1,3}|IX)\b", re.ASCII)
_STUDIES = frozenset({"cohort", "investigators", "regimen", "registry", "studies", "study", "trial", "trials"})
_LONGEST = 9  # letters of what is measured
_FREQUENT = Bit.FREQUENT_GIVEN | Bit.FREQUENT_SURNAME
_JOINED_BEFORE = re.compile(r"\b(?:[a-z]+-){1,2}$", re.ASCII)
_JOINED_BEHIND = re.compile(r"(?:-[a-z]+){1,2}\b", re.ASCII)
_MEASURED = re.compile(r"\s(?:(?:of|was|is|at)\s|[:=<>~]\s?){0,2}[0-9]", re.ASCII)


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without names and places that lists or capitals made of an eponym or a measure."""
    phrases: list[tuple[int, int]] | None = None
    is_eponym = cache(partial(_is_eponym, transcript))  # several detectors find the same name
    for claim in claims:
        weak = claim.finding.detector in WEAK
        if not (weak or claim.finding.detector in _WITHIN_PHRASE) or len(claim.parts) > 1:
            yield claim
            continue
        if phrases is None:
            phrases = list(_phrases(transcript.folded))
        [(start, end)] = claim.parts
        if transcript.folded.startswith("per ", start):
            start += len("per ")  # "Per Hawkins-Kennedy it is"
        at = bisect_right(phrases, (start, len(transcript.folded))) - 1
        within = at >= 0 and end <= phrases[at][1]
        if not weak:
            if not (within and phrases[at] != (start, end)):
                yield claim
        elif not within and not is_eponym(start, end, claim.finding.label):
            yield claim


def _is_eponym(transcript: Transcript, start: int, end: int, label: Label) -> bool:
    text = transcript.folded
    if text[start - 1 : start] == "-" and (before := _JOINED_BEFORE.search(text, max(0, start - _REACH), start)):
        start = before.start()  # "Lund-⟦Browder⟧"
    if text[end : end + 1] == "-" and (behind := _JOINED_BEHIND.match(text, end, end + _REACH)):
        end = behind.end()
    if _is_measure(transcript.cased, start, end) or _is_graded(transcript, start, end):
        return True
    if is_bare(transcript, start, end):
        return True
    noun = _NOUN.match(text, end, end + _REACH)
    if label is Label.LOCATION and _NUMERAL.match(transcript.cased, end):
        return True  # "Rome IV"
    if noun is not None and noun[2] in _STUDIES and transcript.cased[start:end].isupper():
        return True  # "the ARISTOTLE trial"
    if noun is None or noun[2] not in _nouns():
        return False
    return _names_noun(text[start:end], noun[2], owned=bool(noun[1]), is_place=label is Label.LOCATION)


def _names_noun(name: str, noun: str, *, owned: bool, is_place: bool) -> bool:
    """Whether a name makes an eponym of the noun of medicine behind it."""
    listed = eponyms()
    of_medicine = noun in listed.nouns
    if name in listed.names and not lexicon().of(name) & (Bit.FREQUENT_GIVEN if of_medicine else _FREQUENT):
        return True
    if owned or (" " in name and not is_place):
        return False  # "Maria's score", "John Ewing sarcoma"
    if of_medicine or (is_place and noun in listed.of_places):
        return True
    return "-" in name.strip("-") and not is_place


@cache
def _nouns() -> frozenset[str]:
    listed = eponyms()
    return listed.nouns | listed.nouns_too | listed.of_places


_PARTED = re.compile(r"[,;:?!()\n\x1d\x1e]|(?<!\bst)\.", re.ASCII)  # "I asked Murphy. Sign it"
_SIGNS = str.maketrans(dict.fromkeys('-.,;:?!()"\n\t\x1d\x1e', " "))


class _Phrases(Struct, frozen=True):
    finder: ahocorasick_rs.AhoCorasick
    alone: int  # how many of the phrases are nobody's without a noun; those of several names follow


@cache
def _finder() -> _Phrases:
    listed = eponyms()
    alone = sorted(listed.alone | listed.medicines)
    several = sorted(name for name in listed.names if " " in name and name not in listed.alone)
    finder = ahocorasick_rs.AhoCorasick(
        [f" {phrase} ".translate(_SIGNS) for phrase in (*alone, *several)],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA,
    )
    return _Phrases(finder, len(alone))


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Yield where phrases stand that are nobody's wherever they stand, and eponyms of several names."""
    known = _finder()
    for index, opens, closes in known.finder.find_matches_as_indexes(f" {text} ".translate(_SIGNS)):
        start, end = opens, closes - 2
        if _PARTED.search(text, start, end):
            continue
        if index < known.alone:
            yield start, end
        elif (noun := _NOUN.match(text, end, end + _REACH)) is not None and noun[2] in _nouns():
            yield start, noun.end()  # "Marcus Gunn pupil"


def _is_graded(transcript: Transcript, start: int, end: int) -> bool:
    """Whether a name has a grade behind it, "Rankin 3", or is a society that has issued something: "the EULAR ones"."""
    words, text = transcript.words, transcript.folded
    at = words.at_or_behind(start)
    if at < len(words.bits) and words.bits[at] & Bit.CAPITALS and end - start <= _SOCIETY:
        return text[start:end] in eponyms().guidelines
    name, letter, _ = text[start:end].partition(" ")
    if name not in _GRADED:
        return False
    behind = start + len(name) if letter else end
    if _OF_GRADES.match(transcript.cased, behind):
        return True
    return bool(_FIGURE.match(transcript.cased, behind) and _ONE_OF_A_GRADE.search(text, max(0, start - _REACH), start))


def _is_measure(cased: str, start: int, end: int) -> bool:
    """Whether letters stand for what is measured, "QTc 512", "MELD-Na of 19", or for a grade, "IIb"."""
    letters = cased[start:end]
    if len(letters) > _LONGEST:
        return False
    if _GRADE.fullmatch(letters):
        return True
    measured = _LITHIUM if letters == "Li" else _MEASURED if letters.lower() in eponyms().measures else None
    return measured is not None and measured.match(cased, end) is not None
