"""Ages of 90 and more in Spanish, French, Portuguese, Italian and German: "tiene 93 años", "quatre-vingt-treize ans".

The word for years behind such a number tells an age in any of these languages, whatever stands around it, unless
something before it counts years that passed: "hace 93 años", "il y a cent ans", "garantía de 99 años".
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.dates.date_words import AGES
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered

_FIGURES = r"(?:9[0-9]|1[01][0-9])"
_UNIT_ES = r"(?:uno?|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
_TEEN_ES = r"(?:diez|once|doce|trece|catorce|quince|dieciseis|diecisiete|dieciocho|diecinueve)"
_SPANISH = rf"(?:noventa(?:\s+y\s+{_UNIT_ES})?|cien|ciento\s+(?:{_TEEN_ES}|{_UNIT_ES}))"
_UNIT_FR = r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_TEEN_FR = r"(?:dix(?:[\s-]+(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize)"
_FRENCH = (
    rf"(?:quatre[\s-]+vingts?[\s-]+{_TEEN_FR}|nonante(?:[\s-]+(?:et[\s-]+)?{_UNIT_FR})?|"
    rf"cent(?:[\s-]+(?:et[\s-]+)?(?:{_TEEN_FR}|{_UNIT_FR}))?)"
)
_SAID = "noventa cien ciento vingt vingts nonante cent"
_YEARS = Triggered(
    (
        rf"\b({_FIGURES}\b|{_SPANISH}\b|{_FIGURES})\s*anos\b|\b({_FIGURES}\b|{_FRENCH}\b|{_FIGURES})\s*ans\b|\b({_FIGURES})\s?anni\b|"
        rf"\b({_FIGURES})(?:\s?jahre\s+alt|[\s-]?jahrig[a-z]*|[\s-]?jaehrig[a-z]*)\b"
    ).encode(),
    needs=(f"{AGES} {_SAID}",),
)
# as in "edad: 93", "cumplió noventa y tres" and "âgée de quatre-vingt-douze"
_TOLD = Triggered(
    (
        rf"\b(?:edad|idade|cumpl(?:e|io|ire|ira|ir|ia)|cumplidos)(?:\s*[:=]|\s+(?:es|de|los))*\s*\b({_FIGURES}|{_SPANISH})\b|"
        rf"\b(?:agee?s?\s+de|fete(?:r|ra)?\s+ses|a\s+l'age\s+de)\s+({_FIGURES}|{_FRENCH})\b|"
        r"\b(nonagenari[oa]s?|nonagenaires?|centenari[oa]s?|centenaires?)\b"
    ).encode(),
    needs=(
        f"{AGES} {_SAID} nonagenari* nonagenaire* centenari* centenaire*",
        "edad idade cumpl* agee agees age ages fete* nonagenari* nonagenaire* centenari* centenaire*",
    ),
)
_SINCE = re.compile(
    r"\b(?:hac[ei]a?n?|durante|por|cada|proxim[oa]s|ultim[oa]s|dentro\s+de|garantia\s+de|guerra\s+de\s+los|contrato\s+(?:de|a|por)|"
    r"il\s+y\s+a|pendant|depuis|dans|durant|derniers|prochains|tous\s+les|guerre\s+de|bail\s+de|garantie\s+de|voila|"
    r"condena(?:do)?\s+a|ha|faz|da|da\s+oltre)\s+(?:(?:casi|mas\s+de|unos|presque|plus\s+de|environ|los|les)\s+)*$",
    re.ASCII,
)
_OF_EVENTS = re.compile(r"\b(?:el|del|al|le|du|au|edicion|aniversario|segundo|primer)\s+$", re.ASCII)
_REACH = 40

_FOUND = finding(Label.AGE, "age-over-89", "an age of 90 or more", 0.9, "form", "", "90 or more")
NEEDS = Group(_YEARS, _TOLD)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return ages of 90 and more in these languages."""
    for match in _YEARS.finditer(transcript.octets):
        start, end = match.span(match.lastindex)
        if not _SINCE.search(transcript.before(start, _REACH)):
            yield Claim(((start, end),), _FOUND)
    for match in _TOLD.finditer(transcript.octets):
        start, end = match.span(match.lastindex)
        event = transcript.folded.startswith("centen", start) and _OF_EVENTS.search(transcript.before(start, _REACH))
        if not event and not transcript.folded.startswith(("%", " %", " por ciento", " pour cent"), end):
            yield Claim(((start, end),), _FOUND)
