"""What was said in a recording, written down redacted; and where it has to be silenced.

Open in memory → recognise → drop what falls into a pause → redact → clear → seal what is left. If the other side turns
out to have objected to being recorded, nothing is written down and the recording is erased.
"""

import traceback
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from privity import logs
from privity.clock import Clock
from privity.custody.content import Content, decode, encode, kept_of, redacted_beside
from privity.custody.erasing import Doomed, Erased, Erasing, RecordKind
from privity.custody.paging import BOUNDS, NEWER, OLDER, Ask, Page, page_of
from privity.custody.recorder import pauses_of
from privity.custody.recordings import TRANSCRIPTION, Recordings, recording_of, wipe_recordings
from privity.custody.renditions import duration_ms, wav_file
from privity.custody.sealed_content import filtered
from privity.custody.search import Searched, SearchIndex, forget_words
from privity.custody.spoken import turn_of
from privity.custody.turnstile import Turnstile
from privity.custody.undoing import undone_by
from privity.delivery.webhooks import EventKind, tell
from privity.errors import NotFound, PrivityError, Unavailable
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.redact import Redactor, windows_to_silence
from privity.rules import objects_in
from privity.speech import SPEAKERS, Recognizer, Segment
from privity.store import Job, TenantTransaction, hold
from privity.vault import Record, open_sealed, seal

_COLUMNS: Final = "r.id, r.project_id, r.recording_id, r.status, r.content, r.duration_ms, r.created_at"
_KNOWN: Final = f"SELECT {_COLUMNS} FROM tenant.transcription AS r WHERE r.recording_id = %s"
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.transcription AS r WHERE r.id = %s"
_PAGE: Final = f"""
    SELECT {_COLUMNS} FROM tenant.transcription AS r WHERE r.project_id = %(project)s
    AND (%(recording)s::uuid IS NULL OR r.recording_id = %(recording)s) {BOUNDS}
"""
_ADD: Final = """
    INSERT INTO tenant.transcription (tenant_id, id, project_id, recording_id, status, content, duration_ms, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_LISTENED: Final = """
    UPDATE tenant.recording SET silences = %(silences)s, listened_at = %(now)s, updated_at = %(now)s WHERE id = %(id)s
"""
_DELETE: Final = "DELETE FROM tenant.transcription WHERE id = %s"
_log: Final = logs.get("custody")

Spans = list[tuple[int, int]]


class TranscriptionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A transcription as it stands in its table."""

    id: UUID
    project_id: UUID
    recording_id: UUID
    status: str
    content: bytes | None
    duration_ms: int
    created_at: datetime


