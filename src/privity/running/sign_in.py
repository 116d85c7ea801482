"""Signing in: a first factor is shown, the gate decides and records, and a session begins that can enrol or step up.

Each way ends in `begin`, through the gate: a tenant that is closed, a person who is locked, or a ledger that does not
answer keeps everybody out. What is tried on the way is counted first (`privity.identity.rates`).
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from privity.delivery import Mail
from privity.errors import NotAuthenticated, PrivityError, TooManyRequests
from privity.gate import Action, Gate, resources
from privity.identity import Factor, Link, Standing, normalised
from privity.identity.browsers import Browser, SignedIn, bytes_in
from privity.identity.codes import wrong_code
from privity.identity.cookies import FLOW, Cookie, removed
from privity.identity.factors import use_passkey
from privity.identity.links import not_good
from privity.identity.passkeys import (
    CHALLENGE_BYTES,
    authentication_options,
    passkey_not_accepted,
    shown,
    verified_count,
)
from privity.identity.people import Found, add_person, add_session, read_person
from privity.identity.rates import (
    CODES_ASKED_BY_ACCOUNT,
    CODES_ASKED_BY_ADDRESS,
    PROOFS_BY_ADDRESS,
    TRIES_BY_ACCOUNT,
    TRIES_BY_ADDRESS,
    Counted,
    Limit,
)
from privity.identity.sessions import SESSION_LIVES, person_signing_in
from privity.running.doorway import Doorway
from privity.running.notices import Told
from privity.store import TenantTransaction

_LOCKS_ARE_TOLD_EVERY: Final = timedelta(minutes=3)
NO_TENANT: Final = UUID(int=0)
"""Stands for the tenant of a workspace that there is not, so that the work is the same."""

InTransaction = Callable[[TenantTransaction], Awaitable[None]]


class SignIn:
    """The ways in for people."""

    def __init__(self, gate: Gate, doorway: Doorway) -> None:
        self._gate = gate
        self._door = doorway
        self._behind: set[asyncio.Task[None]] = set()

    async def request_code(self, workspace: str, address: str, browser: Browser) -> tuple[Cookie, ...]:
        """Send a code to an address if it is somebody's, and return the cookie that binds it to this browser.

        Known and unknown addresses and workspaces are answered alike and after the same work. Raises TooManyRequests,
        and BadInput for what is no address.
        """
        door, email = self._door, normalised(address)
        tenant = await door.directory.workspace(workspace.strip()) or NO_TENANT
        index = door.addresses.index(tenant, email)
        account = door.account(tenant, index)
        await door.rates.take(self._counters(account, browser, CODES_ASKED_BY_ACCOUNT, CODES_ASKED_BY_ADDRESS))
        person = await door.directory.by_address(tenant, index)
        asked = await door.codes.ask(tenant, person.id if person is not None and person.open else None)
        if person is not None and person.open:
            door.postbox.post(_mail_with_code(email, asked.code, door))
        flow = door.flows.begin("code", tid=str(tenant), cid=str(asked.id), br=asked.browser, idx=index)
        return (flow,)

    async def enter_code(self, code: str, browser: Browser) -> SignedIn:
        """Sign in with a code that this browser asked for; raises NotAuthenticated, TooManyRequests."""
        door = self._door
        flow = door.flows.read("code", browser)
        tenant, index = UUID(flow["tid"]), bytes_in(flow["idx"])
        account = door.account(tenant, index)
        counters = self._counters(account, browser, TRIES_BY_ACCOUNT, TRIES_BY_ADDRESS)
        try:
            await door.rates.take(counters)
        except TooManyRequests:
            self._tell_of_lock(tenant, index, account, browser)
            raise
        person = await door.codes.enter(tenant, UUID(flow["cid"]), code, bytes_in(flow["br"]))
        found = await door.directory.by_id(tenant, person)
        if found is None or not found.open:
            raise wrong_code()
        await door.rates.forgive(counters[:1])
        return await self.begin(tenant, found, Factor.MAIL, browser)

    async def look_at_link(self, text: str) -> Link:
        """Return what a link is good for, without using it; raises NotAuthenticated."""
        return await self._door.links.look(text)

    async def follow_link(self, text: str, browser: Browser) -> SignedIn:
        """Sign in by a link, which is used up; an invitation makes the person in the same transaction."""
        door = self._door
        await door.rates.take([door.rates.by_address(PROOFS_BY_ADDRESS, browser.origin.address)])
        link = await door.links.look(text)
        if link.kind == "invitation":
            found = _as_found(link.person_id, link)
        else:
            standing = await door.directory.by_id(link.tenant, link.person_id)
            if standing is None or not standing.open:
                raise not_good()
            found = standing

        async def use(tx: TenantTransaction) -> None:
            await door.links.use(tx, link)
            if link.kind == "invitation":
                at = door.clock.now()
                await add_person(tx, found.id, link, email=link.email, email_index=link.email_index, at=at)

        return await self.begin(link.tenant, found, Factor.LINK, browser, first=use)

    async def passkey_options(self, browser: Browser) -> tuple[dict[str, Any], tuple[Cookie, ...]]:
        """Return what a browser needs to show any passkey of this site, and the cookie that binds the challenge."""
        door = self._door
        await door.rates.take([door.rates.by_address(PROOFS_BY_ADDRESS, browser.origin.address)])
        challenge = os.urandom(CHALLENGE_BYTES)
        return authentication_options(browser.site, challenge), (door.flows.begin("passkey", ch=challenge),)

    async def passkey(self, credential: Mapping[str, Any], browser: Browser) -> SignedIn:
        """Sign in with a passkey, which is both factors; raises NotAuthenticated. A challenge is good for one try."""
        door = self._door
        await door.rates.take([door.rates.by_address(PROOFS_BY_ADDRESS, browser.origin.address)])
        challenge = await door.challenge("passkey", browser)
        claimed = shown(credential)
        known = await door.passkey(claimed.tenant, claimed.credential)
        if known is None or known.person_id != claimed.person:
            raise passkey_not_accepted()
        count = verified_count(
            browser.site, challenge, credential, public_key=known.public_key, sign_count=known.sign_count
        )
        found = await door.directory.by_id(claimed.tenant, claimed.person)
        if found is None or not found.open:
            raise passkey_not_accepted()

        async def use(tx: TenantTransaction) -> None:
            if not await use_passkey(tx, known.id, count, door.clock.now()):
                raise passkey_not_accepted()

        return await self.begin(claimed.tenant, found, Factor.PASSKEY, browser, first=use)

    async def renew(self, token: str, browser: Browser) -> SignedIn:
        """Return new cookies for a refresh token; one that was used before ends its session and is recorded.

        A token is spent only once the gate has let it through: a ledger that is down leaves it good for the next try.
        """
        sessions, here = self._door.sessions, resources.own_tenant()
        renewal = await sessions.renewal(token, browser.origin)
        caller = renewal.caller
        async with self._gate.open(caller, Action.SESSION_RENEW, here) as access:
            cookies = await sessions.rotate(renewal)
            if cookies is not None:
                return SignedIn(caller=caller, cookies=cookies)
            access.status = NotAuthenticated.status
        async with self._gate.open(caller, Action.SESSION_END, here) as access:
            access.status = NotAuthenticated.status
            access.settles_as(reason="refresh-token-reused", session=str(caller.session))
            await self._door.notices.tell_person(access, Told.STOLEN, UUID(caller.id))
        raise NotAuthenticated("nobody is signed in here", advice="Sign in.")

    async def begin(
        self,
        tenant: UUID,
        person: Found,
        factor: Factor,
        browser: Browser,
        *,
        first: InTransaction | None = None,
        **told: str,
    ) -> SignedIn:
        """Begin the session of somebody who has shown a first factor; what is `told` stands in its entry."""
        door = self._door
        caller = person_signing_in(tenant, person.id, person, factor, browser.origin, enrolled=person.enrolled)
        session, now = door.ids.new(), door.clock.now()
        ends = now + SESSION_LIVES
        came_from = await door.seal_origin(tenant, session, browser.origin)
        async with self._gate.open(caller, Action.SESSION_START, resources.own_tenant()) as access:
            access.outcome |= {"session": str(session), "shown": str(factor), **told}
            async with access.transaction() as tx:
                if first is not None:
                    await first(tx)
                await add_session(tx, session, person.id, [factor], at=now, until=ends, came_from=came_from)
                account = door.account(tenant, (await read_person(tx, person.id)).email_index)
            if not door.flows.known_device(account, browser):
                await door.notices.tell_person(access, Told.SIGNED_IN, person.id, place=browser.origin.address)
        caller = msgspec.structs.replace(caller, session=session)
        cookies = (*door.sessions.cookies(caller, 1, ends), removed(FLOW))
        return SignedIn(caller=caller, cookies=cookies)

    async def close(self) -> None:
        """Wait for what is still being recorded."""
        await asyncio.gather(*self._behind, return_exceptions=True)

    def _counters(self, account: bytes, browser: Browser, by_account: Limit, by_address: Limit) -> list[Counted]:
        """Return what a try counts against: a known browser has counters of its own, which nobody else fills."""
        rates, device = self._door.rates, self._door.flows.known_device(account, browser)
        if device:
            return [rates.by_account(by_account, account, device)]
        return [rates.by_account(by_account, account), rates.by_address(by_address, browser.origin.address)]

    def _tell_of_lock(self, tenant: UUID, index: bytes, account: bytes, browser: Browser) -> None:
        """Record in the tenant's ledger that an account is locked for unknown browsers, behind the answer like mail."""
        task = asyncio.get_running_loop().create_task(self._record_lock(tenant, index, account, browser))
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)

    async def _record_lock(self, tenant: UUID, index: bytes, account: bytes, browser: Browser) -> None:
        door = self._door
        try:
            found = await door.directory.by_address(tenant, index)
            if found is None or not await door.rates.spend("lock", account, _LOCKS_ARE_TOLD_EVERY):
                return
            caller = person_signing_in(tenant, found.id, found, Factor.MAIL, browser.origin, enrolled=found.enrolled)
            async with self._gate.open(caller, Action.SESSION_START, resources.own_tenant()) as access:
                access.status = TooManyRequests.status
                access.settles_as(reason="too-many-tries")
        except PrivityError:
            return  # the refusal itself stands in the platform's log


def _as_found(person: UUID, standing: Standing) -> Found:
    return Found(
        id=person,
        open=True,
        enrolled=False,
        role=standing.role,
        clinical=standing.clinical,
        every_project=standing.every_project,
        projects=standing.projects,
    )


def _mail_with_code(email: str, code: str, door: Doorway) -> Mail:
    text = (
        f"Your code to sign in to Privity is\n\n    {code[:4]} {code[4:]}\n\n"
        "It works once, for ten minutes, and only in the browser that asked for it.\n"
        "If that was not you, do nothing: nobody can sign in without the code.\n"
    )
    return Mail(to=email, subject="Your sign-in code", text=text, at=door.clock.now())
