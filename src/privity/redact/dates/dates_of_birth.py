"""Dates of birth that answer a question, in whatever pieces they come: "ten october ten eighty eighty four".

The answer is read as a whole: months, ordinals and numbers with hesitations between them, from its first such word to
its last. It needs a month or three numbers, so "one moment" answers nothing.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.dates import date_edges
from privity.redact.dates.corrected_dates import year_alone, year_asked
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import Cue, Cues
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_BETWEEN = frozenset({"uh", "um", "er", "the", "of", "in", "no", "sorry", "wait", "and", "i", "mean", "make", "that"})
_CENTURIES = frozenset({"nineteen", "eighteen", "twenty", "two"})
_SOLD_BY = vocabulary().units | {
    "gallon", "month", "week", "night", "piece", "pound", "share", "person", "head", "unit",
}  # fmt: skip
_OH = frozenset({"oh", "o"})
_TURNS = 2  # behind a question
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}", re.ASCII)
_BEHIND_YEAR = frozenset({"in", "of", "and", "the"})  # "05/11/1971 in 12 B"
_LONGEST_OPENING = 12  # words
_LONGEST = 24  # words
_MOST_BETWEEN = 3
_LEAST_NUMBERS = 3


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return the dates of birth that follow their cue, in its turn or in the answer."""
    for cue in cues:
        if cue.label is Label.DOB and (place := _answer(transcript, cues, cue)):
            why = f'cue "{cue.phrase}", then parts of a date'
            year = year_asked(transcript, place[1]) or year_alone(transcript, *place)
            parts = (place, *year)
            yield Claim(parts, finding(Label.DOB, "answered-birth", why, 0.985, "context", cue.phrase))


def _answer(transcript: Transcript, cues: Cues, cue: Cue) -> tuple[int, int] | None:
    words = transcript.words
    asked = transcript.turn_at(cue.start)
    stretch = transcript.stretches
    last_turn = min(asked + _TURNS, len(stretch) - 1)
    while stretch[last_turn].document != stretch[asked].document:
        last_turn -= 1
    first = words.at_or_behind(cue.end)
    beyond = min(words.at_or_behind(stretch[last_turn].end), first + _LONGEST_OPENING)
    for at in range(first, beyond):
        if cues.between(cue.end, words.starts[at]):
            break
        if words.said[at] in _OH and not any(bits & NUMERAL for bits in words.bits[at + 1 : at + 2]):
            continue  # "oh december eleventh"
        if words.beside(at, -1) == "at" and not words.bits[at] & Bit.CALENDAR:
            continue  # "i leave at three twenty five"
        if date_edges.behind_head(transcript, words.starts[at], len(transcript.folded)) > words.starts[at]:
            continue
        if _is_part(words.texts[at].lower(), words.bits[at]) and (place := _read(transcript, at)):
            return place
    return None


def _read(transcript: Transcript, first: int) -> tuple[int, int] | None:
    """Return where a date begins and ends that is read from a word on, within its turn; None where it is too short."""
    words = transcript.words
    turn = transcript.stretches[transcript.turn_at(words.starts[first])]
    beyond = min(words.at_or_behind(turn.end), first + _LONGEST)
    last, numbers, month, ordinals = first, 0, False, 0
    for at in range(first, beyond):
        word, bits = words.texts[at].lower(), words.bits[at]
        if _is_part(word, bits):
            last = at
            month = month or bits & Bit.CALENDAR != 0
            numbers += bits & NUMERAL != 0 or word in ORDINALS
            ordinals += word in ORDINALS
        elif word not in _BETWEEN or at - last > _MOST_BETWEEN:
            break
        else:
            whole = month or numbers >= _LEAST_NUMBERS
            if whole and word in _BEHIND_YEAR and _YEAR.fullmatch(words.texts[last]):
                break
    if last > first and words.said[last] in _OH:  # "she's ninety one oh bless her"
        last, numbers = last - 1, numbers - 1
    if _is_amount(transcript, first, last):
        return None
    by_order = ordinals > 1 and words.said[last - 1] == "the"  # "the twelfth of the fourth"
    whole = month or numbers >= _LEAST_NUMBERS or by_order
    if last > first and (whole or year_asked(transcript, words.end(last))):
        article = month and words.beside(first, -1) == "the" and words.starts[first] - words.ends[first - 1] == 1
        start = words.starts[first - article]
        return start, date_edges.end_of_words(transcript, start, words.end(last))
    return None


def _is_amount(transcript: Transcript, first: int, last: int) -> bool:
    """Whether numbers are an amount: "one thousand five hundred sixty one", or with its unit behind."""
    words = transcript.words
    if words.beside(last, 1) == "a" and words.beside(last, 2) in _SOLD_BY:
        return True  # "two eighty nine a gallon"
    if words.beside(last, 1) in vocabulary().units and words.starts[last + 1] == words.end(last) + 1:
        return True
    said = [*words.said[first : last + 1], words.beside(last, 1)]
    scaled = [before for before, word in zip(["", *said], said, strict=False) if word in {"hundred", "thousand"}]
    return any(before not in _CENTURIES for before in scaled)


def _is_part(word: str, bits: int) -> bool:
    return bits & (NUMERAL | Bit.CALENDAR) != 0 or word in ORDINALS
