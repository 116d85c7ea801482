"""Calls as records, sealed like messages; and those that are going on, which live in the process that carries them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.between import (
    Between,
    SealedRow,
    encode_parties,
    is_own,
    open_parties,
    page_between,
    parties_place,
)
from privity.custody.call_events import forget_events
from privity.custody.erasing import Doomed, Erased, Erasing, RecordKind
from privity.custody.numbers import NotOwnNumber, NumberIndex, Parties, parse_number
from privity.custody.paging import Ask, Page
from privity.custody.parties import forget_if_last, subject_of
from privity.custody.undoing import undone_by
from privity.delivery.webhooks import EventKind, tell
from privity.errors import BadInput, Conflict, NotFound
from privity.gate import BROUGHT, Access, Action, ResourceKind
from privity.ids import Ids
from privity.keys import Keys
from privity.store import TenantTransaction
from privity.vault import seal

TABLE: Final = "call"
LIVE: Final = "in-progress"
TRANSPORTS: Final = ("srtp", "dtls-srtp", "wss", "memory", "carrier")
"""How media come here, always encrypted: `carrier` are calls at a carrier elsewhere, whose media do not."""

WAITING: Final = ("queued", "ringing")
_COLUMNS: Final = """
    r.id, r.project_id, r.parent_id, r.direction, r.status, r.transport, r.parties, r.created_at, r.started_at,
    r.ended_at, r.updated_at
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.call AS r WHERE r.id = %s"
_PAGE: Final = f"""
    SELECT {_COLUMNS} FROM {BROUGHT[ResourceKind.CALL]} WHERE r.project_id = %(project)s
    AND (%(from)s::bytea IS NULL OR r.from_index = %(from)s) AND (%(to)s::bytea IS NULL OR r.to_index = %(to)s)
    AND (%(status)s::text IS NULL OR r.status = %(status)s)
    AND (%(began_from)s::timestamptz IS NULL OR r.started_at >= %(began_from)s)
    AND (%(began_until)s::timestamptz IS NULL OR r.started_at < %(began_until)s)
    AND (%(ended_from)s::timestamptz IS NULL OR r.ended_at >= %(ended_from)s)
    AND (%(ended_until)s::timestamptz IS NULL OR r.ended_at < %(ended_until)s)
    AND (%(parent)s::uuid IS NULL OR r.parent_id = %(parent)s)
"""
_ADD: Final = """
    INSERT INTO tenant.call (tenant_id, id, project_id, subject_id, direction, status, transport, from_index, to_index,
                             parties, brought_by, cause, created_at, started_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(subject)s, %(direction)s, %(status)s, %(transport)s, %(from)s, %(to)s,
            %(parties)s, %(by)s, %(cause)s, %(now)s, %(started)s, %(now)s)
"""
_END: Final = """
    UPDATE tenant.call SET status = %(status)s, ended_at = %(now)s, updated_at = %(now)s
    WHERE id = %(id)s AND status = 'in-progress'
"""
_HELD: Final = "SELECT subject_id FROM tenant.call WHERE id = %s FOR UPDATE"
_DELETE: Final = "DELETE FROM tenant.call WHERE id = %s AND status <> 'in-progress' RETURNING subject_id"


Also = Callable[[TenantTransaction, UUID], Awaitable[None]]
"""What else is to be written in the transaction that notes a call."""


class CallFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which calls: numbers as keyed hashes, a status, when they began and ended, and which call led to them."""

    from_index: bytes | None = None
    to_index: bytes | None = None
    status: str | None = None
    began_from: datetime | None = None
    began_until: datetime | None = None
    ended_from: datetime | None = None
    ended_until: datetime | None = None
    parent: UUID | None = None


class CallRow(SealedRow, frozen=True, kw_only=True):
    """A call as it stands in its table."""

    project_id: UUID
    parent_id: UUID | None
    direction: str
    status: str
    transport: str
    started_at: datetime | None
    ended_at: datetime | None
    updated_at: datetime


Call = Between[CallRow]
"""A call and whom it went between."""


class _Subject(msgspec.Struct, frozen=True):
    subject_id: UUID


def checked_transport(transport: str) -> str:
    """Return the transport of a call's media; raises BadInput for one that does not encrypt."""
    if transport not in TRANSPORTS:
        raise BadInput("media that are not encrypted are not taken", advice=f"Use {', '.join(TRANSPORTS[:3])}.")
    return transport


