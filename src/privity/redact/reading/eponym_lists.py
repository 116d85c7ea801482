"""The lists of `lists/eponyms.toml`: what medicine calls after people and places."""

from functools import cache

import msgspec
from msgspec import Struct

from privity.redact.reading.vocabulary import packaged


class Eponyms(Struct, frozen=True, forbid_unknown_fields=True):
    """Words and phrases in lower case; each field is explained in `lists/eponyms.toml`."""

    nouns: frozenset[str]
    nouns_too: frozenset[str]
    of_places: frozenset[str]
    names: frozenset[str]
    called: frozenset[str]
    illnesses: frozenset[str]
    devices: frozenset[str]
    trials: frozenset[str]
    pairs: dict[str, frozenset[str]]
    alone: frozenset[str]
    medicines: frozenset[str]
    measures: frozenset[str]
    guidelines: frozenset[str]


@cache
def eponyms() -> Eponyms:
    """Return the eponyms; read once from the package."""
    return msgspec.toml.decode(packaged("privity.redact", "lists/eponyms.toml"), type=Eponyms)
