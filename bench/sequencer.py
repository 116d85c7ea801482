"""How fast the sequencer is, beside the common design: one row, one Ed25519 signature, one commit.

Two ratios, each with its parts, from one cluster with fsync on in one run:

- drain: a filled inbox against one connection that signs and commits row by row;
- end to end: 64 callers that wait for their receipt against 64 connections that each sign and commit row by row. The
  baseline is taken twice, with asyncio and with threads, and the faster counts.

    .venv/bin/python bench/sequencer.py [--rows 30000] [--seconds 5]
"""

import argparse
import asyncio
import contextlib
import hashlib
import shutil
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psycopg
from nacl.signing import SigningKey
from psycopg import AsyncConnection

from privity.clock import SystemClock, rfc3339
from privity.ids import TimeOrderedIds
from privity.keys import FileKeyring
from privity.ledger import canonical, stamp
from privity.notary import Entry, Inbox, SequencerConfig, spawn_sequencer
from privity.notary.entry import inbox_row
from privity.store import Database, EmbeddedCluster, Guard, Role, Side, derived_passwords, migrate
from privity.store.roles import SUPERUSER

MAC_KEY = bytes(32)
TENANT = "0199b2f0-0000-7000-8000-000000000001"
CALLERS = 64

ids = TimeOrderedIds()
clock = SystemClock()

BASELINE = "INSERT INTO signed (entry_id, leaf, leaf_hash, signature) VALUES (%s, %s, %s, %s)"
key = SigningKey(bytes(32))


def entry(number: int, log: str = TENANT) -> Entry:
    """An entry of the size of a decision: about 500 bytes as a leaf."""
    body = {
        "action": "conversation:read",
        "actor": str(ids.new()),
        "conversation": str(ids.new()),
        "decision": "allow",
        "number": number,
        "policies": ["clinician-reads-own-project", "recording-consented"],
        "request": str(ids.new()),
    }
    return Entry(id=ids.new(), log=log, kind="intent", body=body)


def signed_row(number: int) -> tuple[Any, ...]:
    """One row of the baseline: the same leaf, its hash, and a signature of its own."""
    one = entry(number)
    leaf = stamp(
        canonical(one.body), entry_id=one.id, log=TENANT, kind="intent", index=number, time=rfc3339(clock.now())
    )
    hashed = hashlib.sha256(b"\x00" + leaf).digest()
    return one.id, leaf, hashed, key.sign(hashed).signature


def quantile(values: list[float], share: float) -> float:
    """The value in milliseconds below which that share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000


def one_connection(dsn: str, seconds: float) -> float:
    """Rows a second, signed and committed one by one on one connection."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        end, count, began = time.perf_counter() + seconds, 0, time.perf_counter()
        while time.perf_counter() < end:
            connection.execute(BASELINE, signed_row(count))
            count += 1
        return count / (time.perf_counter() - began)


async def many_connections(dsn: str, seconds: float) -> tuple[float, list[float]]:
    """Rows a second and their latencies, with 64 connections in one event loop."""
    latencies: list[float] = []

    async def worker(connection: AsyncConnection) -> None:
        while time.perf_counter() < end:
            began = time.perf_counter()
            await connection.execute(BASELINE, signed_row(0))
            latencies.append(time.perf_counter() - began)

    async with contextlib.AsyncExitStack() as stack:
        connections = [
            await stack.enter_async_context(await AsyncConnection.connect(dsn, autocommit=True)) for _ in range(CALLERS)
        ]
        began = time.perf_counter()
        end = began + seconds
        await asyncio.gather(*map(worker, connections))
        return len(latencies) / (time.perf_counter() - began), latencies


