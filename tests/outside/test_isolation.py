"""Walls between tenants and projects, from outside: another's ids answer as if there were no such thing."""

import uuid
from typing import Any

import pytest
from server import Server, Tenant, token_for

from privity.identity import Scope
from promises import promise

pytestmark = pytest.mark.slow

NO_INDEX = 10**12


def ids_of(tenant: Tenant) -> dict[str, str]:
    """What to put into the path of each route that takes the id of something."""
    return {
        "/v1/conversations/{id}": tenant.conversation,
        "/v1/conversations/{id}/history": tenant.conversation,
        "/v1/conversations/{id}/missed": tenant.conversation,
        "/v1/deletions/{id}/certificate": tenant.deletion,
        "/v1/messages/{id}/history": tenant.message,
        "/v1/calls/{id}/audio": tenant.call,
        "/v1/recordings/{id}/links": tenant.recording,
        "/v1/redactions/{id}": tenant.redaction,
        "/v1/decisions/{id}": tenant.decision,
        "/v1/calls/{id}/announcement": tenant.call,
        "/v1/messages/{id}": tenant.message,
        "/v1/messages/{id}/text": tenant.message,
        "/v1/faxes/{id}": tenant.fax,
        "/v1/calls/{id}": tenant.call,
        "/v1/recordings/{id}": tenant.recording,
        "/v1/calls/{id}/consent": tenant.call,
        "/v1/calls/{id}/parties": tenant.call,
        "/v1/calls/{id}/parties/{party}": tenant.call,
        "/v1/calls/{id}/steps": tenant.call,
        "/v1/conversations/{id}/analysis": tenant.conversation,
        "/v1/payments/{id}": tenant.payment,
        "/v1/transcriptions/{id}/analysis": tenant.transcription,
        "/v1/grants/{id}": tenant.grant,
        "/v1/webhooks/{id}": tenant.webhook,
        "/v1/webhooks/{id}/deliveries": tenant.webhook,
        "/v1/webhooks/{id}/deliveries/{event}/redeliver": tenant.webhook,
        "/v1/webhooks/{id}/secret": tenant.webhook,
        "/v1/webhooks/{id}/test": tenant.webhook,
    }


SIGNED = "/v1/links/{link}"
"""Whoever has such an address needs no token: test_recordings.py tells whose it is."""

ONLY_POSTED = (
    "/announcement",
    "/audio",
    "/links",
    "/parties",
    "/parties/{party}",
    "/steps",
    "/missed",
    "/redeliver",
    "/secret",
    "/test",
    "/text",
)


def read_by(tenant: Tenant) -> dict[str, str]:
    """The same, for routes that answer to GET."""
    return {path: thing for path, thing in ids_of(tenant).items() if not path.endswith(ONLY_POSTED)}


def routes(server: Server) -> list[tuple[str, str]]:
    """Every method and path of the interface."""
    paths = server.call("GET", "/openapi.json").json()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


def said(server: Server, method: str, path: str, token: str) -> tuple[int, dict[str, Any]]:
    """The status and the body of an answer, without the id that is its own."""
    answer = server.call(method, path, token)
    return answer.status_code, {name: value for name, value in answer.json().items() if name != "instance"}


def test_sweep_knows_every_route_that_takes_an_id(server: Server) -> None:
    taking = {path for _, path in routes(server) if "{" in path}
    assert taking == {*ids_of(server.a), "/v1/ledger/entries/{index}/proof", SIGNED}


@promise("D35", "D51", sabotage="decisions_of_every_tenant_are_found")
def test_ids_of_another_tenant_answer_like_ids_of_nothing(server: Server) -> None:
    foreign = ids_of(server.b)
    for method, path in routes(server):
        if path not in foreign:
            continue
        named = path.replace("{party}", "2")
        theirs = said(server, method, named.replace("{id}", foreign[path]), server.a.token)
        nothing = said(server, method, named.replace("{id}", str(uuid.uuid4())), server.a.token)
        assert theirs == nothing, (method, path)
        assert theirs[0] == 404, (method, path, theirs)
    for path, own in read_by(server.b).items():
        assert server.call("GET", path.replace("{id}", own), server.b.token).is_success, "they are still there"


@promise("D35", sabotage="attempts_are_no_denials")
def test_attempt_on_another_tenant_is_recorded_with_the_one_who_tried(server: Server) -> None:
    def attempt() -> None:
        for path, foreign in read_by(server.b).items():
            assert server.call("GET", path.replace("{id}", foreign), server.a.token).status_code == 404

    before = len(server.leaves(server.b.id))
    tried = server.new_leaves(server.a.id, attempt)
    assert [(leaf.kind, leaf.body["status"]) for leaf in tried] == [("denial", 404)] * len(read_by(server.b))
    assert len(server.leaves(server.b.id)) == before, "the other tenant's log does not tell that somebody tried"


