"""Pages that give and take access: tokens, services, what plugins ask for, emergencies, and the look over it all."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest
from clinics import BASE, Browser, Clinic
from joserfc import jwt
from joserfc.jwk import ECKey

from privity.clock import SteppedClock
from privity.gate import Action, resources
from privity.identity import GIVEN_BY_OWNERS, Origin, Scope, operator_of_this_machine
from privity.identity.oauth import ASSERTION_TYPE
from promises import promise

pytestmark = pytest.mark.slow


async def facts(browser: Browser, path: str) -> Any:
    answer = await browser.call("GET", f"{path}.json")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def send(browser: Browser, path: str, *fields: tuple[str, str]) -> httpx.Response:
    """Send a form of the page, as a browser would."""
    told = {"Origin": BASE, "Content-Type": "application/x-www-form-urlencoded"}
    told["Cookie"] = "; ".join(f"{name}={value}" for name, value in browser.jar.items())
    return await call(browser.app, "POST", path, content=urlencode(fields), headers=told)


async def call(app: Any, method: str, path: str, **more: Any) -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        return await client.request(method, path, **more)


async def with_token(site: Clinic, token: str, path: str, **more: Any) -> httpx.Response:
    method = "POST" if more else "GET"
    return await call(site.app, method, path, headers={"Authorization": f"Bearer {token}"}, **more)


@promise("A9", sabotage="page_revokes_nothing")
async def test_token_is_made_shown_once_used_and_ended(site: Clinic) -> None:
    owner = await site.owner()
    wanted = (("name", "dialler"), ("scopes", "conversations:read"), ("scopes", "ledger:read"), ("days", "30"))
    made = await send(owner, "/app/tokens", *wanted)
    assert made.status_code == 200, made.text
    [token] = set(re.findall(r"privity_[a-z0-9_]{98}", made.text))
    me = (await with_token(site, token, "/v1/whoami")).json()
    assert sorted(me["scopes"]) == ["conversations:read", "ledger:read"]
    listed = next(each for each in (await facts(owner, "/app/tokens"))["tokens"] if each["name"] == "dialler")
    assert token not in json.dumps(await facts(owner, "/app/tokens"))
    assert (await send(owner, f"/app/tokens/{listed['id']}/revoke")).status_code == 303
    assert (await with_token(site, token, "/v1/whoami")).status_code == 401
    for odd in ((("days", "0"), *wanted[:3]), (("days", "echo7"), *wanted[:3]), (("scopes", "echo7"), *wanted[:1])):
        refused = await send(owner, "/app/tokens", *odd)
        assert (refused.status_code, "echo7" in refused.text) == (400, False)
    auditor = await site.invited(owner, "audit@clinic.example", "auditor")
    assert (await send(auditor, "/app/tokens", *wanted)).status_code == 403
    assert (await send(auditor, f"/app/tokens/{listed['id']}/revoke")).status_code == 403


@promise("B6", "C63", "C67", sabotage="admins_give_content")
@promise("B6", sabotage="admins_give_deletion")
@pytest.mark.parametrize("clinical", [False, True])
async def test_admin_lets_no_program_see_what_he_may_not(site: Clinic, clinical: bool) -> None:
    owner = await site.owner()
    admin = await site.invited(owner, "adam@clinic.example", "admin", clinical=clinical, every_project=True)
    named = (("name", "dialler"), ("days", "30"))
    public = ECKey.generate_key("P-256", {"kid": "one"}).as_pem(private=False).decode()
    new = (("name", "scheduler"), ("key", public), ("certificate", ""), ("seconds", "600"))
    assert (await send(admin, "/app/services", *new)).status_code == 303
    [service] = (await facts(admin, "/app/services"))["services"]
    grant = f"/app/services/{service['id']}/grant"
    for page in ("/app/tokens", "/app/services"):
        offered, all_there_are = await facts(admin, page), await facts(owner, page)
        assert set(offered["scopes"]).isdisjoint(GIVEN_BY_OWNERS), page
        assert (sorted(offered["scopes"] + offered["kept"]), all_there_are["kept"]) == (all_there_are["scopes"], [])
        shown = (await admin.call("GET", page)).text
        assert 'value="numbers:read"' in shown
        assert 'value="conversations:write"' not in shown
        assert "Only an owner lets a program see what is in records, or delete them" in shown
    everything = tuple(("scopes", str(scope)) for scope in Scope)
    for scope in sorted(GIVEN_BY_OWNERS):
        refused = await send(admin, "/app/tokens", *named, ("scopes", "numbers:read"), ("scopes", scope))
        assert (refused.status_code, "privity_" in refused.text) == (403, False)
        assert (await send(admin, grant, ("scopes", scope))).status_code == 403
    assert (await send(admin, "/app/tokens", *named, *everything)).status_code == 403
    assert (await send(admin, "/app/tokens", *named, ("scopes", "numbers:read"))).status_code == 200
    # What an owner gave may stay while an admin changes the rest, and once it is gone it is gone.
    for who, scopes, status in (
        (owner, ("conversations:read", "calls:read"), 303),
        (admin, ("conversations:read", "calls:read", "calls:write"), 403),
        (admin, ("conversations:read", "numbers:read"), 303),
        (admin, ("conversations:read", "messages:read"), 403),
        (admin, ("numbers:read",), 303),
        (admin, ("conversations:read",), 403),
    ):
        assert (await send(who, grant, *(("scopes", scope) for scope in scopes))).status_code == status
        box = '<input type="checkbox" name="scopes" value="conversations:read" checked>'
        held = "conversations:read" in (await facts(owner, "/app/services"))["services"][0]["scopes"]
        assert (box in (await admin.call("GET", "/app/services")).text) == held, "what it has stays ticked"
    assert (await facts(owner, "/app/services"))["services"][0]["scopes"] == ["numbers:read"]


@promise("C84", sabotage="programs_of_the_locked_are_hidden")
async def test_lock_says_which_programs_of_the_person_go_on(site: Clinic) -> None:
    owner = await site.owner()
    admin = await site.invited(owner, "adam@clinic.example", "admin", every_project=True)
    me = (await admin.get("session")).json()["person_id"]
    public = ECKey.generate_key("P-256", {"kid": "one"}).as_pem(private=False).decode()
    fields = (("days", "30"), ("scopes", "numbers:read"))
    for who, name in ((admin, "dialler"), (admin, "gone"), (owner, "other")):
        assert (await send(who, "/app/tokens", ("name", name), *fields)).status_code == 200
    new = (("name", "scheduler"), ("key", public), ("certificate", ""), ("seconds", "600"))
    assert (await send(admin, "/app/services", *new)).status_code == 303
    ids = {each["name"]: each["id"] for each in (await facts(owner, "/app/tokens"))["tokens"]}
    assert (await send(owner, f"/app/tokens/{ids['gone']}/revoke")).status_code == 303
    answer = await owner.post(f"people/{me}/lock")
    told = {"kind": "token", "id": ids["dialler"], "name": "dialler"}
    [service] = (await facts(owner, "/app/services"))["services"]
    programs = [told, {"kind": "service", "id": service["id"], "name": "scheduler"}]
    assert (answer.status_code, answer.json()) == (200, {"withdrawn": 0, "programs": programs})
    page = (await owner.call("GET", "/app/people")).text
    for each in ('<a href="/app/tokens">dialler</a>', '<a href="/app/services">scheduler</a>'):
        assert each in page
    assert "gone</a>" not in page
    assert "other</a>" not in page


async def test_another_role_leaves_the_projects_of_a_person(site: Clinic) -> None:
    owner = await site.owner()
    ann = await site.invited(owner, "ann@clinic.example", "practitioner", projects=[str(site.project)])
    me = (await ann.get("session")).json()["person_id"]
    assert (await send(owner, f"/app/people/{me}/change", ("role", "receptionist"))).status_code == 303
    shown = next(each for each in (await facts(owner, "/app/people"))["people"] if each["id"] == me)
    assert (shown["role"], shown["every_project"], shown["projects"]) == ("receptionist", False, [str(site.project)])


async def test_service_does_what_was_ticked_until_it_is_ended(site: Clinic) -> None:
    owner = await site.owner()
    key = ECKey.generate_key("P-256", {"kid": "one"})
    public = key.as_pem(private=False).decode()
    new = (("name", "scheduler"), ("key", public), ("certificate", ""), ("seconds", "600"))
    assert (await send(owner, "/app/services", *new)).status_code == 303
    private = await send(owner, "/app/services", new[0], ("key", key.as_pem(private=True).decode()), *new[2:])
    assert (private.status_code, "PRIVATE" in private.text) == (400, False)
    [service] = (await facts(owner, "/app/services"))["services"]
    assert (service["name"], service["scopes"], service["by_key"]) == ("scheduler", [], True)

    async def asked() -> httpx.Response:
        now = int(site.clock.now().timestamp())
        who = service["client_id"]
        claims = {"iss": who, "sub": who, "aud": BASE, "exp": now + 60, "jti": uuid4().hex}
        assertion = jwt.encode({"alg": "ES256"}, claims, key, algorithms=["ES256"])
        form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}
        return await call(site.app, "POST", "/oauth/token", data=form | {"client_assertion": assertion})

    assert (await asked()).json()["error"] == "invalid_scope"
    page = f"/app/services/{service['id']}"
    assert (await send(owner, f"{page}/grant", ("scopes", "conversations:read"))).status_code == 303
    token = (await asked()).json()["access_token"]
    assert (await with_token(site, token, "/v1/conversations")).status_code == 200
    assert (await send(owner, f"{page}/grant")).status_code == 303
    assert (await with_token(site, token, "/v1/conversations")).status_code == 403
    assert (await send(owner, f"{page}/disable")).status_code == 303
    assert (await asked()).json()["error"] == "invalid_client"
    assert (await send(owner, "/app/services/echo7echo7/disable")).status_code == 404


@promise("B28", sabotage="page_approves_for_nobody")
async def test_what_a_plugin_asks_for_waits_on_the_page(site: Clinic) -> None:
    owner = await site.owner()
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    asked = {"scope": f"project:{site.project}", "reason": "to learn the words", "ends_at": soon}
    for answer, state in (("approve", "given"), ("decline", "declined")):
        made = (await with_token(site, site.token, "/v1/grants", json=asked)).json()["id"]
        shown = (await facts(owner, "/app/grants"))["grants"][0]["grant"]
        assert (shown["id"], shown["state"]) == (made, "asked")
        assert (await send(owner, f"/app/grants/{made}/{answer}")).status_code == 303
        shown = (await facts(owner, "/app/grants"))["grants"][0]["grant"]
        assert (shown["state"], shown["given_by"] or "nobody") == (
            state,
            f"person:{(await owner.get('session')).json()['person_id']}" if state == "given" else "nobody",
        )


@promise("C88", sabotage="page_ends_emergencies_instead")
async def test_emergency_of_an_operator_is_approved_by_a_person_and_reviewed_by_another(site: Clinic) -> None:
    owner = await site.owner()
    inside = site.installation
    operator = operator_of_this_machine(site.tenant, Origin(request_id=uuid4()))
    async with inside.gate.open(operator, Action.BREAK_GLASS_OPEN, resources.own_tenant()) as access:
        glass = await inside.emergencies.open(access, reason="a restore that stopped")
    [shown] = (await facts(owner, "/app/emergencies"))["emergencies"]
    assert (shown["state"], shown["acts"]) == ("waiting", ["approve", "end"])
    assert (await send(owner, f"/app/emergencies/{glass}/approve")).status_code == 303
    [shown] = (await facts(owner, "/app/emergencies"))["emergencies"]
    assert (shown["state"], shown["acts"], shown["approver"]) == ("open", ["end"], site.owner_email)
    assert (await send(owner, f"/app/emergencies/{glass}/end")).status_code == 303
    assert (await send(owner, f"/app/emergencies/{glass}/review", ("found", "it was needed"))).status_code == 303
    [shown] = (await facts(owner, "/app/emergencies"))["emergencies"]
    assert (shown["state"], shown["acts"], shown["emergency"]["review"]) == ("reviewed", [], "it was needed")

    # One's own emergency is neither approved nor reviewed by oneself, and a practitioner finds it without the list.
    doctor = await site.invited(owner, "ann@clinic.example", "practitioner", every_project=True)
    assert (await send(doctor, "/app/emergencies", ("reason", "on call"), ("minutes", "61"))).status_code == 400
    opened = await send(doctor, "/app/emergencies", ("reason", "on call"), ("minutes", "10"))
    assert opened.headers["location"] == "/app/emergencies/mine"
    [own] = (await facts(doctor, "/app/emergencies/mine"))["emergencies"]
    assert (own["state"], own["acts"]) == ("open", ["end"])
    [notice] = (await facts(owner, "/app"))["notices"]
    assert (notice["kind"], notice["about"]) == ("break-glass-opened", own["emergency"]["id"])
    assert not (await facts(doctor, "/app"))["notices"]
    assert "The glass was broken" in (await owner.call("GET", "/app")).text
    page = f"/app/emergencies/{own['emergency']['id']}"
    assert (await send(doctor, f"{page}/approve")).status_code == 403
    assert (await doctor.call("GET", "/app/emergencies")).status_code == 403
    assert (await send(doctor, f"{page}/end")).headers["location"] == "/app/emergencies/mine"
    assert (await send(doctor, f"{page}/review", ("found", "all well"))).status_code == 403
    assert (await send(owner, f"{page}/review", ("found", "all well"))).status_code == 303
    assert not (await facts(owner, "/app"))["notices"], "what was reviewed waits for nobody"
    front = await site.invited(owner, "front@clinic.example", "receptionist")
    assert (await send(front, "/app/emergencies", ("reason", "curious"), ("minutes", "10"))).status_code == 403

    # The look over it all: who had it at that time, and that it stands among the events.
    held = (await facts(owner, "/app/access/holdings"))["holdings"]
    assert {each["standing"]["role"] for each in held["people"]} == {"owner", "practitioner", "receptionist"}
    assert not held["emergencies"]
    nobody = (await owner.call("GET", "/app/access/holdings.json?at=2020-01-01T10:00")).json()["holdings"]
    assert not nobody["people"]
    assert (await owner.call("GET", "/app/access/holdings?at=echo7")).status_code == 400
    events = (await owner.call("GET", "/app/security.json?kind=emergency")).json()["events"]
    assert {each["event"]["action"] for each in events} >= {"break-glass:open", "break-glass:approve"}
    denied = (await owner.call("GET", "/app/security.json?kind=denied")).json()["events"]
    assert {each["event"]["event"] for each in denied} == {"denied"}
    assert (await owner.call("GET", "/app/security?kind=echo7")).status_code == 400
    broad = [
        each for each in (await facts(owner, "/app/access"))["concerns"] if each["concern"]["why"] == "every scope"
    ]
    assert broad


@promise("E14", sabotage="everybody_cleans_up")
async def test_left_overs_are_swept_by_the_office_and_counted(site: Clinic) -> None:
    owner = await site.owner()
    turns = {"channel": "call", "turns": [{"speaker": "caller", "text": "hello"}]}
    brought = (await with_token(site, site.token, "/v1/conversations", json=turns)).json()["id"]
    front = await site.invited(owner, "front@clinic.example", "receptionist")
    late = site.clock.now() + timedelta(hours=25)
    vars(site.installation.sweeping)["_clock"] = SteppedClock(late)
    assert (await send(front, "/app/settings/clean-up")).status_code == 403
    assert (await owner.call("GET", "/app/settings/clean-up.json")).status_code == 405
    state = await with_token(site, site.token, f"/v1/conversations/{brought}")
    assert state.json()["state"] == "received", "looking changes nothing"
    for counts in ((1, 1), (0, 0)):
        swept = await send(owner, "/app/settings/clean-up.json")
        assert swept.status_code == 200, swept.text
        assert tuple(swept.json().values()) == counts
    assert (await with_token(site, site.token, f"/v1/conversations/{brought}")).json()["state"] == "refused"
    acts = [leaf for leaf in site.leaves() if leaf.body.get("action") == "source:sweep"]
    assert [leaf.kind for leaf in acts] == ["denial", "intent", "outcome", "intent", "outcome"]
