"""The policies: complete, sound against their schema, and never across tenants."""

import re
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.errors import Misconfigured
from privity.gate import Action, Engine, ResourceKind
from privity.gate.engine import Entity
from privity.identity import DELETING, CallerKind, Role, Scope
from promises import promise

FOLDER = resources.files("privity.gate") / "policies"
SCHEMA = (FOLDER / "privity.cedarschema").read_text()
POLICIES = {file.name: file.read_text() for file in FOLDER.iterdir() if file.name.endswith(".cedar")}
ENGINE = Engine.shipped()

HERE, THERE = "0199b2f0-0000-7000-8000-000000000001", "0199b2f0-0000-7000-8000-000000000002"
PROJECT = "0199b2f0-0000-7000-8000-000000000003"


def applicable() -> list[tuple[str, str, str]]:
    """Every action with each kind of principal and of resource that the schema gives it."""
    found = []
    for block in re.findall(r"^action .*?;", SCHEMA, re.DOTALL | re.MULTILINE):
        names, _, rest = block.partition("appliesTo")
        if not rest:
            continue  # a group
        names = names.partition(" in [")[0]
        principals, kinds = re.findall(r"(?:principal|resource): \[([^]]*)\]", rest)
        found += [
            (name, principal, kind)
            for name in re.findall(r'"([a-z:-]+)"', names)
            for principal in principals.split(", ")
            for kind in kinds.split(", ")
        ]
    return found


APPLICABLE = applicable()


def test_every_scope_that_destroys_records_is_known_as_one() -> None:
    destroying = set()
    for text in POLICIES.values():
        for block in re.findall(r"^permit \(\s*principal is Service,.*?;", text, re.DOTALL | re.MULTILINE):
            if re.search(r'Action::"(?!webhook)[a-z-]+:(delete|redact)"|Action::"redaction:start"', block):
                destroying |= set(re.findall(r'"([a-z]+:[a-z]+)"', block.partition("when {")[2]))
    assert destroying == DELETING


def facts_of(kind: str, tenant: str, **given_: Any) -> dict[str, Any]:
    """The attributes that the schema declares for a kind, filled in."""
    (declared,) = re.findall(rf"^entity {kind}(?: = \{{(.*?)\}})?;", SCHEMA, re.MULTILINE | re.DOTALL)
    values: dict[str, Any] = {
        "tenant": tenant,
        "project": PROJECT,
        "scopes": sorted(Scope),
        "state": "kept",
        "brought_by": "operator:one",
        "asked_by": "operator:one",
        "fresh": True,
        "role": "owner",
        "clinical": True,
        "projects": [PROJECT],
        "every_project": False,
        "mfa": True,
        "channel": "call",
        "scope": "project:any",
        "grantee": "person:two",
        "grantee_role": "practitioner",
        "grantee_clinical": True,
        "granted_by": "",
        "author": "",
        "on_behalf_of": "",
        "on_behalf_role": "",
        "holder": "person:two",
        "enrolled": True,
        "recovered": False,
        "person": "operator:one",
        "last": False,
    } | given_
    return {name: values[name] for name in re.findall(r"(\w+):", declared)}


def allowed(action: str, principal: Entity, resource: Entity, /, **context: Any) -> bool:
    facts = {"principal": "operator:one", "tenant_open": True, "now": 1, "approvals": True, "ordered": True} | context
    return ENGINE.decide(principal, action, resource, facts).allowed


NEEDED = {
    Action.GRANT_ASK: {"grantee": "operator:one"},
    Action.GRANT_APPROVE: {"asked_by": "person:two"},
}
"""Facts without which nobody may do it."""


def test_schema_knows_every_action_and_no_other() -> None:
    assert {action for action, _, _ in APPLICABLE} == set(Action)


def test_schema_knows_every_kind_of_resource_and_no_other() -> None:
    principals = {principal for _, principal, _ in APPLICABLE}
    assert principals == {kind.capitalize() for kind in CallerKind if kind is not CallerKind.NOBODY}
    assert {kind for _, _, kind in APPLICABLE} == set(ResourceKind)
    assert set(re.findall(r"^entity (\w+)", SCHEMA, re.MULTILINE)) == principals | set(ResourceKind)


@pytest.mark.parametrize(("action", "kind"), sorted({(action, kind) for action, _, kind in APPLICABLE}))
def test_somebody_may_do_it(action: str, kind: str) -> None:
    resource = Entity(kind, "it", facts_of(kind, HERE, **NEEDED.get(Action(action), {})))
    principals = [who for name, who, of in APPLICABLE if (name, of) == (action, kind)]
    assert any(allowed(action, Entity(who, "one", facts_of(who, HERE)), resource) for who in principals)


def test_policy_has_a_name_of_its_own() -> None:
    text = "\n".join(POLICIES.values())
    names = re.findall(r'^@id\("([a-z-]+)"\)\n(?:permit|forbid) \(', text, re.MULTILINE)
    assert len(names) == len(set(names)) == len(re.findall(r"^(?:permit|forbid)\b", text, re.MULTILINE))


def test_service_does_nothing_to_the_platform() -> None:
    for action in Action:
        assert not allowed(action, Entity("Service", "one", facts_of("Service", HERE)), Entity("Platform", "it", {}))


