"""The five roles in the policies alone: each boundary that was promised, asked of the policies as they are shipped."""

from typing import Any

import pytest

from privity.errors import Misconfigured
from privity.gate import Action, Engine, ResourceKind, require_expected, role_table
from privity.gate.expectations import expected_cases, failed_cases
from privity.gate.role_table import May
from privity.gate.samples import ME, OTHER, context, principal, thing
from privity.identity import Role, Scope
from promises import promise

ENGINE = Engine.shipped()
CONTENT = (Action.CONVERSATION_READ, ResourceKind.CONVERSATION)


def allowed(who: str, action: Action, kind: ResourceKind, owner: str = OTHER, under: str = "", **changed: Any) -> bool:
    of = {name: value for name, value in changed.items() if name in {"grantee", "grantee_role", "asked_by", "holder"}}
    mine = {name: value for name, value in changed.items() if name not in of}
    answer = ENGINE.decide(principal(who, mine), action, thing(kind, owner, of), context(under))
    assert not answer.failed
    return answer.allowed


def by(who: str, action: Action, kind: ResourceKind, owner: str = OTHER, under: str = "", **of: Any) -> tuple[str, ...]:
    return ENGINE.decide(principal(who), action, thing(kind, owner, of), context(under)).policies


@promise("C61", "C62", "C125", sabotage="clinicians_see_everything")
@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.OWNER])
def test_clinician_sees_own_content_and_what_was_granted(role: Role) -> None:
    assert allowed(role, *CONTENT, ME)
    assert not allowed(role, *CONTENT)
    assert allowed(role, *CONTENT, under="grant")


@promise("C63", "C67", sabotage="admins_read_content")
def test_admin_needs_a_clinical_role_for_content() -> None:
    assert not allowed(Role.ADMIN, *CONTENT, ME)
    assert not allowed(Role.ADMIN, *CONTENT, under="grant")
    assert by(Role.ADMIN, *CONTENT, under="grant") == ("admin-needs-a-clinical-role-for-content",)
    assert allowed(Role.ADMIN, *CONTENT, ME, clinical=True)
    assert not allowed(Role.ADMIN, *CONTENT, clinical=True)


@promise("C64", sabotage="receptionists_are_walled_off_no_more")
@pytest.mark.parametrize(
    ("action", "kind"),
    [
        CONTENT,
        (Action.CONVERSATION_CREATE, ResourceKind.PROJECT),
        (Action.CONVERSATION_FIND, ResourceKind.CONVERSATION),
        (Action.CONVERSATION_LIST, ResourceKind.PROJECT),
        (Action.MESSAGE_LIST, ResourceKind.PROJECT),
        (Action.MESSAGE_READ, ResourceKind.MESSAGE),
        (Action.MEDIA_OPEN, ResourceKind.MEDIA),
        (Action.FAX_READ, ResourceKind.FAX),
        (Action.CALL_READ, ResourceKind.CALL),
        (Action.RECORDING_OPEN, ResourceKind.RECORDING),
        (Action.RECORDING_SIGN, ResourceKind.RECORDING),
    ],
)
@pytest.mark.parametrize("under", ["", "grant", "emergency"])
def test_receptionist_never_gets_clinical_content(action: Action, kind: ResourceKind, under: str) -> None:
    for owner in (ME, OTHER):
        assert not allowed(Role.RECEPTIONIST, action, kind, owner, under, clinical=True, every_project=True)
        assert "receptionist-never-gets-clinical-content" in by(Role.RECEPTIONIST, action, kind, owner, under)


@promise("C64", sabotage="receptionists_may_be_granted")
def test_grant_to_a_receptionist_is_refused() -> None:
    for action in (Action.GRANT_CREATE, Action.GRANT_APPROVE):
        assert "receptionist-is-never-granted-content" in by(
            Role.OWNER, action, ResourceKind.GRANT, grantee_role="receptionist"
        )


@promise("C65", sabotage="everybody_runs_the_workspace")
@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.RECEPTIONIST, Role.AUDITOR])
def test_only_owner_and_admin_have_the_workspace_settings(role: Role) -> None:
    for action, kind in (
        (Action.WORKSPACE_READ, ResourceKind.TENANT),
        (Action.PROJECT_CREATE, ResourceKind.TENANT),
        (Action.TOKEN_CREATE, ResourceKind.PROJECT),
        (Action.TOKEN_REVOKE, ResourceKind.TENANT),
    ):
        assert not allowed(role, action, kind)
        assert allowed(Role.OWNER, action, kind)
        assert allowed(Role.ADMIN, action, kind)
    assert allowed(role, Action.SETTINGS_READ, ResourceKind.TENANT)


@promise("C69", sabotage="everybody_reads_the_ledger")
def test_ledger_is_for_owner_admin_and_auditor() -> None:
    for action in (Action.LEDGER_LIST, Action.LEDGER_EXPORT, Action.SECURITY_READ):
        who = {role for role in Role if allowed(role, action, ResourceKind.TENANT)}
        assert who == {Role.OWNER, Role.ADMIN, Role.AUDITOR}


