"""Dates, written and spoken: "3/3/1980", "March 3rd", "march third nineteen eighty".

A date is any element more exact than the year (45 CFR 164.514(b)(2)(i)(C)).
"""

import re
from collections.abc import Iterator
from typing import Any

from privity.redact.claims import Claim, Part
from privity.redact.dates import corrected_dates, date_edges
from privity.redact.dates.date_words import (
    CARDINAL_DAY,
    DAY,
    IN_FIGURES,
    LONG_YEAR,
    MONTH,
    NUMERIC_DAY,
    OF_MONTHS,
    ORDINAL,
    PLAIN_MONTH,
    SPOKEN_YEAR,
    TEEN,
    TENS,
    UNIT,
    YEAR_BEHIND,
    counts_something,
)
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, A_NUMBER, Group, Triggered

_HOLIDAY = (
    r"(?:may\s+day|christmas(?:\s+(?:eve|day))?|new\s+year's(?:\s+(?:eve|day))?|halloween|valentine's\s+day|valentines\s+day|"
    r"groundhog\s+day|boxing\s+day|(?:saint|st\.?)\s+patrick's\s+day|veterans\s+day|flag\s+day|leap\s+day)"
)
_TIME = r"(?:[t ,]+(?:at )?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:\.[0-9]+)?(?: ?[ap]\.?m\b| ?z\b)?)?"
_ONE_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_FORMS = (
    rf"\b{MONTH}\s+(?:of\s+)?two\s+thousand(?:\s+(?:and\s+)?(?:{TEEN}|{TENS}(?:[\s-]+{UNIT})?|{UNIT}))?\b",
    rf"\b{MONTH},?\s+(?:(?:on\s+)?the\s+)?{DAY}(?:(?:\s*,\s*|\s+)(?:{YEAR_BEHIND}|(?:of\s+|in\s+)?last\s+year\b))?",
    rf"\b(?:the\s+)?(?:{ORDINAL}|{NUMERIC_DAY})(?:\s+(?:day\s+)?of|,)\s+{MONTH}(?:(?:\s*,\s*|\s+){YEAR_BEHIND})?",
    rf"\b(?:the\s+)?(?:{ORDINAL}|{NUMERIC_DAY})[\s-]+{PLAIN_MONTH}(?:[\s,-]+(?:of\s+)?{LONG_YEAR})?",
    rf"\b(?:the\s+)?{CARDINAL_DAY}\s+of\s+{MONTH}(?:(?:\s*,\s*|\s+){YEAR_BEHIND})?",
    rf"\b(?:{CARDINAL_DAY}|{ORDINAL})\s+{MONTH}(?:\s*,\s*|\s+){YEAR_BEHIND}",
    rf"\bthe\s+(?:{ORDINAL}|{CARDINAL_DAY})\s+(?:and|or|to|through)\s+(?:the\s+)?(?:{ORDINAL}|{CARDINAL_DAY})\s+of\s+{MONTH}",
    rf"\b(?:the\s+)?(?:{ORDINAL}|last)\s+week(?:end)?\s+(?:of|in)\s+{MONTH}(?:(?:\s*,\s*|\s+)(?:of\s+|in\s+)?{LONG_YEAR})?",
    rf"\b(?:the\s+)?{ORDINAL}\s+of\s+(?:last|this|next)\s+{MONTH}",
    rf"\b{_HOLIDAY}(?:\s*,\s*|\s+){YEAR_BEHIND}",
    rf"\b{NUMERIC_DAY}\s+(?:mar(?:ch)?|may)\b(?:[\s,-]+{LONG_YEAR})?",
    rf"\b{NUMERIC_DAY}-{MONTH}-(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}})\b",
    rf"\b{MONTH}(?:\s*,\s*|\s+)(?:of\s+|in\s+)?{LONG_YEAR}",
    rf"\b{MONTH}\s+of\s+(?:{TENS}(?:[\s-]+{UNIT})?|(?:oh|o)\s+{UNIT})\b",
    rf"\b{_ONE_DAY}(?:\s?/\s?|-){_ONE_DAY}(?:\s?/\s?|-)(?:(?:1[89]|20)[0-9]{{2}})\b{_TIME}",
    rf"\b{_ONE_DAY}(?:\s?/\s?{_ONE_DAY}\s?/\s?|-{_ONE_DAY}-)[0-9]{{2}}\b{_TIME}",
    rf"\b(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])\.(?:1[89]|20)[0-9]{{2}}\b{_TIME}",
    rf"\b(?:1[89]|20)[0-9]{{2}}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])(?:\b{_TIME}|t[0-9:]+z?)",
)
_OF_HOLIDAYS = "christmas year halloween valentine valentines groundhog boxing patrick veterans flag leap"
_OF_DATES = f"{OF_MONTHS} {_OF_HOLIDAYS} {IN_FIGURES}"
_OF_DAYS = f"{' '.join(ORDINALS)} last {A_NUMBER}"
_DATE = Triggered("|".join(_FORMS).encode(), needs=(_OF_DATES, _OF_DAYS))
# "august twenty two thousand two": a day that is a ten, before a year that a ten and its unit would swallow
_THOUSAND = rf"two\s+thousand(?:\s+(?:and\s+)?(?:{TEEN}|{TENS}(?:[\s-]+{UNIT})?|{UNIT}))?\b"
_TEN_THEN_THOUSAND = Triggered(
    (
        rf"\b(?:{MONTH},?\s+(?:(?:on\s+)?the\s+)?(?:twenty|thirty)|(?:the\s+)?(?:twenty|thirty)\s+(?:of\s+)?{MONTH})"
        rf"(?:\s*,\s*|\s+){_THOUSAND}"
    ).encode(),
    needs=(OF_MONTHS, "twenty thirty", "thousand"),
)
_MONTH_NUMBER = rf"(?:oh\s+)?(?:{UNIT}|ten|eleven|twelve)"
# "paid on ten thirty one", "the date of service is six twelve twenty twenty four": months and days as bare numbers.
_IN_NUMBERS = Triggered(
    (
        rf"\b(?:(?:paid|mailed|filed|sent|loss\s+was|happened|posted|processed|dated|signed|shipped|started|admitted|discharged)"
        rf"\s+(?:on|from|since)|anniversary\s+(?:is|was)|dated|date(?:\s+of\s+[a-z]+)?(?:\s+(?:is|was|on\s+it\s+is|of))?)\s+(?:the\s+)?"
        rf"({_MONTH_NUMBER}\s+(?:oh\s+)?{CARDINAL_DAY}(?:\s+(?:{SPOKEN_YEAR}|{TENS}(?:\s+{UNIT})?\b))?)"
    ).encode(),
    needs=(
        (
            "paid mailed filed sent loss happened posted processed dated signed shipped started admitted "
            "discharged date anniversary"
        ),
        A_NUMBER,
    ),
)
_MONTH_AND_DAY = Triggered(
    rb"\b(?:on|by|before|after|until|till|since|from|died|expired|expires|expiring|due|dated|through)\s+"
    rb"((?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12][0-9]|3[01])|(?:1[3-9]|2[0-9]|3[01])/(?:0?[1-9]|1[0-2]))(?:[^0-9/]|$)",
    needs=("on by before after until till since from died expired expires expiring due dated through", A_DIGIT),
)
_NO_DAYS = frozenset({b"24/7", b"16/9", b"20/10"})  # always, the sides of a screen, sight
_FESTIVE = re.compile(
    r" (?:thing|party|weekend|sale|parade|fireworks|holiday|barbecue|bbq|picnic|cookout|closure|hours|events?|week)\b",
    re.ASCII,
)
_TENS_OF_DAYS = (b" twenty", b" thirty")
_REST_OF_DAY = re.compile(rb"[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b")
_TWENTIES = tuple(f"{ten} {day}".encode() for ten in ("twenty", "thirty") for day in ("first", "second", "third"))
_DIGITS = tuple("0123456789")
_WHO_MAY = frozenset({"i", "we", "you", "he", "she", "they", "it"})
_DATES_BEHIND = frozenset(
    {"on", "by", "until", "till", "from", "since", "before", "after", "of", "the", "dated", "due"}
)
_LONGEST = 60
_GOES_ON = Bit.FUNCTION | Bit.NUMBER | Bit.DIGITS
_OF_FORMS = re.compile(
    r",? (?:and last |and middle )?(?:names?|initials?|thing|of all|line|floor|option|"
    r"one(?! (?:o'clock|oh|ten|fifteen|twenty|thirty|forty|fifty|p m|pm|thousand)\b))\b",
    re.ASCII,
)
_BORN = re.compile(
    r"(?:\b(?:nee?s?(?:\(e\))?\s+le|naci(?:o|d[oa])?\s+el|nat[oa]\s+il|geb(?:oren)?\.?(?:\s+am)?|naissance|nacimiento)|"
    r"(?:^|[\s(,;])b\.)[\s:]*$",
    re.ASCII,
)
_BIRTH_REACH = 24
_BIRTH_FOUND = finding(Label.DOB, "birth-date", "date form, behind a birth", 0.95, "form")
_DATE_FOUND = finding(Label.DATE, "date", "date form", 0.94, "form")
_DATE_SAID = finding(Label.DATE, "date-numbers", "a month and a day as numbers behind a date cue", 0.75, "context")
NEEDS = Group(_DATE, _TEN_THEN_THOUSAND, _MONTH_AND_DAY, _IN_NUMBERS)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return dates, dates of birth, and card expiries that are said as a month and year."""
    answered: set[int] = set()
    for start, end in _dates(transcript):
        cue = cues.governing(start, end)
        if cue is not None and cue.label in {Label.DOB, Label.EXPIRY} and cue.start not in answered:
            answered.add(cue.start)
            why = f'date form, cue "{cue.phrase}"'
            found = finding(cue.label, f"{cue.label.lower()}-date", why, 0.98, "form", cue.phrase)
        else:
            found = _BIRTH_FOUND if _BORN.search(transcript.before(start, _BIRTH_REACH)) else _DATE_FOUND
        yield Claim(corrected_dates.parts_of(transcript, start, end), found)
        for day in corrected_dates.days_beside(transcript, start, end):
            yield Claim((day,), found)
    for match in _MONTH_AND_DAY.finditer(transcript.octets):
        if not counts_something(transcript, match.end(1)) and match[1] not in _NO_DAYS:
            yield Claim((match.span(1),), _DATE_SAID)
    for match in _IN_NUMBERS.finditer(transcript.octets):
        if not counts_something(transcript, match.end()):
            yield Claim((match.span(1),), _DATE_SAID)


def _dates(transcript: Transcript) -> Iterator[Part]:
    """Yield where the forms of dates begin and end."""
    for match in _TEN_THEN_THOUSAND.finditer(transcript.octets):
        if not counts_something(transcript, match.end()) and not _is_of_things(transcript, match[0], match.end()):
            yield match.span()
    for match in _matches(transcript):
        place = date_edges.edges(transcript, *match.span())
        if place is None or (match[0].endswith(b"fourth of july") and _FESTIVE.match(transcript.folded, place[1])):
            continue
        may_do = match[0].endswith(b"may") and _may_do(transcript, *place)
        if not may_do and not _is_form(transcript, match[0], place[1]):
            yield place


def _is_of_things(transcript: Transcript, said: bytes, end: int) -> bool:
    """Whether a round thousand counts what stands behind it: "in august twenty two thousand people came"."""
    words = transcript.words
    at = words.at_or_behind(end)
    if not said.endswith(b"thousand") or at >= len(words.texts) or words.starts[at] != end + 1:
        return False
    return transcript.folded[end] == " " and not words.bits[at] & (Bit.FUNCTION | Bit.CALENDAR)


def _matches(transcript: Transcript) -> Iterator[Any]:
    """Yield the forms of dates; a month behind the line of a speaker's number begins one by itself."""
    for match in _DATE.finditer(transcript.octets):
        begin = date_edges.behind_head(transcript, *match.span())
        if match[0].endswith(_TENS_OF_DAYS) and _REST_OF_DAY.match(transcript.octets, match.end()):
            begin = match.start() + match[0].find(b" ") + 1  # "he's seven, february twenty first"
        if begin > match.start():
            found = _DATE.search(transcript.octets, begin, min(len(transcript.octets), begin + _LONGEST))
            if found is not None and found.start() == begin:
                yield found
        else:
            yield match


def _may_do(transcript: Transcript, start: int, end: int) -> bool:
    """Whether "may" behind a number is a verb: "at 4 may i have", "up to $40 may apply", but "on 4 may"."""
    words, text = transcript.words, transcript.folded
    at = words.at_or_behind(start)
    if text[start - 1 : start] == "$":
        return True
    behind = words.at_or_behind(end)
    if not text[start:end].startswith(_DIGITS) or behind >= len(words.texts) or text[end : words.starts[behind]] != " ":
        return False
    if words.said[behind] in _WHO_MAY:
        return words.said[behind + 1 : behind + 2] != [] and words.beside(at, -1) not in _DATES_BEHIND
    return words.beside(at, -1) not in _DATES_BEHIND and not words.bits[behind] & _GOES_ON


def _is_form(transcript: Transcript, said: bytes, end: int) -> bool:
    """Whether a month that closes a sentence stands before "first name", or before the second of something."""
    counts = said.endswith((b" first", b" second", b" third")) and not said.endswith(_TWENTIES)
    return counts and _OF_FORMS.match(transcript.folded, end) is not None