def test_nobody_is_permitted_anything() -> None:
    for action, _, kind in APPLICABLE:
        assert not allowed(action, Entity("Nobody", "unknown", {}), Entity(kind, "it", facts_of(kind, HERE)))


@promise("B16", sabotage="everybody_may_list")
@pytest.mark.parametrize(("action", "kind"), [(action, kind) for action, who, kind in APPLICABLE if who == "Service"])
def test_default_deny(action: str, kind: str) -> None:
    """A token without scopes may learn who it is and the newest root, and what it was refused; nothing else."""
    bare = Entity("Service", "one", facts_of("Service", HERE, scopes=[]))
    resource = Entity(kind, "it", facts_of(kind, HERE))
    harmless = {Action.CALLER_READ, Action.LEDGER_CHECKPOINT, Action.DECISION_READ}
    harmless |= {
        Action.ROLES_READ,
        Action.GRANT_MINE,
        Action.GRANT_READ,
        Action.TOKEN_ISSUE,
        Action.TOKEN_GIVE_BACK,
        Action.TOKEN_INTROSPECT,
    }  # a grant that it asked for itself, and what a service does with its own tokens
    assert allowed(action, bare, resource) is (action in harmless)


text = st.sampled_from(["", HERE, THERE, PROJECT, "kept", "received", "operator:one", "service:k3jx0q2v7a"])


@promise("D35", "D51", sabotage="tenants_are_not_walled_off")
@given(data=st.data())
def test_no_permit_reaches_across_tenants(data: st.DataObject) -> None:
    in_a_tenant = [each for each in APPLICABLE if each[2] != ResourceKind.PLATFORM]
    action, who, kind = data.draw(st.sampled_from(in_a_tenant))
    tenants = data.draw(st.lists(st.sampled_from(["", HERE, THERE]), min_size=2, max_size=2, unique=True))
    drawn = st.fixed_dictionaries(
        {"project": text, "state": text, "brought_by": text, "asked_by": text, "fresh": st.booleans()}
        | {"role": st.sampled_from(sorted(Role)), "grantee": text, "author": text, "holder": text}
        | {"on_behalf_role": st.sampled_from(sorted(Role))}
        | {"scopes": st.lists(st.sampled_from(sorted(Scope)), unique=True)}
    )
    principal = Entity(who, "one", facts_of(who, tenants[0], **data.draw(drawn)))
    resource = Entity(kind, "it", facts_of(kind, tenants[1], **data.draw(drawn)))
    context = {"principal": data.draw(text), "tenant_open": data.draw(st.booleans())}
    context |= {"grant": {"id": "g", "grantee": context["principal"], "ends": 9}} if data.draw(st.booleans()) else {}
    assert not allowed(action, principal, resource, **context)


def test_platform_caller_reaches_no_tenant() -> None:
    platform = Entity("Operator", "one", facts_of("Operator", ""))
    for action, who, kind in APPLICABLE:
        if who == "Operator" and kind != ResourceKind.PLATFORM:
            assert not allowed(action, platform, Entity(kind, "it", facts_of(kind, "")))


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, True),
        ({"fresh": False}, False),
        ({"brought_by": "service:k3jx0q2v7a"}, False),
        ({"state": "deleting"}, False),
    ],
)
def test_operator_reads_what_it_just_brought(changed: dict[str, Any], may: bool) -> None:
    operator = Entity("Operator", "one", facts_of("Operator", HERE))
    conversation = Entity("Conversation", "it", facts_of("Conversation", HERE, **changed))
    assert allowed(Action.CONVERSATION_READ, operator, conversation) is may


@pytest.mark.parametrize("action", [Action.CONVERSATION_CREATE, Action.TOKEN_CREATE])
def test_closed_tenant_takes_nothing_new(action: Action) -> None:
    operator = Entity("Operator", "one", facts_of("Operator", HERE))
    project = Entity("Project", PROJECT, facts_of("Project", HERE))
    assert allowed(action, operator, project)
    assert not allowed(action, operator, project, tenant_open=False)


@pytest.mark.parametrize("kind", ["Conversation", "Deletion", "Project"])
def test_service_stays_in_its_project(kind: str) -> None:
    elsewhere = Entity("Service", "one", facts_of("Service", HERE, project=THERE))
    for action, who, of in APPLICABLE:
        if of == kind and who == "Service":
            assert not allowed(action, elsewhere, Entity(kind, "it", facts_of(kind, HERE))), action


def test_policies_that_do_not_fit_their_schema_do_not_start() -> None:
    with pytest.raises(Misconfigured):
        Engine('permit (principal, action == Action::"conversation:bury", resource);', SCHEMA)
    with pytest.raises(Misconfigured):
        Engine("permit (principal is Service, action, resource) when { principal.rank > 3 };", SCHEMA)


def test_error_inside_a_policy_denies() -> None:
    operator = Entity("Operator", "one", {})
    conversation = Entity("Conversation", "it", facts_of("Conversation", HERE))
    assert not allowed(Action.CONVERSATION_DELETE, operator, conversation)


def test_digest_names_the_policies() -> None:
    assert Engine.shipped().digest == ENGINE.digest
    assert Engine("\n".join(POLICIES.values()) + "\n// changed", SCHEMA).digest != ENGINE.digest
