"""Messages as they are kept: sealed as received except for card data, shown redacted, redactable, deletable.

A message has two keys: one seals whom it went between, the other what it said. Redaction destroys the second, so that
the fact of the message stays and its words are gone from every copy; deletion destroys both and removes the row.
"""

from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments, Trace
from privity.custody.between import open_parties
from privity.custody.content import texts_redacted_beside
from privity.custody.erasing import Doomed, Erased, Erasing, RecordKind
from privity.custody.numbers import Parties
from privity.custody.paging import BOUNDS, NEWER, OLDER, Ask, Page, page_of
from privity.custody.parties import forget_if_last
from privity.custody.search import forget_words
from privity.delivery.webhooks import EventKind, tell
from privity.errors import Conflict, NotFound
from privity.gate import Access
from privity.keys import Keys, RecordKey
from privity.redact import Redactor
from privity.store import TenantTransaction
from privity.vault import Place, Record, open_sealed

TABLE: Final = "message"
BODY: Final = "message_body"
_SCHEMA_VERSION: Final = 1
_MEDIA: Final = "(SELECT count(*) FROM tenant.media AS x WHERE x.parent_id = r.id AND x.blob IS NOT NULL) AS media"
_COLUMNS: Final = f"""
    r.id, r.project_id, r.direction, r.status, r.error_code, r.parties, r.body, r.masked, r.segments, r.created_at,
    r.sent_at, r.updated_at, r.redacted_at, r.redacted_by, {_MEDIA}
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.message AS r WHERE r.id = %s"
MATCHES: Final = """
    r.project_id = %(project)s
    AND (%(from)s::bytea IS NULL OR r.from_index = %(from)s) AND (%(to)s::bytea IS NULL OR r.to_index = %(to)s)
    AND (%(status)s::text IS NULL OR r.status = %(status)s)
    AND (%(sent_from)s::timestamptz IS NULL OR r.sent_at >= %(sent_from)s)
    AND (%(sent_until)s::timestamptz IS NULL OR r.sent_at < %(sent_until)s)
"""
_PAGE: Final = f"SELECT {_COLUMNS} FROM tenant.message AS r WHERE {MATCHES} {BOUNDS}"
REDACT: Final = """
    WITH blank AS (SELECT id, body IS NOT NULL AS spoke FROM tenant.message WHERE id = ANY(%(ids)s) FOR UPDATE)
    UPDATE tenant.message AS m SET body = NULL, redacted_at = %(now)s, redacted_by = %(who)s, updated_at = %(now)s
    FROM blank WHERE m.id = blank.id AND m.redacted_at IS NULL AND m.status NOT IN ('queued')
    RETURNING m.id, blank.spoke
"""
_STATUS: Final = "SELECT status FROM tenant.message WHERE id = %s"
_DELETE: Final = """
    DELETE FROM tenant.message WHERE id = %s AND status <> 'queued' RETURNING body IS NOT NULL AS spoke, subject_id
"""

_STANDING: Final = "SELECT redacted_at IS NOT NULL AS redacted FROM tenant.message WHERE id = %s FOR UPDATE"
_BRINGING: Final = "SELECT pg_advisory_xact_lock_shared(hashtextextended('tenant.message' || %s::text, 0))"
_AWAITING: Final = "SELECT pg_advisory_xact_lock(hashtextextended('tenant.message' || %s::text, 0))"


async def begin_bringing(tx: TenantTransaction, project: UUID) -> None:
    """Return when the transaction may write a message of the project; what it is dated has to be read after this.

    Then whoever waits with `await_brought` finds every message that is dated before, also those still to be committed.
    """
    await tx.execute(_BRINGING, (project,))


async def await_brought(tx: TenantTransaction, project: UUID) -> None:
    """Return when every message of the project that was begun to be written is there, or never will be.

    Others wait until the transaction ends, so it should end at once.
    """
    await tx.execute(_AWAITING, (project,))


async def takes_media(tx: TenantTransaction, message: UUID) -> bool:
    """Return whether media may be given to a message, which is held then: one that was redacted or deleted has none."""
    found = await tx.fetch_one(_STANDING, (message,), into=_Standing)
    return found is not None and not found.redacted


class _Standing(msgspec.Struct, frozen=True):
    redacted: bool


class MessageFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which messages: numbers as keyed hashes, a status, and the time of sending from `sent_from` to `sent_until`."""

    from_index: bytes | None = None
    to_index: bytes | None = None
    status: str | None = None
    sent_from: datetime | None = None
    sent_until: datetime | None = None

    def values(self, project: UUID) -> dict[str, object]:
        """Return the values that statements with `MATCHES` bind."""
        return {
            "project": project,
            "from": self.from_index,
            "to": self.to_index,
            "status": self.status,
            "sent_from": self.sent_from,
            "sent_until": self.sent_until,
        }


