"""Faxes as records: whom they went between is sealed, their pages are attachments that go one by one or all at once.

They are received for one of a project's numbers, or sent from one: then they wait for the number's carrier.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments, Sealed
from privity.custody.between import (
    Between,
    SealedRow,
    encode_parties,
    open_parties,
    page_between,
    parties_place,
)
from privity.custody.erasing import Doomed, Erased, Erasing, RecordKind
from privity.custody.numbers import NotOwnNumber, NumberIndex, Parties, parse_number
from privity.custody.paging import Ask, Page
from privity.custody.parties import forget_if_last, subject_of
from privity.custody.undoing import undone_by
from privity.delivery.webhooks import EventKind, tell
from privity.errors import BadInput, Conflict, NotFound, Unreadable
from privity.gate import BROUGHT, Access, Action, ResourceKind
from privity.ids import Ids
from privity.keys import Keys
from privity.store import TenantTransaction, defer
from privity.vault import seal

TABLE: Final = "fax"
DELIVER_FAX: Final = "deliver_fax"
CARRY_FAX: Final = "carry_fax"
"""The same job for a number that is at a carrier: it waits for the network."""

QUALITIES: Final = ("standard", "fine", "superfine")
_PAPER: Final = frozenset({"application/pdf", "image/tiff"})
_COLUMNS: Final = """
    r.id, r.project_id, r.direction, r.status, r.error_code, r.quality, r.parties, r.pages, r.created_at,
    r.updated_at,
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
                            parties, pages, origin_id, brought_by, cause, created_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(subject)s, %(direction)s, %(status)s, %(quality)s, %(from)s, %(to)s,
            %(parties)s, %(pages)s, %(origin)s, %(by)s, %(cause)s, %(now)s, %(now)s)
    ON CONFLICT (tenant_id, origin_id) DO NOTHING
"""
_OWN: Final = "SELECT id, carrier_id FROM tenant.number WHERE project_id = %s AND number_index = %s"
_HELD: Final = "SELECT id FROM tenant.fax WHERE id = %s AND status = 'queued' FOR UPDATE"
_CANCEL: Final = """
    UPDATE tenant.fax SET status = 'canceled', updated_at = %s WHERE id = %s AND status = 'queued'
    AND NOT EXISTS (SELECT FROM tenant.carried AS c WHERE c.id = fax.id AND c.state NOT IN ('not-taken', 'refused'))
"""
_DELETE: Final = "DELETE FROM tenant.fax WHERE id = %s AND status <> 'queued' RETURNING subject_id"


First = Callable[[TenantTransaction], Awaitable[None]]
"""What is to be done first in the transaction that takes a fax in."""


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
    error_code: int | None
    quality: str
    pages: int
    updated_at: datetime
    media: UUID | None


Fax = Between[FaxRow]
"""A fax and whom it went between."""


class FaxDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A fax as somebody hands it in; `paper` is a PDF or a TIFF."""

    from_number: str
    to_number: str
    paper: bytes
    quality: str = "fine"

    def __repr__(self) -> str:
        """Show the size only."""
        return f"FaxDraft(paper={len(self.paper)})"


class _Own(msgspec.Struct, frozen=True):
    id: UUID
    carrier_id: UUID | None


class _Held(msgspec.Struct, frozen=True):
    id: UUID


class _Subject(msgspec.Struct, frozen=True):
    subject_id: UUID


