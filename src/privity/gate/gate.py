"""The one door: read facts, decide, record the intent, and only then hand out access.

The order is the promise. An intent that cannot be recorded within two seconds is LedgerUnavailable and nothing has
happened. A refusal is recorded like an intent. The outcome commits with what it tells of, or by itself where an act
had no transaction; it is durable before the answer leaves, and its place in the log is never waited for.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, NoReturn
from uuid import UUID

import msgspec

from privity import logs
from privity.clock import Clock
from privity.errors import NotFound, PrivityError, Refused, Unavailable
from privity.gate.access import Access, TakesStatements
from privity.gate.actions import Action, ResourceKind
from privity.gate.details import Details
from privity.gate.engine import Answer, Engine
from privity.gate.facts import FactReader, Facts
from privity.gate.policy_sets import PolicySets
from privity.gate.resources import Resource
from privity.gate.rows import RowFilter, visible_rows
from privity.identity import Caller, CallerKind, Scope
from privity.ids import Ids
from privity.notary import Entry, Inbox
from privity.store import Database, Guard, TenantTransaction
from privity.store.transactions.tenant import open_tenant_transaction

_log: Final = logs.get("gate")
_LAYERS: Final = {CallerKind.WORKER: "queue", CallerKind.OPERATOR: "command"}
"""Where a decision was asked for; a gateway unless the caller's kind says otherwise (B33)."""
_IDS_AN_ENTRY: Final = 128  # of 39 bytes each; the rest of an entry's 7,680 bytes is for what else an outcome says


