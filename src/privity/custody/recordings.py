"""Recordings as records: who may have them made, what became of them, and what may be heard of them."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.call_events import forget_events
from privity.custody.erasing import Doomed, Erased, Erasing, RecordKind
from privity.custody.opening import open_part, open_whole
from privity.custody.paging import BOUNDS, NEWER, OLDER, Ask, Page, page_of
from privity.custody.recorder import Event, State
from privity.custody.renditions import FileFormat, loudness, mp3, silenced, wav, wav_header
from privity.custody.search import forget_words
from privity.custody.turnstile import Turnstile
from privity.delivery.webhooks import EventKind, tell
from privity.errors import Conflict, NotFound
from privity.gate import BROUGHT, Access, Action, ResourceKind
from privity.keys import Keys
from privity.store import Blobs, TenantTransaction
from privity.vault import BlobPlace, Record, StreamOpener, content_size

TABLE: Final = "recording"
TRANSCRIPTION: Final = "transcription"
_WIDE: Final = 8 << 20  # bytes from which a part is cut out of the whole, which is opened in one buffer
COLUMNS: Final = """
    r.id, r.project_id, r.call_id, r.state, r.timeline, r.channels, r.duration_ms, r.blob, r.silences, r.created_at,
    r.stopped_at, r.listened_at, r.updated_at, r.law
"""
_ONE: Final = f"SELECT {COLUMNS} FROM tenant.recording AS r WHERE r.id = %s"
_PAGE: Final = f"""
    SELECT {COLUMNS} FROM {BROUGHT[ResourceKind.RECORDING]} WHERE r.project_id = %(project)s
    AND (%(call)s::uuid IS NULL OR r.call_id = %(call)s)
    AND (%(made_from)s::timestamptz IS NULL OR r.created_at >= %(made_from)s)
    AND (%(made_until)s::timestamptz IS NULL OR r.created_at < %(made_until)s)
"""
_DELETE: Final = "DELETE FROM tenant.recording WHERE id = %s AND state IN ('stopped', 'absent') RETURNING blob, call_id"
_WIPE: Final = """
    UPDATE tenant.recording AS r
    SET state = 'absent', blob = NULL, silences = NULL, duration_ms = NULL, stopped_at = coalesce(stopped_at, %(now)s),
        updated_at = %(now)s
    FROM (
        SELECT id, blob FROM tenant.recording
        WHERE (call_id = %(call)s OR id = %(recording)s) AND state <> 'absent' FOR UPDATE
    ) AS o
    WHERE r.id = o.id RETURNING r.id, o.blob
"""
_DELETE_TRANSCRIPTION: Final = "DELETE FROM tenant.transcription WHERE recording_id = %s RETURNING id"
_PERMIT: Final = """
    INSERT INTO tenant.recording_permission AS p (tenant_id, project_id, granted_by, granted_at, staying_counts)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (tenant_id, project_id) DO UPDATE SET staying_counts = excluded.staying_counts,
        granted_by = excluded.granted_by, granted_at = excluded.granted_at
    WHERE p.staying_counts <> excluded.staying_counts
