"""Where somebody on the telephone may be, as far as law asks: `US-FL`, `CA-ON`, or unknown.

A number tells the place of its area code, which is what can be known of it and no proof of where anybody stands. What
is known besides adds a place and takes none away.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

import msgspec

from privity.errors import BadInput
from privity.rules.tables import table

UNKNOWN: Final = "unknown"
_NORTH_AMERICAN: Final = re.compile(r"\+1([2-9][0-9]{2})[0-9]{7}")


class _AreaCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    places: dict[str, tuple[int, ...]]


@cache
def area_codes() -> Mapping[int, str]:
    """Return the place of every area code that is known, `{202: "US-DC"}`."""
    places = table("area_codes.toml", _AreaCodes).places
    return {code: place for place, codes in places.items() for code in codes}


def place_of(number: str) -> str:
    """Return the place that a number in E.164 belongs to, or `UNKNOWN`: other countries, toll-free, short codes."""
    matched = _NORTH_AMERICAN.fullmatch(number)
    return UNKNOWN if matched is None else area_codes().get(int(matched[1]), UNKNOWN)


def parse_place(text: str) -> str:
    """Return a place as it was named, `US-FL`; raises BadInput, which never repeats it, for one that is no state."""
    named = text.strip().upper()
    if named not in set(area_codes().values()) | {"CA-NT", "CA-NU", "CA-PE"}:
        raise BadInput(
            "there is no such place", advice="Name a state or a province: US-FL, CA-ON. What is unknown needs no name."
        )
    return named
