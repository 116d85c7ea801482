"""The rules that go by lists and capitals: what they find is let go where something else speaks against it."""

from typing import Final

WEAK_NAMES: Final = frozenset(
    {"name-beside", "name-capitals", "name-enumerated", "name-heard", "name-listed", "name-pair"}
)
WEAK_PLACES: Final = frozenset({"place-capitals", "place-listed"})
WEAK: Final = WEAK_NAMES | WEAK_PLACES | {"name-learned"}
"""Also what goes by a name that was found elsewhere."""
