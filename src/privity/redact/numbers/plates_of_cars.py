"""Number plates that nothing calls so, right behind the car that has them: "white Prius 8ABC123", "Civic KLM 4410"."""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

_CARS = (
    "accord altima audi bmw bronco buick cadillac camry car cayenne chevrolet chevy chrysler civic corolla corvette "
    "dodge elantra escape explorer f150 fiat fiesta focus ford fusion golf honda hyundai impala jaguar jeep jetta kia "
    "lexus malibu mazda mercedes mini mitsubishi mustang nissan odyssey outback passat peugeot pilot polo pontiac "
    "prius porsche ram rav4 renault rogue seat sedan sentra sienna silverado skoda sonata subaru suv tacoma tahoe "
    "taxi tesla toyota truck tucson van vauxhall volvo vw wrangler"
)
NEEDS = Triggered(
    (
        rf"\b(?:{_CARS.replace(' ', '|')})[ ,(]{{1,2}}"
        r"([0-9][a-z]{3}[0-9]{3}|[a-z]{3}[ -]?[0-9]{3,4}|[a-z]{2}[0-9]{2} ?[a-z]{3}|[0-9]{3}[ -]?[a-z]{3})"
        r"(?:[^0-9a-z-]|$)"
    ).encode(),
    needs=(_CARS, A_DIGIT),
)
"""The plates as they may be; without its words in a text nothing is found in it."""
_YEAR = re.compile(r"[a-z]{3}[ -]?(?:19|20)[0-9]{2}", re.ASCII)  # "the Golf GTI 2019"
_LETTERS = re.compile(r"[A-Za-z]+", re.ASCII)

_FOUND = finding(Label.VEHICLE, "plate-behind-car", "the form of a plate right behind a car", 0.75, "context")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the plates, whose letters are capitals, behind makes and kinds of cars."""
    for match in NEEDS.finditer(transcript.octets):
        capitals = all(map(str.isupper, _LETTERS.findall(transcript.cased, *match.span(1))))
        if capitals and not _YEAR.fullmatch(transcript.folded, *match.span(1)):
            yield Claim((match.span(1),), _FOUND)
