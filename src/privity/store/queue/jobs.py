"""What a job is, how it gets into the queue, and how an attempt proves that the job is still its own."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from privity.errors import Conflict
from privity.store.transactions.statements import Statements

ATTEMPTS = 5
"""How often a job is tried before it is given up."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt at a job: `attempt` counts from 1, `ids` are what `defer` was given, as text and integers."""

    id: int
    attempt: int
    task: str
    tenant_id: UUID
    ids: Mapping[str, str | int]

    def uuid(self, name: str) -> UUID:
        """Return one of the ids as a UUID."""
        return UUID(str(self.ids[name]))


Handler = Callable[[Job], Awaitable[None]]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is done for jobs of one name, such as `process_conversation`.

    `run` gets the first five attempts. When none of them came to an end, whether it raised or its machine died,
    `give_up` is called to leave the record in a state that says so; without it the job stays in the queue as failed.
    """

    name: str
    run: Handler
    give_up: Handler | None = None


class _Deferred(msgspec.Struct, frozen=True):
    job_id: int


class _UnderWay(msgspec.Struct, frozen=True):
    id: UUID


class _Held(msgspec.Struct, frozen=True):
    mine: bool


async def defer(transaction: Statements, task: str, **ids: UUID | int | str) -> int:
    """Put a job into the queue for the tenant of a TenantTransaction and return its number; it runs if that commits.

    Ids are uuids, integers of at most eight digits and words of at most 24 lower-case letters and hyphens. Raises
    BadInput for anything else: the queue holds no content.
    """
    return await _put(transaction, task, ids, None)


async def defer_until(transaction: Statements, due: datetime, task: str, **ids: UUID | int | str) -> int:
    """Do as `defer` does for a job that begins at `due` at the earliest."""
    return await _put(transaction, task, ids, due)


async def _put(transaction: Statements, task: str, ids: Mapping[str, UUID | int | str], due: datetime | None) -> int:
    plain = {name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()}
    values = (task, Jsonb(plain), due)
    row = await transaction.fetch_one("SELECT queue.defer(%s, %s, %s) AS job_id", values, into=_Deferred)
    assert row is not None
    return row.job_id


async def under_way(transaction: Statements, task: str, name: str) -> list[UUID]:
    """Return what the jobs of one task are about, by the id of this name, that a living worker is doing right now.

    Workers of every process count; one that has been silent for a minute does not.
    """
    rows = await transaction.fetch_all("SELECT id FROM queue.under_way(%s, %s)", (task, name), into=_UnderWay)
    return [row.id for row in rows]


async def hold(transaction: Statements, job: Job) -> None:
    """Keep the job from every other attempt until the transaction ends.

    Called first in each transaction that writes for a job. Raises Conflict when the job is no longer this attempt's.
    """
    row = await transaction.fetch_one("SELECT queue.still_mine(%s, %s) AS mine", (job.id, job.attempt), into=_Held)
    assert row is not None
    if not row.mine:
        raise Conflict("Another attempt has taken over this job.")
