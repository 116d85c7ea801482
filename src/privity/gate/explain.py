"""Why a decision came out as it did, from the ledger entry that recorded it, and what would have changed it."""

from typing import Any, Final
from uuid import UUID

import msgspec

from privity.clock import rfc3339
from privity.errors import NotFound
from privity.gate.access import Access
from privity.gate.changes import Change, Request, changes_that_allow
from privity.gate.engine import Engine, Entity
from privity.gate.policy_sets import PolicySet, PolicySets
from privity.identity import Scope
from privity.ledger import read_leaf
from privity.notary import LedgerReader

_DECISIONS: Final = frozenset({"intent", "denial"})


class NearMiss(msgspec.Struct, frozen=True):
    """A permit that came close: its text of then, and for each way to it the facts that were missing."""

    policy: str
    text: str
    needs: list[list[str]]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with everything it rested on.

    `policies` are the ids that decided: the permits of an allowance, the forbids of a refusal, none when nothing
    permitted; `texts` is what they said then, empty when the policy set of then is not kept here. Of a refusal:
    `changes` are the facts that would have turned it round, one each if one suffices, two otherwise; `came_close` are
    the permits that they lead to; `would_allow` names the single scopes among them. `same_today` says whether today's
    policies answer these facts alike.
    """

    id: UUID
    index: int
    at: str
    principal: str
    action: str
    resource: dict[str, str]
    layer: str
    allowed: bool
    policies: list[str]
    texts: dict[str, str]
    policy_set: str
    policy_set_since: str | None
    facts: dict[str, Any]
    changes: list[Change]
    came_close: list[NearMiss]
    would_allow: list[str]
    same_today: bool

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        if self.allowed:
            return f"allowed by {', '.join(self.policies)}"
        if not self.facts.get("found", True):
            return "refused: there was no such thing in the caller's tenant"
        why = f"refused by {', '.join(self.policies)}" if self.policies else "refused: nothing permits it"
        if not self.changes:
            return why
        ways = dict.fromkeys(" and ".join(change.needs) for change in self.changes)
        return f"{why}; {', or '.join(ways)} would have allowed it"


async def explain(access: Access, ledger: LedgerReader, engine: Engine, policy_sets: PolicySets) -> Explanation:
    """Return the explanation of the decision that the access is for; raises NotFound when the entry is no decision.

    The policies of then answer again; only `same_today` asks those of today.
    """
    entry = read_leaf((await ledger.entry_by_id(access.caller.log, UUID(access.resource_id))).leaf)
    if entry.kind not in _DECISIONS:
        raise NotFound("there is no such decision", advice="Give the id that a refusal or a history shows.")
    body = entry.body
    facts, decision, actor = body["facts"], body["decision"], body["actor"]
    request = Request(
        Entity(str(actor["kind"]).capitalize(), actor["id"], facts["principal"]),
        body["action"],
        Entity(body["resource"]["kind"], body["resource"]["id"], facts["resource"]),
        facts["context"],
    )
    then = await policy_sets.find(decision["policy_set"])
    today = request.ask(engine)
    changes = (
        [] if then is None or decision["allowed"] or not facts["found"] else changes_that_allow(then.engine, request)
    )
    return Explanation(
        id=entry.id,
        index=entry.index,
        at=rfc3339(entry.time),
        principal=f"{actor['kind']}:{actor['id']}",
        action=body["action"],
        resource=body["resource"],
        layer=body.get("layer", ""),
        allowed=decision["allowed"],
        policies=decision["policies"],
        texts={} if then is None else {id_: then.engine.policies[id_].text for id_ in decision["policies"]},
        policy_set=decision["policy_set"],
        policy_set_since=None if then is None else rfc3339(then.first_used_at),
        facts=facts,
        changes=changes,
        came_close=[] if then is None else _near(then, changes),
        would_allow=[scope for scope in Scope if any(change.needs == (f"the scope {scope}",) for change in changes)],
        same_today=not today.failed and (today.allowed and facts["found"]) == decision["allowed"],
    )


def _near(then: PolicySet, changes: list[Change]) -> list[NearMiss]:
    near: dict[str, list[list[str]]] = {}
    for change in changes:
        for policy in change.policies:
            near.setdefault(policy, []).append(list(change.needs))
    return [NearMiss(policy, then.engine.policies[policy].text, needs) for policy, needs in near.items()]
