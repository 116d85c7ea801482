"""Every call leaves its entry, whatever came of it; and where an entry cannot be made, nothing happens."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import httpx
import msgspec
import pytest
from server import SETTLED_WITHIN, Server, token_for, wait_for

from privity.gate.details import Detail
from privity.identity import Scope
from privity.ledger import Leaf
from privity.notary import PLATFORM
from promises import promise

pytestmark = pytest.mark.slow

HELLO = {"channel": "call", "turns": [{"speaker": "caller", "text": "hello"}]}
AGENT = "recording-test/1.0"
NOISE_LIMIT = 20


class Call(msgspec.Struct, frozen=True):
    """A request, the status that it has to get, and in whose name it is recorded."""

    method: str
    path: str
    status: int
    caller: str = "first"
    options: dict[str, Any] = {}


CALLS = {
    "read": Call("GET", "/v1/whoami", 200),
    "list": Call("GET", "/v1/conversations", 200),
    "create": Call("POST", "/v1/conversations", 202, options={"json": HELLO}),
    "refused by policy": Call("POST", "/v1/conversations", 403, "reader", {"json": HELLO}),
    "no such record": Call("GET", "/v1/conversations/00000000-0000-4000-8000-000000000000", 404),
    "no such entry": Call("GET", "/v1/ledger/entries/999999999/proof", 404),
    "parameter not of its kind": Call("GET", "/v1/conversations?limit=many", 400),
    "parameter refused by the handler": Call("GET", "/v1/conversations?state=unheard-of", 400),
    "id not of its kind": Call("GET", "/v1/conversations/42", 400),
    "body not readable": Call(
        "POST", "/v1/conversations", 422, options={"content": b"{", "headers": {"Content-Type": "application/json"}}
    ),
    "body of an unknown type": Call("POST", "/v1/conversations", 400, options={"content": b"hello"}),
    "broken inside": Call("GET", "/v1/conversations/{broken}", 500),
    "no page": Call("GET", "/v1/nothing", 404, "nobody"),
    "no method": Call("PUT", "/v1/whoami", 405, "nobody"),
    "unheard-of method": Call("BREW", "/v1/whoami", 405, "nobody"),
    "no token": Call("GET", "/v1/whoami", 401, "nobody"),
    "wrong token": Call("GET", "/v1/whoami", 401, "nobody", {"headers": {"Authorization": "Bearer privity_x"}}),
}


@pytest.fixture(scope="module")
def broken(server: Server) -> str:
    """A conversation of which one sealed byte was changed."""
    conversation = server.bring(server.a.token)
    flip = "UPDATE tenant.conversation SET content = set_byte(content, 40, get_byte(content, 40) # 1) WHERE id = %s"
    server.rows(flip + " RETURNING id", conversation)
    return conversation


@promise("D53", sabotage="strangers_are_not_recorded")
@pytest.mark.parametrize("name", CALLS)
async def test_call_leaves_one_entry(server: Server, broken: str, name: str) -> None:
    call = CALLS[name]
    source = f"127.0.1.{[*CALLS].index(name) + 1}"
    async with server.attached() as installation:
        reader = await token_for(installation, server.a.id, Scope.CONVERSATIONS_READ)
        tokens = {"first": server.a.token, "reader": reader.text, "nobody": None}
        ids = {"first": server.a.token_id, "reader": reader.token_id, "nobody": "unknown"}
        headers = call.options.get("headers", {}) | {"User-Agent": AGENT}
        began = {log: len(server.leaves(log)) for log in (PLATFORM, server.a.id)}
        asked_at = datetime.now(UTC)
        answer = server.call(
            call.method,
            call.path.replace("{broken}", broken),
            tokens[call.caller],
            source=source,
            **(call.options | {"headers": headers}),
        )
        assert answer.status_code == call.status, answer.text

        new = [leaf for log in began for leaf in server.leaves(log)[began[log] :]]
        of_this_call = [leaf for leaf in new if "request" in leaf.body and leaf.body["actor"]["kind"] != "worker"]
        assert len(of_this_call) == 1
        entry = of_this_call[0]
        assert entry.body["actor"] == {
            "kind": "nobody" if call.caller == "nobody" else "service",
            "id": ids[call.caller],
        }
        assert status_of(entry, new) == call.status
        assert abs(entry.time - asked_at) < timedelta(seconds=5)
        if not answer.is_success:
            assert answer.json()["instance"] == f"urn:uuid:{entry.body['request']}"

        log, tenant = (PLATFORM, None) if call.caller == "nobody" else (str(server.a.id), server.a.id)
        sealed = await installation.ledger.detail(log, entry.id)
        detail = await installation.gate._details.open(tenant, entry.id, sealed, entry.body["detail"])
        assert detail == Detail(address=source, user_agent=AGENT)
        assert AGENT.encode() not in sealed


@promise("C70", sabotage="pages_do_not_say_which_records")
@promise("C70", sabotage="strangers_and_others_come_from_nowhere")
async def test_reading_writing_and_deleting_name_who_when_whence_and_the_record(server: Server) -> None:
    async with server.attached() as installation:
        reader = await token_for(installation, server.a.id, Scope.CONVERSATIONS_READ)
        headers, source = {"User-Agent": AGENT}, "127.0.3.1"
        began, asked_at = len(server.leaves(server.a.id)), datetime.now(UTC)

        def call(method: str, path: str, token: str, **more: Any) -> Any:
            return server.call(method, path, token, source=source, headers=headers, **more)

        written = call("POST", "/v1/conversations", server.a.token, json=HELLO).json()["id"]
        page = call("GET", "/v1/conversations", reader.text).json()["conversations"]
        one = f"/v1/conversations/{server.a.conversation}"
        assert call("GET", one, reader.text).status_code == 200
        assert call("DELETE", one, reader.text).status_code == 403
        wait_for(
            lambda: call("GET", f"/v1/conversations/{written}", server.a.token).json().get("state") != "received",
            SETTLED_WITHIN,
        )
        assert call("DELETE", f"/v1/conversations/{written}", server.a.token).status_code == 202

        new = [
            leaf for leaf in server.leaves(server.a.id)[began:] if leaf.body.get("actor", {}).get("kind") == "service"
        ]
        acts = {leaf.id: leaf for leaf in new if leaf.kind in {"intent", "denial"}}
        results = {leaf.body["cause"]: leaf.body for leaf in new if leaf.kind == "outcome"}
        asked = {(leaf.body["action"], leaf.kind, leaf.body["resource"]["id"]): leaf for leaf in acts.values()}
        assert {
            ("conversation:read", "intent", server.a.conversation),
            ("conversation:delete", "denial", server.a.conversation),
            ("conversation:delete", "intent", written),
        } <= asked.keys()
        made, listed = (
            results[str(next(leaf.id for leaf in acts.values() if leaf.body["action"] == action))]
            for action in ("conversation:create", "conversation:list")
        )
        assert made["made"] == written
        assert len(page) > 1
        assert listed.get("ids") == [row["id"] for row in page]
        for leaf in acts.values():
            assert leaf.body["actor"]["id"] in {reader.token_id, server.a.token_id}
            assert abs(leaf.time - asked_at) < timedelta(seconds=60)
            sealed = await installation.ledger.detail(str(server.a.id), leaf.id)
            told = await installation.gate._details.open(server.a.id, leaf.id, sealed, leaf.body["detail"])
            assert told == Detail(address=source, user_agent=AGENT), leaf.body["action"]


def status_of(entry: Leaf, leaves: list[Leaf]) -> int:
    """The status that the ledger tells of a call: in the entry of a refusal, in the outcome of what was allowed."""
    outcomes = [
        leaf.body["status"] for leaf in leaves if leaf.kind == "outcome" and leaf.body["cause"] == str(entry.id)
    ]
    told = [*outcomes, *([entry.body["status"]] if "status" in entry.body else [])]
    assert len(told) == 1
    return int(told[0])


@promise("B29", sabotage="entries_do_not_name_the_token")
def test_time_and_actor_that_a_client_claims_are_ignored(server: Server) -> None:
    claimed = {
        "Date": "Sat, 01 Jan 2000 00:00:00 GMT",
        "X-Timestamp": "2000-01-01T00:00:00Z",
        "X-Request-Start": "t=946684800",
        "X-Request-Id": "00000000-0000-4000-8000-000000000001",
        "X-Actor": "operator:uid-0",
        "X-Forwarded-User": "operator:uid-0",
        "X-User-Id": server.b.token_id,
    }
    entries = server.new_leaves(
        server.a.id, lambda: server.call("GET", "/v1/conversations?actor=operator", server.a.token, headers=claimed)
    )
    assert [leaf.kind for leaf in entries] == ["intent", "outcome"]
    for leaf in entries:
        assert leaf.body["actor"] == {"kind": "service", "id": server.a.token_id}
        assert abs(leaf.time - datetime.now(UTC)) < timedelta(seconds=30)
        assert "2000-01-01" not in str(leaf)
        assert leaf.body.get("request") != claimed["X-Request-Id"]


def test_noise_of_one_address_is_limited(server: Server) -> None:
    def knock() -> None:
        with httpx.Client(base_url=server.url, transport=httpx.HTTPTransport(local_address="127.0.2.1")) as stranger:
            for _ in range(NOISE_LIMIT + 5):
                assert stranger.get("/v1/whoami").status_code == 401

    assert len(server.new_leaves(PLATFORM, knock)) == NOISE_LIMIT
    again = server.new_leaves(PLATFORM, lambda: server.call("GET", "/v1/whoami", source="127.0.2.2"))
    assert len(again) == 1, "another address is heard"
    mistaken = server.new_leaves(
        server.a.id,
        lambda: [server.call("GET", "/v1/conversations/42", server.a.token, source="127.0.2.1") for _ in range(3)],
    )
    assert len(mistaken) == 3, "who is known is never noise"


def traces(server: Server) -> dict[str, int]:
    """How much there is of everything that taking in a conversation leaves."""
    tables: tuple[LiteralString, ...] = ("conversation", "subject", "ephemeral")
    counted = {table: server.rows(f"SELECT count(*) FROM tenant.{table}")[0][0] for table in tables}
    counted["jobs"] = server.rows("SELECT count(*) FROM queue.procrastinate_jobs")[0][0]
    counted["keys"] = server.rows("SELECT count(*) FROM keys.record_key", side="keys")[0][0]
    counted["blobs"] = sum(1 for path in server.data.blobs.rglob("*") if path.is_file())
    return counted


@contextlib.contextmanager
def stopped(process: int) -> Iterator[None]:
    """Hold a process still."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def refused_in_time(server: Server) -> None:
    began = time.monotonic()
    answer = server.call("POST", "/v1/conversations", server.a.token, json=HELLO, headers={"Idempotency-Key": "later"})
    assert answer.status_code == 503, answer.text
    assert answer.json()["type"] == "urn:privity:problem:ledger-unavailable"
    assert answer.headers["retry-after"]
    assert time.monotonic() - began < 3.0, "2 s, 0.3 s to take the row back, and a busy machine"


