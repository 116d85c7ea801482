"""Deletion: invisible at once, then key shredded, blob and row gone, then a tombstone and a checkable certificate.

Every step may be repeated: a worker that is killed between any two leaves a request that the next attempt finishes.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock, rfc3339
from privity.delivery.webhooks import EventKind, tell
from privity.errors import Conflict, NotFound, StoreUnavailable
from privity.gate import Access, Action
from privity.ids import Ids
from privity.keys import Keys
from privity.ledger import canonical
from privity.store import Blobs, Job, defer, hold
from privity.vault import Record

PURGE: Final = "purge_conversation"

# The tables whose record keys belong to a conversation: its content, and its source while that waits.
_SEALED_IN: Final = ("conversation", "conversation_source")

BACKUPS: Final = "This version of Privity makes no backups. Copies that others made hold ciphertext without its key."

_HIDE: Final = """
    UPDATE tenant.conversation SET state = 'deleting' WHERE id = %s AND state <> 'deleting' RETURNING project_id
"""
_REQUEST: Final = """
    INSERT INTO tenant.deletion (tenant_id, id, conversation_id, record_hash, project_id, state, requested_by, cause,
                                 requested_at)
    VALUES (%s, %s, %s, %s, %s, 'requested', %s, %s, %s)
"""
_PENDING: Final = """
    SELECT d.conversation_id, d.requested_by, d.requested_at, d.cause, d.key_ids, c.source_object, c.key_rows
    FROM tenant.deletion AS d LEFT JOIN tenant.conversation AS c ON c.id = d.conversation_id
    WHERE d.id = %s
"""
_NOTE_KEYS: Final = "UPDATE tenant.deletion SET key_ids = %s WHERE id = %s"
_REMOVE_MARKS: Final = "DELETE FROM tenant.missed WHERE conversation_id = %s"
_REMOVE: Final = "DELETE FROM tenant.conversation WHERE id = %s RETURNING subject_id"
_REMOVE_WORDS: Final = "DELETE FROM tenant.search_posting WHERE record_id = %s"
_REMOVE_SUBJECT: Final = """
    DELETE FROM tenant.subject WHERE id = %s
      AND NOT EXISTS (SELECT FROM tenant.conversation WHERE subject_id = subject.id)
"""
_PURGED: Final = """
    UPDATE tenant.deletion
    SET state = 'purged', conversation_id = NULL, purged_at = %(at)s, certificate = %(certificate)s,
        certificate_entry = %(entry)s
    WHERE id = %(id)s AND state = 'requested'
"""
_UNFINISHED: Final = "SELECT id FROM tenant.deletion WHERE id = %s AND cause = %s AND state = 'requested'"
_PAGE: Final = """
    SELECT d.id, d.state, d.requested_by, d.requested_at, d.redaction_id, d.certificate IS NOT NULL AS certified,
        CASE WHEN d.certificate IS NOT NULL THEN d.purged_at END AS purged_at, coalesce(
            (SELECT json_object_agg(k.kind, k.count) FROM (
                SELECT kind, count(*) AS count FROM tenant.deleted_record WHERE deletion_id = d.id GROUP BY kind
            ) AS k), '{"conversation": 1}'
        ) AS records
    FROM tenant.deletion AS d
    WHERE d.project_id = %(project)s AND (%(after)s::uuid IS NULL OR d.id < %(after)s)
      AND (%(record)s::uuid IS NULL OR d.record_hash = %(hash)s OR d.redaction_id = %(record)s
           OR d.id IN (SELECT deletion_id FROM tenant.deleted_record WHERE record_id = %(record)s))
    ORDER BY d.id DESC LIMIT %(limit)s
"""
_OF: Final = """
    SELECT d.id, r.record_id, r.kind, d.requested_by, d.requested_at, d.certificate IS NOT NULL AS certified
    FROM tenant.deleted_record AS r JOIN tenant.deletion AS d ON d.id = r.deletion_id
    WHERE r.record_id = ANY(%s) ORDER BY d.requested_at, r.kind