class Calls:
    """Begins, reads, ends and deletes calls."""

    def __init__(self, keys: Keys, index: NumberIndex, erasing: Erasing, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._index = index
        self._erasing = erasing
        self._ids = ids
        self._clock = clock

    async def begin(
        self,
        access: Access,
        sender: str,
        recipient: str,
        *,
        inbound: bool,
        transport: str,
        status: str = LIVE,
        also: Also | None = None,
    ) -> UUID:
        """Return a call from or to a number of the project's own, which is going on now unless `status` says otherwise.

        With `also` the act goes on after the call was noted, and something more is noted together with it.
        """
        parties = Parties(parse_number(sender, "`From`"), parse_number(recipient, "`To`"))
        tenant, call = access.tenant, self._ids.new()
        hashes = {"from": self._index.of(tenant, parties.from_number), "to": self._index.of(tenant, parties.to_number)}
        own, other = ("to", "from") if inbound else ("from", "to")
        key = await self._keys.new_record_key(tenant, TABLE, call)
        now = self._clock.now()
        row: Mapping[str, object] = {
            "tenant": tenant,
            "id": call,
            "project": access.project,
            "direction": "inbound" if inbound else "outbound-api",
            "transport": checked_transport(transport),
            "parties": seal(key.key, parties_place(tenant, TABLE, call), key.key_id, encode_parties(parties)),
            "by": access.caller.principal,
            "cause": access.decision,
            "now": now,
            "status": status,
            "started": None if status in WAITING else now,
            **hashes,
        }
        async with (
            undone_by(lambda: self._keys.shred(tenant, TABLE, call)),
            access.transaction(settles=also is None) as tx,
        ):
            if not await is_own(tx, access.project, hashes[own]):
                raise NotOwnNumber("the number is none of this project's", advice="Call from one of its own.")
            subject = await subject_of(tx, access.project, hashes[other], self._ids, now)
            await tx.execute(_ADD, {**row, "subject": subject})
            if also is not None:
                await also(tx, call)
            access.made(call)
        return call

    async def page(self, access: Access, asked: CallFilter, ask: Ask) -> Page[Call]:
        """Return a page of the project's calls, newest first."""
        values = {
            "project": access.project,
            "from": asked.from_index,
            "to": asked.to_index,
            "status": asked.status,
            "began_from": asked.began_from,
            "began_until": asked.began_until,
            "ended_from": asked.ended_from,
            "ended_until": asked.ended_until,
            "parent": asked.parent,
        }
        return await page_between(access, self._keys, TABLE, Action.CALL_READ, _PAGE, values, ask, into=CallRow)

    async def read(self, access: Access) -> Call:
        """Return the call that the access is for."""
        async with access.transaction() as tx:
            return await self.opened(tx, access, UUID(access.resource_id))

    async def end(self, access: Access, status: str) -> Call:
        """End the call; one that has ended stays as it is."""
        values = {"id": UUID(access.resource_id), "status": status, "now": self._clock.now()}
        async with access.transaction() as tx:
            access.outcome["ended"] = await tx.execute(_END, values)
            if access.outcome["ended"]:
                call = UUID(access.resource_id)
                await tell(tx, access, EventKind.CALL_ENDED, [call], at=self._clock.now(), status=status)
            return await self.opened(tx, access, UUID(access.resource_id))

    async def delete(self, access: Access) -> None:
        """Remove the call for good; raises Conflict while it goes on. Its recordings stay until they are deleted."""
        call = UUID(access.resource_id)
        async with access.transaction() as tx:
            if await tx.fetch_one(_HELD, (call,), into=_Subject) is None:
                raise _no_such_call()
            gone = await tx.fetch_one(_DELETE, (call,), into=_Subject)
            if gone is None:
                raise Conflict("the call is going on", advice="End it first.")
            await forget_if_last(tx, gone.subject_id)
            await forget_events(tx, call)
            doomed = Doomed()
            doomed.add(RecordKind.CALL, call, Erased(TABLE, call))
            await self._erasing.delete(tx, access, doomed)

    async def opened(self, tx: TenantTransaction, access: Access, call: UUID) -> Call:
        """Return one call with its numbers; raises NotFound."""
        row = await tx.fetch_one(_ONE, (call,), into=CallRow)
        if row is None:
            raise _no_such_call()
        key = await self._keys.record_key(access.tenant, TABLE, call)
        return Call(row, open_parties(key, access.tenant, TABLE, call, row.parties))


def _no_such_call() -> NotFound:
    return NotFound("there is no such call", advice="It may have been deleted.")
