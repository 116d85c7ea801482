"""Accounts at carriers, as rows: sealed, found by tenant and id when a carrier calls, before it has shown who it is."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.store import Database, TenantTransaction
from privity.store.transactions.lookup import open_lookup_transaction

_FIND: Final = "SELECT * FROM identity.find_carrier(%s, %s)"
_ADD: Final = "SELECT identity.add_carrier(%s, %s, %s, %s, %s)"
_LIST: Final = "SELECT * FROM identity.list_carriers(%s)"
_REMOVE: Final = "SELECT identity.remove_carrier(%s, %s) AS done"


class CarrierRow(msgspec.Struct, frozen=True, kw_only=True):
    """An account at a carrier as it stands in its table; `sealed` holds where it is and its secrets."""

    id: UUID
    project_id: UUID
    vendor: str
    sealed: bytes
    created_at: datetime


class _Done(msgspec.Struct, frozen=True):
    done: bool


class CarrierDirectory:
    """Finds one account at a carrier; there is no way to list those of a tenant from outside."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, tenant: UUID, carrier: UUID) -> CarrierRow | None:
        """Return the account, or None when the tenant has none by this id."""
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            return await lookup.fetch_one(_FIND, (tenant, carrier), into=CarrierRow)


async def add_carrier(tx: TenantTransaction, row: CarrierRow) -> None:
    """Keep a new account of the transaction's tenant."""
    await tx.execute(_ADD, (row.id, row.project_id, row.vendor, row.sealed, row.created_at))


async def list_carriers(tx: TenantTransaction, project: UUID) -> list[CarrierRow]:
    """Return the accounts of one project, oldest first."""
    return await tx.fetch_all(_LIST, (project,), into=CarrierRow)


async def remove_carrier(tx: TenantTransaction, carrier: UUID, project: UUID) -> bool:
    """Remove an account with its secrets, and return whether the project had it."""
    row = await tx.fetch_one(_REMOVE, (carrier, project), into=_Done)
    return row is not None and row.done
