"""Records between two numbers, such as calls and faxes: both numbers sealed, lists decided row by row."""

from datetime import datetime
from typing import Any, Final, Generic, LiteralString, TypeVar
from uuid import UUID

import msgspec

from privity.custody.numbers import Parties
from privity.custody.paging import BOUNDS, NEWER, OLDER, Ask, Page, page_of
from privity.gate import Access, Action
from privity.keys import Keys, RecordKey
from privity.store import TenantTransaction
from privity.vault import Place, Plaintext, Record, open_sealed

_SCHEMA_VERSION: Final = 1
_OWN: Final = "SELECT id FROM tenant.number WHERE project_id = %s AND number_index = %s"


class SealedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it stands in its table, its numbers sealed."""

    id: UUID
    parties: bytes
    created_at: datetime


R = TypeVar("R", bound=SealedRow)


class Between(msgspec.Struct, Generic[R], frozen=True):
    """A record and whom it went between."""

    row: R
    parties: Parties

    @property
    def id(self) -> UUID:
        """The record's id."""
        return self.row.id

    @property
    def created_at(self) -> datetime:
        """When it came into custody."""
        return self.row.created_at


class _Id(msgspec.Struct, frozen=True):
    id: UUID


async def page_between(
    access: Access,
    keys: Keys,
    table: str,
    action: Action,
    statement: LiteralString,
    values: dict[str, Any],
    ask: Ask,
    into: type[R],
) -> Page[Between[R]]:
    """Return a page of records, newest first: those that the caller may do `action` to, their numbers opened.

    The others are neither shown nor counted. `statement` selects from `privity.gate.BROUGHT` and ends in a condition.
    """
    may = access.rows(action)
    order = NEWER if ask.cursor is not None and ask.cursor.newer else OLDER
    whole = f"{statement} AND {may.sql} {BOUNDS} {order}"
    async with access.transaction() as tx:
        found = page_of(await tx.fetch_all(whole, values | may.parameters | ask.values, into=into), ask)
        access.touched(row.id for row in found.records)
    opened = await keys.record_keys(access.tenant, table, [row.id for row in found.records])
    shown = [
        Between(row, open_parties(opened[row.id], access.tenant, table, row.id, row.parties))
        for row in found.records
        if row.id in opened
    ]
    return Page(shown, found.previous, found.next)


async def is_own(tx: TenantTransaction, project: UUID, number_index: bytes) -> bool:
    """Return whether a number, by its hash, is one of the project's own."""
    return await tx.fetch_one(_OWN, (project, number_index), into=_Id) is not None


def parties_place(tenant: UUID, table: str, row: UUID) -> Place:
    """Return the one place where the numbers of a record open."""
    return Record(tenant=tenant, table=table, row=row).at("parties", _SCHEMA_VERSION)


def encode_parties(parties: Parties) -> Plaintext:
    """Return both numbers as bytes to be sealed."""
    return Plaintext(msgspec.json.encode(parties))


def open_parties(key: RecordKey, tenant: UUID, table: str, row: UUID, sealed: bytes) -> Parties:
    """Return both numbers of a record; raises SealBroken."""
    opened = open_sealed(key.key, parties_place(tenant, table, row), key.key_id, sealed)
    return msgspec.json.decode(opened.reveal(), type=Parties)
