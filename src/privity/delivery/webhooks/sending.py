"""Sending what is due: many receivers at once, each by itself, so that those which hang keep nobody waiting.

One job works for a tenant at a time in a process; another one that comes wakes it and ends. It claims deliveries for a
moment (a lease), calls their receivers, and notes what became of each. Whoever dies in between leaves leases that end
by themselves, and a job that another worker takes over: a receiver may then be told twice, under the same id.

A receiver has at most four calls at once, and one while its last one ran into the time limit; those that are slow
never take more than half of the room. All tenants of a process share a room as well, in which each has a place
whatever the others do. A delivery is tried seven times within eighteen hours, signed anew each time.
"""

import asyncio
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.delivery.egress import Called, Egress, Outcome
from privity.delivery.webhooks.due import Claimed, claim, order_next
from privity.delivery.webhooks.endpoints import Where
from privity.delivery.webhooks.events import payload
from privity.delivery.webhooks.outcomes import Done, note
from privity.gate import Access, Action
from privity.ids import Ids
from privity.keys import TenantSeals
from privity.store import Job, hold
from privity.vault import Plaintext
from privity.webhooks import sign

_ROOM: Final = 2000
_ROOM_OF_ALL: Final = 4000  # of the 8192 files that a process may have open: databases and browsers need some too
_LEAST: Final = 4  # calls that a tenant may have under way however many others have
_AT_A_TIME: Final = 200  # claimed in one go, so that a burst leaves others of this process their turn
_LOOK_SECONDS: Final = 0.25
_GATHER_SECONDS: Final = 0.02
_SHIFT_SECONDS: Final = 60.0  # then another job goes on, which is decided anew


class _Shift:
    """One job at work for a tenant: what is under way, and how it went so far."""

    def __init__(self, ends: float) -> None:
        self.ends = ends
        self.called = asyncio.Event()
        self.under_way: dict[asyncio.Task[Done], Claimed] = {}
        self.counts = {"delivered": 0, "failed": 0, "refused_here": 0}

    @property
    def room(self) -> int:
        return _ROOM - len(self.under_way)

    @property
    def slow_room(self) -> int:
        return _ROOM // 2 - sum(each.slow for each in self.under_way.values())


class Sending:
    """Takes to every endpoint of a tenant what it is to be told."""

    def __init__(self, seals: TenantSeals, egress: Egress, ids: Ids, clock: Clock) -> None:
        self._seals = seals
        self._egress = egress
        self._ids = ids
        self._clock = clock
        self._shifts: dict[UUID, _Shift] = {}
        self._calls: set[asyncio.Task[Done]] = set()

    async def send(self, access: Access, job: Job) -> None:
        """Send what is due in the tenant, and order the next look for when something will be."""
        await access.demand(Action.WEBHOOK_SEND)
        running = self._shifts.get(access.tenant)
        if running is not None:
            running.called.set()
            return
        shift = self._shifts[access.tenant] = _Shift(self._clock.monotonic() + _SHIFT_SECONDS)
        try:
            await self._work(access, job, shift)
        finally:
            for task in shift.under_way:
                task.cancel()
            await asyncio.gather(*shift.under_way, return_exceptions=True)
            if self._shifts.get(access.tenant) is shift:
                del self._shifts[access.tenant]
        async with access.transaction() as tx:
            await hold(tx, job)
            await order_next(tx, access, self._clock.now())
            access.outcome |= shift.counts

    async def _work(self, access: Access, job: Job, shift: _Shift) -> None:
        while True:
            if self._clock.monotonic() < shift.ends:
                await self._claim(access, job, shift)
            elif self._shifts.get(access.tenant) is shift:
                del self._shifts[access.tenant]  # whoever comes now works on its own
            if not shift.under_way:
                return
            shift.called.clear()
            await self._until_called(shift)
            done = [task for task in shift.under_way if task.done()]
            if done:
                await self._note(access, job, shift, [task.result() for task in done])
                for task in done:
                    del shift.under_way[task]

    async def _until_called(self, shift: _Shift) -> None:
        """Return when some calls have come to their end, another job has come, or it is time to look again."""
        called = asyncio.create_task(shift.called.wait())
        try:
            waited: set[asyncio.Task[Done] | asyncio.Task[bool]] = {called, *shift.under_way}
            await asyncio.wait(waited, timeout=_LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(_GATHER_SECONDS)
        finally:
            called.cancel()

    async def _claim(self, access: Access, job: Job, shift: _Shift) -> None:
        free = max(_ROOM_OF_ALL - len(self._calls), _LEAST - len(shift.under_way), 0)
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            claimed = await claim(
                tx, now=self._clock.now(), room=min(shift.room, free, _AT_A_TIME), slow_room=shift.slow_room
            )
        opened = await self._seals.open_many(access.tenant, [(each.endpoint_id, each.sealed) for each in claimed])
        for each in claimed:
            where = opened.get(each.endpoint_id)
            task = asyncio.create_task(self._attempt(each, where))
            shift.under_way[task] = each
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)

    async def _attempt(self, told: Claimed, where: Plaintext | None) -> Done:
        at, started = self._clock.now(), self._clock.monotonic()
        called = Called(Outcome.REFUSED_HERE) if where is None else await self._call(told, where, at)
        span = int((self._clock.monotonic() - started) * 1000)
        return Done(claimed=told, called=called, at=at, duration_ms=span)

    async def _call(self, told: Claimed, opened: Plaintext, at: datetime) -> Called:
        where = msgspec.json.decode(opened.reveal(), type=Where)
        body = payload(told)
        headers = sign(where.signing(at), str(told.event_id), int(at.timestamp()), body)
        return await self._egress.post(where.url, headers | {"Content-Type": "application/json"}, body)

    async def _note(self, access: Access, job: Job, shift: _Shift, done: list[Done]) -> None:
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            await note(tx, done, self._clock.now(), self._ids)
        shift.counts["delivered"] += sum(each.delivered for each in done)
        shift.counts["failed"] += sum(not each.delivered for each in done)
        shift.counts["refused_here"] += sum(each.called.outcome is Outcome.REFUSED_HERE for each in done)
