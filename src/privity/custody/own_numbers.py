"""The telephone numbers that a project has: claimed once on the installation, listed to those who may see them."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.numbers import NumberIndex, parse_number
from privity.custody.paging import BOUNDS, NEWER, OLDER, Ask, Page, page_of
from privity.custody.undoing import undone_by
from privity.errors import NotFound
from privity.gate import Access
from privity.identity import claim_number, list_carriers
from privity.ids import Ids
from privity.keys import Keys
from privity.store import TenantTransaction
from privity.vault import Place, Plaintext, Record, open_sealed, seal

TABLE: Final = "number"
_LONGEST_NAME: Final = 64
_COLUMNS: Final = "r.id, r.project_id, r.sealed, r.created_at"
_ADD: Final = """
    INSERT INTO tenant.number (tenant_id, id, project_id, number_index, sealed, created_at)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
_PAGE: Final = f"""
    SELECT {_COLUMNS} FROM tenant.number AS r
    WHERE r.project_id = %(project)s AND (%(index)s::bytea IS NULL OR r.number_index = %(index)s) {BOUNDS}
"""
_CARRY: Final = "UPDATE tenant.number SET carrier_id = %s WHERE project_id = %s AND number_index = %s"
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.number AS r WHERE r.id = %s"


class NumberName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number and what its project calls it."""

    number: str
    name: str

    def __repr__(self) -> str:
        """Show neither."""
        return "NumberName(hidden)"


class OwnNumber(msgspec.Struct, frozen=True):
    """One number of a project."""

    id: UUID
    project_id: UUID
    created_at: datetime
    named: NumberName


class _Row(msgspec.Struct, frozen=True):
    id: UUID
    project_id: UUID
    sealed: bytes
    created_at: datetime


class OwnNumbers:
    """Adds and lists the numbers of projects."""

    def __init__(self, keys: Keys, index: NumberIndex, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._index = index
        self._ids = ids
        self._clock = clock

    async def add(self, access: Access, number: str, name: str = "") -> UUID:
        """Return the id of a number that is the project's from now on; raises Conflict when it is in use."""
        parsed = parse_number(number, "the number")
        named = NumberName(parsed, (name or parsed)[:_LONGEST_NAME])
        record = Record(tenant=access.tenant, table=TABLE, row=self._ids.new())
        key = await self._keys.new_record_key(record.tenant, record.table, record.row)
        sealed = seal(key.key, _place(record), key.key_id, Plaintext(msgspec.json.encode(named)))
        index = self._index.of(access.tenant, parsed)
        async with (
            undone_by(lambda: self._keys.shred(record.tenant, record.table, record.row)),
            access.transaction() as tx,
        ):
            await claim_number(tx, self._index.across(parsed), access.project)
            row = (access.tenant, record.row, access.project, index, sealed, self._clock.now())
            await tx.execute(_ADD, row)
            access.made(record.row)
        return record.row

    async def carry(self, access: Access, number: str, carrier: UUID | None) -> None:
        """Put one of the project's numbers on a carrier that it has, or on the loopback carrier when none is named."""
        index = self._index.of(access.tenant, parse_number(number, "the number"))
        async with access.transaction() as tx:
            if carrier is not None and carrier not in {row.id for row in await list_carriers(tx, access.project)}:
                raise NotFound("the project has no such carrier", advice="`privity carrier list` shows them.")
            if not await tx.execute(_CARRY, (carrier, access.project, index)):
                raise NotFound("the project has no such number", advice="Add it first: `privity number add`.")

    async def page(self, access: Access, number: str | None, ask: Ask) -> Page[OwnNumber]:
        """Return a page of the project's numbers, or the one that is asked for."""
        values = {"project": access.project, "index": number and self._index.of(access.tenant, number)} | ask.values
        backwards = ask.cursor is not None and ask.cursor.newer
        async with access.transaction() as tx:
            found = page_of(await tx.fetch_all(_PAGE + (NEWER if backwards else OLDER), values, into=_Row), ask)
            access.touched(row.id for row in found.records)
        return Page([await self._opened(access.tenant, row) for row in found.records], found.previous, found.next)

    async def read(self, access: Access) -> OwnNumber:
        """Return the number that the access is for."""
        async with access.transaction() as tx:
            row = await self._row(tx, UUID(access.resource_id))
        return await self._opened(access.tenant, row)

    async def one(self, access: Access, number: UUID) -> OwnNumber:
        """Return a number of the tenant's, in the course of an act; raises NotFound."""
        async with access.transaction(settles=False) as tx:
            row = await self._row(tx, number)
        return await self._opened(access.tenant, row)

    async def _row(self, tx: TenantTransaction, number: UUID) -> _Row:
        row = await tx.fetch_one(_ONE, (number,), into=_Row)
        if row is None:
            raise NotFound("there is no such number")
        return row

    async def _opened(self, tenant: UUID, row: _Row) -> OwnNumber:
        record = Record(tenant=tenant, table=TABLE, row=row.id)
        key = await self._keys.record_key(tenant, TABLE, row.id)
        opened = open_sealed(key.key, _place(record), key.key_id, row.sealed)
        named = msgspec.json.decode(opened.reveal(), type=NumberName)
        return OwnNumber(row.id, row.project_id, row.created_at, named)


def _place(record: Record) -> Place:
    return record.at("number", 1)
