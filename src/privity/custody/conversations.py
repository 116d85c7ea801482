"""Conversations as they are kept: one with its redacted text, or many without it."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.content import Content
from privity.custody.marks import PlacedMark, hide_mark
from privity.custody.sealed_content import filtered, open_content
from privity.custody.turnstile import Turnstile
from privity.errors import NotFound
from privity.gate import Access, Action
from privity.keys import Keys
from privity.redact import Label, Redactor

_ONE: Final = """
    SELECT id, channel, state, refusal, content, key_rows, findings, duration_ms, created_at, settled_at, m.*
    FROM tenant.conversation AS c LEFT JOIN LATERAL (
        SELECT turn, span_start, span_end, label, shape FROM tenant.missed
        WHERE conversation_id = c.id AND missed.state = 'pending'
    ) AS m ON true
    WHERE id = %(id)s AND state <> 'deleting'
"""
_PAGE: Final = """
    SELECT id, channel, state, refusal, findings, duration_ms, created_at, settled_at
    FROM tenant.conversation AS c
    WHERE project_id = %(project)s
      AND (%(channel)s::text IS NULL OR channel = %(channel)s)
      AND (%(state)s::text IS NULL OR state = %(state)s)
      AND (%(after)s::uuid IS NULL OR id < %(after)s)
"""
_NEWEST: Final = " ORDER BY id DESC LIMIT %(limit)s"


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a conversation without opening it. Times are UTC, duration is milliseconds."""

    id: UUID
    channel: str
    state: str
    refusal: str | None
    findings: int | None
    duration_ms: int | None
    created_at: datetime
    settled_at: datetime | None


class Opened(msgspec.Struct, frozen=True):
    """A conversation and, when it is kept, its content."""

    conversation: Conversation
    content: Content | None


class _Row(Conversation, frozen=True, kw_only=True):
    content: bytes | None
    key_rows: list[UUID]
    turn: int | None
    span_start: int | None
    span_end: int | None
    label: Label | None
    shape: str | None


class Conversations:
    """Reads conversations. What it returns was redacted when it was stored, and passes the redactor once more."""

    def __init__(self, keys: Keys, redactor: Redactor) -> None:
        self._keys = keys
        self._redactor = redactor
        self._turnstile = Turnstile()

    async def read(self, access: Access) -> Opened:
        """Return the conversation that the access is for; raises NotFound when it was deleted meanwhile."""
        await access.demand(Action.CONVERSATION_READ)
        conversation = UUID(access.resource_id)
        may = access.rows(Action.CONVERSATION_READ)
        async with access.transaction() as tx:
            values = {"id": conversation} | may.parameters
            row = await tx.fetch_one(f"{_ONE} AND {may.sql}", values, into=_Row)
            if row is None and await tx.fetch_one(_ONE, values, into=_Row) is not None:
                await access.refused_rows()
            if row is None:
                raise NotFound("there is no such conversation", advice="It may have been deleted.")
            content = None
            if row.content is not None:
                content = await open_content(self._keys, access.tenant, conversation, row.key_rows, row.content)
        if content is not None:  # no connection waits while a long one passes, nor does another tenant behind this one
            async with self._turnstile.of(access.tenant):
                content = _shown(await filtered(content, self._redactor), row)
        known = {name: getattr(row, name) for name in Conversation.__struct_fields__}
        return Opened(Conversation(**known), content)

    async def page(
        self, access: Access, *, channel: str | None, state: str | None, after: UUID | None, limit: int
    ) -> list[Conversation]:
        """Return up to `limit` conversations of the access's project, newest first, older than `after`.

        Only those that the caller may find: the others are neither shown nor counted.
        """
        await access.demand(Action.CONVERSATION_LIST)
        may = access.rows(Action.CONVERSATION_FIND)
        values = {"project": access.project, "channel": channel, "state": state, "after": after, "limit": limit}
        async with access.transaction() as tx:
            found = await tx.fetch_all(f"{_PAGE} AND {may.sql} {_NEWEST}", values | may.parameters, into=Conversation)
            access.touched(conversation.id for conversation in found)
        return found


def _shown(content: Content, row: _Row) -> Content:
    """Return the content with what a person has marked hidden, which a job will take out of the record itself."""
    if row.turn is None or row.span_start is None or row.span_end is None or row.label is None or row.shape is None:
        return content
    mark = PlacedMark(turn=row.turn, start=row.span_start, end=row.span_end, label=row.label, shape=row.shape)
    return hide_mark(content, mark)
