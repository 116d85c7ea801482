"""The transaction that learns who is asking, before a tenant is known. Opened by `identity`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from privity.store.database import Database
from privity.store.roles import Role
from privity.store.transactions.statements import Statements


class LookupTransaction(Statements):
    """Statements that may call the functions of schema `identity`, each of which looks up one row by its exact key."""


@asynccontextmanager
async def open_lookup_transaction(database: Database, *, read_only: bool = False) -> AsyncIterator[LookupTransaction]:
    """Open the functions that find a token, session, code, invitation or endpoint by its exact key.

    Commits when the block ends, and rolls back when it raises; a `read_only` one is rolled back in any case, which
    waits for no disk.
    """
    async with database.transaction(Role.LOOKUP, keep=not read_only) as connection:
        transaction = LookupTransaction(connection)
        try:
            yield transaction
        finally:
            transaction.end()