class Listening:
    """Listens to recordings, and shows what was written down."""

    def __init__(
        self,
        keys: Keys,
        recordings: Recordings,
        recognizer: Recognizer,
        redactor: Redactor,
        search: SearchIndex,
        erasing: Erasing,
        ids: Ids,
        clock: Clock,
        *,
        deadline: float,
    ) -> None:
        self._keys = keys
        self._recordings = recordings
        self._recognizer = recognizer
        self._redactor = redactor
        self._search = search
        self._erasing = erasing
        self._ids = ids
        self._clock = clock
        self._deadline = deadline
        self._turnstile = Turnstile()

    async def settle(self, access: Access, job: Job | None) -> None:
        """Write down the recording that the access is for; raises Unavailable when a part does not answer.

        It is listened to once: what was written down and deleted does not come back.
        """
        recording = UUID(access.resource_id)
        async with access.transaction(settles=False) as tx:
            if job is not None:
                await hold(tx, job)
            row = await recording_of(tx, recording)
            if row.blob is None or row.listened_at is not None:
                return
        heard: tuple[Content, Spans] | None = None
        objected = False
        audio = await self._recordings.opened(access.tenant, row)
        file = wav_file(audio, row.channels)
        try:
            transcript = await self._recognizer.transcribe(file, deadline_s=self._deadline)
            objected = any(turn.speaker != SPEAKERS[0] and objects_in(turn.text) for turn in transcript.turns)
            length = duration_ms(audio, row.channels)
            heard = await self._judged(transcript.turns, pauses_of(row.timeline), length)
            del transcript
        except Unavailable:
            raise
        except PrivityError as error:
            traceback.clear_frames(error.__traceback__)
            _log.warning("recording_not_heard", error=type(error).__name__)
        finally:
            audio[:] = bytes(len(audio))
            file[:] = bytes(len(file))
        if objected:
            await self._erase(access, job, recording)
            return
        await self._write(access, job, recording, heard, row.duration_ms or 0)

    async def _erase(self, access: Access, job: Job | None, recording: UUID) -> None:
        async with access.transaction() as tx:
            if job is not None:
                await hold(tx, job)
            now = self._clock.now()
            await wipe_recordings(tx, access, self._erasing, now, recording=recording)
            await tell(tx, access, EventKind.RECORDING_DELETED, [recording], at=now, status="absent")
            access.outcome |= {"state": "absent", "objected": True}

    async def give_up(self, access: Access, job: Job) -> None:
        """Note that the recording could not be written down; its audio stays unheard but for its original."""
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            row = await recording_of(tx, UUID(access.resource_id))
        await self._write(access, job, row.id, None, row.duration_ms or 0)

    async def _judged(self, segments: Sequence[Segment], pauses: Spans, duration: int) -> tuple[Content, Spans]:
        """Return what may be kept of what was heard, and the spans to silence."""
        turns = [turn for segment in segments if (turn := turn_of(segment, pauses)) is not None]
        redacted = await redacted_beside(self._redactor, turns)
        windows = windows_to_silence(turns, redacted.spans, duration_ms=duration)
        return kept_of(redacted), [(window.start_ms, window.end_ms) for window in windows]

    async def _write(
        self, access: Access, job: Job | None, recording: UUID, heard: tuple[Content, Spans] | None, duration: int
    ) -> None:
        """Keep what was heard, unless the recording was erased while it was listened to, or somebody else was faster.

        The recording is held meanwhile: whoever erases it finds what is written here, or keeps it from being written.
        """
        tenant, transcription = access.tenant, self._ids.new()
        key = await self._keys.new_record_key(tenant, TRANSCRIPTION, transcription)
        sealed: bytearray | None = None
        words: list[bytes] = []
        if heard is not None:
            words = await self._search.tokens(tenant, [turn.text for turn in heard[0].turns])
            with encode(heard[0]) as content:
                sealed = seal(key.key, _record(tenant, transcription).at("content", 1), key.key_id, content)

        async def take_back() -> None:
            await self._keys.shred(tenant, TRANSCRIPTION, transcription)

        async with undone_by(take_back), access.transaction() as tx:
            if job is not None:
                await hold(tx, job)
            status, now = "failed" if heard is None else "completed", self._clock.now()
            held = await recording_of(tx, recording, held=True)
            kept = held.blob is not None and held.listened_at is None
            if kept:
                row = (tenant, transcription, access.project, recording, status, sealed, duration, now)
                await tx.execute(_ADD, row)
                silences = None if heard is None else Jsonb(heard[1])
                await tx.execute(_LISTENED, {"silences": silences, "now": now, "id": recording})
                await self._search.put(tx, Searched.RECORDING, recording, words)
                about, event = [transcription], EventKind.TRANSCRIPTION_SETTLED
                await tell(tx, access, event, about, at=now, status=status, failed=heard is None)
            access.outcome |= {"state": status if kept else "gone"}
        if not kept:
            await take_back()

    async def page(self, access: Access, recording: UUID | None, ask: Ask) -> Page[TranscriptionRow]:
        """Return a page of transcriptions, newest first, of one recording or of all."""
        values = {"project": access.project, "recording": recording} | ask.values
        backwards = ask.cursor is not None and ask.cursor.newer
        async with access.transaction() as tx:
            statement = _PAGE + (NEWER if backwards else OLDER)
            found = page_of(await tx.fetch_all(statement, values, into=TranscriptionRow), ask)
            access.touched(row.id for row in found.records)
        return found

    async def read(self, access: Access, recording: UUID | None = None) -> TranscriptionRow:
        """Return the transcription that the access is for; raises NotFound when it is not of `recording`."""
        async with access.transaction() as tx:
            return await self._row(tx, UUID(access.resource_id), recording)

    async def of_recording(self, access: Access) -> Content | None:
        """Return what was written down of the recording that the access is for, redacted; None when nothing was."""
        async with access.transaction(settles=False) as tx:
            row = await tx.fetch_one(_KNOWN, (UUID(access.resource_id),), into=TranscriptionRow)
        return None if row is None else await self.content(access.tenant, row)

    async def content(self, tenant: UUID, row: TranscriptionRow) -> Content | None:
        """Return what was written down, redacted, once more through the redactor; None when there is nothing."""
        if row.content is None:
            return None
        key = await self._keys.record_key(tenant, TRANSCRIPTION, row.id)
        place = _record(tenant, row.id).at("content", 1)
        kept = decode(open_sealed(key.key, place, key.key_id, row.content))
        async with self._turnstile.of(tenant):
            return await filtered(kept, self._redactor)

    async def delete(self, access: Access, recording: UUID | None = None) -> None:
        """Erase the transcription that the access is for; raises NotFound when it is not of `recording`."""
        transcription = UUID(access.resource_id)
        async with access.transaction() as tx:
            row = await self._row(tx, transcription, recording)
            if not await tx.execute(_DELETE, (transcription,)):
                raise NotFound("there is no such transcription", advice="It may have been deleted.")
            await forget_words(tx, [row.recording_id])
            doomed = Doomed()
            doomed.add(RecordKind.TRANSCRIPTION, transcription, Erased(TRANSCRIPTION, transcription))
            await self._erasing.delete(tx, access, doomed)

    async def _row(self, tx: TenantTransaction, transcription: UUID, recording: UUID | None) -> TranscriptionRow:
        row = await tx.fetch_one(_ONE, (transcription,), into=TranscriptionRow)
        if row is None or recording not in {None, row.recording_id}:
            raise NotFound("there is no such transcription", advice="It may have been deleted.")
        return row


def _record(tenant: UUID, transcription: UUID) -> Record:
    return Record(tenant=tenant, table=TRANSCRIPTION, row=transcription)
