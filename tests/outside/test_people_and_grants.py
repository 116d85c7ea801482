"""Roles have exactly the boundaries that were promised, and more than a role has a name, a reason and an end."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from cast import Cast, act, give
from server import CANARIES, Server, token_for

from privity.errors import BadInput, Conflict, NotFound, Refused
from privity.gate import Access, Action, resources, security_events
from privity.identity import Caller, Scope, operator_of_this_machine
from privity.running import Installation
from promises import promise

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session", name="cast")
def everybody(server: Server) -> Cast:
    made = Cast(server)
    made.kept(made.conversation)
    return made


@pytest.fixture(name="inside")
async def open_inside(server: Server) -> AsyncIterator[Installation]:
    async with server.attached() as installation:
        yield installation


def read(inside: Installation, caller: Caller, conversation: UUID) -> Any:
    return act(
        inside, caller, Action.CONVERSATION_READ, resources.conversation(conversation), inside.conversations.read
    )


async def may_read(inside: Installation, caller: Caller, conversation: UUID) -> bool:
    """Whether a person reads a conversation: the policies' answer and that of the rows have to be the same."""
    resource = resources.conversation(conversation)
    [permitted] = await inside.gate.may(caller, [(Action.CONVERSATION_READ, resource)])
    try:
        opened = await read(inside, caller, conversation)
    except Refused:
        assert not permitted, "the gate would have let it through; the rows did not"
        return False
    assert permitted
    assert opened.content is not None
    return True


async def listed(inside: Installation, cast: Cast, caller: Caller) -> set[UUID]:
    async def page(access: Access) -> Any:
        return await inside.conversations.page(access, channel=None, state=None, after=None, limit=200)

    project = resources.project(cast.server.a.project)
    return {row.id for row in await act(inside, caller, Action.CONVERSATION_LIST, project, page)}


@promise("C61", "C62", "C67", "C125", sabotage="authors_do_not_matter")
async def test_content_is_its_authors_own(inside: Installation, cast: Cast) -> None:
    theirs = {name: await may_read(inside, cast.person(name), cast.conversation) for name in cast.ids}
    assert theirs == {name: name == "author" for name in cast.ids}


async def test_admin_reads_no_content_whatever_was_granted(inside: Installation, cast: Cast) -> None:
    with pytest.raises(Refused):
        await give(inside, cast.person("owner"), f"person:{cast.ids['admin']}", f"conversation:{cast.conversation}")
    with cast.server.superuser() as connection:  # past the gate: a row that no policy would have let in
        connection.execute(
            "INSERT INTO tenant.access_grant (tenant_id, id, grantee, scope, state, reason, given_by, given_at,"
            " starts_at, ends_at, cause) VALUES (%s, %s, %s, %s, 'given', 'x', 'person:x', now(), now(),"
            " now() + interval '1 hour', %s)",
            (cast.tenant, uuid4(), f"person:{cast.ids['admin']}", f"conversation:{cast.conversation}", uuid4()),
        )
    assert not await may_read(inside, cast.person("admin"), cast.conversation)
    assert cast.conversation in await listed(inside, cast, cast.person("admin")), "lists show records, not content"


@promise("C64", sabotage="receptionists_are_like_anybody")
async def test_receptionist_gets_nothing_clinical_by_any_way(inside: Installation, cast: Cast) -> None:
    receptionist = cast.person("receptionist")
    assert not await may_read(inside, receptionist, cast.conversation)
    for role in (f"conversation:{cast.conversation}", f"project:{cast.server.a.project}"):
        with pytest.raises(Refused):
            await give(inside, cast.person("owner"), receptionist.principal, role)
    with cast.server.superuser() as connection:
        connection.execute(
            "INSERT INTO tenant.access_grant (tenant_id, id, grantee, scope, state, reason, given_by, given_at,"
            " starts_at, ends_at, cause) VALUES (%s, %s, %s, %s, 'given', 'x', 'person:x', now(), now(),"
            " now() + interval '1 hour', %s)",
            (cast.tenant, uuid4(), receptionist.principal, f"project:{cast.server.a.project}", uuid4()),
        )
    assert not await may_read(inside, receptionist, cast.conversation)
    with pytest.raises(Refused):
        await listed(inside, cast, receptionist)
    for action in (Action.LEDGER_LIST, Action.SECURITY_READ, Action.LEDGER_EXPORT, Action.ACCESS_REVIEW):
        with pytest.raises(Refused):
            await act(inside, receptionist, action, resources.own_tenant())


