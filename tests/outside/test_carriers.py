"""Messages over a carrier elsewhere: taken once on bad days, uncertain when it is, its secrets nowhere."""

import json
import os
import subprocess
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from carrier import PUBLIC, At, carried
from scene import Place
from server import PROGRAM

from privity.custody import carried as carrying

pytestmark = pytest.mark.slow

MESSAGES = "SELECT count(*) FROM tenant.message WHERE tenant_id = %s"


@pytest.fixture(name="at")
async def at_a_carrier(held: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[At]:
    async with carried(held, tmp_path, monkeypatch) as at:
        yield at


def at_first(*faults: str) -> Callable[[str, str], str | None]:
    """Do these to the first requests that send a message, one each."""
    left = list(faults)

    def fault(method: str, path: str) -> str | None:
        return left.pop(0) if left and method == "POST" and "/Messages.json" in path else None

    return fault


async def test_message_goes_over_the_carrier_of_its_number_and_nowhere_else(at: At) -> None:
    [(before,)] = at.place.rows(MESSAGES, at.place.birch.id)
    sent = await at.send("see you on Thursday")
    assert (await at.call("GET", f"Messages/{sent}.json"))["status"] == "queued"
    await at.work()
    assert (await at.has())[-1:] == ["see you on Thursday"]
    assert at.state(sent)[0] == "taken"
    shown = await at.call("GET", f"Messages/{sent}.json")
    assert (shown["status"], shown["error_code"]) == ("sent", None)
    assert b"StatusCallback=https%3A%2F%2Fprivity.example.org%2Fcarrier%2F" in at.bad.bodies[-1]
    for status, becomes in (("queued", "sent"), ("delivered", "delivered"), ("sent", "delivered")):
        answer = await at.told(f"message/{sent}", MessageSid=str(at.state(sent)[1]), MessageStatus=status)
        assert answer.status_code == 204
        assert (await at.call("GET", f"Messages/{sent}.json"))["status"] == becomes
    assert at.place.rows(MESSAGES, at.place.birch.id) == [(before + 1,)]


async def test_message_is_sent_once_on_bad_days(at: At) -> None:
    for faults in (("429", "429"), ("taken-and-500",), ("taken-and-lost",), ("429", "taken-and-lost")):
        at.bad.fault = at_first(*faults)
        body = f"once, whatever happens: {'-'.join(faults)}"
        sent = await at.send(body)
        await at.work()
        assert (await at.has()).count(body) == 1
        assert at.state(sent)[0] == "taken"
        assert (await at.call("GET", f"Messages/{sent}.json"))["status"] == "sent"


async def test_message_that_the_carrier_says_it_has_not_is_sent_again(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "SETTLES_WITHIN", timedelta(0))
    at.bad.fault = at_first("500", "lost")
    sent = await at.send("lost twice and sent in the end")
    await at.work()
    assert (await at.has()).count("lost twice and sent in the end") == 1
    assert at.state(sent)[0] == "taken"


async def test_two_alike_are_two(at: At) -> None:
    first = await at.send("the same words")
    await at.work()
    there = at.state(first)[1]
    await at.call("DELETE", f"Messages/{first}.json", 204)  # what the carrier has of it is no other one's
    at.bad.fault = at_first("taken-and-lost")
    second = await at.send("the same words")
    await at.work()
    assert (await at.has()).count("the same words") == 2
    assert there != at.state(second)[1]


async def test_what_is_uncertain_is_said_to_be_and_not_sent_again(at: At) -> None:
    at.bad.fault = lambda method, path: "lost" if "/Messages.json" in path and method == "POST" else None
    sent = await at.send("nobody knows")
    await at.work()
    posts = [path for method, path in at.bad.asked if method == "POST"]
    assert len(posts) == 1, "it was not sent again while the carrier might have taken it"
    assert at.state(sent) == ("uncertain", None)
    shown = await at.call("GET", f"Messages/{sent}.json")
    assert (shown["status"], shown["error_code"]) == ("failed", 30410)
    assert shown["error_message"] == "it is not known whether the carrier has sent it"
    answer = await at.told(f"message/{sent}", MessageSid="SM0123", MessageStatus="delivered")
    assert answer.status_code == 204
    assert (await at.call("GET", f"Messages/{sent}.json"))["status"] == "delivered"
    assert at.state(sent) == ("taken", "SM0123")


async def test_what_the_carrier_refuses_is_told_with_its_code(at: At) -> None:
    at.bad.fault = lambda _, __: "401"
    sent = await at.send("refused")
    await at.work()
    shown = await at.call("GET", f"Messages/{sent}.json")
    assert (shown["status"], shown["error_code"], at.state(sent)[0]) == ("failed", 401, "refused")


async def test_secrets_of_a_carrier_lie_nowhere_in_the_clear(at: At, capfd: pytest.CaptureFixture[str]) -> None:
    await at.send("hello")
    await at.work()
    token = at.place.cedar.token.encode()
    found = [
        path
        for path in at.place.folder.rglob("*")
        if path.is_file() and not path.is_socket() and token in path.read_bytes()
    ]
    assert found == []
    assert at.place.rows("SELECT length(sealed) > 0 FROM identity.carrier WHERE id = %s", at.carrier) == [(True,)]
    out = capfd.readouterr()
    assert at.place.cedar.token not in out.out + out.err


def test_operator_connects_a_carrier_and_no_command_shows_its_secret(held: Place) -> None:
    secret = "a-token-that-nobody-may-see"

    def command(*arguments: str, code: int = 0, **more: str) -> Any:
        near = {"PRIVITY_EGRESS_HOSTS": "127.0.0.1", "PRIVITY_EGRESS_LOOPBACK": "true", "PRIVITY_PUBLIC_URL": PUBLIC}
        done = subprocess.run(
            [*PROGRAM, "carrier", *arguments, "--tenant", "birch", "--data", str(held.data.path), "--json"],
            capture_output=True,
            text=True,
            env=os.environ | near | more,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert secret not in done.stdout + done.stderr
        return json.loads(done.stdout) if done.stdout else None

    account = ("connect", "signalwire", "--account", "0000-1111")
    command(*account, "--url", "https://127.0.0.1:9", code=2)  # no secret
    command(*account, "--url", "https://elsewhere.example", code=2, PRIVITY_CARRIER_SECRET=secret)
    made = command(*account, "--url", "https://127.0.0.1:9", PRIVITY_CARRIER_SECRET=secret)
    carrier = made["carrier_id"]
    assert made["addresses"]["messages"] == f"{PUBLIC}/carrier/{held.birch.id}/{carrier}/messages"
    assert carrier in {each["carrier_id"] for each in command("list")["carriers"]}
    assert command("disconnect", carrier) == {"carrier_id": carrier, "disconnected": True}
    assert held.rows("SELECT 1 FROM identity.carrier WHERE id = %s", carrier) == []
