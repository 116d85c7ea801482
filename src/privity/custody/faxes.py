"""Faxes as records: whom they went between is sealed, their pages are attachments that go one by one or all at once."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments
from privity.custody.between import (
    Between,
    SealedRow,
    encode_parties,
    is_own,
    open_parties,
    page_between,
    parties_place,
)
from privity.custody.erasing import Erased, Erasing
from privity.custody.numbers import NumberIndex, Parties, parse_number
from privity.custody.paging import Ask, Page
from privity.custody.parties import forget_if_last, subject_of
from privity.delivery.webhooks import EventKind, tell
from privity.errors import BadInput, NotFound, Unreadable
from privity.gate import BROUGHT, Access, Action, ResourceKind
from privity.ids import Ids
from privity.keys import Keys
from privity.vault import seal

TABLE: Final = "fax"
_PAPER: Final = frozenset({"application/pdf", "image/tiff"})
_COLUMNS: Final = """
    r.id, r.project_id, r.direction, r.status, r.quality, r.parties, r.pages, r.created_at, r.updated_at,
    (SELECT x.id FROM tenant.media AS x WHERE x.parent_id = r.id AND x.blob IS NOT NULL ORDER BY x.id LIMIT 1) AS media
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.fax AS r WHERE r.id = %s"
_PAGE: Final = f"""
    SELECT {_COLUMNS} FROM {BROUGHT[ResourceKind.FAX]} WHERE r.project_id = %(project)s
    AND (%(from)s::bytea IS NULL OR r.from_index = %(from)s) AND (%(to)s::bytea IS NULL OR r.to_index = %(to)s)
    AND (%(made_after)s::timestamptz IS NULL OR r.created_at > %(made_after)s)
    AND (%(made_until)s::timestamptz IS NULL OR r.created_at <= %(made_until)s)
"""
_ADD: Final = """
    INSERT INTO tenant.fax (tenant_id, id, project_id, subject_id, direction, status, quality, from_index, to_index,
                            parties, pages, brought_by, cause, created_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(subject)s, 'inbound', 'received', 'fine', %(from)s, %(to)s, %(parties)s,
            %(pages)s, %(by)s, %(cause)s, %(now)s, %(now)s)
"""
_DELETE: Final = "DELETE FROM tenant.fax WHERE id = %s RETURNING subject_id"


class FaxFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which faxes: numbers as keyed hashes, and when they came, after one moment and until another."""

    from_index: bytes | None = None
    to_index: bytes | None = None
    made_after: datetime | None = None
    made_until: datetime | None = None


class FaxRow(SealedRow, frozen=True, kw_only=True):
    """A fax as it stands in its table; `media` are its pages, as long as they are there."""

    project_id: UUID
    direction: str
    status: str
    quality: str
    pages: int
    updated_at: datetime
    media: UUID | None


Fax = Between[FaxRow]
"""A fax and whom it went between."""


class _Subject(msgspec.Struct, frozen=True):
    subject_id: UUID


class Faxes:
    """Receives, reads and deletes faxes."""

    def __init__(
        self, keys: Keys, index: NumberIndex, attachments: Attachments, erasing: Erasing, ids: Ids, clock: Clock
    ) -> None:
        self._keys = keys
        self._index = index
        self._attachments = attachments
        self._erasing = erasing
        self._ids = ids
        self._clock = clock

    async def receive(self, access: Access, sender: str, recipient: str, paper: bytes) -> UUID:
        """Return the fax that arrived for one of the project's numbers; `paper` is a PDF or a TIFF.

        Raises Unreadable for anything else.
        """
        parties = Parties(parse_number(sender, "the sender"), parse_number(recipient, "the recipient"))
        tenant, fax, now = access.tenant, self._ids.new(), self._clock.now()
        sealed = await self._attachments.seal(tenant, paper)
        kept = False
        try:
            if sealed.document.content_type not in _PAPER:
                raise Unreadable("a fax is neither PDF nor TIFF", advice="Send one of them.")
            key = await self._keys.new_record_key(tenant, TABLE, fax)
            hashes = {
                "from": self._index.of(tenant, parties.from_number),
                "to": self._index.of(tenant, parties.to_number),
            }
            async with access.transaction() as tx:
                if not await is_own(tx, access.project, hashes["to"]):
                    raise BadInput("the number is none of this project's", advice="Send to one of its own.")
                row = {
                    "tenant": tenant,
                    "id": fax,
                    "project": access.project,
                    "subject": await subject_of(tx, access.project, hashes["from"], self._ids, now),
                    "parties": seal(key.key, parties_place(tenant, TABLE, fax), key.key_id, encode_parties(parties)),
                    "pages": sealed.document.pages,
                    "by": access.caller.principal,
                    "cause": access.decision,
                    "now": now,
                    **hashes,
                }
                await tx.execute(_ADD, row)
                await self._attachments.add(tx, access, fax, "fax", [sealed])
                await tell(tx, access, EventKind.FAX_RECEIVED, [fax], at=now, status="received")
                access.made(fax)
            kept = True
        finally:
            if not kept:
                await self._attachments.take_back(tenant, [sealed])
                await self._keys.shred(tenant, TABLE, fax)
        return fax

    async def page(self, access: Access, asked: FaxFilter, ask: Ask) -> Page[Fax]:
        """Return a page of the project's faxes, newest first."""
        values = {
            "project": access.project,
            "from": asked.from_index,
            "to": asked.to_index,
            "made_after": asked.made_after,
            "made_until": asked.made_until,
        }
        return await page_between(access, self._keys, TABLE, Action.FAX_READ, _PAGE, values, ask, into=FaxRow)

    async def read(self, access: Access) -> Fax:
        """Return the fax that the access is for."""
        fax = UUID(access.resource_id)
        async with access.transaction() as tx:
            row = await tx.fetch_one(_ONE, (fax,), into=FaxRow)
        if row is None:
            raise NotFound("there is no such fax", advice="It may have been deleted.")
        key = await self._keys.record_key(access.tenant, TABLE, fax)
        return Fax(row, open_parties(key, access.tenant, TABLE, fax, row.parties))

    async def delete(self, access: Access) -> None:
        """Remove the fax and its pages for good."""
        fax = UUID(access.resource_id)
        async with access.transaction() as tx:
            gone = await tx.fetch_one(_DELETE, (fax,), into=_Subject)
            if gone is None:
                raise NotFound("there is no such fax", advice="It may have been deleted.")
            await self._attachments.forget_of(tx, access, fax)
            await forget_if_last(tx, gone.subject_id)
            await self._erasing.order(tx, access, [Erased(TABLE, fax)])
            await tell(tx, access, EventKind.FAX_DELETED, [fax], at=self._clock.now(), status="deleted")
