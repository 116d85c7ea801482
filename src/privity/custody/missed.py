"""Marking what was missed: hidden for every reader at once, then redacted again by a job, kept on as a case.

The mark points at a place and holds no value. There is one at a time in a project, so that no other one moves the text
that it points into.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.marks import Mark
from privity.custody.sealed_content import filtered, open_content
from privity.errors import BadInput, Conflict, NotFound
from privity.gate import Access, Action
from privity.ids import Ids
from privity.keys import Keys
from privity.redact import Label, Redactor
from privity.redact import missed as words_of
from privity.store import defer

REDACT_AGAIN: Final = "redact_missed"

_KEPT: Final = """
    SELECT project_id, content, key_rows FROM tenant.conversation WHERE id = %s AND state = 'kept' FOR UPDATE
"""
_PENDING: Final = "SELECT id FROM tenant.missed WHERE project_id = %s AND state = 'pending'"
_ADD: Final = """
    INSERT INTO tenant.missed (tenant_id, id, project_id, conversation_id, turn, span_start, span_end, label, shape,
                               cues, state, marked_by, cause, marked_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(conversation)s, %(turn)s, %(start)s, %(end)s, %(label)s, %(shape)s,
            %(cues)s, 'pending', %(by)s, %(cause)s, %(now)s)
    ON CONFLICT DO NOTHING
"""
_UNFINISHED: Final = "SELECT id FROM tenant.missed WHERE id = %s AND state = 'pending'"
_CASES: Final = """
    SELECT id, conversation_id, label, shape, cues, state, cardinality(others) AS others, marked_by, marked_at, done_at
    FROM tenant.missed ORDER BY id LIMIT 10000
"""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was missed, as a test without its value: its label, its shape, the kinds of cues beside it.

    `others` counts the other conversations that held the same and do no more.
    """

    id: UUID
    conversation_id: UUID
    label: Label
    shape: str
    cues: list[str]
    state: str
    others: int
    marked_by: str
    marked_at: datetime
    done_at: datetime | None


class _Kept(msgspec.Struct, frozen=True):
    project_id: UUID
    content: bytes
    key_rows: list[UUID]


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class Missed:
    """Takes marks, and lists the cases that they became."""

    def __init__(self, keys: Keys, redactor: Redactor, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._redactor = redactor
        self._ids = ids
        self._clock = clock

    async def mark(self, access: Access, mark: Mark) -> UUID:
        """Return the id of a mark; what it points at, widened to whole words, is shown to nobody once this returns.

        Raises NotFound for a conversation that is not kept, BadInput for a place where nothing can be marked, Conflict
        while the project's last mark is being worked on.
        """
        await access.demand(Action.CONVERSATION_REDACT)
        conversation, marked = UUID(access.resource_id), self._ids.new()
        async with access.transaction() as tx:
            row = await tx.fetch_one(_KEPT, (conversation,), into=_Kept)
            if row is None:
                raise NotFound("there is no such kept conversation", advice="It may be waiting, or have been deleted.")
            if await tx.fetch_one(_PENDING, (row.project_id,), into=_Id) is not None:
                raise _busy()
            content = await open_content(self._keys, access.tenant, conversation, row.key_rows, row.content)
            turns = (await filtered(content, self._redactor)).turns
            if not 0 <= mark.turn < len(turns):
                raise BadInput("there is no such turn", advice="Turns are counted from 0.")
            text = turns[mark.turn].text
            start, end = words_of.whole_words(text, mark.start, mark.end)
            values = {
                "tenant": access.tenant,
                "id": marked,
                "project": row.project_id,
                "conversation": conversation,
                "turn": mark.turn,
                "start": start,
                "end": end,
                "label": mark.label,
                "shape": words_of.shape_of(text[start:end]),
                "cues": list(words_of.cues_beside(text, start, end)),
                "by": access.caller.principal,
                "cause": access.decision,
                "now": self._clock.now(),
            }
            if not await tx.execute(_ADD, values):
                raise _busy()
            await defer(tx, REDACT_AGAIN, missed=marked, cause=access.decision)
            access.outcome |= {"missed": str(marked), "label": str(mark.label), "state": "pending"}
        return marked

    async def is_done(self, access: Access, marked: UUID) -> bool:
        """Return whether a mark that was made under this access has been worked on."""
        async with access.transaction(settles=False) as tx:
            return await tx.fetch_one(_UNFINISHED, (marked,), into=_Id) is None

    async def cases(self, access: Access) -> list[Case]:
        """Return the tenant's cases, oldest first, at most ten thousand."""
        await access.demand(Action.MISSED_LIST)
        async with access.transaction() as tx:
            return await tx.fetch_all(_CASES, into=Case)


def _busy() -> Conflict:
    return Conflict(
        "the last mark in this project is being worked on", advice="Mark again in a moment, in the text as it is then."
    )
