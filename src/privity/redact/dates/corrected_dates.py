"""What belongs to a date beside it: what was said in error before it, a day or a year that corrects it, a late year.

"march no december first", "2/1, wait no, february 27th", "july fourth sorry the fifth", "december eleventh uh nineteen
ninety five", "april ninth / go ahead / twenty twenty", "june tenth / and what year / seventy one", "of oh four". A
month by itself that nothing corrects stays readable.
"""

import re
from collections.abc import Iterator

import re2

from privity.redact.claims import Part
from privity.redact.dates.date_words import (
    CARDINAL_DAY,
    DAY,
    LONG_YEAR,
    MONTH,
    NUMERIC_DAY,
    ORDINAL,
    SHORT_YEAR,
    TEEN,
    TENS,
    UNIT,
    counts_something,
)
from privity.redact.reading.folding import TURN_BREAK
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.small_words import AN_URGE, CORRECTIONS
from privity.redact.reading.transcript import Transcript

_SMALL = r"(?:uh|um|er|erm|ah|oh|like|yeah|it's|it\s+was|that's|the|on|of|in|i\s+think)"
_CORRECTS = r"(?:no|sorry|wait|i\s+mean|i'm\s+sorry|actually|make\s+that|scratch\s+that|correction|rather|excuse\s+me)"
_CORRECTION = (
    rf"(?:[\s,.;!?-]+{_SMALL}\b){{0,3}}[\s,.;!?-]+{_CORRECTS}\b"
    rf"(?:[\s,.;!?-]+(?:{_SMALL}|{_CORRECTS})\b){{0,5}}[\s,.;-]+"
)
_NUMERIC_ORDINAL = r"(?:[12]?[0-9]|3[01])(?:st|nd|rd|th)\b"
_CORRECTED = re.compile(
    (
        rf"\b(?:{MONTH}(?:\s+(?:the\s+)?{DAY})?(?:[\s,]+{SHORT_YEAR})?|[0-9]{{1,2}}/[0-9]{{1,2}}(?:/[0-9]{{2,4}})?|"
        rf"{ORDINAL}|{_NUMERIC_ORDINAL}){_CORRECTION}$"
    ),
    re.ASCII,
)
_CORRECTING = re2.compile(
    (rf"{_CORRECTION}(?:(?:{ORDINAL}|{_NUMERIC_ORDINAL})(?:[\s,]+{LONG_YEAR})?|{LONG_YEAR})(?:[^a-z0-9]|$)").encode()
)
_LATE_YEAR = re2.compile(rf"(?:[\s,]+(?:uh|um|er|erm|ah|then|in|of|like))+[\s,]+{LONG_YEAR}(?:[^a-z0-9]|$)".encode())
_YEAR_TOLD = re2.compile(
    (
        rf"[\s.,]*(?:[\s.,!\x1e]+{AN_URGE})*[\s.,!]*[\x1e\s]\s*"
        rf"(?:(?:uh|um|and|then|of|in)\s+)*({LONG_YEAR})(?:[^a-z0-9]|$)"
    ).encode()
)
# "june tenth / mm hmm and what year / oh seventy one": behind such a question two digits are a year too.
_YEAR_ASKED = re2.compile(
    (
        rf"[\s.,!?\x1e]*(?:(?:{AN_URGE}|and|uh|um|oh|so|sorry|hmm)[\s.,!?\x1e]+)*"
        r"(?:(?:and\s+)?(?:of\s+|in\s+)?(?:what|which|the)\s+year|what's\s+the\s+year|year)"
        r"(?:\s+(?:was|is)\s+(?:that|it|he|she|this)|\s+(?:were\s+you\s+born|please|of\s+birth|sir|ma'am|is|was))*[\s.,?!\x1e]+"
        r"(?:(?:uh|um|oh|hmm|hm|well|yeah|yes|so|okay|in|of|it's|it\s+is|it\s+was|that's|that\s+was|that\s+would\s+be|the\s+year)[\s.,]+)*"
        rf"({LONG_YEAR}|[0-9]{{2}}|{TENS}(?:[\s-]+{UNIT})?|{TEEN}|(?:oh|o|zero)\s+{UNIT})(?:[^a-z0-9]|$)"
    ).encode()
)
_YEAR = " year"
# "july the eighteenth / okay / eighty eight": where a birth was asked for, a turn that is nothing else
_YEAR_ALONE = re2.compile(
    (
        rf"[\s.,]*\x1e\s*(?:{AN_URGE}[\s.,!]*)+\x1e\s*(?:(?:and|uh|um|in|of|then)[\s,]+)*"
        rf"('?[0-9]{{2}}|{TENS}(?:[\s-]+{UNIT})?|{TEEN}|(?:oh|o|zero)\s+{UNIT})[\s.,]*(?:[\x1d\x1e]|$)"
    ).encode()
)
_OH_YEAR = re2.compile(rf"\s*,?\s+(?:(?:of|in)\s+)?(?:oh|o|zero)\s+{UNIT}(?:[^a-z0-9]|$)".encode())
_SHORT_TEEN = re2.compile(rb"\s+(?:thir|four|fif|six|seven|eigh|nine)teen[ .]*(?:[\n\x1d\x1e]|$)")
_UNTIL = re.compile(
    rf"(?:\s?-\s?|\s+(?:through|thru|to|until|till)\s+)(?:the\s+)?((?:{ORDINAL}|{NUMERIC_DAY}|{CARDINAL_DAY}))"
    r"(?!\s*(?:[:/%-]|a\.?\s?m\b|p\.?\s?m\b|o'clock|at\s+night|in\s+the\s+[mae][a-z]+(?:ning|noon)\b)|\s+[0-9])",
    re.ASCII,
)
_LISTED = re.compile(
    rf"\b((?:{ORDINAL}|{_NUMERIC_ORDINAL})(?:\s*,\s*(?:the\s+)?(?:{ORDINAL}|{_NUMERIC_ORDINAL}))*)"
    r"\s*(?:,|-|,?\s+(?:and|or|to|through|thru|until|till)\s)\s*(?:the\s+)?$",
    re.ASCII,
)
_HAS_YEAR = re.compile(rf"{LONG_YEAR}$|[0-9]/[0-9]{{2,4}}$|year$", re.ASCII)
_SAID_THEN = CORRECTIONS | {"that"}
_REACH = 72
_ASKED_REACH = 140