@promise("A4", "A5", sabotage="projects_do_not_matter")
async def test_people_stay_in_the_projects_they_were_granted(inside: Installation, cast: Cast) -> None:
    elsewhere = cast.person("author", projects=frozenset({cast.server.a.other_project}))
    assert not await may_read(inside, elsewhere, cast.conversation), "even what one brought in oneself"
    with pytest.raises(Refused):
        await listed(inside, cast, elsewhere)
    nowhere = cast.person("admin", projects=frozenset())
    for project in (cast.server.a.project, cast.server.a.other_project):
        with pytest.raises(Refused):
            await act(inside, nowhere, Action.CONVERSATION_LIST, resources.project(project))


@promise("A4", "A5", sabotage="programs_of_every_project")
async def test_admin_makes_nothing_for_a_project_that_he_does_not_see(inside: Installation, cast: Cast) -> None:
    admin, seen, other = cast.person("admin"), cast.server.a.project, cast.server.a.other_project
    for action in (
        Action.TOKEN_CREATE, Action.SERVICE_CREATE, Action.WEBHOOK_CREATE, Action.WEBHOOK_LIST, Action.NUMBER_LIST
    ):  # fmt: skip
        await act(inside, admin, action, resources.project(seen))
        with pytest.raises(Refused):
            await act(inside, admin, action, resources.project(other))
        await act(inside, cast.person("owner"), action, resources.project(other))


@pytest.mark.parametrize("name", ["practitioner", "receptionist", "auditor"])
async def test_others_than_owner_and_admin_have_no_workspace_settings(
    inside: Installation, cast: Cast, name: str
) -> None:
    person = cast.person("colleague" if name == "practitioner" else name)
    for action in (Action.WORKSPACE_READ, Action.PROJECT_CREATE, Action.TOKEN_REVOKE):
        with pytest.raises(Refused):
            await act(inside, person, action, resources.own_tenant())
    await act(inside, person, Action.SETTINGS_READ, resources.own_tenant())
    await act(inside, cast.person("admin"), Action.WORKSPACE_READ, resources.own_tenant())


async def test_owner_reads_the_whole_log_and_a_receptionist_none_of_it(inside: Installation, cast: Cast) -> None:
    for name in ("owner", "admin", "auditor"):
        await act(inside, cast.person(name), Action.LEDGER_LIST, resources.own_tenant())
    for name in ("receptionist", "colleague"):
        with pytest.raises(Refused):
            await act(inside, cast.person(name), Action.LEDGER_LIST, resources.own_tenant())


@promise("C61", "C68", sabotage="revoked_grants_stay_in_force")
async def test_grant_opens_until_it_is_revoked_or_ends(inside: Installation, cast: Cast) -> None:
    colleague, owner = cast.person("colleague"), cast.person("owner")
    scope = f"conversation:{cast.conversation}"
    before = len(cast.server.leaves(cast.tenant))
    grant = await give(inside, owner, colleague.principal, scope)
    assert await may_read(inside, colleague, cast.conversation)
    assert cast.conversation in await listed(inside, cast, colleague)

    shown = await act(inside, owner, Action.GRANT_READ, resources.grant(grant), inside.grants.read)
    assert (shown.given_by, shown.grantee, shown.scope) == (owner.principal, colleague.principal, scope)
    assert shown.reason == "covers for a colleague"
    assert shown.uses == 1
    every = await act(inside, owner, Action.GRANT_LIST, resources.own_tenant(), inside.grants.page)
    assert shown in every
    with pytest.raises(Refused):
        await act(inside, colleague, Action.GRANT_LIST, resources.own_tenant(), inside.grants.page)
    own = await act(inside, colleague, Action.GRANT_MINE, resources.own_tenant(), inside.grants.page)
    assert {each.grantee for each in own} == {colleague.principal}

    await act(inside, owner, Action.GRANT_REVOKE, resources.grant(grant), inside.grants.revoke)
    assert not await may_read(inside, colleague, cast.conversation)
    assert cast.conversation not in await listed(inside, cast, colleague)
    with pytest.raises(Conflict):
        await act(inside, owner, Action.GRANT_REVOKE, resources.grant(grant), inside.grants.revoke)

    brief = await give(inside, owner, colleague.principal, scope, lasts=timedelta(seconds=2))
    assert await may_read(inside, colleague, cast.conversation)
    await asyncio.sleep(2.1)
    assert not await may_read(inside, colleague, cast.conversation)

    outcomes = [leaf.body for leaf in cast.server.leaves(cast.tenant)[before:] if leaf.kind == "outcome"]
    told = [body for body in outcomes if body["action"] in {"grant:create", "grant:revoke"} and "failed" not in body]
    assert [body["action"] for body in told] == ["grant:create", "grant:revoke", "grant:create"]
    assert [told[0]["made"], told[2]["made"]] == [str(grant), str(brief)]