def recovers(server: Server) -> None:
    wait_for(lambda: server.call("GET", "/readyz").status_code == 200, SETTLED_WITHIN)
    wait_for(
        lambda: server.call("POST", "/v1/conversations", server.a.token, json=HELLO).status_code == 202, SETTLED_WITHIN
    )


@promise("B16", sabotage="late_entry_counts_as_recorded")
def test_nothing_happens_while_the_sequencer_stands_still(server: Server) -> None:
    wait_for(lambda: not server.rows("SELECT FROM tenant.conversation WHERE state = 'received'"), SETTLED_WITHIN)
    server.leaves(server.a.id)
    before = traces(server)
    with stopped(server.sequencer):
        refused_in_time(server)
        assert traces(server) == before
    recovers(server)


def test_outcome_that_waits_turns_the_server_unready(server: Server) -> None:
    def slowly() -> Iterator[bytes]:
        yield b'{"channel": "call", "turns": '
        wait_for(lambda: len(server.leaves(server.a.id)) > size, SETTLED_WITHIN)
        os.kill(process, signal.SIGSTOP)
        yield b'[{"speaker": "caller", "text": "hello"}]}'

    size, process = len(server.leaves(server.a.id)), server.sequencer
    try:
        headers = {"Content-Type": "application/json"}
        answer = server.call("POST", "/v1/conversations", server.a.token, content=slowly(), headers=headers)
        assert answer.status_code == 202, "its intent stands; its outcome is not waited for"
        unready = wait_for(
            lambda: (found := server.call("GET", "/readyz")).status_code == 503 and found.json(), SETTLED_WITHIN
        )
        assert unready["parts"]["ledger"] is False
        refused_in_time(server)
    finally:
        os.kill(process, signal.SIGCONT)
    recovers(server)


