"""A month and a day in figures, as notes and messages have them: "seen in ED 9/4", "passed 3/12", "10/29-11/4".

What was done then, or an hour right behind, tells that no part of something is meant; "3/4 of the tests" and "about
1/2" are none of these.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.dates.date_words import DAY_IN_FIGURES, IN_FIGURES
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Triggered

_ENDS = r"(?:[^0-9/%.]|[.,]?[\s\x1d\x1e]|[.,]?$)"
_VISITS = (
    "visit visited teleconsult telehealth consult consulted encounter seen admitted discharged dc'd appt appointment "
    "followup follow-up f/u labs imaging biopsy surgery drawn dated clinic call callback note"
)
# "teleconsult 04/24", "f/u w/ Dr. Weiss 12/19": of a month with its zero, or a day that is no month
_VISITED = Triggered(
    (
        rf"\b(?:{_VISITS.replace(' ', '|')})(?:\s+(?:on|of|from|dated))?"
        r"(?:\s+(?:w/|with)\s*(?:dr\.?\s+)?[a-z'-]+)?:?\s+"
        rf"((?:0[1-9]|1[0-2])/(?:0[1-9]|[12][0-9]|3[01])|[1-9]/(?:1[3-9]|2[0-9]|3[01])){_ENDS}"
    ).encode(),
    needs=(" ".join(re.findall("[a-z]+", _VISITS)), A_DIGIT, "/"),
)
# "admitted 3/8", "seen in ED 9/4": behind these no fraction stands
_ADMITTED = Triggered(
    rf"\b(?:admit|admitted|discharged|dc'd|dated|ed|er)(?:\s+on)?:?\s+({DAY_IN_FIGURES}){_ENDS}".encode(),
    needs=("admit admitted discharged dc d dated ed er", A_DIGIT, "/"),
)
# "DOB: 5/5", "my birthday is 1/1", "appointment 3/4", "seen 1/1": what behind these is a part says of what
_CUED = Triggered(
    (
        r"\b(?:(d\.?o\.?b\.?|birth\s?-?(?:days?|dates?))|appointments?|appts?|appt\.|seen|encounter)"
        r"(?:\s*[:?=#(\x1e-]+|\s+(?:is|was|on|for|of|dated|scheduled|set|again|also|here|then|it's|today)\b){0,4}\s*\b"
        rf"({DAY_IN_FIGURES}|(?:1[3-9]|2[0-9]|3[01])\s?/\s?(?:0?[1-9]|1[0-2]))(?:[^0-9/%]|$)"
    ).encode(),
    needs=(
        "dob d birth birthday birthdays birthdate birthdates appointment appointments appt appts seen encounter",
        A_DIGIT,
        "/",
    ),
)
_OF_WHAT = re.compile(
    r"\.[0-9]|\s+(?:of\s+(?!(?:19|20)[0-9]{2})|(?:the|full|empty|done|cups?|inch(?:es)?|miles?|teaspoons?|tablespoons?|pounds?|hours?|ths|way|filled|"
    r"complete|completed|booked|stars?)\b)",
    re.ASCII,
)
_HAPPENS = (
    "passed died fell fall born funeral burial wedding married divorced moved hired started start stopped quit "
    "terminated surgery admitted injured accident injury onset lmp edd mri ct echo egd signed returned arrived "
    "delivered closing evicted arrested served again edc well night today yesterday"
)
_ENDS_TELLING = (
    r"(?:[,;:)]|[.]?\s*(?:[\n\x1d\x1e]|$)|[.]?\s+(?:[^a-z]|"
    r"(?:and|at|after|then|but|when|with|w/|by|for|showed|she|he|they|i|we)\b))"
)
# "passed away 3/12, funeral 3/18", "moved in 4/7", "b. 3/12", "started abx 10/3"
_HAPPENED = Triggered(
    (
        rf"\b(?:(?:{_HAPPENS.replace(' ', '|')})(?:\s+(?:away|in|out|on))?|b\.|d/c'?d?)"
        rf"(\s+[a-z-]{{2,}})?(?:\s+(?:on|was|is))?:?\s+({DAY_IN_FIGURES}){_ENDS_TELLING}"
    ).encode(),
    needs=(f"{_HAPPENS} b d", A_DIGIT, "/"),
)
# "9/22 to 9/27", "admitted 10/29-11/4": but no part of something is a day, "1/2 to 3/4 cup"
_FROM_TO = Triggered(
    rf"(?:^|[^0-9/.])({DAY_IN_FIGURES})\s?(?:-|to|thru|through|until|till)\s?({DAY_IN_FIGURES})\b".encode(),
    needs=(A_DIGIT,),
)
# as in "the incident of 5/11 21:05"
_BEFORE_HOUR = Triggered(
    rf"\b({DAY_IN_FIGURES})(?:,?\s+at|\s*@|,)?\s+[0-2]?[0-9]:[0-5][0-9]\b".encode(), needs=(IN_FIGURES, "/", ":")
)
# "Last PT at the clinic 10/30", "since Sat (11/21)": no part of something has so many, a score may have
_ALONE = Triggered(
    rb"(?:^|[^0-9a-z/.,+-])((?:0?[1-9]|1[0-2])/(?:1[3-9]|2[0-9]|3[01])|(?:1[3-9]|2[0-9]|3[01])/0[1-9])\b",
    needs=(A_DIGIT, "/"),
)
# "with the registrar on Tue 9th"
_ON_WEEKDAY = Triggered(
    rb"\b(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?,?[ ](?:the[ ])?([0-9]{1,2}(?:st|nd|rd|th))\b",
    needs=("mon tue tues wed thu thur thurs fri sat sun", A_DIGIT),
)
_OF_THINGS = re.compile(
    r"\s(?:floor|century|party|grade|place|hole|st|street|ave|avenue|of|shift|time|round)\b", re.ASCII
)
# What ends these two is asked of the text behind them: a match that took it would hide the beginning of the next one.
_BEHIND_SPAN = re.compile(_ENDS, re.ASCII)
_BEHIND_ALONE = re.compile(r"[,;:.)]{1,2}(?:\s|\x1d|\x1e|$)|[\n\x1d\x1e]|$|\s(?:and|at|with|w/|by|for)\b", re.ASCII)
_SCORES = re.compile(
    r"\b(?:mmse|moca|gcs|slums|score|scored|scores|phq|gad|nihss|apgars?|strength|pain|vision|test|quiz|exam|grade|graded|"
    r"rated|rating|got|answered|acuity|va|o[dsu])(?:[ -]?[0-9]{1,2})?(?:\s(?:was|is|of|at))?[ :=]{1,2}$",
    re.ASCII,
)
_SCORE_REACH = 24
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10})
_BIRTH = finding(Label.DOB, "birthday-noted", "a month and a day in figures behind a birth", 0.85, "context")
_FOUND = finding(Label.DATE, "day-noted", "a month and a day in figures where something happened", 0.8, "context")
NEEDS = Group(_VISITED, _ADMITTED, _CUED, _HAPPENED, _FROM_TO, _BEFORE_HOUR, _ALONE, _ON_WEEKDAY)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the days on which something happened, and both ends of a span of days."""
    yield from _on_weekdays(transcript)
    if "/" in transcript.folded:
        yield from _cued(transcript)
        yield from _in_figures(transcript)