class Gate:
    """Opens access for callers; the only maker of tenant transactions."""

    def __init__(
        self,
        database: Database,
        guard: Guard,
        inbox: Inbox,
        engine: Engine,
        facts: FactReader,
        details: Details,
        ids: Ids,
        clock: Clock,
        policy_sets: PolicySets,
    ) -> None:
        self._database = database
        self._guard = guard
        self._inbox = inbox
        self._engine = engine
        self._facts = facts
        self._details = details
        self._ids = ids
        self._clock = clock
        self._policy_sets = policy_sets

    @asynccontextmanager
    async def open(self, caller: Caller, action: Action, resource: Resource) -> AsyncIterator[Access]:
        """Give access for one act, or refuse it; either way the ledger has it first.

        Raises Refused with the decision's id, NotFound for what does not exist in the caller's tenant, and
        LedgerUnavailable when the intent could not be recorded: then nothing has happened.
        """
        access = await self._decide(caller, action, resource)
        try:
            yield access
        except BaseException as error:
            if not access.settled:
                access.status = _status_of(error)
                access.outcome["failed"] = type(error).__name__
                with suppress(Unavailable):
                    await self._write_outcome(access)
            raise
        if not access.settled:
            await self._write_outcome(access)

    async def may(self, caller: Caller, asked: Iterable[tuple[Action, Resource]]) -> list[bool]:
        """Return whether each act would be allowed now, so that a page shows only doors that open.

        Nothing is recorded, because nothing is opened: what is clicked is decided and recorded then.
        """
        answers = []
        for action, resource in asked:
            facts = await self._facts.read(caller, action, resource)
            answer = self._engine.decide(facts.principal, action, facts.resource, facts.context)
            answers.append(answer.allowed and facts.found)
        return answers

    async def _decide(self, caller: Caller, action: Action, resource: Resource) -> Access:
        facts = await self._facts.read(caller, action, resource)
        answer = self._engine.decide(facts.principal, action, facts.resource, facts.context)
        allowed = answer.allowed and facts.found
        await self._policy_sets.keep(self._engine)
        decision = self._ids.new()
        body = self._body(caller, action, facts, answer, allowed=allowed)
        commitment, sealed = await self._details.seal(caller.tenant, decision, caller.origin)
        body["detail"] = commitment
        hidden = not facts.found or (not allowed and _of_another_project(caller, resource, facts))
        if not allowed:  # nothing follows that could tell how it was answered
            body["status"] = NotFound.status if hidden else Refused.status
        kind = "intent" if allowed else "denial"
        receipt = await self._inbox.record(Entry(id=decision, log=caller.log, kind=kind, body=body, detail=sealed))
        if hidden:
            raise NotFound("there is no such thing here", advice="Check the id; it may have been deleted.")
        if not allowed:
            _log.info("refused", action=str(action), decision_id=decision)
            scope = self._lacking(caller, action, facts)
            raise Refused(
                f"policy refuses {action}" + (f": the token lacks the scope {scope}" if scope else ""),
                advice=f"`privity explain {decision}` shows which facts and policies decided.",
                decision_id=str(decision),
                scope=scope,
            )
        return Access(self, caller, action, facts, decision=decision, outcome_id=self._ids.new(), receipt=receipt)

    def _lacking(self, caller: Caller, action: Action, facts: Facts) -> str | None:
        """Return the scope that would have opened the act to a service, where a single one would (B3)."""
        if caller.kind is not CallerKind.SERVICE:
            return None
        for scope in sorted(frozenset(Scope) - caller.scopes):
            told = {**facts.principal.facts, "scopes": sorted({*caller.scopes, scope})}
            principal = msgspec.structs.replace(facts.principal, facts=told)
            if self._engine.decide(principal, action, facts.resource, facts.context).allowed:
                return str(scope)
        return None

    async def refuse(self, access: Access, layer: str) -> NoReturn:
        """Record that a layer behind the gate would not serve an access, and raise Refused.

        The entry names the layer and, as its cause, the decision that the access came from; it never comes to this
        unless something went past the gate.
        """
        entry = self._ids.new()
        body = {
            "actor": {"kind": str(access.caller.kind), "id": access.caller.id},
            "action": str(access.action),
            "resource": {"kind": access.resource_kind, "id": access.resource_id},
            "layer": layer,
            "cause": str(access.decision),
            "status": Refused.status,
        }
        await self._inbox.record(Entry(id=entry, log=access.caller.log, kind="refusal", body=body, detail=None))
        _log.error("refused_behind_the_gate", action=str(access.action), decision_id=access.decision, part=layer)
        raise Refused(
            f"the {layer} refuses {access.action}",
            advice="Nothing was read or changed. An administrator finds it among the security events.",
            decision_id=str(access.decision),
        )

    def rows(self, caller: Caller, action: Action) -> RowFilter:
        """Return which conversations the caller may do an act to; `Access.rows` is the way to it."""
        return visible_rows(caller, action, self._clock.now(), self._facts)

    def _body(self, caller: Caller, action: Action, facts: Facts, answer: Answer, *, allowed: bool) -> dict[str, Any]:
        body: dict[str, Any] = {
            "actor": {"kind": str(caller.kind), "id": caller.id},
            "action": str(action),
            "resource": {"kind": facts.resource.kind, "id": facts.resource.id},
            "decision": {"allowed": allowed, "policies": list(answer.policies), "policy_set": self._engine.digest},
            "facts": {
                "principal": dict(facts.principal.facts),
                "resource": dict(facts.resource.facts),
                "context": facts.context,
                "found": facts.found,
            },
            "layer": _LAYERS.get(caller.kind, "gateway"),
            "request": str(caller.origin.request_id),
        }
        if caller.origin.certificate:
            body["certificate"] = caller.origin.certificate
        if caller.cause is not None:
            body["cause"] = str(caller.cause)
        return body

    @asynccontextmanager
    async def tenant_transaction(self, access: Access, *, read_only: bool) -> AsyncIterator[TenantTransaction]:
        """Open a transaction of the access's tenant; `Access.transaction` is the way to it."""
        async with open_tenant_transaction(self._database, self._guard, access.tenant, read_only=read_only) as tx:
            yield tx

    async def enqueue_outcome(self, access: Access, tx: TakesStatements) -> None:
        """Put the outcome into a transaction; it becomes an entry if and only if that commits."""
        for entry in self._outcome(access):
            await self._inbox.enqueue(tx, entry)

    async def enqueue_certificate(self, access: Access, tx: TakesStatements, deletion: UUID, digest: str) -> UUID:
        """Put the entry that commits to a certificate into a transaction; `Access.certify` is the way to it."""
        entry = self._ids.new()
        body = {
            "actor": {"kind": str(access.caller.kind), "id": access.caller.id},
            "action": str(access.action),
            "resource": {"kind": str(ResourceKind.DELETION), "id": str(deletion)},
            "cause": str(access.decision),
            "certificate_sha256": digest,
        }
        await self._inbox.enqueue(tx, Entry(id=entry, log=access.caller.log, kind="certificate", body=body))
        return entry

    async def _write_outcome(self, access: Access) -> None:
        access.settled = True
        for entry in self._outcome(access):
            await self._inbox.post(entry)

    def _outcome(self, access: Access) -> list[Entry]:
        """Return the outcome, and behind it entries that go on naming what it touched: every touch has to be proved."""
        act: dict[str, Any] = {
            "actor": {"kind": str(access.caller.kind), "id": access.caller.id},
            "action": str(access.action),
            "resource": {"kind": access.resource_kind, "id": access.resource_id},
            "cause": str(access.decision),
        }
        body = act | {"status": access.status, **access.outcome}
        if access.ids is None:
            return [Entry(id=access.outcome_id, log=access.caller.log, kind="outcome", body=body, detail=None)]
        first, *more = _groups_of(access.ids)
        return [
            Entry(id=access.outcome_id, log=access.caller.log, kind="outcome", body=body | {"ids": first}, detail=None),
            *(
                Entry(id=self._ids.new(), log=access.caller.log, kind="touched", body=act | {"ids": ids}, detail=None)
                for ids in more
            ),
        ]


def _groups_of(ids: list[str]) -> list[list[str]]:
    """Return the ids in groups that an entry can hold; a group without any when there are none."""
    return [ids[at : at + _IDS_AN_ENTRY] for at in range(0, len(ids), _IDS_AN_ENTRY)] or [[]]


def _of_another_project(caller: Caller, resource: Resource, facts: Facts) -> bool:
    """Tell whether a caller of one project has named a thing of another one: to it there is no such thing."""
    return caller.project is not None and resource.id is not None and facts.project not in {None, caller.project}


def _status_of(error: BaseException) -> int:
    """Return what the caller is answered with; a face's own errors carry their HTTP status as `status_code`."""
    if isinstance(error, PrivityError):
        return error.status
    return int(getattr(error, "status_code", PrivityError.status))
