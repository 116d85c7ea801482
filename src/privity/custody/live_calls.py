"""Calls that are going on in this process, and the recording of them, sealed as it is made.

A recording that is going on is known to one process only: the audio goes through its memory, is sealed there and
written as a blob that gets its name when the recording stops. If the process dies, what it recorded is gone.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from privity.clock import Clock
from privity.custody.recorder import RATE, Pausing, Recorder, State
from privity.custody.recordings import Recording, place_of, record_of, recording_of
from privity.custody.renditions import pcm_of
from privity.delivery.webhooks import EventKind, tell
from privity.errors import Conflict, NotFound, Refused
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.store import Blobs, TenantTransaction, defer
from privity.vault import StreamSealer

SETTLE: Final = "settle_recording"
_CHANNELS: Final = 2
_FRAME: Final = RATE // 50 * 2 * _CHANNELS  # 20 ms
_PERMITTED: Final = "SELECT project_id AS id FROM tenant.recording_permission WHERE project_id = %s"
_CALL: Final = "SELECT status FROM tenant.call WHERE id = %s FOR UPDATE"
_ADD: Final = """
    INSERT INTO tenant.recording (tenant_id, id, project_id, call_id, state, timeline, channels, started_by, cause,
                                  created_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(call)s, %(state)s, %(timeline)s, %(channels)s, %(by)s, %(cause)s,
            %(now)s, %(now)s)
"""
_CHANGE: Final = """
    UPDATE tenant.recording SET state = %(state)s, timeline = %(timeline)s, updated_at = %(now)s WHERE id = %(id)s
"""
_STOP: Final = """
    UPDATE tenant.recording
    SET state = 'stopped', timeline = %(timeline)s, duration_ms = %(duration)s, blob = %(blob)s, stopped_at = %(now)s,
        updated_at = %(now)s
    WHERE id = %(id)s AND state NOT IN ('stopped', 'absent')