"""
_FORBID: Final = "DELETE FROM tenant.recording_permission WHERE project_id = %s"


class RecordingLaw(msgspec.Struct, frozen=True, kw_only=True):
    """The rules that a recording was decided by, and whether they ask everybody."""

    everybody: bool
    rules: list[str]
    version: str


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """A recording as it stands in its table; `silences` are known once it was listened to."""

    id: UUID
    project_id: UUID
    call_id: UUID
    state: State
    timeline: list[Event]
    channels: int
    duration_ms: int | None
    blob: str | None
    silences: list[tuple[int, int]] | None
    created_at: datetime
    stopped_at: datetime | None
    listened_at: datetime | None
    updated_at: datetime
    law: RecordingLaw | None


class Part(msgspec.Struct, frozen=True):
    """Bytes of a file of `size` bytes: those of `span`, or all of them where it is None."""

    content: bytes
    span: slice | None
    size: int


class _Gone(msgspec.Struct, frozen=True):
    blob: str | None
    call_id: UUID


class Wiped(msgspec.Struct, frozen=True):
    """A recording that nothing is left of but that there was one; `blob` is being erased."""

    id: UUID
    blob: str | None


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class Recordings:
    """Permits, lists, opens and deletes recordings."""

    def __init__(self, keys: Keys, blobs: Blobs, erasing: Erasing, clock: Clock) -> None:
        self._keys = keys
        self._blobs = blobs
        self._erasing = erasing
        self._clock = clock
        self._turnstile = Turnstile()

    async def permit(self, access: Access, *, allowed: bool, staying_counts: bool = False) -> bool:
        """Let calls of the project be recorded from now on, or no more, and return whether that changed anything.

        Nothing else ever switches recording on. With `staying_counts`, staying on the line after the announcement is
        taken for consent where the law takes it so; without, everybody has to say yes.
        """
        async with access.transaction() as tx:
            if allowed:
                who = access.caller.principal
                row = (access.tenant, access.project, who, self._clock.now(), staying_counts)
                changed = await tx.execute(_PERMIT, row)
            else:
                changed = await tx.execute(_FORBID, (access.project,))
            access.outcome["recording"] = "permitted" if allowed else "forbidden"
            if allowed:
                access.outcome["staying_counts"] = staying_counts
        return changed > 0

    async def page(self, access: Access, asked: Mapping[str, object], ask: Ask) -> Page[Recording]:
        """Return a page of recordings, newest first; `asked` has `call`, `made_from` and `made_until`."""
        may = access.rows(Action.RECORDING_READ)
        values = {"project": access.project, **asked, **ask.values, **may.parameters}
        order = NEWER if ask.cursor is not None and ask.cursor.newer else OLDER
        async with access.transaction() as tx:
            rows = await tx.fetch_all(f"{_PAGE} AND {may.sql} {BOUNDS} {order}", values, into=Recording)
            found = page_of(rows, ask)
            access.touched(recording.id for recording in found.records)
        return found

    async def read(self, access: Access, call: UUID | None = None, *, settles: bool = True) -> Recording:
        """Return the recording that the access is for; raises NotFound when it is not of `call`.

        Without `settles` it is left to the caller to settle the access.
        """
        async with access.transaction(settles=settles) as tx:
            return await recording_of(tx, UUID(access.resource_id), call)

    async def file(
        self, access: Access, form: FileFormat, *, original: bool, call: UUID | None = None, settles: bool = True
    ) -> bytes:
        """Return the recording as a file, with what was found in it silenced unless `original`; raises as `part`."""
        return (await self.part(access, form, lambda _: None, original=original, call=call, settles=settles)).content

    async def part(
        self,
        access: Access,
        form: FileFormat,
        span: Callable[[int], slice | None],
        *,
        original: bool,
        call: UUID | None = None,
        settles: bool = True,
    ) -> Part:
        """Return what `span` asks for of a file of the size that it is given, silenced as `file` is; None is all.

        Of a WAV file only that is opened, if it is not much; an MP3 file is made in whole, for each of its frames leans
        on those before it. Without `settles` it is left to the caller to settle the access, once it is known what is
        handed out. Raises Conflict while it goes on, and while it is not known yet what has to be silenced.
        """
        recording = await self.read(access, call, settles=settles)
        if recording.blob is None:
            raise Conflict("there is no audio to hear", advice="Stop the recording first.")
        if recording.silences is None and not original:
            raise Conflict(
                "it is not known yet what has to be silenced in this recording",
                advice="Ask again in a moment; without speech recognition it stays unheard.",
            )
        # A player asks for a part at a time, and each of an MP3 file is made of all.
        async with self._turnstile.of(access.tenant):
            silences = [] if original else recording.silences or []
            if form is FileFormat.WAV:
                size = content_size(await self._blobs.size(recording.blob))
                header = wav_header(size, recording.channels)
                asked = span(len(header) + size)
                if asked is not None and asked.stop - asked.start < _WIDE:
                    content = await self._wav_part(access.tenant, recording, recording.blob, silences, header, asked)
                    return Part(content, asked, len(header) + size)
            audio = await self.opened(access.tenant, recording)
            try:
                silenced(audio, recording.channels, silences)
                make = wav if form is FileFormat.WAV else mp3
                file = await asyncio.to_thread(make, audio, recording.channels)
            finally:
                audio[:] = bytes(len(audio))
            asked = span(len(file))
            return Part(file if asked is None else file[asked], asked, len(file))

    async def _wav_part(
        self,
        tenant: UUID,
        recording: Recording,
        blob: str,
        silences: list[tuple[int, int]],
        header: bytes,
        span: slice,
    ) -> bytes:
        start, end = (max(0, each - len(header)) for each in (span.start, span.stop))
        key = await self._keys.record_key(tenant, TABLE, recording.id)
        place = place_of(tenant, recording.id)
        with await open_part(self._blobs, blob, key.key, place, start=start, length=end - start) as audio:
            silenced(audio.reveal(), recording.channels, silences, at=start)
            return header[span] + bytes(audio.reveal())

    async def waveform(self, tenant: UUID, recording: Recording, bars: int) -> list[int]:
        """Return how loud the silenced rendition is in each of `bars` equal parts, 0 to 100; nothing if unheard."""
        if recording.blob is None or recording.silences is None:
            return []
        async with self._turnstile.of(tenant):
            audio = await self.opened(tenant, recording)
            try:
                silenced(audio, recording.channels, recording.silences)
                return await asyncio.to_thread(loudness, audio, bars)
            finally:
                audio[:] = bytes(len(audio))

    async def opened(self, tenant: UUID, recording: Recording) -> bytearray:
        """Return the audio of a recording, for the caller to overwrite when it is done with it."""
        if recording.blob is None:
            raise NotFound("there is no audio of this recording")
        key = await self._keys.record_key(tenant, TABLE, recording.id)
        opener = StreamOpener(key.key, place_of(tenant, recording.id))
        audio = bytearray()
        try:
            await open_whole(self._blobs, recording.blob, opener, audio)
        except BaseException:
            audio[:] = bytes(len(audio))
            raise
        return audio

    async def delete(self, access: Access, call: UUID | None = None) -> None:
        """Erase the recording and its transcription for good.

        Raises Conflict while it goes on, NotFound when it is not of `call`.
        """
        recording = UUID(access.resource_id)
        async with access.transaction() as tx:
            await recording_of(tx, recording, call, held=True)
            gone = await tx.fetch_one(_DELETE, (recording,), into=_Gone)
            if gone is None:
                raise Conflict("the recording is going on", advice="Stop it first.")
            doomed = Doomed()
            doomed.add(RecordKind.RECORDING, recording, Erased(TABLE, recording, gone.blob))
            await take_transcription_of(tx, recording, doomed)
            await forget_events(tx, gone.call_id)
            await self._erasing.delete(tx, access, doomed)
            await tell(tx, access, EventKind.RECORDING_DELETED, [recording], at=self._clock.now(), status="deleted")


async def recording_of(
    tx: TenantTransaction, recording: UUID, call: UUID | None = None, *, held: bool = False
) -> Recording:
    """Return a recording; raises NotFound, also when it is looked for under a call that it is not of.

    When `held`, nobody else changes it until the transaction ends.
    """
    row = await tx.fetch_one(f"{_ONE} FOR UPDATE" if held else _ONE, (recording,), into=Recording)
    if row is None or call not in {None, row.call_id}:
        raise NotFound("there is no such recording", advice="It may have been deleted.")
    return row


async def take_transcription_of(tx: TenantTransaction, recording: UUID, doomed: Doomed) -> None:
    """Take away what was written down of a recording, for the caller to delete."""
    await forget_words(tx, [recording])
    for each in await tx.fetch_all(_DELETE_TRANSCRIPTION, (recording,), into=_Id):
        doomed.add(RecordKind.TRANSCRIPTION, each.id, Erased(TRANSCRIPTION, each.id))


async def wipe_recordings(
    tx: TenantTransaction,
    access: Access,
    erasing: Erasing,
    now: datetime,
    *,
    call: UUID | None = None,
    recording: UUID | None = None,
) -> list[Wiped]:
    """Erase all that was recorded of a call, or one recording; that there was one, and how it ended, stays."""
    values = {"call": call, "recording": recording, "now": now}
    wiped = await tx.fetch_all(_WIPE, values, into=Wiped)
    doomed = Doomed()
    for each in wiped:
        doomed.add(RecordKind.RECORDING, each.id, Erased(TABLE, each.id, each.blob))
        await take_transcription_of(tx, each.id, doomed)
    await erasing.delete(tx, access, doomed)
    return wiped


def place_of(tenant: UUID, recording: UUID) -> BlobPlace:
    """Return the one place where the audio of a recording opens."""
    return BlobPlace(tenant=tenant, object=recording, version=1)


def record_of(tenant: UUID, recording: UUID) -> Record:
    """Return the record whose key seals the audio."""
    return Record(tenant=tenant, table=TABLE, row=recording)