"""
_CERTIFICATE: Final = "SELECT certificate, certificate_entry FROM tenant.deletion WHERE id = %s"


class _Unfinished(msgspec.Struct, frozen=True):
    id: UUID


class _Project(msgspec.Struct, frozen=True):
    project_id: UUID


class _Subject(msgspec.Struct, frozen=True):
    subject_id: UUID


class _Pending(msgspec.Struct, frozen=True):
    conversation_id: UUID | None
    requested_by: str
    requested_at: datetime
    cause: UUID
    key_ids: list[UUID] | None
    source_object: str | None
    key_rows: list[UUID] | None


class DeletionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A deletion without its certificate: how many records of which kinds, asked for by whom, and how far it is."""

    id: UUID
    state: str
    records: dict[str, int]
    requested_by: str
    requested_at: datetime
    purged_at: datetime | None
    certified: bool
    redaction_id: UUID | None


class RecordDeletion(msgspec.Struct, frozen=True, kw_only=True):
    """That something of a record was deleted: what, by whom, when, and whether that is certified."""

    id: UUID
    record_id: UUID
    kind: str
    requested_by: str
    requested_at: datetime
    certified: bool


class Certificate(msgspec.Struct, frozen=True):
    """A certificate's canonical bytes, and the ledger entry whose body holds their digest."""

    certificate: bytes | None
    certificate_entry: UUID | None


def record_hash(conversation: UUID) -> bytes:
    """Return the SHA-256 of a record's id, which is random: whoever knows the id can find its certificate."""
    return hashlib.sha256(f"conversation|{conversation}".encode()).digest()


def _records(tenant: UUID, conversation: UUID, key_rows: Sequence[UUID]) -> list[Record]:
    """Return every record whose key may open something of a conversation; `key_rows` are of content sealed anew."""
    return [Record(tenant=tenant, table=table, row=conversation) for table in _SEALED_IN] + [
        Record(tenant=tenant, table=_SEALED_IN[0], row=row) for row in key_rows
    ]


