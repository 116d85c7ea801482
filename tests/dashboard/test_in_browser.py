"""Pages in real Chromium: people sign in, enrol, are refused and told why; proofs are checked by the browser."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from chromium import Person, chromium, faults_of_access
from playwright.sync_api import Browser as Chromium
from server import Server, wait_for

from privity.identity import Origin, operator_of_this_machine
from privity.running import make_sign_in_link

pytestmark = pytest.mark.slow

TURNS = [
    {"speaker": "caller", "text": "this is Maria Gonzalez"},
    {"speaker": "caller", "text": "call me at four one five, five five five, zero one nine nine"},
]


def owner_link(server: Server) -> str:
    """A sign-in link for the owner, made by the operator; before the browser runs, whose loop is this thread's."""

    async def make() -> str:
        async with server.attached() as installation:
            operator = operator_of_this_machine(server.a.id, Origin(request_id=installation.ids.new()))
            return await make_sign_in_link(installation, operator, "owner@birch.example")

    return asyncio.run(make())


class House:
    """A running server with an owner who has just signed in at a browser of their own."""

    def __init__(self, server: Server, browser: Chromium, link: str) -> None:
        self.server = server
        self.browser = browser
        self.link = link
        self.site = server.url.replace("127.0.0.1", "localhost")
        self.owner = self.newcomer()

    def newcomer(self) -> Person:
        return Person.at(self.browser, self.site)

    def invited(self, email: str, role: str) -> Person:
        person = self.newcomer()
        person.come_in(self.owner.invite(email, role))
        person.enrol_passkey()
        return person


@pytest.fixture(scope="module")
def house(server: Server) -> Iterator[House]:
    link = owner_link(server)
    with chromium() as browser:
        yield House(server, browser, link)


@pytest.fixture(scope="module")
def owner(house: House) -> Person:
    house.owner.come_in(house.link)
    return house.owner


def call_as_file(folder: Path) -> Path:
    file = folder / "call.json"
    file.write_bytes(msgspec.json.encode({"turns": TURNS}))
    return file


def test_people_come_in_and_reach_what_is_theirs(house: House, owner: Person, tmp_path: Path) -> None:
    page = owner.page
    assert owner.json("/app") == 403, "nothing before the second factor"
    owner.enrol_passkey()
    seed = owner.enrol_authenticator()
    assert len(seed) >= 32
    page.locator("form[action='/app/enrol/recovery'] button").click()
    assert page.locator(".recovery li").count() == 10
    owner.open("/app")
    assert "signed, not witnessed" in page.locator("h1").inner_text()
    assert {"Overview", "Conversations", "Ledger", "People and roles"} <= owner.doors()

    practitioner = house.invited("ann@birch.example", "practitioner")
    receptionist = house.invited("june@birch.example", "receptionist")

    # The practitioner brings a call in, reads it, and sees reasons without values.
    practitioner.open("/app/conversations")
    practitioner.page.get_by_role("link", name="Bring in").click()
    practitioner.page.locator("#bring input[value=call]").check()
    practitioner.page.locator("#file").set_input_files(call_as_file(tmp_path))
    practitioner.page.get_by_role("button", name="Seal it").click()
    practitioner.page.wait_for_url(re.compile("/app/conversations/[0-9a-f-]{36}$"))
    conversation = practitioner.page.url.removeprefix(house.site)
    wait_for(lambda: practitioner.open(conversation) == 200 and practitioner.page.locator(".turns").count(), 30)
    practitioner.page.keyboard.press("h")
    reason = practitioner.page.locator(".reason:popover-open")
    reason.wait_for()
    assert "Nobody can show it" in reason.inner_text()
    assert "Gonzalez" not in practitioner.page.content()
    assert "verified in your browser" in practitioner.prove()
    assert "Ledger" not in practitioner.doors()

    reach_only_their_own(owner, practitioner, receptionist, conversation)
    refusal_tells_why(owner, conversation)
    role_change_ends_the_session(owner, receptionist)

    # Deleting asks for the end of the id.
    practitioner.open(conversation)
    practitioner.page.get_by_role("link", name="Delete…").click()
    danger = practitioner.page.get_by_role("button", name="Delete for good")
    assert danger.is_disabled()
    practitioner.page.locator("#delete-typed").fill(conversation[-8:])
    danger.click()
    practitioner.page.get_by_text("a certificate follows").wait_for()
    assert practitioner.open(conversation) == 404

    assert not [person.complaints() for person in (owner, practitioner) if person.complaints()]


def reach_only_their_own(owner: Person, practitioner: Person, receptionist: Person, conversation: str) -> None:
    """The same by clicking, by typing and by asking for JSON."""
    theirs = {"practitioner": (practitioner, 200), "receptionist": (receptionist, 403), "owner": (owner, 403)}
    for person, status in theirs.values():
        assert (person.open(conversation), person.json(conversation)) == (status, status)
    receptionist.open("/app")
    assert receptionist.doors() == {"Overview", "Sessions and devices", "Settings"}
    assert "conversation" not in receptionist.page.locator("main").inner_text().lower()
    for closed in ("/app/conversations", "/app/ledger", "/app/people", "/app/tokens"):
        assert (receptionist.open(closed), receptionist.json(closed)) == (403, 403)


def refusal_tells_why(owner: Person, conversation: str) -> None:
    """One click from a refusal to its story and its proof."""
    owner.open(conversation)
    owner.page.get_by_role("link", name="Why").click()
    story = owner.page.locator("main").inner_text()
    for part in ("Denied", "Facts", "Policies", "Decision: denied", "What would have allowed it"):
        assert part in story
    assert "verified in your browser" in owner.prove()


