"""What the world may see: nothing without credentials, nothing of the inside, and nothing of what came in."""

import io
import json
import re
from typing import Any

import httpx
import pytest
from server import CANARIES, Server, application

from privity import logs
from privity.running import Installation
from promises import promise

pytestmark = pytest.mark.slow

PUBLIC = {
    "/healthz",
    "/readyz",
    "/.well-known/security.txt",
    "/openapi.json",
    "/.well-known/oauth-authorization-server",
}
SIGNED = "/v1/links/{link}"
OAUTH = {"/oauth/token", "/oauth/introspect", "/oauth/revoke"}
OPEN = PUBLIC | OAUTH | {SIGNED}
ECHO = "echo7gonzalez"
INSIDE = re.compile(
    r"Traceback|File \"|line \d+|SELECT |INSERT |psycopg|litestar|privity\.[a-z]+\.|/[a-z]+/[a-z]+\.py|\$2b\$"
)


def paths(server: Server) -> dict[str, dict[str, Any]]:
    """The paths that /openapi.json describes, and their operations by method."""
    found: dict[str, dict[str, Any]] = server.call("GET", "/openapi.json").json()["paths"]
    return found


def test_a_page_names_its_characters_once(server: Server) -> None:
    page = server.call("GET", "/app/sign-in")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    style = re.search(r'href="(/app/[^"]+\.css[^"]*)"', page.text)
    assert style is not None
    assert server.call("GET", style[1]).headers["content-type"] == "text/css; charset=utf-8"


def filled(server: Server, path: str) -> str:
    """A path with ids of things that there are."""
    if path == SIGNED:
        return server.link(server.a)
    ids = {
        "/v1/deletions/": server.a.deletion,
        "/v1/decisions/": server.a.decision,
        "/v1/messages/": server.a.message,
        "/v1/faxes/": server.a.fax,
        "/v1/calls/": server.a.call,
        "/v1/recordings/": server.a.recording,
        "/v1/redactions/": server.a.redaction,
        "/v1/grants/": server.a.grant,
        "/v1/webhooks/": server.a.webhook,
        "/v1/payments/": server.a.payment,
        "/v1/transcriptions/": server.a.transcription,
    }
    id_ = next((id_ for prefix, id_ in ids.items() if path.startswith(prefix)), server.a.conversation)
    return path.replace("{id}", id_).replace("{index}", str(server.a.entry)).replace("{party}", "2")


@promise("A13", sabotage="readiness_names_the_tenants")
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic YTpi"}, {"Cookie": "session=1; token=1"}])
def test_nobody_reads_anything_without_a_token(server: Server, headers: dict[str, str]) -> None:
    answered = {}
    for path, methods in paths(server).items():
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
            answer = server.call(method, filled(server, path), headers=headers)
            if method.lower() in methods or answer.status_code not in {204, 405}:
                answered[method, path] = answer
    good = {path for (_, path), answer in answered.items() if answer.is_success}
    assert good == PUBLIC - {"/openapi.json"} | {SIGNED}
    assert {answer.status_code for (_, path), answer in answered.items() if path not in OPEN} == {401}
    # A client shows who it is in the form, and RFC 6749 calls a request without one invalid.
    assert {answer.status_code for (_, path), answer in answered.items() if path in OAUTH} == {400}

    known = [
        *CANARIES,
        "birch",
        "cedar",
        *(str(value) for tenant in (server.a, server.b) for value in (tenant.id, tenant.project, tenant.token_id)),
        *(str(value) for tenant in (server.a, server.b) for value in (tenant.conversation, tenant.deletion)),
    ]
    for path in PUBLIC:
        text = server.call("GET", path, headers=headers).text
        assert not [value for value in known if value in text], path


def test_every_path_of_the_server_is_described(server: Server) -> None:
    described = set(paths(server)) | {"/openapi.json"}
    for path in ("/docs", "/schema", "/schema/openapi.json", "/schema/swagger", "/metrics", "/static/x", "/v1"):
        assert server.call("GET", path, server.a.token).status_code == 404, path
    assert described >= PUBLIC


