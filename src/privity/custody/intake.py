"""How a conversation comes in: recognised, sealed before its first byte reaches a disk, queued to be worked on.

The order loses nothing and leaves nothing: key, blob, then one transaction with row, job and outcome. Whatever fails
before that commit takes blob and key away again; a kill between them, or a commit whose end nobody learnt, leaves only
ciphertext, which the sweep removes when no row names it.
"""

import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final, Protocol
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.channels import Channel
from privity.custody.content import source_place, source_record
from privity.custody.sources import Source, SourceKind, limited, parse_turns, recognise
from privity.custody.undoing import undone_by
from privity.delivery.webhooks import EventKind, tell
from privity.errors import Conflict, Unavailable
from privity.gate import Access, Action
from privity.ids import Ids
from privity.keys import Keys
from privity.speech import Recognizer
from privity.store import Blobs, TenantTransaction, defer
from privity.vault import Record, Secret, StreamSealer

PROCESS: Final = "process_conversation"
_REPLAY_FOR: Final = timedelta(hours=23)
"""Until the next hourly sweep an expired key still has its row: with that hour it is gone within a day (D39)."""
_RETENTION_CLASS: Final = "conversation"

_ADD_SUBJECT: Final = "INSERT INTO tenant.subject (tenant_id, id, created_at) VALUES (%s, %s, %s)"
_ADD: Final = """
    INSERT INTO tenant.conversation (tenant_id, id, project_id, subject_id, channel, retention_class, state, brought_by,
                                     cause, source_kind, source_object, source_bytes, created_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(subject)s, %(channel)s, %(retention_class)s, 'received', %(brought_by)s,
            %(cause)s, %(kind)s, %(object)s, %(bytes)s, %(now)s)
"""
_REMEMBER: Final = """
    INSERT INTO tenant.ephemeral (tenant_id, kind, key, request, status, resource_id, created_at, expires_at)
    VALUES (%s, 'idempotency', %s, %s, 202, %s, %s, %s)
    ON CONFLICT (tenant_id, kind, key) DO UPDATE
        SET request = excluded.request, resource_id = excluded.resource_id, created_at = excluded.created_at,
            expires_at = excluded.expires_at
        WHERE ephemeral.expires_at < excluded.created_at
"""
_REMEMBERED: Final = """
    SELECT request, resource_id FROM tenant.ephemeral WHERE kind = 'idempotency' AND key = %s AND expires_at >= %s
"""

_UNSETTLED: Final = """
    SELECT id FROM tenant.conversation
    WHERE id = %s AND cause = %s AND (state = 'received' OR source_object IS NOT NULL)
"""


class Incoming(Protocol):
    """An upload: its bytes as they arrive, and its channel, which may only be known after the last of them."""

    @property
    def chunks(self) -> AsyncIterator[bytes]:
        """The bytes, once."""
        ...

    @property
    def channel(self) -> Channel:
        """The channel; asked for after `chunks` has ended."""
        ...


class Received(msgspec.Struct, frozen=True):
    """A conversation that was accepted; `replayed` when an earlier request with the same idempotency key brought it."""

    id: UUID
    replayed: bool = False


class _Unsettled(msgspec.Struct, frozen=True):
    id: UUID


class _Earlier(msgspec.Struct, frozen=True):
    request: bytes
    resource_id: UUID


