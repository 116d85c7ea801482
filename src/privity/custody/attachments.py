"""Media of messages and pages of faxes: looked at, sealed as blobs, handed out in pieces, erased one by one."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.card_data import CardData
from privity.custody.documents import LARGEST, Document, inspect
from privity.custody.erasing import Doomed, Erased, Erasing, RecordKind
from privity.custody.undoing import undone_by
from privity.errors import NotFound
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.store import Blobs, TenantTransaction
from privity.vault import BlobPlace, Record, StreamOpener, StreamSealer

TABLE: Final = "media"
_PIECE: Final = 1 << 18

_ADD: Final = """
    INSERT INTO tenant.media (tenant_id, id, project_id, parent_id, parent_kind, content_type, pages, bytes, blob,
                              created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_COLUMNS: Final = "id, parent_id, parent_kind, content_type, pages, bytes, blob, created_at"
_OF: Final = f"SELECT {_COLUMNS} FROM tenant.media WHERE parent_id = %s AND blob IS NOT NULL ORDER BY id"
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.media WHERE id = %s AND parent_id = %s AND blob IS NOT NULL"
_DELETE: Final = """
    WITH gone AS (SELECT id, blob FROM tenant.media WHERE {which} AND blob IS NOT NULL FOR UPDATE)
    UPDATE tenant.media AS m SET blob = NULL, deleted_at = %(now)s, deleted_by = %(who)s
    FROM gone WHERE m.id = gone.id RETURNING gone.id, gone.blob
"""
_DELETE_ONE: Final = _DELETE.format(which="id = %(id)s AND parent_id = %(parent)s")
_DELETE_OF: Final = _DELETE.format(which="parent_id = ANY(%(parents)s)")
_TRACES: Final = """
    SELECT id, content_type, created_at, deleted_at, deleted_by FROM tenant.media WHERE parent_id = %s ORDER BY id
"""
_FORGET: Final = "DELETE FROM tenant.media WHERE parent_id = %s"


class Media(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an attachment without opening it; `bytes` is its size."""

    id: UUID
    parent_id: UUID
    parent_kind: str
    content_type: str
    pages: int
    bytes: int
    blob: str
    created_at: datetime


class Sealed(msgspec.Struct, frozen=True):
    """An attachment that is sealed and lies in the store, and has no row yet."""

    id: UUID
    document: Document
    bytes: int
    blob: str


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What stays of an attachment: what it was, and, once it is erased, when that was and who did it."""

    id: UUID
    content_type: str
    created_at: datetime
    deleted_at: datetime | None
    deleted_by: str | None


class _Gone(msgspec.Struct, frozen=True):
    id: UUID
    blob: str


class Attachments:
    """Keeps, opens and erases attachments."""

    def __init__(self, keys: Keys, blobs: Blobs, erasing: Erasing, card_data: CardData, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._blobs = blobs
        self._erasing = erasing
        self._card_data = card_data
        self._ids = ids
        self._clock = clock

    async def seal(self, tenant: UUID, content: bytes) -> Sealed:
        """Return an attachment sealed under a key of its own; texts lose their card data first.

        Raises Unreadable or TooLarge for what cannot be kept, see `documents.inspect`.
        """
        document, content = await self.as_kept(content)
        record = Record(tenant=tenant, table=TABLE, row=self._ids.new())
        key = await self._keys.new_record_key(record.tenant, record.table, record.row)
        async with undone_by(lambda: self._keys.shred(record.tenant, record.table, record.row)):
            blob = await self._blobs.put(tenant, _sealed(content, StreamSealer(key.key, _place(record))))
        return Sealed(record.row, document, len(content), blob)

    async def as_kept(self, content: bytes) -> tuple[Document, bytes]:
        """Return what an attachment is, and its bytes as they are kept: texts without their card data."""
        document = await asyncio.to_thread(inspect, content)
        if document.content_type.startswith("text/"):
            masked = await asyncio.to_thread(self._card_data.mask, content.decode(), "an attachment", longest=LARGEST)
            content = masked.text.encode()
        return document, content

    async def take_back(self, tenant: UUID, sealed: Sequence[Sealed]) -> None:
        """Destroy attachments whose message came to nothing."""
        for each in sealed:
            await self._blobs.delete(each.blob)
        if sealed:
            await self._keys.shred_many(tenant, [Record(tenant=tenant, table=TABLE, row=each.id) for each in sealed])

    async def add(
        self, tx: TenantTransaction, access: Access, parent: UUID, kind: str, sealed: Sequence[Sealed]
    ) -> None:
        """Give sealed attachments their rows, under a message or a fax of the access's project."""
        now = self._clock.now()
        for each in sealed:
            document = each.document
            row = (each.id, access.project, parent, kind, document.content_type, document.pages, each.bytes, each.blob)
            await tx.execute(_ADD, (access.tenant, *row, now))

    async def of(self, tx: TenantTransaction, parent: UUID) -> list[Media]:
        """Return the attachments that a message or a fax still has, oldest first."""
        return await tx.fetch_all(_OF, (parent,), into=Media)

    async def listed(self, access: Access) -> list[Media]:
        """Return the attachments of the message or fax that the access is for."""
        async with access.transaction() as tx:
            found = await self.of(tx, UUID(access.resource_id))
            access.touched(media.id for media in found)
        return found

    async def read(self, access: Access, parent: UUID) -> Media:
        """Return the attachment that the access is for; raises NotFound when it is gone, or another parent's."""
        async with access.transaction() as tx:
            return _there(await tx.fetch_one(_ONE, (UUID(access.resource_id), parent), into=Media))

    async def content(self, tenant: UUID, media: Media) -> AsyncIterator[bytes]:
        """Yield the bytes of an attachment.

        A deletion that comes meanwhile ends the stream with NotFound or SealBroken, never with other bytes.
        """
        record = Record(tenant=tenant, table=TABLE, row=media.id)
        key = await self._keys.record_key(record.tenant, record.table, record.row)
        opener = StreamOpener(key.key, _place(record))
        async for piece in self._blobs.read(media.blob):
            yield opener.update(piece)
        yield opener.finish()

    async def delete(self, access: Access, parent: UUID) -> None:
        """Erase the attachment that the access is for; its row stays and tells of it."""
        which = {"id": UUID(access.resource_id), "parent": parent, "now": self._clock.now()}
        doomed = Doomed()
        async with access.transaction() as tx:
            gone = await tx.fetch_all(_DELETE_ONE, which | {"who": access.caller.principal}, into=_Gone)
            if not _doom(gone, doomed):
                raise NotFound("there is no such attachment", advice="It may have been deleted.")
            await self._erasing.delete(tx, access, doomed)

    async def delete_of(self, tx: TenantTransaction, parents: Sequence[UUID], who: str, doomed: Doomed) -> int:
        """Take every attachment of some messages or faxes out of its row, and return how many there were.

        What is to be destroyed is added to `doomed`, for the caller to delete.
        """
        which = {"parents": list(parents), "now": self._clock.now(), "who": who}
        return _doom(await tx.fetch_all(_DELETE_OF, which, into=_Gone), doomed)

    async def traces(self, tx: TenantTransaction, parent: UUID) -> list[Trace]:
        """Return what there ever was at a message or a fax, and when and by whom it was erased."""
        return await tx.fetch_all(_TRACES, (parent,), into=Trace)

    async def forget_of(self, tx: TenantTransaction, access: Access, parent: UUID, doomed: Doomed) -> None:
        """Take the attachments of a record that is deleted away, and the rows that tell of them."""
        await self.delete_of(tx, [parent], access.caller.principal, doomed)
        await tx.execute(_FORGET, (parent,))


def _doom(gone: Sequence[_Gone], doomed: Doomed) -> int:
    for each in gone:
        doomed.add(RecordKind.MEDIA, each.id, Erased(TABLE, each.id, each.blob))
    return len(gone)


def _place(record: Record) -> BlobPlace:
    return BlobPlace(tenant=record.tenant, object=record.row, version=1)


async def _sealed(content: bytes, sealer: StreamSealer) -> AsyncIterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield sealer.update(content[start : start + _PIECE])
    yield sealer.finish()


def _there(media: Media | None) -> Media:
    if media is None:
        raise NotFound("there is no such attachment", advice="It may have been deleted.")
    return media