"""


class _Status(msgspec.Struct, frozen=True):
    status: str


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class _Taking:
    """A recording that is going on: the machine, and the task that writes what comes out of it, sealed."""

    def __init__(self, recording: UUID, call: UUID, recorder: Recorder, sealer: StreamSealer) -> None:
        self.recording = recording
        self.call = call
        self.recorder = recorder
        self.turn = asyncio.Lock()
        self._sealer = sealer
        self._pieces: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.writing: asyncio.Task[str] | None = None

    def put(self, audio: bytes) -> None:
        if audio:
            self._pieces.put_nowait(self._sealer.update(audio))

    def finish(self) -> None:
        self._pieces.put_nowait(self._sealer.finish())
        self._pieces.put_nowait(None)

    async def pieces(self) -> AsyncIterator[bytes]:
        while (piece := await self._pieces.get()) is not None:
            yield piece


class LiveCalls:
    """Plays audio into calls and records them."""

    def __init__(self, keys: Keys, blobs: Blobs, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._blobs = blobs
        self._ids = ids
        self._clock = clock
        self._position_ms: dict[UUID, int] = {}
        self._takings: dict[UUID, _Taking] = {}

    async def play(self, access: Access, file: bytes) -> int:
        """Play a WAV file into the call that the access is for, and return the millisecond that the call is at then."""
        call = UUID(access.resource_id)
        audio = pcm_of(file, _CHANNELS)
        async with access.transaction() as tx:
            await self._refuse_ended(tx, call)
        taking = self._takings.get(call)
        for start in range(0, len(audio), _FRAME):
            frame = audio[start : start + _FRAME]
            self._position_ms[call] = self._position_ms.get(call, 0) + len(frame) * 1000 // (RATE * 2 * _CHANNELS)
            if taking is not None:
                taking.put(taking.recorder.feed(frame))
        return self._position_ms.get(call, 0)

    async def start(self, access: Access) -> Recording:
        """Begin to record the call: announce it, take staying on the line for consent, and record from there on.

        Raises Refused unless a person has permitted recordings in the project, Conflict when one is going on.
        """
        call, tenant, recording = UUID(access.resource_id), access.tenant, self._ids.new()
        who = access.caller.principal
        recorder = Recorder(_CHANNELS, at_ms=self._position_ms.get(call, 0), by=who)
        record = record_of(tenant, recording)
        async with access.transaction(settles=False) as tx:
            if await tx.fetch_one(_PERMITTED, (access.project,), into=_Id) is None:
                raise Refused(
                    "calls of this project are not recorded: nobody has permitted it",
                    advice="An operator permits it: `privity recording enable --tenant T`.",
                    decision_id=str(access.decision),
                )
        key = await self._keys.new_record_key(record.tenant, record.table, record.row)
        taking = _Taking(recording, call, recorder, StreamSealer(key.key, place_of(tenant, recording)))
        recorder.consent("party:on-the-line", "stayed on the line after announcement 1")
        row = {
            "tenant": tenant,
            "id": recording,
            "project": access.project,
            "call": call,
            "channels": _CHANNELS,
            "by": who,
            "cause": access.decision,
        }
        try:
            async with access.transaction() as tx:
                await self._refuse_ended(tx, call)
                if call in self._takings:
                    raise Conflict("this call is being recorded", advice="Pause or stop that recording.")  # noqa: TRY301 - what was made before is taken back
                await tx.execute(_ADD, row | self._told(recorder))
                access.made(recording)
                made = await recording_of(tx, recording)
            self._takings[call] = taking
        except BaseException:
            await self._keys.shred(record.tenant, record.table, record.row)
            raise
        taking.writing = asyncio.create_task(self._blobs.put(tenant, taking.pieces()))
        return made

    async def control(self, access: Access, wanted: State, pausing: Pausing) -> Recording:
        """Pause, resume or stop the recording that the access is for, or the one of the call that it is for."""
        thing = UUID(access.resource_id)
        taking = next((each for each in self._takings.values() if thing in {each.recording, each.call}), None)
        if taking is None:
            return await self._not_here(access, thing)
        async with taking.turn:
            return await self._controlled(access, taking, wanted, pausing)

    async def _controlled(self, access: Access, taking: _Taking, wanted: State, pausing: Pausing) -> Recording:
        recorder, who = taking.recorder, access.caller.principal
        if wanted is State.STOPPED:
            return await self._stopped(access, taking)
        if wanted is State.PAUSED:
            taking.put(recorder.pause(who, pausing))
        else:
            recorder.resume(who)
        async with access.transaction() as tx:
            await tx.execute(_CHANGE, {"id": taking.recording} | self._told(recorder))
            access.outcome["state"] = str(recorder.state)
            return await recording_of(tx, taking.recording)

    async def _stopped(self, access: Access, taking: _Taking) -> Recording:
        taking.put(taking.recorder.stop(access.caller.principal))
        taking.finish()
        assert taking.writing is not None
        blob = await taking.writing
        self._takings.pop(taking.call, None)
        told = self._told(taking.recorder)
        values = {"id": taking.recording, "blob": blob, "duration": taking.recorder.file_ms, **told}
        async with access.transaction() as tx:
            await tx.execute(_STOP, values)
            await tell(
                tx, access, EventKind.RECORDING_STOPPED, [taking.recording], at=self._clock.now(), status="stopped"
            )
            await defer(tx, SETTLE, recording=taking.recording, cause=access.decision)
            access.outcome["state"] = str(State.STOPPED)
            return await recording_of(tx, taking.recording)

    async def hang_up(self, access: Access) -> None:
        """Stop what is recorded of the call that the access is for, because it ends; another act settles that."""
        call = UUID(access.resource_id)
        taking = self._takings.get(call)
        if taking is not None:
            async with taking.turn:
                taking.put(taking.recorder.stop(access.caller.principal))
                taking.finish()
                assert taking.writing is not None
                blob = await taking.writing
                self._takings.pop(call, None)
                values = {"id": taking.recording, "blob": blob, "duration": taking.recorder.file_ms}
                async with access.transaction(settles=False) as tx:
                    await tx.execute(_STOP, values | self._told(taking.recorder))
                    about = [taking.recording]
                    await tell(tx, access, EventKind.RECORDING_STOPPED, about, at=self._clock.now(), status="stopped")
                    await defer(tx, SETTLE, recording=taking.recording, cause=access.decision)
        self._position_ms.pop(call, None)

    async def _not_here(self, access: Access, thing: UUID) -> Recording:
        """Refuse to change a recording that is not going on in this process."""
        async with access.transaction(settles=False) as tx:
            row = await recording_of(tx, thing)
        if row.state in {State.STOPPED, State.ABSENT}:
            raise Conflict("the recording has been stopped", advice="A stopped recording never resumes.")
        raise Conflict("the call is carried by another process", advice="Send the request to the server that has it.")

    async def _refuse_ended(self, tx: TenantTransaction, call: UUID) -> None:
        found = await tx.fetch_one(_CALL, (call,), into=_Status)
        if found is None:
            raise NotFound("there is no such call")
        if found.status != "in-progress":
            raise Conflict("the call is not going on", advice="Only a live call can be played to and recorded.")

    def _told(self, recorder: Recorder) -> dict[str, object]:
        timeline = Jsonb(msgspec.to_builtins(recorder.timeline))
        return {"state": str(recorder.state), "timeline": timeline, "now": self._clock.now()}
