"""From a sealed source to a kept conversation, in the order that design and law ask for.

Open in memory → recognise → redact → clear the original → seal what is left → store → wipe the source.

The row names the source until it is wiped, so that a worker killed at any step leaves either a source to be worked on
or a source to be wiped, and the next attempt does whichever it is. A source that cannot be processed ends in a refusal
and is wiped; a part that is down leaves the sealed source for the next attempt.
"""

import traceback
from typing import Final
from uuid import UUID

import msgspec

from privity import logs
from privity.clock import Clock
from privity.custody.content import (
    Content,
    content_place,
    content_record,
    encode,
    kept_of,
    redacted_beside,
    source_place,
    source_record,
)
from privity.custody.opening import open_whole
from privity.custody.search import SearchIndex
from privity.custody.sources import SourceKind, parse_turns
from privity.custody.spoken import turn_of
from privity.delivery.webhooks import EventKind, tell
from privity.errors import NotFound, PrivityError, Unavailable, Unreadable
from privity.gate import Access, Action
from privity.keys import Keys, RecordKey
from privity.redact import Redactor, Turn
from privity.speech import Recognizer, Transcript
from privity.store import Blobs, Job, hold
from privity.vault import Record, StreamOpener, seal

_READ: Final = "SELECT state, source_kind, source_object FROM tenant.conversation WHERE id = %s"
_STILL_WAITS: Final = "SELECT state, source_kind, source_object FROM tenant.conversation WHERE id = %s FOR UPDATE"
_KEEP: Final = """
    UPDATE tenant.conversation
    SET state = 'kept', content = %(content)s, findings = %(findings)s, duration_ms = %(duration)s, settled_at = %(now)s
    WHERE id = %(id)s AND state = 'received'
"""
_REFUSE: Final = """
    UPDATE tenant.conversation SET state = 'refused', refusal = %(refusal)s, settled_at = %(now)s
    WHERE id = %(id)s AND state = 'received'
"""
_WIPED: Final = "UPDATE tenant.conversation SET source_object = NULL WHERE id = %s"

_log: Final = logs.get("custody")


class _Row(msgspec.Struct, frozen=True):
    state: str
    source_kind: SourceKind
    source_object: str | None


class _Heard(msgspec.Struct, frozen=True):
    content: Content
    duration_ms: int | None


