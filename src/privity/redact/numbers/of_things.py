"""Numbers in talk about things that look like read pieces: hours, years of service, codes on a screen, presses of keys.

"open seven a m to seven", "in the oven at three twenty five", "the navy from fifty two to fifty six", "it said code one
one eight on the screen", "we're a five oh one c three". The words themselves and those right beside them say so.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from privity.redact.reading.misheard import HOMOPHONES
from privity.redact.reading.spoken_numbers import UNITS
from privity.redact.reading.transcript import Transcript, Words

_HALVES = (("a", "m"), ("p", "m"))
_LONGEST_HOURS = 10  # words
_HOURS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"})
_MINUTES = frozenset({"ten", "fifteen", "twenty", "thirty", "forty", "fifty"})
_DECADES = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_LONGEST_SPAN = 5  # words
_NOTHING = frozenset({"zero", "0"})
_COUNT = frozenset({"nine", "ten", "eleven", "twelve", "fifteen", "sixteen", "seventeen", "16", "17", "15"})
_ENDS = frozenset({"ending", "ends", "end", "finishing"})
_SHOWN: Final = re.compile(
    r"\b(?:says?|said|saying|shows?|showed|showing|displays?|reads|flashing|error|threw|throwing|gives|gave)\s+(?:me\s+)?"
    r"(?:(?:uh|um|an?|the|error)\s+){0,3}code\s+$",
    re.ASCII,
)
_ON_SCREEN: Final = re.compile(
    r"[\s,.]+(?:(?:up|right|here|there)\s+)?(?:on\s+(?:the|my|our|his|her|this|its|your)\s+(?:screen|end|display|tv|dash\w*|"
    r"machine|monitor|panel)|whatever\s+that)\b",
    re.ASCII,
)
_FEW = 3  # digits
_REACH = 48  # characters
_EXEMPT: Final = re.compile(
    r"(?:an?\s+)?(?:five\s+(?:oh|o|zero)\s+one|5\s?0\s?1)[\s(]*c[\s()]*(?:three|four|six|3|4|6)\)?", re.ASCII
)  # 26 USC 501(c)


def are_hours(said: Sequence[str], before: str) -> bool:
    """Return whether words are times of day, or years from one to another; `before` is the word before them."""
    if len(said) <= _LONGEST_HOURS and any(pair in _HALVES for pair in pairwise(said)):
        return True
    if before == "at" and 2 <= len(said) <= 3:
        return said[0] in _HOURS and said[1] in _MINUTES
    if before in {"from", "between"} and len(said) <= _LONGEST_SPAN:
        joints = {"to", "till", "until", "through"} if before == "from" else {"and"}
        return not joints.isdisjoint(said[1:-1])
    return False


def is_of_thing(words: Words, first: int, last: int) -> bool:
    """Return whether the words from one to another are a year, a count of digits, or one key that is pressed."""
    said = words.said[first : last + 1]
    before = words.beside(first, -1)
    if before == "all" and len(said) == 1:
        return said[0] in _COUNT  # "the vin, all seventeen"
    if len(said) == 1:
        return said[0] in HOMOPHONES  # "i'll need the passport number too"
    if before == "in" and said[0] in _DECADES and len(said) == 2:
        return words.beside(first, -2) not in _ENDS  # "had it out in ninety eight"
    counts = said in (["one", "two", "three"], ["three", "two", "one"])
    return counts or (len(said) <= 3 and len(set(said)) == 1 and said[0] in _NOTHING)  # "zero. zero. zero."


def is_on_screen(transcript: Transcript, start: int, end: int) -> bool:
    """Return whether a few digits are a code that something shows: "it said code one one eight on the screen".

    Four and more may be one that was sent to somebody, wherever it is read from.
    """
    text = transcript.folded
    said = text[start:end].split()
    if len(said) > _FEW or not all(
        word in UNITS or (word.isdigit() and len(word) * len(said) <= _FEW) for word in said
    ):
        return False
    document = transcript.document_at(start)
    shown = _SHOWN.search(text, max(transcript.documents[document], start - _REACH), start)
    return shown is not None and _ON_SCREEN.match(text, end, transcript.document_end(document)) is not None


def is_exemption(text: str) -> bool:
    """Return whether a text is what associations that pay no taxes are called: "a five oh one c three"."""
    return _EXEMPT.fullmatch(text) is not None
