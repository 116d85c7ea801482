"""Words beside digits by which a digit counts something and is none of a number: "one moment", "the last four"."""

import re
from typing import Final

from privity.redact.reading.vocabulary import DIGIT_WORDS

# "one moment", "three o'clock": the last word of a run that turns out to be no digit.
NO_DIGIT_BEFORE: Final = re.compile(r"\s+(?:moment|second|sec|more|of|thing|minute|time|last)\b|'clock", re.ASCII)
# "the last four are ...", "the best one is ...": the first word of a run that is no digit of it.
_COUNTED = re.compile(
    r"\b(?:last|first|next|other|final|all|best|only|new|old|(?P<perhaps>right|wrong|correct|good|this|that|which))\s+(?:(?:uh|um|er)\s+)?$",
    re.ASCII,
)
_HOUR = (
    r"(?:[1-9]|1[0-2]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?:[\s:]+(?:[03]0|15|45|thirty|fifteen|forty[\s-]five))?"
)
HOUR_TO_HOUR: Final = re.compile(rf"{_HOUR}\s+(?:to|till|until|through)\s+{_HOUR}", re.ASCII)  # "six thirty to ten"
HOURS_BETWEEN: Final = re.compile(
    rf"{_HOUR}\s+and\s+{_HOUR}(?:\s+or\s+{_HOUR}\s+and\s+{_HOUR})?\b", re.ASCII
)  # behind "between"
_CLOSES_AT = re.compile(
    r"\b(?:closed?s?|opens?|open)\s+(?:(?:uh|um|er)\s+)?(?:at|until|till|by)\s+(?:(?:uh|um|er)\s+)?$", re.ASCII
)
_ONES = rf"(?:{'|'.join(DIGIT_WORDS)}|o)"
_DECIMAL = re.compile(rf"(?:[a-z]+[\s-]+){{1,4}}point\s+{_ONES}(?:\s+{_ONES})?", re.ASCII)
_AGES = re.compile(
    r"\b(?:kids|children|boys|girls|sons|daughters|twins|grandkids|grandchildren|nephews|nieces|ones)(?:\s+are|\s+were)?"
    r"(?:\s+aged?)?\s+$",
    re.ASCII,
)
_AND = re.compile(r"[a-z0-9]+(?:[\s-][a-z]+)?,?(?:\s+and)?\s+[a-z0-9]+(?:[\s-][a-z]+)?", re.ASCII)
_OUT_OF = re.compile(r"[a-z0-9]+(?:[\s-][a-z]+)?\s+(?:out\s+)?of\s+[a-z0-9]+(?:[\s-][a-z]+)?", re.ASCII)
_HUNDREDS = re.compile(
    rf"{_ONES}\s+hundred\s+(?:and\s+)?(?:[a-z]+ty(?:[\s-]{_ONES})?|[a-z]+teen)\s+[a-z]+ty(?:[\s-]{_ONES})?", re.ASCII
)  # dollars and cents
COUNTED_THINGS: Final = frozenset(
    {
        "adults", "people", "guests", "kids", "children", "rooms", "room", "nights", "beds", "tickets", "passengers",
        "items",
    }
)  # fmt: skip


_FEW = 5  # digits
_BEFORE = 32  # characters
_ANOTHER = re.compile(
    rf"[\s,-]+(?:[0-9]|(?:{_ONES}|ten|[a-z]+teen|[a-z]+ty|double|triple)\b)",
    re.ASCII,
)
_ONE_FOR = re.compile(r"\bone for\b[^\x1d\x1e\n]{1,80}?\bone for\b", re.ASCII)


def is_one_of_things(text: str, start: int) -> bool:
    """Return whether "one" stands for a thing: "one more time", "one for 521 75 and one for 84 dollars"."""
    if text.startswith(("one more ", "one second", "one moment"), start):
        return True
    if not text.startswith("one for ", start):
        return False
    return _ONE_FOR.match(text, start) is not None or text.endswith("and ", 0, start)


def is_the_one(text: str, start: int, end: int) -> bool:
    """Return whether "one" that ends at a place stands for what begins with digits: "i have the 9056 one"."""
    return text.endswith((" the ", "\nthe ", " this ", " that "), 0, start) and _ANOTHER.match(text, end) is None


def is_told(text: str, start: int, end: int, digits: int) -> bool:
    """Return whether a few digits are a decimal, a price, ages of children or a count out of another, by their words.

    "eleven point eight", "five hundred fifty six ninety nine", "my kids are five and sixteen", "session four of ten".
    """
    if digits > _FEW:
        return False
    said = text[start:end]
    if " point " in said and _DECIMAL.fullmatch(said):
        return True
    if " of " in said and _OUT_OF.fullmatch(said):
        return True
    if " hundred " in said and _HUNDREDS.fullmatch(said):
        return True
    ages = _AND.fullmatch(said) is not None and _AGES.search(text, max(0, start - _BEFORE), start)
    return bool(ages)


def closes_at(text: str, start: int) -> bool:
    """Return whether an hour at which something opens or closes stands at a place: "we close at six"."""
    return _CLOSES_AT.search(text, max(0, start - _BEFORE), start) is not None


def counts_before(text: str, start: int, digits: str, *, read_on: bool) -> bool:
    """Return whether the first digit of a run counts what was named: "this one, four"; not "is this three three four".

    `read_on` says that more digits follow it without a pause.
    """
    counted = _COUNTED.search(text, max(0, start - 8), start) if len(digits) == 1 else None
    return counted is not None and not (counted["perhaps"] and read_on and digits != "1")
