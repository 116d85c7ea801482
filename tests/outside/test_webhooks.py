"""Webhooks from outside: receivers on loopback are told what happens, signed, again when they fail, never content."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import msgspec
import pytest
from server import SETTLED_WITHIN, SPOKEN, Server, wait_for

from privity import webhooks
from promises import promise

pytestmark = pytest.mark.slow

Heard = tuple[dict[str, str], bytes]
CANARY = "Gonzalez"
FILE_NAME = "Maria Gonzalez 415-555-0199.wav"


class Receiver:
    """Somebody who is told: answers each call as `answers` says, the last one for ever; `hang` holds them back."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answers: list[int] = [204]
        self.noise = b""
        self.go_on = threading.Event()
        self.go_on.set()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                number = len(receiver.heard)
                receiver.go_on.wait(30)
                try:
                    if receiver.noise:
                        self.wfile.write(receiver.noise)
                        return
                    self.send_response(receiver.answers[min(number, len(receiver.answers)) - 1])
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    pass

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/told"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()

    def types(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.heard]


class Told(msgspec.Struct):
    """A receiver that tenant a tells of what happens."""

    receiver: Receiver
    server: Server
    id: str
    secret: str

    def call(self, method: str, path: str = "", **options: Any) -> httpx.Response:
        return self.server.call(method, f"/v1/webhooks/{self.id}{path}", self.server.a.token, **options)

    def deliveries(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("GET", "/deliveries").json()["deliveries"]
        return found

    def settled(self, event: str) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            found = next(each for each in self.deliveries() if each["event"] == event)
            return found if found["state"] != "waiting" else None

        return wait_for(look, SETTLED_WITHIN)


@pytest.fixture
def told(server: Server) -> Iterator[Callable[..., Told]]:
    made: list[Told] = []

    def make(*events: str) -> Told:
        receiver = Receiver()
        asked = {"url": receiver.url, "events": list(events)}
        answer = server.call("POST", "/v1/webhooks", server.a.token, json=asked)
        assert answer.status_code == 201, answer.text
        made.append(Told(receiver, server, answer.json()["id"], answer.json()["secret"]))
        return made[-1]

    yield make
    for each in made:
        each.call("DELETE")
        each.receiver.close()


def mac(secret: str, heard: Heard) -> str:
    """The signature that an implementation of somebody else's expects."""
    headers, body = heard
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


@promise("D13", sabotage="webhooks_are_not_signed")
def test_attempts_retries_and_tests_are_signed_each_anew_under_the_same_id(told: Callable[..., Told]) -> None:
    one = told()
    one.receiver.answers = [503, 204]
    event = one.call("POST", "/test").json()["event"]
    wait_for(lambda: len(one.receiver.heard) == 2, SETTLED_WITHIN)
    (first, _), (second, body) = one.receiver.heard
    for heard in one.receiver.heard:
        assert heard[0]["webhook-signature"] == mac(one.secret, heard)
        webhooks.verify(one.secret, heard[0], heard[1])
    assert first["webhook-id"] == second["webhook-id"] == event == json.loads(body)["id"]
    assert int(second["webhook-timestamp"]) >= int(first["webhook-timestamp"]) + 5
    assert json.loads(body)["type"] == "webhook.test"
    shown = one.settled(event)
    assert [(each["outcome"], each["status"]) for each in shown["attempts"]] == [("answered", 503), ("answered", 204)]
    assert one.call("POST", f"/deliveries/{event}/redeliver").status_code == 202
    wait_for(lambda: len(one.receiver.heard) == 3, SETTLED_WITHIN)
    assert one.receiver.heard[2][0]["webhook-id"] == event
    webhooks.verify(one.secret, *one.receiver.heard[2])


def test_new_secret_signs_beside_the_former_one(told: Callable[..., Told], server: Server) -> None:
    one = told()
    rotated = one.call("POST", "/secret").json()
    assert rotated["secret"] != one.secret
    one.call("POST", "/test")
    wait_for(lambda: one.receiver.heard, SETTLED_WITHIN)
    heard = one.receiver.heard[0]
    assert heard[0]["webhook-signature"].split() == [mac(rotated["secret"], heard), mac(one.secret, heard)]
    kept = server.printed("webhook", "list", "--tenant", "birch") + one.call("GET").text + str(one.deliveries())
    for secret in (one.secret, rotated["secret"]):
        assert secret not in kept + server.output()
        for path, content in server.bytes_at_rest():
            assert secret.encode() not in content, path
    assert one.receiver.url in kept, "the operator sees where"
    assert not [path for path, content in server.bytes_at_rest() if f"{one.receiver.url}".encode() in content]


@promise("E38", sabotage="webhook_tells_what_was_said")
def test_what_happens_is_told_by_ids_times_and_states_alone(told: Callable[..., Told], server: Server) -> None:
    one = told("conversation.received", "conversation.kept", "conversation.deleted")
    conversation = server.bring(server.a.token)
    server.call("DELETE", f"/v1/conversations/{conversation}", server.a.token)
    wait_for(lambda: len(one.receiver.heard) == 3, SETTLED_WITHIN)
    assert sorted(one.receiver.types()) == ["conversation.deleted", "conversation.kept", "conversation.received"]
    for headers, body in one.receiver.heard:
        said = json.loads(body)
        assert set(said) == {"id", "type", "timestamp", "data"}
        assert set(said["data"]) <= {"id", "project_id", "status"}
        assert (said["data"]["id"], said["data"]["project_id"]) == (conversation, str(server.a.project))
        assert said["data"].get("status") in {None, "kept", "deleted"}
        for spoken in (*SPOKEN, "NAME", CANARY):
            assert spoken not in f"{headers}{body!r}"
    assert len({headers["webhook-id"] for headers, _ in one.receiver.heard}) == 3


@promise("E36")
def test_failure_is_told_without_words_and_without_the_name_of_a_file(
    told: Callable[..., Told], server: Server
) -> None:
    one = told("conversation.refused", "conversation.received", "conversation.kept")
    bad = {"file": (FILE_NAME, b"\xff\xfe not what it says", "audio/wav")}
    sent = server.call("POST", "/v1/conversations", server.a.token, files=bad, data={"channel": "upload"})
    good = {"file": (FILE_NAME, json.dumps({"turns": [{"speaker": "a", "text": "hello"}]}).encode())}
    kept = server.call("POST", "/v1/conversations", server.a.token, files=good, data={"channel": "upload"})
    assert kept.status_code == 202, sent.text
    wait_for(lambda: "conversation.kept" in one.receiver.types(), SETTLED_WITHIN)
    assert CANARY not in str(one.receiver.heard)
    assert "0199" not in str(one.receiver.heard)
    assert CANARY not in str(one.deliveries())


def test_receivers_that_hang_keep_no_other_waiting(told: Callable[..., Told], server: Server) -> None:
    hanging, healthy = told("fax.deleted"), told("fax.deleted")
    hanging.receiver.go_on.clear()
    hung = hanging.call("POST", "/test").json()["event"]
    wait_for(lambda: hanging.receiver.heard, SETTLED_WITHIN)
    for number in range(1, 6):
        healthy.call("POST", "/test")
        wait_for(lambda number=number: len(healthy.receiver.heard) >= number, SETTLED_WITHIN)  # type: ignore[misc]  # it is bound at once
    assert [each["state"] for each in hanging.deliveries()] == ["waiting"], "it still hangs"
    assert server.call("GET", "/v1/whoami", server.a.token).is_success
    hanging.receiver.go_on.set()
    assert hanging.settled(hung)["state"] == "delivered"


def test_receiver_that_answers_without_end_keeps_no_other_from_being_told(
    told: Callable[..., Told], server: Server
) -> None:
    endless, good = told("fax.deleted"), told("fax.deleted")
    endless.receiver.noise = b"HTTP/1.1 200 Yes\r\nX: " + b"x" * 500_000
    endless.call("POST", "/test")
    told_once = good.call("POST", "/test").json()["event"]
    [attempt] = wait_for(lambda: endless.deliveries()[0]["attempts"], SETTLED_WITHIN)
    assert (attempt["outcome"], attempt["status"]) == ("not-reached", None)
    assert good.settled(told_once)["state"] == "delivered"
    assert len(good.receiver.heard) == 1


def test_receiver_that_is_gone_is_told_nothing_more(told: Callable[..., Told], server: Server) -> None:
    one = told()
    one.receiver.answers = [410]
    event = one.call("POST", "/test").json()["event"]
    assert one.settled(event)["state"] == "failed"
    shown = one.call("GET").json()
    assert (shown["state"], shown["disabled_for"]) == ("disabled", "gone")
    assert one.call("POST", "/test").status_code == 409
    assert one.call("POST", f"/deliveries/{event}/redeliver").status_code == 409
    one.receiver.answers = [204]
    assert one.call("PATCH", json={"enabled": True}).json()["state"] == "enabled"
    assert one.call("POST", f"/deliveries/{event}/redeliver").status_code == 202
    assert one.settled(event)["state"] == "delivered"


def test_only_chosen_events_are_told_and_only_of_the_own_project(told: Callable[..., Told], server: Server) -> None:
    one = told("conversation.kept")
    theirs = server.bring(server.b.token)
    other = server.bring(server.a.other_token)
    mine = server.bring(server.a.token)
    wait_for(lambda: one.receiver.heard, SETTLED_WITHIN)
    assert [json.loads(body)["data"]["id"] for _, body in one.receiver.heard] == [mine]
    assert not {theirs, other} & {each["about"] for each in one.deliveries()}
    foreign = server.call("GET", f"/v1/webhooks/{one.id}", server.a.other_token)
    assert foreign.status_code == 404


def test_bad_input_says_what_is_wrong_and_repeats_nothing(server: Server, told: Callable[..., Told]) -> None:
    one = told()
    asked: list[tuple[str, str, Any, int]] = [
        ("POST", "", {"url": "https://canary.example.net/"}, 400),
        ("POST", "", {"url": "ftp://canary"}, 400),
        ("POST", "", {"url": 4}, 422),
        ("POST", "", {"url": "https://hooks.example.org/", "secret": "canary"}, 422),
        ("POST", "", {"url": "https://hooks.example.org/", "events": ["canary"]}, 400),
        ("POST", "", {"url": "https://hooks.example.org/" + "x" * 9000}, 413),
        ("PATCH", f"/{one.id}", {"enabled": "canary"}, 422),
        ("PATCH", f"/{one.id}", {"events": ["webhook.test"]}, 400),
        ("GET", f"/{one.id}/deliveries?state=canary", None, 400),
        ("GET", f"/{one.id}/deliveries?after=canary", None, 400),
        ("GET", "/canary", None, 400),
        ("POST", f"/{one.id}/deliveries/canary/redeliver", None, 400),
        ("POST", f"/{one.id}/deliveries/{uuid.uuid4()}/redeliver", None, 409),
    ]
    for method, path, body, status in asked:
        answer = server.call(method, f"/v1/webhooks{path}", server.a.token, json=body)
        assert answer.status_code == status, (path, body, answer.text)
        assert "canary" not in answer.text
