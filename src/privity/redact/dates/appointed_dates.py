"""Dates in numbers only that are offered, agreed upon or told: "she has nine 27 at 6:30 pm or may fourth at eleven".

"you're all set for 9/2", "the field trip is 11/13", "let's do two twenty two", "your claim from six eight twenty one".
Months are said first, as in the United States. The same words may be a time ("let's do ten fifteen"), a price or a
share, so a month and a day want more: a time behind them, what has its day ("conferences are"), another date that they
are offered beside, or a date that was offered before and now is agreed upon. Days that are minutes of many times
("fifteen", "30") want one of these the more. Fractions and marks ("8/10") are no dates by their form alone.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from privity.redact.claims import Claim
from privity.redact.dates.date_words import (
    CARDINAL_DAY,
    IN_FIGURES,
    IN_WORDS,
    LONG_YEAR,
    MONTH,
    MONTHS,
    ORDINAL,
    SPOKEN_YEAR,
    TEEN,
    TENS,
    UNIT,
    counts_something,
)
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.folding import TURN_BREAK
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, ORDINALS, spoken_digits
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_MONTH = rf"(?:(?:oh|zero)\s+{UNIT}|{UNIT}|ten|eleven|twelve|1[0-2]|0?[1-9])"
_DAY = rf"(?:(?:oh|zero)\s+{UNIT}|(?:twenty|thirty)(?:[\s-]+{UNIT})?|{TEEN}|{UNIT}|[12][0-9]|3[01]|0?[1-9])"
_YEAR = (
    rf"(?:{SPOKEN_YEAR}|(?:20|19)[0-9]{{2}}|[0-9]{{2}}|twenty\s+(?:{TENS}(?:\s+{UNIT})?|{TEEN})|twenty(?:\s+{UNIT})?)"
)
_APART = r"(?:\s?/\s?|,\s+|\s+slash\s+|\s+)"
_OFFERS = "has have see got"
_TELLS = "is are was were ends ended starts begins expires expired"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun"
_DOES = (
    "arrive arrives arriving depart departs departing leave leaves leaving return returns returning delivered posted "
    "due effective issued placed shipped stay staying starting ending received seen dated since be before after by of"
)
_JOINS = "to through thru till until and or"
_OPENERS = f"{_OFFERS} {_TELLS} {_DAYS} {_DOES} {_JOINS} on in out for do from take make about with prefer then"
_SAID = Triggered(
    (
        rf"(\b(?:{_OPENERS.replace(' ', '|')})\s|\x1e\s|-)\s*(?:(?:uh|um|er|like|maybe)\s+)*"
        rf"({_MONTH})({_APART})({_DAY})(?:{_APART}({_YEAR}))?\b"
    ).encode(),
    needs=(f"oh zero {IN_WORDS} {IN_FIGURES}",),
)
_HOUR = rf"(?:{UNIT}|ten|eleven|twelve|1[0-2]|0?[1-9])"
_TIME = (
    rf"(?:noon|midnight|[0-2]?[0-9]:[0-5][0-9]|{_HOUR}(?:\s+(?:o'clock|a\s?\.?m|p\s?\.?m|oh\s+{UNIT}|{TEEN}|"
    rf"(?:twenty|thirty|forty|fifty)(?:\s+{UNIT})?|[0-5][0-9])\b|\s?[ap]\.?\s?m\b|(?=\s*(?:[,.;\x1d\x1e]|$))|"
    r"(?=\s+(?:in|from|or|and|to|on|with|if)\b)))"
)
_AT_TIME = re.compile(rf",?\s+(?:at|around)\s+(?:(?:about|around|like|uh|um)\s+)*{_TIME}", re.ASCII)
_FROM_TIME = re.compile(rf",?\s+from\s+{_TIME}", re.ASCII)
_IN_SEAT = re.compile(r",?\s+(?:in\s+seat|in\s+row|from\s+gate|leaving|departing|returning)\b", re.ASCII)
_HAS_ITS_DAY = re.compile(
    (
        r"\b(?:(?:all\s+set|set|scheduled|booked|confirmed|rescheduled|you\s+down|see\s+you|moved|pushed\s+back)(?:\s+up)?\s+"
        r"(?:for|to|on)|(?:trips?|anniversary|conferences?|appointments?|lease|warranty|due\s+dates?|dates?|deadline|party|wedding|meeting|"
        r"hearing|recital|concert|exam|surgery|checkout|check\s+in|arrival|departure|refill|visit|interview|closing|"
        r"orientation|inspection|opening|graduation|next\s+one|picture\s+day|shot|vaccine|dose)\s+(?:is|are|was|were|ends|starts|begins|expires)"
        r"(?:\s+(?:on|from|due))?|(?:claim|accident|visit|charge|bill|invoice|letter|call|loss)\s+(?:from|of|on)|"
        r"(?:hit|ended|fell|happened|accident|crash)(?:\s+(?:me|us|it))?(?:\s+(?:uh|um))?\s+on|flight\s+(?:[a-z0-9]+\s+){1,6}on|"
        r"check(?:ing|ed)?\s+(?:in|out)|"
        r"(?:delivered|issued|posted|due|effective|placed|shipped|received|dated)(?:\s+on)?)"
        r"\s+$"
    ),
    re.ASCII,
)
# Of a train it may as well be the time, "it leaves nine twenty one".
_LEAVES = re.compile(
    (
        r"\b(?:(?:arriv|depart|leav|return|stay|start|end)(?:es|s|e|ing|ed)?(?:\s+(?:on|from))?|"
        rf"(?:{_DAYS.replace(' ', '|')}),?)\s+$"
    ),
    re.ASCII,
)
_AGREES = re.compile(
    (
        r"\b(?:let's\s+(?:do|say|go\s+with|make\s+it)|(?:i'd|we'd|would)\s+(?:rather|prefer)(?:\s+(?:do|have|take|go\s+with))?|"
        r"(?:i'll|we'll|i\s+will|could\s+i|can\s+i|can\s+we|could\s+we|i\s+can|we\s+can)\s+(?:take|do|make|have)|"
        r"(?:how|what)\s+about|go\s+with|put\s+me\s+down\s+for|book\s+me\s+(?:for|on)|\bdo)\s+(?:the\s+)?$"
    ),
    re.ASCII,
)
_WORKS = re.compile(r",?\s+(?:works|is\s+(?:fine|good|great|perfect|better)|would\s+work|sounds|please)\b", re.ASCII)
_DAY_NAMED = rf"(?:{ORDINAL}|{CARDINAL_DAY}|[0-3]?[0-9](?:st|nd|rd|th)?\b)"
_DATE = re.compile(rf"\b(?:({MONTH})\s+(?:the\s+)?({_DAY_NAMED})|({_DAY_NAMED})\s+(?:of\s+)?({MONTH}))", re.ASCII)
_HESITATION = re.compile(r"(?:\b(?:uh|um|er|like|maybe)\s+)+$", re.ASCII)
_JOINED = re.compile(rf"\s*(?:-|{_JOINS.replace(' ', '|')})\s*(?:the\s+)?", re.ASCII)
_CHOICES: Final = frozenset({"on", "or", "do"})
_AT_TIMES: Final = frozenset({*_OFFERS.split(), "on", "or"})
_MONTHS: Final = tuple(month[:3] for month in MONTHS)
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_PADDED: Final = ("0", "oh ", "zero ")
_NO_DAYS: Final = frozenset({"or", "and", "do", "take", "make", "have", "has", "got", "with"})
_BEFORE_YEARS: Final = frozenset(
    {
        "on", "since", "until", "till", "dated", "issued", "expires", "expired", "ends", "ended", "from", "for",
        "before", "after", "by",
    }
)  # fmt: skip
_BEFORE_OF: Final = frozenset({"as", "approved", "effective", "morning", "night", "week", "date", "day"})
_THESE_YEARS = re.compile(rf"twenty\s+{UNIT}", re.ASCII)
_LONG = re.compile(rf"{LONG_YEAR}$", re.ASCII)
_ROUND: Final = frozenset({10, 15, 20, 25, 30})
_PARTS: Final = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16})
_MOST_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_REACH = 60
_OFFERED_REACH = 600
_BESIDE = 160
_OFFERED = finding(
    Label.DATE, "date-appointed", "a month and a day in numbers where days are agreed upon", 0.86, "context"
)
NEEDS = _SAID
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return dates in numbers that what stands beside them shows to be dates."""
    known: set[tuple[int, int, int]] = set()
    last = -1  # where the date before ends
    for match in _SAID.finditer(transcript.octets):
        month, day = _value(match[2]), _value(match[4])
        start, end = match.start(2), match.end()
        if not (0 < month <= len(_MOST_DAYS) and 0 < day <= _MOST_DAYS[month - 1]) or _is_more(transcript, end):
            continue
        document = transcript.document_at(start)
        known_now = (document, month, day) in known
        joined = last > 0 and _JOINED.fullmatch(transcript.folded, last, start)
        if joined or _is_date(transcript, match, (month, day), known_now):
            known.add((document, month, day))
            last = end
            yield Claim(((start, end),), _OFFERED)