ASKED = {"/v1/search": {"q": "call"}}
"""What has to be asked of a route that answers nothing otherwise."""


def every_answer(server: Server) -> dict[str, httpx.Response]:
    """One answer of each route that reads, as the bearer of a token who may see it all."""
    return {
        path: server.call("GET", filled(server, path), server.a.token, params=ASKED.get(path))
        for path, methods in paths(server).items()
        if "get" in methods
    }


LISTED = {"id", "channel", "state", "refusal", "findings_count", "duration_ms", "created_at", "settled_at"}
SHOWN = LISTED | {"redacted_text", "turns", "findings"}


@promise("E31", sabotage="list_shows_the_original")
def test_list_shows_no_text_and_no_path(server: Server) -> None:
    listed = server.call("GET", "/v1/conversations", server.a.token).json()["conversations"]
    assert listed
    for conversation in listed:
        assert set(conversation) == LISTED
    assert not [canary for canary in CANARIES if canary in json.dumps(listed)]


@promise("E32", sabotage="redaction_hides_nothing")
def test_record_shows_redacted_text_only(server: Server) -> None:
    shown = server.call("GET", f"/v1/conversations/{server.a.conversation}", server.a.token).json()
    assert set(shown) == SHOWN
    assert "[" in shown["redacted_text"]
    assert shown["findings"]
    assert {name for finding in shown["findings"] for name in finding} == {"label", "detector", "why", "score"}
    assert not [canary for canary in CANARIES if canary in json.dumps(shown)]


@promise("E33", sabotage="redaction_hides_nothing")
def test_no_answer_shows_originals_or_places(server: Server) -> None:
    blobs = [path.name for path in server.data.blobs.rglob("*") if path.is_file()]
    for path, answer in every_answer(server).items():
        assert answer.is_success, (path, answer.text)
        for hidden in ("original_text", "source_object", str(server.folder), "/clusters/", *CANARIES, *blobs):
            assert hidden not in answer.text, (path, hidden)