async def test_nobody_grants_to_himself(inside: Installation, cast: Cast) -> None:
    scope = f"conversation:{cast.conversation}"
    for name in ("owner", "treating_admin", "admin"):
        caller = cast.person(name)
        with pytest.raises(Refused):
            await give(inside, caller, caller.principal, scope)
    operator = operator_of_this_machine(cast.tenant, cast.person("owner").origin)
    himself = resources.proposed_grant(
        cast.person("owner").principal, scope, on_behalf_of=cast.person("owner").principal
    )
    with pytest.raises(Refused):
        await act(inside, operator, Action.GRANT_CREATE, himself)


@promise("C68", sabotage="one_may_grant_to_oneself_in_the_table")
def test_table_refuses_a_grant_to_oneself_too(server: Server, cast: Cast) -> None:
    me = f"person:{cast.ids['owner']}"
    with server.superuser() as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "INSERT INTO tenant.access_grant (tenant_id, id, grantee, scope, state, reason, given_by, given_at,"
            " starts_at, ends_at, cause) VALUES (%s, %s, %s, %s, 'given', 'x', %s, now(), now(), now() + '1 h', %s)",
            (cast.tenant, uuid4(), me, f"conversation:{cast.conversation}", me, uuid4()),
        )


async def test_author_grants_his_own_to_a_colleague_and_nothing_else(inside: Installation, cast: Cast) -> None:
    author, colleague = cast.person("author"), cast.person("colleague")
    made = await give(inside, author, colleague.principal, f"author:{author.principal}")
    assert await may_read(inside, colleague, cast.conversation)
    await act(inside, colleague, Action.GRANT_REVOKE, resources.grant(made), inside.grants.revoke)
    assert not await may_read(inside, colleague, cast.conversation)
    with pytest.raises(Refused):
        await give(inside, colleague, author.principal, f"author:{author.principal}")
    with pytest.raises(NotFound):
        await give(inside, cast.person("owner"), colleague.principal, f"conversation:{uuid4()}")
    with pytest.raises(NotFound):
        await give(inside, cast.person("owner"), f"person:{uuid4()}", f"conversation:{cast.conversation}")


@promise("B28", sabotage="plugins_need_no_approval")
async def test_plugin_reads_what_a_person_approved(inside: Installation, cast: Cast, server: Server) -> None:
    plugin = await token_for(inside, cast.tenant, Scope.CONVERSATIONS_REQUEST, name="a plugin")
    path = f"/v1/conversations/{cast.conversation}"
    refused = server.call("GET", path, plugin.text)
    assert refused.status_code == 403
    told = server.call("GET", f"/v1/decisions/{refused.json()['decision_id']}", plugin.text).json()
    assert ["a grant that covers it"] in [change["needs"] for change in told["changes"]]
    assert "plugin-reads-what-was-approved" in [near["policy"] for near in told["came_close"]]

    ends = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    asked = {"scope": f"conversation:{cast.conversation}", "reason": "sends reminders", "ends_at": ends}
    answer = server.call("POST", "/v1/grants", plugin.text, json=asked)
    assert answer.status_code == 202, answer.text
    grant = UUID(answer.json()["id"])
    assert server.call("GET", path, plugin.text).status_code == 403, "it only asked"

    itself = await inside.authenticator.bearer(f"Bearer {plugin.text}", cast.person("owner").origin)
    almighty = await token_for(inside, cast.tenant, name="every scope")
    other = await inside.authenticator.bearer(f"Bearer {almighty.text}", cast.person("owner").origin)
    for caller in (itself, other, cast.person("receptionist"), cast.person("auditor"), cast.person("colleague")):
        with pytest.raises(Refused):
            await act(inside, caller, Action.GRANT_APPROVE, resources.grant(grant), inside.grants.approve)
    admin = cast.person("admin")
    await act(inside, admin, Action.GRANT_APPROVE, resources.grant(grant), inside.grants.approve)
    shown = server.call("GET", path, plugin.text)
    assert shown.status_code == 200
    assert not any(canary in shown.text for canary in CANARIES)
    assert server.call("GET", f"/v1/conversations/{server.a.conversation}", plugin.text).status_code == 403, "scoped"
    listed_ = server.call("GET", "/v1/conversations", plugin.text).json()["conversations"]
    assert [row["id"] for row in listed_] == [str(cast.conversation)]
    assert server.call("DELETE", f"/v1/grants/{grant}", plugin.text).status_code == 200
    assert server.call("GET", path, plugin.text).status_code == 403
    for body in (b"{", b'{"scope": "all", "reason": "x", "ends_at": "2030-01-01T00:00:00Z"}', b"x" * 5000):
        answer = server.call("POST", "/v1/grants", plugin.text, content=body)
        assert answer.status_code in {400, 413, 422}
        assert "all" not in answer.json()["detail"].split()


