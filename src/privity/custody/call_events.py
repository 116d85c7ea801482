"""What has happened on a call, as rows: loaded into the machine that knows what the law still asks, and added to."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.between import open_parties
from privity.custody.call_consent import CallConsent, CallEvent
from privity.errors import Conflict, NotFound
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.rules import place_of
from privity.store import TenantTransaction

_HAPPENED: Final = """
    SELECT happened, party, place, call_ms, recorded_by AS by, detail, created_at FROM tenant.call_event
    WHERE call_id = %s ORDER BY place_in_row
"""
_CALL_TABLE: Final = "call"
_CALL: Final = "SELECT status, transport, direction, parties FROM tenant.call WHERE id = %s FOR UPDATE"
_LOAD: Final = """
    SELECT happened, party, place, call_ms, recorded_by AS by, detail FROM tenant.call_event WHERE call_id = %s
    ORDER BY place_in_row
"""
_ADD: Final = """
    INSERT INTO tenant.call_event (tenant_id, id, call_id, happened, party, place, call_ms, recorded_by, detail, cause,
                                   created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_FORGET: Final = """
    DELETE FROM tenant.call_event WHERE call_id = %(call)s
    AND NOT EXISTS (SELECT FROM tenant.recording WHERE call_id = %(call)s)
    AND NOT EXISTS (SELECT FROM tenant.call WHERE id = %(call)s)
"""


class NotedEvent(CallEvent, frozen=True, kw_only=True):
    """What has happened, with the moment at which it was written down."""

    created_at: datetime


class _Call(msgspec.Struct, frozen=True):
    status: str
    transport: str
    direction: str
    parties: bytes


class NotLive(Conflict):
    """The call is not going on."""


class CallEvents:
    """Loads and adds what happens on calls that are going on."""

    def __init__(self, keys: Keys, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._ids = ids
        self._clock = clock

    async def load(self, tx: TenantTransaction, access: Access, call: UUID) -> CallConsent:
        """Return what has happened on a live call, which is held until the transaction ends.

        Raises NotFound, NotLive for a call that has ended, and Conflict for one whose media do not come here.
        """
        row = await tx.fetch_one(_CALL, (call,), into=_Call)
        if row is None:
            raise NotFound("there is no such call")
        if row.status != "in-progress":
            raise NotLive("the call is not going on", advice="Only a live call can be played to and recorded.")
        if row.transport == "carrier":
            raise Conflict("the media of this call are at its carrier", advice="Only calls here are played to.")
        key = await self._keys.record_key(access.tenant, _CALL_TABLE, call)
        parties = open_parties(key, access.tenant, _CALL_TABLE, call, row.parties)
        ends = (parties.from_number, parties.to_number)
        own, other = ends[::-1] if row.direction == "inbound" else ends
        events = await tx.fetch_all(_LOAD, (call,), into=CallEvent)
        return CallConsent(place_of(own), place_of(other), events)

    async def add(
        self, tx: TenantTransaction, access: Access, call: UUID, consent: CallConsent, event: CallEvent
    ) -> None:
        """Write down what has happened, and let `consent` know it."""
        row = (event.happened, event.party, event.place, event.call_ms, event.by, event.detail)
        about = (access.decision, self._clock.now())
        await tx.execute(_ADD, (access.tenant, self._ids.new(), call, *row, *about))
        consent.take(event)


async def events_of(tx: TenantTransaction, call: UUID) -> list[NotedEvent]:
    """Return what has happened on a call, in its order, also when it has ended."""
    return await tx.fetch_all(_HAPPENED, (call,), into=NotedEvent)


async def forget_events(tx: TenantTransaction, call: UUID) -> None:
    """Delete what happened on a call, once neither it nor a recording of it is there any more."""
    await tx.execute(_FORGET, {"call": call})
