"""Security events: what an administrator looks for in the log (E45), read from the ledger and from nothing else."""

from enum import StrEnum
from typing import Final

import msgspec

from privity.clock import rfc3339
from privity.gate.access import Access
from privity.gate.actions import Action
from privity.ledger import Leaf, read_leaf
from privity.notary import LedgerReader

_PERMISSIONS: Final = ("grant:", "person:", "token:create", "token:revoke", "service:", "role:")


class EventClass(StrEnum):
    """What sort of event it is."""

    DENIED = "denied"
    UNKNOWN_CALLER = "unknown-caller"
    BEHIND_THE_GATE = "refused-behind-the-gate"
    DECRYPT_FAILURE = "decrypt-failure"
    PERMISSION_CHANGE = "permission-change"
    EMERGENCY = "emergency"
    ALARM = "alarm"


_BY_KIND: Final = {
    "denial": EventClass.DENIED,
    "refusal": EventClass.BEHIND_THE_GATE,
    "call": EventClass.UNKNOWN_CALLER,
    "clock_anomaly": EventClass.ALARM,
}


class SecurityEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the ledger that is an event, by its class."""

    event: EventClass
    index: int
    id: str
    at: str
    principal: str
    action: str
    resource: str
    layer: str
    status: int | None
    policies: list[str]


async def security_events(
    access: Access, ledger: LedgerReader, *, of: EventClass | None = None, among: int = 2000, limit: int = 100
) -> list[SecurityEvent]:
    """Return up to `limit` events, of one class if it is named, among the newest entries of the caller's log."""
    await access.demand(Action.SECURITY_READ)
    head = await ledger.checkpoint(access.caller.log)
    entries = await ledger.entries(access.caller.log, after=max(-1, head.size - among - 1), limit=among)
    found = []
    for entry in reversed(entries):
        leaf = read_leaf(entry.leaf)
        if (event := _class_of(leaf)) is not None and of in {None, event}:
            found.append(_event(event, leaf))
        if len(found) == limit:
            break
    return found


def _class_of(leaf: Leaf) -> EventClass | None:
    if leaf.kind == "outcome":
        return _class_of_outcome(str(leaf.body.get("action", "")), leaf.body.get("failed"))
    return _BY_KIND.get(leaf.kind)


def _class_of_outcome(action: str, failed: object) -> EventClass | None:
    if failed == "SealBroken":
        return EventClass.DECRYPT_FAILURE
    if action.endswith((":list", ":read", ":mine")) or failed is not None:
        return None
    if action.startswith("break-glass:"):
        return EventClass.EMERGENCY
    return EventClass.PERMISSION_CHANGE if action.startswith(_PERMISSIONS) else None


def _event(event: EventClass, leaf: Leaf) -> SecurityEvent:
    body = leaf.body
    actor, resource = body.get("actor", {}), body.get("resource", {})
    return SecurityEvent(
        event=event,
        index=leaf.index,
        id=str(leaf.id),
        at=rfc3339(leaf.time),
        principal=f"{actor.get('kind', 'nobody')}:{actor.get('id', '')}",
        action=str(body.get("action", "")),
        resource=f"{resource.get('kind', '')} {resource.get('id', '')}".strip(),
        layer=str(body.get("layer", "")),
        status=body.get("status"),
        policies=list(body.get("decision", {}).get("policies", [])),
    )
