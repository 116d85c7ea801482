"""Cedar behind one class: policies are validated against their schema at start; a decision is one evaluation."""

import hashlib
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final

import cedarpy
import msgspec

from privity.errors import Misconfigured

Attributes = Mapping[str, Any]

_SCHEMA_FILE: Final = "privity.cedarschema"


class Entity(msgspec.Struct, frozen=True):
    """A principal or a resource as policies see it: a kind, an opaque id and facts."""

    kind: str
    id: str
    facts: Attributes

    def cedar(self) -> dict[str, Any]:
        """Return the entity in Cedar's JSON form."""
        return {"uid": {"type": self.kind, "id": self.id}, "attrs": dict(self.facts), "parents": []}


class Answer(msgspec.Struct, frozen=True):
    """What the policies say: allowed or not, and the ids of those that decided (none for a default denial)."""

    allowed: bool
    policies: tuple[str, ...]


class Engine:
    """A policy set and its schema, parsed and validated once; `digest` is its content address (SHA-256 in hex)."""

    def __init__(self, policies: str, schema: str) -> None:
        checked = cedarpy.validate_policies(policies, schema)
        if not checked.validation_passed:
            raise Misconfigured(
                f"the policy set does not fit its schema ({len(checked.errors)} errors)",
                advice="Compare the policies with privity.cedarschema.",
            )
        self.digest = hashlib.sha256(f"{schema}\0{policies}".encode()).hexdigest()
        self._policies = cedarpy.PolicySet.from_str(policies)
        self._schema = cedarpy.Schema.from_str(schema)

    @classmethod
    def shipped(cls) -> "Engine":
        """Return an engine over the policies that come with Privity."""
        folder = resources.files("privity.gate") / "policies"
        texts = [
            file.read_text() for file in sorted(folder.iterdir(), key=lambda f: f.name) if file.name.endswith(".cedar")
        ]
        return cls("\n".join(texts), (folder / _SCHEMA_FILE).read_text())

    def decide(self, principal: Entity, action: str, resource: Entity, context: Attributes) -> Answer:
        """Return what the policies say of one request; an error inside a policy denies."""
        request = {
            "principal": {"type": principal.kind, "id": principal.id},
            "action": {"type": "Action", "id": action},
            "resource": {"type": resource.kind, "id": resource.id},
            "context": dict(context),
        }
        result = cedarpy.is_authorized(request, self._policies, [principal.cedar(), resource.cedar()], self._schema)
        ids = result.diagnostics.id_annotations_by_reason
        reasons = tuple(sorted(ids.get(reason) or reason for reason in result.diagnostics.reasons))
        return Answer(result.allowed and not result.diagnostics.errors, reasons)
