"""The worker: jobs go through the gate like any other caller, decided again under today's policy before they act."""

import asyncio
import resource
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from privity import logs
from privity.custody import PROCESS, REDACT_AGAIN, RedactingAgain
from privity.delivery.webhooks import SEND
from privity.errors import NotFound, PrivityError, Unavailable
from privity.gate import Access, Action, Resource, resources
from privity.identity import Origin, worker
from privity.lifecycle import CERTIFY, PURGE, SWEEP, certify
from privity.running.installation import Installation
from privity.running.telephony import Order
from privity.store import Job, Task, end_tasks
from privity.store.queue.worker import ENDS_WITHIN, Worker

_SENDING_AT_ONCE: Final = 100  # tenants, not calls
_MOST_FILES: Final = 8192
_SWEEP_EVERY: Final = 3600.0
_DOWN_FOR: Final = 3  # tenants in a row: then it is no matter of theirs
UNNAMED_FOR: Final = timedelta(hours=1)
_JUST_STARTED: Final = timedelta(seconds=2)  # what another process is bringing in right now is younger

_log: Final = logs.get("worker")

Act = Callable[[Access, Job], Awaitable[None]]


def make_worker(installation: Installation, *, stalled_after: float = 30.0) -> Worker:
    """Return the worker of an installation, to be run in the same process as its faces or alone."""

    def through_the_gate(action: Action, find: Callable[[Job], Resource], do: Act) -> Callable[[Job], Awaitable[None]]:
        return _through_the_gate(installation, action, find, do)

    def conversation_of(job: Job) -> Resource:
        return resources.conversation(job.uuid("conversation"))

    def deletion_of(job: Job) -> Resource:
        return resources.deletion(job.uuid("deletion"))

    def own_tenant(_: Job) -> Resource:
        return resources.own_tenant()

    def missed_of(job: Job) -> Resource:
        return resources.missed(job.uuid("missed"))

    processing, deletions = installation.processing, installation.deletions
    erasing = installation.telephony.erasing
    again = RedactingAgain(
        installation.keys, installation.redactor, erasing, installation.search, installation.ids, installation.clock
    )
    tasks = [
        Task(
            name=PROCESS,
            run=through_the_gate(Action.CONVERSATION_PROCESS, conversation_of, processing.process),
            give_up=through_the_gate(Action.CONVERSATION_PROCESS, conversation_of, processing.give_up),
        ),
        Task(name=PURGE, run=through_the_gate(Action.CONVERSATION_PURGE, deletion_of, deletions.purge)),
        Task(name=CERTIFY, run=through_the_gate(Action.DELETION_CERTIFY, own_tenant, certify)),
        Task(name=REDACT_AGAIN, run=through_the_gate(Action.MISSED_REDACT, missed_of, again.redact)),
    ]
    tasks += _tasks_of(installation, installation.telephony.orders)
    heartbeat = min(5.0, stalled_after / 3)
    return Worker(installation.queue_dsn, tasks, heartbeat=heartbeat, stalled_after=stalled_after)


def _through_the_gate(
    installation: Installation, action: Action, find: Callable[[Job], Resource], do: Act
) -> Callable[[Job], Awaitable[None]]:
    async def run(job: Job) -> None:
        origin = Origin(request_id=installation.ids.new())
        caller = worker(job.task, job.tenant_id, job.uuid("cause"), origin)
        try:
            async with installation.gate.open(caller, action, find(job)) as access:
                await do(access, job)
        except NotFound:
            _log.info("job_has_no_object", task=job.task, job_id=job.id)

    return run


def _tasks_of(installation: Installation, orders: Sequence[Order]) -> list[Task]:
    return [
        Task(
            name=name,
            run=_through_the_gate(installation, action, find, do),
            give_up=None if give_up is None else _through_the_gate(installation, action, find, give_up),
        )
        for name, action, find, do, give_up in orders
    ]


def make_sender(installation: Installation, *, stalled_after: float = 30.0) -> Worker:
    """Return the worker that calls others: their answers keep no other job waiting."""

    async def run(job: Job) -> None:
        caller = worker(job.task, job.tenant_id, job.uuid("cause"), Origin(request_id=installation.ids.new()))
        async with installation.gate.open(caller, Action.WEBHOOK_SEND, resources.own_tenant()) as access:
            await installation.webhooks.sending.send(access, job)

    return Worker(
        installation.queue_dsn,
        [Task(name=SEND, run=run), *_tasks_of(installation, installation.telephony.outward_orders)],
        queue="outward",
        concurrency=_SENDING_AT_ONCE,
        heartbeat=min(5.0, stalled_after / 3),
        stalled_after=stalled_after,
    )


def permit_many_files() -> None:
    """Let this process have as many connections open as calls may be under way, as far as the machine permits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(_MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def sweep_every_tenant(
    installation: Installation, *, unnamed_for: timedelta = UNNAMED_FOR, nobody_before: datetime | None = None
) -> int:
    """Return how many left-over sources were removed, tenant by tenant; see Sweeping.sweep.

    A tenant whose sweep fails keeps no other from being swept; that is logged. Raises Unavailable when a part is down
    for several of them in a row.
    """
    removed = await installation.blobs.sweep()
    down = 0
    for tenant in await installation.tenants.all():
        caller = worker(SWEEP, tenant.id, None, Origin(request_id=installation.ids.new()))
        try:
            async with installation.gate.open(caller, Action.SOURCE_SWEEP, resources.own_tenant()) as access:
                removed += await installation.sweeping.sweep(
                    access, unnamed_for=unnamed_for, nobody_before=nobody_before
                )
            down = 0
        except PrivityError as error:
            _log.error("sweep_failed", error, tenant_id=tenant.id)
            down += isinstance(error, Unavailable)
            if down == _DOWN_FOR:
                raise
    return removed


async def work_forever(installation: Installation) -> None:
    """Run jobs and sweep every hour until cancelled; what a crash left is swept before the first job."""
    await _sweep(installation, unnamed_for=_JUST_STARTED, nobody_before=installation.alone_since)
    permit_many_files()
    working = [asyncio.create_task(each(installation).run()) for each in (make_worker, make_sender)]
    try:
        while not any(task.done() for task in working):
            await asyncio.wait(working, timeout=_SWEEP_EVERY, return_when=asyncio.FIRST_COMPLETED)
            await _sweep(installation, unnamed_for=UNNAMED_FOR)
        await asyncio.gather(*(task for task in working if task.done()))
    finally:
        await end_tasks(*working, again_after=ENDS_WITHIN)


async def _sweep(installation: Installation, *, unnamed_for: timedelta, nobody_before: datetime | None = None) -> None:
    """Sweep, or leave it to the next time when a part is down."""
    try:
        await sweep_every_tenant(installation, unnamed_for=unnamed_for, nobody_before=nobody_before)
    except PrivityError as error:
        _log.error("sweep_failed", error)
