"""The ways in: links, codes by mail, passkeys, and what is counted against guessing."""

import asyncio
import re
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from authenticator import SoftAuthenticator
from clinics import BASE, Clinic, mailed_code, mails_to

from privity.identity import Factor, Origin, operator_of_this_machine
from privity.identity.people import hold_person
from privity.running import make_project
from privity.running import people as acts
from privity.settings import Settings
from promises import promise

pytestmark = pytest.mark.slow


@promise("A3", sabotage="everybody_invites")
async def test_invitation_makes_one_person_once_and_in_time(clinic: Clinic) -> None:
    owner = await clinic.owner()
    ann = await clinic.invited(owner, "ann@birch.example", "practitioner", projects=[str(clinic.project)])
    assert (await ann.get("session")).json() | {"person_id": ""} == {
        "person_id": "",
        "tenant_id": str(clinic.tenant),
        "role": "practitioner",
        "clinical": True,
        "every_project": False,
        "projects": [str(clinic.project)],
        "factors": ["link", "totp"],
        "mfa": True,
        "must_enrol": False,
        "must_step_up": False,
    }
    for role in ("practitioner", "receptionist", "auditor"):
        other = await clinic.invited(owner, f"{role}@birch.example", role)
        refused = await other.post("people/invitations", {"email": "x@birch.example", "role": "admin"})
        assert refused.status_code == 403, role
        assert (await other.get("people")).status_code == 403

    made = await owner.post("people/invitations", {"email": "bob@birch.example", "role": "receptionist"})
    link = made.json()["url"].rpartition("/")[2]
    assert link in (await mails_to(clinic.installation, "bob@birch.example"))[0]
    browser = clinic.browser()
    for _ in range(2):  # a scanner of mail looks at every link
        assert (await browser.get(f"links/{link}")).json()["kind"] == "invitation"
    assert (await browser.post("links/follow", {"link": link})).status_code == 200
    again = await browser.post("links/follow", {"link": link})
    assert again.status_code == 401
    late = (await owner.post("people/invitations", {"email": "cy@birch.example", "role": "auditor"})).json()["url"]
    listed = (await owner.get("people/invitations")).json()["invitations"]
    revoked = (await owner.post("people/invitations", {"email": "di@birch.example", "role": "auditor"})).json()["url"]
    newest = (await owner.get("people/invitations")).json()["invitations"][0]
    assert (await owner.delete(f"people/invitations/{newest['id']}")).status_code == 204
    assert (await browser.post("links/follow", {"link": revoked.rpartition("/")[2]})).status_code == 401
    assert "enter_" not in str(listed)
    clinic.clock.advance(timedelta(days=7, seconds=1))
    assert (await browser.post("links/follow", {"link": late.rpartition("/")[2]})).status_code == 401
    for bad in (link[:-1], link.replace("enter_", "privity_"), "", clinic.token, link + "\n", "é"):
        assert (await browser.post("links/follow", {"link": bad})).json()["detail"] == again.json()["detail"]


async def test_nobody_gives_more_than_there_is_to_give(clinic: Clinic) -> None:
    owner = await clinic.owner()
    admin = await clinic.invited(owner, "ada@birch.example", "admin")
    people = {each["email"]: each["id"] for each in (await owner.get("people")).json()["people"]}
    ada, boss = people["ada@birch.example"], people[clinic.owner_email]
    assert (await admin.post("people/invitations", {"email": "x@birch.example", "role": "owner"})).status_code == 403
    for act in ("lock", "reset", "end-sessions"):
        assert (await admin.post(f"people/{boss}/{act}")).status_code == 403
    for who, browser in ((ada, admin), (boss, owner)):
        assert (await browser.post(f"people/{who}/change", {"role": "owner"})).status_code == 403
        assert (await browser.post(f"people/{who}/lock")).status_code == 403
    unknown = "00000000-0000-7000-8000-000000000000"
    assert (await owner.post(f"people/{unknown}/lock")).status_code == 404
    bad: list[tuple[Any, int]] = [
        ({"email": "x@birch.example", "role": "king"}, 422),
        ({"email": "x@birch.example", "role": "admin", "shoe": 1}, 422),
        ({"email": "no address", "role": "admin"}, 400),
        ({"email": "x@birch.example", "role": "auditor", "projects": [unknown]}, 404),
        ([], 422),
    ]
    for body, status in bad:
        answer = await owner.post("people/invitations", body)
        assert answer.status_code == status, body
        assert "king" not in answer.text
        assert "shoe" not in answer.text


