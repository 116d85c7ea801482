"""Words at the edges of a number that are none of its digits: "oh, dear", "that's the one", "five twenty six and".

What a word beside a number is, its own neighbours say: "oh" is a digit among digits, "one" is none behind an article.
"""

import re

from privity.redact.claims import Part
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.folding import DOCUMENT_BREAK, TURN_BREAK
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.vocabulary import vocabulary

CARD_DATA = frozenset({Label.CARD, Label.CVV, Label.SSN})
NUMBERS = RECORDS | CARD_DATA | {Label.PHONE, Label.EXPIRY, Label.ZIP}
_OPENS_SENTENCE = frozenset({"oh", "o", "i"})
_OH = frozenset({"oh", "o"})
_THE = frozenset({"the", "that", "this", "which", "another", "every", "each", "no", "any"})
_BEFORE_DIGITS = vocabulary().of_reading | {"number", "numbers", "ending", "digit"}
_OPENS_ONE = frozenset({"is", "at", "ending", "ends", "in", "with"})
_LINE_ENDS = frozenset("\n" + TURN_BREAK + DOCUMENT_BREAK)
_LIMIT = re.compile(r"(?:19|20)[0-9]{2}|[0-9]{1,3}", re.ASCII)
_AROUND = frozenset(
    {"it's", "that's", "and", "huh", "so", "okay", "ok", "like", "now", "uh", "um", "er", "well", "alright"}
)
OF_THING = re.compile(
    r"(?:19|20)[0-9]{2}|(?:nineteen|twenty)[\s-]+(?:[a-z]+teen|[a-z]+ty(?:[\s-][a-z]+)?|ten|eleven|twelve)|"
    r"two\s+thousand(?:\s+(?:and\s+)?[a-z]+)?",
    re.ASCII,
)  # a year: "a twenty seventeen camry"


def is_no_digit(transcript: Transcript, at: int, label: Label) -> bool:
    """Return whether a word by itself is no digit: "oh dear", "the old one", "one short"."""
    word = transcript.words.said[at]
    if word in _OH:
        return not _numeral_beside(transcript, at, sure=label in CARD_DATA)
    return word == "one" and _is_thing(transcript, at, sure=label in CARD_DATA)


def _numeral_beside(transcript: Transcript, at: int, *, sure: bool) -> bool:
    """Whether a number stands right beside a word in its line, or in the next lines where it is all of its own.

    Where it ends its line, and one is `sure` that a number is read, that is enough.
    """
    words, beside, alone, ends = transcript.words, [], True, True
    for other in (at - 1, at + 1):
        if 0 <= other < len(words.bits):
            gap = transcript.folded[words.ends[min(at, other)] : words.starts[max(at, other)]]
            here = _LINE_ENDS.isdisjoint(gap)
            alone = alone and not here
            ends = not here if other > at else ends
            beside.append((here, words.bits[other] & NUMERAL != 0))
    return (ends and sure) or any(numeral and (here or alone) for here, numeral in beside)


def _is_thing(transcript: Transcript, at: int, *, sure: bool) -> bool:
    """Whether "one" stands for a thing: behind an article and what describes it.

    Unless one is `sure` that digits are read, any word that describes is enough.
    """
    words = transcript.words
    if at == 0 or transcript.folded[words.ends[at - 1] : words.starts[at]] != " " or words.bits[at - 1] & NUMERAL:
        return False
    before = words.said[at - 1]
    behind = at + 1 if transcript.folded[words.ends[at] : words.ends[at] + 1] in {" ", "-"} else len(words.bits)
    if behind < len(words.bits) and words.bits[behind] & NUMERAL:
        return False
    if behind < len(words.bits) and before not in _THE and before != "same" and _is_letter(words.said[behind]):
        return False
    if before in _THE or (words.beside(at, -2) in _THE and words.starts[at - 1] - words.ends[at - 2] == 1):
        return True  # also "the wrong one"
    return not sure and before not in _BEFORE_DIGITS and words.bits[at - 1] & (Bit.WORD | Bit.FUNCTION) == Bit.WORD


def _is_letter(said: str) -> bool:
    """Whether a word is a letter that is read: "that was one h g c m"."""
    return len(said) == 1 and said.isalpha() and said not in "ai"


def cut(transcript: Transcript, label: Label, part: Part, first: int, last: int) -> Part | None:
    """Return a part without the small words at its edges: "and" of "five twenty six and"."""
    words = transcript.words
    start, end = part
    if label is not Label.EMAIL:
        while last > first and words.said[last] in _AROUND and words.ends[last] == end:
            last -= 1
            end = words.ends[last]
        while first < last and words.said[first] in _AROUND and words.starts[first] == start:
            first += 1
            start = words.starts[first]
    if label in RECORDS and first < last and words.texts[first] == "a":
        of_thing = OF_THING.fullmatch(transcript.folded, words.starts[first + 1], end)  # "a 2018 Outback"
        if of_thing or not words.bits[first] & Bit.PLAIN:
            first += 1
            start = words.starts[first]
        if of_thing or (not words.bits[first] & Bit.PLAIN and _LIMIT.fullmatch(transcript.folded, start, end)):
            return None
    if words.said[first] == "one" and first < last and _is_thing(transcript, first, sure=label in CARD_DATA):
        first += 1
        while first <= last and not (words.bits[first] & NUMERAL if label in NUMBERS else _begins(words, first)):
            first += 1
        if first > last:
            return None
        start = words.starts[first]
    return start, end


def without_oh(transcript: Transcript, part: Part, last: int) -> Part:
    """Return a part without "oh" or "i" at its end, with which another sentence begins: "... four nine. oh dear"."""
    words, text = transcript.words, transcript.folded
    if words.said[last] not in _OPENS_SENTENCE or words.ends[last] != part[1] or words.starts[last] <= part[0]:
        return part
    gap = text[words.ends[last - 1] : words.starts[last]]
    opens = ". " in gap or "! " in gap or "? " in gap or (words.said[last] == "i" and ", " in gap)
    goes_on = last + 1 < len(words.said) and words.bits[last + 1] & NUMERAL and text[part[1] : part[1] + 1] == " "
    follows = len(words.beside(last, 1)) > 1 and "\n" not in text[part[1] : words.starts[last + 1]]
    return (part[0], words.ends[last - 1]) if opens and follows and not goes_on else part


def _begins(words: Words, at: int) -> bool:
    return words.said[at] not in _OPENS_ONE
