"""Sessions of people, from outside."""

from datetime import timedelta

import pytest
from clinics import Clinic

pytestmark = pytest.mark.slow


async def test_owner_follows_the_link_enrols_and_works(clinic: Clinic) -> None:
    owner = await clinic.owner(enrolled=False)
    me = (await owner.get("session")).json()
    assert me["role"] == "owner"
    assert me["must_enrol"]
    assert (await owner.get("people")).status_code == 403
    assert (await owner.enrol_totp()).status_code == 201
    people = (await owner.get("people")).json()["people"]
    assert [person["email"] for person in people] == [clinic.owner_email]
    ann = await clinic.invited(owner, "ann@birch.example", "practitioner", projects=[str(clinic.project)])
    assert (await ann.get("session")).json()["projects"] == [str(clinic.project)]
    again = clinic.browser("ann@birch.example")
    again.totp = ann.totp
    assert (await again.by_mail()).status_code == 200
    assert (await again.get("session")).json()["must_step_up"]
    clinic.clock.advance(timedelta(seconds=30))
    assert (await again.step_up()).status_code == 200
    assert (await again.get("session")).json()["mfa"]
    key = await again.enrol_passkey()
    third = clinic.browser("ann@birch.example")
    options = (await third.post("sign-in/passkey/begin")).json()
    assert (await third.post("sign-in/passkey", {"credential": key.get(options)})).status_code == 200
    assert (await third.get("session")).json()["mfa"]