class Deletions:
    """Takes requests to delete and carries them out."""

    def __init__(self, keys: Keys, blobs: Blobs, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._blobs = blobs
        self._ids = ids
        self._clock = clock

    async def request(self, access: Access) -> UUID:
        """Return the id of the deletion; the conversation is invisible once this returns."""
        await access.demand(Action.CONVERSATION_DELETE)
        conversation = UUID(access.resource_id)
        deletion = self._ids.new()
        async with access.transaction() as tx:
            hidden = await tx.fetch_one(_HIDE, (conversation,), into=_Project)
            if hidden is None:
                raise NotFound("there is no such conversation", advice="It may have been deleted already.")
            await tx.execute(
                _REQUEST,
                (
                    access.tenant,
                    deletion,
                    conversation,
                    record_hash(conversation),
                    hidden.project_id,
                    access.caller.principal,
                    access.decision,
                    self._clock.now(),
                ),
            )
            await defer(tx, PURGE, deletion=deletion, cause=access.decision)
            access.outcome["deletion"] = str(deletion)
        return deletion

    async def page(self, access: Access, *, record: UUID | None, after: UUID | None, limit: int) -> list[DeletionRow]:
        """Return up to `limit` deletions of the project, newest first, older than `after`.

        Of one record, of what is left of its text or media, or of one bulk redaction, if `record` is its id.
        """
        await access.demand(Action.DELETION_LIST)
        hashed = None if record is None else record_hash(record)
        values = {"project": access.project, "record": record, "hash": hashed, "after": after, "limit": limit}
        async with access.transaction() as tx:
            found = await tx.fetch_all(_PAGE, values, into=DeletionRow)
            access.touched(deletion.id for deletion in found)
        return found

    async def of(self, access: Access, records: Iterable[UUID]) -> list[RecordDeletion]:
        """Return what was deleted of some records that the access may see the history of, oldest first."""
        async with access.transaction(settles=False) as tx:
            return await tx.fetch_all(_OF, (list(records),), into=RecordDeletion)

    async def is_purged(self, access: Access, deletion: UUID) -> bool:
        """Return whether a deletion that this access asked for is finished."""
        async with access.transaction(settles=False) as tx:
            return await tx.fetch_one(_UNFINISHED, (deletion, access.decision), into=_Unfinished) is None

    async def purge(self, access: Access, job: Job) -> None:
        """Destroy what the deletion names: keys first, so that from then on every copy of the ciphertext is dead.

        Raises StoreUnavailable when something is still there afterwards; the queue tries again.
        """
        await access.demand(Action.CONVERSATION_PURGE)
        deletion = UUID(access.resource_id)
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            pending = await tx.fetch_one(_PENDING, (deletion,), into=_Pending)
            if pending is None or pending.conversation_id is None:
                return
            records = _records(access.tenant, pending.conversation_id, pending.key_rows or [])
            key_ids = await self._key_ids(records) if pending.key_ids is None else pending.key_ids
            await tx.execute(_NOTE_KEYS, (key_ids, deletion))
        receipt = await self._keys.shred_many(access.tenant, records)
        blobs_left = 0
        if pending.source_object is not None:
            await self._blobs.delete(pending.source_object)
            blobs_left = int(await self._blobs.exists(pending.source_object))
        keys_left = len(await self._key_ids(records))
        if keys_left or blobs_left:
            raise StoreUnavailable("something of a deleted record is still there", advice="The worker tries again.")
        async with access.transaction() as tx:
            await hold(tx, job)
            await tx.execute(_REMOVE_MARKS, (pending.conversation_id,))
            removed = await tx.fetch_one(_REMOVE, (pending.conversation_id,), into=_Subject)
            at = self._clock.now()
            await tx.execute(_REMOVE_WORDS, (pending.conversation_id,))
            if removed is not None:
                await tx.execute(_REMOVE_SUBJECT, (removed.subject_id,))
                await tell(
                    tx, access, EventKind.CONVERSATION_DELETED, [pending.conversation_id], at=at, status="deleted"
                )
            certificate = canonical(
                {
                    "type": "privity.deletion-certificate",
                    "version": 1,
                    "deletion": str(deletion),
                    "tenant": str(access.tenant),
                    "record_sha256": record_hash(pending.conversation_id).hex(),
                    "requested_at": rfc3339(pending.requested_at),
                    "requested_by": pending.requested_by,
                    "decision": str(pending.cause),
                    "keys_destroyed": [str(key) for key in key_ids],
                    "keys_left": keys_left,
                    "blobs_left": blobs_left,
                    "rows_left": 0,
                    "purged_at": rfc3339(at),
                    "key_log": receipt.statement(),
                    "backups": BACKUPS,
                }
            )
            purged = {"id": deletion, "at": at, "certificate": certificate, "entry": access.outcome_id}
            if await tx.execute(_PURGED, purged):  # or another job for the same deletion was faster
                access.settles_as(certificate_sha256=hashlib.sha256(certificate).hexdigest())

    async def _key_ids(self, records: list[Record]) -> list[UUID]:
        """Return the ids of the keys that are there; none is opened, for one that no longer opens has to go too."""
        found = await self._keys.ids_of(records[0].tenant, records)
        return [found[record] for record in records if record in found]

    async def certificate(self, access: Access) -> tuple[bytes, UUID]:
        """Return the certificate's canonical bytes and the entry that proves it; raises Conflict until then."""
        async with access.transaction() as tx:
            found = await tx.fetch_one(_CERTIFICATE, (UUID(access.resource_id),), into=Certificate)
            if found is None:
                raise NotFound("there is no such deletion")
            if found.certificate is None or found.certificate_entry is None:
                raise Conflict(
                    "the deletion is not finished yet", advice="Ask again in a moment; it is done within 24 hours."
                )
        return found.certificate, found.certificate_entry
