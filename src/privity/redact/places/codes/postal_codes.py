"""Canadian postal codes and legal land locations as they are said: "m five v three l nine", "v as in victor six b ...".

A postal code is letter, digit, letter, digit, letter, digit (Canada Post Addressing Guidelines); a quarter of a section
in the prairies is named by quarter, section, township, range and meridian (Dominion Land Survey).
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.small_words import AS_IN
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Triggered
from privity.redact.reading.vocabulary import DIGIT_WORDS, one_of

_LETTER = rf"[abceghj-nprstvwxyz](?:\s+(?:{AS_IN}|as)\s+[a-z]+)?"
_DIGIT = rf"(?:{'|'.join(DIGIT_WORDS)}|o|[0-9])"
_GAP = r"(?:[\s,.\x1e-]|\b(?:uh|um|space|then|and|okay|yep|yes|mhm|number|the)\b)+"
_CODE = Triggered(
    rf"\b{_LETTER}{_GAP}{_DIGIT}{_GAP}{_LETTER}{_GAP}{_DIGIT}{_GAP}{_LETTER}{_GAP}{_DIGIT}\b".encode(),
    needs=("a b c e g h j k l m n p r s t v w x y z", A_NUMBER),
)
_NUMBERS = rf"(?:(?:{one_of(NUMBER_WORDS)}|[0-9]+)[\s,-]+)"
_QUARTER = Triggered(
    (
        rf"\b(?:(?:north|south)\s?(?:east|west)|[ns][\s]?[ew])[\s,]+(?:(?:quarter|corner|of|the|section|sec)[\s,]+){{0,4}}"
        rf"{_NUMBERS}{{1,12}}?(?:(?:township|range|tp|rge|twp)[\s,]+{_NUMBERS}{{1,6}}?){{0,2}}{_NUMBERS}{{0,4}}?"
        rf"(?:west|w|east)[\s,]+(?:of\s+)?(?:the\s+)?(?:principal|prime|first|second|third|fourth|fifth|sixth|one|two|three|four|five|six|[1-6])"
        rf"(?:\s+meridian)?\b"
    ).encode(),
    needs=("north south n s northeast northwest southeast southwest ne nw se sw", "west w east", A_NUMBER),
)
NEEDS = Group(_CODE, _QUARTER)
"""Without these words in a text nothing is found in it."""

_ZIP = finding(Label.ZIP, "postal-code-said", "letter and digit by turns, as in Canadian postal codes", 0.87, "form")
_LAND = finding(Label.ADDRESS, "land-location", "quarter, section, township, range and meridian", 0.9, "form")
_TOWN = finding(Label.LOCATION, "town-before-code", "a place before a postal code", 0.7, "context")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return postal codes that are said, the towns before them, and land locations."""
    octets = transcript.octets
    words = transcript.words
    for match in _CODE.finditer(octets):
        yield Claim(tuple(transcript.in_turns(*match.span())), _ZIP)
        at = words.at_or_behind(match.start()) - 1
        joined = at >= 0 and not transcript.folded[words.end(at) : match.start()].strip(" ,")
        if joined and words.bits[at] & (Bit.PLACE | Bit.REGION) and not words.bits[at] & Bit.FUNCTION:
            yield Claim(((words.starts[at], words.end(at)),), _TOWN)
    if b" of " in octets:
        for match in _QUARTER.finditer(octets):
            yield Claim((match.span(),), _LAND)
