"""Sessions of people, from outside: cookies, their replacement, and that they end."""

from datetime import timedelta

import httpx
import pytest
from clinics import BASE, Browser, Clinic

from privity.errors import LedgerUnavailable
from privity.identity.cookies import REFRESH, SESSION
from promises import promise

pytestmark = pytest.mark.slow


@promise("D43", "D45", sabotage="cookies_are_open_to_scripts")
async def test_cookies_are_kept_from_scripts_and_other_sites(clinic: Clinic) -> None:
    browser = clinic.browser(clinic.owner_email)
    answer = await browser.post("links/follow", {"link": await clinic.link()})
    cookies = {
        text.partition("=")[0]: text for text in answer.headers.get_list("set-cookie") if "Max-Age=0" not in text
    }
    assert {SESSION, REFRESH} <= set(cookies)
    for text in cookies.values():
        assert "; Secure" in text
        assert "; HttpOnly" in text
        assert "samesite=strict" in text.lower()
        assert "domain=" not in text.lower()
    assert cookies[SESSION].split("=")[1].count(".") == 2
    assert "Path=/;" in cookies[SESSION]
    assert "Path=/app/api/session" in cookies[REFRESH]


@promise("D45", sabotage="origins_are_not_checked")
@pytest.mark.parametrize("origin", [None, "https://evil.example", "null", "http://localhost", "http://127.0.0.1:8440"])
async def test_request_of_another_site_changes_nothing(clinic: Clinic, origin: str | None) -> None:
    owner = await clinic.owner()
    owner.origin = origin
    refused = [
        await owner.post("people/invitations", {"email": "eve@evil.example", "role": "admin"}),
        await owner.post("session/end"),
        await owner.post("session/refresh"),
        await owner.post("sign-in/code", {"workspace": clinic.name, "email": clinic.owner_email}),
    ]
    owner.origin = BASE
    refused.append(await owner.post("session/end", sec_fetch_site="cross-site"))
    refused.append(await owner.post("session/end", host="evil.example"))
    assert {answer.status_code for answer in refused} == {403}
    assert await owner.status() == 200
    assert (await owner.get("people/invitations")).json()["invitations"] == []


@promise("C83", sabotage="old_refresh_tokens_are_taken")
async def test_old_refresh_token_ends_the_session_and_is_told(clinic: Clinic) -> None:
    owner = await clinic.owner()
    stolen = owner.jar[REFRESH]
    assert (await owner.post("session/refresh")).status_code == 204
    assert await owner.status() == 200
    kept = owner.jar[REFRESH]

    thief = clinic.browser()
    thief.jar, thief.paths = {REFRESH: stolen}, dict(owner.paths)
    assert (await thief.post("session/refresh")).status_code == 401
    assert await owner.status() == 401
    owner.jar[REFRESH] = kept
    assert (await owner.post("session/refresh")).status_code == 401
    told = [leaf.body for leaf in clinic.leaves() if leaf.body.get("reason") == "refresh-token-reused"]
    assert len(told) == 1
    assert told[0]["status"] == 401


