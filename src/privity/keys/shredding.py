"""Destroying keys, and saying plainly what is left of them.

PostgreSQL overwrites nothing in place, so a shred rewrites the file of the table without the key (`keys.shred_records`,
see its SQL) and then has the WAL forget it. What this reaches is the files of the key cluster. Blocks that the file
system has freed, and copies of the cluster that others made, are out of its reach; its own backups are sealed under
epoch keys that die.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.keys.database import KeyDatabase
from privity.vault import Record


class ShredReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """Which keys were destroyed, when, and whether the write-ahead log has forgotten them too.

    `key_ids` holds only keys that were there: shredding again destroys nothing and gives an empty receipt.
    """

    key_ids: tuple[UUID, ...]
    at: datetime
    wal_forgotten: bool

    def statement(self) -> str:
        """Return in one sentence what is left, for a certificate."""
        if self.wal_forgotten:
            return "The wrapped keys are in no table and no write-ahead log of the key database."
        return (
            "The wrapped keys are in no table of the key database; its server keeps its write-ahead log as it is "
            "configured to, and that may hold them until it is recycled."
        )


async def shred(database: KeyDatabase, clock: Clock, tenant: UUID, records: Sequence[Record]) -> ShredReceipt:
    """Destroy the keys of these records of one tenant for good."""
    key_ids = await database.shred_records(tenant, records)
    return await _receipt(database, clock, key_ids)


async def shred_tenant(database: KeyDatabase, clock: Clock, tenant: UUID) -> ShredReceipt:
    """Destroy a tenant's keys for good: the tenant key first, so that nothing opens from then on, then the rest.

    May be asked again after it was interrupted.
    """
    key_ids = await database.shred_tenant(tenant)
    key_ids += await database.shred_all_records(tenant)
    return await _receipt(database, clock, key_ids)


async def _receipt(database: KeyDatabase, clock: Clock, key_ids: list[UUID]) -> ShredReceipt:
    at = clock.now()
    return ShredReceipt(key_ids=tuple(key_ids), at=at, wal_forgotten=await database.forget_wal())
