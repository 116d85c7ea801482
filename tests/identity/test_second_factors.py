"""Second factors: asked of everybody, enrolled, replaced, never the last one removed."""

from datetime import timedelta

import pytest
from clinics import Clinic

from promises import promise

pytestmark = pytest.mark.slow


@promise("C74", sabotage="second_factors_are_not_needed")
@pytest.mark.parametrize("role", ["owner", "admin", "practitioner", "receptionist", "auditor"])
async def test_without_a_second_factor_one_can_only_enrol(clinic: Clinic, role: str) -> None:
    owner = await clinic.owner()
    new = await clinic.invited(owner, f"{role}@birch.example", role, enrolled=False)
    assert (await new.get("session")).json()["must_enrol"]
    for path in ("people", "people/invitations", "sessions"):
        assert (await new.get(path)).status_code == 403, path
    assert (await new.post("people/invitations", {"email": "x@birch.example", "role": "admin"})).status_code == 403
    assert (await new.post("session/step-up/totp", {"code": "000000"})).status_code == 401
    assert (await new.enrol_totp()).status_code == 201
    assert (await new.get("sessions")).status_code == 200
    assert (await new.get("people")).status_code == (200 if role in {"owner", "admin"} else 403)


@promise("C76", "D47", sabotage="codes_work_twice")
async def test_code_of_an_app_works_once(clinic: Clinic) -> None:
    owner = await clinic.owner()
    browser = clinic.browser(clinic.owner_email)
    browser.totp = owner.totp
    assert (await browser.by_mail()).status_code == 200
    assert (await browser.post("session/step-up/totp", {"code": browser.code()})).status_code == 401, "enrolled with it"
    clinic.clock.advance(timedelta(seconds=30))
    code = browser.code()
    assert (await browser.post("session/step-up/totp", {"code": code})).status_code == 200
    assert (await browser.post("session/step-up/totp", {"code": code})).status_code == 401
    earlier = clinic.browser(clinic.owner_email)
    await earlier.by_mail()
    assert (await earlier.post("session/step-up/totp", {"code": code})).status_code == 401, "nor elsewhere"


@promise("C81", sabotage="tries_are_not_counted")
async def test_codes_of_an_app_cannot_be_guessed(clinic: Clinic) -> None:
    owner = await clinic.owner()
    eve = clinic.browser(clinic.owner_email)  # somebody who reads the owner's mail
    eve.totp = owner.totp
    said: list[int] = []
    for _ in range(2):
        assert (await eve.by_mail()).status_code == 200
        said += [(await eve.post("session/step-up/totp", {"code": "000000"})).status_code for _ in range(3)]
    assert said == [401] * 5 + [429], "a new session brings no new tries"
    assert (await eve.step_up()).status_code == 429
    assert (await owner.step_up()).status_code == 200, "the owner's own browser is not locked"


@promise("C75", sabotage="the_last_factor_goes")
@pytest.mark.parametrize("role", ["owner", "admin"])
async def test_last_second_factor_stays(clinic: Clinic, role: str) -> None:
    owner = await clinic.owner()
    who = owner if role == "owner" else await clinic.invited(owner, "ada@birch.example", "admin")
    (totp,) = (await who.get("factors")).json()["factors"]
    assert (await who.delete(f"factors/{totp['id']}")).status_code == 403
    assert await who.status() == 200
    mailed = clinic.browser(who.email)
    await mailed.by_mail()
    assert (await mailed.post("factors/passkey/begin")).status_code == 403, "replacing takes the old one"
    assert (await mailed.delete(f"factors/{totp['id']}")).status_code == 403
    await who.enrol_passkey()
    if role == "admin":
        assert (await owner.delete(f"factors/{totp['id']}")).status_code == 403, "nobody else's"
    assert (await who.delete(f"factors/{totp['id']}")).status_code == 204
    assert (await who.delete(f"factors/{totp['id']}")).status_code == 401


async def test_recovery_code_lets_one_enrol_and_nothing_else(clinic: Clinic) -> None:
    owner = await clinic.owner()
    codes = (await owner.post("factors/recovery")).json()["codes"]
    assert len(set(codes)) == 10
    assert (await owner.get("factors")).json()["recovery_codes_left"] == 10
    lost = clinic.browser(clinic.owner_email)
    await lost.by_mail()
    assert (await lost.post("session/step-up/recovery", {"code": "aaaa-bbbb-cccc-dddd"})).status_code == 401
    assert (await lost.post("session/step-up/recovery", {"code": codes[0].upper()})).status_code == 200
    assert (await lost.post("session/step-up/recovery", {"code": codes[0]})).status_code == 401
    assert (await lost.get("people")).status_code == 403
    await lost.enrol_passkey()
    assert (await lost.get("people")).status_code == 200
    assert await owner.status() == 401, "a new factor ends the other devices"
    assert (await lost.get("factors")).json()["recovery_codes_left"] == 9
    stored = clinic.place.rows("SELECT mac FROM identity.factor WHERE tenant_id = %s", clinic.tenant)
    assert not [mac for (mac,) in stored if mac and codes[1].replace("-", "").encode() in mac]


async def test_person_of_another_tenant_does_not_exist(clinic: Clinic) -> None:
    owner = await clinic.owner()
    rows = clinic.place.rows("SELECT id FROM identity.person WHERE tenant_id <> %s LIMIT 1", clinic.tenant)
    assert (await owner.post(f"people/{rows[0][0]}/lock")).status_code == 404
