"""Cuts off the words at the edges of a written number that are labels or open the next sentence.

"A/c 7326 8923", "GMC 6308813", "962-70-295 DOB": a label in capitals before or behind a number names its kind and is
none of it. "fjord-Lamp-093. Payments are made" goes on with another sentence. The years in which cars were built, "a
2006 Saturn", and the hours that services write, "2214 hrs", are nobody's number.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from privity.redact.claims import Claim, Part
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.lexicon import LISTED, Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of
from privity.redact.reading.written_lists import written_words

_LABELS = RECORDS | {Label.ACCOUNT, Label.IBAN, Label.PASSWORD, Label.PHONE, Label.SSN}
_LABELLED = _LABELS - {Label.PASSWORD, Label.VEHICLE}
_NAMES_OF_NUMBERS = written_words().labels | {"adm", "att", "dob"}
_BEFORE = re.compile(rf"(?:a/c|{one_of(_NAMES_OF_NUMBERS)})(?:\.? ?(?:no\.?|nr\.?|#))?[.:]? ", re.ASCII | re.IGNORECASE)
_BEHIND = re.compile(rf"[0-9] (?:{one_of(_NAMES_OF_NUMBERS)})$", re.ASCII | re.IGNORECASE)
_SENTENCE = re.compile(r"[A-Za-z0-9]\. ([A-Z][a-z]{2,15})$", re.ASCII)
_BUILT = re.compile(r"an? (?:19[5-9][0-9]|20[0-4][0-9])", re.ASCII)
_SOMETHING = re.compile(r" (?:[a-z]+ )?[A-Z]", re.ASCII)
_HOUR = re.compile(r"[0-2][0-9][0-5][0-9]", re.ASCII)
_HOURS = re.compile(r" ?(?:hrs?|hours|uhr)\b", re.ASCII)
_FROM_TO = re.compile(r"[0-2]?[0-9]:[0-5][0-9] ?- ?[0-2]?[0-9]:[0-5][0-9]", re.ASCII)
_FEW = frozenset({"one", "two", "three", "four"})
_COUNTED = re.compile(r" [a-z]{2,}", re.ASCII)  # "plate 6GWS813, one dog in the back"
_LONGEST = 80  # characters
_SHORTEST_VALUE = 4


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims with such words cut off, and without years and hours."""
    kept_of = cache(partial(_kept, transcript))  # several detectors find the same place
    for claim in claims:
        label, place = claim.finding.label, claim.parts[0]
        if label not in _LABELS or len(claim.parts) > 1:
            yield claim
        elif (kept := kept_of(label, *place)) is not None:
            yield claim if kept == place else Claim((kept,), claim.finding)


def _kept(transcript: Transcript, label: Label, start: int, end: int) -> Part | None:
    """Return what stays of a number, None where it is a year or an hour; nothing is told of what was said."""
    at = transcript.words.at_or_behind(start)
    if end - start > _LONGEST or at >= len(transcript.words.bits) or transcript.words.bits[at] & Bit.PLAIN:
        return start, end
    return None if _is_time(transcript, start, end) else _without_labels(transcript, label, start, end)


def _is_time(transcript: Transcript, start: int, end: int) -> bool:
    """Whether a number is a year in which something was built, an hour or the time from one to another."""
    text = transcript.folded
    said = text[start:end]
    if _HOUR.fullmatch(said):
        return _HOURS.match(text, end) is not None
    if said in _FEW:
        return _COUNTED.match(text, end) is not None
    if said.startswith("a"):
        return _BUILT.fullmatch(said) is not None and _SOMETHING.match(transcript.cased, end) is not None
    return ":" in said and _FROM_TO.fullmatch(said) is not None


def _without_labels(transcript: Transcript, label: Label, start: int, end: int) -> Part:
    """Return the place of a value without labels and without the word that opens the next sentence."""
    cased = transcript.cased
    if label in _LABELLED:
        before = _BEFORE.match(cased, start, end) if cased[start].isupper() else None
        labelled = before is not None and end - before.end() >= _SHORTEST_VALUE
        if before and labelled and _has_digit(cased, before.end(), end):
            start = before.end()
        behind = _BEHIND.search(cased, start, end) if cased[end - 1].isupper() else None
        if behind:
            end = behind.start() + 1
    sentence = _SENTENCE.search(cased, start, end) if ". " in cased[start:end] else None
    if sentence and _is_word(sentence[1]) and _has_digit(cased, start, sentence.start(1)):
        end = sentence.start() + 1
    return start, end


def _is_word(word: str) -> bool:
    return lexicon().of(word.lower()) & (Bit.WORD | LISTED) == Bit.WORD or bool(lexicon()[word.lower()] & Bit.DERIVED)


def _has_digit(text: str, start: int, end: int) -> bool:
    return any(map(str.isdigit, text[start:end]))
