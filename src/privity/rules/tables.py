"""The tables that ship with this room, read once."""

from importlib import resources
from typing import TypeVar

import msgspec

T = TypeVar("T")


def table(name: str, into: type[T]) -> T:
    """Return a table of this room as its type; a field that the type does not know is an error."""
    return msgspec.toml.decode(resources.files("privity.rules").joinpath(name).read_bytes(), type=into)
