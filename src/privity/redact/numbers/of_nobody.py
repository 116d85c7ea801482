"""Numbers that are nobody's whatever found them: "nine one one", "one eight hundred flowers", "ten thirty" on a clock.

Their form and the words right beside them say more than a cue some turns before. What was found there is let go, or cut
to its digits, as `no_digits` tells.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from msgspec import Struct

from privity.redact.claims import Claim, Part
from privity.redact.labels import RECORDS, Label
from privity.redact.names.parts import is_medicine
from privity.redact.numbers import urged_on
from privity.redact.numbers.no_digits import CARD_DATA, NUMBERS, OF_THING, cut, is_no_digit, without_oh
from privity.redact.numbers.of_things import is_exemption, is_on_screen
from privity.redact.reading.folding import DOCUMENT_BREAK, TURN_BREAK
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript

_CUT = NUMBERS | {Label.EMAIL, Label.DOB, Label.DATE, Label.PASSWORD}
_CODES = frozenset({Label.CVV, Label.PASSWORD, Label.ID})
_RECORDS = RECORDS | {Label.SSN}
_MAY_BE_HOURS = frozenset({Label.PASSWORD, Label.CVV, Label.DOB})  # a recognizer may write "twelve fifty five" as one
_LONGEST = 46  # characters of what may be nobody's number
_OPENS_STAMP = frozenset({"[", "(", "\n", "", TURN_BREAK, DOCUMENT_BREAK})

_SERVICE = re.compile(
    r"(?:[2-9]|two|three|four|five|six|seven|eight|nine)[\s-]*(?:11|1\s1|one\s+one|eleven)|9\s?8\s?8|nine\s+eight\s+eight",
    re.ASCII,
)
_TOLL_FREE = re.compile(
    r"(?:one|1)[\s-]+(?:eight\s+hundred|8(?:00|[3-8][3-8])|eight\s+(?:eight\s+eight|seven\s+seven|six\s+six|five\s+five))",
    re.ASCII,
)
_STAMP = re.compile(r"[0-2]?[0-9]:[0-5][0-9]:[0-5][0-9]", re.ASCII)
_MEDICINE_DIGITS = 4
_TIRES = re.compile(r"\b(?:tires?|tyres?|rims?|wheels?|treads?)\b", re.ASCII)
_TIRES_REACH = 400
_BARE_TIRE = re.compile(
    r"(?:(?:[1-3][0-9]5)|(?:one|two|three)[\s-](?:[a-z]+ty[\s-])?(?:five|fifteen))[\s/]+"
    r"(?:[3-8][05]|[a-z]+ty(?:[\s-]five)?)[\s/]+(?:1[2-9]|2[0-4]|[a-z]+teen|twenty(?:[\s-](?:one|two|four))?)",
    re.ASCII,
)
_CLOCK = re.compile(r"[0-2]?[0-9]:[0-5][0-9]", re.ASCII)
_HOUR = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1?[0-9])[\s:]+(?:ten|fifteen|twenty|thirty|forty|fifty|"
    r"(?:twenty|forty|fifty)[\s-]five|[0-5][05])",
    re.ASCII,
)
_RATE = re.compile(r"[0-9]{1,3}\.[0-9]+", re.ASCII)
_TEENS = (
    r"(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[\s-](?:one|two|four))?|1[2-9]|2[0-4])"
)
_FIFTHS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[\s-]five)?"
_TIRE = re.compile(
    rf"(?:p\s?)?(?:[1-3][0-9]5|(?:(?:one|two|three)[\s-])?(?:{_FIFTHS}|oh five|fifteen))[\s/]+(?:over\s+|slash\s+)?"
    rf"(?:[3-8][05]|{_FIFTHS})[\s/]*(?:z\s?)?r\s?{_TEENS}",
    re.ASCII,
)
_YEAR = re.compile(r"nineteen[\s-]+[a-z]+ty(?:[\s-][a-z]+)?|(?:19|20)[0-9]{2}", re.ASCII)
_IN_YEAR = re.compile(
    r"(?<!ending )(?<!ends )(?:\bin|\bsince|\baround)\s+(?:(?:like|about|around|maybe|uh|um)\s+)*$", re.ASCII
)


class _Place(Struct, frozen=True, gc=False):
    """The words from index `first` to `last` of what was found, and their text."""

    first: int
    last: int
    text: str


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without those of nobody's numbers, cut to what may be somebody's."""
    kept_of = cache(partial(_kept, transcript))  # several detectors find the same places
    for claim in claims:
        label, parts = claim.finding.label, claim.parts
        if label not in _CUT or claim.finding.detector == urged_on.DETECTOR:
            yield claim
        elif kept := kept_of(label, parts):
            yield claim if kept == parts else Claim(kept, claim.finding)