def _on_weekdays(transcript: Transcript) -> Iterator[Claim]:
    for match in _ON_WEEKDAY.finditer(transcript.octets):
        if not _OF_THINGS.match(transcript.folded, match.end(1)):
            yield Claim((match.span(1),), _FOUND)


def _cued(transcript: Transcript) -> Iterator[Claim]:
    for match in _CUED.finditer(transcript.octets):
        if not _OF_WHAT.match(transcript.folded, match.end(2)):
            yield Claim((match.span(2),), _BIRTH if match[1] else _FOUND)


def _in_figures(transcript: Transcript) -> Iterator[Claim]:
    for pattern in (_VISITED, _ADMITTED, _BEFORE_HOUR):
        for match in pattern.finditer(transcript.octets):
            yield Claim((match.span(1),), _FOUND)
    for match in _HAPPENED.finditer(transcript.octets):
        if match[1] is None or not _is_fraction(match[2]):
            yield Claim((match.span(2),), _FOUND)
    for match in _ALONE.finditer(transcript.octets):
        ends = _BEHIND_ALONE.match(transcript.folded, match.end(1))
        if ends and not _SCORES.search(transcript.before(match.start(1), _SCORE_REACH)):
            yield Claim((match.span(1),), _FOUND)
    for match in _FROM_TO.finditer(transcript.octets):
        if _BEHIND_SPAN.match(transcript.folded, match.end(2)) and not (
            _is_fraction(match[1]) and _is_fraction(match[2])
        ):
            yield from (Claim((match.span(which),), _FOUND) for which in (1, 2))


def _is_fraction(said: bytes) -> bool:
    """Whether a month and a day may as well be a part of something: "started about 1/2"."""
    month, day = map(int, said.split(b"/"))
    return month < day and day in _DENOMINATORS
