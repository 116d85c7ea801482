"""The lists of `lists/written_words.toml`: what stands beside names in notes, letters and forms and is none of them."""

from functools import cache

import msgspec
from msgspec import Struct

from privity.redact.reading.vocabulary import packaged


class WrittenWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words in lower case, without accents; each field is explained in `lists/written_words.toml`."""

    titles: frozenset[str]
    titles_in_capitals: frozenset[str]
    degrees: frozenset[str]
    closings: frozenset[str]
    labels: frozenset[str]
    letters: frozenset[str]
    fields: frozenset[str]
    makers: frozenset[str]
    makes: frozenset[str]
    kin: frozenset[str]
    foreign: frozenset[str]
    articles: frozenset[str]
    departments: frozenset[str]


@cache
def written_words() -> WrittenWords:
    """Return the words; read once from the package."""
    return msgspec.toml.decode(packaged("privity.redact", "lists/written_words.toml"), type=WrittenWords)
