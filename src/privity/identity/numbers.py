"""Whose a telephone number is: found by a keyed hash over the whole installation, claimed once and by one tenant."""

from typing import Final
from uuid import UUID

import msgspec

from privity.errors import Conflict
from privity.store import Database, TenantTransaction
from privity.store.transactions.lookup import open_lookup_transaction

_FIND: Final = "SELECT * FROM identity.find_number(%s)"
_RELEASE: Final = "SELECT identity.release_number(%s, %s) AS released"
_CLAIM: Final = "SELECT identity.claim_number(%s, %s) AS claimed"


class NumberOwner(msgspec.Struct, frozen=True):
    """The project that what is sent to a number goes to."""

    tenant_id: UUID
    project_id: UUID


class _Claimed(msgspec.Struct, frozen=True):
    claimed: bool


class NumberDirectory:
    """Finds the owner of one number; there is no way to list them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def owner(self, number_index: bytes) -> NumberOwner | None:
        """Return whose number this is, by its keyed hash, or None when it is nobody's here."""
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            return await lookup.fetch_one(_FIND, (number_index,), into=NumberOwner)


async def claim_number(tx: TenantTransaction, number_index: bytes, project: UUID) -> None:
    """Make a number the tenant's, from the commit on; raises Conflict when it is somebody's already."""
    row = await tx.fetch_one(_CLAIM, (number_index, project), into=_Claimed)
    if row is None or not row.claimed:
        raise Conflict("this number is in use on this installation", advice="Choose another number.")


async def release_number(tx: TenantTransaction, number_index: bytes, project: UUID) -> None:
    """Make a number of a project of the tenant's nobody's, from the commit on."""
    await tx.execute(_RELEASE, (number_index, project))
