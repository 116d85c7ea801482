"""Carriers: whoever takes a message or a fax to another telephone number. One interface, whatever stands behind it.

The loopback carrier delivers between the numbers of this installation and reaches nobody else: for trying things out,
for demonstrations, for tests, and for tenants that write to one another.
"""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

import msgspec

from privity.identity import NumberOwner
from privity.vault import Plaintext

UNKNOWN_DESTINATION: Final = 30005
"""The vendors' code for a number that is nobody's."""


class Kind(StrEnum):
    """What is sent."""

    MESSAGE = "message"
    FAX = "fax"


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """What a carrier takes: `id` is the same however often it is sent, so that it arrives once."""

    id: UUID
    kind: Kind
    from_number: str
    to_number: str
    body: Plaintext
    attachments: tuple[Plaintext, ...] = ()

    def __repr__(self) -> str:
        """Show what it is, not what it says."""
        return f"Outgoing({self.kind} {self.id})"


class Handover(msgspec.Struct, frozen=True):
    """What became of it: `delivered`, or not, with a code of the vendors'."""

    delivered: bool
    error_code: int | None = None


class Carrier(Protocol):
    """Takes what is sent."""

    async def send(self, outgoing: Outgoing) -> Handover:
        """Hand something over. Raises Unavailable when it is not known what became of it; it is then sent again."""
        ...


Owner = Callable[[str], Awaitable[NumberOwner | None]]
Arrive = Callable[[NumberOwner, Outgoing], Awaitable[None]]


class LoopbackCarrier:
    """Delivers between the numbers of this installation.

    `owner` says whose a number is, `arrive` takes what is sent to it.
    """

    def __init__(self, owner: Owner, arrive: Arrive) -> None:
        self._owner = owner
        self._arrive = arrive

    async def send(self, outgoing: Outgoing) -> Handover:
        """Deliver at once, or say that the number is nobody's here."""
        owner = await self._owner(outgoing.to_number)
        if owner is None:
            return Handover(delivered=False, error_code=UNKNOWN_DESTINATION)
        await self._arrive(owner, outgoing)
        return Handover(delivered=True)
