"""Cuts off the words at the edges of a written number that are labels or open the next sentence.

"A/c 7326 8923", "GMC 6308813", "962-70-295 DOB": a label in capitals before or behind a number names its kind and is
none of it. "fjord-Lamp-093. Payments are made" goes on with another sentence. The years in which cars were built, "a
2006 Saturn", and the hours that services write, "2214 hrs", are nobody's number.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
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
_FEW = re.compile(r"one|two|three|four", re.ASCII)
_COUNTED = re.compile(r" [a-z]{2,}", re.ASCII)  # "plate 6GWS813, one dog in the back"
_LONGEST = 80  # characters
_SHORTEST_VALUE = 4


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims with such words cut off, and without years and hours."""
    for claim in claims:
        if claim.finding.label not in _LABELS or len(claim.parts) > 1:
            yield claim
            continue
        [(start, end)] = claim.parts
        at = transcript.words.at_or_behind(start)
        if end - start > _LONGEST or at >= len(transcript.words.bits) or transcript.words.bits[at] & Bit.PLAIN:
            yield claim
        elif not _is_time(transcript, start, end):
            kept = _kept(transcript, claim.finding.label, start, end)
            yield claim if kept == (start, end) else Claim((kept,), claim.finding)


def _is_time(transcript: Transcript, start: int, end: int) -> bool:
    """Whether a number is a year in which something was built, an hour or the time from one to another."""
    text = transcript.folded
    if _BUILT.fullmatch(text, start, end):
        return _SOMETHING.match(transcript.cased, end) is not None
    if _FROM_TO.fullmatch(text, start, end):
        return True
    if _FEW.fullmatch(text, start, end):
        return _COUNTED.match(text, end) is not None
    return _HOUR.fullmatch(text, start, end) is not None and _HOURS.match(text, end) is not None


def _kept(transcript: Transcript, label: Label, start: int, end: int) -> tuple[int, int]:
    """Return the place of a value without labels and without the word that opens the next sentence."""
    cased = transcript.cased
    if label in _LABELLED:
        before = _BEFORE.match(cased, start, end)
        labelled = before is not None and cased[start].isupper() and end - before.end() >= _SHORTEST_VALUE
        if before and labelled and _has_digit(cased, before.end(), end):
            start = before.end()
        behind = _BEHIND.search(cased, start, end)
        if behind and cased[end - 1].isupper():
            end = behind.start() + 1
    sentence = _SENTENCE.search(cased, start, end)
    if sentence and _is_word(sentence[1]) and _has_digit(cased, start, sentence.start(1)):
        end = sentence.start() + 1
    return start, end


def _is_word(word: str) -> bool:
    return lexicon().of(word.lower()) & (Bit.WORD | LISTED) == Bit.WORD or bool(lexicon()[word.lower()] & Bit.DERIVED)


def _has_digit(text: str, start: int, end: int) -> bool:
    return any(map(str.isdigit, text[start:end]))