def _is_date(transcript: Transcript, match: Any, date: tuple[int, int], known: bool) -> bool:
    month, day = date
    start, end = match.start(2), match.end()
    if match[5] is not None and _is_whole(transcript, match):
        return True
    opener = match[1].decode("ascii").rstrip(" \n\t")
    signed = match[3].strip() in {b"/", b"slash"}
    if signed and not (month < day and day in _PARTS) and month != day:
        return opener not in {TURN_BREAK, "-"} or known or _is_offered(transcript, start, date, whole=False)
    text, turn = transcript.folded, transcript.stretches[transcript.turn_at(start)]
    before = _HESITATION.sub("", text[max(turn.start, start - _REACH) : start])
    whole = day not in _ROUND or match[5] is not None
    has_its_day = _HAS_ITS_DAY.search(before) is not None
    signed = signed and (has_its_day or _LEAVES.search(before) is not None or _AGREES.search(before) is not None)
    if (
        (_IN_SEAT.match(text, end) and opener in _CHOICES)
        or (_AT_TIME.match(text, end) and (opener in _AT_TIMES or has_its_day or _LEAVES.search(before)))
        or signed
        or (has_its_day and (whole or known or _FROM_TIME.match(text, end)))
        or (
            opener == TURN_BREAK and whole and _is_offered(transcript, start, date, whole=False)
        )  # "seven nineteen, yeah"
    ):
        return True
    if opener == "or":
        return whole and _DATE.search(text[max(turn.start, start - _BESIDE) : start]) is not None
    if _AGREES.search(before) or (opener == TURN_BREAK and _WORKS.match(text, end)):
        return known or _is_offered(transcript, start, date, whole=whole)
    return has_its_day and _is_offered(transcript, start, date, whole=False)


