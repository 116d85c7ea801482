"""What stays written of consent on a call: what the law asked, what happened, and which recordings came of it.

It is read as long as the call or a recording of it is there, also when the call has ended.
"""

from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.call_consent import CallConsent
from privity.custody.call_events import NotedEvent, events_of
from privity.custody.calls import Call
from privity.custody.recordings import Recording, RecordingLaw
from privity.gate import BROUGHT, Access, Action, ResourceKind
from privity.rules import Demand, place_of

_TAKEN: Final = f"""
    SELECT r.id, r.state, r.duration_ms, r.law FROM {BROUGHT[ResourceKind.RECORDING]} WHERE r.call_id = %(call)s
"""
_ORDER: Final = " ORDER BY r.id"


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that came of a call, and the rules that it was decided by, if it was made here."""

    id: UUID
    state: str
    duration_ms: int | None
    law: RecordingLaw | None


class ConsentRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What happened on a call, in its order, and what is left of that: who agreed, who has yet to, who refused.

    `demand` is what the law asked of the call on its day; None where only a recording is looked at, whose own law says.
    """

    demand: Demand | None
    consent: CallConsent
    events: list[NotedEvent]
    recordings: list[Taken]


async def consent_of_call(access: Access, call: Call) -> ConsentRecord:
    """Return the record of a call that the access has opened, with the recordings that its caller may see."""
    row = call.row
    ends = (place_of(call.parties.from_number), place_of(call.parties.to_number))
    own, other = ends[::-1] if row.direction == "inbound" else ends
    may = access.rows(Action.RECORDING_READ)
    async with access.transaction(settles=False) as tx:
        events = await events_of(tx, row.id)
        values = {"call": row.id, **may.parameters}
        taken = await tx.fetch_all(f"{_TAKEN} AND {may.sql} {_ORDER}", values, into=Taken)
    consent = CallConsent(own, other, events)
    on: date = (row.started_at or row.created_at).date()
    return ConsentRecord(demand=consent.demand(on), consent=consent, events=events, recordings=taken)


async def consent_of_recording(access: Access, recording: Recording) -> ConsentRecord:
    """Return the record of the call that a recording is of, without where its numbers are from."""
    async with access.transaction(settles=False) as tx:
        events = await events_of(tx, recording.call_id)
    return ConsentRecord(demand=None, consent=CallConsent("", "", events), events=events, recordings=[])
