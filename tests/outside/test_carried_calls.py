"""Calls over a carrier elsewhere: dialled once whatever happens, ended there, followed by signed reports."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from carrier import OTHER, OURS, At, carried
from scene import Place

from privity.delivery.vendor import Vendor
from privity.delivery.vendor_carrier import VendorCarrier
from privity.errors import Conflict
from privity.gate import Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.vault import Secret

pytestmark = pytest.mark.slow


@pytest.fixture(name="at")
async def at_a_carrier(held: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[At]:
    async with carried(held, tmp_path, monkeypatch) as at:
        yield at


FORM = {"From": OURS, "To": OTHER, "Url": "https://app.example.org/voice"}


async def over_there(at: At, sid: str | None) -> dict[str, Any]:
    """A call as the vendor has it."""
    cedar = at.place.cedar
    path = f"/2010-04-01/Accounts/{cedar.project}/Calls/{sid}.json"
    found: dict[str, Any] = (await at.client.get(path, auth=(str(cedar.project), cedar.token))).json()
    return found


async def test_call_is_dialled_at_the_carrier_ended_there_and_followed(at: At) -> None:
    made = await at.call("POST", "Calls.json", 201, data=FORM)
    assert (made["status"], made["start_time"], at.state(made["sid"])[0]) == ("queued", None, "taken")
    assert b"Url=https%3A%2F%2Fapp.example.org%2Fvoice" in at.bad.bodies[-1]
    there = at.state(made["sid"])[1]
    assert (await over_there(at, there))["status"] == "in-progress"
    for status, becomes in (
        ("initiated", "queued"), ("ringing", "ringing"), ("answered", "in-progress"), ("ringing", "in-progress"),
    ):  # fmt: skip
        answer = await at.told(f"call/{made['sid']}", CallSid=str(there), CallStatus=status)
        assert answer.status_code == 204
        assert (await at.call("GET", f"Calls/{made['sid']}.json"))["status"] == becomes
    await at.call("POST", f"Calls/{made['sid']}/Recordings.json", 403)  # nobody has permitted it
    ended = await at.call("POST", f"Calls/{made['sid']}.json", data={"Status": "completed"})
    assert ended["status"] == "completed"
    assert ended["end_time"] is not None
    assert (await over_there(at, there))["status"] == "completed"
    assert (await at.told(f"call/{made['sid']}", CallSid=str(there), CallStatus="ringing")).status_code == 204
    assert (await at.call("GET", f"Calls/{made['sid']}.json"))["status"] == "completed"
    other = await at.told(f"call/{made['sid']}", CallSid="CA-another", CallStatus="failed")
    assert other.status_code == 404


async def test_nobody_is_called_twice(at: At) -> None:
    for fault, status, becomes, state in (
        ("429", 503, "failed", "not-taken"),
        ("401", 201, "failed", "refused"),
        ("lost", 201, "queued", "uncertain"),
        ("taken-and-500", 201, "queued", "uncertain"),
    ):
        asked = len(at.bad.asked)
        at.bad.fault = lambda _, __, fault=fault: fault  # type: ignore[misc]  # bound now
        await at.call("POST", "Calls.json", status, data=FORM)
        call = (await at.call("GET", "Calls.json?PageSize=1"))["calls"][0]
        await at.work()
        assert len(at.bad.asked) == asked + 1, fault
        assert (call["status"], at.state(call["sid"])) == (becomes, (state, None)), fault
    await at.call("POST", f"Calls/{call['sid']}.json", 409, data={"Status": "canceled"})
    assert (await at.told(f"call/{call['sid']}", CallSid="CA77", CallStatus="completed")).status_code == 204
    assert (await at.call("GET", f"Calls/{call['sid']}.json"))["status"] == "completed"
    assert at.state(call["sid"]) == ("taken", "CA77")


async def test_call_that_came_in_is_noted_once_and_followed(at: At) -> None:
    before = len((await at.call("GET", "Calls.json"))["calls"])
    told = {"CallSid": "CA-in", "From": OTHER, "To": OURS, "Direction": "inbound"}
    for status, becomes in (("ringing", "ringing"), ("ringing", "ringing"), ("in-progress", "in-progress"),
                            ("completed", "completed"), ("ringing", "completed")):  # fmt: skip
        answer = await at.told("calls", **told, CallStatus=status)
        assert answer.status_code == 200, answer.text
        calls = (await at.call("GET", "Calls.json"))["calls"]
        assert len(calls) == before + 1
        assert (calls[0]["status"], calls[0]["direction"], calls[0]["from"]) == (becomes, "inbound", OTHER)
    assert (
        await at.told("calls", **(told | {"CallSid": "CA-x", "To": OTHER}), CallStatus="ringing")
    ).status_code == 400
    assert (await at.told("calls", **(told | {"CallSid": "CA-y"}), CallStatus="flying")).status_code == 400
    assert len((await at.call("GET", "Calls.json"))["calls"]) == before + 1


async def test_recordings_are_begun_paused_and_ended_at_the_carrier(at: At) -> None:
    installation, cedar = at.installation, at.place.cedar
    operator = operator_of_this_machine(cedar.id, Origin(request_id=installation.ids.new()))
    async with installation.gate.open(operator, Action.RECORDING_ENABLE, resources.own_project()) as access:
        await installation.telephony.recordings.permit(access, allowed=True)
    made = await at.call("POST", "Calls.json", 201, data=FORM)
    call = str(at.state(made["sid"])[1])
    egress = installation.webhooks.egress
    carrier = VendorCarrier(Vendor.SIGNALWIRE, at.bad.url, str(cedar.project), Secret(cedar.token.encode()), egress)
    try:
        recording = await carrier.record(call, None)
        for status, pausing in (("paused", "skip"), ("in-progress", None), ("stopped", None)):
            await carrier.control(call, recording, status, pausing)
        rows = at.place.rows("SELECT state FROM tenant.recording WHERE id = %s", recording)
        assert rows == [("stopped",)]
        with pytest.raises(Conflict):
            await carrier.control(call, recording, "in-progress", None)
        await carrier.end(call, "completed")
        with pytest.raises(Conflict):
            await carrier.record(call, None)
    finally:
        await carrier.close()