async def test_nobody_approves_what_he_asked_for(inside: Installation, cast: Cast) -> None:
    owner = cast.person("owner")
    ends = inside.clock.now() + timedelta(hours=1)
    asked = await act(
        inside,
        owner,
        Action.GRANT_ASK,
        resources.proposed_grant(owner.principal, f"conversation:{cast.conversation}"),
        lambda access: inside.grants.ask(access, reason="second opinion", ends_at=ends),
    )
    with pytest.raises(Refused):
        await act(inside, owner, Action.GRANT_APPROVE, resources.grant(asked), inside.grants.approve)
    await act(inside, cast.person("other_owner"), Action.GRANT_APPROVE, resources.grant(asked), inside.grants.approve)
    assert await may_read(inside, owner, cast.conversation)
    await act(inside, owner, Action.GRANT_REVOKE, resources.grant(asked), inside.grants.revoke)


@promise("C88", sabotage="emergencies_need_nobody")
async def test_emergency_is_told_approved_audited_and_reviewed(inside: Installation, cast: Cast) -> None:
    admin, owner, here = cast.person("admin"), cast.person("owner"), resources.own_tenant()

    async def open_(access: Access) -> UUID:
        return await inside.emergencies.open(access, reason="client in danger", lasts=timedelta(minutes=30))

    with pytest.raises(Refused):
        await act(inside, cast.person("admin", factors=frozenset()), Action.BREAK_GLASS_OPEN, here, open_)
    with pytest.raises(Refused):
        await act(inside, cast.person("receptionist"), Action.BREAK_GLASS_OPEN, here, open_)
    with pytest.raises(BadInput):
        await act(
            inside,
            admin,
            Action.BREAK_GLASS_OPEN,
            here,
            lambda access: inside.emergencies.open(access, reason="x", lasts=timedelta(minutes=61)),
        )
    opened = await act(inside, admin, Action.BREAK_GLASS_OPEN, here, open_)
    assert cast.server.rows("SELECT for_role, kind FROM tenant.notice WHERE about = %s", opened) == [
        ("owner", "break-glass-opened")
    ]
    assert await may_read(inside, admin, cast.conversation)
    under = [leaf for leaf in cast.server.leaves(cast.tenant) if leaf.kind == "intent"][-1]
    assert under.body["facts"]["context"]["break_glass"]["id"] == str(opened)

    operator = operator_of_this_machine(cast.tenant, admin.origin)
    asked = await act(inside, operator, Action.BREAK_GLASS_OPEN, here, open_)
    assert not await may_read(inside, operator, cast.conversation), "an operator waits for a person"
    for caller in (operator, cast.person("colleague")):
        with pytest.raises(Refused):
            await act(inside, caller, Action.BREAK_GLASS_APPROVE, resources.break_glass(asked))
    with pytest.raises(Refused):
        await act(inside, admin, Action.BREAK_GLASS_APPROVE, resources.break_glass(opened))
    await act(inside, owner, Action.BREAK_GLASS_APPROVE, resources.break_glass(asked), inside.emergencies.approve)
    assert await may_read(inside, operator, cast.conversation)

    for emergency, holder in ((opened, admin), (asked, operator)):
        await act(inside, holder, Action.BREAK_GLASS_END, resources.break_glass(emergency), inside.emergencies.end)
        assert not await may_read(inside, holder, cast.conversation)
    listed_ = await act(inside, owner, Action.BREAK_GLASS_LIST, here, inside.emergencies.page)
    assert {each.id: each.to_review for each in listed_} == {opened: True, asked: True}
    with pytest.raises(Refused):
        await act(inside, admin, Action.BREAK_GLASS_REVIEW, resources.break_glass(opened))
    for emergency in (opened, asked):
        await act(
            inside,
            owner,
            Action.BREAK_GLASS_REVIEW,
            resources.break_glass(emergency),
            lambda access: inside.emergencies.review(access, found="justified"),
        )
    listed_ = await act(inside, owner, Action.BREAK_GLASS_LIST, here, inside.emergencies.page)
    assert not any(each.to_review for each in listed_)


