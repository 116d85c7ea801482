"""Dates in the short forms of Europe: "moved on 17.8.21", "6. Juli", "since 09/2022", "between 3 and 8 May 2021".

Three small numbers between stops are a version or a section as well: they are a day behind the small words of time of
other languages, and behind those of English where they have the zeros of dates, a day that is no month, or something
near that happens to people. Nothing of programs may stand there.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.dates.date_words import MONTH, OF_MONTHS
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Triggered

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_OF_TIME = (
    "on since until till from to by before after between dated due starting ending signed born died moved started ended"
)
_ELSEWHERE = "am vom zum bis ab seit dem den le du dal il del el van op tot sinds"
_STOPPED = Triggered(
    (
        rf"\b(?:{_OF_TIME.replace(' ', '|')}|({_ELSEWHERE.replace(' ', '|')})):? "
        rf"({_DAY}\.{_MONTH}\.[0-9]{{2}})(?:[^0-9.]|\.(?:[^0-9]|$)|$)"
    ).encode(),
    needs=(f"{_OF_TIME} {_ELSEWHERE}", A_DIGIT, "."),
)
_OF_DATES = re.compile(r"0[1-9]\.|[0-9]+\.0|(?:1[3-9]|2[0-9]|3[01])\.")
_HAPPENS = re.compile(
    r"\b(?:admitted|appointment|arrived|born|contract|deed|died|discharged|due|expires?|hired|holiday|hospital|invoice|lease|"
    r"married|moved|operated|paid|rent|resigned|signed|surgery|tenancy|visit(?:ed)?|wedding)\b",
    re.ASCII,
)
_OF_PROGRAMS = re.compile(
    r"\b(?:android|app|build|chapter|driver|firmware|fw|ios|kernel|library|macos|node|package|patch|php|python|release[sd]?|"
    r"section|server|software|(?:down|up)grad(?:e|es|ed|ing)|updat(?:e|es|ed|ing)|v|versions?|windows)\b(?:[^.?!\n]|\.[0-9]){0,40}$",
    re.ASCII,
)
_REACH = 60
_GERMAN_MONTHS = "januar jaenner janner februar marz maerz mai juni juli oktober dezember"
_ENGLISH_TOO = "april august september november"
_GERMAN = Triggered(
    (
        rf"\b((?:{_DAY}\.(?:\s?(?:bis|-|und|to|and)\s?))?{_DAY}\. ?"
        rf"(?:(?:{_GERMAN_MONTHS.replace(' ', '|')})(?: (?:19|20)[0-9]{{2}})?|"
        rf"(?:{_ENGLISH_TOO.replace(' ', '|')}) (?:19|20)[0-9]{{2}}))\b|"
        rf"\b(?:am|vom|zum|bis|ab|seit|dem|den|on|from|until|and|to) ({_DAY}\. ?(?:{_ENGLISH_TOO.replace(' ', '|')}))\b"
    ).encode(),
    needs=(f"{_GERMAN_MONTHS} {_ENGLISH_TOO}", A_DIGIT, "."),
)
_BOUNDS = "from since until till in by before after through starting ending ab seit bis desde depuis"
_MONTH_AND_YEAR = Triggered(
    rf"\b(?:{_BOUNDS.replace(' ', '|')}) ((?:0[1-9]|1[0-2])/20[0-9]{{2}})(?:[^0-9/]|$)".encode(),
    needs=(_BOUNDS, A_DIGIT, "/"),
)
_RANGE = Triggered(
    (
        rf"\b(?:from |between )?({_DAY})(?:st|nd|rd|th)? ?(?:to|and|until|till|-|through) ?(?:the )?"
        rf"{_DAY}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:[^a-z]|$)"
    ).encode(),
    needs=(OF_MONTHS, A_DIGIT),
)
_MAY_DO = re.compile(r"\bmay\.? (?:i|we|you|he|she|they|it|be|not|have)\b", re.ASCII)

_FOUND = finding(Label.DATE, "short-date", "the short form of a date", 0.88, "form")
NEEDS = Group(_STOPPED, _GERMAN, _MONTH_AND_YEAR, _RANGE)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return dates in their short forms, and the first day of those from one to another."""
    octets, text = transcript.octets, transcript.folded
    for match in _STOPPED.finditer(octets):
        start, end = match.span(2)
        before = transcript.before(start, _REACH)
        dated = match[1] is not None or _OF_DATES.match(text, start, end)
        dated = dated or _HAPPENS.search(f"{before} {transcript.behind(end, _REACH)}")
        if dated and not _OF_PROGRAMS.search(before):
            yield Claim((match.span(2),), _FOUND)
    for match in _GERMAN.finditer(octets):
        part = match.span(match.lastindex)
        if any(map(str.isupper, transcript.cased[slice(*part)])):
            yield Claim((part,), _FOUND)
    for match in _MONTH_AND_YEAR.finditer(octets):
        yield Claim((match.span(1),), _FOUND)
    for match in _RANGE.finditer(octets):
        verb = match[0].rstrip(b" .").endswith(b" may") and "May" not in transcript.cased[match.start() : match.end()]
        if not verb and not _MAY_DO.search(text, match.start(), match.end() + 8):
            yield Claim((match.span(1),), _FOUND)
