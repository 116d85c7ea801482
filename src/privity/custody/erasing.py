"""Erasing: what is taken out of a row is dead at once for every reader, and a moment later for every copy.

The transaction that empties a row notes the key and the blob that are to go, and requests a deletion, which is
certified when they are gone. A job destroys the keys of everything that was noted, at the cost of little more than one,
and wipes the blobs. It may be repeated and killed at any step.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import StoreUnavailable
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys, ShredReceipt
from privity.store import Blobs, Job, TenantTransaction, defer, hold
from privity.vault import Record

ERASE: Final = "purge_erasures"
CERTIFY: Final = "certify_deletions"
_BATCH: Final = 500
_GATHER_SECONDS: Final = 1.0
_GATHERED_WITHIN: Final = timedelta(seconds=0.5)
"""An erasure that follows another one this closely is left to its job, which first waits longer than that."""

_ORDERING: Final = "SELECT pg_advisory_xact_lock_shared(hashtextextended('tenant.erasure' || %s::text, 0))"
_LOOKING: Final = "SELECT pg_advisory_xact_lock(hashtextextended('tenant.erasure' || %s::text, 0))"
"""Whoever looks waits for the orders that are not committed yet: one that left its note to this job is seen by it."""

_NOTE: Final = """
    INSERT INTO tenant.erasure (tenant_id, id, deletion_id, record_table, record_id, blob, ordered_by, cause,
                                ordered_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_REQUEST: Final = """
    INSERT INTO tenant.deletion (tenant_id, id, redaction_id, project_id, state, requested_by, cause, requested_at)
    VALUES (%s, %s, %s, %s, 'requested', %s, %s, %s)
"""
_NAME: Final = """
    INSERT INTO tenant.deleted_record (tenant_id, record_id, deletion_id, kind)
    SELECT %s, record, %s, kind FROM unnest(%s::uuid[], %s::text[]) AS gone (record, kind)
"""
_FOLLOWS: Final = "SELECT id FROM tenant.erasure WHERE ordered_at > %s LIMIT 1"
_PENDING: Final = """
    SELECT id, record_table, record_id, blob, looked_up FROM tenant.erasure ORDER BY ordered_at LIMIT %s
"""
_LOOKED_UP: Final = """
    UPDATE tenant.erasure AS e SET key_id = found.key, looked_up = true
    FROM unnest(%s::uuid[], %s::uuid[]) AS found (id, key) WHERE e.id = found.id AND NOT e.looked_up
"""
_DONE: Final = """
    WITH done AS (DELETE FROM tenant.erasure WHERE id = ANY(%(ids)s) RETURNING deletion_id, key_id, blob)
    UPDATE tenant.deletion AS d
    SET key_ids = coalesce(d.key_ids, '{}') || coalesce(of.keys, '{}'), blobs = d.blobs + of.blobs, purged_at = %(now)s,
        wal_forgotten = d.wal_forgotten AND %(wal_forgotten)s
    FROM (
        SELECT deletion_id, array_agg(key_id ORDER BY key_id) FILTER (WHERE key_id IS NOT NULL) AS keys,
            count(blob) AS blobs
        FROM done GROUP BY deletion_id
    ) AS of
    WHERE d.id = of.deletion_id RETURNING d.id
"""


class RecordKind(StrEnum):
    """What a certificate calls what is gone."""

    MESSAGE = "message"
    MESSAGE_TEXT = "message-text"
    MEDIA = "media"
    FAX = "fax"
    CALL = "call"
    RECORDING = "recording"
    TRANSCRIPTION = "transcription"
    PAYMENT = "payment"


class Erased(msgspec.Struct, frozen=True):
    """One key to destroy, named by its record, and the blob that it sealed, if it sealed one."""

    table: str
    row: UUID
    blob: str | None = None


class Doomed:
    """What an act takes out of its rows: the records, for the certificate, and the keys and blobs that go with them."""

    def __init__(self) -> None:
        self.records: list[tuple[UUID, RecordKind]] = []
        self.things: list[Erased] = []

    def add(self, kind: RecordKind, record: UUID, *things: Erased) -> None:
        """Add a record, and what is to be destroyed of it."""
        self.records.append((record, kind))
        self.things += things


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class _Pending(msgspec.Struct, frozen=True):
    id: UUID
    record_table: str
    record_id: UUID
    blob: str | None
    looked_up: bool


class Erasing:
    """Orders erasures inside a transaction, and carries them out."""

    def __init__(self, keys: Keys, blobs: Blobs, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._blobs = blobs
        self._ids = ids
        self._clock = clock

    async def delete(
        self,
        tx: TenantTransaction,
        access: Access,
        doomed: Doomed,
        *,
        requested_by: str | None = None,
        redaction: UUID | None = None,
    ) -> UUID | None:
        """Return the deletion that is requested of what the transaction took out of its rows; None if that is nothing.

        It is carried out as soon as possible after the transaction commits, and then certified. `requested_by` is who
        ordered the bulk redaction that this is a batch of.
        """
        if not doomed.records:
            return None
        deletion, who = self._ids.new(), requested_by or access.caller.principal
        asked = (redaction, access.project, who, access.decision, self._clock.now())
        await tx.execute(_REQUEST, (access.tenant, deletion, *asked))
        records, kinds = zip(*doomed.records, strict=True)
        await tx.execute(_NAME, (access.tenant, deletion, list(records), [str(kind) for kind in kinds]))
        await self.order(tx, access, doomed.things, deletion)
        if redaction is None:
            access.outcome["deletion"] = str(deletion)
        return deletion

    async def order(
        self, tx: TenantTransaction, access: Access, things: Iterable[Erased], deletion: UUID | None = None
    ) -> None:
        """Note what is to be erased, for a deletion or because the record goes on under another key."""
        now, who = self._clock.now(), access.caller.principal
        rows = [
            (access.tenant, self._ids.new(), deletion, thing.table, thing.row, thing.blob, who, access.decision, now)
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

        Raises StoreUnavailable when a key or a blob is still there afterwards; the queue tries again.
        """
        await asyncio.sleep(_GATHER_SECONDS)
        keys = blobs = 0
        while pending := await self._pending(access, job):
            records = [Record(tenant=access.tenant, table=each.record_table, row=each.record_id) for each in pending]
            await self._note_keys(access, job, pending, records)
            receipt = await self._keys.shred_many(access.tenant, records)
            keys += len(receipt.key_ids)
            for name in {each.blob for each in pending if each.blob is not None}:
                await self._blobs.delete(name)
                if await self._blobs.exists(name):
                    raise StoreUnavailable("a blob that was to be erased is still there", advice="It is tried again.")
                blobs += 1
            if await self._keys.ids_of(access.tenant, records):
                raise StoreUnavailable("a key that was to be destroyed is still there", advice="It is tried again.")
            await self._forget(access, job, pending, receipt)
        access.outcome |= {"keys_destroyed": keys, "blobs_wiped": blobs}

    async def _pending(self, access: Access, job: Job) -> list[_Pending]:
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            await tx.execute(_LOOKING, (access.tenant,))
            return await tx.fetch_all(_PENDING, (_BATCH,), into=_Pending)

    async def _note_keys(
        self, access: Access, job: Job, pending: Sequence[_Pending], records: Sequence[Record]
    ) -> None:
        """Note which keys there are before they are destroyed: whoever goes on after a crash finds them no more."""
        found = await self._keys.ids_of(access.tenant, records)
        new = [(each.id, found.get(rec)) for each, rec in zip(pending, records, strict=True) if not each.looked_up]
        if new:
            async with access.transaction(settles=False) as tx:
                await hold(tx, job)
                await tx.execute(_LOOKED_UP, ([id_ for id_, _ in new], [key for _, key in new]))

    async def _forget(self, access: Access, job: Job, pending: Sequence[_Pending], receipt: ShredReceipt) -> None:
        """Forget the notes, and let the deletions be certified that they were for."""
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            values = {"ids": [each.id for each in pending], "now": receipt.at, "wal_forgotten": receipt.wal_forgotten}
            if of := await tx.fetch_all(_DONE, values, into=_Id):
                await defer(tx, CERTIFY, deletion=of[0].id, cause=access.decision)
