"""Calls that are going on in this process, and the recording of them, sealed as it is made.

A recording that is going on is known to one process only: the audio goes through its memory, is sealed there and
written as a blob that gets its name when the recording stops. If the process dies, what it recorded is gone.

What the law asks before anything is kept is decided from what has happened on the call (`call_consent`): a recording
that was asked for waits until everybody who has to has agreed, is suspended when somebody joins who has not, and is
wiped when somebody refuses.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.call_consent import CallConsent, CallEvent, Happened
from privity.custody.call_events import CallEvents
from privity.custody.erasing import Erasing
from privity.custody.recorder import RATE, Pausing, Recorder, State
from privity.custody.recordings import Recording, place_of, record_of, recording_of, wipe_recordings
from privity.custody.renditions import pcm_of
from privity.custody.taking import Taking, told_of
from privity.custody.undoing import undone_by
from privity.delivery.webhooks import EventKind, tell
from privity.errors import Conflict, Refused
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.store import Blobs, TenantTransaction, defer
from privity.vault import StreamSealer

SETTLE: Final = "settle_recording"
CHANNELS: Final = 2
_BYTES_PER_MS: Final = RATE * 2 * CHANNELS // 1000
_FRAME: Final = 20 * _BYTES_PER_MS
_PERMITTED: Final = "SELECT staying_counts FROM tenant.recording_permission WHERE project_id = %s"
_ADD: Final = """
    INSERT INTO tenant.recording (tenant_id, id, project_id, call_id, state, timeline, law, channels, started_by, cause,
                                  created_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(call)s, %(state)s, %(timeline)s, %(law)s, %(channels)s, %(by)s,
            %(cause)s, %(now)s, %(now)s)
"""
_CHANGE: Final = """
    UPDATE tenant.recording
    SET state = %(state)s, timeline = %(timeline)s, law = %(law)s, updated_at = %(now)s WHERE id = %(id)s
"""
_STOP: Final = """
    UPDATE tenant.recording
    SET state = 'stopped', timeline = %(timeline)s, duration_ms = %(duration)s, blob = %(blob)s, stopped_at = %(now)s,
        updated_at = %(now)s
    WHERE id = %(id)s AND state NOT IN ('stopped', 'absent')
