"""What people are told by mail: by a mail server that is real, to whom it concerns, and nothing of what it is about."""

from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from clinics import Browser, Clinic
from test_mail import SENDER, Server, mail_server

from privity.delivery import SmtpServer
from privity.gate import Action, resources
from privity.identity import Caller, Origin
from privity.identity.cookies import SESSION
from promises import promise

pytestmark = pytest.mark.slow
REASON = "Mrs Aspen fainted"
ANN, RITA, ADA = "ann@birch.example", "rita@birch.example", "ada@birch.example"


@pytest.fixture
async def mailed(clinic: Clinic) -> AsyncIterator[Server]:
    """A mail server that takes what the clinic sends."""
    async with mail_server() as seen:
        clinic.installation.doorway.postbox.way = SmtpServer(f"smtp://127.0.0.1:{seen.port}", SENDER)
        yield seen


async def subjects(clinic: Clinic, seen: Server) -> list[tuple[str, str]]:
    """Whom the mails of late went to, and what they were about; the rest is forgotten."""
    await clinic.installation.doorway.postbox.close(within=20)
    told = sorted((str(mail["To"]), str(mail["Subject"])) for mail in seen.mails)
    seen.mails.clear()
    return told


async def signed_in(clinic: Clinic, browser: Browser) -> Caller:
    origin = Origin(request_id=clinic.installation.ids.new())
    return await clinic.installation.sessions.check(browser.jar[SESSION], origin)


@promise("C88", sabotage="owners_get_no_mail")
@promise("C64", sabotage="notices_go_to_everybody")
async def test_owners_are_mailed_of_an_emergency_and_nobody_else_is(clinic: Clinic, mailed: Server) -> None:
    owner = await clinic.owner()
    ann = await clinic.invited(owner, ANN, "practitioner")
    await clinic.invited(owner, RITA, "receptionist")
    await clinic.invited(owner, ADA, "admin")
    await subjects(clinic, mailed)

    installation, caller = clinic.installation, await signed_in(clinic, ann)
    async with installation.gate.open(caller, Action.BREAK_GLASS_OPEN, resources.own_tenant()) as access:
        await installation.emergencies.open(access, reason=REASON)
    await clinic.installation.doorway.postbox.close(within=20)
    (mail,) = mailed.mails
    assert mail["To"] == clinic.owner_email
    told = f"{mail['Subject']} {text_of(mail)}"
    assert "emergency" in told
    for hidden in (*REASON.split()[1:], ANN, "http", clinic.name):
        assert hidden not in told
    mailed.mails.clear()

    wanted = resources.proposed_grant(caller.principal, f"project:{clinic.project}")
    async with installation.gate.open(caller, Action.GRANT_ASK, wanted) as access:
        ends = installation.clock.now() + timedelta(hours=1)
        await installation.grants.ask(access, reason=REASON, ends_at=ends)
    assert await subjects(clinic, mailed) == [
        (ADA, "Somebody asks for access"),
        (clinic.owner_email, "Somebody asks for access"),
    ]


async def test_people_are_told_what_happens_to_their_account(clinic: Clinic, mailed: Server) -> None:
    owner = await clinic.owner()
    assert await subjects(clinic, mailed) == [
        (clinic.owner_email, "A second factor was added"),
        (clinic.owner_email, "A sign-in from a new browser"),
    ]
    rita = await clinic.invited(owner, RITA, "receptionist")
    await subjects(clinic, mailed)
    people = (await owner.get("people")).json()["people"]
    (who,) = (each["id"] for each in people if each["email"] == RITA)

    again = clinic.browser(RITA, jar=dict(rita.jar), paths=dict(rita.paths))  # the same browser, signed in anew
    assert (await again.post("links/follow", {"link": await clinic.link(RITA)})).status_code == 200
    assert await subjects(clinic, mailed) == []
    assert (await clinic.browser(RITA).post("links/follow", {"link": await clinic.link(RITA)})).status_code == 200
    await clinic.installation.doorway.postbox.close(within=20)
    (mail,) = mailed.mails
    assert f"from the address {clinic.address}" in text_of(mail)
    mailed.mails.clear()

    standing = {"role": "practitioner", "clinical": True, "every_project": False, "projects": []}
    for act, body, subject in (
        ("change", standing, "Your role was changed"),
        ("lock", None, "Your account was locked"),
        ("unlock", None, "Your account was unlocked"),
        ("reset", None, "Your second factors were reset"),
    ):
        answer = await owner.post(f"people/{who}/{act}", body)
        assert answer.is_success, (act, answer.text)
        assert await subjects(clinic, mailed) == [(RITA, subject)]


async def test_a_mail_server_that_is_away_undoes_nothing(clinic: Clinic) -> None:
    clinic.installation.doorway.postbox.way = SmtpServer("smtp://127.0.0.1:1", SENDER)
    owner = await clinic.owner()
    assert (await owner.get("session")).status_code == 200
    await clinic.installation.doorway.postbox.close(within=0)  # nobody waits for what will not come


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content()).replace("\r\n", " ").replace("\n", " ")
