"""Pages of messages, faxes and calls: who sees which rows, who opens what, and that what is redacted is gone."""

import asyncio
import re
from urllib.parse import urlencode

import httpx
import pytest
from clinics import BASE, Browser, Clinic

from privity.identity import Origin, operator_of_this_machine
from privity.lifecycle import CertificateDocument, verify_certificate
from privity.running import SampleTelephony, make_project, make_sample_telephony, make_worker
from privity.store import end_tasks
from privity.store.queue.worker import ENDS_WITHIN
from promises import promise

pytestmark = pytest.mark.slow

LISTS = ("messages", "faxes", "calls", "recordings")


async def get(site: Clinic, path: str, **headers: str) -> httpx.Response:
    """Ask as somebody who has nothing but the address."""
    transport = httpx.ASGITransport(site.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        return await client.get(path, headers=headers)


async def send(browser: Browser, path: str, **fields: str) -> httpx.Response:
    """Send a form, as a page would."""
    told = {"Origin": BASE, "Content-Type": "application/x-www-form-urlencoded"}
    told["Cookie"] = "; ".join(f"{name}={value}" for name, value in browser.jar.items())
    transport = httpx.ASGITransport(browser.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        return await client.post(path, content=urlencode(fields), headers=told)


async def status(browser: Browser, path: str) -> int:
    page, facts = await browser.call("GET", path), await browser.call("GET", f"{path}.json")
    assert page.status_code == facts.status_code, path
    return page.status_code


async def listed(browser: Browser, what: str) -> list[dict[str, object]]:
    answer = await browser.call("GET", f"/app/{what}.json")
    assert answer.status_code == 200, answer.text
    return list(answer.json()[what])


async def furnished(clinic: Clinic) -> SampleTelephony:
    operator = operator_of_this_machine(clinic.tenant, Origin(request_id=clinic.installation.ids.new()))
    return await make_sample_telephony(clinic.installation, operator)


@promise("A14", "C61", "C63", "C64", sabotage="everybody_opens_telephony")
async def test_telephony_opens_to_whom_it_was_granted_and_loses_what_is_redacted(site: Clinic) -> None:
    owner = await site.owner()
    sample = await furnished(site)
    people = {
        role: await site.invited(owner, f"{role}@clinic.example", role, every_project=True)
        for role in ("admin", "practitioner", "receptionist")
    }
    practitioner = people["practitioner"]
    message, fax = f"/app/messages/{sample.messages[0]}", f"/app/faxes/{sample.fax}"

    # The office sees that there are records, a practitioner nothing before a grant, a receptionist never.
    for what in LISTS:
        assert [len(await listed(each, what)) > 0 for each in (owner, people["admin"], practitioner)] == [
            True,
            True,
            False,
        ]
        assert await status(people["receptionist"], f"/app/{what}") == 403
    assert [each["readable"] for each in await listed(owner, "messages")] == [False] * 5
    assert await status(owner, f"{message}/history") == 200
    for each in (owner, *people.values()):
        assert await status(each, message) == 403
    person = (await practitioner.get("session")).json()["person_id"]
    given = {"person": f"person:{person}", "scope": f"project:{site.project}", "reason": "cover", "days": "1"}
    assert (await send(owner, "/app/grants", **given)).status_code == 303
    shown = await practitioner.call("GET", message)
    assert shown.status_code == 200
    assert "Gonzalez" not in shown.text
    assert "Hidden: NAME" in shown.text
    pages = (await practitioner.call("GET", f"{fax}.json")).json()["fax"]["media"]
    taken = await practitioner.call("GET", f"{fax}/media/{pages}")
    assert (taken.status_code, taken.content[:4]) == (200, b"%PDF")
    assert (await owner.call("GET", f"{fax}/media/{pages}")).status_code == 403

    # Who may not read it may destroy it as its owner, and nobody else may.
    typed = {"typed": str(sample.messages[0])[-8:]}
    assert (await send(practitioner, f"{message}/redact", **typed)).status_code == 403
    assert (await send(owner, f"{message}/redact", typed="x")).status_code == 400
    assert (await send(owner, f"{message}/redact", **typed)).status_code == 303
    facts = (await practitioner.call("GET", f"{message}.json")).json()
    assert (facts["pieces"], facts["redacted_by"]["id"]) == ([], (await owner.get("session")).json()["person_id"])
    other = f"/app/messages/{sample.messages[1]}"
    assert (await send(owner, f"{other}/delete", typed=str(sample.messages[1])[-8:])).status_code == 303
    assert await status(practitioner, other) == 404
    assert str(sample.messages[1]) not in [each["id"] for each in await listed(owner, "messages")]


async def test_what_a_page_deletes_has_its_certificate_there(site: Clinic) -> None:
    owner = await site.owner()
    sample = await furnished(site)
    message = str(sample.messages[1])
    assert (await send(owner, f"/app/messages/{message}/delete", typed=message[-8:])).status_code == 303
    facts = (await owner.call("GET", f"/app/deletions.json?record={message}")).json()
    [deletion] = facts["deletions"]
    assert deletion["records"]["message"] == 1
    path = f"/app/deletions/{deletion['id']}/certificate"
    assert (await owner.call("GET", path)).status_code == 409, "nobody has worked on it yet"
    working = asyncio.create_task(make_worker(site.installation).run())
    try:
        async with asyncio.timeout(60):
            while (page := await owner.call("GET", path)).status_code == 409:
                await asyncio.sleep(0.1)
    finally:
        await end_tasks(working, again_after=ENDS_WITHIN)
    assert (page.status_code, page.headers["content-type"]) == (200, "application/pdf")
    document = CertificateDocument.read((await owner.call("GET", f"{path}.json")).content)
    assert verify_certificate(document) > 0
    assert {"kind": "message", "id": message} in document.certificate["records"]
    shown = (await owner.call("GET", f"/app/deletions?record={message}")).text
    assert "Certified" in shown
    assert path in shown


@promise("D37", sabotage="addresses_outlive_their_session")
async def test_recording_is_heard_by_an_address_that_ends_with_the_session(site: Clinic) -> None:
    owner = await site.owner()
    sample = await furnished(site)
    practitioner = await site.invited(owner, "ann@clinic.example", "practitioner", every_project=True)
    person = (await practitioner.get("session")).json()["person_id"]
    recording = f"/app/recordings/{sample.recording}"
    assert await status(practitioner, recording) == 403
    assert (await send(owner, f"{recording}/hear")).status_code == 403, "an owner sees that there is one"
    given = {"person": f"person:{person}", "scope": f"project:{site.project}", "reason": "cover", "days": "1"}
    assert (await send(owner, "/app/grants", **given)).status_code == 303
    facts = (await practitioner.call("GET", f"{recording}.json")).json()
    assert [(each["start_ms"] < each["end_ms"], each["paused"]) for each in facts["regions"]] == [
        (True, False),
        (True, True),
    ]
    page = await send(practitioner, f"{recording}/hear")
    [link] = set(re.findall(r"/v1/links/[A-Za-z0-9_-]+", page.text))
    assert "the payment went through" in page.text, "what was written down of it"
    assert "Gonzalez" not in page.text
    assert page.text.count('class="track"') == 200, "how loud each part is"
    unopened = (await practitioner.call("GET", recording)).text
    assert "the payment went through" not in unopened, "facts alone are no content"
    whole = await get(site, link)
    assert (whole.status_code, whole.headers["content-type"]) == (200, "audio/mpeg")
    part = await get(site, link, Range="bytes=100-199")
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.content)}"
    heard = [touch["words"] for touch in (await practitioner.call("GET", f"{recording}.json")).json()["touches"]]
    assert heard.count("heard recording") == 2
    size = len(whole.content)
    to_the_end = await get(site, link, Range=f"bytes={size - 9}-{size + 9}")
    assert (to_the_end.status_code, to_the_end.content) == (206, whole.content[-9:])
    assert to_the_end.headers["content-range"] == f"bytes {size - 9}-{size - 1}/{size}"
    beyond = await get(site, link, Range=f"bytes={size}-")
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    backwards = await get(site, link, Range="bytes=9-5")
    assert (backwards.status_code, backwards.content) == (200, whole.content), "what is no range is ignored"
    settled = [leaf.body for leaf in site.leaves() if leaf.kind == "outcome"]
    statuses = [body["status"] for body in settled if body["action"] == "recording:open"]
    assert statuses[-5:] == [200, 206, 206, 416, 200]
    assert (await send(practitioner, "/app/account/end")).status_code == 303
    assert (await get(site, link)).status_code == 401