"""


class _Permission(msgspec.Struct, frozen=True):
    staying_counts: bool


class LiveCalls:
    """Plays audio into calls and records them."""

    def __init__(self, keys: Keys, blobs: Blobs, events: CallEvents, erasing: Erasing, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._blobs = blobs
        self._events = events
        self._erasing = erasing
        self._ids = ids
        self._clock = clock
        self._position_ms: dict[UUID, int] = {}
        self._takings: dict[UUID, Taking] = {}
        self._announced: dict[UUID, bytearray] = {}
        self._steps: dict[UUID, set[str]] = {}

    def position(self, call: UUID) -> int:
        """Return the millisecond that the call is at."""
        return self._position_ms.get(call, 0)

    def waits(self, call: UUID) -> bool:
        """Return whether a recording of the call was asked for and waits for consent."""
        taking = self._takings.get(call)
        return taking is not None and taking.recorder.state is State.ANNOUNCED

    async def play(self, access: Access, file: bytes) -> int:
        """Play a WAV file into the call that the access is for, and return the millisecond that the call is at then.

        Who has stayed on the line for long enough, where that counts, has agreed.
        """
        call, audio = UUID(access.resource_id), pcm_of(file, CHANNELS)
        async with access.transaction(settles=not self.waits(call)) as tx:
            consent = await self._events.load(tx, access, call)
            counts = await self._permission(tx, access)
        demand = consent.demand(self._clock.now().date())
        until = consent.stay_until(demand, counts=counts is not None and counts.staying_counts)
        if until is None or not self.waits(call):
            return self.feed(call, audio)
        return await self._stay(access, call, audio, until)

    def feed(self, call: UUID, audio: bytes) -> int:
        """Let the call hear audio, keep what may be kept of it, and return the millisecond that it is at then."""
        taking = self._takings.get(call)
        for start in range(0, len(audio), _FRAME):
            frame = audio[start : start + _FRAME]
            self._position_ms[call] = self.position(call) + len(frame) // _BYTES_PER_MS
            if taking is not None:
                taking.put(taking.recorder.feed(frame))
        return self.position(call)

    def remember_announcement(self, call: UUID, audio: bytes) -> None:
        """Keep the announcement in memory while the call goes on: in some places it has to be in the recording."""
        self._forget_announcement(call)
        self._announced[call] = bytearray(audio)

    async def _stay(self, access: Access, call: UUID, audio: bytes, until: int) -> int:
        """Play audio during which whoever stays on the line agrees by that."""
        first = max(0, until - self.position(call)) * _BYTES_PER_MS
        self.feed(call, audio[:first])
        async with self.closed_on_failure(access, call), access.transaction() as tx:
            consent = await self._events.load(tx, access, call)
            if self.position(call) >= until:
                for party in consent.lacking(consent.demand(self._clock.now().date())):
                    stayed = CallEvent(
                        happened=Happened.STAYED, party=party, call_ms=until, by=access.caller.principal, detail=""
                    )
                    await self._events.add(tx, access, call, consent, stayed)
            await self.follow(tx, access, call, consent)
        return self.feed(call, audio[first:])

    async def start(self, access: Access) -> Recording:
        """Begin to record the call, or let the recording wait until everybody has agreed who has to.

        Raises Refused unless a person has permitted recordings in the project, where the law asks for an announcement
        that was not made, and where somebody has refused; Conflict when one is going on.
        """
        call, tenant, recording = UUID(access.resource_id), access.tenant, self._ids.new()
        who, record = access.caller.principal, record_of(tenant, recording)
        async with access.transaction(settles=False) as tx:
            await self._lawful(tx, access, call)
        key = await self._keys.new_record_key(record.tenant, record.table, record.row)
        row = {
            "tenant": tenant,
            "id": recording,
            "project": access.project,
            "call": call,
            "channels": CHANNELS,
            "by": who,
            "cause": access.decision,
        }
        async with undone_by(lambda: self._keys.shred(record.tenant, record.table, record.row)):
            async with access.transaction() as tx:
                consent = await self._lawful(tx, access, call)
                if call in self._takings:
                    raise Conflict("this call is being recorded", advice="Pause or stop that recording.")
                recorder = Recorder(CHANNELS, at_ms=self.position(call), by=who, how=told_of(consent))
                for step in self._steps.get(call, ()):
                    recorder.begin_step(step, who)
                taking = Taking(recording, call, recorder, StreamSealer(key.key, place_of(tenant, recording)))
                taking.decide(access, consent, self._clock.now().date(), self._announced.get(taking.call, b""))
                await tx.execute(_ADD, row | taking.told(self._clock.now()))
                access.made(recording)
                made = await recording_of(tx, recording)
            self._takings[call] = taking
        taking.writing = asyncio.create_task(self._blobs.put(tenant, taking.pieces()))
        return made

    async def _permission(self, tx: TenantTransaction, access: Access) -> _Permission | None:
        return await tx.fetch_one(_PERMITTED, (access.project,), into=_Permission)

    async def _lawful(self, tx: TenantTransaction, access: Access, call: UUID) -> CallConsent:
        """Return what has happened on the call; raises Refused where a recording of it may not even be asked for."""
        if await self._permission(tx, access) is None:
            raise Refused(
                "calls of this project are not recorded: nobody has permitted it",
                advice="An operator permits it: `privity recording enable --tenant T`.",
                decision_id=str(access.decision),
            )
        consent = await self._events.load(tx, access, call)
        demand = consent.demand(self._clock.now().date())
        if demand.everybody and consent.announced_ms is None:
            raise Refused(
                f"everybody on this call has to be told first ({', '.join(demand.rules)})",
                advice="Announce it: POST /v1/calls/{id}/announcement.",
                decision_id=str(access.decision),
            )
        if consent.refused_by is not None:
            raise Refused(
                "somebody on this call has refused to be recorded",
                advice="Go on without recording, unless they say otherwise.",
                decision_id=str(access.decision),
            )
        return consent

    async def follow(self, tx: TenantTransaction, access: Access, call: UUID, consent: CallConsent) -> None:
        """Let the recording of a call follow what has just happened on it, in the transaction that writes that down."""
        taking = self._takings.get(call)
        if taking is None:
            return
        taking.decide(access, consent, self._clock.now().date(), self._announced.get(taking.call, b""))
        await tx.execute(_CHANGE, {"id": taking.recording} | taking.told(self._clock.now()))
        access.outcome["state"] = str(taking.recorder.state)

    async def wipe(self, tx: TenantTransaction, access: Access, call: UUID, how: str) -> int:
        """End what is recorded of a call and erase all that was, because somebody refuses; returns how many it were."""
        taking = self._takings.pop(call, None)
        if taking is not None:
            taking.recorder.refuse(access.caller.principal, how)
            await taking.abandon()
            await tx.execute(_CHANGE, {"id": taking.recording} | taking.told(self._clock.now()))
        self._forget_announcement(call)
        wiped = await wipe_recordings(tx, access, self._erasing, self._clock.now(), call=call)
        about = [each.id for each in wiped]
        await tell(tx, access, EventKind.RECORDING_STOPPED, about, at=self._clock.now(), status=str(State.ABSENT))
        return len(wiped)

    async def step(self, access: Access, name: str, *, begins: bool) -> str:
        """Note that something delicate begins or has ended on the call, which pauses its recording meanwhile.

        Returns the state of the recording, `off` when there is none.
        """
        call, who = UUID(access.resource_id), access.caller.principal
        taking = self._takings.get(call)
        async with self.closed_on_failure(access, call), access.transaction() as tx:
            await self._events.load(tx, access, call)
            steps = self._steps.setdefault(call, set())
            if begins:
                steps.add(name)
            else:
                steps.discard(name)
            if taking is None:
                return "off"
            if begins:
                taking.put(taking.recorder.begin_step(name, who))
            else:
                taking.recorder.end_step(name, who)
            await tx.execute(_CHANGE, {"id": taking.recording} | taking.told(self._clock.now()))
            access.outcome["state"] = str(taking.recorder.state)
        return str(taking.recorder.state)

    @asynccontextmanager
    async def closed_on_failure(self, access: Access, call: UUID) -> AsyncIterator[None]:
        """Keep what did not record from recording when the act fails: whoever is told so goes on unrecorded."""
        taking = self._takings.get(call)
        before = State.RECORDING if taking is None else taking.recorder.state
        try:
            yield
        except BaseException:
            if taking is not None:
                taking.put(taking.recorder.close_again(before, access.caller.principal))
            raise

    async def control(self, access: Access, wanted: State, pausing: Pausing, call: UUID | None = None) -> Recording:
        """Pause, resume or stop the recording that the access is for, or the one of the call that it is for.

        Raises NotFound when it is not of `call`.
        """
        thing = UUID(access.resource_id)
        taking = next((each for each in self._takings.values() if thing in {each.recording, each.call}), None)
        if taking is None or call not in {None, taking.call}:
            return await self._not_here(access, thing, call)
        async with taking.turn:
            return await self._controlled(access, taking, wanted, pausing)

    async def _controlled(self, access: Access, taking: Taking, wanted: State, pausing: Pausing) -> Recording:
        recorder, who = taking.recorder, access.caller.principal
        if wanted is State.STOPPED:
            return await self._stopped(access, taking)
        async with self.closed_on_failure(access, taking.call):
            if wanted is State.PAUSED:
                taking.put(recorder.pause(who, pausing))
            else:
                recorder.resume(who)
            async with access.transaction() as tx:
                await tx.execute(_CHANGE, {"id": taking.recording} | taking.told(self._clock.now()))
                access.outcome["state"] = str(recorder.state)
                return await recording_of(tx, taking.recording)

    async def _stopped(self, access: Access, taking: Taking) -> Recording:
        if self._takings.get(taking.call) is not taking:  # somebody stopped it while this waited for its turn
            return await self._not_here(access, taking.recording, None)
        await self._finish(access, taking)
        async with access.transaction() as tx:
            await self._write_stopped(tx, access, taking)
            access.outcome["state"] = str(State.STOPPED)
            made = await recording_of(tx, taking.recording)
        self._takings.pop(taking.call, None)
        return made

    async def _finish(self, access: Access, taking: Taking) -> None:
        """End a recording, once; if writing that down fails afterwards, it is stopped once more and not lost."""
        if taking.recorder.state is not State.STOPPED:
            taking.put(taking.recorder.stop(access.caller.principal))
            taking.finish()
        assert taking.writing is not None
        await taking.writing

    async def _write_stopped(self, tx: TenantTransaction, access: Access, taking: Taking) -> None:
        assert taking.writing is not None
        values = {"id": taking.recording, "blob": taking.writing.result(), "duration": taking.recorder.file_ms}
        await tx.execute(_STOP, values | taking.told(self._clock.now()))
        about, now = [taking.recording], self._clock.now()
        await tell(tx, access, EventKind.RECORDING_STOPPED, about, at=now, status="stopped")
        await defer(tx, SETTLE, recording=taking.recording, cause=access.decision)

    async def hang_up(self, access: Access) -> None:
        """Stop what is recorded of the call that the access is for, because it ends; another act settles that."""
        call = UUID(access.resource_id)
        taking = self._takings.get(call)
        if taking is not None:
            async with taking.turn:
                if self._takings.get(call) is taking:
                    await self._finish(access, taking)
                    async with access.transaction(settles=False) as tx:
                        await self._write_stopped(tx, access, taking)
                    self._takings.pop(call, None)
        self._position_ms.pop(call, None)
        self._steps.pop(call, None)
        self._forget_announcement(call)

    async def _not_here(self, access: Access, thing: UUID, call: UUID | None) -> Recording:
        """Refuse to change a recording that is not going on in this process."""
        async with access.transaction(settles=False) as tx:
            row = await recording_of(tx, thing, call)
        if row.state in {State.STOPPED, State.ABSENT}:
            raise Conflict("the recording has been stopped", advice="A stopped recording never resumes.")
        raise Conflict("the call is carried by another process", advice="Send the request to the server that has it.")

    def _forget_announcement(self, call: UUID) -> None:
        held = self._announced.pop(call, bytearray())
        held[:] = bytes(len(held))
