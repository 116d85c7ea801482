"""The words of streets all over the world, as `lists/world_streets.toml` explains them."""

from typing import Final

import msgspec
from msgspec import Struct

from privity.redact.reading.vocabulary import packaged, vocabulary


class WorldStreets(Struct, frozen=True, forbid_unknown_fields=True):
    """Words in lower case and without accents; each field is explained in `lists/world_streets.toml`."""

    before: frozenset[str]
    maybe_before: frozenset[str]
    after: frozenset[str]
    maybe_after: frozenset[str]
    english: frozenset[str]
    endings: tuple[str, ...]
    dashed: frozenset[str]
    houses: tuple[str, ...]
    divisions: frozenset[str]
    other_lines: frozenset[str]


WORLD: Final = msgspec.toml.decode(packaged("privity.redact", "lists/world_streets.toml"), type=WorldStreets)
ENDINGS: Final = tuple(sorted({*WORLD.endings, *vocabulary().street_endings} - {"ova", "ska", "tr"}))
"""How words end that are streets by themselves: "Felberstrasse"."""
