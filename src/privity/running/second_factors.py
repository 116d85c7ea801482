"""Second factors: shown to step up, enrolled, replaced and removed, always by the person whose they are.

Whatever changes what a person can show ends sessions (conflict 19): a new factor those on all other devices, a removed
one all of them.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from privity.errors import BadInput, Conflict, NotAuthenticated, NotFound
from privity.gate import Access
from privity.identity import Factor
from privity.identity.browsers import Browser, SignedIn
from privity.identity.cookies import FLOW, Cookie, removed
from privity.identity.factors import (
    RECOVERY_CODES,
    FactorRow,
    add_passkey,
    add_totp,
    list_factors,
    raise_session,
    remove_factors,
    use_passkey,
    use_totp,
)
from privity.identity.passkeys import (
    CHALLENGE_BYTES,
    authentication_options,
    passkey_not_accepted,
    registered,
    registration_options,
    shown,
    verified_count,
)
from privity.identity.people import end_sessions, read_person
from privity.identity.rates import TRIES_BY_ACCOUNT, Counted
from privity.identity.totp import enrolment_uri, new_seed, step_of
from privity.running.doorway import Doorway
from privity.running.notices import Told
from privity.store import TenantTransaction
from privity.vault import Plaintext

_MOST_NAME = 80


class TotpOffer(msgspec.Struct, frozen=True, kw_only=True):
    """What an authenticator app needs, shown this once; the factor counts once a code of it was entered."""

    factor_id: UUID
    secret: str
    uri: str

    def __repr__(self) -> str:
        """Show the factor's id."""
        return f"TotpOffer({self.factor_id})"


