"""Digits that a recognizer heard as other words, "fore" and "ate", and letters that a scanner read in their place."""

import re
from typing import Final

from privity.redact.reading.heard_as_words import HEARD_AS_WORDS
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Words

HOMOPHONES: Final = {
    "won": "one",
    "too": "two",
    "fore": "four",
    "fife": "five",
    "sicks": "six",
    "ate": "eight",
    "nein": "nine",
} | HEARD_AS_WORDS
HEARD_WITHIN: Final = frozenset({"time", "times", "tree", "free", "fine", "sick", "oath", "nights", "night"})
"""What stands within numbers for nine, three, five, six and eight, and anywhere else is a word of its own."""

_EATERS = frozenset({"i", "he", "she", "it", "we", "they", "you", "who", "and", "just", "only", "also", "me", "one"})
_NO_OTHER_WORD = frozenset({"fore", "fife", "sicks", "nein"})  # beside a number, they are nothing else
MISREAD: Final = re.compile(r"[0-9lIOoSBZ]{3,}", re.ASCII)  # "l70 32 9169": letters that look like digits
_CODE = re.compile(
    r"\b(?:code|cvv2?|cvc2?|on the back)(?: (?:number|code))?(?: is| are| it's|:)? $", re.ASCII
)  # and then three digits
AS_DIGITS: Final = str.maketrans("lIOoSBZ", "1100582")


def is_misread(text: str, word: str, start: int) -> bool:
    """Whether letters within digits were read off paper wrongly: in a long number, or beside another one."""
    digits = sum(map(str.isdigit, word))
    if len(word) > 3:
        return digits * 4 >= len(word) * 3
    end = start + len(word)
    if _CODE.search(text, max(0, start - 32), start):
        return digits == 2
    beside = text[end + 1 : end + 2] + text[start - 2 : start - 1]
    return digits == 2 and any(map(str.isdigit, beside))


def among_numbers(words: Words, at: int) -> bool:
    """Whether "ate" is eight: a number stands on one side of it, and a number or nothing on the other."""
    if words.said[at] in HEARD_AS_WORDS:
        return True  # no number but where it was found to be one
    before, after = (
        words.beside(at, by) != "" and words.bits[at + by] & (Bit.NUMBER | Bit.DIGITS) != 0 for by in (-1, 1)
    )
    if (before and after) or ((before or after) and words.texts[at].lower() in _NO_OTHER_WORD):
        return True
    ends = words.beside(at, 1) == "" or words.starts[at + 1] > words.end(at) + 1
    begins = words.beside(at, -1) == "" or words.end(at - 1) < words.starts[at] - 1
    opens = after and words.beside(at, -1) not in _EATERS | {""} and words.beside(at, 2) != ""
    return (before and ends) or (after and begins) or (opens and bool(words.bits[at + 2] & Bit.NUMBER))
