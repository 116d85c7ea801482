"""Erasing: what is taken out of a row is dead at once for every reader, and a moment later for every copy.

The transaction that empties a row notes the key and the blob that are to go. A job then destroys the keys of everything
that was noted, at the cost of little more than one, and wipes the blobs. It may be repeated and killed at any step.
"""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import StoreUnavailable
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.store import Blobs, Job, TenantTransaction, defer, hold
from privity.vault import Record

ERASE: Final = "purge_erasures"
_BATCH: Final = 500
_GATHER_SECONDS: Final = 1.0
_GATHERED_WITHIN: Final = timedelta(seconds=0.5)
"""An erasure that follows another one this closely is left to its job, which first waits longer than that."""

_ORDERING: Final = "SELECT pg_advisory_xact_lock_shared(hashtextextended('tenant.erasure' || %s::text, 0))"
_LOOKING: Final = "SELECT pg_advisory_xact_lock(hashtextextended('tenant.erasure' || %s::text, 0))"
"""Whoever looks waits for the orders that are not committed yet: one that left its note to this job is seen by it."""

_NOTE: Final = """
    INSERT INTO tenant.erasure (tenant_id, id, record_table, record_id, blob, ordered_by, cause, ordered_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_FOLLOWS: Final = "SELECT id FROM tenant.erasure WHERE ordered_at > %s LIMIT 1"
_PENDING: Final = "SELECT id, record_table, record_id, blob FROM tenant.erasure ORDER BY ordered_at LIMIT %s"
_DONE: Final = "DELETE FROM tenant.erasure WHERE id = ANY(%s)"


class Erased(msgspec.Struct, frozen=True):
    """One key to destroy, named by its record, and the blob that it sealed, if it sealed one."""

    table: str
    row: UUID
    blob: str | None = None


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class _Pending(msgspec.Struct, frozen=True):
    id: UUID
    record_table: str
    record_id: UUID
    blob: str | None


class Erasing:
    """Orders erasures inside a transaction, and carries them out."""

    def __init__(self, keys: Keys, blobs: Blobs, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._blobs = blobs
        self._ids = ids
        self._clock = clock

    async def order(self, tx: TenantTransaction, access: Access, things: Iterable[Erased]) -> None:
        """Note what is to be erased; it is as soon as possible after the transaction commits."""
        now, who = self._clock.now(), access.caller.principal
        rows = [
            (access.tenant, self._ids.new(), thing.table, thing.row, thing.blob, who, access.decision, now)
            for thing in things
        ]
        if not rows:
            return
        await tx.execute(_ORDERING, (access.tenant,))
        follows = await tx.fetch_one(_FOLLOWS, (now - _GATHERED_WITHIN,), into=_Id)
        await tx.execute_many(_NOTE, rows)
        if follows is None:
            await defer(tx, ERASE, erasure=rows[0][1], cause=access.decision)

    async def purge(self, access: Access, job: Job) -> None:
        """Destroy the keys of all that was noted in the tenant, then wipe the blobs, then forget the notes.

        Raises StoreUnavailable when a blob is still there afterwards; the queue tries again.
        """
        await asyncio.sleep(_GATHER_SECONDS)
        keys = blobs = 0
        while pending := await self._pending(access, job):
            records = [Record(tenant=access.tenant, table=each.record_table, row=each.record_id) for each in pending]
            receipt = await self._keys.shred_many(access.tenant, records)
            keys += len(receipt.key_ids)
            for name in {each.blob for each in pending if each.blob is not None}:
                await self._blobs.delete(name)
                if await self._blobs.exists(name):
                    raise StoreUnavailable("a blob that was to be erased is still there", advice="It is tried again.")
                blobs += 1
            async with access.transaction(settles=False) as tx:
                await hold(tx, job)
                await tx.execute(_DONE, ([each.id for each in pending],))
        access.outcome |= {"keys_destroyed": keys, "blobs_wiped": blobs}

    async def _pending(self, access: Access, job: Job) -> list[_Pending]:
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            await tx.execute(_LOOKING, (access.tenant,))
            return await tx.fetch_all(_PENDING, (_BATCH,), into=_Pending)
