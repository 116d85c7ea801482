"""One attempt at a job: how it is called, when the next one follows, and that only the present one ends the job."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision, exceptions
from procrastinate.jobs import Job as LibraryJob
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from privity.store.queue.jobs import ATTEMPTS, Job, Task

MOST_ATTEMPTS = 2 * ATTEMPTS
"""Attempts at a job and at giving it up; whatever happens, there are no more."""

_HELD = """
    WITH held AS MATERIALIZED (
        SELECT id FROM procrastinate_jobs WHERE id = %(job_id)s AND attempts = %(attempts)s AND status = 'doing'
        FOR UPDATE
    )
"""
_FINISH = _HELD + "SELECT procrastinate_finish_job_v1(id, %(status)s, %(delete_job)s) FROM held"
_RETRY = _HELD + "SELECT procrastinate_retry_job_v2(id, %(retry_at)s, NULL, NULL, NULL) FROM held"


class AttemptFailed(Exception):
    """An attempt ended early. Holds the name of the error's type only: its text may hold what no log may."""


async def attempt(task: Task, context: JobContext, /, *, tenant_id: str, **ids: str | int) -> None:
    """Run one attempt of a job, or give the job up when it has had all of its attempts."""
    assert context.job.id is not None
    job = Job(
        id=context.job.id,
        attempt=context.job.attempts + 1,
        task=task.name,
        tenant_id=UUID(tenant_id),
        ids=ids,
    )
    handler = task.give_up if job.attempt > ATTEMPTS and task.give_up is not None else task.run
    try:
        await handler(job)
    except Exception as error:  # noqa: BLE001 - whatever it was, only its name goes on
        raise AttemptFailed(type(error).__name__) from None


class Backoff(BaseRetryStrategy):
    """The next attempt waits twice as long as the last one did.

    There are as many attempts at giving up as at the job itself; a job that exhausts them all has failed.
    """

    def __init__(self, task: Task, first: float) -> None:
        self._most = ATTEMPTS if task.give_up is None else MOST_ATTEMPTS
        self._first = first

    def get_retry_decision(self, *, exception: BaseException, job: LibraryJob) -> RetryDecision | None:  # noqa: ARG002 - the library's
        """Return when the next attempt begins, or None when there was the last one."""
        if job.attempts + 1 >= self._most:
            return None
        wait = dt.timedelta(seconds=self._first * 2 ** (job.attempts % ATTEMPTS))
        return RetryDecision(retry_at=dt.datetime.now(dt.UTC) + wait)


class FencedJobs(JobManager):
    """Ends or retries a job only for the attempt that the caller knows; for any other it does nothing.

    The library goes by the job's number alone, so a worker that was taken for dead and wakes up would end the job under
    the hands of the attempt that took it over, and two rescuers would rescue it twice.
    """

    on_failure: Callable[[], None] | None = None

    async def finish_job(self, job: LibraryJob, status: Status, delete_job: bool) -> None:
        """Set a job to its final state if it is still at this attempt."""
        await self._fenced(_FINISH, job, status=status.value, delete_job=delete_job)

    async def retry_job(
        self,
        job: LibraryJob,
        retry_at: dt.datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put a job back into the queue if it is still at this attempt."""
        assert priority is None and queue is None and lock is None, "nothing here moves jobs"  # noqa: PT018 - one thought
        await self._fenced(_RETRY, job, retry_at=retry_at or dt.datetime.now(dt.UTC))

    async def _fenced(self, query: str, job: LibraryJob, **parameters: Any) -> None:
        try:
            await self.connector.execute_query_async(query, job_id=job.id, attempts=job.attempts, **parameters)
        except exceptions.ConnectorException:
            if self.on_failure is not None:
                self.on_failure()
            raise
