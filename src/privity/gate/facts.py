"""The facts that policies decide on, read in one statement from the caller's own tenant and nothing else's."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import NotFound
from privity.gate.actions import ResourceKind
from privity.gate.engine import Entity
from privity.gate.resources import Resource
from privity.identity import Caller, CallerKind
from privity.ledger import read_leaf
from privity.notary import LedgerReader
from privity.store import Database, Guard, TenantTransaction
from privity.store.transactions.tenant import open_tenant_transaction

_TENANT: Final = "SELECT state = 'open' AS tenant_open FROM platform.own_tenant()"
_PROJECT: Final = """
    SELECT t.state = 'open' AS tenant_open, p.id AS project_id
    FROM platform.own_tenant() AS t,
         LATERAL (SELECT id FROM tenant.project WHERE %(id)s::uuid IS NULL OR id = %(id)s ORDER BY id LIMIT 1) AS p
"""
_CONVERSATION: Final = """
    SELECT t.state = 'open' AS tenant_open, c.project_id, c.state, c.brought_by, c.created_at
    FROM platform.own_tenant() AS t, tenant.conversation AS c WHERE c.id = %(id)s
"""
_DELETION: Final = """
    SELECT t.state = 'open' AS tenant_open, d.project_id
    FROM platform.own_tenant() AS t, tenant.deletion AS d WHERE d.id = %(id)s
"""


class _Row(msgspec.Struct, frozen=True):
    tenant_open: bool
    project_id: UUID | None = None
    state: str = ""
    brought_by: str = ""
    created_at: datetime | None = None


class Facts(msgspec.Struct, frozen=True):
    """One request as policies see it; `found` is false for things that do not exist for this caller."""

    principal: Entity
    resource: Entity
    context: dict[str, Any]
    found: bool
    project: UUID | None


class FactReader:
    """Reads facts. `fresh` is true for a conversation no older than `operator_sees` seconds."""

    def __init__(
        self, database: Database, guard: Guard, ledger: LedgerReader, clock: Clock, *, operator_sees: timedelta
    ) -> None:
        self._database = database
        self._guard = guard
        self._ledger = ledger
        self._clock = clock
        self._operator_sees = operator_sees

    async def read(self, caller: Caller, resource: Resource) -> Facts:
        """Return the facts for one request; two statements in a transaction that is rolled back."""
        if caller.tenant is None:
            return Facts(_principal(caller), Entity(resource.kind, "platform", {}), _context(caller, True), True, None)
        if resource.kind is ResourceKind.PLATFORM:
            return Facts(_principal(caller), Entity(resource.kind, "platform", {}), _context(caller, True), True, None)
        async with open_tenant_transaction(self._database, self._guard, caller.tenant, read_only=True) as tx:
            row = await self._row(tx, caller, resource)
        asked_by = ""
        if resource.kind is ResourceKind.DECISION and row is not None:
            try:
                entry = await self._ledger.entry_by_id(caller.log, _id_of(resource))
            except NotFound:
                row = None
            else:
                actor = read_leaf(entry.leaf).body.get("actor", {})
                asked_by = f"{actor.get('kind')}:{actor.get('id')}"
        return self._facts(caller, resource, row, asked_by)

    async def _row(self, tx: TenantTransaction, caller: Caller, resource: Resource) -> _Row | None:
        match resource.kind:
            case ResourceKind.CONVERSATION:
                row = await tx.fetch_one(_CONVERSATION, {"id": resource.id}, into=_Row)
                return None if row is None or row.state == "deleting" else row
            case ResourceKind.DELETION:
                return await tx.fetch_one(_DELETION, {"id": resource.id}, into=_Row)
            case ResourceKind.PROJECT:
                return await tx.fetch_one(_PROJECT, {"id": resource.id or caller.project}, into=_Row)
            case _:
                return await tx.fetch_one(_TENANT, into=_Row)

    def _facts(self, caller: Caller, resource: Resource, row: _Row | None, asked_by: str) -> Facts:
        tenant, found = str(caller.tenant), row is not None
        row = row or _Row(tenant_open=False)
        project = str(row.project_id or "")
        attributes: dict[str, Any] = {"tenant": tenant}
        match resource.kind:
            case ResourceKind.CONVERSATION:
                oldest = self._clock.now() - self._operator_sees
                fresh = row.created_at is not None and row.created_at >= oldest
                attributes |= {"project": project, "state": row.state, "brought_by": row.brought_by, "fresh": fresh}
            case ResourceKind.DELETION | ResourceKind.PROJECT:
                attributes |= {"project": project}
            case ResourceKind.DECISION:
                attributes |= {"asked_by": asked_by}
            case _:
                pass
        shown = resource.id or (row.project_id if resource.kind is ResourceKind.PROJECT else caller.tenant)
        return Facts(
            _principal(caller),
            Entity(resource.kind, str(shown), attributes),
            _context(caller, row.tenant_open),
            found,
            row.project_id,
        )


def _principal(caller: Caller) -> Entity:
    facts: dict[str, Any] = {"tenant": str(caller.tenant or "")}
    if caller.kind is CallerKind.SERVICE:
        facts |= {"project": str(caller.project or ""), "scopes": sorted(caller.scopes)}
    return Entity(caller.kind.capitalize(), caller.id, facts)


def _context(caller: Caller, tenant_open: bool) -> dict[str, Any]:
    return {"principal": caller.principal, "tenant_open": tenant_open}


def _id_of(resource: Resource) -> UUID:
    if resource.id is None:
        raise ValueError("a decision is always named by its id")
    return resource.id
