"""How fast the sequencer is, beside the common design: one row, one Ed25519 signature, one commit.

Two ratios, each with its parts, from one cluster with fsync on in one run:

- drain: a filled inbox against one connection that signs and commits row by row;
- end to end: 64 callers that wait for their receipt against 64 connections that each sign and commit row by row.

The baseline is an audit table as it is usually written: every entry is a row that is signed by itself and committed by
itself, and waits for the disk. It has the same columns and indexes, the same leaf, the same driver, prepared statements
and the faster of two Ed25519 libraries. It promises less, which is in its favour: without a chain or a tree nobody sees
a row that is missing, and its connections need not wait for one another. What a commit costs is the disk's, so the time
of one fdatasync is printed too: the faster it is, the smaller both ratios are.

    .venv/bin/python bench/sequencer.py [--rows 30000] [--seconds 5]
"""

import argparse
import asyncio
import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from nacl.signing import SigningKey
from psycopg import AsyncConnection

from privity.clock import SystemClock, rfc3339
from privity.ids import TimeOrderedIds
from privity.keys import FileKeyring
from privity.ledger import canonical, leaf_hash, stamp
from privity.notary import Entry, Inbox, SequencerConfig, spawn_sequencer
from privity.notary.entry import InboxMac, inbox_row
from privity.store import Database, EmbeddedCluster, Guard, Role, Side, derived_passwords, migrate
from privity.store.roles import SUPERUSER

MAC_KEY = bytes(32)
TENANT = "0199b2f0-0000-7000-8000-000000000001"
CALLERS = 64

ids = TimeOrderedIds()
clock = SystemClock()

BASELINE = (
    "INSERT INTO public.signed (log, index, entry_id, leaf, leaf_hash, time, about, signature)"
    " VALUES (%b, %b, %b, %b, %b, %b, %b, %b)"
)
indexes = count()
key = SigningKey(bytes(32))


def entry(number: int, log: str = TENANT) -> Entry:
    """An entry of the size of a decision: about 500 bytes as a leaf."""
    body = {
        "action": "conversation:read",
        "actor": str(ids.new()),
        "resource": {"kind": "Conversation", "id": str(ids.new())},
        "decision": "allow",
        "number": number,
        "policies": ["clinician-reads-own-project", "recording-consented"],
        "request": str(ids.new()),
    }
    return Entry(id=ids.new(), log=log, kind="intent", body=body)


def signed_row() -> tuple[Any, ...]:
    """One row of the baseline: the same leaf, its hash, and a signature of its own."""
    one, index, now = entry(0), next(indexes), clock.now()
    leaf = stamp(canonical(one.body), entry_id=str(one.id), log=TENANT, kind="intent", index=index, time=rfc3339(now))
    hashed = leaf_hash(leaf)
    about = UUID(one.body["resource"]["id"])
    return TENANT, index, one.id, leaf, hashed, now, about, key.sign(hashed).signature


def one_fdatasync(folder: Path) -> float:
    """Microseconds that the disk takes to keep 8 KiB."""
    with tempfile.TemporaryFile(dir=folder) as file:
        began = time.perf_counter()
        for _ in range(200):
            os.pwrite(file.fileno(), bytes(8192), 0)
            os.fdatasync(file.fileno())
        return (time.perf_counter() - began) / 200 * 1e6


def quantile(values: list[float], share: float) -> float:
    """The value in milliseconds below which that share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000


async def signing(dsn: str, connections: int, seconds: float) -> tuple[float, list[float]]:
    """Rows a second and their latencies: on each connection, sign a row, insert it, commit, again."""
    latencies: list[float] = []

    async def worker(connection: AsyncConnection) -> None:
        while time.perf_counter() < end:
            began = time.perf_counter()
            await connection.execute(BASELINE, signed_row())
            latencies.append(time.perf_counter() - began)

    async with contextlib.AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(await AsyncConnection.connect(dsn, autocommit=True))
            for _ in range(connections)
        ]
        began = time.perf_counter()
        end = began + seconds
        await asyncio.gather(*map(worker, opened))
        return len(latencies) / (time.perf_counter() - began), latencies


async def drain(dsn: Callable[[str], str], config: SequencerConfig, rows: int) -> float:
    """Entries a second out of an inbox filled before the sequencer starts, from its first commit to its last."""
    async with await AsyncConnection.connect(dsn(SUPERUSER), autocommit=True) as connection:
        async with (
            connection.cursor() as cursor,
            cursor.copy("COPY ledger.inbox (log, entry_id, kind, body, detail, about, mac) FROM STDIN") as copy,
        ):
            mac = InboxMac(MAC_KEY)
            for number in range(rows):
                one = entry(number)
                row = inbox_row(one, mac)
                about = row.about and UUID(bytes=row.about)
                await copy.write_row((row.log, one.id, row.kind, row.body, row.detail, about, row.mac))
        await connection.execute("ANALYZE ledger.inbox")
        process = await spawn_sequencer(config)
        try:
            while (
                await scalar(connection, f"SELECT coalesce(max(size), 0) FROM ledger.log WHERE log = '{TENANT}'") < rows
            ):
                await asyncio.sleep(0.1)
        finally:
            await process.stop()
        return float(
            await scalar(
                connection,
                "SELECT (max(size) - min(size)) / extract(epoch FROM max(at) - min(at))::float8"
                f" FROM ledger.checkpoint WHERE log = '{TENANT}' AND size > 0",
            )
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
    superuser = cluster.dsn(SUPERUSER)
    print(f"fdatasync    {one_fdatasync(folder):8.0f} us")
    async with await AsyncConnection.connect(superuser, autocommit=True) as connection:
        await connection.execute(
            "CREATE TABLE public.signed (LIKE ledger.entry INCLUDING ALL, signature bytea NOT NULL)"
        )
    before, _ = await signing(superuser, 1, seconds)
    drained = await drain(cluster.dsn, config, rows)
    after, _ = await signing(superuser, 1, seconds)
    single = (before + after) / 2  # on both sides, so that a busy machine weighs on both alike
    print(
        f"drain        {drained:8.0f} entries/s / {single:6.0f} signed rows/s on 1 connection"
        f" = {drained / single:5.1f}x"
    )
    theirs, their_latencies = await signing(superuser, CALLERS, seconds)
    ours, latencies = await end_to_end(database, config, seconds)
    print(
        f"end to end   {ours:8.0f} receipts/s / {theirs:6.0f} signed rows/s on {CALLERS} connections"
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
