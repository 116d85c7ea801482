"""What a crash or an outage left behind: sources that nothing names, keys without a row, work that nobody does."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity import logs
from privity.clock import Clock
from privity.gate import Access
from privity.keys import Keys
from privity.lifecycle.certifying import CERTIFY
from privity.lifecycle.deletion import PURGE
from privity.store import Blobs, defer
from privity.store.queue import under_way
from privity.vault import Record

SWEEP: Final = "sweep_sources"
SOURCES_LIVE: Final = timedelta(hours=24)
DELIVERIES_LIVE: Final = timedelta(days=30)
FORGOTTEN_AFTER: Final = timedelta(hours=1)
"""A job that has not been done by then may have used up its attempts in an outage; it is ordered again."""

_NAMED: Final = """
    SELECT source_object FROM tenant.conversation WHERE source_object IS NOT NULL
    UNION ALL SELECT blob FROM tenant.media WHERE blob IS NOT NULL
    UNION ALL SELECT blob FROM tenant.recording WHERE blob IS NOT NULL
    UNION ALL SELECT blob FROM tenant.erasure WHERE blob IS NOT NULL
"""
_OVERDUE: Final = """
    UPDATE tenant.conversation
    SET state = CASE state WHEN 'received' THEN 'refused' ELSE state END,
        refusal = CASE state WHEN 'received' THEN 'too-old' ELSE refusal END,
        source_object = NULL, settled_at = coalesce(settled_at, %(now)s)
    WHERE source_object IS NOT NULL AND state <> 'deleting' AND created_at < %(oldest)s AND id <> ALL(%(in_use)s)
    RETURNING id
"""
_LOST: Final = """
    UPDATE tenant.recording SET state = 'absent', updated_at = %(now)s
    WHERE state NOT IN ('stopped', 'absent') AND updated_at < %(oldest)s
"""
_CUT_OFF: Final = """
    UPDATE tenant.call SET status = 'failed', ended_at = %(now)s, updated_at = %(now)s
    WHERE (status = 'in-progress' AND transport = 'memory' AND updated_at < %(oldest)s)
       OR (status IN ('queued', 'ringing', 'in-progress') AND transport = 'carrier' AND updated_at < %(silent)s)
"""
"""Calls of the loopback carrier live in the process that has them; others are followed by what is reported."""

_TOLD: Final = "DELETE FROM tenant.webhook_delivery WHERE state <> 'waiting' AND occurred_at < %s"
_EXPIRED: Final = "DELETE FROM tenant.ephemeral WHERE expires_at < %s"
_FORGOTTEN: Final = """
    SELECT 'conversation' AS kind, id, cause FROM tenant.conversation
    WHERE source_object IS NOT NULL AND state <> 'deleting' AND created_at < %(before)s AND id <> ALL(%(in_use)s)
    UNION ALL
    SELECT 'deletion', id, cause FROM tenant.deletion
    WHERE state = 'requested' AND requested_at < %(before)s AND conversation_id IS NOT NULL
    UNION ALL
    (SELECT 'certificate', id, cause FROM tenant.deletion
     WHERE state = 'requested' AND requested_at < %(before)s AND purged_at IS NOT NULL LIMIT 1)
    UNION ALL
    (SELECT 'erasure', id, cause FROM tenant.erasure WHERE ordered_at < %(before)s LIMIT 1)
    UNION ALL
    SELECT 'redaction', id, cause FROM tenant.redaction WHERE state = 'running' AND created_at < %(before)s
    UNION ALL
    SELECT 'recording', id, cause FROM tenant.recording
    WHERE blob IS NOT NULL AND stopped_at < %(before)s AND listened_at IS NULL
    UNION ALL
    SELECT 'missed', id, cause FROM tenant.missed WHERE state = 'pending' AND marked_at < %(before)s
    UNION ALL
    SELECT 'message', id, cause FROM tenant.message WHERE status = 'queued' AND created_at < %(before)s
    UNION ALL
    SELECT 'fax', id, cause FROM tenant.fax WHERE status = 'queued' AND created_at < %(before)s
    UNION ALL
    SELECT 'media', c.id, c.cause FROM tenant.carried AS c JOIN tenant.message AS m ON m.id = c.id
    WHERE m.direction = 'inbound' AND c.state = 'attempted' AND c.attempted_at < %(before)s
    UNION ALL
    (SELECT 'webhook', e.id, e.cause FROM tenant.webhook_delivery AS d
     JOIN tenant.webhook_endpoint AS e ON e.id = d.endpoint_id
     WHERE d.state = 'waiting' AND greatest(d.due_at, d.leased_until) < %(before)s LIMIT 1)
