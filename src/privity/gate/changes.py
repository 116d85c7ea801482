"""What would have turned a refusal round: one changed fact, or two, found by asking the policies of then.

Nothing here is guessed: a change is named only when the same policies, asked again with it, allow.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, Final

import msgspec

from privity.gate.engine import Answer, Engine, Entity
from privity.identity import Role, Scope

_SOMEBODY: Final = "person:another"
_LATER: Final = 3600


class Request(msgspec.Struct, frozen=True):
    """One request as it was decided: who, what, on what, and what surrounded it."""

    principal: Entity
    action: str
    resource: Entity
    context: dict[str, Any]

    def ask(self, engine: Engine) -> Answer:
        """Return what a policy set says of it."""
        return engine.decide(self.principal, self.action, self.resource, self.context)


class Change(msgspec.Struct, frozen=True):
    """Facts that together would have allowed it, in words, and the permits that would then have decided."""

    needs: tuple[str, ...]
    policies: tuple[str, ...]


class _Fact(msgspec.Struct, frozen=True):
    words: str
    apply: Callable[[Request], Request]


def changes_that_allow(engine: Engine, request: Request) -> list[Change]:
    """Return every single change that allows; if there is none, every pair; at most about 80 evaluations."""
    facts = list(_candidates(request))
    for size in (1, 2):
        found = []
        for chosen in combinations(facts, size):
            changed = request
            for fact in chosen:
                changed = fact.apply(changed)
            answer = changed.ask(engine)
            if answer.allowed:
                found.append(Change(tuple(fact.words for fact in chosen), answer.policies))
        if found:
            return found
    return []


def _candidates(request: Request) -> Iterator[_Fact]:
    """Yield what can be changed about a caller of this kind: scopes, role, project, factor, grant, emergency."""
    match request.principal.kind:
        case "Service":
            held = request.principal.facts["scopes"]
            for scope in Scope:
                if scope not in held:
                    yield _of_principal(f"the scope {scope}", scopes=[*held, str(scope)])
            if "project" in request.resource.facts:
                yield _of_principal("a token of that project", project=request.resource.facts["project"])
        case "Person":
            yield from _of_person(request)
        case "Operator":
            if "on_behalf_role" in request.resource.facts:
                yield _of_resource("an owner's or admin's decision to enter", on_behalf_role="owner")
        case _:
            return
    yield from _around(request)


def _of_person(request: Request) -> Iterator[_Fact]:
    facts = request.principal.facts
    for role in Role:
        if role != facts["role"]:
            yield _of_principal(f"the role {role}", role=str(role))
    if not facts["clinical"]:
        yield _of_principal("treating clients besides", clinical=True)
    project = request.resource.facts.get("project")
    if project and not facts["every_project"] and project not in facts["projects"]:
        yield _of_principal("access to that project", projects=[*facts["projects"], project])
    if not facts["mfa"]:
        yield _of_principal("a second factor in this session", mfa=True)


def _around(request: Request) -> Iterator[_Fact]:
    me, until = request.context["principal"], int(request.context["now"]) + _LATER
    if request.resource.kind == "Conversation":
        if "grant" not in request.context:
            yield _of_context("a grant that covers it", grant={"id": "any", "grantee": me, "ends": until})
        if request.principal.kind != "Service":
            glass = {"id": "any", "holder": me, "ends": until, "approved": True, "owners_told": True}
            yield _of_context("an approved emergency", break_glass=glass)
    if me in {request.resource.facts.get(name) for name in ("grantee", "asked_by", "holder")}:
        yield _of_context("somebody else of the same role", principal=_SOMEBODY)
    if not request.context["tenant_open"]:
        yield _of_context("an open workspace", tenant_open=True)


def _of_principal(words: str, **facts: Any) -> _Fact:
    def apply(request: Request) -> Request:
        who = request.principal
        return msgspec.structs.replace(request, principal=Entity(who.kind, who.id, {**who.facts, **facts}))

    return _Fact(words, apply)


def _of_resource(words: str, **facts: Any) -> _Fact:
    def apply(request: Request) -> Request:
        it = request.resource
        return msgspec.structs.replace(request, resource=Entity(it.kind, it.id, {**it.facts, **facts}))

    return _Fact(words, apply)


def _of_context(words: str, **facts: Any) -> _Fact:
    return _Fact(words, lambda request: msgspec.structs.replace(request, context={**request.context, **facts}))