@pytest.mark.parametrize("query", ["", "?limit=200", "?channel=call", "?state=kept", "?after={}"])
def test_list_holds_nothing_of_another_tenant_or_project(server: Server, query: str) -> None:
    asked = f"/v1/conversations{query.format(server.b.conversation)}"
    listed = {found["id"] for found in server.call("GET", asked, server.a.token).json()["conversations"]}
    theirs = {
        str(id_) for (id_,) in server.rows("SELECT id FROM tenant.conversation WHERE tenant_id = %s", server.b.id)
    }
    assert server.b.conversation in theirs
    assert not listed & theirs
    assert server.a.conversation in listed or "after" in query
    elsewhere = {
        str(id_)
        for (id_,) in server.rows("SELECT id FROM tenant.conversation WHERE project_id <> %s", server.a.other_project)
    }
    assert {server.a.conversation, server.b.conversation} <= elsewhere
    other = server.call("GET", asked, server.a.other_token).json()["conversations"]  # another test may bring some there
    assert not {found["id"] for found in other} & elsewhere


def test_proofs_and_checkpoints_are_of_the_own_log(server: Server) -> None:
    for tenant, other in ((server.a, server.b), (server.b, server.a)):
        checkpoint = server.call("GET", "/v1/ledger/checkpoint", tenant.token).json()["checkpoint"]
        origin = checkpoint.splitlines()[0]
        proof = server.call("GET", f"/v1/ledger/entries/{tenant.entry}/proof", tenant.token).text
        assert origin in proof.splitlines()
        foreign = server.call("GET", "/v1/ledger/checkpoint", other.token).json()["checkpoint"].splitlines()[0]
        assert foreign not in proof
    assert server.call("GET", f"/v1/ledger/entries/{NO_INDEX}/proof", server.a.token).status_code == 404


def test_idempotency_keys_of_tenants_do_not_meet(server: Server) -> None:
    headers = {"Idempotency-Key": "the same for both"}
    turns = {"channel": "call", "turns": [{"speaker": "caller", "text": "hello"}]}

    def bring(tenant: Tenant, body: dict[str, Any]) -> tuple[int, str]:
        answer = server.call("POST", "/v1/conversations", tenant.token, json=body, headers=headers)
        return answer.status_code, answer.json().get("id", "")

    mine, theirs = bring(server.a, turns), bring(server.b, turns)
    assert mine[0] == theirs[0] == 202
    assert mine != theirs
    assert (bring(server.a, turns), bring(server.b, turns)) == (mine, theirs)
    assert bring(server.a, turns | {"channel": "message"})[0] == 409


def test_token_of_one_project_reaches_nothing_of_another(server: Server) -> None:
    for path, own in read_by(server.a).items():
        if path in {"/v1/decisions/{id}", "/v1/grants/{id}"}:
            continue  # these are the tenant's: the scopes ledger:read and grants:read open them
        theirs = said(server, "GET", path.replace("{id}", own), server.a.other_token)
        assert theirs == said(server, "GET", path.replace("{id}", str(uuid.uuid4())), server.a.other_token), path
        assert theirs[0] == 404, (path, theirs)
    assert server.call("DELETE", f"/v1/conversations/{server.a.conversation}", server.a.other_token).status_code == 404
    assert server.call("GET", f"/v1/conversations/{server.a.conversation}", server.a.token).json()["state"] == "kept"


async def test_what_others_decided_takes_a_scope_of_its_own(server: Server) -> None:
    async with server.attached() as installation:
        reader = await token_for(installation, server.a.id, Scope.CONVERSATIONS_READ)
    assert server.call("GET", f"/v1/decisions/{server.a.decision}", reader.text).status_code == 403
    assert server.call("GET", f"/v1/decisions/{server.a.decision}", server.a.token).status_code == 200


async def test_tenant_header_or_host_changes_nothing(server: Server) -> None:
    headers = {"X-Tenant-Id": str(server.b.id), "X-Project-Id": str(server.b.project), "Host": "cedar.privity.example"}
    path = f"/v1/conversations/{server.b.conversation}"
    assert server.call("GET", path, server.a.token, headers=headers).status_code == 404
    assert server.call("GET", "/v1/whoami", server.a.token, headers=headers).json()["tenant_id"] == str(server.a.id)


@promise("D34")
def test_every_row_carries_its_tenant(server: Server) -> None:
    tenants = {server.a.id, server.b.id}
    tables = [
        name
        for (name,) in server.rows(
            "SELECT c.oid::regclass::text FROM pg_class AS c WHERE c.relnamespace = 'tenant'::regnamespace"
            " AND c.relkind = 'r'"
        )
    ]
    assert {"tenant.conversation", "tenant.deletion", "tenant.subject"} <= set(tables)
    for table in tables:
        with server.superuser() as connection:
            found = {id_ for (id_,) in connection.execute(f"SELECT tenant_id FROM {table}".encode())}
        assert found <= tenants, table
