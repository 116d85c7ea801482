"""People in their browsers, against an application in this process: its clock can be moved and its mail be read.

async def test_something(clinic: Clinic) -> None:
    owner = await clinic.owner()
    other = await clinic.invited(owner, "ann@birch.example", "practitioner")
"""

import os
import re
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pyotp
import pytest
from scene import Place

from privity.api.app import make_app
from privity.clock import SteppedClock
from privity.identity import Origin, Scope, operator_of_this_machine
from privity.ledger import Leaf, read_leaf
from privity.platform import Profile
from privity.running import Installation, make_sign_in_link, make_tenant, make_token, open_installation

sys.path.append(str(Path(__file__).resolve().parent.parent / "identity"))

from authenticator import SoftAuthenticator

BASE = "http://localhost:8440"
_NUMBERS = iter(range(1, 10_000))


@dataclass
class Browser:
    """One browser with its cookies; every request says where it comes from, as browsers do."""

    app: Any
    installation: Installation
    clock: SteppedClock
    origin: str | None = BASE
    address: str = "127.0.0.1"
    jar: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)
    totp: str = ""
    email: str = ""
    workspace: str = ""

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Send a request with the cookies that belong to its path, and keep those that come back."""
        sent = {name: value for name, value in self.jar.items() if path.startswith(self.paths[name])}
        told = {"Origin": self.origin, "Cookie": "; ".join(f"{name}={value}" for name, value in sent.items())}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        transport = httpx.ASGITransport(self.app, client=(self.address, 1), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            answer = await client.request(
                method, path, json=body, headers={name: value for name, value in told.items() if value}
            )
        self.set_cookies = answer.headers.get_list("set-cookie")
        for cookie in self.set_cookies:
            name, value = cookie.partition(";")[0].split("=", 1)
            self.paths[name] = next(iter(re.findall(r"Path=([^;]+)", cookie)), "/")
            self.jar[name] = value
            if re.search(r"Max-Age=0\b", cookie):
                del self.jar[name]
        return answer

    async def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return await self.call("POST", f"/app/api/{path}", body, **headers)

    async def get(self, path: str) -> httpx.Response:
        return await self.call("GET", f"/app/api/{path}")

    async def delete(self, path: str) -> httpx.Response:
        return await self.call("DELETE", f"/app/api/{path}")

    async def status(self) -> int:
        """How the server answers who is signed in."""
        return (await self.get("session")).status_code

    async def enrol_totp(self) -> httpx.Response:
        offer = (await self.post("factors/totp/begin")).json()
        self.totp = offer["secret"]
        return await self.post("factors/totp", {"factor_id": offer["factor_id"], "code": self.code()})

    def code(self) -> str:
        return pyotp.TOTP(self.totp).at(self.clock.now())

    async def step_up(self) -> httpx.Response:
        """Show a code of the next time step: that of this one may have been used."""
        self.clock.advance(timedelta(seconds=30))
        return await self.post("session/step-up/totp", {"code": self.code()})

    async def enrol_passkey(self) -> SoftAuthenticator:
        authenticator = SoftAuthenticator(BASE)
        options = (await self.post("factors/passkey/begin")).json()
        made = await self.post("factors/passkey", {"credential": authenticator.create(options), "name": "key"})
        assert made.status_code == 201, made.text
        return authenticator

    async def ask_code(self) -> httpx.Response:
        return await self.post("sign-in/code", {"workspace": self.workspace, "email": self.email})

    async def by_mail(self) -> httpx.Response:
        """Sign in by a code that was mailed."""
        assert (await self.ask_code()).status_code == 202
        return await self.post("sign-in/code/enter", {"code": await mailed_code(self.installation, self.email)})


def move_clock(installation: Installation, clock: SteppedClock) -> None:
    """Give everything that lets people in a clock of the test's own; the database and its guard keep the real one."""
    door = installation.doorway
    door.clock = clock
    parts: list[object] = [door.sessions, door.links, door.codes, door.rates, door.oauth, door.oauth._tokens]
    parts += [door.sessions._access, door.sessions._refresh, door.flows._flows, door.flows._devices]
    for part in parts:
        vars(part)["_clock"] = clock


