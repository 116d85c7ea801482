"""One's own account: who am I, devices, second factors."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own, named
from privity.api.people.exchange import SessionOut, body_of, browser_of, session_out, with_cookies
from privity.gate import Access, Action, resources
from privity.identity.cookies import REFRESH, SESSION, removed
from privity.ids import parse_id
from privity.running import Installation
from privity.running.people import SessionShown
from privity.running.second_factors import TotpOffer

_OWN: Final = callers_own(resources.own_tenant)


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code as it was typed."""

    code: str


class ConfirmTotp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first code of a new authenticator app."""

    factor_id: UUID
    code: str


class NewPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `navigator.credentials.create` gave, as JSON, and what the person calls it."""

    credential: dict[str, Any]
    name: str = "passkey"


class ShownPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `navigator.credentials.get` gave, as JSON."""

    credential: dict[str, Any]


class FactorOut(msgspec.Struct, frozen=True, kw_only=True):
    """A second factor, or one recovery code that is left. Times are UTC."""

    id: UUID
    kind: str
    name: str
    created_at: datetime
    used_at: datetime | None


class Factors(msgspec.Struct, frozen=True):
    """Every second factor, and how many recovery codes are left."""

    factors: list[FactorOut]
    recovery_codes_left: int


class RecoveryCodesOut(msgspec.Struct, frozen=True):
    """Recovery codes, shown this once."""

    codes: list[str]


class Devices(msgspec.Struct, frozen=True):
    """Where a person is signed in."""

    sessions: list[SessionShown]


@get("/app/api/session", opt=act(Action.SESSION_READ, _OWN, people=True))
async def who_am_i(access: NamedDependency[Access]) -> SessionOut:
    """Say who is signed in."""
    return session_out(access.caller)


@post("/app/api/session/end", status_code=204, opt=act(Action.SESSION_END, _OWN, people=True))
async def sign_out(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[None]:
    """Sign out, on every device (promise C84)."""
    await installation.people.end_session(access, None)
    return with_cookies(None, (removed(SESSION), removed(REFRESH)), status=204)


@get("/app/api/sessions", opt=act(Action.SESSION_LIST, _OWN, people=True))
async def list_devices(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Devices:
    """List where one is signed in."""
    return Devices(await installation.people.sessions(access))


@delete("/app/api/sessions/{id:str}", status_code=204, opt=act(Action.SESSION_END, _OWN, people=True))
async def end_device(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> None:
    """End one session of one's own."""
    await installation.people.end_session(access, parse_id(str(request.path_params["id"]), "the session"))


@get("/app/api/factors", opt=act(Action.FACTOR_LIST, _OWN, people=True))
async def list_factors(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Factors:
    """List one's second factors."""
    rows = await installation.second_factors.confirmed(access)
    shown = [
        FactorOut(id=row.id, kind=row.kind, name=row.name, created_at=row.created_at, used_at=row.used_at)
        for row in rows
        if row.kind != "recovery"
    ]
    return Factors(shown, len(rows) - len(shown))


@post("/app/api/factors/totp/begin", status_code=200, opt=act(Action.FACTOR_ADD, _OWN, people=True))
async def begin_totp(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> TotpOffer:
    """Give the seed for an authenticator app, this once."""
    return await installation.second_factors.begin_totp(access)


@post("/app/api/factors/totp", status_code=201, opt=act(Action.FACTOR_ADD, _OWN, people=True))
async def confirm_totp(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[SessionOut]:
    """Enrol an authenticator app by a first code."""
    given = await body_of(request, ConfirmTotp)
    browser = browser_of(request, installation.sites)
    signed = await installation.second_factors.confirm_totp(access, given.factor_id, given.code, browser)
    return with_cookies(session_out(signed.caller), signed.cookies, status=201)


@post("/app/api/factors/passkey/begin", status_code=200, opt=act(Action.FACTOR_ADD, _OWN, people=True))
async def begin_passkey(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[dict[str, Any]]:
    """Give what a browser needs to make a passkey."""
    browser = browser_of(request, installation.sites)
    options, cookies = await installation.second_factors.begin_passkey(access, browser)
    return with_cookies(options, cookies)


@post("/app/api/factors/passkey", status_code=201, opt=act(Action.FACTOR_ADD, _OWN, people=True))
async def confirm_passkey(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[SessionOut]:
    """Enrol a passkey."""
    given = await body_of(request, NewPasskey)
    browser = browser_of(request, installation.sites)
    signed = await installation.second_factors.confirm_passkey(access, given.credential, given.name, browser)
    return with_cookies(session_out(signed.caller), signed.cookies, status=201)


@post("/app/api/factors/recovery", status_code=201, opt=act(Action.FACTOR_ADD, _OWN, people=True))
async def new_recovery_codes(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> RecoveryCodesOut:
    """Make ten new recovery codes; older ones are worth nothing from then on."""
    return RecoveryCodesOut(list(await installation.second_factors.recovery_codes(access)))


@delete(
    "/app/api/factors/{id:str}",
    status_code=204,
    opt=act(Action.FACTOR_REMOVE, named(resources.factor), people=True),
)
async def remove_factor(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> None:
    """Remove a second factor; the last one stays. Signs out everywhere."""
    await installation.second_factors.remove(access)


@post("/app/api/session/step-up/totp", status_code=200, opt=act(Action.SESSION_STEP_UP, _OWN, people=True))
async def step_up_totp(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[SessionOut]:
    """Show a code of an authenticator app."""
    given = await body_of(request, Code)
    browser = browser_of(request, installation.sites)
    signed = await installation.second_factors.step_up_totp(access, given.code, browser)
    return with_cookies(session_out(signed.caller), signed.cookies)


@post("/app/api/session/step-up/recovery", status_code=200, opt=act(Action.SESSION_STEP_UP, _OWN, people=True))
async def step_up_recovery(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[SessionOut]:
    """Show a recovery code, to enrol a new factor with."""
    given = await body_of(request, Code)
    browser = browser_of(request, installation.sites)
    signed = await installation.second_factors.step_up_recovery(access, given.code, browser)
    return with_cookies(session_out(signed.caller), signed.cookies)


@post("/app/api/session/step-up/passkey/begin", status_code=200, opt=act(Action.SESSION_STEP_UP, _OWN, people=True))
async def begin_step_up_passkey(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[dict[str, Any]]:
    """Give what a browser needs to show one of one's own passkeys."""
    browser = browser_of(request, installation.sites)
    options, cookies = await installation.second_factors.passkey_options(access, browser)
    return with_cookies(options, cookies)


@post("/app/api/session/step-up/passkey", status_code=200, opt=act(Action.SESSION_STEP_UP, _OWN, people=True))
async def step_up_passkey(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[SessionOut]:
    """Show a passkey."""
    given = await body_of(request, ShownPasskey)
    browser = browser_of(request, installation.sites)
    signed = await installation.second_factors.step_up_passkey(access, given.credential, browser)
    return with_cookies(session_out(signed.caller), signed.cookies)


HANDLERS: Final = (
    who_am_i,
    sign_out,
    list_devices,
    end_device,
    list_factors,
    begin_totp,
    confirm_totp,
    begin_passkey,
    confirm_passkey,
    new_recovery_codes,
    remove_factor,
    step_up_totp,
    step_up_recovery,
    begin_step_up_passkey,
    step_up_passkey,
)
