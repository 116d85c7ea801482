"""Certifying: deletions whose keys and blobs are gone get their certificates, many in one transaction.

A deletion waits from the transaction that takes its records out of their rows until nothing is noted for it any more.
Each certificate gets a ledger entry of its own, which commits to it and rides in the transaction that keeps it. Whoever
is killed before that commits has certified nothing, and the next attempt certifies the same.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from privity import logs
from privity.clock import rfc3339
from privity.gate import Access, Action
from privity.keys import ShredReceipt
from privity.ledger import canonical
from privity.lifecycle.certificates import MOST_BYTES, digest_of
from privity.lifecycle.deletion import BACKUPS
from privity.store import Job, hold

CERTIFY: Final = "certify_deletions"
_BATCH: Final = 100

# What still holds something of a record; a row that only tells that there was one does not.
_LEFT: Final = """
    SELECT count(*) FROM tenant.deleted_record AS r
    WHERE r.deletion_id = d.id
      AND (EXISTS (SELECT FROM tenant.search_posting WHERE record_id = r.record_id) OR CASE r.kind
        WHEN 'message' THEN EXISTS (SELECT FROM tenant.message WHERE id = r.record_id)
        WHEN 'message-text' THEN EXISTS (SELECT FROM tenant.message WHERE id = r.record_id AND body IS NOT NULL)
        WHEN 'media' THEN EXISTS (SELECT FROM tenant.media WHERE id = r.record_id AND blob IS NOT NULL)
        WHEN 'fax' THEN EXISTS (SELECT FROM tenant.fax WHERE id = r.record_id)
        WHEN 'call' THEN EXISTS (SELECT FROM tenant.call WHERE id = r.record_id)
        WHEN 'recording' THEN EXISTS (SELECT FROM tenant.recording WHERE id = r.record_id AND state <> 'absent')
        WHEN 'transcription' THEN EXISTS (SELECT FROM tenant.transcription WHERE id = r.record_id)
        ELSE EXISTS (SELECT FROM tenant.payment WHERE id = r.record_id) END)
"""
_READY: Final = f"""
    SELECT d.id, d.redaction_id, d.requested_by, d.requested_at, d.cause, coalesce(d.key_ids, '{{}}') AS key_ids,
        d.blobs, d.wal_forgotten, d.purged_at, ({_LEFT}) AS rows_left, (
            SELECT json_agg(json_build_object('kind', r.kind, 'id', r.record_id) ORDER BY r.record_id, r.kind)
            FROM tenant.deleted_record AS r WHERE r.deletion_id = d.id
        ) AS records
    FROM tenant.deletion AS d
    WHERE d.state = 'requested' AND d.purged_at IS NOT NULL AND d.id > %s
      AND NOT EXISTS (SELECT FROM tenant.erasure AS e WHERE e.deletion_id = d.id)
    ORDER BY d.id LIMIT {_BATCH} FOR UPDATE OF d SKIP LOCKED
"""
_KEEP: Final = """
    UPDATE tenant.deletion SET state = 'purged', certificate = %s, certificate_entry = %s
    WHERE id = %s AND state = 'requested'
"""
_log: Final = logs.get("lifecycle")


class _Ready(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    redaction_id: UUID | None
    requested_by: str
    requested_at: datetime
    cause: UUID
    key_ids: list[UUID]
    blobs: int
    wal_forgotten: bool
    purged_at: datetime
    rows_left: int
    records: list[dict[str, str]]


async def certify(access: Access, job: Job) -> None:
    """Certify every deletion of which nothing is left; one of which something is stays open, for the next sweep."""
    await access.demand(Action.DELETION_CERTIFY)
    certified, last = 0, UUID(int=0)
    while True:
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            ready = await tx.fetch_all(_READY, (last,), into=_Ready)
            for each in ready:
                if each.rows_left:
                    _log.error("deletion_left_rows", tenant_id=access.tenant, count=each.rows_left)
                    continue
                certificate = _certificate(access.tenant, each)
                entry = await access.certify(tx, each.id, digest_of(certificate))
                await tx.execute(_KEEP, (canonical(certificate, most=MOST_BYTES), entry, each.id))
                certified += 1
        if len(ready) < _BATCH:
            break
        last = ready[-1].id
    access.outcome["certified"] = certified


def _certificate(tenant: UUID, ready: _Ready) -> Mapping[str, Any]:
    """Return what is certified: kinds and ids, times and counts, and nothing of what was in the records."""
    shredded = ShredReceipt(key_ids=tuple(ready.key_ids), at=ready.purged_at, wal_forgotten=ready.wal_forgotten)
    redaction = {} if ready.redaction_id is None else {"redaction": str(ready.redaction_id)}
    return redaction | {
        "type": "privity.deletion-certificate",
        "version": 1,
        "deletion": str(ready.id),
        "tenant": str(tenant),
        "records": ready.records,
        "requested_at": rfc3339(ready.requested_at),
        "requested_by": ready.requested_by,
        "decision": str(ready.cause),
        "keys_destroyed": [str(key) for key in ready.key_ids],
        "keys_left": 0,
        "blobs_wiped": ready.blobs,
        "blobs_left": 0,
        "rows_left": ready.rows_left,
        "purged_at": rfc3339(ready.purged_at),
        "key_log": shredded.statement(),
        "backups": BACKUPS,
    }
