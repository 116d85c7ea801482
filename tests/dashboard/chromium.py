"""Debian's Chromium under Playwright, with passkeys that live in the browser's own virtual authenticator."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, sync_playwright

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
_SERIOUS = {"serious", "critical"}
_REFUSED = "Failed to load resource: the server responded with a status of 4"


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Run the browser; skips the test when there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not on this machine; `make test` fetches it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody at a browser of their own: what they see, and what the console said."""

    site: str
    context: BrowserContext
    page: Page
    said: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, browser: Chromium, site: str) -> "Person":
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.set_default_timeout(20_000)
        person = cls(site, context, page)
        page.on("console", lambda message: person.said.append(message.text))
        page.on("pageerror", lambda error: person.said.append(str(error)))
        session = context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": _AUTHENTICATOR})
        return person

    def open(self, path: str) -> int:
        """Type an address; return the status of the answer."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        return answer.status

    def json(self, path: str) -> int:
        """Ask for the JSON of a page; return the status of the answer."""
        return self.context.request.get(f"{self.site}{path}.json").status

    def come_in(self, link: str) -> None:
        """Follow a link."""
        self.page.goto(link)
        self.page.get_by_role("button", name="Continue").click()
        self.page.wait_for_url("**/app/enrol")

    def enrol_passkey(self) -> None:
        self.page.locator("[data-passkey=enrol]").click()
        self.page.get_by_text("Your second factor is set up").wait_for()

    def enrol_authenticator(self) -> str:
        """Set an authenticator app up from the key under the QR code, and return the key."""
        self.page.locator("form[action='/app/enrol/authenticator'] button").click()
        assert self.page.locator("svg.qr path").get_attribute("d")
        seed = self.page.locator(".command span").first.inner_text().replace(" ", "")
        self.page.get_by_label("First code").fill(pyotp.TOTP(seed).now())
        self.page.get_by_role("button", name="Finish").click()
        self.page.get_by_text("Your second factor is set up").wait_for()
        return seed

    def invite(self, email: str, role: str) -> str:
        """Invite somebody and return the link that is shown."""
        self.open("/app/people")
        self.page.get_by_role("link", name="Invite", exact=True).click()
        dialog = self.page.locator("#invite")
        dialog.get_by_label("E-mail address").fill(email)
        dialog.locator(f"input[value={role}]").check()
        dialog.get_by_role("button", name="Invite").click()
        return str(self.page.locator(".command span").first.inner_text())

    def doors(self) -> set[str]:
        """The lines of the navigation."""
        return {door.inner_text() for door in self.page.locator(".nav a.door").all()}

    def prove(self) -> str:
        """Let the browser check the proof on the page, and return its verdict."""
        self.page.wait_for_load_state()  # before that no script hears the click
        self.page.locator("[data-verify]").first.click()
        self.page.locator("[data-verdict].ok, [data-verdict].deny, [data-verdict].warn").wait_for()
        return str(self.page.locator("[data-verdict]").inner_text())

    def complaints(self) -> list[str]:
        """What the console said that nobody asked for: a refusal that was typed for is reported by its status."""
        return [words for words in self.said if not words.startswith(_REFUSED)]


def faults_of_access(page: Page) -> list[str]:
    """What axe-core finds serious on a page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found if each["impact"] in _SERIOUS]
