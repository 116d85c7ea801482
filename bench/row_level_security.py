"""What the bound token adds to a statement: a keyed read, a range and an insert, with and without the wall.

Two tables of the same shape and content stand in one embedded cluster: one under `guard.protect`, one open. Rounds of
both alternate in the same session and the fastest round of each counts. Prints microseconds, their difference and the
ratio, and the processor's time that the server spends more: on a busy machine only that tells of the wall.

    .venv/bin/python bench/row_level_security.py
"""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import LiteralString
from uuid import UUID

import msgspec

from privity.store import Database, EmbeddedCluster, Guard, Role, Side, derived_passwords, migrate
from privity.store.transactions.statements import TenantTransaction
from privity.store.transactions.tenant import open_tenant_transaction

TENANT = UUID(int=1)
ROUNDS, PER_ROUND = 100, 20
LIMIT = 40.0  # microseconds

TABLES = """
    CREATE TABLE tenant.walled (tenant_id uuid NOT NULL, id integer NOT NULL, body text, PRIMARY KEY (tenant_id, id));
    CREATE TABLE tenant.bare (LIKE tenant.walled INCLUDING ALL);
    INSERT INTO tenant.walled SELECT lpad(to_hex(t), 32, '0')::uuid, n, repeat('x', 200)
        FROM generate_series(1, 20) AS t, generate_series(1, 2000) AS n;
    INSERT INTO tenant.bare SELECT * FROM tenant.walled;
    ANALYZE tenant.walled, tenant.bare;
    SELECT guard.protect('tenant.walled');
    GRANT SELECT, INSERT ON tenant.bare TO privity_app;
"""


class Row(msgspec.Struct, frozen=True):
    """What the statements return."""

    id: int
    body: str


STATEMENTS: dict[str, tuple[LiteralString, LiteralString]] = {
    "keyed read": (
        "SELECT id, body FROM tenant.walled WHERE tenant_id = %s AND id = 7",
        "SELECT id, body FROM tenant.bare WHERE tenant_id = %s AND id = 7",
    ),
    "range of 100": (
        "SELECT id, body FROM tenant.walled WHERE tenant_id = %s AND id <= 100",
        "SELECT id, body FROM tenant.bare WHERE tenant_id = %s AND id <= 100",
    ),
    "insert": (
        "INSERT INTO tenant.walled SELECT %s, 2000 + nextval('tenant.next_of_bench')::integer, 'x' RETURNING id, body",
        "INSERT INTO tenant.bare SELECT %s, 2000 + nextval('tenant.next_of_bench')::integer, 'x' RETURNING id, body",
    ),
}


async def microseconds(act: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    for _ in range(PER_ROUND):
        await act()
    return (time.perf_counter() - began) / PER_ROUND * 1e6


class Backend(msgspec.Struct, frozen=True):
    """The process of the server that serves a session."""

    pid: int

    def spent(self) -> float:
        """Microseconds of processor time since it started (schedstat of proc(5))."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e3


async def compare(
    transaction: TenantTransaction, walled: LiteralString, bare: LiteralString
) -> tuple[float, float, float]:
    """Microseconds with and without the wall, and what the server's processor spends more."""
    backend = await transaction.fetch_one("SELECT pg_backend_pid() AS pid", into=Backend)
    assert backend is not None
    times: tuple[list[float], list[float]] = ([], [])
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for sql, into, cost in zip((walled, bare), times, spent, strict=True):
            before = backend.spent()
            into.append(await microseconds(partial(transaction.fetch_all, sql, (TENANT,), into=Row)))
            cost.append((backend.spent() - before) / PER_ROUND)
    return min(times[0]), min(times[1]), min(spent[0]) - min(spent[1])


async def measure(cluster: EmbeddedCluster, guard: Guard) -> None:
    data = Database(cluster.dsn)
    async with data.connection(Role.OWNER) as owner:
        await owner.execute(TABLES)
        await owner.execute("CREATE SEQUENCE tenant.next_of_bench")
        await owner.execute("GRANT USAGE ON SEQUENCE tenant.next_of_bench TO privity_app")
    for name, (walled, bare) in STATEMENTS.items():
        async with open_tenant_transaction(data, guard, TENANT) as transaction:
            with_wall, without, spent = await compare(transaction, walled, bare)
        added = with_wall - without
        print(
            f"{name:<14} with the wall {with_wall:7.1f} us   without {without:7.1f} us   added {added:5.1f} us"
            f"   server {spent:5.1f} us   ratio {with_wall / without:.2f}"
            f"   {'ok' if added <= LIMIT else 'OVER'} (limit {LIMIT:.0f} us)"
        )

    async def opened() -> None:
        async with open_tenant_transaction(data, guard, TENANT) as transaction:
            await transaction.fetch_all(STATEMENTS["keyed read"][0], (TENANT,), into=Row)

    async def plain() -> None:
        async with data.transaction(Role.APP) as connection:
            await connection.execute(STATEMENTS["keyed read"][1], (TENANT,))

    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        times[0].append(await microseconds(opened))
        times[1].append(await microseconds(plain))
    with_token, without_token = map(min, times)
    print(
        f"{'transaction':<14} with a token  {with_token:7.1f} us   without {without_token:7.1f} us"
        f"   added {with_token - without_token:5.1f} us   ratio {with_token / without_token:.2f}"
        "   (begin, one keyed read, commit)"
    )
    await data.close()


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="privity-bench-"))
    passwords, guard = derived_passwords(b"of one benchmark"), Guard(b"of one benchmark".ljust(32))
    cluster = EmbeddedCluster(folder / "clusters" / "data", passwords)
    try:
        cluster.start()
        migrate(cluster.dsn(Role.OWNER), Side.DATA, passwords, guard)
        asyncio.run(measure(cluster, guard))
    finally:
        cluster.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
