"""Made-up callers and things with every fact that the schema asks for, to put questions to a policy set."""

from collections.abc import Mapping
from typing import Any, Final

from privity.gate.actions import ResourceKind
from privity.gate.engine import Entity
from privity.gate.telephony import BROUGHT
from privity.identity import Role, Scope

_TENANT: Final = "00000000-0000-7000-8000-000000000001"
_PROJECT: Final = "00000000-0000-7000-8000-000000000002"
ME: Final = "person:00000000-0000-7000-8000-000000000003"
OTHER: Final = "person:00000000-0000-7000-8000-000000000004"
_THIRD: Final = "person:00000000-0000-7000-8000-000000000005"

_OTHERS: Final = ("operator", "service", "worker", "plugin")
_CONVERSATION: Final = {"project": _PROJECT, "channel": "call", "state": "kept", "fresh": False}
_GRANT: Final = {
    "scope": "conversation:any",
    "grantee": _THIRD,
    "grantee_role": "practitioner",
    "grantee_clinical": True,
    "asked_by": _THIRD,
    "on_behalf_of": "",
    "on_behalf_role": "",
}


def principal(who: str, changed: Mapping[str, Any] | None = None) -> Entity:
    """Return a caller: a person of a role, or `operator`, `service` (every scope), `plugin`, `worker`."""
    if who not in _OTHERS:
        facts: dict[str, Any] = {
            "tenant": _TENANT,
            "role": str(who),
            "clinical": who == Role.PRACTITIONER,
            "projects": [_PROJECT],
            "every_project": who == Role.OWNER,
            "enrolled": True,
            "mfa": True,
            "recovered": False,
        }
        return Entity("Person", ME.partition(":")[2], facts | dict(changed or {}))
    facts = {"tenant": _TENANT}
    if who in {"service", "plugin"}:
        scopes = sorted(Scope) if who == "service" else [str(Scope.CONVERSATIONS_REQUEST)]
        facts |= {"project": _PROJECT, "scopes": scopes}
    kind = "Service" if who == "plugin" else who.capitalize()
    return Entity(kind, ME.partition(":")[2], facts | dict(changed or {}))


def thing(kind: ResourceKind, owner: str, changed: Mapping[str, Any] | None = None) -> Entity:
    """Return a thing that `owner` brought in, asked for or may grant."""
    brought = {"project": _PROJECT, "brought_by": owner}
    by_kind: dict[ResourceKind, dict[str, Any]] = {
        **dict.fromkeys(BROUGHT, brought),
        ResourceKind.CONVERSATION: _CONVERSATION | {"brought_by": owner},
        ResourceKind.PROJECT: {"project": _PROJECT},
        ResourceKind.MISSED: {"project": _PROJECT},
        ResourceKind.DELETION: {"project": _PROJECT, "asked_by": owner},
        ResourceKind.DECISION: {"asked_by": owner},
        ResourceKind.GRANT: _GRANT | {"granted_by": owner, "author": owner},
        ResourceKind.BREAK_GLASS: {"holder": _THIRD, "on_behalf_of": "", "on_behalf_role": ""},
        ResourceKind.PAYMENT: {"project": _PROJECT},
        ResourceKind.REDACTION: {"project": _PROJECT},
        ResourceKind.WEBHOOK: {"project": _PROJECT},
    }
    tenant = {} if kind is ResourceKind.PLATFORM else {"tenant": _TENANT}
    return Entity(kind, "any", tenant | by_kind.get(kind, {}) | dict(changed or {}))


def context(under: str = "", changed: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what surrounds a request, under nothing, a `grant` or an `emergency` of the caller."""
    facts: dict[str, Any] = {"principal": ME, "tenant_open": True, "now": 1, "approvals": True}
    if under == "grant":
        facts["grant"] = {"id": "any", "grantee": ME, "ends": 2}
    if under == "emergency":
        facts["break_glass"] = {"id": "any", "holder": ME, "ends": 2, "approved": False, "owners_told": True}
    return facts | dict(changed or {})