def _is_whole(transcript: Transcript, match: Any) -> bool:
    """Whether month, day and year are told as such: behind a weekday, by a long year, by a month that opens with 0."""
    opener, month, day, year = (match[group].decode("ascii").strip() for group in (1, 2, 4, 5))
    if opener in {TURN_BREAK, "-"} or opener in _NO_DAYS:
        return False
    if opener == "of" and transcript.words.beside(transcript.words.at_or_behind(match.start(2)), -2) in _BEFORE_OF:
        opener = "on"
    if opener in _BEFORE_YEARS and _THESE_YEARS.fullmatch(year):
        return True
    return opener in _DAYS.split() or _LONG.fullmatch(year) is not None or (month.startswith(_PADDED) and len(day) > 1)


def _is_offered(transcript: Transcript, start: int, date: tuple[int, int], *, whole: bool) -> bool:
    """Whether a day was named before, or, of numbers that are no time, any day was."""
    document = transcript.documents[transcript.document_at(start)]
    offered = transcript.folded[max(document, start - _OFFERED_REACH) : start]
    dates = [_read(found[1] or found[4], found[2] or found[3]) for found in _DATE.finditer(offered)]
    return date in dates or (whole and bool(dates))


def _read(month: str, day: str) -> tuple[int, int]:
    return _MONTHS.index(month[:3]) + 1, _value(day.encode())


def _is_more(transcript: Transcript, end: int) -> bool:
    """Whether a number goes on behind a place, or counts something."""
    if transcript.folded[end : end + 1] in {"/", ":", "%", "-", "$"}:
        return True
    if counts_something(transcript, end):
        return True
    at = transcript.words.at_or_behind(end)
    return transcript.words.beside(at, 0) in {"of", "percent", "stars", "dollars", "slash"} | NUMBER_WORDS and not (
        transcript.folded[end : transcript.words.starts[at]].strip(" ")
    )


def _value(said: bytes) -> int:
    words = said.decode("ascii").replace("-", " ").split()
    digits = _DIGITS.match(words[-1])
    return int(digits[0]) if digits else sum(ORDINALS.get(word) or int(spoken_digits(word)) for word in words)