def days_beside(transcript: Transcript, start: int, end: int) -> Iterator[Part]:
    """Return the other days of a date's month: "june 3 through 5", "the 3rd, 4th and 5th of may"."""
    text = transcript.folded
    if text[start].isalpha() and (until := _UNTIL.match(text, end)) and not counts_something(transcript, until.end()):
        yield until.span(1)
    document = transcript.documents[transcript.document_at(start)]
    if listed := _LISTED.search(text, max(document, start - _REACH), start):
        yield listed.span(1)


def begun_before(transcript: Transcript, start: int) -> int:
    """Return where a date begins that is said in error before the one at a place, or the place."""
    document = transcript.documents[transcript.document_at(start)]
    first = max(document, start - _REACH)
    before = transcript.folded[first:start]
    wrong = _CORRECTED.search(before) if any(map(before.__contains__, _SAID_THEN)) else None
    return first + wrong.start() if wrong else start


def parts_of(transcript: Transcript, start: int, end: int) -> tuple[Part, ...]:
    """Return the parts of a date which stands at a place: with what it corrects, and what comes late."""
    begin = begun_before(transcript, start)
    octets = transcript.octets
    if correcting := _CORRECTING.match(octets, end, min(len(octets), end + _REACH)):
        end = _trimmed(octets, end, correcting.end())
    if _HAS_YEAR.search(transcript.folded, start, end):
        return ((begin, end),)
    if (late := _LATE_YEAR.match(octets, end, min(len(octets), end + _REACH))) or (
        late := _SHORT_TEEN.match(octets, end, min(len(octets), end + _REACH))
    ):
        return ((begin, _trimmed(octets, end, late.end())),)
    if (late := _OH_YEAR.match(octets, end, min(len(octets), end + _REACH))) and _is_year(transcript, late.end()):
        return ((begin, _trimmed(octets, end, late.end())),)
    return ((begin, end), *_year_told(transcript, end))


def _is_year(transcript: Transcript, end: int) -> bool:
    """Whether "oh four" is a year by what follows: "march third oh four is right", not "oh one moment"."""
    words = transcript.words
    at = words.at_or_behind(end - 1)
    if at >= len(words.texts) or transcript.folded[words.ends[at - 1] : words.starts[at]] != " ":
        return True
    return words.bits[at] & Bit.FUNCTION != 0 and words.said[at] not in {"of", "more", "other", "or"}


def year_asked(transcript: Transcript, end: int) -> tuple[Part, ...]:
    """Return the year that answers a question for it right behind a month and a day; empty where none does."""
    octets = transcript.octets
    limit = min(len(octets), end + _ASKED_REACH)
    if transcript.folded.find(_YEAR, end, limit) < 0:
        return ()
    asked = _YEAR_ASKED.match(octets, end, limit)
    return (asked.span(1),) if asked and not counts_something(transcript, asked.end(1)) else ()


def year_alone(transcript: Transcript, start: int, end: int) -> tuple[Part, ...]:
    """Return the year in two digits that somebody adds in a turn of its own to a month and a day; empty for none."""
    octets = transcript.octets
    if _HAS_YEAR.search(transcript.folded, start, end):
        return ()
    told = _YEAR_ALONE.match(octets, end, min(len(octets), end + _REACH))
    return (told.span(1),) if told else ()


def years_asked(transcript: Transcript, start: int, end: int) -> Iterator[Part]:
    """Return the years that answer questions for one between two places, whatever was said before."""
    if transcript.folded.find(_YEAR, start, end) < 0:
        return
    for asked in _YEAR_ASKED.finditer(transcript.octets, start, end):
        if not counts_something(transcript, asked.end(1)):
            yield asked.span(1)


def _year_told(transcript: Transcript, end: int) -> tuple[Part, ...]:
    octets = transcript.octets
    if asked := year_asked(transcript, end):
        return asked
    behind = _YEAR_TOLD.match(octets, end, min(len(octets), end + _REACH))
    if behind is None or counts_something(transcript, behind.end(1)):
        return ()
    answered = re.search(AN_URGE, behind[0][: behind.start(1) - end].decode("ascii"), re.ASCII)
    breaks = behind[0].count(TURN_BREAK.encode())
    return (behind.span(1),) if answered or breaks else ()


def _trimmed(octets: bytes, start: int, end: int) -> int:
    return start + len(octets[start:end].rstrip(b" ,.;!?\n\t\r\x1c\x1d\x1e"))
