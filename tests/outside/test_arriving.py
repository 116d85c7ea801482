"""How requests arrive: what stops on its way, is packed, or ends in two places is refused, and nothing has happened."""

import base64
import json
import socket
import time
from collections.abc import Iterator
from typing import Self
from urllib.parse import urlsplit

import httpx
import pytest
from scene import Place, Server, Stage, secrets_of, staged
from test_bad_input import kept, problem

pytestmark = pytest.mark.slow

SECRETS = secrets_of()
STALLED = 1.0  # seconds that the server of this module waits
SOON = 8.0
FORM = "application/x-www-form-urlencoded"
FILE = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + SECRETS.text


@pytest.fixture(scope="module")
def impatient(template: Place) -> Iterator[tuple[Stage, Server]]:
    with staged(template) as stage, stage.serving(PRIVITY_STALL_LIMIT=f"{STALLED:g}") as server:
        yield stage, server


class Line:
    """One connection, on which a test writes what it likes; it is closed behind the test."""

    def __init__(self, server: Server) -> None:
        at = urlsplit(server.url)
        self.socket = socket.create_connection((at.hostname, at.port or 80), timeout=30)
        self.host = at.netloc

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def head(self, method: str, path: str, *headers: str) -> None:
        self.send("\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {self.host}", *headers, "", ""]).encode("latin-1"))

    def answer(self) -> tuple[httpx.Response, float]:
        """Return what comes until the server ends the connection, which it has to, and how long that took."""
        began, whole = time.monotonic(), b""
        while piece := self.socket.recv(1 << 16):
            whole += piece
        head, _, body = whole.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        return httpx.Response(int(status.split()[1]), headers=headers, content=body), time.monotonic() - began


def bearer(server: Server) -> str:
    return f"Authorization: Bearer {server.place.birch.token}"


def basic(server: Server) -> str:
    birch = server.place.birch
    return "Authorization: Basic " + base64.b64encode(f"{birch.project}:{birch.token}".encode()).decode()


BODIES = {
    "a conversation as JSON": ("/v1/conversations", "application/json", SECRETS.json_turns[:-9]),
    "a conversation as a file": ("/v1/conversations", "multipart/form-data; boundary=b", FILE),
    "a grant": ("/v1/grants", "application/json", b'{"scope": "'),
    "nobody at the token endpoint": ("/oauth/token", FORM, b"grant_type=client"),
    "nobody at the sign-in page": ("/app/api/sign-in/code", "application/json", b'{"email": "'),
}


@pytest.mark.parametrize("case", BODIES)
def test_a_body_that_stops_is_refused_in_time_and_undone(impatient: tuple[Stage, Server], case: str) -> None:
    stage, server = impatient
    path, kind, begun = BODIES[case]
    before = kept(stage)
    whose = [bearer(server)] if path.startswith("/v1") else [f"Origin: {server.url}"]
    with Line(server) as line:
        line.head("POST", path, *whose, f"Content-Type: {kind}", f"Content-Length: {len(begun) + 99}")
        line.send(begun)
        answer, took = line.answer()
    told = problem(answer, 408, *SECRETS.all)
    assert "nothing has happened" in told["detail"]
    assert answer.headers["connection"] == "close"
    assert took < SOON
    assert kept(stage) == before


def test_a_form_of_a_script_that_stops_is_refused_in_the_vendors_words(impatient: tuple[Stage, Server]) -> None:
    stage, server = impatient
    messages = stage.place.rows("SELECT count(*) FROM tenant.message")
    path = f"/2010-04-01/Accounts/{server.place.birch.project}/Messages.json"
    with Line(server) as line:
        line.head("POST", path, basic(server), f"Content-Type: {FORM}", "Transfer-Encoding: chunked")
        line.send(b"5\r\nBody=\r\n")
        answer, took = line.answer()
    assert (answer.status_code, answer.json()["status"], answer.json()["code"]) == (408, 408, 20001)
    assert took < SOON
    assert stage.place.rows("SELECT count(*) FROM tenant.message") == messages


def test_a_byte_now_and_then_does_not_hold_a_connection(impatient: tuple[Stage, Server]) -> None:
    stage, server = impatient
    before = kept(stage)
    with Line(server) as line:
        line.head("POST", "/v1/conversations", bearer(server), "Content-Type: application/json", "Content-Length: 9000")
        assert is_cut_off(line, SOON)
    assert kept(stage) == before


def is_cut_off(line: Line, seconds: float) -> bool:
    """Return whether the server ends the connection of somebody who sends a byte now and then."""
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            line.send(b" ")
            time.sleep(STALLED / 4)
    except ConnectionError:
        return True
    return False


def test_a_body_that_pauses_and_goes_on_is_taken(impatient: tuple[Stage, Server]) -> None:
    _, server = impatient
    text = SECRETS.text * 40
    pieces = [text[at : at + 8192] for at in range(0, len(text), 8192)]

    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for piece in pieces[:5]:
            yield piece
            time.sleep(STALLED / 2)
        yield b"\r\n--b--\r\n"

    with server.client(**{"Content-Type": "multipart/form-data; boundary=b"}) as client:
        assert client.post("/v1/conversations", content=body()).status_code == 202