class Faxes:
    """Receives, sends, reads and deletes faxes."""

    def __init__(
        self,
        keys: Keys,
        index: NumberIndex,
        attachments: Attachments,
        erasing: Erasing,
        ids: Ids,
        clock: Clock,
        *,
        reachable: bool = False,
    ) -> None:
        self._keys = keys
        self._index = index
        self._attachments = attachments
        self._erasing = erasing
        self._ids = ids
        self._clock = clock
        self._reachable = reachable  # whether carriers elsewhere can fetch from here

    async def receive(
        self, access: Access, draft: FaxDraft, origin: UUID | None = None, first: First | None = None
    ) -> UUID | None:
        """Return the fax that arrived for one of the project's numbers, or None when `origin` arrived before.

        What `first` writes commits with it. Raises Unreadable for what is neither PDF nor TIFF, or is damaged, and
        TooLarge.
        """
        made = await self._keep(access, draft, self._ids.new(), inbound=True, origin=origin, first=first)
        return None if made is None else made.id

    async def send(self, access: Access, draft: FaxDraft) -> Fax:
        """Return the fax that a draft became; it waits for its carrier.

        Raises BadInput for what is no number, or none of the project's own to send from; Unreadable and TooLarge.
        """
        if draft.quality not in QUALITIES:
            raise BadInput("there is no such quality", advice=f"Choose from {', '.join(QUALITIES)}.")
        made = await self._keep(access, draft, self._ids.new(), inbound=False, origin=None)
        assert made is not None
        return made

    async def _keep(
        self,
        access: Access,
        draft: FaxDraft,
        fax: UUID,
        *,
        inbound: bool,
        origin: UUID | None,
        first: First | None = None,
    ) -> Fax | None:
        parties = Parties(parse_number(draft.from_number, "the sender"), parse_number(draft.to_number, "the recipient"))
        tenant = access.tenant
        sealed = await self._attachments.seal(tenant, draft.paper)

        async def take_back() -> None:
            await self._attachments.take_back(tenant, [sealed])
            await self._keys.shred(tenant, TABLE, fax)

        async with undone_by(take_back):
            if sealed.document.content_type not in _PAPER:
                raise Unreadable("a fax is neither PDF nor TIFF", advice="Send one of them.")
            key = await self._keys.new_record_key(tenant, TABLE, fax)
            row: dict[str, object] = {
                "tenant": tenant,
                "id": fax,
                "direction": "inbound" if inbound else "outbound",
                "status": "received" if inbound else "queued",
                "quality": draft.quality,
                "parties": seal(key.key, parties_place(tenant, TABLE, fax), key.key_id, encode_parties(parties)),
                "pages": sealed.document.pages,
                "origin": origin,
                "from": self._index.of(tenant, parties.from_number),
                "to": self._index.of(tenant, parties.to_number),
            }
            async with access.transaction() as tx:
                if first is not None:
                    await first(tx)
                added = await self._add(tx, access, row, sealed)
        if added is None:
            await take_back()
            return None
        return Fax(added, parties)

    async def _add(
        self, tx: TenantTransaction, access: Access, row: dict[str, object], sealed: Sealed
    ) -> FaxRow | None:
        inbound, fax, now = row["direction"] == "inbound", UUID(str(row["id"])), self._clock.now()
        own, other = ("to", "from") if inbound else ("from", "to")
        number = await tx.fetch_one(_OWN, (access.project, row[own]), into=_Own)
        if number is None:
            raise NotOwnNumber("the number is none of this project's", advice="Use one of its own.")
        if not inbound and number.carrier_id is not None and not self._reachable:
            raise BadInput(
                "the carrier cannot fetch pages from here",
                advice="Set public_url to the address that this installation has for others.",
            )
        other_side = row[other]
        assert isinstance(other_side, bytes)
        more = {
            "project": access.project,
            "subject": await subject_of(tx, access.project, other_side, self._ids, now),
            "by": access.caller.principal,
            "cause": access.decision,
            "now": now,
        }
        if not await tx.execute(_ADD, row | more):
            return None
        await self._attachments.add(tx, access, fax, "fax", [sealed])
        if inbound:
            await tell(tx, access, EventKind.FAX_RECEIVED, [fax], at=now, status="received")
        else:
            await defer(tx, DELIVER_FAX if number.carrier_id is None else CARRY_FAX, fax=fax, cause=access.decision)
        access.made(fax)
        return await tx.fetch_one(_ONE, (fax,), into=FaxRow)

    async def cancel(self, access: Access) -> Fax:
        """Return the fax that the access is for, canceled; raises Conflict once it is on its way."""
        fax = UUID(access.resource_id)
        async with access.transaction() as tx:
            # One after the other: whoever hands it over holds its row too, and what that noted is seen from then on.
            if not await still_waits(tx, fax) or not await tx.execute(_CANCEL, (self._clock.now(), fax)):
                raise Conflict("the fax is not waiting any more", advice="What is on its way cannot be stopped.")
            return await self._opened(tx, access)

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
        async with access.transaction() as tx:
            return await self._opened(tx, access)

    async def _opened(self, tx: TenantTransaction, access: Access) -> Fax:
        fax = UUID(access.resource_id)
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
                raise Conflict("the fax waits to be sent", advice="Cancel it first.")
            doomed = Doomed()
            doomed.add(RecordKind.FAX, fax, Erased(TABLE, fax))
            await self._attachments.forget_of(tx, access, fax, doomed)
            await forget_if_last(tx, gone.subject_id)
            await self._erasing.delete(tx, access, doomed)
            await tell(tx, access, EventKind.FAX_DELETED, [fax], at=self._clock.now(), status="deleted")


async def still_waits(tx: TenantTransaction, fax: UUID) -> bool:
    """Return whether a fax waits to be sent, and hold its row, so that it is not canceled before the commit."""
    return await tx.fetch_one(_HELD, (fax,), into=_Held) is not None
