"""Redaction of everything that a filter finds: ordered once, carried out in batches, gone on with after any crash.

Each batch is one transaction: texts are emptied, media are erased, the counts and the place where it has come to are
noted. Whoever goes on begins behind that place. What is redacted already is counted as seen and changes nothing.
Messages that were being brought in when it was ordered are waited for first: none comes to light behind that place.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments
from privity.custody.erasing import Doomed, Erasing
from privity.custody.messages import MATCHES, MessageFilter, Messages, await_brought
from privity.delivery.webhooks import EventKind, tell
from privity.errors import NotFound
from privity.gate import Access, Action
from privity.ids import Ids
from privity.store import Job, TenantTransaction, defer, hold

REDACT: Final = "redact_messages"
_BATCH: Final = 200
_COLUMNS: Final = """
    id, project_id, state, from_index, to_index, status, sent_from, sent_until, after, seen, bodies, media, ordered_by,
    created_at, done_at
"""
_ADD: Final = """
    INSERT INTO tenant.redaction (tenant_id, id, project_id, state, from_index, to_index, status, sent_from, sent_until,
                                  ordered_by, cause, created_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, 'running', %(from)s, %(to)s, %(status)s, %(sent_from)s, %(sent_until)s,
            %(by)s, %(cause)s, %(now)s)
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.redaction WHERE id = %s"
_HELD: Final = f"SELECT {_COLUMNS} FROM tenant.redaction WHERE id = %s FOR UPDATE"
_STILL: Final = f"""
    {MATCHES} AND r.status <> 'queued' AND r.created_at <= %(until)s
    AND (%(after)s::uuid IS NULL OR r.id > %(after)s)
"""
_NEXT: Final = f"SELECT r.id FROM tenant.message AS r WHERE {_STILL} ORDER BY r.id LIMIT %(limit)s"
_PAGE: Final = f"SELECT {_COLUMNS} FROM tenant.redaction WHERE project_id = %s ORDER BY id DESC LIMIT %s"
_LEFT: Final = f"SELECT count(*) AS count FROM tenant.message AS r WHERE {_STILL}"
_COUNT: Final = """
    UPDATE tenant.redaction SET after = %(after)s, seen = seen + %(seen)s, bodies = bodies + %(bodies)s,
        media = media + %(media)s
    WHERE id = %(id)s
"""
_END: Final = "UPDATE tenant.redaction SET state = 'done', done_at = %s WHERE id = %s AND state = 'running'"


class Redaction(msgspec.Struct, frozen=True, kw_only=True):
    """A bulk redaction and how far it has come: messages seen, texts emptied, media erased."""

    id: UUID
    project_id: UUID
    state: str
    from_index: bytes | None
    to_index: bytes | None
    status: str | None
    sent_from: datetime | None
    sent_until: datetime | None
    after: UUID | None
    seen: int
    bodies: int
    media: int
    ordered_by: str
    created_at: datetime
    done_at: datetime | None

    def values(self) -> dict[str, object]:
        """Return the values that find what is left to do."""
        asked = MessageFilter(
            from_index=self.from_index,
            to_index=self.to_index,
            status=self.status,
            sent_from=self.sent_from,
            sent_until=self.sent_until,
        )
        return asked.values(self.project_id) | {"until": self.created_at, "after": self.after, "limit": _BATCH}


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class _Left(msgspec.Struct, frozen=True):
    count: int


class BulkRedaction:
    """Orders bulk redactions and carries them out."""

    def __init__(self, messages: Messages, attachments: Attachments, erasing: Erasing, ids: Ids, clock: Clock) -> None:
        self._messages = messages
        self._attachments = attachments
        self._erasing = erasing
        self._ids = ids
        self._clock = clock

    async def start(self, access: Access, asked: MessageFilter) -> UUID:
        """Return the redaction that was ordered; it begins as soon as a worker is free."""
        redaction = self._ids.new()
        row = asked.values(access.project) | {
            "tenant": access.tenant,
            "id": redaction,
            "by": access.caller.principal,
            "cause": access.decision,
            "now": self._clock.now(),
        }
        async with access.transaction() as tx:
            await tx.execute(_ADD, row)
            await defer(tx, REDACT, redaction=redaction, cause=access.decision)
            access.made(redaction)
        return redaction

    async def read(self, access: Access) -> Redaction:
        """Return the redaction that the access is for, with its counts so far."""
        async with access.transaction() as tx:
            return await _found(tx, UUID(access.resource_id))

    async def progress(self, access: Access) -> tuple[Redaction, int]:
        """Return the redaction that the access is for, and how many messages it has still to look at."""
        async with access.transaction() as tx:
            found = await _found(tx, UUID(access.resource_id))
            left = None if found.state == "done" else await tx.fetch_one(_LEFT, found.values(), into=_Left)
        return found, 0 if left is None else left.count

    async def newest(self, access: Access, limit: int) -> list[Redaction]:
        """Return the project's redactions, newest first, each with its counts so far."""
        await access.demand(Action.REDACTION_LIST)
        async with access.transaction() as tx:
            found = await tx.fetch_all(_PAGE, (access.project, limit), into=Redaction)
            access.touched(redaction.id for redaction in found)
        return found

    async def is_done(self, access: Access) -> bool:
        """Return whether the redaction that the access is for has come to its end."""
        async with access.transaction(settles=False) as tx:
            return (await _found(tx, UUID(access.resource_id))).state == "done"

    async def run(self, access: Access, job: Job) -> None:
        """Redact what is left to redact, batch by batch."""
        redaction = UUID(access.resource_id)
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            await await_brought(tx, (await _found(tx, redaction)).project_id)
        while await self._batch(access, job, redaction):
            continue
        async with access.transaction() as tx:
            await hold(tx, job)
            now = self._clock.now()
            if await tx.execute(_END, (now, redaction)):
                await tell(tx, access, EventKind.REDACTION_DONE, [redaction], at=now, status="done")
            done = await _found(tx, redaction)
            access.outcome |= {"seen": done.seen, "bodies": done.bodies, "media": done.media}

    async def _batch(self, access: Access, job: Job, redaction: UUID) -> bool:
        """Redact one batch and return whether there may be another."""
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            ordered = await tx.fetch_one(_HELD, (redaction,), into=Redaction)
            if ordered is None or ordered.state != "running":
                return False
            batch = [found.id for found in await tx.fetch_all(_NEXT, ordered.values(), into=_Id)]
            if not batch:
                return False
            doomed, who = Doomed(), ordered.ordered_by
            emptied = await self._messages.empty(tx, access, batch, who, doomed)
            counted = {
                "id": redaction,
                "after": batch[-1],
                "seen": len(batch),
                "bodies": sum(each.spoke for each in emptied),
                "media": await self._attachments.delete_of(tx, batch, who, doomed),
            }
            await self._erasing.delete(tx, access, doomed, requested_by=who, redaction=redaction)
            await tx.execute(_COUNT, counted)
        return True


async def _found(tx: TenantTransaction, redaction: UUID) -> Redaction:
    row = await tx.fetch_one(_ONE, (redaction,), into=Redaction)
    if row is None:
        raise NotFound("there is no such redaction")
    return row
