"""The facts that policies decide on, read in one statement from the caller's own tenant and nothing else's."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import NotFound
from privity.gate.actions import Action, ResourceKind
from privity.gate.engine import Entity
from privity.gate.fact_rows import PROPOSED, STATEMENTS, Row
from privity.gate.resources import Resource
from privity.gate.telephony import BROUGHT, TABLES
from privity.identity import Caller, CallerKind, Factor
from privity.ledger import Leaf, read_leaf
from privity.notary import LedgerReader
from privity.store import Database, Guard, TenantTransaction
from privity.store.transactions.tenant import open_tenant_transaction

_ORDERED_BY: Final = {
    Action.CONVERSATION_PROCESS: Action.CONVERSATION_CREATE,
    Action.CONVERSATION_PURGE: Action.CONVERSATION_DELETE,
    Action.MISSED_REDACT: Action.CONVERSATION_REDACT,
    Action.MESSAGE_DELIVER: Action.MESSAGE_CREATE,
    Action.FAX_DELIVER: Action.FAX_CREATE,
    Action.REDACTION_RUN: Action.REDACTION_START,
}
"""Which decision orders which job."""

_OF_PROJECT: Final = {ResourceKind.DELETION, ResourceKind.MISSED, ResourceKind.PROJECT, *TABLES, *BROUGHT}


class Facts(msgspec.Struct, frozen=True):
    """One request as policies see it; `found` is false for things that do not exist for this caller."""

    principal: Entity
    resource: Entity
    context: dict[str, Any]
    found: bool
    project: UUID | None


class FactReader:
    """Reads facts. `fresh` is true for a conversation no older than `operator_sees` seconds.

    `approvals` says whether plugins need a person's approval; it is false only outside production (B28).
    """

    def __init__(
        self,
        database: Database,
        guard: Guard,
        ledger: LedgerReader,
        clock: Clock,
        *,
        operator_sees: timedelta,
        approvals: bool = True,
    ) -> None:
        self._database = database
        self._guard = guard
        self._ledger = ledger
        self._clock = clock
        self.operator_sees = operator_sees
        self.approvals = approvals

    async def read(self, caller: Caller, action: str, resource: Resource) -> Facts:
        """Return the facts for one request; two statements in a transaction that is rolled back."""
        now = self._clock.now()
        if caller.tenant is None or resource.kind is ResourceKind.PLATFORM:
            context = self._context(caller, Row(tenant_open=True), now)
            return Facts(_principal(caller, None), Entity(resource.kind, "platform", {}), context, True, None)
        async with open_tenant_transaction(self._database, self._guard, caller.tenant, read_only=True) as tx:
            row = await _row(tx, caller, action, resource, now)
        entry = await self._entry(caller, resource, row)
        if resource.kind is ResourceKind.DECISION and entry is None:
            row = None
        facts = self._facts(caller, resource, row, entry, now)
        if caller.kind is CallerKind.WORKER and action in _ORDERED_BY:
            facts.context["ordered"] = _orders(entry, caller, action, row)
        return facts

    async def _entry(self, caller: Caller, resource: Resource, row: Row | None) -> Leaf | None:
        """Return the ledger entry that a request is about, or that a job says it was ordered by."""
        wanted = resource.id if resource.kind is ResourceKind.DECISION else caller.cause
        if row is None or wanted is None:
            return None
        try:
            entry = await self._ledger.entry_by_id(caller.log, wanted)
        except NotFound:
            return None
        return read_leaf(entry.leaf)

    def _facts(self, caller: Caller, resource: Resource, row: Row | None, entry: Leaf | None, now: datetime) -> Facts:
        found, row = row is not None, row or Row(tenant_open=False)
        shown = resource.id or (row.project_id if resource.kind is ResourceKind.PROJECT else caller.tenant)
        facts = {"tenant": str(caller.tenant)} | self._of_kind(caller, resource, row, entry, now)
        return Facts(
            _principal(caller, row.project_id),
            Entity(resource.kind, str(shown), facts),
            self._context(caller, row, now),
            found,
            row.project_id,
        )

    def _of_kind(
        self, caller: Caller, resource: Resource, row: Row, entry: Leaf | None, now: datetime
    ) -> dict[str, Any]:
        project = str(row.project_id or "")
        match resource.kind:
            case ResourceKind.CONVERSATION:
                fresh = row.created_at is not None and row.created_at >= now - self.operator_sees
                kept = {"project": project, "channel": row.channel, "state": row.state}
                return kept | {"brought_by": row.brought_by, "fresh": fresh}
            case kind if kind in _OF_PROJECT:
                asked = {"asked_by": row.asked_by or ""} if kind is ResourceKind.DELETION else {}
                return {"project": project} | asked | ({"brought_by": row.brought_by} if kind in BROUGHT else {})
            case ResourceKind.DECISION:
                actor = {} if entry is None else entry.body.get("actor", {})
                return {"asked_by": f"{actor.get('kind')}:{actor.get('id')}"}
            case ResourceKind.MEMBER | ResourceKind.FACTOR:
                return _of_account(resource, row)
            case ResourceKind.GRANT | ResourceKind.BREAK_GLASS:
                return _of_extra_access(caller, resource, row)
            case _:
                return {}

    def _context(self, caller: Caller, row: Row, now: datetime) -> dict[str, Any]:
        context: dict[str, Any] = {
            "principal": caller.principal,
            "tenant_open": row.tenant_open,
            "now": int(now.timestamp()),
            "approvals": self.approvals,
        }
        if row.grant_id is not None and row.grant_ends is not None:
            ends = int(row.grant_ends.timestamp())
            context["grant"] = {"id": str(row.grant_id), "grantee": caller.principal, "ends": ends}
        if row.glass_id is not None and row.glass_ends is not None:
            context["break_glass"] = {
                "id": str(row.glass_id),
                "holder": caller.principal,
                "ends": int(row.glass_ends.timestamp()),
                "approved": bool(row.approved),
                "owners_told": bool(row.told),
            }
        return context


def _of_account(resource: Resource, row: Row) -> dict[str, Any]:
    person = f"{CallerKind.PERSON}:{row.person_id}"
    more = {"role": row.role} if resource.kind is ResourceKind.MEMBER else {"last": row.last}
    return {"person": person} | more


def _of_extra_access(caller: Caller, resource: Resource, row: Row) -> dict[str, Any]:
    behalf = _behalf(caller, resource)
    facts: dict[str, Any] = {"on_behalf_of": behalf, "on_behalf_role": row.on_behalf_role if behalf else ""}
    if resource.kind is ResourceKind.BREAK_GLASS:
        return facts | {"holder": row.holder}
    return facts | {
        "scope": row.scope,
        "grantee": row.grantee,
        "grantee_role": row.grantee_role,
        "grantee_clinical": bool(row.grantee_clinical),
        "granted_by": row.given_by or "",
        "asked_by": row.asked_by or "",
        "author": row.author or "",
    }


async def _row(tx: TenantTransaction, caller: Caller, action: str, resource: Resource, now: datetime) -> Row | None:
    asked = {
        "principal": caller.principal,
        "action": action,
        "now": now,
        "id": resource.id or (caller.project if resource.kind is ResourceKind.PROJECT else None),
        "behalf": _behalf(caller, resource),
        "seen": [] if caller.every_project else list(caller.projects),
    }
    if resource.proposed is not None:
        asked |= msgspec.structs.asdict(resource.proposed)
        return await tx.fetch_one(PROPOSED, asked, into=Row)
    row = await tx.fetch_one(STATEMENTS[resource.kind], asked, into=Row)
    gone = resource.kind is ResourceKind.CONVERSATION and row is not None and row.state == "deleting"
    return None if gone else row


def _orders(entry: Leaf | None, caller: Caller, action: str, row: Row | None) -> bool:
    """Whether a job's cause is the allowed decision that its row was made by: a job cannot be slipped in."""
    if entry is None or row is None or row.cause != caller.cause or entry.kind != "intent":
        return False
    return bool(entry.body.get("action") == _ORDERED_BY[Action(action)])


def _behalf(caller: Caller, resource: Resource) -> str:
    return resource.on_behalf_of if caller.kind is CallerKind.OPERATOR else ""


def _principal(caller: Caller, project: UUID | None) -> Entity:
    facts: dict[str, Any] = {"tenant": str(caller.tenant or "")}
    if caller.kind is CallerKind.SERVICE:
        facts |= {"project": str(caller.project or ""), "scopes": sorted(caller.scopes)}
    elif caller.kind is CallerKind.PERSON:
        facts |= {
            "role": str(caller.role or ""),
            "clinical": caller.clinical,
            "projects": [str(project)] if project in caller.projects else [],
            "every_project": caller.every_project,
            "enrolled": caller.enrolled,
            "mfa": caller.mfa,
            "recovered": Factor.RECOVERY in caller.factors,
        }
    return Entity(caller.kind.capitalize(), caller.id, facts)
