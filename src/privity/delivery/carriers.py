"""Carriers: whoever takes a message, a fax or a call to another telephone number. One interface, whatever is behind it.

The loopback carrier delivers between the numbers of this installation and reaches nobody else: for trying things out,
for demonstrations, for tests, and for tenants that write to one another. `vendor_carrier` has those that reach others.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

import msgspec

from privity.errors import Unavailable
from privity.identity import NumberOwner
from privity.vault import Plaintext

UNKNOWN_DESTINATION: Final = 30005
"""The vendors' code for a number that is nobody's."""


class Kind(StrEnum):
    """What is sent."""

    MESSAGE = "message"
    FAX = "fax"
    CALL = "call"


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """What a carrier takes: `id` is the same however often it is sent, so that it arrives once.

    `links` are addresses from which a carrier elsewhere may fetch the attachments for a few minutes, `callback` the one
    where it says what became of it; `asked` are fields that only a carrier elsewhere understands.
    """

    id: UUID
    kind: Kind
    from_number: str
    to_number: str
    body: Plaintext
    attachments: tuple[Plaintext, ...] = ()
    links: tuple[str, ...] = ()
    callback: str | None = None
    asked: Mapping[str, str] = msgspec.field(default_factory=dict)

    def __repr__(self) -> str:
        """Show what it is, not what it says."""
        return f"Outgoing({self.kind} {self.id})"


class Handed(StrEnum):
    """What became of something that was handed over: arrived, taken by a carrier that will tell, or refused by it."""

    DELIVERED = "delivered"
    TAKEN = "taken"
    REFUSED = "refused"


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it, with the carrier's own `sid` if it has one, and a code of the vendors' if it was refused."""

    handed: Handed
    sid: str | None = None
    error_code: int | None = None


class NotTaken(Unavailable):
    """The carrier has certainly not taken it; sending it again is safe."""


class Uncertain(Unavailable):
    """It is not known whether the carrier has taken it; sending it again could send it twice."""


class Carrier(Protocol):
    """Takes what is sent, and carries calls."""

    async def send(self, outgoing: Outgoing) -> Handover:
        """Hand something over, once. Raises NotTaken, or Uncertain when it is not known what became of it."""
        ...

    async def find(self, outgoing: Outgoing, since: datetime) -> Sequence[Handover]:
        """Return what the carrier has that could be `outgoing`, taken after `since`: none when it has certainly not.

        Raises Uncertain when it cannot be told from what else it has, and Unavailable when it does not answer.
        """
        ...

    async def end(self, sid: str, status: str) -> None:
        """End a call, `completed` or `canceled`; one that has ended already is as good."""
        ...

    async def record(self, sid: str, callback: str | None) -> str:
        """Begin to record a call, and return the sid of its recording."""
        ...

    async def control(self, sid: str, recording: str, status: str, pausing: str | None) -> None:
        """Pause (`paused`), resume (`in-progress`) or end (`stopped`) a recording of a call."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


Owner = Callable[[str], Awaitable[NumberOwner | None]]
Arrive = Callable[[NumberOwner, Outgoing], Awaitable[None]]


class LoopbackCarrier:
    """Delivers between the numbers of this installation.

    `owner` says whose a number is, `arrive` takes what is sent to it; what arrived before changes nothing there. Its
    calls and their recordings live in the process that has them, so there is nobody else to be told of them.
    """

    def __init__(self, owner: Owner, arrive: Arrive) -> None:
        self._owner = owner
        self._arrive = arrive

    async def send(self, outgoing: Outgoing) -> Handover:
        """Deliver at once, or say that the number is nobody's here."""
        owner = await self._owner(outgoing.to_number)
        if owner is None:
            return Handover(handed=Handed.REFUSED, error_code=UNKNOWN_DESTINATION)
        await self._arrive(owner, outgoing)
        return Handover(handed=Handed.DELIVERED)

    async def find(self, _outgoing: Outgoing, _since: datetime) -> Sequence[Handover]:
        """Return nothing: what is sent again arrives once."""
        return ()

    async def end(self, _sid: str, _status: str) -> None:
        """Tell nobody."""

    async def record(self, sid: str, _callback: str | None) -> str:
        """Return the call's own sid: the process that has the call records it."""
        return sid

    async def control(self, _sid: str, _recording: str, _status: str, _pausing: str | None) -> None:
        """Tell nobody."""

    async def close(self) -> None:
        """Have nothing to let go of."""
