"""The transaction for everything with content: tables of schema `tenant`, one tenant's rows only. Opened by `gate`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from psycopg import AsyncConnection

from privity.store.database import Database
from privity.store.guard import Guard
from privity.store.roles import Role
from privity.store.transactions.statements import TenantTransaction


@asynccontextmanager
async def open_tenant_transaction(
    database: Database, guard: Guard, tenant_id: UUID, *, read_only: bool = False
) -> AsyncIterator[TenantTransaction]:
    """Open the rows of one tenant; commits when the block ends, and rolls back when it raises.

    A `read_only` transaction refuses to write and ends with a rollback. The token travels as a bound parameter in the
    same round trip as BEGIN and opens that one transaction, so a pooled connection never keeps a tenant.
    """

    async def begin(connection: AsyncConnection) -> None:
        token = guard.token(tenant_id, connection.info.backend_pid)
        async with connection.pipeline():
            await connection.execute("BEGIN")
            await connection.execute("SELECT guard.open(%s, %s)", (token, read_only))

    async with database.transaction(Role.APP, begin=begin, keep=not read_only) as connection:
        transaction = TenantTransaction(connection, tenant_id)
        try:
            yield transaction
        finally:
            transaction.end()