def role_change_ends_the_session(owner: Person, receptionist: Person) -> None:
    """Another role ends the other browser's session on its next click."""
    receptionist.open("/app")
    owner.open("/app/people")
    row = owner.page.get_by_role("row").filter(has_text="june@birch.example")
    row.get_by_role("link", name="Change").click()
    dialog = owner.page.locator("dialog[open]")
    dialog.locator("input[value=auditor]").check()
    with owner.page.expect_navigation():
        dialog.get_by_role("button", name="Change").click()
    receptionist.page.locator(".nav a.door").first.click()
    receptionist.page.wait_for_url(re.compile("/app/sign-in"))


def test_pages_are_for_everybody_in_both_themes_on_any_screen(house: House, owner: Person) -> None:
    decision = house.server.a.decision
    conversations = ["/app/conversations", "/app/conversations?state=refused", "/app/search", "/app/search?q=clinic"]
    pages = ["/app", *conversations, "/app/ledger", "/app/ledger/3", "/app/decisions", f"/app/decisions/{decision}"]
    pages += ["/app/deletions"]
    pages += ["/app/grants", "/app/people", "/app/people/invitations", "/app/roles", "/app/tokens", "/app/account"]
    pages += ["/app/services", "/app/emergencies", "/app/emergencies/mine", "/app/access", "/app/access/holdings"]
    pages += ["/app/messages", f"/app/messages/{house.server.a.message}/history", "/app/faxes", "/app/calls"]
    recording = house.server.a.recording
    [(recorded,)] = house.server.rows("SELECT call_id FROM tenant.recording WHERE id = %s", recording)
    pages += ["/app/recordings", f"/app/recordings/{recording}", f"/app/calls/{recorded}"]
    pages += [f"/app/calls/{house.server.a.call}", "/app/redactions", f"/app/redactions/{house.server.a.redaction}"]
    pages += ["/app/payments", "/app/numbers", "/app/webhooks", f"/app/webhooks/{house.server.a.webhook}"]
    pages += ["/app/security", "/app/account/factors", "/app/enrol", "/app/settings", "/app/states"]
    stranger = house.newcomer()
    found: dict[str, list[str]] = {}
    for person, paths in ((owner, pages), (stranger, ["/app/sign-in", "/app/sign-in/code", "/app/enter/x"])):
        for path in paths:
            person.page.set_viewport_size({"width": 1440, "height": 900})
            person.open(path)
            for theme in ("light", "dark"):
                person.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # colours do not fade
                if faults := faults_of_access(person.page):
                    found[f"{path} {theme}"] = faults
            person.page.set_viewport_size({"width": 390, "height": 844})
            if person.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.setdefault(path, []).append("wider than a phone")
            if path in {"/app/messages", "/app/faxes", "/app/calls"}:
                [row, *_] = person.page.locator("tbody tr").all()
                numbers = [each for each in row.locator("td.mono").all() if each.is_visible()]
                if not row.locator("time").is_visible() or len(numbers) != 1:
                    found.setdefault(path, []).append("a phone does not show when, and with whom")
    assert not found
    assert not owner.complaints()


def test_what_opens_to_clinicians_is_for_everybody_too(house: House, owner: Person) -> None:
    """The player with its transcript, what is found, and an analysis: content, which owners were not granted."""
    clinician = house.invited("eve@birch.example", "practitioner")
    owner.open("/app/grants")
    owner.page.get_by_role("link", name="Give a grant").click()
    dialog = owner.page.locator("#give")
    dialog.get_by_label("To", exact=True).select_option(label="eve@birch.example")
    dialog.get_by_label("Reaches").fill(f"project:{house.server.a.project}")
    dialog.get_by_label("Reason").fill("cover")
    with owner.page.expect_navigation():
        dialog.get_by_role("button", name="Give").click()
    tenant, page = house.server.a, clinician.page
    found = {}
    for path in (
        f"/app/recordings/{tenant.recording}",
        f"/app/conversations/{tenant.conversation}/analysis",
        "/app/search?q=payment",
    ):
        page.set_viewport_size({"width": 1440, "height": 900})
        assert clinician.open(path) == 200, path
        if "recordings" in path:
            page.get_by_role("button", name="Open it, silenced").click()
            page.locator("audio").wait_for()
            assert "the payment went through" in page.locator("main").inner_text()
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            if faults := faults_of_access(page):
                found[f"{path} {theme}"] = faults
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.setdefault(path, []).append("wider than a phone")
    assert not found
    assert page.get_by_role("link", name="Recording").count(), "the recording is found by what was written down of it"


def test_a_forged_proof_does_not_verify(house: House, owner: Person) -> None:
    page = owner.page

    def forge(route: object, request: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]  # Playwright's own
        facts = json.loads(answer.text())
        sibling = facts["chosen"]["siblings"][0]
        sibling["hash"] = sibling["hash"][::-1]
        route.fulfill(response=answer, body=json.dumps(facts))  # type: ignore[attr-defined]  # as above

    owner.open("/app/ledger/3")
    page.route("**/app/ledger/3.json", forge)
    assert "Does not verify" in owner.prove()
    page.unroute("**/app/ledger/3.json")
    assert "verified in your browser" in owner.prove()

    page.locator("[data-grown]").click()
    page.locator("[data-growth].ok").wait_for()
    assert "unchanged" in page.locator("[data-growth]").inner_text()
    page.evaluate(
        "for (const name of Object.keys(localStorage).filter((each) => each.startsWith('privity.log.'))) {"
        " const seen = JSON.parse(localStorage[name]); seen.root = [...seen.root].reverse().join('');"
        " localStorage[name] = JSON.stringify(seen); }"
    )
    page.locator("[data-grown]").click()
    page.locator("[data-growth].deny").wait_for()
