"""Jobs commit with their cause, hold ids only, survive their worker, and end once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from uuid import UUID, uuid4

import psycopg
import pytest

from databases import FreshDatabase
from privity.errors import BadInput, Conflict
from privity.store import Job, Role, Task, defer, hold
from privity.store.queue.jobs import ATTEMPTS
from privity.store.queue.worker import Worker
from privity.store.transactions.tenant import open_tenant_transaction
from promises import promise

TENANT, OTHER = UUID(int=1), UUID(int=2)
THING = UUID(int=3)


@asynccontextmanager
async def working(
    database: FreshDatabase,
    run: Callable[[Job], Awaitable[None]],
    give_up: Callable[[Job], Awaitable[None]] | None = None,
    *,
    heartbeat: float = 0.1,
) -> AsyncIterator[None]:
    worker = Worker(
        database.data_dsn(Role.QUEUE),
        [Task(name="work", run=run, give_up=give_up)],
        heartbeat=heartbeat,
        stalled_after=max(0.6, 3 * heartbeat),
        poll=0.05,
        backoff=0.001,
    )
    running = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def put(database: FreshDatabase, tenant: UUID = TENANT, **ids: UUID | int | str) -> int:
    async with open_tenant_transaction(database.data, database.guard, tenant) as transaction:
        return await defer(transaction, "work", **ids)


async def states(database: FreshDatabase) -> list[str]:
    async with await psycopg.AsyncConnection.connect(database.superuser_dsn) as connection:
        rows = await connection.execute("SELECT status::text FROM queue.procrastinate_jobs ORDER BY id")
        return [str(state) for (state,) in await rows.fetchall()]


async def until(happened: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await happened():
            await asyncio.sleep(0.02)


async def test_a_job_runs_when_its_transaction_commits(fresh_database: FreshDatabase) -> None:
    ran: asyncio.Queue[Job] = asyncio.Queue()

    async def deferred_and_rolled_back() -> None:
        async with open_tenant_transaction(fresh_database.data, fresh_database.guard, TENANT) as transaction:
            await defer(transaction, "work", thing=uuid4())
            raise ZeroDivisionError

    async with working(fresh_database, ran.put):
        with pytest.raises(ZeroDivisionError):
            await deferred_and_rolled_back()
        number = await put(fresh_database, thing=THING, cause=7, reason="asked-for")
        async with asyncio.timeout(20):
            job = await ran.get()
    assert job == Job(
        id=number,
        attempt=1,
        task="work",
        tenant_id=TENANT,
        ids={"thing": str(THING), "cause": 7, "reason": "asked-for"},
    )
    assert job.uuid("thing") == THING
    assert ran.empty()
    assert await states(fresh_database) == []


@promise("D34", sabotage="job_names_its_own_tenant")
async def test_a_job_belongs_to_the_tenant_of_its_transaction(fresh_database: FreshDatabase) -> None:
    """Whatever it says itself."""
    ran: asyncio.Queue[Job] = asyncio.Queue()
    async with working(fresh_database, ran.put):
        await put(fresh_database, tenant_id=OTHER)
        async with asyncio.timeout(20):
            assert (await ran.get()).tenant_id == TENANT


@pytest.mark.parametrize(
    "content", ["Anna Smith", "4111111111111111", "a" * 25, "a\nb", "", 4111111111111111, 5551234567, -1, True]
)
@promise("E34", sabotage="jobs_hold_anything")
async def test_a_job_holds_no_content(fresh_database: FreshDatabase, content: str | int) -> None:
    with pytest.raises(BadInput, match="holds_only_ids"):
        await put(fresh_database, thing=content)


async def test_a_failed_job_is_tried_again_and_then_given_up(fresh_database: FreshDatabase) -> None:
    attempts: list[int] = []
    given_up: asyncio.Queue[Job] = asyncio.Queue()

    async def fail(job: Job) -> None:
        attempts.append(job.attempt)
        raise ValueError("canary-in-an-exception")

    async with working(fresh_database, fail, given_up.put):
        await put(fresh_database)
        async with asyncio.timeout(20):
            last = await given_up.get()
    assert attempts == list(range(1, ATTEMPTS + 1))
    assert last.attempt == ATTEMPTS + 1


async def test_a_job_that_cannot_be_given_up_stays_as_failed(
    fresh_database: FreshDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(job: Job) -> None:
        raise ValueError("canary-in-an-exception")

    async def failed() -> bool:
        return await states(fresh_database) == ["failed"]

    async with working(fresh_database, fail):
        await put(fresh_database)
        await until(failed)
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text


async def take(database: FreshDatabase, *, silent_for: float) -> None:
    """Fetch the next job as a worker that then died, as kill -9 leaves it."""
    async with database.data.connection(Role.QUEUE) as connection:
        await connection.execute(
            "WITH worker AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id)"
            " SELECT procrastinate_fetch_job_v2(NULL, (SELECT id FROM worker))",
            (silent_for,),
        )


async def test_a_job_of_a_dead_worker_is_rescued(fresh_database: FreshDatabase) -> None:
    number = await put(fresh_database)
    await take(fresh_database, silent_for=3600)
    ran: asyncio.Queue[Job] = asyncio.Queue()
    async with working(fresh_database, ran.put), asyncio.timeout(20):
        job = await ran.get()
    assert (job.id, job.attempt) == (number, 2)


async def test_a_job_of_a_living_worker_is_not_rescued(fresh_database: FreshDatabase) -> None:
    started: asyncio.Queue[Job] = asyncio.Queue()
    go_on = asyncio.Event()

    async def slowly(job: Job) -> None:
        await started.put(job)
        await go_on.wait()

    async with working(fresh_database, slowly), working(fresh_database, slowly):
        await put(fresh_database)
        await started.get()
        await asyncio.sleep(1.5)  # more than twice as long as a silent worker would have
        assert started.empty()
        go_on.set()


@promise("D34", sabotage="hold_lets_anyone")
async def test_only_the_present_attempt_holds_its_job(fresh_database: FreshDatabase) -> None:
    number = await put(fresh_database)
    await take(fresh_database, silent_for=0)
    first = Job(id=number, attempt=1, task="work", tenant_id=TENANT, ids={})
    async with open_tenant_transaction(fresh_database.data, fresh_database.guard, TENANT) as transaction:
        await hold(transaction, first)
    with pytest.raises(Conflict):
        async with open_tenant_transaction(fresh_database.data, fresh_database.guard, OTHER) as transaction:
            await hold(transaction, first)
    async with fresh_database.data.connection(Role.QUEUE) as connection:
        await connection.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", (number,))
    await take(fresh_database, silent_for=0)
    with pytest.raises(Conflict, match="taken over"):
        async with open_tenant_transaction(fresh_database.data, fresh_database.guard, TENANT) as transaction:
            await hold(transaction, first)
    second = Job(id=number, attempt=2, task="work", tenant_id=TENANT, ids={})
    async with open_tenant_transaction(fresh_database.data, fresh_database.guard, TENANT) as transaction:
        await hold(transaction, second)


async def test_a_rescue_waits_for_an_attempt_that_is_writing(fresh_database: FreshDatabase) -> None:
    number = await put(fresh_database)
    await take(fresh_database, silent_for=3600)
    job = Job(id=number, attempt=1, task="work", tenant_id=TENANT, ids={})
    async with open_tenant_transaction(fresh_database.data, fresh_database.guard, TENANT) as transaction:
        await hold(transaction, job)
        async with fresh_database.data.connection(Role.QUEUE) as connection:
            await connection.execute("SET lock_timeout = '100ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                await connection.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", (number,))


async def test_a_worker_that_was_taken_for_dead_does_not_end_the_job(fresh_database: FreshDatabase) -> None:
    """Its attempt ends after the rescue; the job stays with the attempt that took over."""
    started: asyncio.Queue[Job] = asyncio.Queue()
    go_on = asyncio.Event()

    async def slowly(job: Job) -> None:
        await started.put(job)
        await go_on.wait()

    async with working(fresh_database, slowly, heartbeat=30.0):
        number = await put(fresh_database)
        await started.get()
        async with fresh_database.data.connection(Role.QUEUE) as connection:
            await connection.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", (number,))
        await take(fresh_database, silent_for=0)
        go_on.set()
        await asyncio.sleep(0.3)
        assert await states(fresh_database) == ["doing"]


async def test_a_worker_survives_the_loss_of_its_connections(fresh_database: FreshDatabase) -> None:
    ran: asyncio.Queue[Job] = asyncio.Queue()
    async with working(fresh_database, ran.put):
        await put(fresh_database)
        await ran.get()
        async with await psycopg.AsyncConnection.connect(fresh_database.superuser_dsn, autocommit=True) as superuser:
            await superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'privity_queue' AND datname = current_database()"
            )
        await put(fresh_database)
        async with asyncio.timeout(20):
            await ran.get()


async def test_the_workers_role_sees_no_tenant(fresh_database: FreshDatabase) -> None:
    for statement in ("SELECT FROM tenant.conversation", "SELECT queue.defer('work', '{}')"):
        async with fresh_database.data.connection(Role.QUEUE) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await connection.execute(statement.encode())


def test_a_missed_heartbeat_is_not_death() -> None:
    with pytest.raises(ValueError, match="three heartbeats"):
        Worker("", [], heartbeat=15.0, stalled_after=30.0)
