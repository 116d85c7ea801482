"""Number plates in capitals: right behind the car, "white Prius 8ABC123", or their name, "registration RK 3217".

Of the forms behind a name, which are those of many countries, only capitals and a digit tell; a sum of money, an hour
and a short "Plate B3" of a laboratory are none.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Triggered

_CARS = (
    "accord altima audi bmw bronco buick cadillac camry car cayenne chevrolet chevy chrysler civic corolla corvette "
    "dodge elantra escape explorer f150 fiat fiesta focus ford fusion golf honda hyundai impala jaguar jeep jetta kia "
    "lexus malibu mazda mercedes mini mitsubishi mustang nissan odyssey outback passat peugeot pilot polo pontiac "
    "prius porsche ram rav4 renault rogue seat sedan sentra sienna silverado skoda sonata subaru suv tacoma tahoe "
    "taxi tesla toyota truck tucson van vauxhall volvo vw wrangler"
)
_BEHIND_CAR = Triggered(
    (
        rf"\b(?:{_CARS.replace(' ', '|')})[ ,(]{{1,2}}"
        r"([0-9][a-z]{3}[0-9]{3}|[a-z]{3}[ -]?[0-9]{3,4}|[a-z]{2}[0-9]{2} ?[a-z]{3}|[0-9]{3}[ -]?[a-z]{3})"
        r"(?:[^0-9a-z-]|$)"
    ).encode(),
    needs=(_CARS, A_DIGIT),
)
_CALLED = Triggered(
    rb"\b(?:registration|reg\.? (?:no|number|plate|mark)|plates?|matricula|immatriculation|kenteken|targa|rego)\.?"
    rb"(?: (?:no|nr|number|mark|plate)\b\.?)?(?: is |: ?| )"
    rb"([a-z]{1,3}[ -]?[0-9]{1,4}(?:[ -]?[a-z]{1,3})?|[0-9]{1,4}[ -]?[a-z]{2,3}(?:[ -]?[0-9]{1,3})?|"
    rb"[a-z]{1,3}[ -][0-9]{2,3}[ -][0-9]{2,3}|[a-z]{1,3}-[a-z]{1,2}[ ]?[0-9]{1,4}|[a-z]{2}-[0-9]{3}-[a-z]{2})\b",
    needs=("registration reg plate plates matricula immatriculation kenteken targa rego", A_DIGIT),
)
NEEDS = Group(_BEHIND_CAR, _CALLED)
"""Without these words in a text nothing is found in it."""
_YEAR = re.compile(r"[a-z]{3}[ -]?(?:19|20)[0-9]{2}", re.ASCII)  # "the Golf GTI 2019"
_NO_PLATE = re.compile(
    r"[0-9]+[ -]?(?:am|pm|eur|usd|gbp|chf|cad|aud|nok|sek)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fy|q[1-4]|for|in|on|at|by|fee|no|to|of)[ -]?[0-9]+",
    re.ASCII,
)
_SHORTEST = 4  # letters and digits
_LETTERS = re.compile(r"[A-Za-z]+", re.ASCII)

_FOUND = finding(Label.VEHICLE, "plate-behind-car", "the form of a plate right behind a car", 0.75, "context")
_WRITTEN = finding(Label.VEHICLE, "plate-called", "the form of a plate behind a word for one", 0.88, "context")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the plates, whose letters are capitals, behind makes and kinds of cars and behind words for plates."""
    for match in _BEHIND_CAR.finditer(transcript.octets):
        if _has_capitals(transcript, match.span(1)) and not _YEAR.fullmatch(transcript.folded, *match.span(1)):
            yield Claim((match.span(1),), _FOUND)
    for match in _CALLED.finditer(transcript.octets):
        value = transcript.folded[slice(*match.span(1))]
        long = sum(map(str.isalnum, value)) >= _SHORTEST
        if long and _has_capitals(transcript, match.span(1)) and not _NO_PLATE.fullmatch(value):
            yield Claim((match.span(1),), _WRITTEN)


def _has_capitals(transcript: Transcript, part: Part) -> bool:
    return all(map(str.isupper, _LETTERS.findall(transcript.cased, *part)))
