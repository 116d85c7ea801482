"""LedgerUnavailable means that nothing happened: the ledger is broken under load in every way there is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
import pytest
from psycopg import AsyncConnection
from rig import TENANT, Notary, entry
from test_recording import holds

from privity.errors import LedgerUnavailable, PrivityError
from privity.ledger import read_leaf
from privity.notary import Entry, Inbox
from privity.store import Role
from promises import promise

LOOP = asyncio.get_running_loop


class Load:
    """Callers that record an intent, then act and enqueue the outcome in one transaction."""

    def __init__(self, notary: Notary, inbox: Inbox) -> None:
        self._notary, self._inbox = notary, inbox
        self.done: set[str] = set()  # what happened
        self.refused: list[float] = []  # how long each refusal took
        self.stopping = False

    async def caller(self) -> None:
        while not self.stopping:
            intent = entry()
            began = LOOP().time()
            try:
                await self._inbox.record(intent)
            except LedgerUnavailable:
                self.refused.append(LOOP().time() - began)
                await asyncio.sleep(0.02)
                continue
            self.done.add(str(intent.id))
            outcome = Entry(id=entry().id, log=TENANT, kind="outcome", body={"intent": str(intent.id)})
            with suppress(psycopg.Error, PrivityError):  # an outcome that is not recorded leaves an intent without one
                async with self._notary.database.transaction(Role.APP) as transaction:
                    await self._inbox.enqueue(transaction, outcome)


@asynccontextmanager
async def under_load(notary: Notary, inbox: Inbox) -> AsyncIterator[Load]:
    load = Load(notary, inbox)
    callers = [asyncio.create_task(load.caller()) for _ in range(6)]
    try:
        async with asyncio.timeout(10):
            while len(load.done) < 10:
                await asyncio.sleep(0.01)
        yield load
    finally:
        load.stopping = True
        await asyncio.gather(*callers, return_exceptions=True)


async def broken(load: Load, seconds: float = 3.0) -> None:
    """Let the load run against what is broken, and check that it stands still and is refused in time."""
    await asyncio.sleep(0.3)  # for what was under way
    before, load.refused[:] = len(load.done), []
    await asyncio.sleep(seconds)
    assert len(load.done) == before
    assert load.refused
    assert max(load.refused) <= 2.5


async def mended(load: Load) -> None:
    """Wait until things happen again, without anyone's help."""
    before = len(load.done)
    async with asyncio.timeout(10):
        while len(load.done) < before + 10:
            await asyncio.sleep(0.05)


async def consistent(notary: Notary, load: Load) -> None:
    """Whatever happened has its intent before it; whatever was refused has no outcome; the log holds."""
    await notary.drained()
    leaves = [read_leaf(stored.leaf) for stored in await notary.reader.entries(TENANT, limit=1_000_000)]
    intents = {str(leaf.id): leaf.index for leaf in leaves if leaf.kind == "intent"}
    outcomes = {leaf.body["intent"]: leaf.index for leaf in leaves if leaf.kind == "outcome"}
    assert outcomes.keys() <= load.done <= intents.keys()
    assert all(intents[intent] < index for intent, index in outcomes.items())
    assert await holds(notary, TENANT) == len(leaves)


@promise("B31", sabotage="late_entry_counts_as_recorded")
async def test_a_stopped_sequencer_refuses_intents_and_leaves_none_behind(notary: Notary) -> None:
    async with notary.inbox() as inbox:
        async with notary.sequencing():
            async with under_load(notary, inbox) as load:
                pass
            await notary.drained()
        began = LOOP().time()
        outcomes = await asyncio.gather(*(inbox.record(entry()) for _ in range(20)), return_exceptions=True)
        assert all(isinstance(outcome, LedgerUnavailable) for outcome in outcomes)
        assert 1.9 <= LOOP().time() - began <= 2.5
        assert await notary.superuser("SELECT count(*) FROM inbox") == [(0,)]  # withdrawn
        async with notary.sequencing():
            await inbox.record(entry())
            await consistent(notary, load)


async def test_a_sequencer_stopped_under_load(notary: Notary) -> None:
    async with notary.inbox() as inbox:
        first = notary.sequencing()
        await first.__aenter__()
        async with under_load(notary, inbox) as load:
            await first.__aexit__(None, None, None)
            await broken(load)
            async with notary.sequencing():
                await mended(load)
                load.stopping = True
                await asyncio.sleep(0.5)
                await consistent(notary, load)


BREAKS = {
    "INSERT on the inbox revoked": (
        "REVOKE INSERT ON ledger.inbox FROM privity_ledger",
        "GRANT INSERT ON ledger.inbox TO privity_ledger",
    ),
    "INSERT on the entries revoked": (
        "REVOKE INSERT ON ledger.entry FROM privity_ledger",
        "GRANT INSERT ON ledger.entry TO privity_ledger",
    ),
    "inbox renamed": ("ALTER TABLE ledger.inbox RENAME TO away", "ALTER TABLE ledger.away RENAME TO inbox"),
    "entries renamed": ("ALTER TABLE ledger.entry RENAME TO away", "ALTER TABLE ledger.away RENAME TO entry"),
    "checkpoints renamed": (
        "ALTER TABLE ledger.checkpoint RENAME TO away",
        "ALTER TABLE ledger.away RENAME TO checkpoint",
    ),
}


@pytest.mark.parametrize("fault", BREAKS)
async def test_a_broken_table_under_load(notary: Notary, fault: str) -> None:
    breaking, mending = BREAKS[fault]
    async with notary.open() as inbox, under_load(notary, inbox) as load:
        await notary.superuser(breaking, guarded=True)
        await broken(load)
        with pytest.raises(LedgerUnavailable):
            await inbox.readiness()
        await notary.superuser(mending, guarded=True)
        await mended(load)
        assert (await inbox.readiness()).ready
        load.stopping = True
        await asyncio.sleep(0.5)
        await consistent(notary, load)


async def test_a_locked_table_under_load(notary: Notary) -> None:
    async with notary.open() as inbox, under_load(notary, inbox) as load:
        async with await AsyncConnection.connect(notary.fresh.superuser_dsn) as locking:
            await locking.execute("LOCK TABLE ledger.entry IN ACCESS EXCLUSIVE MODE")
            await broken(load)
            await locking.rollback()
        await mended(load)
        load.stopping = True
        await asyncio.sleep(0.5)
        await consistent(notary, load)


async def test_lost_connections_of_the_inbox_cost_no_entry(notary: Notary) -> None:
    sessions = "SELECT pid FROM pg_stat_activity WHERE usename = 'privity_ledger' AND datname = current_database()"
    async with notary.sequencing():
        its_own = {pid for (pid,) in await notary.superuser(sessions)}
        async with notary.inbox() as inbox:
            await inbox.record(entry())
            for pid in {pid for (pid,) in await notary.superuser(sessions)} - its_own:
                await notary.superuser(f"SELECT pg_terminate_backend({pid})")
            assert [(await inbox.record(entry())).index for _ in range(20)] == list(range(1, 21))
