"""What carriers bring: only what they have signed, once, masked and sealed like every message, with its media."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from carrier import OTHER, OURS, PUBLIC, THEIRS, At, carried, signature
from scene import Place
from test_messages import PICTURE

from privity.custody.telephony import Draft, MessageFilter
from privity.gate import Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.ledger import read_leaf
from promises import promise

pytestmark = pytest.mark.slow

ROWS = "SELECT count(*) FROM tenant.message WHERE tenant_id = %s"
CARD = "4111 1111 1111 1111"
TEXT = f"Maria Gonzalez here, card {CARD}, see you on Thursday"


@pytest.fixture(name="at")
async def at_a_carrier(held: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[At]:
    async with carried(held, tmp_path, monkeypatch) as at:
        yield at


def fields(sid: str, body: str = TEXT, **more: str) -> dict[str, str]:
    return {"MessageSid": sid, "From": OTHER, "To": OURS, "Body": body, "NumMedia": "0", "ApiVersion": "1"} | more


def count(at: At) -> int:
    return int(at.place.rows(ROWS, at.place.birch.id)[0][0])


def strangers(at: At) -> int:
    """How many calls of nobody the platform's ledger tells of that were refused."""
    leaves = at.place.rows("SELECT leaf FROM ledger.entry WHERE log = 'platform'")
    bodies = [read_leaf(leaf).body for (leaf,) in leaves]
    return sum(body.get("status") == 403 and body["actor"]["kind"] == "nobody" for body in bodies)


@promise("D16", sabotage="carriers_need_no_signature")
async def test_what_is_not_signed_is_refused_noted_and_leaves_nothing(at: At) -> None:
    before, noted = count(at), strangers(at)
    told = fields("SM-forged")
    path = f"/carrier/{at.place.birch.id}/{at.carrier}/messages"
    good = signature(PUBLIC + path, told)
    elsewhere = path.replace(str(at.place.birch.id), str(at.place.cedar.id))
    wrong: list[tuple[str, dict[str, str], dict[str, str]]] = [
        (path, told, {}),
        (path, told, {"X-Twilio-Signature": ""}),
        (path, told, {"X-Twilio-Signature": good[:-2] + ("E=" if good.endswith("A=") else "A=")}),
        (path, told, {"X-Twilio-Signature": signature(PUBLIC + path, told, "another key")}),
        (path, told, {"X-Twilio-Signature": signature("http://test" + path, told)}),
        (path, told | {"Body": "something else"}, {"X-Twilio-Signature": good}),
        (path + "?x=1", told, {"X-Twilio-Signature": good}),
        (elsewhere, told, {"X-Twilio-Signature": signature(PUBLIC + elsewhere, told)}),
        (path.replace(str(at.carrier), str(at.place.birch.id)), told, {"X-Twilio-Signature": good}),
        ("/carrier/a/b/messages", told, {"X-Twilio-Signature": good}),
    ]
    for where, said, headers in wrong:
        answer = await at.client.post(where, data=said, headers=headers)
        assert answer.status_code == 403, (where, headers)
        assert "Gonzalez" not in answer.text
        assert "Thursday" not in answer.text
    assert count(at) == before
    assert not at.place.rows("SELECT 1 FROM tenant.carried WHERE sid = 'SM-forged'")
    await at.settled()
    assert strangers(at) - noted == len(wrong)
    assert (await at.told("messages", **told)).status_code == 200
    assert count(at) == before + 1


