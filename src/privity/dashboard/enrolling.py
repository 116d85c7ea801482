"""`/app/second` and `/app/enrol`: the second factor, shown or enrolled, by the person whose it is."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
import segno
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own
from privity.api.people.exchange import browser_of
from privity.dashboard.forms import form_of
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page, page_of_site
from privity.dashboard.signing_in import go_on, next_step
from privity.errors import NotAuthenticated, TooManyRequests
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.running import Installation

_OWN: Final = callers_own(resources.own_tenant)
_QUIET_ZONE: Final = 4  # modules around a QR code (ISO/IEC 18004)


class Second(msgspec.Struct, frozen=True, kw_only=True):
    """The second factor is asked for."""

    host: str
    next: str
    fault: str = ""


class Enrol(msgspec.Struct, frozen=True, kw_only=True):
    """What there is already; a person without a finished second factor can do nothing else."""

    host: str
    passkeys: int
    authenticators: int
    recovery_codes: int
    finished: bool


class Authenticator(msgspec.Struct, frozen=True, kw_only=True):
    """What an authenticator app needs, shown this once. `qr` is an SVG path over `side` modules."""

    host: str
    factor_id: UUID
    secret: str
    uri: str
    qr: str
    side: int
    fault: str = ""

    def __repr__(self) -> str:
        """Show the factor's id."""
        return f"Authenticator({self.factor_id})"


class Recovery(msgspec.Struct, frozen=True):
    """Recovery codes, shown this once."""

    codes: list[str]

    def __repr__(self) -> str:
        """Show how many there are."""
        return f"Recovery({len(self.codes)})"


@get("/app/second", opt=act(Action.SESSION_READ, _OWN, people=True))
async def ask(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    frames: NamedDependency[Frames],
    after: Annotated[str, QueryParameter(name="next")] = "/app",
) -> Response[Any]:
    """Ask for the second factor."""
    if access.caller.mfa:
        return go_on(page_of_site(after))
    return frames.draw(request, _second(request, page_of_site(after)))


@post("/app/second/code", status_code=303, opt=act(Action.SESSION_STEP_UP, _OWN, people=True))
async def show_code(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[Any]:
    """Show a code of an authenticator app."""
    form = await form_of(request, "code", "next")
    browser = browser_of(request, installation.sites)
    try:
        signed = await installation.second_factors.step_up_totp(access, "".join(form["code"].split()), browser)
    except (NotAuthenticated, TooManyRequests) as error:
        access.status = error.status
        fault = f"{error.message}. {error.advice}"
        return frames.draw(request, _second(request, page_of_site(form["next"]), fault, error.status))
    return go_on(next_step(signed.caller, page_of_site(form["next"])), signed.cookies)


@post("/app/second/recovery", status_code=303, opt=act(Action.SESSION_STEP_UP, _OWN, people=True))
async def show_recovery(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[Any]:
    """Show a recovery code, to enrol a new factor with."""
    form = await form_of(request, "code", "next")
    browser = browser_of(request, installation.sites)
    try:
        signed = await installation.second_factors.step_up_recovery(access, form["code"].strip(), browser)
    except (NotAuthenticated, TooManyRequests) as error:
        access.status = error.status
        fault = f"{error.message}. {error.advice}"
        return frames.draw(request, _second(request, page_of_site(form["next"]), fault, error.status))
    return go_on("/app/enrol", signed.cookies)


@get("/app/enrol", opt=act(Action.FACTOR_LIST, _OWN, people=True))
async def choose(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show what can be enrolled, and what is."""
    rows = await installation.second_factors.confirmed(access)
    kinds = [str(row.kind) for row in rows]
    facts = Enrol(
        host=request.headers.get("host", ""),
        passkeys=kinds.count("passkey"),
        authenticators=kinds.count("totp"),
        recovery_codes=kinds.count("recovery"),
        finished=access.caller.mfa,
    )
    return await frames.answer_bare(request, Page(template="enrol.html", title="Second factor", facts=facts))


@post("/app/enrol/authenticator", status_code=200, opt=act(Action.FACTOR_ADD, _OWN, people=True))
async def begin_authenticator(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show a new seed as a QR code and as text."""
    offer = await installation.second_factors.begin_totp(access)
    facts = _authenticator(request, offer.factor_id, offer.secret, offer.uri)
    return frames.draw(request, Page(template="authenticator.html", title="Authenticator", facts=facts))


@post("/app/enrol/authenticator/code", status_code=303, opt=act(Action.FACTOR_ADD, _OWN, people=True))
async def confirm_authenticator(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Enrol the app by its first code."""
    form = await form_of(request, "factor_id", "code")
    signed = await installation.second_factors.confirm_totp(
        access,
        parse_id(form["factor_id"], "the factor's id"),
        "".join(form["code"].split()),
        browser_of(request, installation.sites),
    )
    return go_on("/app/enrol", signed.cookies)


@post("/app/enrol/recovery", status_code=200, opt=act(Action.FACTOR_ADD, _OWN, people=True))
async def recovery_codes(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show ten new recovery codes; older ones are worth nothing any more."""
    await form_of(request)
    codes = await installation.second_factors.recovery_codes(access)
    return frames.draw(request, Page(template="recovery.html", title="Recovery codes", facts=Recovery(list(codes))))


def _second(request: Request[Any, Any, Any], after: str, fault: str = "", status: int = 200) -> Page:
    facts = Second(host=request.headers.get("host", ""), next=after, fault=fault)
    return Page(template="second.html", title="Second factor", facts=facts, status=status)


def _authenticator(request: Request[Any, Any, Any], factor: UUID, secret: str, uri: str) -> Authenticator:
    rows = [list(row) for row in segno.make(uri, error="m", micro=False).matrix]
    dark = [(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module]
    path = "".join(f"M{x + _QUIET_ZONE} {y + _QUIET_ZONE}h1v1h-1z" for x, y in dark)
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return Authenticator(
        host=request.headers.get("host", ""),
        factor_id=factor,
        secret=grouped,
        uri=uri,
        qr=path,
        side=len(rows) + 2 * _QUIET_ZONE,
    )


HANDLERS: Final = (
    ask,
    show_code,
    show_recovery,
    choose,
    begin_authenticator,
    confirm_authenticator,
    recovery_codes,
)
