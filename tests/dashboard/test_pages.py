"""Pages over HTTP: what each role gets, by the page and by its `.json` alike; every view is an entry; no side door."""

import asyncio
import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx
import pytest
from clinics import BASE, Browser, Clinic
from scene import Inside

from privity.dashboard.app import _HANDLERS
from privity.dashboard.policy import CONTENT_SECURITY_POLICY
from promises import promise

pytestmark = pytest.mark.slow

CANARIES = ("Gonzalez", "four one five")
SPOKEN = b"caller: this is Maria Gonzalez\ncaller: call me at four one five, five five five, zero one nine nine\n"
PAGES = (
    "/app",
    "/app/conversations",
    *(LOGS := ("/app/messages", "/app/faxes", "/app/calls", "/app/recordings")),
    *(OFFICE := ("/app/numbers", "/app/webhooks", "/app/payments")),
    "/app/search",
    "/app/redactions",
    "/app/decisions",
    "/app/ledger",
    "/app/ledger/0",
    "/app/deletions",
    "/app/people",
    "/app/people/invitations",
    "/app/roles",
    "/app/tokens",
    "/app/services",
    "/app/grants",
    "/app/emergencies",
    "/app/emergencies/mine",
    "/app/access",
    "/app/access/holdings",
    "/app/security",
    "/app/account",
    "/app/account/factors",
    "/app/settings",
)
OWN = {"/app", "/app/roles", "/app/account", "/app/account/factors", "/app/settings"}
EVIDENCE = {"/app/decisions", "/app/ledger", "/app/ledger/0", "/app/deletions", "/app/tokens", "/app/grants"}
EVIDENCE |= {"/app/emergencies", "/app/access", "/app/access/holdings", "/app/security"}
PEOPLE = {"/app/people", "/app/people/invitations"}
RUBBISH = (
    ("application/x-www-form-urlencoded", b"k7canary=k7canary&id=k7canary&reason=k7canary"),
    ("application/json", b'{"k7canary": ["k7canary"]}'),
    ("multipart/form-data; boundary=k7canary", b"--k7canary\r\nContent-Disposition: form-data\r\n\r\n\xff\x00"),
)
OPENS = {
    "owner": set(PAGES),
    "admin": set(PAGES) - {"/app/redactions", "/app/search"},
    "practitioner": OWN | {"/app/conversations", "/app/search", "/app/emergencies/mine", *LOGS},
    "receptionist": OWN,
    "auditor": OWN | EVIDENCE,
}
"""What stands open to each role, as C60 to C69 have it."""


async def get(browser: Browser, path: str) -> httpx.Response:
    return await browser.call("GET", path)


