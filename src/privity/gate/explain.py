"""Why a decision came out as it did, from the ledger entry that recorded it, and what would have changed it."""

from typing import Any, Final
from uuid import UUID

import msgspec

from privity.clock import rfc3339
from privity.errors import NotFound
from privity.gate.access import Access
from privity.gate.engine import Engine, Entity
from privity.identity import Scope
from privity.ledger import read_leaf
from privity.notary import LedgerReader

_DECISIONS: Final = frozenset({"intent", "denial"})


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with everything it rested on.

    `policies` are the ids that decided: the permits of an allowance, the forbids of a refusal, none when nothing
    permitted. `would_allow` names single scopes that alone would have turned a refusal round. `same_today` says whether
    today's policies answer these facts alike.
    """

    id: UUID
    index: int
    at: str
    principal: str
    action: str
    resource: dict[str, str]
    allowed: bool
    policies: list[str]
    policy_set: str
    facts: dict[str, Any]
    would_allow: list[str]
    same_today: bool

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        if self.allowed:
            return f"allowed by {', '.join(self.policies)}"
        if not self.facts.get("found", True):
            return "refused: there was no such thing in the caller's tenant"
        if self.policies:
            return f"refused by {', '.join(self.policies)}"
        if self.would_allow:
            return f"refused: nothing permits it; the scope {' or '.join(self.would_allow)} would have"
        return "refused: nothing permits it"


async def explain(access: Access, ledger: LedgerReader, engine: Engine) -> Explanation:
    """Return the explanation of the decision that the access is for; raises NotFound when the entry is no decision."""
    entry = read_leaf((await ledger.entry_by_id(access.caller.log, UUID(access.resource_id))).leaf)
    if entry.kind not in _DECISIONS:
        raise NotFound("there is no such decision", advice="Give the id that a refusal or a history shows.")
    body = entry.body
    facts, decision, actor = body["facts"], body["decision"], body["actor"]
    principal = Entity(str(actor["kind"]).capitalize(), actor["id"], facts["principal"])
    resource = Entity(body["resource"]["kind"], body["resource"]["id"], facts["resource"])

    def allowed_with(candidate: Entity) -> bool:
        return facts["found"] and engine.decide(candidate, body["action"], resource, facts["context"]).allowed

    return Explanation(
        id=entry.id,
        index=entry.index,
        at=rfc3339(entry.time),
        principal=f"{actor['kind']}:{actor['id']}",
        action=body["action"],
        resource=body["resource"],
        allowed=decision["allowed"],
        policies=decision["policies"],
        policy_set=decision["policy_set"],
        facts=facts,
        would_allow=[] if decision["allowed"] else [s for s in Scope if allowed_with(_with_scope(principal, s))],
        same_today=allowed_with(principal) == decision["allowed"],
    )


def _with_scope(principal: Entity, scope: Scope) -> Entity:
    if "scopes" not in principal.facts or scope in principal.facts["scopes"]:
        return principal
    return Entity(principal.kind, principal.id, {**principal.facts, "scopes": [*principal.facts["scopes"], str(scope)]})