@promise("B33", sabotage="services_take_any_access")
async def test_same_act_is_refused_at_each_layer(inside: Installation, cast: Cast, server: Server) -> None:
    """Deleting and reading what is not one's own: at the gateway, in the service, at the rows and from the queue."""
    before = len(server.leaves(cast.tenant))
    reader = await token_for(inside, cast.tenant, Scope.LEDGER_READ)
    assert server.call("DELETE", f"/v1/conversations/{cast.conversation}", reader.text).status_code == 403

    with pytest.raises(Refused):
        await act(
            inside,
            cast.person("auditor"),
            Action.CONVERSATION_HISTORY,
            resources.conversation(cast.conversation),
            inside.deletions.request,
        )

    async with inside.gate.open(
        cast.person("auditor"), Action.CONVERSATION_HISTORY, resources.conversation(cast.conversation)
    ) as access:
        access.action = Action.CONVERSATION_READ  # an access made past the gate
        with pytest.raises(Refused):
            await inside.conversations.read(access)

    denial = next(leaf for leaf in server.leaves(cast.tenant)[before:] if leaf.kind == "denial")
    deletion = uuid4()
    with server.superuser() as connection:  # a deletion that nobody was allowed to order, slipped into table and queue
        connection.execute(
            "INSERT INTO tenant.deletion (tenant_id, id, conversation_id, record_hash, project_id, state, requested_by,"
            " cause, requested_at) VALUES (%s, %s, %s, 'x', %s, 'requested', 'service:x', %s, now())",
            (cast.tenant, deletion, cast.conversation, server.a.project, denial.id),
        )
        job = json.dumps({"tenant_id": str(cast.tenant), "deletion": str(deletion), "cause": str(denial.id)})
        connection.execute("SET search_path = queue")
        connection.execute(
            "INSERT INTO queue.procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'purge_conversation', %s)",
            (job,),
        )
        await asyncio.sleep(3)
        connection.execute("DELETE FROM queue.procrastinate_jobs WHERE args ->> 'deletion' = %s", (str(deletion),))
        connection.execute("DELETE FROM tenant.deletion WHERE id = %s", (deletion,))

    refusals = [leaf for leaf in server.leaves(cast.tenant)[before:] if leaf.kind in {"denial", "refusal"}]
    layers = [leaf.body["layer"] for leaf in refusals]
    assert layers[:3] == ["gateway", "service", "repository"]
    assert set(layers[3:]) == {"queue"}
    assert await may_read(inside, cast.person("author"), cast.conversation), "it is still there"


@promise("D18", sabotage="history_is_not_written")
async def test_who_had_what_at_a_past_date(inside: Installation, cast: Cast, server: Server) -> None:
    person, owner = cast.ids["colleague"], cast.person("owner")
    grant = await give(inside, owner, f"person:{person}", f"subject:{_subject(cast)}")
    await asyncio.sleep(0.05)
    then = inside.clock.now()
    await asyncio.sleep(0.05)
    await act(inside, owner, Action.GRANT_REVOKE, resources.grant(grant), inside.grants.revoke)
    with server.superuser() as connection:
        connection.execute("UPDATE identity.person SET role = 'receptionist' WHERE id = %s", (person,))
    try:
        roles = {}
        held = {}
        for at in (then, inside.clock.now()):
            found = await act(
                inside,
                cast.person("auditor"),
                Action.ACCESS_REVIEW,
                resources.own_tenant(),
                lambda access, at=at: inside.reviewing.holdings(access, at),
            )
            roles[at] = next(each.standing["role"] for each in found.people if each.id == person)
            held[at] = grant in {each.id for each in found.grants}
        assert list(roles.values()) == ["practitioner", "receptionist"]
        assert list(held.values()) == [True, False]
    finally:
        with server.superuser() as connection:
            connection.execute("UPDATE identity.person SET role = 'practitioner' WHERE id = %s", (person,))


def _subject(cast: Cast) -> UUID:
    [(subject,)] = cast.server.rows("SELECT subject_id FROM tenant.conversation WHERE id = %s", cast.conversation)
    return UUID(str(subject))


