"""Requests that say a thing twice, spell it oddly or ask in a way that there is not: refused, and nothing is done."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from server import Server
from test_public_surface import filled, paths

import privity

pytestmark = pytest.mark.slow

SOURCES = Path(privity.__file__).resolve().parent
ECHO = "echo7gonzalez"
TURNS = [{"speaker": "caller", "text": "hello"}]
LISTS = ("conversations", "messages", "faxes", "calls", "recordings", "payments", "deletions", "grants", "webhooks")


def conversations(server: Server) -> int:
    [(count,)] = server.rows("SELECT count(*) FROM tenant.conversation")
    return int(count)


def refused(answer: httpx.Response, *statuses: int) -> bool:
    """Whether an answer is a problem of one of these kinds that repeats nothing."""
    problem = answer.headers["content-type"] == "application/problem+json"
    return problem and answer.status_code in statuses and ECHO not in answer.text


def test_every_method_of_a_path_is_named(server: Server) -> None:
    for path, operations in paths(server).items():
        there = {method.upper() for method in operations} | {"OPTIONS"}
        there |= {"HEAD"} if "get" in operations else set()
        where = filled(server, path)
        assert set(server.call("OPTIONS", where).headers["allow"].split(", ")) == there, path
        other = server.call("TRACE", where)
        assert (other.status_code, set(other.headers["allow"].split(", "))) == (405, there), path


@pytest.mark.parametrize("path", ["/app/sign-in", "/app/sign-in.json", "/2010-04-01/Accounts.json"])
def test_methods_of_pages_and_of_the_compatible_face_are_named(server: Server, path: str) -> None:
    named = {"GET", "HEAD", "OPTIONS"} | ({"POST"} if "sign-in" in path else set())
    for method, status in (("OPTIONS", 204), ("PUT", 405)):
        answer = server.call(method, path)
        assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (status, named), method


@pytest.mark.parametrize("second", ["the same", "another"])
def test_two_idempotency_keys_are_none(server: Server, second: str) -> None:
    before = conversations(server)
    keys = [("Idempotency-Key", "the same"), ("Idempotency-Key", second)]
    headers = [("Authorization", f"Bearer {server.a.token}"), *keys]
    answer = httpx.post(
        f"{server.url}/v1/conversations", json={"turns": TURNS}, headers=headers, timeout=30, trust_env=False
    )
    assert refused(answer, 400)
    assert conversations(server) == before


@pytest.mark.parametrize(
    "spelled", ["1e1", "%2B5", "+5", "%205", "5%20", "05", "5.0", "5_0", "%D9%A5", "0x5", "5%0A", "", "-1", "0", ECHO]
)
def test_a_whole_number_has_one_spelling(server: Server, spelled: str) -> None:
    lists = [f"/v1/{name}?limit=" for name in LISTS]
    lists += ["/v1/search?q=call&limit=", "/v1/security-events?limit=", "/v1/grants/mine?limit="]
    lists += [f"/v1/webhooks/{server.a.webhook}/deliveries?limit=", f"/v1/search?q={ECHO}&limit="]
    for path in lists:
        assert refused(server.call("GET", path + spelled, server.a.token), 400), path
        assert server.call("GET", f"{path}5", server.a.token).status_code == 200, path


@pytest.mark.parametrize("spelled", ["02", "+2", "0_2", "%202", "%D9%A2"])
def test_a_number_in_a_path_has_one_spelling(server: Server, spelled: str) -> None:
    answer = server.call("DELETE", f"/v1/calls/{server.b.call}/parties/{spelled}", server.b.token)
    assert refused(answer, 404)
    assert answer.json()["detail"] == "there is no such page"
    audio = server.call("POST", f"/v1/calls/{server.b.call}/audio?party={spelled}", server.b.token, content=b"RIFF")
    assert refused(audio, 400)


@pytest.mark.parametrize(
    "at", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00%2B23:59", "1e9", "1", "9" * 30, ECHO, "%00"]
)
def test_a_time_that_there_is_not_is_refused(server: Server, at: str) -> None:
    assert refused(server.call("GET", f"/v1/access/holdings?at={at}", server.a.token), 400)


def part(name: str, content: str, *headers: str) -> str:
    return "\r\n".join(["--b", f'Content-Disposition: form-data; name="{name}"', *headers, "", content, ""])


FILE = part("file", f"caller: {ECHO}")
ODD_FORMS = {
    "the channel in two pieces": (400, part("channel", "upl") + part("channel", "oad") + FILE),
    "a channel before and behind": (400, part("channel", "call") + FILE + part("channel", "")),
    "an empty channel": (400, part("channel", "") + FILE),
    "a file in base64": (415, part("file", "Y2FsbGVyOiBoZWxsbw==", "Content-Transfer-Encoding: base64")),
    "a part of two names": (422, part("file", f"caller: {ECHO}", 'Content-Disposition: form-data; name="channel"')),
}


@pytest.mark.parametrize("case", ODD_FORMS)
def test_a_form_that_can_be_read_in_two_ways_is_refused(server: Server, case: str) -> None:
    before, (status, form) = conversations(server), ODD_FORMS[case]
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = server.call("POST", "/v1/conversations", server.a.token, content=f"{form}--b--\r\n", headers=headers)
    assert refused(answer, status)
    assert conversations(server) == before


DEEP = "[" * 30_000 + "]" * 30_000
ODD_NAMES = {
    '{"channel": "upload", "channel": "call", "turns": %s}': 400,
    '{"channel": "call", "turns": %s, "ch\\u0061nnel": "upload"}': 400,
    '{"turns": %s, "turns": [{"speaker": "caller", "text": "other"}]}': 400,
    '{"turns": [{"speaker": "caller", "text": "other"}], "turns": %s}': 400,
    '{"turns": [{"speaker": "caller", "text": "other", "text": %s}]}': 400,
    f'{{"turns": {DEEP}, "turns": %s}}': 422,  # nobody looks that deep
    f'{{"turns": {"9" * 5000}, "turns": %s}}': 400,
    f'{{"turns": [{{"speaker": "caller", "text": "{"long " * 20_000}"}}], "turns": %s}}': 400,
}


@pytest.mark.parametrize("body", ODD_NAMES, ids=range(len(ODD_NAMES)))
def test_json_with_a_name_twice_is_refused(server: Server, body: str) -> None:
    before, told = conversations(server), {"Content-Type": "application/json"}
    content = body % json.dumps([{"speaker": "caller", "text": ECHO}])
    answer = server.call("POST", "/v1/conversations", server.a.token, content=content, headers=told)
    assert refused(answer, ODD_NAMES[body])
    assert conversations(server) == before


TWICE = {
    "a webhook": ("/v1/webhooks", '{"url": "https://one.example/", "url": "https://%s/"}'),
    "a filter": ("/v1/redactions", '{"to": "+12025550147", "to": "%s"}'),
    "a filter, spelled oddly": ("/v1/redactions", '{"to": "+12025550147", "\\u0074o": "%s"}'),
    "a filter, deep in what nobody reads": ("/v1/redactions", '{"other": [{"to": 1, "to": "%s"}]}'),
    "a grant": ("/v1/grants", '{"scope": "project", "scope": "%s", "reason": "x", "ends_at": "2030-01-01T00:00:00Z"}'),
    "a page": ("/app/api/sign-in/code", '{"email": "a@example.org", "email": "%s"}'),
}


@pytest.mark.parametrize("what", TWICE)
def test_every_route_that_takes_json_refuses_a_name_twice(server: Server, what: str) -> None:
    path, body = TWICE[what]
    told = {"Content-Type": "application/json"} | ({"Origin": server.url} if path.startswith("/app") else {})
    token = None if path.startswith("/app") else server.a.token
    answer = server.call("POST", path, token, content=body % ECHO, headers=told)
    assert refused(answer, 400), answer.text
    assert "twice" in answer.text


def test_bodies_are_read_as_json_in_one_place() -> None:
    faces = [path for room in ("api", "dashboard", "laml") for path in (SOURCES / room).rglob("*.py")]
    decoding = {
        path.name for path in faces if re.search(r"json\.(decode|loads|Decoder)\b|request\.json\(", path.read_text())
    }
    assert decoding == {"json_bodies.py"}


def test_json_with_space_around_its_turns_is_taken(server: Server) -> None:
    content = ' {\n "turns" : ' + json.dumps(TURNS) + ' ,\n "channel" : "call" } \n'
    told = {"Content-Type": "application/json"}
    assert server.call("POST", "/v1/conversations", server.a.token, content=content, headers=told).status_code == 202


def test_a_part_of_a_recording_is_given_to_get_alone_and_for_no_condition(server: Server) -> None:
    link = server.link(server.a)
    whole = len(server.call("GET", link).content)

    def asked(method: str, headers: Any) -> tuple[int, str]:
        answer = server.call(method, link, headers=headers)
        return answer.status_code, answer.headers["content-length"]

    assert asked("GET", {"Range": "bytes=0-9"}) == (206, "10")
    assert asked("HEAD", {"Range": "bytes=0-9"}) == (200, str(whole))
    assert asked("GET", {"Range": "bytes=0-9", "If-Range": '"x"'}) == (200, str(whole))
    twice = [("Range", "bytes=0-9"), ("Range", "bytes=5-6")]
    answer = httpx.get(server.url + link, headers=twice, timeout=30, trust_env=False)
    assert (answer.status_code, len(answer.content)) == (200, whole)