async def send(browser: Browser, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
    """Send a form, as a page would."""
    told = {"Origin": browser.origin or "", "Content-Type": "application/x-www-form-urlencoded"}
    told |= {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.jar.items())}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    transport = httpx.ASGITransport(browser.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        return await client.post(path, content=urlencode(fields), headers={k: v for k, v in told.items() if v})


async def bring(browser: Browser, said: bytes = SPOKEN) -> str:
    """Bring a call in by the form of the page, and return its address; nothing works on it."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.jar.items())
    transport = httpx.ASGITransport(browser.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        answer = await client.post(
            "/app/conversations",
            files={"file": ("x.txt", said)},
            data={"channel": "call"},
            headers={"Origin": BASE, "Cookie": cookies},
        )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


@promise("C69", "D58", sabotage="ledger_pages_ask_for_less")
async def test_each_role_opens_what_is_its_own_and_nothing_else(site: Clinic) -> None:
    owner = await site.owner()
    browsers = {"owner": owner}
    for role in ("admin", "practitioner", "receptionist", "auditor"):
        browsers[role] = await site.invited(owner, f"{role}@clinic.example", role, every_project=True)
    opened: dict[str, set[str]] = {}
    for role, browser in browsers.items():
        pages = {path: (await get(browser, path)).status_code for path in PAGES}
        facts = {path: (await get(browser, f"{path}.json")).status_code for path in PAGES}
        assert pages == facts, role
        assert set(pages.values()) <= {200, 403}
        opened[role] = {path for path, status in pages.items() if status == 200}
    assert opened == OPENS

    shown = [leaf for leaf in site.leaves() if leaf.body.get("actor", {}).get("kind") == "person"]
    for role, browser in browsers.items():
        person = (await browser.get("session")).json()["person_id"]
        acts = [leaf for leaf in shown if leaf.body["actor"]["id"] == person]
        refused = [leaf for leaf in acts if leaf.kind == "denial"]
        assert len(refused) == 2 * (len(PAGES) - len(OPENS[role])), "a refusal is an entry, by page and by json"
        assert len([leaf for leaf in acts if leaf.kind == "intent"]) >= 2 * len(OPENS[role])


async def test_address_that_no_header_may_hold_leads_to_the_way_in(site: Clinic) -> None:
    stranger = site.browser()
    for odd in ("%0d%0aX-Odd:%201", "%E2%82%AC", "%00"):
        answer = await get(stranger, f"/app/conversations/{odd}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/app/sign-in?next=/app"), odd
    answer = await get(stranger, "/app/ledger")
    assert answer.headers["location"] == "/app/sign-in?next=/app/ledger"


async def test_rubbish_in_any_form_is_refused_in_words_that_repeat_nothing(site: Clinic) -> None:
    """The forms stand in no description of an interface, so what would be made up from one is sent to each of them."""
    owner, stranger = await site.owner(), site.browser()
    forms = [path for handler in _HANDLERS if "POST" in handler.http_methods for path in handler.paths]
    assert len(forms) > 40
    forms.sort(key=lambda path: path == "/app/account/end")  # it may sign out
    for form in forms:
        path = re.sub(r"{[^}]+}", str(site.installation.ids.new()), form)
        for browser, (kind, body) in (*((owner, each) for each in RUBBISH), (stranger, RUBBISH[0])):
            answer = await post(browser, path, body, kind)
            where = (form, kind, browser is owner, answer.status_code)
            assert answer.status_code < 500, where
            assert browser is owner or not answer.is_success, where
            assert "k7canary" not in answer.text, where
    assert (await get(owner, "/app")).status_code in {200, 303, 401}


async def post(browser: Browser, path: str, body: bytes, kind: str) -> httpx.Response:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.jar.items())
    headers = {"Origin": BASE, "Cookie": cookies, "Content-Type": kind}
    transport = httpx.ASGITransport(browser.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        return await client.post(path, content=body, headers={name: value for name, value in headers.items() if value})


@promise("E51", sabotage="receptionists_are_like_anybody")
async def test_words_are_searched_and_counted_by_whoever_may_read_and_nobody_else(site: Clinic) -> None:
    owner = await site.owner()
    page = await bring(owner, SPOKEN.rstrip() + b" is this a white neighborhood")
    async with Inside(site.place, site.installation, site.place.birch).working():
        for _ in range(600):
            if (await get(owner, f"{page}.json")).json()["conversation"]["state"] == "kept":
                break
            await asyncio.sleep(0.1)
    found = (await get(owner, "/app/search.json?q=call")).json()["found"]
    assert [each["id"] for each in found] == [page.rpartition("/")[2]]
    for words in ("gonzalez", "nowhere"):
        assert (await get(owner, f"/app/search.json?q={words}")).json()["found"] == []
    assert page in (await get(owner, "/app/search?q=call")).text
    assert (await get(owner, f"/app/search?q={'x' * 201}")).status_code == 400
    counted = await get(owner, f"{page}/analysis.json")
    assert counted.json()["analysis"]["turns"] == 2
    assert "gonzalez" not in counted.text.lower()
    assert [each["classes"] for each in counted.json()["analysis"]["housing"]] == [["race"]]
    analysis = await get(owner, f"{page}/analysis")
    assert analysis.status_code == 200
    assert "white neighborhood</td>" in analysis.text
    for role in ("practitioner", "receptionist", "admin"):
        other = await site.invited(owner, f"{role}2@clinic.example", role, every_project=True)
        assert (await get(other, f"{page}/analysis")).status_code == 403
        answer = await get(other, "/app/search.json?q=call")
        assert answer.status_code == 403 or answer.json()["found"] == []
        assert (answer.status_code == 200) == (role == "practitioner")


@promise("D58", sabotage="pages_do_not_say_which_records")
async def test_view_of_a_page_names_the_person_and_the_records(site: Clinic) -> None:
    owner = await site.owner()
    page = await bring(owner)
    before = len(site.leaves())
    assert (await get(owner, "/app/conversations")).status_code == 200
    assert (await get(owner, page)).status_code == 200
    intents = {leaf.body["action"]: leaf for leaf in site.leaves()[before:] if leaf.kind == "intent"}
    outcomes = [leaf.body for leaf in site.leaves()[before:] if leaf.kind == "outcome"]
    person = (await owner.get("session")).json()["person_id"]
    assert {leaf.body["actor"]["id"] for leaf in intents.values()} == {person}
    conversation = page.rpartition("/")[2]
    assert intents["conversation:read"].body["resource"]["id"] == conversation
    listed = next(body for body in outcomes if body["action"] == "conversation:list")
    assert conversation in listed["ids"]


@promise("A14", "D42", sabotage="pages_know_bearer_tokens")
async def test_surfaces_of_people_and_programs_share_nothing(site: Clinic) -> None:
    owner = await site.owner()
    for path in ("/v1/whoami", "/v1/conversations", "/v1/ledger/checkpoint"):
        assert (await get(owner, path)).status_code == 401, "a cookie opens nothing of the API"
    stranger = site.browser()
    for path in PAGES:
        answer = await stranger.call("GET", path, Authorization=f"Bearer {site.token}")
        assert answer.status_code == 401, "a token opens no page"
    assert (await get(stranger, "/app/ledger")).headers["location"].startswith("/app/sign-in")
    for path, status in (("/app/sign-in", 200), ("/healthz", 200), ("/v1/whoami", 401)):
        asked = await stranger.call("HEAD", path)
        assert (asked.status_code, asked.content) == (status, b""), path
    assert (await get(stranger, "/app/ledger.json")).status_code == 401


@promise("D45", sabotage="origin_of_forms_is_not_checked")
async def test_form_of_another_site_changes_nothing(site: Clinic) -> None:
    owner = await site.owner()
    page = await bring(owner)
    typed = {"typed": page[-8:]}
    for foreign in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
        assert (await send(owner, f"{page}/delete", typed, **foreign)).status_code == 403
    assert (await get(owner, page)).status_code == 200
    strict = [cookie for cookie in owner.set_cookies if "__Host-privity_session" in cookie]
    assert all("SameSite=strict" in cookie or "SameSite=Strict" in cookie for cookie in strict)


@promise("A23", sabotage="page_deletes_without_the_service")
async def test_page_and_api_delete_alike(site: Clinic) -> None:
    owner = await site.owner()
    by_page, by_api = await bring(owner), (await bring(owner)).rpartition("/")[2]
    identifier = by_page.rpartition("/")[2]
    refused = await send(owner, f"{by_page}/delete", {"typed": "something"})
    assert refused.status_code == 400
    assert "something" not in refused.text
    before = len(site.leaves())
    assert (await send(owner, f"{by_page}/delete", {"typed": identifier[-8:]})).status_code == 303
    transport = httpx.ASGITransport(site.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        # the API's token did not bring the record in, and is of the same project
        answer = await client.delete(f"/v1/conversations/{by_api}", headers={"Authorization": f"Bearer {site.token}"})
    assert answer.status_code == 202, answer.text
    rows: dict[str, list[tuple[str, bool]]] = {}
    for leaf in site.leaves()[before:]:
        if leaf.body.get("action") == "conversation:delete":
            rows.setdefault(leaf.body["resource"]["id"], []).append((leaf.kind, "deletion" in leaf.body))
    assert rows == {each: [("intent", False), ("outcome", True)] for each in (identifier, by_api)}
    for gone in (identifier, by_api):
        assert (await get(owner, f"/app/conversations/{gone}")).status_code == 404


async def test_pages_show_nothing_that_was_said_and_carry_their_policy(site: Clinic) -> None:
    owner = await site.owner()
    page = await bring(owner)
    for path in (*PAGES, page, f"{page}/history", f"{page}/proof"):
        for address in (path, f"{path}.json"):
            answer = await get(owner, address)
            assert answer.status_code == 200, address
            assert not [canary for canary in CANARIES if canary in answer.text], address


@promise("D61", sabotage="feed_shows_no_outcome")
async def test_overview_tells_the_last_acts_with_actor_result_and_status(site: Clinic) -> None:
    owner = await site.owner()
    transport = httpx.ASGITransport(site.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        bearer = {"Authorization": f"Bearer {site.token}"}
        assert (await client.get("/v1/whoami", headers=bearer)).status_code == 200
    site.leaves()
    facts = (await get(owner, "/app.json")).json()
    program = next(event for event in facts["events"] if event["row"]["actor"]["kind"] == "service")
    assert program["row"]["action"] == "caller:read"
    assert (program["row"]["answer"], program["status"]) == ("allowed", 200)
    text = (await get(owner, "/app")).text
    assert "asked who it is" in text
    assert "data-exact=" in text
    assert "The ledger is signed, not witnessed." in text


@promise("E45", sabotage="warnings_show_everything")
async def test_warnings_show_refusals_and_failures(site: Clinic) -> None:
    owner = await site.owner()
    other = await site.invited(owner, "front@clinic.example", "receptionist")
    assert (await get(other, "/app/ledger")).status_code == 403
    rows = (await get(owner, "/app/ledger.json?show=warnings")).json()["entries"]
    assert rows
    assert {row["answer"] for row in rows} <= {"denied", "failed", "noted"}
    assert "ledger:list" in {row["action"] for row in rows if row["answer"] == "denied"}


async def test_second_factor_comes_before_anything_else(site: Clinic) -> None:
    owner = await site.owner(enrolled=False)
    for path in PAGES[:4]:
        answer = await get(owner, path)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/app/enrol")
        assert (await get(owner, f"{path}.json")).status_code == 403
    assert (await get(owner, "/app/enrol")).status_code == 200

    answers = [await get(owner, path) for path in (*PAGES, "/app/nothing", "/app/conversations/x", "/app/states")]
    answers += [
        await get(site.browser(), path) for path in ("/app/sign-in", "/app/sign-in/code", "/app/enter/x", "/app")
    ]
    for answer in answers:
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


ODD: list[tuple[str, Any]] = [
    ("/app/ledger?show=echo7", 400),
    ("/app/ledger?before=echo7", 400),
    ("/app/ledger/999999", 404),
    ("/app/ledger/echo7", 404),
    ("/app/ledger/consistency?old=0", 400),
    ("/app/ledger/consistency?old=99999", 400),
    ("/app/conversations?state=echo7", 400),
    ("/app/conversations?after=echo7", 400),
    ("/app/conversations/echo7", 400),
    ("/app/messages?status=echo7", 400),
    ("/app/messages?from=echo7", 400),
    ("/app/faxes?until=2026-02-30", 400),
    ("/app/calls?after=echo7", 400),
    (f"/app/messages/{UUID(int=7)}", 404),
    (f"/app/faxes/{UUID(int=7)}", 404),
    (f"/app/webhooks/{UUID(int=7)}?state=echo7", 404),
    ("/app/decisions?show=echo7", 400),
    ("/app/decisions/echo7", 400),
    (f"/app/decisions/{UUID(int=7)}", 404),
    ("/app/static/x/css/echo7.css", 404),
    ("/app/enter/echo7", 401),
]


async def test_bad_input_is_answered_clearly_and_the_first_page_is_small(site: Clinic) -> None:
    owner = await site.owner()
    for path, status in ODD:
        answer = await get(owner, path)
        assert answer.status_code == status, (path, answer.text)
        assert "echo7" not in answer.text
    for fields in ({"typed": "x", "more": "echo7"}, {}):
        page = await bring(owner) if fields else f"/app/conversations/{UUID(int=7)}"
        answer = await send(owner, f"{page}/delete", fields)
        assert answer.status_code in {400, 404}
        assert "echo7" not in answer.text
    found = await get(owner, "/app/find?q=echo7")
    assert (found.status_code, "echo7" in found.text) == (200, False)
    assert (await get(owner, "/app/find?q=3")).headers["location"] == "/app/ledger/3"

    answer = await owner.call("GET", "/app", Accept_Encoding="gzip")
    assert int(answer.headers["content-length"]) < 10_000
