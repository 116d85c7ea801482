"""What a crash left behind: sealed sources that no row names any more, and keys without a row."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity import logs
from privity.clock import Clock
from privity.gate import Access
from privity.keys import Keys
from privity.store import Blobs
from privity.vault import Record

SWEEP: Final = "sweep_sources"
SOURCES_LIVE: Final = timedelta(hours=24)

_NAMED: Final = "SELECT source_object FROM tenant.conversation WHERE source_object IS NOT NULL"
_OVERDUE: Final = """
    UPDATE tenant.conversation
    SET state = 'refused', refusal = 'too-old', source_object = NULL, settled_at = %(now)s
    WHERE state = 'received' AND created_at < %(oldest)s RETURNING id
"""
_log: Final = logs.get("lifecycle")


class _Object(msgspec.Struct, frozen=True):
    source_object: str


class _Overdue(msgspec.Struct, frozen=True):
    id: UUID


class Sweeping:
    """Removes sources that are older than a day or that nothing names."""

    def __init__(self, keys: Keys, blobs: Blobs, clock: Clock) -> None:
        self._keys = keys
        self._blobs = blobs
        self._clock = clock

    async def sweep(self, access: Access, *, unnamed_for: timedelta) -> int:
        """Return how many sources were removed.

        A source older than 24 hours ends its conversation as refused. A blob that no row names is removed once it is
        older than `unnamed_for`: an intake writes the blob first and the row a moment later.
        """
        now = self._clock.now()
        async with access.transaction() as tx:
            overdue = await tx.fetch_all(_OVERDUE, {"now": now, "oldest": now - SOURCES_LIVE}, into=_Overdue)
            named = {row.source_object for row in await tx.fetch_all(_NAMED, into=_Object)}
            access.outcome["overdue"] = len(overdue)
        sources = [Record(tenant=access.tenant, table="conversation_source", row=row.id) for row in overdue]
        if sources:
            await self._keys.shred_many(access.tenant, sources)
        removed = 0
        async for blob in self._blobs.list(access.tenant):
            if blob.name not in named and blob.written_at <= now - unnamed_for:
                await self._blobs.delete(blob.name)
                removed += 1
        if removed:
            _log.info("sources_swept", tenant_id=access.tenant, count=removed)
        return removed