class Intake:
    """Takes conversations in."""

    def __init__(
        self,
        keys: Keys,
        blobs: Blobs,
        recognizer: Recognizer,
        ids: Ids,
        clock: Clock,
        replay_key: Secret,
        *,
        upload_limit: int,
        text_limit: int,
    ) -> None:
        self._keys = keys
        self._blobs = blobs
        self._recognizer = recognizer
        self._ids = ids
        self._clock = clock
        self._replay_key = replay_key
        self._upload_limit = upload_limit
        self._text_limit = text_limit

    async def receive(self, access: Access, upload: Incoming, *, idempotency_key: str | None = None) -> Received:
        """Return the conversation that an upload became; it is queued, not yet worked on.

        Raises Unreadable or TooLarge for what cannot be taken, Unavailable for audio where no recognizer can work, and
        Conflict when the idempotency key was used for other content.
        """
        await access.demand(Action.CONVERSATION_CREATE)
        source = await recognise(upload.chunks)
        digest = _Digest(self._replay_key)
        body: AsyncIterator[bytes | memoryview]
        if source.kind is SourceKind.AUDIO:
            await self._recognizer_ready()
            body = limited(source.chunks, self._upload_limit)
        else:
            body = await self._checked_text(source)
        conversation = self._ids.new()
        record = source_record(access.tenant, conversation)
        key = await self._keys.new_record_key(record.tenant, record.table, record.row)
        stored: str | None = None

        async def take_back() -> None:
            await self._take_back(record, stored)

        async with undone_by(take_back):
            stored = await self._blobs.put(
                access.tenant, _sealed(body, StreamSealer(key.key, source_place(record)), digest)
            )
            async with access.transaction() as tx:
                request = digest.finish(upload.channel)
                received = await self._replayed(tx, access, idempotency_key, request, conversation)
                if received is None:
                    await self._add(tx, access, upload.channel, source.kind, conversation, stored, digest.size)
                    received = Received(conversation)
                    await tell(tx, access, EventKind.CONVERSATION_RECEIVED, [conversation], at=self._clock.now())
                access.made(received.id)
        if received.replayed:
            await take_back()
        return received

    async def is_settled(self, access: Access, conversation: UUID) -> bool:
        """Return whether a conversation that this access brought in is kept or refused, and its source wiped."""
        async with access.transaction(settles=False) as tx:
            return await tx.fetch_one(_UNSETTLED, (conversation, access.decision), into=_Unsettled) is None

    async def _recognizer_ready(self) -> None:
        health = await self._recognizer.health()
        if not health.ready:
            raise Unavailable(
                "audio cannot be transcribed on this installation now", advice=health.advice or health.detail
            )

    async def _checked_text(self, source: Source) -> AsyncIterator[bytes | memoryview]:
        """Return a text that was looked at, from one buffer that never moves and is wiped whatever becomes of it."""
        whole, size = bytearray(self._text_limit), 0
        try:
            async for chunk in limited(source.chunks, self._text_limit):
                whole[size : size + len(chunk)] = chunk
                size += len(chunk)
            parse_turns(source.kind, memoryview(whole)[:size])
        except BaseException:
            whole[:size] = bytes(size)
            raise
        return _once(whole, size)

    async def _replayed(
        self, tx: TenantTransaction, access: Access, key: str | None, request: bytes, fresh: UUID
    ) -> Received | None:
        """Return what the same request brought before, or None: from now on `fresh` answers it."""
        if key is None:
            return None
        now = self._clock.now()
        whose = access.tenant.bytes + access.project.bytes
        keyed = hmac.digest(self._replay_key.reveal(), b"key|" + whose + key.encode(), hashlib.sha256)
        if await tx.execute(_REMEMBER, (tx.tenant_id, keyed, request, fresh, now, now + _REPLAY_FOR)):
            return None
        earlier = await tx.fetch_one(_REMEMBERED, (keyed, now), into=_Earlier)
        if earlier is None or not hmac.compare_digest(earlier.request, request):
            raise Conflict(
                "this Idempotency-Key was used for other content", advice="Use a new key for each new conversation."
            )
        return Received(earlier.resource_id, replayed=True)

    async def _add(
        self,
        tx: TenantTransaction,
        access: Access,
        channel: Channel,
        kind: SourceKind,
        conversation: UUID,
        stored: str,
        size: int,
    ) -> None:
        subject, now = self._ids.new(), self._clock.now()
        await tx.execute(_ADD_SUBJECT, (access.tenant, subject, now))
        row = {
            "tenant": access.tenant,
            "id": conversation,
            "project": access.project,
            "subject": subject,
            "channel": channel,
            "retention_class": _RETENTION_CLASS,
            "brought_by": access.caller.principal,
            "cause": access.decision,
            "kind": kind,
            "object": stored,
            "bytes": size,
            "now": now,
        }
        await tx.execute(_ADD, row)
        await defer(tx, PROCESS, conversation=conversation, cause=access.decision)

    async def _take_back(self, record: Record, stored: str | None) -> None:
        if stored is not None:
            await self._blobs.delete(stored)
        await self._keys.shred(record.tenant, record.table, record.row)


class _Digest:
    """A keyed digest of content and its size, taken as it streams by; the key makes it useless for guessing content."""

    def __init__(self, key: Secret) -> None:
        self._hmac = hmac.new(key.reveal(), b"content|", hashlib.sha256)
        self.size = 0

    def update(self, piece: bytes | memoryview) -> None:
        self._hmac.update(piece)
        self.size += len(piece)

    def finish(self, channel: Channel) -> bytes:
        self._hmac.update(b"|" + channel.encode())
        return self._hmac.digest()


async def _sealed(
    body: AsyncIterator[bytes | memoryview], sealer: StreamSealer, digest: _Digest
) -> AsyncIterator[bytes]:
    async for piece in body:
        digest.update(piece)
        yield sealer.update(piece)
    yield sealer.finish()


async def _once(whole: bytearray, size: int) -> AsyncIterator[bytes | memoryview]:
    try:
        yield memoryview(whole)[:size]
    finally:
        whole[:size] = bytes(size)
