"""Policy stands before storage, and every decision can be explained afterwards, whatever the policies are by then."""

import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from typing import Any

import httpx
import pytest
from server import Server, application, token_for
from statements import statements_of_this_process

from privity.gate import Engine
from privity.identity import Scope, TokenUsage
from promises import promise

pytestmark = pytest.mark.slow

CONTENT = re.compile(r"\bcontent\b|\br\.wrapped\b")
WRITES = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM) tenant\.")

NO_READING = """
@id("nobody-reads-today")
forbid (principal, action == Action::"conversation:read", resource);
"""


def engine_with(extra: str) -> Engine:
    """The shipped policies and one more."""
    folder = resources.files("privity.gate") / "policies"
    texts = {file.name: file.read_text() for file in folder.iterdir() if not file.name.endswith(".toml")}
    schema = texts.pop("privity.cedarschema")
    return Engine("\n".join([*texts.values(), extra]), schema)


@asynccontextmanager
async def under(server: Server, extra: str, reads: list[str]) -> AsyncIterator[httpx.AsyncClient]:
    """A second server in this process on the same data, under one more policy; it notes what reads content."""
    async with server.attached() as installation:
        installation.gate._engine = engine_with(extra)
        original = installation.conversations.read

        async def read(access: Any) -> Any:
            reads.append(access.resource_id)
            return await original(access)

        installation.conversations.read = read  # type: ignore[method-assign]  # to see whether it is reached
        async with application(installation) as client:
            yield client


@promise("B16", "C58", sabotage="policy_is_not_asked")
async def test_deny_policy_refuses_before_storage_and_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TokenUsage, "note", lambda *_: None)  # it is written some time later, for all tokens at once
    statements = statements_of_this_process(monkeypatch)
    path, bearer = f"/v1/conversations/{server.a.conversation}", {"Authorization": f"Bearer {server.a.token}"}
    reads: list[str] = []
    began = len(server.leaves(server.a.id))
    async with under(server, "", reads) as client:
        assert (await client.get(path, headers=bearer)).status_code == 200
        assert reads == [server.a.conversation]
        assert any(CONTENT.search(statement) for statement in statements)
    async with under(server, NO_READING, reads) as client:
        statements.clear()
        refused = await client.get(path, headers=bearer)
        asked = list(statements)
    assert refused.status_code == 403
    assert reads == [server.a.conversation], "storage was not asked a second time"
    assert asked
    assert [statement for statement in asked if CONTENT.search(statement) or WRITES.search(statement)] == []

    decision = refused.json()["decision_id"]
    entry = next(leaf for leaf in server.leaves(server.a.id) if str(leaf.id) == decision)
    assert entry.kind == "denial"
    assert entry.body["decision"]["allowed"] is False
    assert entry.body["decision"]["policies"] == ["nobody-reads-today"]
    assert entry.body["decision"]["policy_set"] == engine_with(NO_READING).digest
    (permitted,) = (leaf for leaf in server.leaves(server.a.id)[began:] if leaf.kind == "intent")
    assert permitted.body["decision"] == {
        "allowed": True,
        "policies": ["service-reads-its-project"],
        "policy_set": engine_with("").digest,
    }


async def test_explanation_outlives_the_policies(server: Server) -> None:
    path, bearer = f"/v1/conversations/{server.a.conversation}", {"Authorization": f"Bearer {server.a.token}"}
    async with under(server, NO_READING, []) as client:
        refused = (await client.get(path, headers=bearer)).json()["decision_id"]
    told = server.call("GET", f"/v1/decisions/{refused}", server.a.token).json()
    assert told["allowed"] is False
    assert told["policies"] == ["nobody-reads-today"]
    assert told["same_today"] is False, "the server does not have that policy"
    assert told["policy_set"] != Engine.shipped().digest
    assert told["facts"]["principal"]["scopes"] == sorted(Scope)

    allowed = server.call("GET", f"/v1/decisions/{server.a.decision}", server.a.token).json()
    assert allowed["allowed"] is True
    assert allowed["policies"]
    assert allowed["would_allow"] == []
    assert allowed["same_today"] is True
    assert allowed["policy_set"] == Engine.shipped().digest


async def test_default_denial_names_the_scope_that_would_have_allowed_it(server: Server) -> None:
    async with server.attached() as installation:
        reader = await token_for(installation, server.a.id, Scope.CONVERSATIONS_READ)
    refused = server.call("DELETE", f"/v1/conversations/{server.a.conversation}", reader.text).json()
    assert refused["decision_id"] in refused["advice"]
    told = server.call("GET", f"/v1/decisions/{refused['decision_id']}", reader.text).json()
    assert told["policies"] == []
    assert told["would_allow"] == ["conversations:write"]
    assert told["same_today"] is True
    printed = server.printed("explain", refused["decision_id"], "--tenant", "birch")
    assert "conversations:write" in printed


async def test_refusal_of_another_project_names_no_scope(server: Server) -> None:
    path = f"/v1/conversations/{server.a.conversation}"
    assert server.call("GET", path, server.a.other_token).status_code == 404, "what it may not see is not there"
    denial = [leaf for leaf in server.leaves(server.a.id) if leaf.kind == "denial"][-1]
    told = server.call("GET", f"/v1/decisions/{denial.id}", server.a.token).json()
    assert told["would_allow"] == []
    assert [change["needs"] for change in told["changes"]] == [["a token of that project"]]
    assert told["came_close"][0]["policy"] == "service-reads-its-project"
    assert "principal.project == resource.project" in told["came_close"][0]["text"]


def test_only_decisions_are_explained(server: Server) -> None:
    outcome = next(leaf for leaf in server.leaves(server.a.id) if leaf.kind == "outcome")
    for id_ in (outcome.id, uuid.uuid4()):
        assert server.call("GET", f"/v1/decisions/{id_}", server.a.token).status_code == 404
