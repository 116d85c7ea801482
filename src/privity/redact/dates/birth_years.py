"""Years of birth by themselves: "he was born around 1915", "(b. 1915)", "née en 1915", "nació hacia 1915".

A year alone stays readable, but one of a birth tells the age, and over 89 all that tells it goes
(45 CFR 164.514(b)(2)(i)(C)). What was done by then is not the birth: "born in Ohio and moved here in 1990".
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.dates.date_words import SPOKEN_YEAR
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Triggered

_YEAR = rf"((?:18|19|20)[0-9]{{2}}|{SPOKEN_YEAR})"
_ABOUT = (
    r"(?:in|around|about|approximately|approx\.?|roughly|circa|ca\.?|c\.|near|before|after|sometime|late|early|mid|back|"
    r"the|year|of|en|vers|autour|de|alrededor|hacia|aproximadamente|sobre|por|l'annee|el|ano|im|jahr|um|em|nel)"
)
_BORN = Triggered(
    (
        r"\b(?:born|nacio|nacid[oa]s?|naci|nee?s?|nasceu|nascid[oa]|nat[oa]|geboren|geb\.?)\b"
        rf"((?:\s+[a-z'-]+){{0,5}}?)((?:[\s,:~(-]+{_ABOUT})+)[\s:~-]+(?:the\s+)?{_YEAR}(?:[^a-z0-9/:%-]|$)"
    ).encode(),
    needs=(
        "born nacio nacido nacidos nacida nacidas naci ne nee nes nees nasceu nascido nascida nato nata geboren geb",
        A_NUMBER,
    ),
)
_IN_SHORT = Triggered(
    rf"\bb\.[ ]?(?:c\.?|ca\.?|circa|abt\.?|about)?[ ]?\b{_YEAR}\b".encode(),
    needs=("b", A_NUMBER),
)
_ELSE = re.compile(
    r"\b(?:and|but|then|who|which|that|moved|came|married|graduated|retired|died|was|were|had|has|y|pero|et|mais|llego|"
    r"arriv[a-z]+|since|until|pas|plus|rien|jamais)\b",
    re.ASCII,
)
_COUNTED = re.compile(
    r"\s+(?:hours|a\.?m|p\.?m|dollars|people|calls|days|hundred|thousand|grams|g|lbs?|pounds|ounces)\b", re.ASCII
)
_OPENS = frozenset(" (,;[\n\x1d\x1e")
_GOES_ON = frozenset("/:%-")

_FOUND = finding(Label.DOB, "birth-year", "a year behind a birth", 0.9, "context")
NEEDS = Group(_BORN, _IN_SHORT)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the years in which somebody was born."""
    for match in _BORN.finditer(transcript.octets):
        part = match.span(3)
        if not _ELSE.search(match[1].decode("ascii")) and not _COUNTED.match(transcript.folded, part[1]):
            yield Claim((part,), _FOUND)
    for match in _IN_SHORT.finditer(transcript.octets):
        begins = match.start() == 0 or transcript.folded[match.start() - 1] in _OPENS
        if begins and transcript.folded[match.end() : match.end() + 1] not in _GOES_ON:
            yield Claim((match.span(1),), _FOUND)