class SecondFactors:
    """What a signed-in person does with their second factors; every method takes the access that the gate gave."""

    def __init__(self, doorway: Doorway) -> None:
        self._door = doorway

    async def confirmed(self, access: Access) -> list[FactorRow]:
        """Return the person's confirmed factors, and one row for each recovery code that is left."""
        async with access.transaction() as tx:
            return [each for each in await list_factors(tx, _person(access)) if each.confirmed_at is not None]

    async def begin_totp(self, access: Access, name: str = "authenticator") -> TotpOffer:
        """Return a new seed for an authenticator app."""
        door, factor, seed, who = self._door, self._door.ids.new(), new_seed(), _person(access)
        sealed = await door.seeds.seal(access.tenant, factor, Plaintext.of(seed))
        async with access.transaction() as tx:
            for begun in await list_factors(tx, who):
                if begun.confirmed_at is None:
                    await remove_factors(tx, who, factor=begun.id)
            await add_totp(tx, factor, who, _named(name), sealed, door.clock.now())
            person = await read_person(tx, who)
            access.made(factor)
        account = await door.addresses.open(access.tenant, who, person.email)
        return TotpOffer(factor_id=factor, secret=seed, uri=enrolment_uri(seed, account))

    async def confirm_totp(self, access: Access, factor: UUID, code: str, browser: Browser) -> SignedIn:
        """Enrol the app by a first code of it, which also steps this session up; raises NotAuthenticated."""
        counters = await self._count(access, browser)
        async with access.transaction() as tx:
            begun = [each for each in await list_factors(tx, _person(access)) if each.id == factor]
            if not begun or begun[0].confirmed_at is not None:
                raise NotFound("there is no such factor to be confirmed", advice="Begin to enrol one.")
            if not await self._fits(tx, access.tenant, begun[0], code):
                raise _wrong()
            raised = await self._raise(tx, access, Factor.TOTP)
            await end_sessions(tx, _person(access), "factor-added", self._door.clock.now(), but=access.caller.session)
            access.made(factor)
        await self._door.rates.forgive(counters)
        await self._door.notices.tell_person(access, Told.FACTOR_ADDED, _person(access))
        return await self._signed_in(access, Factor.TOTP, raised, browser)

    async def begin_passkey(self, access: Access, browser: Browser) -> tuple[dict[str, Any], tuple[Cookie, ...]]:
        """Return what a browser needs to make a passkey, and the cookie that binds the challenge."""
        door, who = self._door, _person(access)
        async with access.transaction() as tx:
            known = [each.credential for each in await list_factors(tx, who) if each.credential is not None]
            person = await read_person(tx, who)
        account = await door.addresses.open(access.tenant, who, person.email)
        challenge = os.urandom(CHALLENGE_BYTES)
        options = registration_options(browser.site, challenge, access.tenant, who, account, known)
        return options, (door.flows.begin("enrol", ch=challenge, sub=str(who)),)

    async def confirm_passkey(
        self, access: Access, credential: Mapping[str, Any], name: str, browser: Browser
    ) -> SignedIn:
        """Enrol a passkey, which also steps this session up; raises BadInput, NotAuthenticated."""
        door, who = self._door, _person(access)
        if door.flows.read("enrol", browser).get("sub") != str(who):
            raise NotAuthenticated("this was begun by somebody else", advice="Start again.")
        passkey = registered(browser.site, await door.challenge("enrol", browser), credential)
        factor, now = door.ids.new(), door.clock.now()
        async with access.transaction() as tx:
            if not await add_passkey(tx, factor, who, _named(name), passkey, now):
                raise Conflict("this passkey is enrolled already", advice="Use it to sign in.")
            raised = await self._raise(tx, access, Factor.PASSKEY)
            await end_sessions(tx, who, "factor-added", now, but=access.caller.session)
            access.made(factor)
        await door.notices.tell_person(access, Told.FACTOR_ADDED, who)
        return await self._signed_in(access, Factor.PASSKEY, raised, browser)

    async def recovery_codes(self, access: Access) -> Sequence[str]:
        """Return ten new recovery codes, to be written down; older ones are worth nothing any more."""
        ids = [self._door.ids.new() for _ in range(RECOVERY_CODES)]
        async with access.transaction() as tx:
            codes = await self._door.recovery_codes.replace(tx, _person(access), ids, self._door.clock.now())
        await self._door.notices.tell_person(access, Told.RECOVERY_CODES, _person(access))
        return codes

    async def remove(self, access: Access) -> None:
        """Remove the factor that the access is for, and end all sessions of the person; policy keeps the last one."""
        who = _person(access)
        async with access.transaction() as tx:
            await remove_factors(tx, who, factor=UUID(access.resource_id))
            await end_sessions(tx, who, "factor-removed", self._door.clock.now())
        await self._door.notices.tell_person(access, Told.FACTOR_REMOVED, who)

    async def step_up_totp(self, access: Access, code: str, browser: Browser) -> SignedIn:
        """Show a code of an authenticator app; raises NotAuthenticated, also for one that was used, TooManyRequests."""
        counters = await self._count(access, browser)
        async with access.transaction() as tx:
            apps = [each for each in await list_factors(tx, _person(access)) if each.kind == "totp"]
            fits = [each for each in apps if each.confirmed_at and await self._fits(tx, access.tenant, each, code)]
            if not fits:
                raise _wrong()
            raised = await self._raise(tx, access, Factor.TOTP)
        await self._door.rates.forgive(counters)
        return await self._signed_in(access, Factor.TOTP, raised, browser)

    async def step_up_recovery(self, access: Access, code: str, browser: Browser) -> SignedIn:
        """Show a recovery code, which lets its holder enrol a new factor and opens nothing else."""
        await self._count(access, browser)
        async with access.transaction() as tx:
            if not await self._door.recovery_codes.use(tx, _person(access), code, self._door.clock.now()):
                raise _wrong()
            raised = await self._raise(tx, access, Factor.RECOVERY)
        return await self._signed_in(access, Factor.RECOVERY, raised, browser)

    async def passkey_options(self, access: Access, browser: Browser) -> tuple[dict[str, Any], tuple[Cookie, ...]]:
        """Return what a browser needs to show one of the person's passkeys, and the cookie that binds the challenge."""
        async with access.transaction() as tx:
            rows = await list_factors(tx, _person(access))
        challenge = os.urandom(CHALLENGE_BYTES)
        known = [each.credential for each in rows if each.credential is not None]
        flow = self._door.flows.begin("step-up", ch=challenge, sub=access.caller.id)
        return authentication_options(browser.site, challenge, known), (flow,)

    async def step_up_passkey(self, access: Access, credential: Mapping[str, Any], browser: Browser) -> SignedIn:
        """Show a passkey; raises NotAuthenticated."""
        door, who = self._door, _person(access)
        challenge = await door.challenge("step-up", browser)
        claimed = shown(credential)
        async with access.transaction() as tx:
            rows = await list_factors(tx, who)
            known = next((each for each in rows if each.credential == claimed.credential), None)
            if known is None or known.public_key is None or known.sign_count is None:
                raise passkey_not_accepted()
            count = verified_count(
                browser.site, challenge, credential, public_key=known.public_key, sign_count=known.sign_count
            )
            if not await use_passkey(tx, known.id, count, door.clock.now()):
                raise passkey_not_accepted()
            raised = await self._raise(tx, access, Factor.PASSKEY)
        return await self._signed_in(access, Factor.PASSKEY, raised, browser)

    async def _fits(self, tx: TenantTransaction, tenant: UUID, factor: FactorRow, code: str) -> bool:
        if factor.seed is None:
            return False
        now = self._door.clock.now()
        with await self._door.seeds.open(tenant, factor.id, factor.seed) as seed:
            step = step_of(seed.text(), code, now)
        return step is not None and await use_totp(tx, factor.id, step, now)

    async def _raise(self, tx: TenantTransaction, access: Access, factor: Factor) -> "_Raised":
        access.outcome["shown"] = str(factor)
        session = access.caller.session
        generation = None if session is None else await raise_session(tx, session, factor, self._door.clock.now())
        if generation is None:
            raise NotAuthenticated("nobody is signed in here", advice="Sign in.")
        return _Raised(generation, (await read_person(tx, _person(access))).email_index)

    async def _signed_in(self, access: Access, factor: Factor, raised: "_Raised", browser: Browser) -> SignedIn:
        """Return the session as it is now; a browser in which a second factor was shown is a known one from now on."""
        door, caller = self._door, msgspec.structs.replace(access.caller, factors=access.caller.factors | {factor})
        ends = await door.sessions.expires_at(caller)
        cookies = (*door.sessions.cookies(caller, raised.generation, ends), removed(FLOW))
        if factor is not Factor.RECOVERY:
            caller = msgspec.structs.replace(caller, enrolled=True)
            account = door.account(access.tenant, raised.email_index)
            device = door.flows.known_device(account, browser) or os.urandom(16)
            cookies += (door.flows.remember((account, self._key(access)), device),)
        return SignedIn(caller=caller, cookies=cookies)

    async def _count(self, access: Access, browser: Browser) -> list[Counted]:
        """Count a try against the person, or against this browser if it is a known one, which others cannot fill."""
        account = self._key(access)
        device = self._door.flows.known_device(account, browser)
        counters = [self._door.rates.by_account(TRIES_BY_ACCOUNT, account, device)]
        await self._door.rates.take(counters)
        return counters

    def _key(self, access: Access) -> bytes:
        return self._door.rates.hashed("second factor", access.tenant.bytes, _person(access).bytes)


class _Raised(msgspec.Struct, frozen=True):
    generation: int
    email_index: bytes


def _person(access: Access) -> UUID:
    return UUID(access.caller.id)


def _named(name: str) -> str:
    if not 0 < len(name.strip()) <= _MOST_NAME:
        raise BadInput("a factor's name has 1 to 80 characters", advice="Name the device that it lives on.")
    return name.strip()


def _wrong() -> NotAuthenticated:
    return NotAuthenticated("the code is not right, or was used already", advice="Wait for the next code and enter it.")
