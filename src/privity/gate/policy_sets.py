"""Every policy set that ever decided, by its digest: an old decision is explained with the text of then."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.gate.engine import Engine
from privity.store import Database, Guard
from privity.store.transactions.tenant import open_tenant_transaction

_KEEP: Final = "SELECT platform.keep_policy_set(%s, %s, %s, %s)"
_FIND: Final = "SELECT * FROM platform.find_policy_set(%s)"
_NO_TENANT: Final = UUID(int=0)


class _Row(msgspec.Struct, frozen=True):
    policies: str
    schema: str
    first_used_at: datetime


class PolicySet(msgspec.Struct, frozen=True):
    """A policy set as it was kept, ready to decide again, and when it first decided here (UTC)."""

    engine: Engine
    first_used_at: datetime


class PolicySets:
    """Keeps a policy set before its first decision is recorded, and finds it again; nothing of a tenant's."""

    def __init__(self, database: Database, guard: Guard, clock: Clock) -> None:
        self._database = database
        self._guard = guard
        self._clock = clock
        self._kept: set[str] = set()
        self._found: dict[str, PolicySet] = {}

    async def keep(self, engine: Engine) -> None:
        """Store the set under its digest unless it is there; one statement in a process, none afterwards."""
        if engine.digest in self._kept:
            return
        values = (engine.digest, engine.text, engine.schema_text, self._clock.now())
        async with open_tenant_transaction(self._database, self._guard, _NO_TENANT) as tx:
            await tx.execute(_KEEP, values)
        self._kept.add(engine.digest)

    async def find(self, digest: str) -> PolicySet | None:
        """Return the set of that digest, or None when it never decided here."""
        if digest not in self._found:
            async with open_tenant_transaction(self._database, self._guard, _NO_TENANT, read_only=True) as tx:
                row = await tx.fetch_one(_FIND, (digest,), into=_Row)
            if row is None:
                return None
            self._found[digest] = PolicySet(Engine(row.policies, row.schema), row.first_used_at)
        return self._found[digest]
