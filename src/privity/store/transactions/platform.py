"""The transaction over all tenants: who they are and what is due. Opened by `platform`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from privity.store.database import Database
from privity.store.roles import Role
from privity.store.transactions.statements import Statements


class PlatformTransaction(Statements):
    """Statements on schema `platform`: tenants and schedules, no content and no keys."""


@asynccontextmanager
async def open_platform_transaction(database: Database) -> AsyncIterator[PlatformTransaction]:
    """Open the tables of the platform; commits when the block ends, and rolls back when it raises."""
    async with database.transaction(Role.PLATFORM) as connection:
        transaction = PlatformTransaction(connection)
        try:
            yield transaction
        finally:
            transaction.end()