async def mails_to(installation: Installation, email: str) -> list[str]:
    """The texts that were mailed to an address, newest first."""
    await installation.doorway.postbox.close()
    assert installation.outbox is not None
    return [mail.text for mail in installation.outbox.mails if mail.to == email]


async def mailed_code(installation: Installation, email: str) -> str:
    """The newest code that was mailed to an address."""
    text = (await mails_to(installation, email))[0]
    return "".join(re.findall(r"^ +(\d{4}) (\d{4})$", text, re.MULTILINE)[0])


@dataclass
class Clinic:
    """A tenant of its own for one test, in a directory that all tests share."""

    place: Place
    app: Any
    installation: Installation
    clock: SteppedClock
    tenant: UUID
    project: UUID
    name: str
    owner_email: str
    token: str
    address: str

    def browser(self, email: str = "", **how: Any) -> Browser:
        how = {"address": self.address} | how
        return Browser(self.app, self.installation, self.clock, email=email, workspace=self.name, **how)

    async def link(self, email: str | None = None) -> str:
        """A sign-in link that the operator makes; the part after the last slash."""
        operator = operator_of_this_machine(self.tenant, Origin(request_id=self.installation.ids.new()))
        url = await make_sign_in_link(self.installation, operator, email or self.owner_email)
        return url.rpartition("/")[2]

    async def owner(self, *, enrolled: bool = True) -> Browser:
        """The owner, signed in by link, with an authenticator app unless `enrolled` is false."""
        browser = self.browser(self.owner_email)
        answer = await browser.post("links/follow", {"link": await self.link()})
        assert answer.status_code == 200, answer.text
        if enrolled:
            assert (await browser.enrol_totp()).status_code == 201
        return browser

    async def invited(self, by: Browser, email: str, role: str, *, enrolled: bool = True, **standing: Any) -> Browser:
        """Somebody who followed an invitation."""
        made = await by.post("people/invitations", {"email": email, "role": role, **standing})
        assert made.status_code == 201, made.text
        browser = self.browser(email)
        answer = await browser.post("links/follow", {"link": made.json()["url"].rpartition("/")[2]})
        assert answer.status_code == 200, answer.text
        if enrolled:
            assert (await browser.enrol_totp()).status_code == 201
        return browser

    def leaves(self, log: str | None = None) -> list[Leaf]:
        """Every entry of the tenant's log, or of another, once nothing waits."""
        until = time.monotonic() + 20
        while self.place.rows("SELECT count(*) FROM ledger.inbox")[0][0]:
            assert time.monotonic() < until
            time.sleep(0.02)
        rows = self.place.rows("SELECT leaf FROM ledger.entry WHERE log = %s ORDER BY index", log or str(self.tenant))
        return [read_leaf(leaf) for (leaf,) in rows]


@pytest.fixture
async def clinic(held: Place) -> AsyncIterator[Clinic]:
    """A clinic with an owner who has never signed in."""
    clock = SteppedClock(datetime.now(UTC))
    number = next(_NUMBERS)
    name = f"clinic {number} of {os.getpid()}"
    async with open_installation(held.data.path) as installation:
        move_clock(installation, clock)
        operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
        email = "owner@clinic.example"
        tenant, project = await make_tenant(installation, operator, name=name, profile=Profile.CLINIC, owner=email)
        inside = msgspec.structs.replace(operator, tenant=tenant)
        token = await make_token(installation, inside, scopes=frozenset(Scope), name="one")
        app = make_app(installation)
        address = f"10.{os.getpid() % 250}.{number % 250}.1"
        yield Clinic(held, app, installation, clock, tenant, project, name, email, token.text, address)