class Processing:
    """Settles received conversations, one attempt of one job at a time."""

    def __init__(
        self,
        keys: Keys,
        blobs: Blobs,
        recognizer: Recognizer,
        redactor: Redactor,
        search: SearchIndex,
        clock: Clock,
        *,
        deadline: float,
    ) -> None:
        self._search = search
        self._keys = keys
        self._blobs = blobs
        self._recognizer = recognizer
        self._redactor = redactor
        self._clock = clock
        self._deadline = deadline

    async def process(self, access: Access, job: Job) -> None:
        """Settle the conversation that the access is for: kept or refused, its source wiped either way.

        Raises Unavailable, and leaves the sealed source, when a part that is needed does not answer; Conflict when
        another attempt has taken over.
        """
        await access.demand(Action.CONVERSATION_PROCESS)
        row = await self._row(access, job)
        if row.source_object is None:
            return
        if row.state == "received":
            refusal = None
            try:
                heard = await self._heard(access.tenant, UUID(access.resource_id), row.source_kind, row.source_object)
            except Unavailable:
                raise
            except PrivityError as error:
                _let_go(error)
                refusal = error.slug
            except Exception as error:  # noqa: BLE001 - whatever a decoder or a model raises ends in a refusal
                _let_go(error)
                _log.error("processing_failed", error, conversation_id=UUID(access.resource_id))
                refusal = "processing-error"
            if refusal is None:
                await self._keep(access, job, heard)
            else:  # out here the error is gone, and with it what its words may have quoted
                await self._refuse(access, job, refusal)
        await self._wipe_source(access, job, row.source_object)

    async def give_up(self, access: Access, job: Job) -> None:
        """Refuse the conversation after its last attempt failed, and wipe its source.

        Raises Unavailable while a part is down: nothing may be wrong with this source then, and it is kept for later.
        """
        row = await self._row(access, job)
        if row.source_object is None:
            return
        if row.state == "received":
            await self._keys.health()
            health = await self._recognizer.health()
            if row.source_kind is SourceKind.AUDIO and not health.ready:
                raise Unavailable("the recognizer is not ready", advice=health.advice)
            await self._refuse(access, job, "processing-error")
        await self._wipe_source(access, job, row.source_object)

    async def _row(self, access: Access, job: Job) -> _Row:
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            row = await tx.fetch_one(_READ, (UUID(access.resource_id),), into=_Row)
        if row is None:
            raise NotFound("there is no such conversation")
        return row

    async def _heard(self, tenant: UUID, conversation: UUID, kind: SourceKind, stored: str) -> _Heard:
        source = bytearray()
        turns: tuple[Turn, ...] = ()
        try:
            await self._open_into(source, source_record(tenant, conversation), stored)
            if kind is SourceKind.AUDIO:
                transcript = await self._recognizer.transcribe(source, deadline_s=self._deadline)
                turns, duration = _turns_of(transcript), transcript.duration_ms
                del transcript
            else:
                turns, duration = parse_turns(kind, source), None
            return _Heard(kept_of(await redacted_beside(self._redactor, turns)), duration)
        finally:
            del turns
            source[:] = bytes(len(source))

    async def _open_into(self, source: bytearray, record: Record, stored: str) -> None:
        key = await self._keys.record_key(record.tenant, record.table, record.row)
        opener = StreamOpener(key.key, source_place(record))
        await open_whole(self._blobs, stored, opener, source)

    async def _keep(self, access: Access, job: Job, heard: _Heard) -> None:
        """Seal and store what was heard, unless the conversation was deleted or refused meanwhile.

        The row is locked before the key is made, so a deletion that comes now will find that key.
        """
        record = content_record(access.tenant, UUID(access.resource_id))
        found = len(heard.content.findings)
        async with access.transaction() as tx:
            await hold(tx, job)
            row = await tx.fetch_one(_STILL_WAITS, (record.row,), into=_Row)
            if row is None or row.state != "received":
                access.outcome |= {"state": "gone"}
                return
            key = await self._content_key(record)
            with encode(heard.content) as content:
                sealed = seal(key.key, content_place(record), key.key_id, content)
            values = {
                "id": record.row,
                "content": sealed,
                "findings": found,
                "duration": heard.duration_ms,
                "now": self._clock.now(),
            }
            await tx.execute(_KEEP, values)
            await self._search.add(tx, record.tenant, record.row, heard.content)
            await tell(tx, access, EventKind.CONVERSATION_KEPT, [record.row], at=self._clock.now(), status="kept")
            access.outcome |= {"state": "kept", "findings": found}

    async def _content_key(self, record: Record) -> RecordKey:
        """Return the record's key: new, or the one that an attempt made which died before it stored anything."""
        try:
            return await self._keys.record_key(record.tenant, record.table, record.row)
        except NotFound:
            return await self._keys.new_record_key(record.tenant, record.table, record.row)

    async def _refuse(self, access: Access, job: Job, refusal: str) -> None:
        values = {"id": UUID(access.resource_id), "refusal": refusal, "now": self._clock.now()}
        async with access.transaction() as tx:
            await hold(tx, job)
            changed = await tx.execute(_REFUSE, values)
            if changed:
                about, now = [UUID(access.resource_id)], self._clock.now()
                await tell(tx, access, EventKind.CONVERSATION_REFUSED, about, at=now, status="refused", failed=True)
            access.outcome |= {"state": "refused", "refusal": refusal} if changed else {"state": "gone"}

    async def _wipe_source(self, access: Access, job: Job, stored: str) -> None:
        record = source_record(access.tenant, UUID(access.resource_id))
        await self._keys.shred(record.tenant, record.table, record.row)
        await self._blobs.delete(stored)
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            await tx.execute(_WIPED, (record.row,))


def _turns_of(transcript: Transcript) -> tuple[Turn, ...]:
    if not transcript.turns:
        raise Unreadable("no speech was heard", advice="Check that the recording holds speech.")
    return tuple(turn for segment in transcript.turns if (turn := turn_of(segment)) is not None)


def _let_go(error: BaseException) -> None:
    """Clear every local variable that the error's frames still hold: an original may be among them."""
    seen: BaseException | None = error
    while seen is not None:
        traceback.clear_frames(seen.__traceback__)
        seen = seen.__cause__ or seen.__context__
