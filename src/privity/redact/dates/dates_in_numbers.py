"""Dates that are said in numbers only, where a question or a sign shows that they are dates.

"six slash three", "when did it happen / eleven sixteen", "two identifiers / two fourteen forty eight": months are said
first, as in the United States.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.dates.date_words import DAY_IN_FIGURES, TEEN, TENS, UNIT
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, A_NUMBER, NEXT_TURN, Group, Triggered
from privity.redact.reading.vocabulary import vocabulary

_MONTH = rf"(?:(?:(?:oh|zero)\s+)?{UNIT}|ten|eleven|twelve)"
_DAY = rf"(?:(?:(?:oh|zero)\s+)?{UNIT}|{TEEN}|twenty(?:\s+{UNIT})?|thirty(?:\s+one)?|[0-3]?[0-9])"
_YEAR = (
    rf"(?:(?:nineteen|twenty)\s+(?:(?:oh|o)\s+{UNIT}|{TEEN}|{TENS}(?:\s+{UNIT})?)|"
    rf"two\s+thousand(?:\s+(?:and\s+)?(?:{UNIT}|{TEEN}|{TENS}(?:\s+{UNIT})?))?|"
    rf"{TENS}(?:\s+{UNIT})?|(?:oh|zero)\s+{UNIT}|[0-9]{{2,4}})"
)
_SIGN = r"\s+(?:slash|dash|stroke)\s+"
_SLASHED = Triggered(
    rf"\b(?:{_MONTH}|[01]?[0-9])\s+slash\s+{_DAY}(?:{_SIGN}{_YEAR}|\s+(?:nineteen|twenty)\s+{TENS}(?:\s+{UNIT})?)?\b".encode(),
    needs=("slash",),
)
_OPENING = r"(?:(?:uh|um|oh|okay|yes|yeah|it\s+was|it's|on|that\s+was|that's|so|the|like|it|was)[\s,]+)*"
_ASKED = Triggered(
    (
        rf"\b(when\s+(?:was|did|were)|(?:what|which)\s+(?:date|day)|date)\b[^\x1d\x1e]{{0,50}}\x1e\s*{_OPENING}({_MONTH}\s+{_DAY}(?:\s+{_YEAR})?)\b"
    ).encode(),
    needs=("when date day", A_NUMBER, NEXT_TURN),
)
# "when did it happen? / 8/8, about eleven"
_ASKED_IN_FIGURES = Triggered(
    (
        r"\b(?:when\s+(?:was|were|did|do|does|is|are)|(?:what|which)\s+(?:date|day)|the\s+date|dates?)\b[^\x1d\x1e\n?]{0,50}[\x1e\n?]+\s*"
        rf"(?:{_OPENING}(?:(?:i\s+think|i\s+believe|maybe|around|about|then)[\s,]+)?){{0,2}}"
        rf"({DAY_IN_FIGURES})(?:[^0-9/%]|$)"
    ).encode(),
    needs=("when date dates day", A_DIGIT, "/"),
)
# "the birthdays, mine's the third of july and his is one twenty eight fifty one"
_ANOTHERS = Triggered(
    (
        r"\b(?:birthdays?|born|birth\s*dates?)\s(?:[^\x1d\x1e]{0,120}?\s)?(?:mine|his|hers|her's|(?:husband|wife|son|daughter)'s)"
        rf"(?:'s|\s+is|\s+was)\s+(?:uh\s+|um\s+)?({_MONTH}\s+{_DAY}\s+{_YEAR})\b"
    ).encode(),
    needs=(
        "birthday birthdays born birth birthdate birthdates",
        A_NUMBER,
        "mine his hers her husband wife son daughter",
    ),
)
# "the date and location? 10 / 14, on Hollis Road"
_DAY_ASKED = Triggered(
    rf"\bdates?(?:\s+(?:and|or|of)\s+[a-z]+){{0,2}}[\s,:?/.\x1e-]+({DAY_IN_FIGURES})(?:[^0-9/]|$)".encode(),
    needs=("date dates", A_DIGIT, "/"),
)
_TRIPLE = Triggered(rf"\x1e\s*{_OPENING}({_MONTH}\s+{_DAY}\s+{_YEAR})\b".encode(), needs=(A_NUMBER, NEXT_TURN))
_IDENTIFYING = re.compile(
    r"\b(?:identifiers?|birth\w*|d\s?o\s?b|born|verify|date of|identity|how old)\b",
    re.ASCII,
)
_TIME_OF_DAY = re.compile(r"(?:fifteen|thirty|forty five|oh five|ten|twenty|forty|fifty)$", re.ASCII)
_PARTS_OF = (" of ", " cup", " inch", " mile", " teaspoon", " tablespoon", " pound")
_REACH = 160

_SIGNED = finding(Label.DATE, "date-slashed", 'numbers with a "slash"', 0.8, "form")
_ANSWERED = finding(Label.DATE, "answered-date", "a month and a day where a day was asked for", 0.75, "context")
_BIRTH = finding(Label.DOB, "birth-in-numbers", "month, day and year where somebody is identified", 0.8, "context")
NEEDS = Group(_SLASHED, _ASKED, _TRIPLE, _DAY_ASKED, _ASKED_IN_FIGURES, _ANOTHERS)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return dates in numbers behind what shows that they are dates."""
    yield from _said(transcript)
    for match in _DAY_ASKED.finditer(transcript.octets):
        yield Claim((match.span(1),), _ANSWERED)
    for match in _ASKED_IN_FIGURES.finditer(transcript.octets):
        if not _goes_on(transcript, match.end(1)) and not transcript.folded.startswith(_PARTS_OF, match.end(1)):
            yield Claim((match.span(1),), _ANSWERED)
    for match in _ANOTHERS.finditer(transcript.octets):
        if not _goes_on(transcript, match.end(1)):
            yield Claim((match.span(1),), _BIRTH)


def _said(transcript: Transcript) -> Iterator[Claim]:
    octets, text = transcript.octets, transcript.folded
    if b" slash " in octets:
        for match in _SLASHED.finditer(octets):
            if not _goes_on(transcript, match.end()) and not text.endswith((" slash ", " over "), 0, match.start()):
                yield Claim((match.span(),), _SIGNED)
    for match in _ASKED.finditer(octets):
        hour = match[1].startswith(b"when") and _TIME_OF_DAY.search(match[2].decode("ascii")) is not None
        if not hour and not _goes_on(transcript, match.end(2)):
            yield Claim((match.span(2),), _ANSWERED)
    for match in _TRIPLE.finditer(octets):
        document = transcript.documents[transcript.document_at(match.start())]
        asked = text[max(document, match.start() - _REACH) : match.start()]
        if _IDENTIFYING.search(asked) and not _goes_on(transcript, match.end(1)):
            yield Claim((match.span(1),), _BIRTH)


def _goes_on(transcript: Transcript, end: int) -> bool:
    """Whether a number goes on behind a place, or something is counted by it."""
    words = transcript.words
    at = words.at_or_behind(end)
    if at >= len(words.texts) or transcript.folded[end : words.starts[at]].strip(" "):
        return False
    return words.bits[at] & NUMERAL != 0 or words.texts[at].lower() in vocabulary().units | {
        "slash",
        "a",
        "p",
        "am",
        "pm",
    }
