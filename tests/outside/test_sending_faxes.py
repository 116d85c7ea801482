"""Faxes that are sent: to numbers of this installation, over a carrier elsewhere, and what comes in at one."""

import asyncio
import io
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from carrier import OTHER, OURS, THEIRS, At, carried
from PIL import Image
from scene import Place
from test_messages import PICTURE

from privity.custody import fax_delivering, faxes
from privity.custody.telephony import FaxDraft
from privity.gate import Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.store import TenantTransaction
from promises import promise

pytestmark = pytest.mark.slow


def paper(pages: int = 2) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(file)
    return file.getvalue()


def tiff() -> bytes:
    file = io.BytesIO()
    Image.new("1", (64, 64)).save(file, "TIFF", compression="group4")
    return file.getvalue()


@pytest.fixture(name="at")
async def at_a_carrier(held: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[At]:
    async with carried(held, tmp_path, monkeypatch) as at:
        yield at


@asynccontextmanager
async def loopback(at: At) -> AsyncIterator[None]:
    """Put our number on the loopback carrier for a while."""
    for carrier in (None, at.carrier):
        operator = operator_of_this_machine(at.place.birch.id, Origin(request_id=at.installation.ids.new()))
        async with at.installation.gate.open(operator, Action.NUMBER_CARRY, resources.own_project()) as access:
            await at.installation.telephony.own_numbers.carry(access, OURS, carrier)
        if carrier is None:
            yield


async def test_fax_arrives_at_a_number_of_this_installation_once(at: At) -> None:
    at.bad.files["/form.pdf"] = form_of_three = paper(3)
    form = {"From": OURS, "To": THEIRS, "MediaUrl": f"{at.bad.url}/form.pdf", "Quality": "superfine"}
    cedar = (str(at.place.cedar.project), at.place.cedar.token)
    theirs = f"/2010-04-01/Accounts/{at.place.cedar.project}/Faxes"
    async with loopback(at):
        sent = await at.call("POST", "Faxes", 201, data=form)
        assert (sent["status"], sent["direction"], sent["num_pages"], sent["quality"]) == (
            "queued", "outbound", 3, "superfine",
        )  # fmt: skip
        before = len((await at.client.get(theirs, auth=cedar)).json()["faxes"])
        await at.work()
        assert (await at.call("GET", f"Faxes/{sent['sid']}"))["status"] == "delivered"
        arrived = (await at.client.get(theirs, auth=cedar)).json()["faxes"]
        assert len(arrived) == before + 1
        assert (arrived[0]["direction"], arrived[0]["from"], arrived[0]["num_pages"]) == ("inbound", OURS, 3)
        page = await at.client.get(f"{theirs}/{arrived[0]['sid']}/Media/{arrived[0]['media_sid']}", auth=cedar)
        assert page.content == form_of_three
        nobodys = await at.call("POST", "Faxes", 201, data=form | {"To": "+12025550111"})
        await at.work()
        shown = await at.call("GET", f"Faxes/{nobodys['sid']}")
        assert (shown["status"], shown["error_code"]) == ("failed", 30005)
        canceled = await at.call("POST", "Faxes", 201, data=form)
        answer = await at.call("POST", f"Faxes/{canceled['sid']}", 200, data={"Status": "canceled"})
        assert answer["status"] == "canceled"
        await at.work()
        assert (await at.call("GET", f"Faxes/{canceled['sid']}"))["status"] == "canceled"
        assert (await at.call("POST", f"Faxes/{sent['sid']}", 409, data={"Status": "canceled"}))["code"] == 20009
    assert len((await at.client.get(theirs, auth=cedar)).json()["faxes"]) == before + 1


async def test_canceled_fax_is_not_sent_and_one_that_is_sent_is_not_canceled(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.bad.files["/form.pdf"] = paper(3)
    form = {"From": OURS, "To": OTHER, "MediaUrl": f"{at.bad.url}/form.pdf"}
    asked, canceling = faxes.still_waits, set[asyncio.Task[Any]]()

    async def before(tx: TenantTransaction, fax: UUID) -> bool:
        await at.call("POST", f"Faxes/{fax}", 200, data={"Status": "canceled"})
        return await asked(tx, fax)

    async def beside(tx: TenantTransaction, fax: UUID) -> bool:
        waits = await asked(tx, fax)
        canceling.add(asyncio.create_task(at.call("POST", f"Faxes/{fax}", 409, data={"Status": "canceled"})))
        await asyncio.sleep(0.3)  # it comes while nobody sees yet that the carrier is asked
        return waits

    for when, status, noted in ((before, "canceled", []), (beside, "sending", [("taken",)])):
        monkeypatch.setattr(fax_delivering, "still_waits", when)
        fax = (await at.call("POST", "Faxes", 201, data=form))["sid"]
        await at.work()
        await asyncio.gather(*canceling)
        assert (await at.call("GET", f"Faxes/{fax}"))["status"] == status
        assert at.place.rows("SELECT state FROM tenant.carried WHERE id = %s", fax) == noted


async def test_what_is_no_fax_is_not_taken(at: At) -> None:
    head = b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
    bomb = head + zlib.compress(bytes(100 * 1024 * 1024), 9) + b"\nendstream\nendobj\n"
    at.bad.files |= {
        "/bomb.pdf": bomb, "/half.tiff": tiff()[:-20], "/half.pdf": paper()[:60], "/picture.png": PICTURE,
        "/large": b"%PDF-" + bytes(21 * 1024 * 1024), "/nothing": b"",
    }  # fmt: skip
    refused = {
        "/bomb.pdf": 413, "/half.tiff": 422, "/half.pdf": 422, "/picture.png": 422, "/large": 400, "/nothing": 422,
        "/not-there": 400,
    }  # fmt: skip
    form = {"From": OURS, "To": OTHER}
    for name, status in refused.items():
        problem = await at.call("POST", "Faxes", status, data=form | {"MediaUrl": at.bad.url + name})
        assert {"code", "message", "more_info", "status"} == problem.keys(), name
    for url in ("https://elsewhere.example/x.pdf", "http://10.0.0.1/x.pdf", "file:///etc/passwd", "x"):
        assert (await at.call("POST", "Faxes", 400, data=form | {"MediaUrl": url}))["code"] == 21620
        assert (await at.call("POST", "Messages.json", 400, data=form | {"MediaUrl": url}))["code"] == 21620
    await at.call("POST", "Faxes", 400, data=form)
    assert at.place.rows("SELECT count(*) FROM tenant.fax WHERE direction = 'outbound' AND status = 'queued'") == [(0,)]
    assert not at.place.blobs() or all(path.stat().st_size < 2_000_000 for path in at.place.blobs())


async def test_fax_and_media_go_over_the_carrier_which_fetches_them_by_an_address_that_ends(at: At) -> None:
    at.bad.files |= {"/form.tiff": tiff(), "/picture.png": PICTURE}
    form = {"From": OURS, "To": OTHER, "MediaUrl": f"{at.bad.url}/form.tiff"}
    fax = (await at.call("POST", "Faxes", 201, data=form))["sid"]
    message = await at.send("see this", MediaUrl=f"{at.bad.url}/picture.png")
    await at.work()
    assert (await at.call("GET", f"Faxes/{fax}"))["status"] == "sending"
    assert (await at.call("GET", f"Messages/{message}.json"))["status"] == "sent"
    assert at.bad.fetched == {tiff(), PICTURE}
    assert at.state(fax)[0] == at.state(message)[0] == "taken"
    answer = await at.told(f"fax/{fax}", FaxSid=str(at.state(fax)[1]), FaxStatus="delivered")
    assert answer.status_code == 204
    assert (await at.call("GET", f"Faxes/{fax}"))["status"] == "delivered"
    for url in at.bad.media_urls:
        path = url.removeprefix("https://privity.example.org")
        assert (await at.client.get(path)).status_code == 200
        assert (await at.client.get(path[:-3] + "AAA")).status_code == 403
        assert (await at.client.get(path.replace(str(at.carrier), str(at.place.cedar.id)))).status_code == 403


@promise("D16", sabotage="faxes_that_came_in_are_fetched_again")
async def test_fax_that_came_in_at_the_carrier_is_fetched_once(at: At) -> None:
    operator = operator_of_this_machine(at.place.cedar.id, Origin(request_id=at.installation.ids.new()))
    async with at.installation.gate.open(operator, Action.FAX_RECEIVE, resources.own_project()) as access:
        draft = FaxDraft(from_number=OTHER, to_number=THEIRS, paper=paper(4))
        there = str(await at.installation.telephony.faxes.receive(access, draft))
    faults, asked = ["500", "lost"], []

    def fault(_: str, path: str) -> str | None:
        if "/Media/" not in path:
            return None
        asked.append(path)
        return faults.pop() if faults else None

    at.bad.fault = fault
    for _ in range(2):
        assert (await at.told("faxes", FaxSid=there, From=OTHER, To=OURS)).status_code == 204
        await at.work()
    assert len(asked) == 3, "two bad answers and a good one"
    assert at.place.rows("SELECT state FROM tenant.carried WHERE kind = 'fax' AND sid = %s", there) == [("taken",)]
    arrived = [each for each in (await at.call("GET", "Faxes"))["faxes"] if each["num_pages"] == 4]
    assert [(each["direction"], each["from"], each["to"]) for each in arrived] == [("inbound", OTHER, OURS)]