async def test_two_owners_who_demote_each_other_leave_one(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = await clinic.owner()
    bea = await clinic.invited(ann, "bea@birch.example", "owner")
    ids = [(await browser.get("session")).json()["person_id"] for browser in (ann, bea)]
    counted: list[object] = []

    async def both_have_counted(*row: object) -> None:
        """Wait for the other, who may be waiting for this one."""
        counted.append(row)
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                while len(counted) < 2:
                    await asyncio.sleep(0.01)

    monkeypatch.setattr(acts, "check_projects", both_have_counted)
    answers = await asyncio.gather(
        ann.post(f"people/{ids[1]}/change", {"role": "admin"}), bea.post(f"people/{ids[0]}/change", {"role": "admin"})
    )
    assert sorted(answer.status_code for answer in answers) == [204, 409]


@promise("B8", sabotage="roles_are_not_looked_at_again")
async def test_who_is_made_an_owner_meanwhile_is_left_alone(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = await clinic.owner()
    admin = await clinic.invited(owner, "ada@birch.example", "admin", every_project=True)
    bea = await clinic.invited(owner, "bea@birch.example", "auditor")
    who = (await bea.get("session")).json()["person_id"]
    waiting: list[bool] = []

    async def after_the_owner(*row: Any) -> Any:
        """Hold a person for the admin, whom the gate has let through, after the owner has made an owner of her."""
        if waiting:
            waiting.clear()
            assert (await owner.post(f"people/{who}/change", {"role": "owner"})).status_code == 204
        return await hold_person(*row)

    monkeypatch.setattr(acts, "hold_person", after_the_owner)
    for act in ("lock", "change", "unlock", "reset", "end-sessions"):
        assert (await owner.post(f"people/{who}/change", {"role": "auditor"})).status_code == 204
        waiting.append(True)
        assert (await admin.post(f"people/{who}/{act}", {"role": "receptionist"})).status_code == 409, act
        [seen] = [each for each in (await owner.get("people")).json()["people"] if each["id"] == who]
        assert (seen["role"], seen["state"], seen["factors"]) == ("owner", "open", ["totp"]), act


@promise("C84", sabotage="invitations_outlive_a_lock")
async def test_locked_person_leaves_no_invitation_behind(clinic: Clinic) -> None:
    owner = await clinic.owner()
    for number, (act, body) in enumerate((("lock", None), ("change", {"role": "receptionist"}))):
        admin = await clinic.invited(owner, f"ada{number}@birch.example", "admin", every_project=True)
        me = (await admin.get("session")).json()["person_id"]
        new = {"email": f"second{number}@birch.example", "role": "admin"}
        url = (await admin.post("people/invitations", new)).json()["url"]
        kept = (await owner.post("people/invitations", new | {"email": f"cy{number}@birch.example"})).json()["url"]
        assert (await owner.post(f"people/{me}/{act}", body)).is_success
        if act == "lock":
            assert (await owner.post(f"people/{me}/unlock")).is_success
        links = [each.rpartition("/")[2] for each in (url, kept)]
        followed = [await clinic.browser().post("links/follow", {"link": link}) for link in links]
        assert [answer.status_code for answer in followed] == [401, 200], act
        listed = (await owner.get("people/invitations")).json()["invitations"]
        assert {each["email"]: each["state"] for each in listed}[new["email"]] == "revoked"


@promise("C84", sabotage="inviters_are_not_looked_at_again")
async def test_who_is_locked_while_inviting_invites_nobody(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = await clinic.owner()
    admin = await clinic.invited(owner, "ada@birch.example", "admin", every_project=True)
    me = (await admin.get("session")).json()["person_id"]
    seal = clinic.installation.addresses.seal

    async def while_locked(*row: Any) -> bytes:
        """Seal an address, after the owner has locked the inviter, for whom the gate has decided already."""
        assert (await owner.post(f"people/{me}/lock")).is_success
        return await seal(*row)

    monkeypatch.setattr(clinic.installation.addresses, "seal", while_locked)
    refused = await admin.post("people/invitations", {"email": "second@birch.example", "role": "admin"})
    assert refused.status_code == 403
    listed = (await owner.get("people/invitations")).json()["invitations"]
    assert "second@birch.example" not in [each["email"] for each in listed]


@promise("A4", sabotage="admins_withdraw_owners")
async def test_revoking_takes_invitations_alone_and_none_above(clinic: Clinic) -> None:
    owner = await clinic.owner()
    admin = await clinic.invited(owner, "ada@birch.example", "admin")
    made = await owner.post("people/invitations", {"email": "bea@birch.example", "role": "owner"})
    above = (await owner.get("people/invitations")).json()["invitations"][0]["id"]
    sign_in = await clinic.link()
    for browser, link, status in ((admin, above, 403), (admin, sign_in.split("_")[2], 409), (owner, "echo7echo7", 409)):
        answer = await browser.delete(f"people/invitations/{link}")
        assert (answer.status_code, "echo7" in answer.text) == (status, False)
    assert (await clinic.browser().post("links/follow", {"link": sign_in})).status_code == 200
    assert (await owner.delete(f"people/invitations/{above}")).status_code == 204
    gone = await clinic.browser().post("links/follow", {"link": made.json()["url"].rpartition("/")[2]})
    assert gone.status_code == 401


@promise("A4", sabotage="admins_open_every_project")
async def test_admin_of_one_project_opens_no_other(clinic: Clinic) -> None:
    owner = await clinic.owner()
    operator = operator_of_this_machine(clinic.tenant, Origin(request_id=uuid4()))
    here, there = str(clinic.project), str(await make_project(clinic.installation, operator, "annex"))
    admin = await clinic.invited(owner, "ada@birch.example", "admin", projects=[here])
    await clinic.invited(owner, "ann@birch.example", "practitioner", projects=[there])
    people = {each["email"]: each["id"] for each in (await owner.get("people")).json()["people"]}
    change = f"people/{people['ann@birch.example']}/change"
    new = {"email": "x@birch.example", "role": "admin"}
    foreign: tuple[dict[str, Any], ...] = ({"every_project": True}, {"projects": [there]}, {"projects": [here, there]})
    for more in foreign:
        assert (await admin.post("people/invitations", new | more)).status_code == 403
    assert (await admin.post("people/invitations", new | {"projects": [here]})).status_code == 201
    assert (await admin.post(change, {"role": "practitioner", "every_project": True})).status_code == 403
    # What somebody sees already may stay, and the own project be added.
    assert (await admin.post(change, {"role": "receptionist", "projects": [there, here]})).status_code == 204
    assert (await admin.post(change, {"role": "receptionist", "projects": [here]})).status_code == 204
    assert (await admin.post(change, {"role": "receptionist", "projects": [there]})).status_code == 403


@promise("C79", sabotage="codes_work_again")
@promise("C80", sabotage="mail_is_enough")
async def test_code_works_once_in_time_and_in_its_browser(clinic: Clinic) -> None:
    owner = await clinic.owner()
    browser = clinic.browser(clinic.owner_email)
    assert (await browser.ask_code()).status_code == 202
    code = await mailed_code(clinic.installation, clinic.owner_email)
    assert re.fullmatch(r"\d{8}", code)
    other = clinic.browser(clinic.owner_email)
    assert (await other.post("sign-in/code/enter", {"code": code})).status_code == 401
    await other.ask_code()  # its own flow, which knows the other code only
    assert (await other.post("sign-in/code/enter", {"code": code})).status_code == 401
    flow = dict(browser.jar)
    rows = clinic.place.rows("SELECT mac, browser FROM identity.code WHERE tenant_id = %s", clinic.tenant)
    assert not [row for row in rows if code.encode() in row]
    assert (await browser.post("sign-in/code/enter", {"code": f" {code[:4]} {code[4:]}"})).status_code == 200
    assert (await browser.get("session")).json()["must_step_up"]
    for path in ("people", "people/invitations", "sessions"):
        assert (await browser.get(path)).status_code == 403, "a code alone opens nothing"
    assert (await browser.post("factors/totp/begin")).status_code == 403, "nor does it enrol a factor of its own"
    browser.jar = flow
    assert (await browser.post("sign-in/code/enter", {"code": code})).status_code == 401

    late = clinic.browser(clinic.owner_email)
    await late.ask_code()
    code = await mailed_code(clinic.installation, clinic.owner_email)
    clinic.clock.advance(timedelta(minutes=9, seconds=59))
    flow = dict(late.jar)
    clinic.clock.advance(timedelta(seconds=1))
    assert (await late.post("sign-in/code/enter", {"code": code})).status_code == 401
    assert await owner.status() == 401


@promise("C81", sabotage="tries_are_not_counted")
@promise("C81", sabotage="known_browsers_share_the_counter")
async def test_guessing_is_stopped_and_locks_nobody_out(clinic: Clinic) -> None:
    owner = await clinic.owner()
    known = clinic.browser(clinic.owner_email)
    known.jar = {name: value for name, value in owner.jar.items() if "device" in name}
    known.paths = dict(owner.paths)
    eve = clinic.browser(clinic.owner_email, address="198.51.100.7")
    await eve.ask_code()
    right = await mailed_code(clinic.installation, clinic.owner_email)
    said = [await eve.post("sign-in/code/enter", {"code": f"{int(right) + 1:08d}"[-8:]}) for _ in range(8)]
    assert [answer.status_code for answer in said] == [401] * 5 + [429] * 3
    assert (await eve.post("sign-in/code/enter", {"code": right})).status_code == 429, "the right one neither"
    elsewhere = clinic.browser(clinic.owner_email, address="203.0.113.9")
    await elsewhere.ask_code()
    assert (await elsewhere.post("sign-in/code/enter", {"code": "00000000"})).status_code == 429, "nor from elsewhere"
    await clinic.installation.sign_in.close()
    locks = [leaf.body for leaf in clinic.leaves() if leaf.body.get("reason") == "too-many-tries"]
    assert len(locks) == 1
    assert locks[0]["status"] == 429

    assert (await known.by_mail()).status_code == 200, "where the owner has been before nothing is locked"
    mended = clinic.browser(clinic.owner_email, address="203.0.113.10")
    assert (await mended.post("links/follow", {"link": await clinic.link()})).status_code == 200
    clinic.clock.advance(timedelta(minutes=16))
    fresh = clinic.browser(clinic.owner_email, address="203.0.113.11")
    assert (await fresh.by_mail()).status_code == 200, "and it ends by itself"


@promise("C81")
async def test_nobody_learns_which_addresses_exist(clinic: Clinic) -> None:
    said = []
    for workspace, email in (
        (clinic.name, clinic.owner_email),
        (clinic.name, "nobody@birch.example"),
        ("no such place", clinic.owner_email),
    ):
        browser = clinic.browser(email, address="198.51.100.9")
        browser.workspace = workspace
        asked = await browser.ask_code()
        entered = await browser.post("sign-in/code/enter", {"code": "00000000"})
        told = {name: value for name, value in entered.json().items() if name != "instance"}
        flow = [re.sub(r"=[^;]*", "=", text, count=1) for text in asked.headers.get_list("set-cookie")]
        said.append((asked.status_code, asked.json(), flow, entered.status_code, told))
    assert said[0] == said[1] == said[2]
    assert said[0][0] == 202
    assert await mails_to(clinic.installation, "nobody@birch.example") == []
    # The work is the same as well: one row is kept whoever was asked for.
    assert clinic.place.rows("SELECT count(*) FROM identity.code WHERE tenant_id = %s", clinic.tenant)[0][0] == 2


@promise("C77", sabotage="challenges_are_good_for_ever")
async def test_passkey_signs_in_and_its_forgeries_do_not(clinic: Clinic) -> None:
    owner = await clinic.owner()
    for told in (
        {"origin": "https://evil.example"},
        {"rp_id": "evil.example"},
        {"challenge": "AAAA"},
        {"unverified": True},
        {"type": "webauthn.get"},
    ):
        options = (await owner.post("factors/passkey/begin")).json()
        assert options["authenticatorSelection"]["residentKey"] == "required"
        assert options["authenticatorSelection"]["userVerification"] == "required"
        forged = SoftAuthenticator(BASE).create(options, **told)
        assert (await owner.post("factors/passkey", {"credential": forged})).status_code == 400, told
    key = await owner.enrol_passkey()
    browser = clinic.browser()

    async def show(**lies: Any) -> int:
        options = (await browser.post("sign-in/passkey/begin")).json()
        assert "allowCredentials" not in options or options["allowCredentials"] == []
        return (await browser.post("sign-in/passkey", {"credential": key.get(options, **lies)})).status_code

    assert await show() == 200
    assert (await browser.get("session")).json()["mfa"]
    lies: dict[str, Any]
    for lies in (
        {"origin": "https://evil.example"},
        {"rp_id": "evil.example"},
        {"challenge": "AAAA"},
        {"unverified": True},
        {"type": "webauthn.create"},
        {"key": SoftAuthenticator(BASE).key},
        {"handle": bytes(32)},
        {"handle": b"short"},
        {"count": 1},
    ):
        assert await show(**lies) == 401, lies
    options = (await browser.post("sign-in/passkey/begin")).json()
    flow, shown = dict(browser.jar), key.get(options)
    assert (await browser.post("sign-in/passkey", {"credential": shown})).status_code == 200
    browser.jar = dict(flow)
    assert (await browser.post("sign-in/passkey", {"credential": shown})).status_code == 401
    browser.jar = dict(flow)
    assert (await browser.post("sign-in/passkey", {"credential": key.get(options)})).status_code == 401, "once"
    for nonsense in ({}, {"rawId": 1}, {"rawId": "", "response": {}}, {"response": {"userHandle": "%%"}, "rawId": "a"}):
        await browser.post("sign-in/passkey/begin")
        assert (await browser.post("sign-in/passkey", {"credential": nonsense})).status_code == 401
    assert await show() == 200


async def test_synced_passkey_that_does_not_count_works_again_and_again(clinic: Clinic) -> None:
    owner = await clinic.owner()
    key = SoftAuthenticator(BASE, rising=False)
    made = key.create((await owner.post("factors/passkey/begin")).json())
    assert (await owner.post("factors/passkey", {"credential": made})).status_code == 201
    for _ in range(2):
        browser = clinic.browser()
        options = (await browser.post("sign-in/passkey/begin")).json()
        assert (await browser.post("sign-in/passkey", {"credential": key.get(options)})).status_code == 200


@promise("C78", sabotage="sms_is_a_factor")
def test_no_factor_is_a_text_message() -> None:
    assert not [factor for factor in Factor if "sms" in factor or "phone" in factor]
    assert not [name for name in Settings.__struct_fields__ if "sms" in name]
