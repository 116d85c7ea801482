"""A notary on a fresh database: its sequencer as a task, an inbox, a reader, and a KMS in memory."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection

from databases import FreshDatabase
from privity.clock import Clock
from privity.errors import KeysUnavailable, SealBroken
from privity.ids import TimeOrderedIds
from privity.notary import Entry, Inbox, LedgerReader, Sequencer
from privity.notary.health import RECORD_WITHIN
from privity.notary.sequencer import Barrier
from privity.store import Database
from privity.vault import GeneratedKey, KmsHealth, Secret
from privity.vault.kms import Context

MAC_KEY = b"the mac key of the inbox in tests".ljust(32)[:32]
TENANT = "0199b2f0-0000-7000-8000-000000000001"
OTHER = "0199b2f0-0000-7000-8000-000000000002"

ids = TimeOrderedIds()


class MemoryKms:
    """Keys wrapped by remembering them; `down` makes it answer nobody."""

    def __init__(self) -> None:
        self.down = False
        self._keys: dict[bytes, tuple[dict[str, str], bytes]] = {}

    async def generate(self, context: Context) -> GeneratedKey:
        self._answer()
        wrapped, key = os.urandom(16), os.urandom(32)
        self._keys[wrapped] = dict(context), key
        return GeneratedKey(Secret(key), wrapped)

    async def unwrap(self, wrapped: bytes, context: Context) -> Secret:
        self._answer()
        bound, key = self._keys.get(wrapped, ({}, b""))
        if bound != dict(context):
            raise SealBroken("the wrapped key does not open")
        return Secret(key)

    async def rewrap(self, wrapped: bytes, context: Context) -> bytes:
        return wrapped

    async def destroy(self, root: int) -> None:
        raise NotImplementedError

    async def health(self) -> KmsHealth:
        return KmsHealth(provider="memory", current_root=1, roots=(1,))

    def _answer(self) -> None:
        if self.down:
            raise KeysUnavailable("the KMS is down")


def entry(number: int = 0, log: str = TENANT, kind: str = "intent", detail: bytes | None = None) -> Entry:
    return Entry(
        id=ids.new(), log=log, kind=kind, body={"action": "conversation:read", "number": number}, detail=detail
    )


class Notary:
    """The parts of one notary, and what a superuser could do behind its back."""

    def __init__(self, fresh: FreshDatabase, kms: MemoryKms, clock: Clock) -> None:
        self.fresh = fresh
        self.database: Database = fresh.data
        self.kms = kms
        self.clock = clock
        self.reader = LedgerReader(fresh.data)

    @asynccontextmanager
    async def sequencing(self, reached: Callable[[Barrier], None] = lambda _: None) -> AsyncIterator[None]:
        """Run a sequencer while the block runs; its failure fails the block."""
        stopping, ready = asyncio.Event(), asyncio.Event()
        sequencer = Sequencer(self.database, self.kms, MAC_KEY, self.clock, reached=reached)
        task = asyncio.create_task(sequencer.run(ready=ready.set, stopping=stopping))
        started = asyncio.create_task(ready.wait())
        await asyncio.wait((task, started), return_when=asyncio.FIRST_COMPLETED, timeout=10)
        started.cancel()
        try:
            yield
        finally:
            stopping.set()
            await asyncio.wait_for(task, 10)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Inbox]:
        """Run a sequencer and lend an inbox."""
        async with self.sequencing(), self.inbox() as inbox:
            yield inbox

    def inbox(self, within: float = RECORD_WITHIN) -> Inbox:
        return Inbox(self.database, MAC_KEY, self.clock, within=within)

    async def superuser(self, *statements: str, guarded: bool = False) -> list[tuple[Any, ...]]:
        """Run statements as a superuser and return the rows of the last; triggers do not fire unless `guarded`."""
        async with await AsyncConnection.connect(self.fresh.superuser_dsn, autocommit=False) as connection:
            await connection.execute("SET search_path = ledger, public")
            if not guarded:
                await connection.execute("SET session_replication_role = replica")
            for statement in statements:
                cursor = await connection.execute(statement)
            return await cursor.fetchall() if cursor.description else []

    async def drained(self) -> None:
        """Wait until the inbox is empty."""
        async with asyncio.timeout(10):
            while (await self.superuser("SELECT count(*) FROM inbox"))[0][0]:
                await asyncio.sleep(0.02)
