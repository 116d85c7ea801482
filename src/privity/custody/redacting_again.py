"""Redacting again what a person marked: first the other conversations that hold the same, then the record itself.

The words are read from the record, into memory only, and the record is changed last: whoever dies on the way leaves
them where the next attempt finds them. Each conversation is sealed under a new key, committed before the row that needs
it; the same transaction that replaces the content orders the former key to be destroyed. So at no moment is there a row
without its key, and no former ciphertext is left with a key for good.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import msgspec

from privity import logs
from privity.clock import Clock
from privity.custody.content import Content
from privity.custody.erasing import Erased, Erasing
from privity.custody.marks import PlacedMark, hide_mark, hide_words, words_at
from privity.custody.sealed_content import CONTENT, current_key_row, filtered, open_content, seal_anew
from privity.custody.search import SearchIndex
from privity.errors import NotFound, SealBroken
from privity.gate import Access, Action
from privity.ids import Ids
from privity.keys import Keys
from privity.redact import Label, Redactor, missed
from privity.store import Job, TenantTransaction, hold

_MARK: Final = """
    SELECT m.conversation_id, m.project_id, m.turn, m.span_start, m.span_end, m.label, m.shape, c.content, c.key_rows
    FROM tenant.missed AS m JOIN tenant.conversation AS c ON c.id = m.conversation_id AND c.state = 'kept'
    WHERE m.id = %s AND m.state = 'pending'
"""
_OTHERS: Final = """
    SELECT id, content, key_rows FROM tenant.conversation
    WHERE project_id = %(project)s AND state = 'kept' AND id <> %(but)s AND id > %(after)s ORDER BY id LIMIT 100
"""
_LOCKED: Final = "SELECT id, content, key_rows FROM tenant.conversation WHERE id = %s AND state = 'kept' FOR UPDATE"
_LOCK: Final = "SELECT id FROM tenant.conversation WHERE id = %s FOR UPDATE"
_REPLACE: Final = """
    UPDATE tenant.conversation SET content = %(content)s, findings = %(findings)s, key_rows = key_rows || %(key_row)s
    WHERE id = %(id)s
"""
_NOTE_OTHER: Final = "UPDATE tenant.missed SET others = others || %s WHERE id = %s"
_DONE: Final = """
    UPDATE tenant.missed SET state = 'done', done_at = %s WHERE id = %s AND state = 'pending' RETURNING others
"""
_log: Final = logs.get("custody")

Hide = Callable[[Content], Content | None]


class _Sealed(msgspec.Struct, frozen=True):
    id: UUID
    content: bytes
    key_rows: list[UUID]


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class _Marked(msgspec.Struct, frozen=True):
    conversation_id: UUID
    project_id: UUID
    turn: int
    span_start: int
    span_end: int
    label: Label
    shape: str
    content: bytes
    key_rows: list[UUID]

    @property
    def mark(self) -> PlacedMark:
        return PlacedMark(turn=self.turn, start=self.span_start, end=self.span_end, label=self.label, shape=self.shape)


class _Others(msgspec.Struct, frozen=True):
    others: list[UUID]


class RedactingAgain:
    """Works on marks, one attempt of one job at a time."""

    def __init__(
        self, keys: Keys, redactor: Redactor, erasing: Erasing, search: SearchIndex, ids: Ids, clock: Clock
    ) -> None:
        self._search = search
        self._keys = keys
        self._redactor = redactor
        self._erasing = erasing
        self._ids = ids
        self._clock = clock

    async def redact(self, access: Access, job: Job) -> None:
        """Hide what the mark that the access is for points at, here and in the project's other conversations.

        May be repeated and killed at any step. Raises Unavailable while a part that is needed does not answer.
        """
        await access.demand(Action.MISSED_REDACT)
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            marked = await tx.fetch_one(_MARK, (UUID(access.resource_id),), into=_Marked)
        if marked is None:
            return
        source = await self._opened(access, _Sealed(marked.conversation_id, marked.content, marked.key_rows))
        words = words_at(await filtered(source, self._redactor), marked.mark)
        if words is not None and missed.tells_apart(words):
            await self._hide_in_others(access, job, marked, words)
        del words, source
        await self._hide_in_source(access, job, marked)

    async def _hide_in_others(self, access: Access, job: Job, marked: _Marked, words: str) -> None:
        after = UUID(int=0)
        while page := await self._page(access, marked, after):
            after = page[-1].id
            for row in page:
                try:
                    holds = hide_words(await self._opened(access, row), words, marked.label) is not None
                except NotFound:  # deleted meanwhile
                    continue
                except SealBroken as error:
                    _log.error("record_not_opened", error, conversation_id=row.id)
                    continue
                if holds:
                    await self._replace_other(access, job, row.id, marked.label, words)

    async def _page(self, access: Access, marked: _Marked, after: UUID) -> list[_Sealed]:
        asked = {"project": marked.project_id, "but": marked.conversation_id, "after": after}
        async with access.transaction(settles=False) as tx:
            return await tx.fetch_all(_OTHERS, asked, into=_Sealed)

    async def _replace_other(self, access: Access, job: Job, conversation: UUID, label: Label, words: str) -> None:
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            if await self._replace(tx, access, conversation, lambda content: hide_words(content, words, label)):
                await tx.execute(_NOTE_OTHER, (conversation, UUID(access.resource_id)))

    async def _hide_in_source(self, access: Access, job: Job, marked: _Marked) -> None:
        async with access.transaction() as tx:
            await hold(tx, job)
            await tx.fetch_one(_LOCK, (marked.conversation_id,), into=_Id)  # in the order in which marking locks
            access.made(marked.conversation_id)  # what the outcome tells of
            done = await tx.fetch_one(_DONE, (self._clock.now(), UUID(access.resource_id)), into=_Others)
            if done is None:
                access.outcome |= {"state": "gone"}
                return
            await self._replace(tx, access, marked.conversation_id, lambda content: hide_mark(content, marked.mark))
            access.outcome |= {"missed": access.resource_id, "state": "done", "others": len(done.others)}
            access.touched(done.others)

    async def _replace(self, tx: TenantTransaction, access: Access, conversation: UUID, hide: Hide) -> bool:
        """Seal what `hide` makes of a conversation's content in its place; False when there is nothing to change.

        A new key whose transaction fails is left to the sweep: that it was not committed is not for certain here.
        """
        row = await tx.fetch_one(_LOCKED, (conversation,), into=_Sealed)
        if row is None:
            return False
        hidden = hide(await filtered(await self._opened(access, row), self._redactor))
        if hidden is None:
            return False
        key_row = self._ids.new()
        content = await seal_anew(self._keys, access.tenant, conversation, key_row, hidden)
        replaced = {"id": conversation, "content": content, "findings": len(hidden.findings), "key_row": key_row}
        await tx.execute(_REPLACE, replaced)
        await self._search.replace(tx, access.tenant, conversation, hidden)
        former = current_key_row(conversation, row.key_rows)
        await self._erasing.order(tx, access, [Erased(CONTENT, former)])
        return True

    async def _opened(self, access: Access, row: _Sealed) -> Content:
        return await open_content(self._keys, access.tenant, row.id, row.key_rows, row.content)
