"""The key database: every statement that touches it, and no key in clear.

`connection(Role.KEYS)` is in autocommit: each method is one statement, or says which transaction it makes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncConnection

from privity.errors import KeysUnavailable, StoreUnavailable
from privity.store import Database, Role
from privity.vault import Record


class WrappedTenantKey(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `keys.tenant_key`: one version of a tenant's key, wrapped by the KMS."""

    tenant: UUID
    version: int
    key_id: UUID
    wrapped: bytes
    generation: int


class WrappedRecordKey(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `keys.record_key` with the tenant key that wraps it, as one statement saw both."""

    record: Record
    key_id: UUID
    wrapped: bytes
    tenant_key: WrappedTenantKey


_TENANT_KEY = "t.tenant_id, t.version, t.key_id, t.wrapped, t.generation"
_RECORD_KEY = f"r.table_name, r.row_id, r.key_id, r.wrapped, {_TENANT_KEY}"
_BOTH = "keys.record_key r JOIN keys.tenant_key t ON t.tenant_id = r.tenant_id AND t.version = r.tenant_key_version"


class KeyDatabase:
    """The key database as the role `privity_keys` sees it; every method raises KeysUnavailable when it is down."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wal_turn = asyncio.Lock()
        self._wal_asked = self._wal_served = 0
        self._wal_forgotten = False

    async def add_tenant_key(self, tenant: UUID, version: int, key_id: UUID, wrapped: bytes, *, at: datetime) -> None:
        """Add a version of a tenant's key and make it the current one, in one transaction.

        Raises Conflict when another caller has added that version.
        """
        async with self._transaction() as connection:
            await connection.execute(
                "UPDATE keys.tenant_key SET state = 'former', generation = generation + 1"
                " WHERE tenant_id = %s AND state = 'current' AND version < %s",
                (tenant, version),
            )
            await connection.execute(
                "INSERT INTO keys.tenant_key (tenant_id, version, key_id, wrapped, state, created_at)"
                " VALUES (%s, %s, %s, %s, 'current', %s)",
                (tenant, version, key_id, wrapped, at),
            )

    async def current_tenant_key(self, tenant: UUID) -> WrappedTenantKey | None:
        """Return the version of the tenant's key that wraps now."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                f"SELECT {_TENANT_KEY} FROM keys.tenant_key t WHERE t.tenant_id = %s AND t.state = 'current'",
                (tenant,),
            )
            row = await cursor.fetchone()
        return None if row is None else _tenant_key(row)

    async def tenant_key(self, tenant: UUID, key_id: UUID) -> WrappedTenantKey | None:
        """Return one version of the tenant's key by its id."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                f"SELECT {_TENANT_KEY} FROM keys.tenant_key t WHERE t.tenant_id = %s AND t.key_id = %s",
                (tenant, key_id),
            )
            row = await cursor.fetchone()
        return None if row is None else _tenant_key(row)

    async def tenant_keys(self) -> list[WrappedTenantKey]:
        """Return every version of every tenant's key."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                f"SELECT {_TENANT_KEY} FROM keys.tenant_key t ORDER BY t.tenant_id, t.version"
            )
            return [_tenant_key(row) for row in await cursor.fetchall()]

    async def rewrap_tenant_key(self, key: WrappedTenantKey, wrapped: bytes) -> bool:
        """Replace the wrapped form of a tenant key; False when it has changed since it was read."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                "UPDATE keys.tenant_key SET wrapped = %s, generation = generation + 1"
                " WHERE tenant_id = %s AND version = %s AND generation = %s",
                (wrapped, key.tenant, key.version, key.generation),
            )
        return cursor.rowcount == 1

    async def add_record_key(
        self, record: Record, key_id: UUID, wrapped: bytes, wrapped_by: WrappedTenantKey, *, at: datetime
    ) -> bool:
        """Add a record's key; False when the tenant key that wraps it is not the current one any more.

        The tenant key's row is held until the commit, so a tenant is not destroyed in between. Raises Conflict when the
        record has a key.
        """
        async with self._connection() as connection:
            cursor = await connection.execute(
                "INSERT INTO keys.record_key"
                " (tenant_id, table_name, row_id, key_id, tenant_key_version, wrapped, created_at)"
                " SELECT t.tenant_id, %s, %s, %s, t.version, %s, %s FROM keys.tenant_key t"
                " WHERE t.tenant_id = %s AND t.version = %s AND t.generation = %s AND t.state = 'current' FOR SHARE",
                (
                    record.table,
                    record.row,
                    key_id,
                    wrapped,
                    at,
                    record.tenant,
                    wrapped_by.version,
                    wrapped_by.generation,
                ),
            )
        return cursor.rowcount == 1

    async def record_key(self, record: Record) -> WrappedRecordKey | None:
        """Return the record's key and, from the same statement, the tenant key that wraps it."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                f"SELECT {_RECORD_KEY} FROM {_BOTH} WHERE r.tenant_id = %s AND r.table_name = %s AND r.row_id = %s",
                (record.tenant, record.table, record.row),
            )
            row = await cursor.fetchone()
        return None if row is None else _record_key(row)

    async def record_keys(self, tenant: UUID, table: str, rows: Sequence[UUID]) -> list[WrappedRecordKey]:
        """Return the keys that these records of one table have, in one statement and no order."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                f"SELECT {_RECORD_KEY} FROM {_BOTH} WHERE r.tenant_id = %s AND r.table_name = %s"
                " AND r.row_id = ANY(%s::uuid[])",
                (tenant, table, list(rows)),
            )
            return [_record_key(row) for row in await cursor.fetchall()]

    async def key_ids(self, tenant: UUID, records: Sequence[Record]) -> dict[Record, UUID]:
        """Return which keys these records have, by their ids, in one statement."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                "SELECT r.table_name, r.row_id, r.key_id FROM keys.record_key r WHERE r.tenant_id = %s"
                " AND (r.table_name, r.row_id) IN (SELECT * FROM unnest(%s::text[], %s::uuid[]))",
                (tenant, [record.table for record in records], [record.row for record in records]),
            )
            return {
                Record(tenant=tenant, table=table, row=row): key_id for table, row, key_id in await cursor.fetchall()
            }

    async def record_keys_of_former_versions(self, tenant: UUID, limit: int) -> list[WrappedRecordKey]:
        """Return record keys that a former version of the tenant's key wraps, at most `limit`."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                f"SELECT {_RECORD_KEY} FROM {_BOTH} WHERE r.tenant_id = %s AND t.state = 'former' LIMIT %s",
                (tenant, limit),
            )
            return [_record_key(row) for row in await cursor.fetchall()]

    async def rewrap_record_key(self, key: WrappedRecordKey, wrapped: bytes, version: int) -> bool:
        """Replace the wrapped form of a record's key; False when it has changed or gone since it was read."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                "UPDATE keys.record_key SET wrapped = %s, tenant_key_version = %s"
                " WHERE tenant_id = %s AND table_name = %s AND row_id = %s AND key_id = %s AND tenant_key_version = %s",
                (
                    wrapped,
                    version,
                    key.record.tenant,
                    key.record.table,
                    key.record.row,
                    key.key_id,
                    key.tenant_key.version,
                ),
            )
        return cursor.rowcount == 1

    async def records_keyed_before(
        self, tenant: UUID, moment: datetime, after: Record | None, limit: int
    ) -> list[Record]:
        """Return the records of a tenant whose keys are older than `moment`, in order, after the one given."""
        table, row = ("", UUID(int=0)) if after is None else (after.table, after.row)
        async with self._connection() as connection:
            cursor = await connection.execute(
                "SELECT table_name, row_id FROM keys.record_key WHERE tenant_id = %s AND created_at < %s"
                " AND (table_name, row_id) > (%s, %s) ORDER BY table_name, row_id LIMIT %s",
                (tenant, moment, table, row, limit),
            )
            return [Record(tenant=tenant, table=name, row=id_) for name, id_ in await cursor.fetchall()]

    async def shred_records(self, tenant: UUID, records: Sequence[Record]) -> list[UUID]:
        """Remove the keys of these records from the tables and their files; return the ids of those that there were."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                "SELECT shredded FROM keys.shred_records(%s, %s::text[], %s::uuid[])",
                (tenant, [record.table for record in records], [record.row for record in records]),
            )
            return [key_id for (key_id,) in await cursor.fetchall()]

    async def shred_tenant(self, tenant: UUID) -> list[UUID]:
        """Remove every version of the tenant's key; return their ids. From its commit on nothing of it opens."""
        async with self._connection() as connection:
            cursor = await connection.execute("SELECT shredded FROM keys.shred_tenant(%s)", (tenant,))
            return [key_id for (key_id,) in await cursor.fetchall()]

    async def shred_all_records(self, tenant: UUID) -> list[UUID]:
        """Remove the keys of all of a tenant's records from the tables and their files; return their ids."""
        async with self._connection() as connection:
            cursor = await connection.execute("SELECT shredded FROM keys.shred_records(%s, NULL, NULL)", (tenant,))
            return [key_id for (key_id,) in await cursor.fetchall()]

    async def may_forget_wal(self) -> bool:
        """Return whether the server drops WAL at a checkpoint, keeps no copy of it, and lets us ask for one."""
        async with self._connection() as connection:
            cursor = await connection.execute(
                "SELECT pg_has_role('pg_checkpoint', 'USAGE')"
                " AND has_function_privilege('pg_catalog.pg_switch_wal()', 'EXECUTE')"
                # A recycled segment keeps its old content under a new name until that is overwritten.
                " AND current_setting('wal_recycle') = 'off' AND current_setting('wal_keep_size') = '0'"
                " AND current_setting('archive_mode') = 'off'"
                " AND NOT EXISTS (SELECT FROM pg_catalog.pg_replication_slots)"
            )
            row = await cursor.fetchone()
        return row == (True,)

    async def forget_wal(self) -> bool:
        """Make the server drop the WAL written so far; False where it would not, see `may_forget_wal`.

        A run serves all who asked before it began, so many shreds at once cost two runs.
        """
        self._wal_asked += 1
        mine = self._wal_asked
        async with self._wal_turn:
            if self._wal_served < mine:
                serves = self._wal_asked
                self._wal_forgotten = await self._drop_wal()
                self._wal_served = serves
            return self._wal_forgotten

    async def _drop_wal(self) -> bool:
        if not await self.may_forget_wal():
            return False
        async with self._connection() as connection:
            await connection.execute("SELECT pg_catalog.pg_switch_wal()")
            await connection.execute("CHECKPOINT")
        return True

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        with _as_keys_unavailable():
            async with self._database.connection(Role.KEYS) as connection:
                yield connection

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        with _as_keys_unavailable():
            async with self._database.transaction(Role.KEYS) as connection:
                yield connection


@contextmanager
def _as_keys_unavailable() -> Iterator[None]:
    try:
        yield
    except StoreUnavailable as down:
        raise KeysUnavailable(
            "The key database does not answer; nothing is opened or sealed without it.", advice=down.advice
        ) from None


def _tenant_key(row: tuple[Any, ...]) -> WrappedTenantKey:
    tenant, version, key_id, wrapped, generation = row
    return WrappedTenantKey(tenant=tenant, version=version, key_id=key_id, wrapped=wrapped, generation=generation)


def _record_key(row: tuple[Any, ...]) -> WrappedRecordKey:
    table, row_id, key_id, wrapped, *rest = row
    tenant_key = _tenant_key(tuple(rest))
    record = Record(tenant=tenant_key.tenant, table=table, row=row_id)
    return WrappedRecordKey(record=record, key_id=key_id, wrapped=wrapped, tenant_key=tenant_key)
