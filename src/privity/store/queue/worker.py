"""Runs jobs, takes over those of workers that died, and gives up those that never end.

A worker says that it is alive every `heartbeat` seconds. A job whose worker has been silent for `stalled_after` seconds
goes back into the queue as a new attempt. The old attempt may still be running somewhere: it can no longer finish the
job, and `hold` keeps it from writing.
"""

import asyncio
from collections.abc import Sequence
from functools import partial

import procrastinate
from procrastinate import exceptions
from procrastinate.jobs import Status
from procrastinate.worker import Worker as LibraryWorker

from privity import logs
from privity.store.ending import end_tasks
from privity.store.queue.attempts import MOST_ATTEMPTS, Backoff, FencedJobs, attempt
from privity.store.queue.jobs import Task

_log = logs.get("store")
_FINISH_WITHIN = 10.0  # seconds that running jobs get when a worker is cancelled
ENDS_WITHIN = _FINISH_WITHIN + 5.0
"""Seconds after which a worker that was cancelled and has not ended may be cancelled again."""

_MOST_BUSY = 5
"""However many jobs wait at once, about this many of them have something to say to the queue."""


class Worker:
    """Runs the jobs of some tasks until it is cancelled.

    `dsn` signs in as privity_queue; `queue` is the one that they wait in, `default`, or `outward` for those that wait
    for the network; `concurrency` is how many jobs run at once. Times are seconds: `poll` is how late a
    retry may start, `backoff` how long the second attempt waits (each later one twice as long), and `reconnect` how
    long to wait after the database was lost.
    """

    def __init__(
        self,
        dsn: str,
        tasks: Sequence[Task],
        *,
        queue: str = "default",
        concurrency: int = 2,
        heartbeat: float = 5.0,
        stalled_after: float = 30.0,
        poll: float = 1.0,
        backoff: float = 2.0,
        reconnect: float = 1.0,
    ) -> None:
        if stalled_after < 3 * heartbeat:
            raise ValueError("a worker that missed one beat is not dead: stalled_after is at least three heartbeats")
        self._dsn = dsn
        self._tasks = tuple(tasks)
        self._queue = queue
        self._concurrency = concurrency
        self._heartbeat = heartbeat
        self._stalled_after = stalled_after
        self._poll = poll
        self._backoff = backoff
        self._reconnect = reconnect

    async def run(self) -> None:
        """Run jobs until cancelled; then wait for those that run, at most 10 s, and put the rest back."""
        while True:
            try:
                await self._run_connected()
            except (exceptions.ConnectorException, TimeoutError, OSError) as lost:
                _log.warning("worker_lost_database", error=type(lost).__name__)
            await asyncio.sleep(self._reconnect)

    async def _run_connected(self) -> None:
        """Run jobs until the database is lost."""
        connector = procrastinate.PsycopgConnector(
            conninfo=self._dsn,
            min_size=1,
            max_size=min(self._concurrency, _MOST_BUSY) + 3,
            timeout=5.0,
            reconnect_timeout=5.0,
            kwargs={"connect_timeout": 5},
        )
        app = procrastinate.App(connector=connector)
        app.job_manager = jobs = FencedJobs(connector)
        for task in self._tasks:
            app.task(name=task.name, retry=Backoff(task, self._backoff), pass_context=True)(partial(attempt, task))
        async with app.open_async():
            worker = LibraryWorker(
                app,
                queues=[self._queue],
                concurrency=self._concurrency,
                fetch_job_polling_interval=self._poll,
                shutdown_graceful_timeout=_FINISH_WITHIN,
                delete_jobs="successful",
                install_signal_handlers=False,
                update_heartbeat_interval=self._heartbeat,
                stalled_worker_timeout=self._stalled_after,
            )
            # An outcome that could not be written leaves its job with a worker that lives, which nobody rescues. The
            # worker begins anew under another number instead, and jobs without a worker are rescued.
            jobs.on_failure = worker.stop
            rescuing = asyncio.create_task(self._rescue(jobs))
            try:
                await worker.run()  # type: ignore[no-untyped-call]  # the library does not annotate it
            finally:
                await end_tasks(rescuing)

    async def _rescue(self, jobs: FencedJobs) -> None:
        """Put jobs of silent workers back into the queue, for as long as this worker runs."""
        while True:
            await asyncio.sleep(self._heartbeat)
            try:
                stalled = await jobs.get_stalled_jobs(seconds_since_heartbeat=self._stalled_after)
                for job in stalled:
                    if job.attempts + 1 >= MOST_ATTEMPTS:  # even giving up kills its worker
                        await jobs.finish_job(job, Status.FAILED, delete_job=False)
                    else:
                        await jobs.retry_job(job)
                    _log.warning("job_rescued", job_id=job.id, attempt=job.attempts + 1, task=job.task_name)
            except exceptions.ConnectorException as lost:
                _log.warning("rescue_lost_database", error=type(lost).__name__)