@promise("E33", sabotage="errors_repeat_the_input")
def test_problem_never_repeats_what_came_in(server: Server) -> None:
    call, token = server.call, server.a.token
    odd = {"User-Agent": ECHO, "X-Request-Id": ECHO, "Referer": f"https://{ECHO}.example/"}
    conversation = f"/v1/conversations/{server.a.conversation}"
    multipart = {"file": (f"{ECHO}.wav", b"RIFF" + ECHO.encode())}
    answers = [
        call("GET", f"/{ECHO}", token, headers=odd),
        call(ECHO.upper(), "/healthz", headers=odd),
        call("GET", "/v1/whoami", headers=odd | {"Authorization": f"Bearer {ECHO}"}),
        call("GET", f"/v1/conversations/{ECHO}", token, headers=odd),
        call("GET", f"/v1/conversations/{ECHO}/history", token),
        call("GET", f"/v1/decisions/{ECHO}", token),
        call("GET", f"/v1/deletions/{ECHO}/certificate", token),
        call("GET", f"/v1/ledger/entries/{ECHO}/proof", token),
        call("GET", f"/v1/conversations?limit={ECHO}", token),
        call("GET", f"/v1/conversations?state={ECHO}", token),
        call("GET", f"/v1/conversations?channel={ECHO}", token),
        call("GET", f"/v1/conversations?after={ECHO}", token),
        call("POST", "/v1/conversations", token, json={"channel": ECHO, "turns": []}),
        call("POST", "/v1/conversations", token, json={"turns": [{"speaker": ECHO, "said": ECHO}]}),
        call("POST", "/v1/conversations", token, content=ECHO, headers={"Content-Type": "application/json"}),
        call("POST", "/v1/conversations", token, content=ECHO, headers={"Content-Type": f"text/{ECHO}"}),
        call("POST", "/v1/conversations", token, files=multipart, data={"channel": ECHO}),
        call("POST", "/v1/conversations", token, files={ECHO: (ECHO, b"x")}),
        call("POST", "/v1/conversations", token, json={}, headers={"Idempotency-Key": ECHO * 40}),
        call("PATCH", conversation, token, content=ECHO),
    ]
    for answer in answers:
        assert answer.is_error, answer.request.url
        assert ECHO not in answer.text.lower(), answer.request.url
        assert ECHO not in str(answer.headers).lower()
        assert not INSIDE.search(answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert {"type", "title", "status", "instance"} <= set(answer.json())


def failing_with(words: str, installation: Installation) -> tuple[httpx.AsyncClient, io.StringIO]:
    """A client of an application whose reading fails with these words, and what is logged meanwhile."""

    async def fail(_: object) -> None:
        raise ValueError(words)

    installation.conversations.read = fail  # type: ignore[method-assign,assignment]  # the test's own installation
    lines = io.StringIO()
    logs.start(stream=lines, level="debug")
    return application(installation), lines


@promise("E40", sabotage="errors_tell_their_words")
async def test_unexpected_failure_is_told_in_general_words(server: Server) -> None:
    async with server.attached() as installation:
        client, _ = failing_with(f"{ECHO} in SELECT * FROM tenant.conversation", installation)
        async with client:
            answer = await client.get(
                f"/v1/conversations/{server.a.conversation}", headers={"Authorization": f"Bearer {server.a.token}"}
            )
    assert answer.status_code == 500
    problem = answer.json()
    assert problem.pop("instance").startswith("urn:uuid:")
    assert problem == {
        "type": "urn:privity:problem:internal-error",
        "title": "Something went wrong inside Privity",
        "status": 500,
        "detail": "an internal error; its id is in `instance`",
        "advice": "Tell the operator the id.",
    }


@promise("B11", sabotage="errors_are_logged_with_their_words")
async def test_log_of_a_failure_holds_its_type_and_id_only(server: Server) -> None:
    async with server.attached() as installation:
        client, lines = failing_with(ECHO, installation)
        async with client:
            answer = await client.get(
                f"/v1/conversations/{server.a.conversation}",
                headers={"Authorization": f"Bearer {server.a.token}", "User-Agent": ECHO},
            )
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    failure = next(line for line in logged if line["event"] == "unexpected")
    assert answer.json()["instance"] == f"urn:uuid:{failure['request_id']}"
    assert failure["error"] == "ValueError"
    assert ECHO not in lines.getvalue()


@promise("B11", "B12", sabotage="library_lines_are_logged_whole")
def test_nothing_that_was_said_or_secret_is_in_any_log(server: Server) -> None:
    server.bring(server.a.token)
    multipart = {"file": (f"{ECHO}.txt", f"agent: this is {CANARIES[0]}".encode())}
    server.call("POST", "/v1/conversations", server.a.token, files=multipart, data={"channel": "upload"})
    for path in (f"/v1/conversations/{ECHO}", f"/{ECHO}", f"/v1/conversations?state={ECHO}"):
        server.call("GET", path, server.a.token, headers={"User-Agent": ECHO})

    output = server.output()
    lines = [json.loads(line) for line in output.splitlines() if not line.startswith("ready ")]
    assert lines
    assert all({"at", "level", "room", "event"} <= set(line) for line in lines)
    files = [path.read_text("utf-8", "replace") for path in server.data.logs.rglob("*") if path.is_file()]
    assert files, "the clusters log too"
    secrets = [server.a.token.split("_")[3], server.b.token.split("_")[3], "owner@birch.example"]
    for text in [output, *files]:
        assert not [word for word in (*CANARIES, ECHO, *secrets) if word.lower() in text.lower()]


def test_answers_forbid_to_be_kept_or_framed(server: Server) -> None:
    for answer in (*every_answer(server).values(), server.call("GET", "/nothing"), server.call("GET", "/v1/whoami")):
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers


@pytest.fixture(autouse=True)
def _log_as_before() -> Any:
    yield
    logs.start(level="error")