async def test_bulk_redaction_is_ordered_by_owners_and_followed(site: Clinic) -> None:
    owner = await site.owner()
    await furnished(site)
    admin = await site.invited(owner, "adam@clinic.example", "admin")
    wanted = {"sender": "+1 202 555 0147", "typed": "redact"}
    assert (await send(admin, "/app/redactions", **wanted)).status_code == 403
    for odd in ({"typed": "x"}, {"typed": "redact", "sender": "echo7"}, {"typed": "redact", "from": "echo7"}):
        answer = await send(owner, "/app/redactions", **odd)
        assert (answer.status_code, "echo7" in answer.text) == (400, False)
    ordered = await send(owner, "/app/redactions", **wanted)
    assert ordered.status_code == 303
    facts = (await owner.call("GET", f"{ordered.headers['location']}.json")).json()
    assert (facts["left"], facts["ordered"]["redaction"]["state"]) == (4, "running"), "nothing works on it here"
    assert "4 looked at" in (await owner.call("GET", ordered.headers["location"])).text
    assert await status(owner, "/app/redactions") == 200


async def test_lists_show_the_first_project_of_those_that_somebody_sees(site: Clinic) -> None:
    owner, first = await site.owner(), await furnished(site)
    operator = operator_of_this_machine(site.tenant, Origin(request_id=site.installation.ids.new()))
    second = await make_project(site.installation, operator, "elsewhere")
    admin = await site.invited(owner, "adam@clinic.example", "admin", projects=[str(second)])
    nobody = await site.invited(owner, "nina@clinic.example", "admin")
    assert str(first.messages[0]) in {each["id"] for each in await listed(owner, "messages")}
    for page in (*LISTS, "conversations"):
        assert await listed(admin, page) == [], "what lies in the first project stays there"
        assert await status(nobody, f"/app/{page}") == 403
    asked = [leaf.body for leaf in site.leaves() if leaf.kind == "intent" and leaf.body["action"] == "fax:list"]
    assert [body["resource"] for body in asked] == [{"kind": "Project", "id": str(second)}]
