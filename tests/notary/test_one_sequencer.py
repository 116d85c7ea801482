"""Only one sequencer signs, whatever happens to its lock; killed at any moment, it loses and repeats nothing."""

import asyncio
import json
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rig import MAC_KEY, OTHER, TENANT, Notary, entry
from test_recording import holds

import privity
from databases import FreshDatabase
from privity.errors import Conflict, LedgerUnavailable
from privity.keys import FileKeyring
from privity.notary import PLATFORM, Receipt, Sequencer, SequencerConfig, SupervisedSequencer, spawn_sequencer
from privity.notary.sequencer import Barrier
from privity.store import Role

CHILD = """
import asyncio, json, os, signal, sys
config = json.loads(sys.stdin.readline())
sys.path.insert(0, config["source"])
from pathlib import Path
from privity.clock import SystemClock
from privity.keys import FileKeyring
from privity.notary import Sequencer
from privity.store import Database

left = config["batches"]

def reached(barrier):
    global left
    left -= barrier == config["barrier"]
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

database = Database(lambda _: config["dsn"])
keyring = FileKeyring(Path(config["keyring"]))
sequencer = Sequencer(database, keyring, bytes.fromhex(config["mac_key"]), SystemClock(), reached=reached)
asyncio.run(sequencer.run(ready=lambda: print("ready", flush=True)))
"""


@pytest.fixture
def keyring(tmp_path: Path) -> Path:
    FileKeyring.create(tmp_path / "keyring")
    return tmp_path / "keyring"


async def test_a_second_sequencer_waits_or_is_told(notary: Notary) -> None:
    async with notary.sequencing():
        with pytest.raises(Conflict):
            await Sequencer(notary.database, notary.kms, MAC_KEY, notary.clock).run(wait=False)
        ready, stopping = asyncio.Event(), asyncio.Event()
        second = Sequencer(notary.database, notary.kms, MAC_KEY, notary.clock)
        waiting = asyncio.create_task(second.run(ready=ready.set, stopping=stopping))
        await asyncio.sleep(0.5)
        assert not ready.is_set()
    async with asyncio.timeout(5):
        await ready.wait()
    stopping.set()
    await waiting


async def test_a_sequencer_that_was_taken_over_cannot_commit(notary: Notary) -> None:
    """The lock is taken from it while it lives, as when a failover loses the session but not the server."""
    with pytest.raises(Conflict, match="taken over"):
        async with notary.open() as inbox:
            await inbox.record(entry())
            await notary.superuser("UPDATE log SET epoch = epoch + 1")
            with pytest.raises(LedgerUnavailable):
                await inbox.record(entry())
    async with notary.open() as inbox:
        assert (await inbox.record(entry())).index == 1
    assert await holds(notary, TENANT) == 2


async def test_a_sequencer_whose_session_was_ended_ends(notary: Notary) -> None:
    with pytest.raises(Exception, match="connection to the database was lost"):
        async with notary.sequencing():
            await notary.superuser(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            await asyncio.sleep(0.5)


@asynccontextmanager
async def dying(fresh: FreshDatabase, keyring: Path, barrier: Barrier, deaths: int) -> AsyncIterator[asyncio.Event]:
    """Run sequencers one after the other; the first `deaths` kill themselves at the barrier of some batch."""
    done = asyncio.Event()
    config = {
        "source": str(Path(privity.__file__).resolve().parent.parent),
        "dsn": fresh.data_dsn(Role.LEDGER).replace("/proc/self/", f"/proc/{os.getpid()}/"),
        "keyring": str(keyring),
        "mac_key": MAC_KEY.hex(),
        "barrier": barrier,
    }

    async def child(batches: int) -> asyncio.subprocess.Process:
        made = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-c", CHILD, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env={}
        )
        assert made.stdin is not None
        assert made.stdout is not None
        made.stdin.write(json.dumps({**config, "batches": batches}).encode() + b"\n")
        assert await asyncio.wait_for(made.stdout.readline(), 20) == b"ready\n"
        return made

    async def lives() -> None:
        for _ in range(deaths):
            doomed = await child(random.randrange(1, 6))
            assert await asyncio.wait_for(doomed.wait(), 20) == -signal.SIGKILL
        done.set()

    task = asyncio.create_task(lives())
    try:
        yield done
        await task
        last = await child(sys.maxsize)
        try:
            await asyncio.sleep(2.5)  # time enough for what was left behind
        finally:
            last.terminate()
            await last.wait()
    finally:
        task.cancel()


@pytest.mark.parametrize("barrier", Barrier)
async def test_a_killed_sequencer_loses_and_repeats_nothing(
    fresh_database: FreshDatabase, notary: Notary, keyring: Path, barrier: Barrier
) -> None:
    receipts: list[Receipt] = []
    refused = 0

    async def caller(log: str, done: asyncio.Event) -> None:
        nonlocal refused
        while not done.is_set():
            try:
                receipts.append(await inbox.record(entry(log=log)))
            except LedgerUnavailable:
                refused += 1
                await asyncio.sleep(0.05)

    async with (
        dying(fresh_database, keyring, barrier, deaths=5) as done,
        notary.inbox() as inbox,
        asyncio.TaskGroup() as callers,
    ):
        for number in range(16):
            callers.create_task(caller((TENANT, OTHER)[number % 2], done))
    assert len(receipts) > 50
    for log in (TENANT, OTHER):
        acknowledged = {receipt.index: receipt.entry_id for receipt in receipts if receipt.log == log}
        stored = {each.index: each.entry_id for each in await notary.reader.entries(log, limit=1_000_000)}
        assert acknowledged.items() <= stored.items()
        assert sorted(stored) == list(range(len(stored)))
        assert len(set(stored.values())) == len(stored)
        assert await holds(notary, log) == len(stored) == (await notary.reader.checkpoint(log)).size
    await holds(notary, PLATFORM)
    assert await notary.superuser("SELECT count(*) FROM inbox") == [(0,)]


async def test_the_sequencer_runs_as_a_process_and_is_replaced_when_it_dies(
    fresh_database: FreshDatabase, notary: Notary, keyring: Path
) -> None:
    config = SequencerConfig(dsn=fresh_database.data_dsn(Role.LEDGER), keyring=str(keyring), mac_key=MAC_KEY)
    assert MAC_KEY.hex() not in repr(config)
    async with SupervisedSequencer(config) as sequencer, notary.inbox() as inbox:
        assert (await inbox.record(entry())).index == 0
        first = sequencer.pid
        assert first is not None
        assert Path(f"/proc/{first}/environ").read_bytes().count(b"=") <= 1  # LC_CTYPE, which Python sets itself
        os.kill(first, signal.SIGKILL)
        index = -1
        async with asyncio.timeout(15):
            while index < 0:
                try:
                    index = (await inbox.record(entry())).index
                except LedgerUnavailable:
                    await asyncio.sleep(0.1)
        assert index >= 1
        assert sequencer.pid != first


async def test_a_process_that_cannot_start_says_so(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    dsn = fresh_database.data_dsn(Role.LEDGER)
    with pytest.raises(LedgerUnavailable):
        await spawn_sequencer(SequencerConfig(dsn=dsn, keyring=str(tmp_path / "none"), mac_key=MAC_KEY))


async def test_a_stopped_process_ends_well(fresh_database: FreshDatabase, keyring: Path) -> None:
    config = SequencerConfig(dsn=fresh_database.data_dsn(Role.LEDGER), keyring=str(keyring), mac_key=MAC_KEY)
    process = await spawn_sequencer(config)
    assert await process.stop() == 0