def _kept(transcript: Transcript, label: Label, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    left = (_kept_of_part(transcript, label, part, whole=len(parts) == 1) for part in parts)
    return tuple(part for part in left if part is not None)


def _kept_of_part(transcript: Transcript, label: Label, part: Part, *, whole: bool) -> Part | None:
    """Return what is left of a part of a claim, which may be the `whole` of it, or None."""
    words = transcript.words
    first, behind = words.at_or_behind(part[0]), words.at_or_behind(part[1])
    if first >= behind or words.starts[first] != part[0]:
        return part
    last = behind - 1
    part = without_oh(transcript, part, last)
    if part[1] < words.ends[last]:
        last -= 1
    if label in _CODES and is_on_screen(transcript, *part):
        return None
    if label in _MAY_BE_HOURS:
        at_hour = transcript.folded.endswith((" at ", "\nat "), 0, part[0]) and _CLOCK.fullmatch(
            transcript.folded, *part
        )
        if at_hour or label is Label.PASSWORD:
            return None if at_hour else part
    if label in NUMBERS and part[1] - part[0] <= _LONGEST:
        place = _Place(first, last, transcript.folded[part[0] : part[1]])
        if (first == last and is_no_digit(transcript, first, label)) or (
            whole and _is_nobodys(transcript, place, label)
        ):
            return None
    return cut(transcript, label, part, first, last)


def _is_nobodys(transcript: Transcript, place: _Place, label: Label) -> bool:
    text, start = place.text, transcript.words.starts[place.first]
    if label is Label.PHONE and _SERVICE.fullmatch(text):
        return True
    if label not in CARD_DATA:
        clock = ":" in text and (
            _CLOCK.fullmatch(text) or (_STAMP.fullmatch(text) and transcript.folded[start - 1 : start] in _OPENS_STAMP)
        )
        if clock or (label is Label.ZIP and _RATE.fullmatch(text)) or _TOLL_FREE.fullmatch(text):
            return True
        if _is_hour_or_year(transcript.folded, text, start, label) or _is_year_of_make(transcript, place, label):
            return True
        if label in RECORDS and (_is_of_thing(transcript, place, start) or is_exemption(text)):
            return True
        tire = _TIRE.match(transcript.folded, start) if label in RECORDS else None
        if tire is not None and tire.end() >= start + len(text):
            return True
    return _YEAR.fullmatch(text) is not None and _is_dated(transcript.folded, start, label)


def _is_dated(text: str, start: int, label: Label) -> bool:
    """Whether what stands before a year says that something was then: "back in 1998"."""
    before = text[max(0, start - 24) : start]
    return before.endswith("back in ") or (label in _RECORDS and _IN_YEAR.search(before) is not None)


def _is_hour_or_year(text: str, said: str, start: int, label: Label) -> bool:
    """Whether an hour stands at a place, "they close at four thirty", or the year of a thing, "a 2015 tacoma"."""
    before = text[max(0, start - 4) : start]
    if before.endswith((" at ", "\nat ")) and _HOUR.fullmatch(said):
        return True
    return label in RECORDS and before.endswith(" a ") and OF_THING.fullmatch(said) is not None


def _is_year_of_make(transcript: Transcript, place: _Place, label: Label) -> bool:
    """Whether a year stands right before a make: "he drives a white 2016 Silverado"."""
    words, behind = transcript.words, place.last + 1
    if label is not Label.VEHICLE or not OF_THING.fullmatch(place.text) or behind >= len(words.bits):
        return False
    return (
        words.bits[behind] & Bit.THING != 0 and transcript.folded[words.ends[place.last] : words.starts[behind]] == " "
    )


def _is_of_thing(transcript: Transcript, place: _Place, start: int) -> bool:
    """Whether a number is the dose of a medicine right before it, or the size of a tire where one is spoken of."""
    before = place.first - 1
    if before >= 0 and is_medicine(transcript.words.said[before]) and len(place.text) <= _MEDICINE_DIGITS:
        return transcript.folded[transcript.words.ends[before] : start] in {" ", ", "}
    size = _BARE_TIRE.match(transcript.folded, start)
    if size is None or size.end() < start + len(place.text):
        return False
    document = transcript.document_at(start)
    first = max(transcript.documents[document], start - _TIRES_REACH)
    last = min(transcript.document_end(document), start + _TIRES_REACH)
    return _TIRES.search(transcript.folded, first, last) is not None
