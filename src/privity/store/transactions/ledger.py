"""The transaction of the sequencer: inbox and tree. Opened by `notary`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from privity.store.database import Database
from privity.store.roles import Role
from privity.store.transactions.statements import Statements


class LedgerTransaction(Statements):
    """Statements on schema `ledger`, and no other."""


@asynccontextmanager
async def open_ledger_transaction(database: Database) -> AsyncIterator[LedgerTransaction]:
    """Open the inbox and the trees; commits when the block ends, and rolls back when it raises."""
    async with database.transaction(Role.LEDGER) as connection:
        transaction = LedgerTransaction(connection)
        try:
            yield transaction
        finally:
            transaction.end()