@promise("C68", sabotage="one_may_grant_to_oneself")
@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN])
def test_nobody_grants_to_himself(role: Role) -> None:
    for action in (Action.GRANT_CREATE, Action.GRANT_APPROVE):
        assert allowed(role, action, ResourceKind.GRANT)
        assert not allowed(role, action, ResourceKind.GRANT, grantee=ME, grantee_role="practitioner")


@promise("B28", sabotage="one_may_approve_what_one_asked_for")
def test_nobody_approves_what_he_asked_for() -> None:
    assert allowed(Role.ADMIN, Action.GRANT_APPROVE, ResourceKind.GRANT, grantee_role="service")
    assert not allowed(Role.ADMIN, Action.GRANT_APPROVE, ResourceKind.GRANT, grantee_role="service", asked_by=ME)


@promise("B28", "C59", sabotage="services_administer")
def test_service_takes_no_administrative_act() -> None:
    for action, kind in (
        (Action.GRANT_CREATE, ResourceKind.GRANT),
        (Action.GRANT_APPROVE, ResourceKind.GRANT),
        (Action.TOKEN_CREATE, ResourceKind.PROJECT),
        (Action.TOKEN_REVOKE, ResourceKind.TENANT),
    ):
        assert by("service", action, kind) == ("services-take-no-administrative-act",)


@promise("B6", sabotage="scopes_do_not_matter")
def test_token_without_scopes_reads_nothing() -> None:
    for scopes in ([], [str(Scope.LEDGER_READ)]):
        assert not allowed("service", *CONTENT, scopes=scopes)


@promise("C88", sabotage="one_approves_ones_own_emergency")
def test_emergency_needs_a_second_factor_and_a_second_person() -> None:
    assert allowed(Role.ADMIN, Action.BREAK_GLASS_OPEN, ResourceKind.TENANT)
    assert not allowed(Role.ADMIN, Action.BREAK_GLASS_OPEN, ResourceKind.TENANT, mfa=False)
    assert not allowed(Role.OWNER, Action.BREAK_GLASS_APPROVE, ResourceKind.BREAK_GLASS, holder=ME)
    assert allowed(Role.ADMIN, *CONTENT, under="emergency")
    told_nobody = {"id": "any", "holder": ME, "ends": 2, "approved": False, "owners_told": False}
    other = thing(ResourceKind.CONVERSATION, OTHER)
    silent = context(changed={"break_glass": told_nobody})
    assert not ENGINE.decide(principal(Role.ADMIN), Action.CONVERSATION_READ, other, silent).allowed
    over = context(changed={"break_glass": told_nobody | {"owners_told": True, "ends": 1}})
    assert not ENGINE.decide(principal(Role.ADMIN), Action.CONVERSATION_READ, other, over).allowed


@promise("C60", "B13", sabotage="role_table_says_all")
def test_role_table_says_what_decisions_say() -> None:
    table = {row.action: {cell.role: cell for cell in row.cells} for row in role_table(ENGINE)}
    reads = {role: cell.answer for role, cell in table[Action.CONVERSATION_READ].items()}
    assert reads == {
        Role.OWNER: May.OWN_AND_GRANT,
        Role.ADMIN: May.NEVER,
        Role.PRACTITIONER: May.OWN_AND_GRANT,
        Role.RECEPTIONIST: May.NEVER,
        Role.AUDITOR: May.NEVER,
    }
    for cells in table.values():
        assert list(cells) == list(Role)
        for cell in cells.values():
            assert all(policy in ENGINE.policies for policy in cell.policies)
            assert bool(cell.policies) is (cell.answer is not May.NONE)


def test_policies_answer_as_expected_of_them() -> None:
    assert failed_cases(ENGINE, expected_cases()) == []


@pytest.mark.parametrize(
    "more",
    [
        '@id("nobody") forbid (principal is Person, action, resource);',
        '@id("nobody") forbid (principal is Operator, action, resource);',
        '@id("everybody")\npermit (principal is Person, action, resource);',
    ],
)
def test_policy_set_that_locks_out_or_opens_up_is_refused(more: str) -> None:
    more = more.replace('") forbid', '")\nforbid')
    with pytest.raises(Misconfigured):
        require_expected(Engine(f"{ENGINE.text}\n{more}\n", ENGINE.schema_text))


def test_slices_change_no_answer() -> None:
    """Policies whose head cannot match are left out before a decision; the answer is that of the whole set."""
    whole = Engine.shipped()
    whole._slice = lambda *_: whole_set  # type: ignore[method-assign]  # the set without slices
    import cedarpy

    whole_set = cedarpy.PolicySet.from_str(ENGINE.text)
    for case in expected_cases():
        asked = (
            principal(case.who, case.facts),
            case.act,
            thing(case.on, ME if case.own else OTHER, case.of),
            context(case.under),
        )
        assert whole.decide(*asked) == ENGINE.decide(*asked)