@promise("A10", "B6", sabotage="nothing_is_too_broad")
async def test_new_principal_has_nothing_and_broad_access_is_reviewed(inside: Installation, cast: Cast) -> None:
    fresh = cast.person("colleague", id=str(uuid4()), projects=frozenset())
    assert not await may_read(inside, fresh, cast.conversation)
    concerns = await act(
        inside, cast.person("owner"), Action.ACCESS_REVIEW, resources.own_tenant(), inside.reviewing.concerns
    )
    assert (f"service:{cast.server.a.token_id}", "every scope") in {(each.principal, each.why) for each in concerns}


@promise("A10", "B6", sabotage="own_invitees_are_not_looked_at")
async def test_grant_to_somebody_whom_the_giver_has_invited_is_reviewed(inside: Installation, cast: Cast) -> None:
    admin, owner, colleague = (cast.person(name) for name in ("admin", "owner", "colleague"))
    link = """
        INSERT INTO identity.link (tenant_id, id, kind, mac, person_id, role, clinical, every_project, projects, email,
                                   email_index, made_by, created_at, expires_at, used_at)
        VALUES (%s, 'invited7me', 'invitation', '', %s, 'practitioner', true, true, '{}', '', '', %s, now(), now(),
                now())
    """
    with cast.server.superuser() as connection:
        connection.execute(link, (cast.tenant, colleague.id, admin.principal))
    given = [
        await give(inside, giver, colleague.principal, f"conversation:{cast.conversation}") for giver in (admin, owner)
    ]
    found = await act(inside, owner, Action.ACCESS_REVIEW, resources.own_tenant(), inside.reviewing.concerns)
    assert [each.id for each in found if each.why == "given to one's own invitee"] == [str(given[0])]
    for grant in given:
        await act(inside, owner, Action.GRANT_REVOKE, resources.grant(grant), inside.grants.revoke)
    with cast.server.superuser() as connection:
        connection.execute("DELETE FROM identity.link WHERE id = 'invited7me'")


@promise("E45", sabotage="denials_are_no_events")
async def test_security_events_show_denials_and_changed_permissions(inside: Installation, cast: Cast) -> None:
    with pytest.raises(Refused):
        await read(inside, cast.person("receptionist"), cast.conversation)
    made = await give(
        inside, cast.person("owner"), cast.person("colleague").principal, f"conversation:{cast.conversation}"
    )
    await act(inside, cast.person("owner"), Action.GRANT_REVOKE, resources.grant(made), inside.grants.revoke)

    async def look(access: Access) -> Any:
        return await security_events(access, inside.ledger)

    cast.server.leaves(cast.tenant)
    found = await act(inside, cast.person("admin"), Action.SECURITY_READ, resources.own_tenant(), look)
    newest = [(each.event, each.action) for each in found][:3]
    assert newest == [
        ("permission-change", "grant:revoke"),
        ("permission-change", "grant:create"),
        ("denied", "conversation:read"),
    ]
    told = cast.server.command("access", "events", "--tenant", "birch", "--limit", "3")
    assert {each["event"] for each in told["events"]} <= {"permission-change", "denied"}


def test_operator_enters_a_grant_and_lists_it(server: Server, cast: Cast) -> None:
    made = server.command(
        "grant", "create", "--tenant", "birch", "--to", f"person:{cast.ids['colleague']}",
        "--scope", f"conversation:{cast.conversation}", "--reason", "holidays", "--for", f"person:{cast.ids['owner']}",
    )  # fmt: skip
    found = server.command("grant", "list", "--tenant", "birch")["grants"]
    behalf = {each["id"]: each["on_behalf_of"] for each in found}
    assert behalf[made["grant_id"]] == f"person:{cast.ids['owner']}"
    server.command("grant", "revoke", made["grant_id"], "--tenant", "birch")
    bad = ["--to", "Maria", "--scope", "everything", "--reason", "x", "--for", f"person:{cast.ids['owner']}"]
    assert "Maria" not in server.printed("grant", "create", "--tenant", "birch", *bad, code=2)
    refused = ["--to", f"person:{cast.ids['receptionist']}", "--scope", f"conversation:{cast.conversation}"]
    server.printed(
        "grant",
        "create",
        "--tenant",
        "birch",
        *refused,
        "--reason",
        "x",
        "--for",
        f"person:{cast.ids['owner']}",
        code=3,
    )
    assert "never" in server.printed("access", "roles")