def test_nothing_happens_while_the_inbox_is_locked(server: Server) -> None:
    wait_for(lambda: not server.rows("SELECT FROM tenant.conversation WHERE state = 'received'"), SETTLED_WITHIN)
    server.works_nothing_off()
    server.leaves(server.a.id)
    before = traces(server)
    with server.superuser() as connection, connection.transaction():
        connection.execute("LOCK TABLE ledger.inbox IN ACCESS EXCLUSIVE MODE")
        refused_in_time(server)
        assert traces(server) == before
        wait_for(lambda: server.call("GET", "/readyz").status_code == 503, SETTLED_WITHIN)
    recovers(server)


MANY = 200
SUBJECT = "INSERT INTO tenant.subject (tenant_id, id, created_at) VALUES (%(tenant)s, %(tenant)s, now())"
CONVERSATIONS = """
    INSERT INTO tenant.conversation (tenant_id, id, project_id, subject_id, channel, retention_class, state, brought_by,
                                     cause, source_kind, source_bytes, content, findings, created_at,
                                     settled_at)
    SELECT %(tenant)s, gen_random_uuid(), %(project)s, %(tenant)s, 'call', 'conversation', 'kept', 'service:many',
           %(tenant)s, 'text', 100, '\\x00', 3, now(), now()
    FROM generate_series(1, %(many)s)
"""
GONE = (
    "DELETE FROM tenant.conversation WHERE tenant_id = %(tenant)s AND brought_by = 'service:many'",
    "DELETE FROM tenant.subject WHERE tenant_id = %(tenant)s AND id = %(tenant)s",
)


@promise("C70", sabotage="long_lists_name_their_beginning_only")
def test_a_long_list_names_every_record_that_it_showed(server: Server) -> None:
    of_it = {"tenant": server.a.id, "project": server.a.other_project, "many": MANY}
    listed: list[httpx.Response] = []
    with server.superuser() as connection:
        connection.execute(SUBJECT, of_it)
        connection.execute(CONVERSATIONS, of_it)
    try:
        new = server.new_leaves(
            server.a.id,
            lambda: listed.append(server.call("GET", f"/v1/conversations?limit={MANY}", server.a.other_token)),
        )
    finally:
        with server.superuser() as connection:
            for statement in GONE:
                connection.execute(statement, of_it)
    assert listed[0].status_code == 200, listed[0].text
    shown = [conversation["id"] for conversation in listed[0].json()["conversations"]]
    assert len(shown) == MANY
    assert [leaf.kind for leaf in new] == ["intent", "outcome", "touched"]
    assert {leaf.body["action"] for leaf in new} == {"conversation:list"}
    assert [id_ for leaf in new[1:] for id_ in leaf.body["ids"]] == shown
    assert {leaf.body["cause"] for leaf in new[1:]} == {str(new[0].id)}