@promise("D16", sabotage="a_message_comes_in_as_often_as_it_is_brought")
async def test_message_comes_in_once_masked_sealed_and_shown_redacted(at: At) -> None:
    before = count(at)
    for _ in range(3):
        answer = await at.told("messages", **fields("SM-once"))
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "application/xml")
        assert answer.text.endswith("<Response></Response>")
    assert count(at) == before + 1
    (shown,) = (await at.call("GET", "Messages.json?PageSize=1"))["messages"]
    assert (shown["from"], shown["to"], shown["status"], shown["direction"]) == (OTHER, OURS, "received", "inbound")
    assert "[CARD]" in shown["body"]
    assert "Thursday" in shown["body"]
    assert "Gonzalez" not in shown["body"]
    for file in at.place.folder.rglob("*"):
        if file.is_file() and not file.is_socket():
            content = file.read_bytes()
            assert CARD.encode() not in content, file
            assert b"Gonzalez here" not in content, file
    proxied = {"Host": "inside.example", "X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "http"}
    path = f"/carrier/{at.place.birch.id}/{at.carrier}/messages"
    signed = {"X-SignalWire-Signature": signature(PUBLIC + path, fields("SM-proxied"))}
    assert (await at.client.post(path, data=fields("SM-proxied"), headers=proxied | signed)).status_code == 200
    both = {"X-Twilio-Signature": "AAAA", "X-SignalWire-Signature": signature(PUBLIC + path, fields("SM-both"))}
    assert (await at.client.post(path, data=fields("SM-both"), headers=both)).status_code == 200
    assert count(at) == before + 3


@promise("A19", "C11", sabotage="what_was_deleted_comes_again")
async def test_what_was_deleted_here_does_not_come_again(at: At) -> None:
    before, call = count(at), {"CallSid": "CA-deleted", "From": OTHER, "To": OURS, "CallStatus": "completed"}
    told = (("messages", fields("SM-deleted"), "Messages", "messages"), ("calls", call, "Calls", "calls"))
    listed = {}
    for where, said, path, key in told:
        listed[where] = [each["sid"] for each in (await at.call("GET", f"{path}.json?PageSize=1"))[key]]
        assert (await at.told(where, **said)).status_code == 200
        found = (await at.call("GET", f"{path}.json?PageSize=1"))[key][0]["sid"]
        await at.call("DELETE", f"{path}/{found}.json", 204)
        assert (await at.told(where, **said)).status_code == 200, "a carrier says it again until it is answered"
        again = (await at.call("GET", f"{path}.json?PageSize=1"))[key]
        assert [each["sid"] for each in again] == listed[where]
    assert count(at) == before


async def test_signed_and_of_no_use_is_bad_input_and_leaves_nothing(at: At) -> None:
    before = count(at)
    for broken in (
        {"To": THEIRS}, {"To": "+12025550111"}, {"To": "Maria"}, {"From": "whatsapp:+12025550147"}, {"MessageSid": ""},
        {"MessageSid": "../x"}, {"NumMedia": "many"},
    ):  # fmt: skip
        answer = await at.told("messages", **(fields("SM-bad") | broken))
        assert answer.status_code == 400, (broken, answer.text)
        assert "Gonzalez" not in answer.text
        assert count(at) == before
    assert (await at.told("message/not-an-id", MessageSid="SM1", MessageStatus="sent")).status_code == 400
    unknown = await at.told(f"message/{at.carrier}", MessageSid="SM1", MessageStatus="sent")
    assert unknown.status_code == 404


async def test_media_come_from_the_account_and_from_nowhere_else(at: At) -> None:
    sid = await brought_to_the_vendor(at, "see these", PICTURE, b"a note, card " + CARD.encode())
    told = fields(sid, "see these", NumMedia="2", MediaUrl0="https://elsewhere.example/x", MediaUrl1="https://e.ex/y")
    faults = ["500", "lost"]
    at.bad.fault = lambda method, path: faults.pop() if faults and "/Media/" in path and method == "GET" else None
    assert (await at.told("messages", **told)).status_code == 200
    await at.work()
    (message,) = (await at.call("GET", "Messages.json?PageSize=1"))["messages"]
    assert message["num_media"] == "2"
    listed = (await at.call("GET", f"Messages/{message['sid']}/Media.json"))["media_list"]
    assert [each["content_type"] for each in listed] == ["image/png", "text/plain"]
    assert all(path.startswith("/api/laml/2010-04-01/Accounts/") for _, path in at.bad.asked)
    assert (await at.told("messages", **told)).status_code == 200
    await at.work()
    assert len((await at.call("GET", f"Messages/{message['sid']}/Media.json"))["media_list"]) == 2


async def test_media_that_come_after_a_redaction_are_not_taken_in(at: At) -> None:
    for how in ("redacted", "redacted in bulk"):
        sid = await brought_to_the_vendor(at, "see this", PICTURE)
        blobs, since = set(at.place.blobs()), datetime.now(UTC)
        assert (await at.told("messages", **fields(sid, "see this", NumMedia="1"))).status_code == 200
        (message,) = (await at.call("GET", "Messages.json?PageSize=1"))["messages"]
        if how == "redacted":
            await at.call("POST", f"Messages/{message['sid']}.json", data={"Body": ""})
        else:
            operator = operator_of_this_machine(at.place.birch.id, Origin(request_id=at.installation.ids.new()))
            async with at.installation.gate.open(operator, Action.REDACTION_START, resources.own_project()) as access:
                await at.installation.telephony.bulk.start(access, MessageFilter(sent_from=since))
        await at.work()
        assert (await at.call("GET", f"Messages/{message['sid']}/Media.json"))["media_list"] == [], how
        assert at.state(message["sid"])[0] == "taken", "nobody tries again"
        assert set(at.place.blobs()) == blobs, "nothing is left of what was fetched"


async def brought_to_the_vendor(at: At, body: str, *media: bytes) -> str:
    """Let a message arrive at the vendor's number over there, and return its sid."""
    installation: Any = at.installation
    operator = operator_of_this_machine(at.place.cedar.id, Origin(request_id=installation.ids.new()))
    async with installation.gate.open(operator, Action.MESSAGE_RECEIVE, resources.own_project()) as access:
        draft = Draft(from_number=OTHER, to_number=THEIRS, body=body, attachments=media)
        return str(await installation.telephony.writing.receive(access, draft, installation.ids.new()))