async def test_renewal_that_is_not_recorded_leaves_the_token_good(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = await clinic.owner()

    async def down(_: object) -> None:
        raise LedgerUnavailable("the ledger does not answer")

    with monkeypatch.context() as patch:
        patch.setattr(clinic.installation.inbox, "record", down)
        assert (await owner.post("session/refresh")).status_code == 503
    assert (await owner.post("session/refresh")).status_code == 204
    assert await owner.status() == 200
    assert not [leaf for leaf in clinic.leaves() if leaf.body.get("reason") == "refresh-token-reused"]


async def test_forged_refresh_token_ends_nobody(clinic: Clinic) -> None:
    owner = await clinic.owner()
    for forged in (owner.jar[SESSION], owner.jar[REFRESH][:-4] + "AAAA", "", "a.b.c"):
        thief = clinic.browser()
        thief.jar, thief.paths = {REFRESH: forged}, dict(owner.paths)
        assert (await thief.post("session/refresh")).status_code == 401
    assert await owner.status() == 200
    owner.jar[SESSION] = owner.jar[REFRESH]
    assert await owner.status() == 401, "a refresh token is no session"


@promise("D44", sabotage="idle_sessions_go_on")
async def test_session_ends_by_itself(clinic: Clinic) -> None:
    owner = await clinic.owner()
    for _ in range(3):  # asking for the next cookie is no sign of life
        clinic.clock.advance(timedelta(minutes=4, seconds=50))
        assert (await owner.post("session/refresh")).status_code == 204
    clinic.clock.advance(timedelta(minutes=1))
    assert await owner.status() == 401
    assert (await owner.post("session/refresh")).status_code == 401

    busy = clinic.browser(clinic.owner_email)
    await busy.post("links/follow", {"link": await clinic.link()})
    first = busy.jar[SESSION]
    await _work_for(busy, clinic, timedelta(hours=23, minutes=55))
    assert busy.jar[SESSION] != first
    later = dict(busy.jar)
    busy.jar[SESSION] = first
    assert await busy.status() == 401
    busy.jar = later
    clinic.clock.advance(timedelta(minutes=6))
    assert await busy.status() == 401
    assert (await busy.post("session/refresh")).status_code == 401


async def _work_for(browser: Browser, clinic: Clinic, span: timedelta) -> None:
    """Stay signed in by working: the row is written now and then, so most of the time is skipped in it as well."""
    row = clinic.place.rows(
        "UPDATE identity.session SET seen_at = seen_at + %s WHERE tenant_id = %s AND ended_at IS NULL RETURNING id",
        span,
        clinic.tenant,
    )
    assert row
    clinic.installation.sessions._seen.clear()
    clinic.clock.advance(span)
    assert (await browser.post("session/refresh")).status_code == 204
    assert await browser.status() == 200


@promise("C84", sabotage="ended_sessions_go_on")
@promise("C84", sabotage="changes_leave_sessions_alone")
@pytest.mark.parametrize("event", ["sign out", "role", "factor", "lock", "reset"])
async def test_every_session_ends_at_once(clinic: Clinic, event: str) -> None:
    owner = await clinic.owner()
    ann = await clinic.invited(owner, "ann@birch.example", "practitioner", projects=[str(clinic.project)])
    other = clinic.browser("ann@birch.example")
    other.totp = ann.totp
    assert (await other.by_mail()).status_code == 200
    clinic.clock.advance(timedelta(seconds=30))
    assert (await other.step_up()).status_code == 200
    me = (await ann.get("session")).json()["person_id"]
    devices = (await ann.get("sessions")).json()["sessions"]
    assert [device["this_one"] for device in devices].count(True) == 1
    assert len(devices) == 2
    if event == "sign out":
        done = await ann.post("session/end")
    elif event == "role":
        done = await owner.post(f"people/{me}/change", {"role": "receptionist"})
    elif event == "factor":
        await ann.enrol_passkey()
        assert await other.status() == 401, "a new factor ends the other devices"
        assert await ann.status() == 200
        totp = next(each for each in (await ann.get("factors")).json()["factors"] if each["kind"] == "totp")
        done = await ann.delete(f"factors/{totp['id']}")
    else:
        done = await owner.post(f"people/{me}/{event}")
    assert done.status_code == (200 if event == "lock" else 204), done.text
    for browser in (ann, other):
        assert await browser.status() == 401
        assert (await browser.post("session/refresh")).status_code == 401
    assert await owner.status() == 200


@promise("D42", "D48", sabotage="cookies_open_the_api")
async def test_surfaces_share_nothing(clinic: Clinic) -> None:
    owner = await clinic.owner()
    cookie = "; ".join(f"{name}={value}" for name, value in owner.jar.items())
    transport = httpx.ASGITransport(clinic.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as program:
        for headers in ({"Cookie": cookie}, {"Authorization": f"Bearer {owner.jar[SESSION]}"}):
            for path in ("/v1/whoami", "/v1/conversations", "/v1/ledger/checkpoint"):
                assert (await program.get(path, headers=headers)).status_code == 401, path
        bearer = {"Authorization": f"Bearer {clinic.token}"}
        assert (await program.get("/v1/whoami", headers=bearer)).status_code == 200
        for path in ("/app/api/session", "/app/api/people", "/app/api/factors"):
            assert (await program.get(path, headers=bearer)).status_code == 401, path
            assert (await program.get(path, headers=bearer | {"Cookie": cookie})).status_code == 401, path
        for answer in (
            await program.get("/v1/whoami", headers=bearer | {"Cookie": cookie}),
            await program.get("/healthz"),
        ):
            assert "set-cookie" not in answer.headers
            assert "access-control-allow-credentials" not in answer.headers


@promise("A13", sabotage="outbox_is_open")
async def test_nobody_reads_anything_without_a_session(clinic: Clinic) -> None:
    owner = await clinic.owner()
    me = (await owner.get("session")).json()["person_id"]
    stranger = clinic.browser()
    for path in ("session", "sessions", "factors", "people", "people/invitations"):
        assert (await stranger.get(path)).status_code == 401, path
    for path in (f"people/{me}/lock", "session/end", "factors/totp/begin", "people/invitations", "session/refresh"):
        assert (await stranger.post(path, {})).status_code == 401, path
    assert (await stranger.call("GET", "/app/outbox")).status_code == 404
    assert (await stranger.call("GET", "/app/outbox?key=" + "0" * 32)).status_code == 404
