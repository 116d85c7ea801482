"""Identifiers: UUIDv7 (RFC 9562 §5.7), so that they sort by the time they were made."""

import os
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from privity.clock import Clock, SystemClock
from privity.errors import BadInput


class Ids(Protocol):
    """Makes identifiers; injected so that tests can foretell them."""

    def new(self) -> UUID:
        """Return an identifier that was never given out before."""
        ...


class TimeOrderedIds:
    """UUIDv7 from a clock and a source of randomness: 48 bits of Unix milliseconds, 74 random bits."""

    def __init__(self, clock: Clock | None = None, randomness: Callable[[int], bytes] = os.urandom) -> None:
        self._clock = clock or SystemClock()
        self._randomness = randomness

    def new(self) -> UUID:
        """Return a new UUIDv7."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        tail = int.from_bytes(self._randomness(10))
        rand_a, rand_b = (tail >> 62) & 0xFFF, tail & ((1 << 62) - 1)
        return UUID(int=(milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)


def parse_id(text: str, what: str) -> UUID:
    """Return the identifier that a caller wrote, in its one canonical spelling.

    Raises BadInput, which names `what` and never repeats the text.
    """
    try:
        parsed = UUID(text)
    except ValueError:
        parsed = None
    if parsed is None or str(parsed) != text.lower():
        raise BadInput(f"{what} is not an identifier", advice="Give the id as it was printed, with its hyphens.")
    return parsed
