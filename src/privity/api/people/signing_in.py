"""Before anybody is known: codes by mail, links, passkeys, and the next cookie of a session."""

from datetime import datetime
from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import public
from privity.api.people.exchange import SessionOut, body_of, browser_of, cookie_of, session_out, with_cookies
from privity.errors import NotAuthenticated
from privity.identity import Role
from privity.identity.browsers import SignedIn
from privity.identity.cookies import DEVICE, REFRESH, SESSION, removed
from privity.running import Installation

_WHY: Final = "whoever signs in is not known yet; tries are counted and answered alike"


class AskForCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose code is asked for."""

    workspace: str
    email: str


class EnterCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code as it was typed."""

    code: str


class FollowLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A link that was opened."""

    link: str


class ShowPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `navigator.credentials.get` gave, as JSON (WebAuthn level 3, `toJSON`)."""

    credential: dict[str, Any]


class Asked(msgspec.Struct, frozen=True):
    """The one answer to whoever asks for a code."""

    sent: str = "if the address is known here, a code is on its way; it works for ten minutes in this browser"


class LinkOut(msgspec.Struct, frozen=True, kw_only=True):
    """What a link is good for. Times are UTC."""

    kind: str
    role: Role
    expires_at: datetime


@post("/app/api/sign-in/code", status_code=202, opt=public(_WHY))
async def ask_for_code(request: Request[Any, Any, Any], installation: NamedDependency[Installation]) -> Response[Asked]:
    """Send a code by mail, if there is somebody to send it to."""
    browser = browser_of(request, installation.sites)
    asked = await body_of(request, AskForCode)
    cookies = await installation.sign_in.request_code(asked.workspace, asked.email, browser)
    return with_cookies(Asked(), cookies, status=202)


@post("/app/api/sign-in/code/enter", status_code=200, opt=public(_WHY))
async def enter_code(
    request: Request[Any, Any, Any], installation: NamedDependency[Installation]
) -> Response[SessionOut]:
    """Sign in with a code."""
    browser = browser_of(request, installation.sites)
    entered = await body_of(request, EnterCode)
    return _signed_in(await installation.sign_in.enter_code(entered.code, browser))


@get("/app/api/links/{link:str}", opt=public("whoever has the link may look at it; looking uses nothing up"))
async def look_at_link(request: Request[Any, Any, Any], installation: NamedDependency[Installation]) -> LinkOut:
    """Say what a link is good for."""
    found = await installation.sign_in.look_at_link(str(request.path_params["link"]))
    return LinkOut(kind=found.kind, role=found.role, expires_at=found.expires_at)


@post("/app/api/links/follow", status_code=200, opt=public(_WHY))
async def follow_link(
    request: Request[Any, Any, Any], installation: NamedDependency[Installation]
) -> Response[SessionOut]:
    """Sign in by a link, which is used up."""
    browser = browser_of(request, installation.sites)
    followed = await body_of(request, FollowLink)
    return _signed_in(await installation.sign_in.follow_link(followed.link, browser))


@post("/app/api/sign-in/passkey/begin", status_code=200, opt=public(_WHY))
async def begin_passkey(
    request: Request[Any, Any, Any], installation: NamedDependency[Installation]
) -> Response[dict[str, Any]]:
    """Give what a browser needs to show a passkey."""
    options, cookies = await installation.sign_in.passkey_options(browser_of(request, installation.sites))
    return with_cookies(options, cookies)


@post("/app/api/sign-in/passkey", status_code=200, opt=public(_WHY))
async def show_passkey(
    request: Request[Any, Any, Any], installation: NamedDependency[Installation]
) -> Response[SessionOut]:
    """Sign in with a passkey."""
    browser = browser_of(request, installation.sites)
    credential = (await body_of(request, ShowPasskey)).credential
    return _signed_in(await installation.sign_in.passkey(credential, browser))


@post("/app/api/session/refresh", status_code=204, opt=public("a refresh token says who asks, and works once"))
async def refresh(request: Request[Any, Any, Any], installation: NamedDependency[Installation]) -> Response[None]:
    """Give the next cookie of a session; a token that was used before ends it."""
    browser = browser_of(request, installation.sites)
    token = cookie_of(request, REFRESH)
    if not token:
        raise NotAuthenticated("nobody is signed in here", advice="Sign in.")
    renewed = await installation.sign_in.renew(token, browser)
    return with_cookies(None, renewed.cookies, status=204)


@post("/app/api/session/forget", status_code=204, opt=public("removes cookies from the browser that asks"))
async def forget(request: Request[Any, Any, Any], installation: NamedDependency[Installation]) -> Response[None]:
    """Remove every cookie of ours from this browser, whatever they are worth."""
    browser_of(request, installation.sites)
    return with_cookies(None, tuple(removed(name) for name in (SESSION, REFRESH, DEVICE)), status=204)


def _signed_in(signed: SignedIn) -> Response[SessionOut]:
    return with_cookies(session_out(signed.caller), signed.cookies)


HANDLERS: Final = (
    ask_for_code,
    enter_code,
    look_at_link,
    follow_link,
    begin_passkey,
    show_passkey,
    refresh,
    forget,
)
