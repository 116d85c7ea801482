"""Records of a vendor's account coming into custody, with the dates that they have there.

As with every intake: keys and blobs first, then one transaction with the row, where it came from, and the outcome. What
fails before that commit is taken back. Numbers need not be the project's own: they were, at the vendor.
"""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from privity.clock import Clock
from privity.custody.attachments import Attachments
from privity.custody.between import encode_parties, parties_place
from privity.custody.card_data import CardData
from privity.custody.faxes import TABLE as FAX
from privity.custody.imported import Expected, Imported, ImportedRecords, Kind, Source, file_digest, message_digest
from privity.custody.live_calls import SETTLE
from privity.custody.messages import begin_bringing, takes_media
from privity.custody.numbers import NumberIndex, Parties, parse_number
from privity.custody.parties import subject_of
from privity.custody.recorder import RATE, Event, State
from privity.custody.recordings import TABLE as RECORDING
from privity.custody.recordings import place_of
from privity.custody.renditions import pcm_of
from privity.custody.undoing import undone_by
from privity.custody.writing import Writing
from privity.errors import Conflict, Unreadable
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.store import Blobs, defer
from privity.vault import StreamSealer, seal

_PIECE: Final = 1 << 18
_PAPER: Final = frozenset({"application/pdf", "image/tiff"})
_ADD_MESSAGE: Final = """
    INSERT INTO tenant.message (tenant_id, id, project_id, subject_id, direction, status, from_index, to_index, parties,
                                body, masked, segments, brought_by, cause, created_at, sent_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(subject)s, %(direction)s, %(status)s, %(from)s, %(to)s, %(parties)s,
            %(body)s, %(masked)s, %(segments)s, %(by)s, %(cause)s, %(made)s, %(sent)s, %(now)s)
"""
_ADD_FAX: Final = """
    INSERT INTO tenant.fax (tenant_id, id, project_id, subject_id, direction, status, quality, from_index, to_index,
                            parties, pages, brought_by, cause, created_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(subject)s, %(direction)s, %(status)s, 'fine', %(from)s, %(to)s,
            %(parties)s, %(pages)s, %(by)s, %(cause)s, %(made)s, %(now)s)
"""
_ADD_RECORDING: Final = """
    INSERT INTO tenant.recording (tenant_id, id, project_id, call_id, state, timeline, channels, duration_ms, blob,
                                  started_by, cause, created_at, stopped_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(call)s, 'stopped', %(timeline)s, %(channels)s, %(duration)s, %(blob)s,
            %(by)s, %(cause)s, %(made)s, %(made)s, %(now)s)
"""


class PastMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message of the vendor's; `status` is one of ours."""

    sid: str
    sender: str
    recipient: str
    body: str
    inbound: bool
    status: str
    made_at: datetime
    sent_at: datetime | None

    def __repr__(self) -> str:
        """Show which message, not what it says."""
        return f"PastMessage({self.sid})"


class PastFax(msgspec.Struct, frozen=True, kw_only=True):
    """A fax of the vendor's and its pages; `status` is one of ours."""

    sid: str
    media_sid: str
    sender: str
    recipient: str
    inbound: bool
    status: str
    made_at: datetime
    paper: bytes

    def __repr__(self) -> str:
        """Show which fax, not what is on it."""
        return f"PastFax({self.sid})"


class PastRecording(msgspec.Struct, frozen=True, kw_only=True):
    """A recording of the vendor's as a WAV file of one or two channels."""

    sid: str
    call_sid: str
    channels: int
    made_at: datetime
    file: bytes

    def __repr__(self) -> str:
        """Show which recording, not what is heard."""
        return f"PastRecording({self.sid})"