"""
_NAMED_AS: Final = {"certificate": "deletion", "media": "message"}
"""What a job calls the thing that it is about, where that is not the kind of work."""

_ALIVE: Final = """
    SELECT 'conversation' AS table, id AS row FROM tenant.conversation
    WHERE id = ANY(%(ids)s) AND state <> 'refused' AND key_rows = '{}'
    UNION ALL
    SELECT 'conversation', key_rows[cardinality(key_rows)] FROM tenant.conversation
    WHERE key_rows <> '{}' AND key_rows && %(ids)s::uuid[]
    UNION ALL
    SELECT 'conversation_source', id FROM tenant.conversation WHERE id = ANY(%(ids)s) AND source_object IS NOT NULL
    UNION ALL
    SELECT 'number', id FROM tenant.number WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT 'message', id FROM tenant.message WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT 'message_body', id FROM tenant.message WHERE id = ANY(%(ids)s) AND body IS NOT NULL
    UNION ALL
    SELECT 'fax', id FROM tenant.fax WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT 'media', id FROM tenant.media WHERE id = ANY(%(ids)s) AND blob IS NOT NULL
    UNION ALL
    SELECT 'call', id FROM tenant.call WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT 'recording', id FROM tenant.recording WHERE id = ANY(%(ids)s) AND state <> 'absent'
    UNION ALL
    SELECT 'transcription', id FROM tenant.transcription WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT 'payment', id FROM tenant.payment WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT 'search_key', own.id FROM (SELECT guard.tenant() AS id) AS own WHERE own.id = ANY(%(ids)s)
"""
_log: Final = logs.get("lifecycle")


class _Object(msgspec.Struct, frozen=True):
    source_object: str


class _Overdue(msgspec.Struct, frozen=True):
    id: UUID


class _Forgotten(msgspec.Struct, frozen=True):
    kind: str
    id: UUID
    cause: UUID


class _Alive(msgspec.Struct, frozen=True):
    table: str
    row: UUID


class Sweeping:
    """Removes what is left over and orders again what was left undone.

    `process` is the job that settles a conversation, `jobs` are those of other things that may be left unfinished.
    What a worker of any process is settling at the moment is left alone, whatever its age.
    """

    def __init__(
        self,
        keys: Keys,
        blobs: Blobs,
        clock: Clock,
        *,
        process: str,
        jobs: Mapping[str, str],
    ) -> None:
        self._keys = keys
        self._blobs = blobs
        self._clock = clock
        self._process = process
        self._jobs = {"certificate": CERTIFY, "conversation": process, "deletion": PURGE, **jobs}

    async def sweep(self, access: Access, *, unnamed_for: timedelta, nobody_before: datetime | None = None) -> int:
        """Return how many sources were removed.

        Recordings that go on since before `nobody_before`, or for longer than a day, have lost the process that took
        them: they are absent from then on, and the calls that it had have failed.

        A source older than 24 hours goes, and ends its conversation as refused if that still waits. A blob that no row
        names goes once it is older than `unnamed_for`: an intake writes the blob first and the row a moment later.
        """
        now = self._clock.now()
        # Blobs are looked at before rows: one that is named in between is then seen to be named.
        aged = [blob.name async for blob in self._blobs.list(access.tenant) if blob.written_at <= now - unnamed_for]
        async with access.transaction() as tx:
            in_use = await under_way(tx, self._process, "conversation")
            overdue = await tx.fetch_all(
                _OVERDUE, {"now": now, "oldest": now - SOURCES_LIVE, "in_use": in_use}, into=_Overdue
            )
            ended = {"now": now, "oldest": max(now - SOURCES_LIVE, nobody_before or now - SOURCES_LIVE)}
            access.outcome["lost"] = await tx.execute(_LOST, ended)
            await tx.execute(_CUT_OFF, ended | {"silent": now - SOURCES_LIVE})
            await tx.execute(_TOLD, (now - DELIVERIES_LIVE,))
            await tx.execute(_EXPIRED, (now,))
            named = {row.source_object for row in await tx.fetch_all(_NAMED, into=_Object)}
            forgotten = {"before": now - FORGOTTEN_AFTER, "in_use": in_use}
            for left in await tx.fetch_all(_FORGOTTEN, forgotten, into=_Forgotten):
                # A job for the same thing may be there still; whichever comes second finds nothing to do.
                about = _NAMED_AS.get(left.kind, left.kind)
                await defer(tx, self._jobs[left.kind], cause=left.cause, **{about: left.id})
            access.outcome["overdue"] = len(overdue)
        sources = [Record(tenant=access.tenant, table="conversation_source", row=row.id) for row in overdue]
        if sources:
            await self._keys.shred_many(access.tenant, sources)
        removed = [name for name in aged if name not in named]
        for name in removed:
            await self._blobs.delete(name)
        await self._sweep_keys(access)
        if removed:
            _log.info("sources_swept", tenant_id=access.tenant, count=len(removed))
        return len(removed)

    async def _sweep_keys(self, access: Access) -> None:
        async def alive(records: Sequence[Record]) -> list[Record]:
            async with access.transaction(settles=False) as tx:
                found = await tx.fetch_all(_ALIVE, {"ids": [record.row for record in records]}, into=_Alive)
            return [Record(tenant=access.tenant, table=row.table, row=row.row) for row in found]

        await self._keys.sweep_orphans(access.tenant, alive, older_than=SOURCES_LIVE)