def many_threads(dsn: str, seconds: float) -> tuple[float, list[float]]:
    """Rows a second and their latencies, with 64 connections in 64 threads."""
    latencies: list[float] = []
    ready = threading.Barrier(CALLERS + 1)

    def worker() -> None:
        with psycopg.connect(dsn, autocommit=True) as connection:
            ready.wait()
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                began = time.perf_counter()
                connection.execute(BASELINE, signed_row(0))
                latencies.append(time.perf_counter() - began)

    threads = [threading.Thread(target=worker) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return len(latencies) / (time.perf_counter() - began), latencies


async def drain(dsn: Callable[[str], str], config: SequencerConfig, rows: int) -> float:
    """Entries a second out of an inbox that is filled before the sequencer starts, from its first commit to its last."""
    async with await AsyncConnection.connect(dsn(SUPERUSER), autocommit=True) as connection:
        async with (
            connection.cursor() as cursor,
            cursor.copy("COPY ledger.inbox (log, entry_id, kind, body, detail, mac) FROM STDIN") as copy,
        ):
            for number in range(rows):
                await copy.write_row(inbox_row(entry(number), MAC_KEY))
        await connection.execute("ANALYZE ledger.inbox")
        process = await spawn_sequencer(config)
        try:
            while await scalar(connection, "SELECT count(*) FROM (SELECT FROM ledger.inbox LIMIT 1) AS left_over"):
                await asyncio.sleep(0.1)
        finally:
            await process.stop()
        return await scalar(
            connection,
            "SELECT (max(size) - min(size)) / extract(epoch FROM max(at) - min(at))::float8"
            f" FROM ledger.checkpoint WHERE log = '{TENANT}' AND size > 0",
        )


async def scalar(connection: AsyncConnection, statement: str) -> Any:
    row = await (await connection.execute(statement.encode())).fetchone()
    assert row is not None
    return row[0]


async def end_to_end(database: Database, config: SequencerConfig, seconds: float) -> tuple[float, list[float]]:
    """Receipts a second and their latencies, for 64 callers of one process; the sequencer is another."""
    latencies: list[float] = []

    async def caller(inbox: Inbox) -> None:
        while time.perf_counter() < end:
            began = time.perf_counter()
            await inbox.record(entry(0))
            latencies.append(time.perf_counter() - began)

    process = await spawn_sequencer(config)
    try:
        async with Inbox(database, MAC_KEY, clock) as inbox:
            await inbox.record(entry(0))
            began = time.perf_counter()
            end = began + seconds
            await asyncio.gather(*(caller(inbox) for _ in range(CALLERS)))
            return len(latencies) / (time.perf_counter() - began), latencies
    finally:
        await process.stop()


async def measure(cluster: EmbeddedCluster, folder: Path, rows: int, seconds: float) -> None:
    database = Database(cluster.dsn)
    FileKeyring.create(folder / "keyring")
    config = SequencerConfig(dsn=cluster.dsn(Role.LEDGER), keyring=str(folder / "keyring"), mac_key=MAC_KEY)
    with psycopg.connect(cluster.dsn(SUPERUSER), autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE public.signed (index bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry_id uuid UNIQUE,"
            " leaf bytea, leaf_hash bytea, signature bytea, time timestamptz DEFAULT clock_timestamp())"
        )
    superuser = cluster.dsn(SUPERUSER)
    single = one_connection(superuser, seconds)
    drained = await drain(cluster.dsn, config, rows)
    single = (single + one_connection(superuser, seconds)) / 2  # before and after, so that a busy machine is even
    print(
        f"drain        {drained:8.0f} entries/s / {single:6.0f} signed rows/s on 1 connection = {drained / single:5.1f}x"
    )
    baselines: list[tuple[str, Awaitable[tuple[float, list[float]]]]] = [
        ("asyncio", many_connections(superuser, seconds)),
        ("threads", asyncio.to_thread(many_threads, superuser, seconds)),
    ]
    measured = [(*await baseline, name) for name, baseline in baselines]
    theirs, their_latencies, name = max(measured)
    ours, latencies = await end_to_end(database, config, seconds)
    print(
        f"end to end   {ours:8.0f} receipts/s / {theirs:6.0f} signed rows/s on 64 connections ({name})"
        f" = {ours / theirs:5.1f}x"
    )
    for who, values in (("64 callers, signed receipt", latencies), ("64 connections, row by row", their_latencies)):
        print(f"  {who}   p50 {quantile(values, 0.50):6.1f} ms   p99 {quantile(values, 0.99):6.1f} ms")
    await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="privity-bench-"))
    cluster = EmbeddedCluster(folder / "clusters" / "data", derived_passwords(bytes(32)))
    try:
        cluster.start()
        migrate(cluster.dsn(Role.OWNER), Side.DATA, derived_passwords(bytes(32)), Guard(bytes(32)))
        asyncio.run(measure(cluster, folder, asked.rows, asked.seconds))
    finally:
        cluster.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