class BringingIn:
    """Takes records of a vendor's account in, and says what has to be found sealed then."""

    def __init__(
        self,
        keys: Keys,
        blobs: Blobs,
        writing: Writing,
        attachments: Attachments,
        card_data: CardData,
        index: NumberIndex,
        imported: ImportedRecords,
        ids: Ids,
        clock: Clock,
    ) -> None:
        self._keys = keys
        self._blobs = blobs
        self._writing = writing
        self._attachments = attachments
        self._card_data = card_data
        self._index = index
        self._imported = imported
        self._ids = ids
        self._clock = clock

    def digest_of_message(self, past: PastMessage) -> bytes:
        """Return what a message has to be like once it is sealed: without its card data."""
        return message_digest(_parties(past), self._card_data.mask(past.body, "the text").text)

    async def digest_of_file(self, content: bytes) -> bytes:
        """Return what a file has to be like once it is sealed: a text without its card data."""
        return file_digest((await self._attachments.as_kept(content))[1])

    def digest_of_recording(self, past: PastRecording) -> bytes:
        """Return what the audio of a recording has to be like once it is sealed."""
        return file_digest(pcm_of(past.file, _channels(past)))

    async def message(self, access: Access, source: Source, past: PastMessage) -> Expected:
        """Take a message in, without its media; raises BadInput for what cannot be kept."""
        parties, body = _parties(past), self._card_data.mask(past.body, "the text")
        tenant, message = access.tenant, self._ids.new()
        async with undone_by(lambda: self._writing.take_back(tenant, message, [])):
            row = await self._writing.sealed_row(tenant, message, parties, body)
            async with access.transaction() as tx:
                await begin_bringing(tx, access.project)
                noted = await self._imported.note(tx, access, source, Kind.MESSAGE, past.sid, None, message)
                other = row["from"] if past.inbound else row["to"]
                assert isinstance(other, bytes)
                row |= self._signed(access) | {
                    "subject": await subject_of(tx, access.project, other, self._ids, self._clock.now()),
                    "direction": "inbound" if past.inbound else "outbound-api",
                    "status": past.status,
                    "made": past.made_at,
                    "sent": past.sent_at,
                }
                await tx.execute(_ADD_MESSAGE, row)
                await self._writing.index_words(tx, row)
                access.made(message)
        return Expected(noted, message_digest(parties, body.text))

    async def media(self, access: Access, source: Source, sid: str, parent: Imported, content: bytes) -> Expected:
        """Take one of the media of a message in that is here already.

        Raises Unreadable for what cannot be kept, and Conflict when the message was redacted or deleted here: whoever
        did that was promised that nothing of it is left.
        """
        digest = await self.digest_of_file(content)
        sealed = await self._attachments.seal(access.tenant, content)
        async with (
            undone_by(lambda: self._attachments.take_back(access.tenant, [sealed])),
            access.transaction() as tx,
        ):
            if not await takes_media(tx, parent.record_id):
                raise Conflict("its message was redacted or deleted here", advice="Delete it at the vendor.")
            noted = await self._imported.note(tx, access, source, Kind.MEDIA, sid, parent.sid, sealed.id)
            await self._attachments.add(tx, access, parent.record_id, "message", [sealed])
            access.made(sealed.id)
        return Expected(noted, digest)

    async def fax(self, access: Access, source: Source, past: PastFax) -> Expected:
        """Take a fax in with its pages; raises Unreadable when they are neither PDF nor TIFF."""
        parties = _parties(past)
        tenant, fax = access.tenant, self._ids.new()
        sealed = await self._attachments.seal(tenant, past.paper)

        async def take_back() -> None:
            await self._attachments.take_back(tenant, [sealed])
            await self._keys.shred(tenant, FAX, fax)

        async with undone_by(take_back):
            if sealed.document.content_type not in _PAPER:
                raise Unreadable("a fax is neither PDF nor TIFF")
            key = await self._keys.new_record_key(tenant, FAX, fax)
            ends = {"from": parties.from_number, "to": parties.to_number}
            hashes = {end: self._index.of(tenant, number) for end, number in ends.items()}
            async with access.transaction() as tx:
                noted = await self._imported.note(tx, access, source, Kind.FAX, past.media_sid, past.sid, fax)
                other = hashes["from" if past.inbound else "to"]
                row = self._signed(access) | {
                    "tenant": tenant,
                    "id": fax,
                    "subject": await subject_of(tx, access.project, other, self._ids, self._clock.now()),
                    "direction": "inbound" if past.inbound else "outbound",
                    "status": past.status,
                    "parties": seal(key.key, parties_place(tenant, FAX, fax), key.key_id, encode_parties(parties)),
                    "pages": sealed.document.pages,
                    "made": past.made_at,
                }
                await tx.execute(_ADD_FAX, row | hashes)
                await self._attachments.add(tx, access, fax, "fax", [sealed])
                access.made(fax)
        return Expected(noted, await self.digest_of_file(past.paper))

    async def recording(self, access: Access, source: Source, past: PastRecording) -> Expected:
        """Take a recording in, to be listened to by the worker; it is unheard until then.

        Its call does not come with it: recordings of one call share an id of a call that is not here.
        """
        tenant, channels, by = access.tenant, _channels(past), access.caller.principal
        audio = pcm_of(past.file, channels)
        duration = len(audio) * 1000 // (RATE * 2 * channels)
        async with self._sealed_audio(tenant, audio) as (recording, blob):
            async with access.transaction() as tx:
                noted = await self._imported.note(
                    tx, access, source, Kind.RECORDING, past.sid, past.call_sid, recording
                )
                end = Event(state=State.STOPPED, call_ms=duration, file_ms=duration, by=by, how="brought in")
                row = self._signed(access) | {
                    "tenant": tenant,
                    "id": recording,
                    "call": uuid.uuid5(tenant, f"{source.vendor}|{source.account}|{past.call_sid}"),
                    "timeline": Jsonb(msgspec.to_builtins([end])),
                    "channels": channels,
                    "duration": duration,
                    "blob": blob,
                    "made": past.made_at,
                }
                await tx.execute(_ADD_RECORDING, row)
                await defer(tx, SETTLE, recording=recording, cause=access.decision)
                access.made(recording)
        return Expected(noted, file_digest(audio))

    @asynccontextmanager
    async def _sealed_audio(self, tenant: UUID, audio: bytes) -> AsyncIterator[tuple[UUID, str]]:
        """Give a recording's id and its sealed blob; key and blob go again when the block surely came to nothing."""
        recording, blob = self._ids.new(), None
        key = await self._keys.new_record_key(tenant, RECORDING, recording)

        async def take_back() -> None:
            if blob is not None:
                await self._blobs.delete(blob)
            await self._keys.shred(tenant, RECORDING, recording)

        async with undone_by(take_back):
            blob = await self._blobs.put(tenant, _sealed(audio, StreamSealer(key.key, place_of(tenant, recording))))
            yield recording, blob

    def _signed(self, access: Access) -> dict[str, object]:
        return {
            "project": access.project,
            "by": access.caller.principal,
            "cause": access.decision,
            "now": self._clock.now(),
        }


def _parties(past: PastMessage | PastFax) -> Parties:
    return Parties(parse_number(past.sender, "the sender"), parse_number(past.recipient, "the recipient"))


def _channels(past: PastRecording) -> int:
    return 2 if past.channels == 2 else 1


async def _sealed(audio: bytes, sealer: StreamSealer) -> AsyncIterator[bytes]:
    for start in range(0, len(audio), _PIECE):
        yield sealer.update(audio[start : start + _PIECE])
    yield sealer.finish()