def test_a_head_that_stops_and_a_connection_without_one_end(impatient: tuple[Stage, Server]) -> None:
    _, server = impatient
    with Line(server) as line:
        line.send(b"GET /healthz HTTP/1.1\r\nX-Name: " + SECRETS.name.encode())
        answer, took = line.answer()
    problem(answer, 408, *SECRETS.all)
    assert took < SOON
    with Line(server) as silent:
        began = time.monotonic()
        assert silent.socket.recv(1) == b"", "nothing was asked, so nothing is answered"
        assert time.monotonic() - began < SOON


def test_a_connection_that_asks_again_is_kept(impatient: tuple[Stage, Server]) -> None:
    _, server = impatient
    with Line(server) as line:
        for last in (False, False, True):
            line.head("GET", "/healthz", *(["Connection: close"] if last else []))
            time.sleep(STALLED * 0.7)
        answer, _ = line.answer()
    assert answer.content.count(b"HTTP/1.1 200 OK") == 2, "beside the first"


def test_what_is_left_of_a_body_that_was_refused_is_not_waited_for(impatient: tuple[Stage, Server]) -> None:
    _, server = impatient
    with Line(server) as line:
        line.head("POST", "/v1/conversations", "Content-Type: application/json", "Content-Length: 9000")
        assert is_cut_off(line, SOON)


NO_HTTP = {
    "words": SECRETS.text + b"\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc" + bytes(99) + b"\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "a chunk without its length": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "another transfer coding": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
}


@pytest.mark.parametrize("case", NO_HTTP)
def test_what_is_no_http_is_refused_in_the_form_of_every_refusal(impatient: tuple[Stage, Server], case: str) -> None:
    _, server = impatient
    with Line(server) as line:
        line.send(NO_HTTP[case])
        answer, _ = line.answer()
    problem(answer, 400, *SECRETS.all)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Encoding": "gzip"},
        {"Content-Encoding": "BR"},
        {"Content-Encoding": "identity, deflate"},
        {"Content-Encoding": SECRETS.mail},
    ],
    ids=["gzip", "br", "two", "unknown"],
)
def test_a_packed_body_is_refused_on_every_face(impatient: tuple[Stage, Server], headers: dict[str, str]) -> None:
    stage, server = impatient
    before, project = kept(stage), server.place.birch.project
    with server.client() as client:
        told = {"Content-Type": "application/json"} | headers
        answer = client.post("/v1/conversations", content=SECRETS.json_turns, headers=told)
        problem(answer, 415, *SECRETS.all)
        assert answer.headers["accept-encoding"] == "identity"
        form = {"Content-Type": FORM} | headers
        answer = client.post("/oauth/token", content=b"grant_type=client_credentials", headers=form)
        problem(answer, 415, *SECRETS.all)
        sent = {"Authorization": basic(server).partition(": ")[2]} | form
        answer = client.post(f"/2010-04-01/Accounts/{project}/Messages.json", content=b"Body=a", headers=sent)
        assert (answer.status_code, answer.json()["code"]) == (415, 20001)
        told = {"Content-Type": "application/json", "Content-Encoding": "identity"}
        assert client.post("/v1/redactions", content=b"[]", headers=told).status_code == 422, "it was looked at"
    assert kept(stage) == before


def test_a_body_of_two_kinds_is_refused(impatient: tuple[Stage, Server]) -> None:
    stage, server = impatient
    before = kept(stage)
    headers = [("Content-Type", "application/json"), ("Content-Type", "text/plain")]
    with server.client() as client:
        answer = client.post("/v1/conversations", content=SECRETS.json_turns, headers=headers)
    problem(answer, 400, *SECRETS.all)
    assert kept(stage) == before


@pytest.mark.parametrize("version", ["1.1", "1.0"])
def test_a_body_that_may_end_in_two_places_is_refused_with_what_follows(
    impatient: tuple[Stage, Server], version: str
) -> None:
    stage, server = impatient
    before = kept(stage)
    chunk = b"%x\r\n%b\r\n0\r\n\r\n" % (len(SECRETS.json_turns), SECRETS.json_turns)
    length = f"Content-Length: {len(chunk)}\r\n" if version == "1.1" else ""
    head = f"POST /v1/conversations HTTP/{version}\r\nHost: a\r\n{bearer(server)}\r\n{length}"
    rest = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    with Line(server) as line:
        line.send((head + rest).encode() + chunk)
        line.head("GET", "/v1/whoami", bearer(server))
        answer, _ = line.answer()
    assert answer.status_code == 400
    assert b"HTTP/1.1 " not in answer.content, "what follows was taken for a request"
    told = json.loads(answer.content)
    assert told["type"] == "urn:privity:problem:bad-input"
    assert kept(stage) == before


def test_a_connection_that_breaks_is_no_failure_of_the_server(impatient: tuple[Stage, Server]) -> None:
    stage, server = impatient
    before, entries = kept(stage), entries_of_intake(stage)
    with Line(server) as line:
        line.head("POST", "/v1/conversations", bearer(server), "Content-Type: application/json", "Content-Length: 9000")
        line.send(SECRETS.json_turns)
        time.sleep(STALLED / 4)
    deadline = time.monotonic() + SOON
    while entries_of_intake(stage) < entries + 2:  # that it was to be taken in, and that it was not
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert '"event":"unexpected"' not in server.log.read_text()
    assert kept(stage) == before


def entries_of_intake(stage: Stage) -> int:
    [(count,)] = stage.place.rows(
        "SELECT count(*) FROM ledger.entry WHERE position('conversation:create' IN convert_from(leaf, 'UTF8')) > 0"
    )
    return int(count)
