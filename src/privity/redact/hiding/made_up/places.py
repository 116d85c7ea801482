"""Made-up towns and streets, built of syllables: none is a place, a name or a word that a list knows.

There are some 150,000, so that two places seldom get the same one, and hardly ever a real one.
"""

import re
from functools import cache
from typing import Final

import msgspec
from msgspec import Struct

from privity.redact.hiding.made_up.keyed_order import Draw, seeded
from privity.redact.hiding.spellings.canonical import canonical
from privity.redact.labels import Label
from privity.redact.reading.folding import fold
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.vocabulary import packaged

_STREET_WORD: Final = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|place|pl|way|boulevard|blvd|highway|hwy|parkway|pkwy|"
    r"circle|cir|terrace|ter|square|sq|trail|crescent)\b",
    re.ASCII,
)
_KNOWN: Final = (
    Bit.PLACE | Bit.KNOWN_PLACE | Bit.REGION | Bit.PLACE_START | Bit.FACILITY | Bit.GIVEN | Bit.SURNAME | Bit.WORD
    | Bit.FUNCTION
)  # fmt: skip
_CODE: Final = 2  # letters of a state behind its town, which tells nothing by itself
_HOUSES: Final = 9899


class _Syllables(Struct, frozen=True, forbid_unknown_fields=True):
    openings: tuple[str, ...]
    middles: tuple[str, ...]
    endings: tuple[str, ...]
    suffixes: tuple[str, ...]


@cache
def _syllables() -> _Syllables:
    return msgspec.toml.decode(packaged("privity.redact", "lists/made_up.toml"), type=_Syllables)


def made_up_town(draw: Draw) -> str:
    """Return a made-up name that no list knows."""
    syllables = _syllables()
    while True:
        town = draw.of(syllables.openings) + draw.of(syllables.middles) + draw.of(syllables.endings)
        if not lexicon().of(town.lower()) & _KNOWN:
            return town


def made_up_place(key: bytes, value: str) -> str | None:
    """Return a made-up town for each part of a place between commas; codes of states go. None where nothing stands."""
    parts = [part.strip() for part in value.split(",")]
    parts = [part for part in parts if sum(map(str.isalpha, part)) > _CODE] or parts[:1]
    told = [canonical(Label.LOCATION, part) for part in parts]
    towns = [made_up_town(Draw(seeded(key, "place", part))) for part in told]
    return _cased(", ".join(towns), value) if any(told) else None


def made_up_address(key: bytes, value: str) -> str | None:
    """Return a made-up house and street, or None for an address without the word for one, such as a box."""
    if not _STREET_WORD.search(fold(value).lower()):
        return None
    draw = Draw(seeded(key, "address", canonical(Label.ADDRESS, value)))
    return _cased(f"{100 + draw.below(_HOUSES)} {made_up_town(draw)} {draw.of(_syllables().suffixes)}", value)


def _cased(made: str, value: str) -> str:
    return made.lower() if value.islower() else made.upper() if value.isupper() else made
