"""What the law asks before a call may be recorded, by the places of everybody who is on it or was.

One party's consent is enough under federal law and in most states; in others everybody has to agree; and how it is
enough to agree differs. The strictest place governs, and an unknown one is taken for the strictest. The table and its
sources stand in `recording_laws.toml`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Final, Literal

import msgspec

from privity.rules.tables import table

_UNKNOWN_PLACE: Final = "unknown-place"


class Law(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table: what these places ask, by which source, and since and until when."""

    id: str
    places: tuple[str, ...]
    parties: Literal["one", "all"]
    source: str
    confidence: Literal["high", "medium"]
    staying: bool = False
    recorded: bool = False
    effective_from: date = date.min
    effective_to: date = date.max


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be so before a call is recorded, and the rules that ask for it.

    `everybody` has to agree, after an announcement; else one party's consent is enough. `staying` on the line after it
    may be taken for consent; else everybody has to say so. The announcement itself has to be `recorded`.
    """

    everybody: bool
    staying: bool
    recorded: bool
    rules: tuple[str, ...]
    version: str


class _Laws(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    reviewed_on: date
    law: tuple[Law, ...]


@cache
def _table() -> _Laws:
    return table("recording_laws.toml", _Laws)


def laws() -> tuple[Law, ...]:
    """Return every row of the table."""
    return _table().law


@cache
def _by_place(on: date) -> Mapping[str, Law]:
    return {place: law for law in laws() for place in law.places if law.effective_from <= on <= law.effective_to}


def demand_of(places: Iterable[str], on: date) -> Demand:
    """Return what the strictest of these places asks on a day; of no place at all, what an unknown one does."""
    in_force = _by_place(on)
    found = [in_force.get(place) for place in set(places)] or [None]
    strict = [law for law in found if law is None or law.parties == "all"]
    return Demand(
        everybody=bool(strict),
        staying=all(law is not None and law.staying for law in strict),
        recorded=any(law is None or law.recorded for law in strict),
        rules=tuple(sorted({_UNKNOWN_PLACE if law is None else law.id for law in found})),
        version=_table().version,
    )
