"""What a payment provider answered about a payment, sealed: its token, the brand, the last four digits, no card number.

Providers collect and hold cards (promises A28 to A30). What is taken here is checked field by field, and anything that
could be a card number, in whatever field, is refused and kept nowhere.
"""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.card_data import CardData
from privity.custody.erasing import Doomed, Erased, Erasing, RecordKind
from privity.custody.paging import BOUNDS, NEWER, OLDER, Ask, Page, page_of
from privity.custody.undoing import undone_by
from privity.errors import BadInput, NotFound
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.vault import Place, Plaintext, Record, open_sealed, seal

TABLE: Final = "payment"
BRANDS: Final = ("amex", "diners", "discover", "jcb", "maestro", "mastercard", "unionpay", "visa", "other")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")
_LAST4: Final = re.compile(r"[0-9]{4}")
_DIGITS: Final = re.compile(r"[0-9](?:[_-]?[0-9]){11,}")
"""Twelve digits or more: what no token of a provider needs, and the shortest card number there is."""
_COLUMNS: Final = "r.id, r.project_id, r.call_id, r.sealed, r.created_at"
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.payment AS r WHERE r.id = %s"
_PAGE: Final = f"""
    SELECT {_COLUMNS} FROM tenant.payment AS r
    WHERE r.project_id = %(project)s AND (%(call)s::uuid IS NULL OR r.call_id = %(call)s) {BOUNDS}
"""
_CALL: Final = "SELECT id FROM tenant.call WHERE id = %s AND project_id = %s"
_ADD: Final = """
    INSERT INTO tenant.payment (tenant_id, id, project_id, call_id, sealed, brought_by, cause, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_DELETE: Final = "DELETE FROM tenant.payment WHERE id = %s RETURNING id"


class CardMetadata(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a provider tells of a card that it holds, as it is sealed."""

    token: str
    brand: str
    last4: str
    expired: bool

    def __repr__(self) -> str:
        """Show nothing of it."""
        return "CardMetadata(hidden)"


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """One payment."""

    id: UUID
    project_id: UUID
    call_id: UUID | None
    created_at: datetime
    card: CardMetadata


class _Row(msgspec.Struct, frozen=True):
    id: UUID
    project_id: UUID
    call_id: UUID | None
    sealed: bytes
    created_at: datetime


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class Payments:
    """Keeps, lists, reads and erases what providers answered."""

    def __init__(self, keys: Keys, card_data: CardData, erasing: Erasing, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._card_data = card_data
        self._erasing = erasing
        self._ids = ids
        self._clock = clock

    async def add(self, access: Access, card: CardMetadata, call: UUID | None) -> UUID:
        """Return the id of a payment that is kept from now on; raises BadInput for what could be a card number."""
        self._check(card)
        record = Record(tenant=access.tenant, table=TABLE, row=self._ids.new())
        key = await self._keys.new_record_key(record.tenant, record.table, record.row)
        sealed = seal(key.key, _place(record), key.key_id, Plaintext(msgspec.json.encode(card)))
        now = self._clock.now()
        async with (
            undone_by(lambda: self._keys.shred(record.tenant, record.table, record.row)),
            access.transaction() as tx,
        ):
            if call is not None and await tx.fetch_one(_CALL, (call, access.project), into=_Id) is None:
                raise NotFound("there is no such call", advice="Leave `call` out, or name one.")
            who = (access.caller.principal, access.decision, now)
            await tx.execute(_ADD, (access.tenant, record.row, access.project, call, sealed, *who))
            access.made(record.row)
        return record.row

    async def page(self, access: Access, call: UUID | None, ask: Ask) -> Page[Payment]:
        """Return a page of the project's payments, newest first, of one call or of all."""
        values = {"project": access.project, "call": call} | ask.values
        backwards = ask.cursor is not None and ask.cursor.newer
        async with access.transaction() as tx:
            found = page_of(await tx.fetch_all(_PAGE + (NEWER if backwards else OLDER), values, into=_Row), ask)
            access.touched(row.id for row in found.records)
        return Page([await self._opened(access.tenant, row) for row in found.records], found.previous, found.next)

    async def read(self, access: Access) -> Payment:
        """Return the payment that the access is for."""
        async with access.transaction() as tx:
            row = await tx.fetch_one(_ONE, (UUID(access.resource_id),), into=_Row)
        if row is None:
            raise NotFound("there is no such payment", advice="It may have been deleted.")
        return await self._opened(access.tenant, row)

    async def delete(self, access: Access) -> None:
        """Erase the payment that the access is for."""
        payment = UUID(access.resource_id)
        async with access.transaction() as tx:
            if await tx.fetch_one(_DELETE, (payment,), into=_Id) is None:
                raise NotFound("there is no such payment", advice="It may have been deleted.")
            doomed = Doomed()
            doomed.add(RecordKind.PAYMENT, payment, Erased(TABLE, payment))
            await self._erasing.delete(tx, access, doomed)

    def _check(self, card: CardMetadata) -> None:
        if _DIGITS.search(card.token) or self._card_data.mask(card.token, "the token").count:
            raise BadInput(
                "this could be a card number, which is not taken here",
                advice="Let the payment provider collect the card, and send the token that it answers.",
            )
        if not _TOKEN.fullmatch(card.token):
            raise BadInput("the token is not one of a provider", advice="Send 8 to 128 letters, digits, - and _.")
        if not _LAST4.fullmatch(card.last4):
            raise BadInput("the last digits are not four", advice="Send the last four digits and no others.")
        if card.brand not in BRANDS:
            raise BadInput("there is no such brand", advice=f"Choose from {', '.join(BRANDS)}.")

    async def _opened(self, tenant: UUID, row: _Row) -> Payment:
        record = Record(tenant=tenant, table=TABLE, row=row.id)
        key = await self._keys.record_key(tenant, TABLE, row.id)
        opened = open_sealed(key.key, _place(record), key.key_id, row.sealed)
        card = msgspec.json.decode(opened.reveal(), type=CardMetadata)
        return Payment(id=row.id, project_id=row.project_id, call_id=row.call_id, created_at=row.created_at, card=card)


def _place(record: Record) -> Place:
    return record.at("card", 1)