class MessageRow(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it stands in its table; `media` counts the attachments that it still has."""

    id: UUID
    project_id: UUID
    direction: str
    status: str
    error_code: int | None
    parties: bytes
    body: bytes | None
    masked: int
    segments: int
    media: int
    created_at: datetime
    sent_at: datetime | None
    updated_at: datetime
    redacted_at: datetime | None
    redacted_by: str | None


class Message(msgspec.Struct, frozen=True):
    """A message as it may be shown: its facts, its numbers, and its text, redacted unless the original is permitted."""

    row: MessageRow
    parties: Parties
    body: str

    @property
    def id(self) -> UUID:
        """The message's id."""
        return self.row.id

    @property
    def created_at(self) -> datetime:
        """When it came into custody."""
        return self.row.created_at

    def __repr__(self) -> str:
        """Show which message, not what it says."""
        return f"Message({self.row.id})"


class Emptied(msgspec.Struct, frozen=True):
    """A message that was redacted, and whether there was a text to erase."""

    id: UUID
    spoke: bool


class _Deleted(msgspec.Struct, frozen=True):
    spoke: bool
    subject_id: UUID


class _Status(msgspec.Struct, frozen=True):
    status: str


class Messages:
    """Reads, redacts and deletes messages."""

    def __init__(
        self, keys: Keys, redactor: Redactor, attachments: Attachments, erasing: Erasing, clock: Clock
    ) -> None:
        self._keys = keys
        self._redactor = redactor
        self._attachments = attachments
        self._erasing = erasing
        self._clock = clock

    async def page(self, access: Access, asked: MessageFilter, ask: Ask, *, original: bool = False) -> Page[Message]:
        """Return a page of the project's messages, newest first; texts are redacted unless `original`."""
        backwards = ask.cursor is not None and ask.cursor.newer
        statement: LiteralString = _PAGE + (NEWER if backwards else OLDER)
        async with access.transaction() as tx:
            found = await tx.fetch_all(statement, asked.values(access.project) | ask.values, into=MessageRow)
            page = page_of(found, ask)
            access.touched(row.id for row in page.records)
        return Page(await self._opened(access.tenant, list(page.records), original=original), page.previous, page.next)

    async def read(self, access: Access, *, original: bool = False) -> Message:
        """Return the message that the access is for."""
        async with access.transaction() as tx:
            row = await self._row(tx, UUID(access.resource_id))
        return (await self._opened(access.tenant, [row], original=original))[0]

    async def read_with_traces(self, access: Access) -> tuple[Message, list[Trace]]:
        """Return the message that the access is for, its text redacted, and what there ever was at it."""
        message = UUID(access.resource_id)
        async with access.transaction() as tx:
            row, traces = await self._row(tx, message), await self._attachments.traces(tx, message)
        return (await self._opened(access.tenant, [row], original=False))[0], traces

    async def traces(self, access: Access) -> tuple[MessageRow, list[Trace]]:
        """Return the facts of the message that the access is for, and what there ever was at it; nothing is opened."""
        async with access.transaction() as tx:
            message = UUID(access.resource_id)
            return await self._row(tx, message), await self._attachments.traces(tx, message)

    async def redact(self, access: Access) -> Message:
        """Empty the message's text for good and return what is left; one that is empty already is left as it is.

        Raises Conflict while the message waits to be sent.
        """
        message = UUID(access.resource_id)
        async with access.transaction() as tx:
            await self._refuse_queued(tx, message)
            doomed = Doomed()
            emptied = await self.empty(tx, access, [message], access.caller.principal, doomed)
            access.outcome["redacted"] = len(emptied)
            await self._erasing.delete(tx, access, doomed)
            row = await self._row(tx, message)
        return (await self._opened(access.tenant, [row], original=False))[0]

    async def empty(
        self, tx: TenantTransaction, access: Access, messages: list[UUID], who: str, doomed: Doomed
    ) -> list[Emptied]:
        """Empty the texts of some messages as ordered by `who`, and return those that were not redacted before.

        What is to be destroyed is added to `doomed`, for the caller to delete.
        """
        values = {"ids": messages, "now": self._clock.now(), "who": who}
        emptied = await tx.fetch_all(REDACT, values, into=Emptied)
        await forget_words(tx, [each.id for each in emptied])
        for each in emptied:
            if each.spoke:
                doomed.add(RecordKind.MESSAGE_TEXT, each.id, Erased(BODY, each.id))
        about = [each.id for each in emptied]
        await tell(tx, access, EventKind.MESSAGE_REDACTED, about, at=self._clock.now(), status="redacted")
        return emptied

    async def delete(self, access: Access) -> None:
        """Remove the message, its text, numbers and media for good; raises Conflict while it waits to be sent."""
        message = UUID(access.resource_id)
        async with access.transaction() as tx:
            await self._refuse_queued(tx, message)
            gone = await tx.fetch_one(_DELETE, (message,), into=_Deleted)
            if gone is None:
                raise NotFound("there is no such message", advice="It may have been deleted.")
            doomed = Doomed()
            doomed.add(RecordKind.MESSAGE, message, Erased(TABLE, message), *([Erased(BODY, message)] * gone.spoke))
            await self._attachments.forget_of(tx, access, message, doomed)
            await forget_words(tx, [message])
            await forget_if_last(tx, gone.subject_id)
            await self._erasing.delete(tx, access, doomed)
            await tell(tx, access, EventKind.MESSAGE_DELETED, [message], at=self._clock.now(), status="deleted")

    async def _row(self, tx: TenantTransaction, message: UUID) -> MessageRow:
        row = await tx.fetch_one(_ONE, (message,), into=MessageRow)
        if row is None:
            raise NotFound("there is no such message", advice="It may have been deleted.")
        return row

    async def _refuse_queued(self, tx: TenantTransaction, message: UUID) -> None:
        found = await tx.fetch_one(_STATUS, (message,), into=_Status)
        if found is not None and found.status == "queued":
            raise Conflict("the message is about to be sent", advice="Ask again when it was sent.")

    async def _opened(self, tenant: UUID, rows: list[MessageRow], *, original: bool) -> list[Message]:
        """Return the messages whose keys are there; their texts are redacted together, which takes half the time."""
        numbers = await self._keys.record_keys(tenant, TABLE, [row.id for row in rows])
        bodies = await self._keys.record_keys(tenant, BODY, [row.id for row in rows if row.body is not None])
        kept = [row for row in rows if row.id in numbers]
        texts = [
            "" if row.body is None or row.id not in bodies else open_body(bodies[row.id], tenant, row.id, row.body)
            for row in kept
        ]
        if not original:
            texts = await texts_redacted_beside(self._redactor, texts)
        return [
            Message(row, open_parties(numbers[row.id], tenant, TABLE, row.id, row.parties), text)
            for row, text in zip(kept, texts, strict=True)
        ]


def body_place(tenant: UUID, row: UUID) -> Place:
    """Return the one place where the text of a message opens."""
    return Record(tenant=tenant, table=BODY, row=row).at("body", _SCHEMA_VERSION)


def open_body(key: RecordKey, tenant: UUID, row: UUID, sealed: bytes) -> str:
    """Return the text of a message; raises SealBroken."""
    with open_sealed(key.key, body_place(tenant, row), key.key_id, sealed) as opened:
        return opened.text()
