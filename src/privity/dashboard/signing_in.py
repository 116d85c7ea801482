"""`/app/sign-in` and `/app/enter`: before anybody is known. Plain forms; only a passkey needs a script."""

from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from privity.api.acts import public
from privity.api.people.exchange import browser_of, with_cookies
from privity.dashboard.forms import form_of
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page, page_of_site
from privity.errors import BadInput, NotAuthenticated, TooManyRequests
from privity.identity import Caller, Cookie
from privity.running import Installation

_WHY: Final = "whoever signs in is not known yet; tries are counted and answered alike"
_HOME: Final = "/app"


class SignInForm(msgspec.Struct, frozen=True, kw_only=True):
    """The first step, and what went wrong with the last try; `next` is where to go on afterwards.

    `providers` are the configured ones as (name, words).
    """

    host: str
    next: str
    providers: list[tuple[str, str]]
    fault: str = ""
    local: bool = False


class CodeForm(msgspec.Struct, frozen=True, kw_only=True):
    """The second step: a code was asked for in this browser."""

    host: str
    next: str
    fault: str = ""
    outbox: bool = False


class LinkShown(msgspec.Struct, frozen=True, kw_only=True):
    """What a link is good for; looking at it uses nothing up."""

    host: str
    kind: str
    role: str
    link: str
    expires_at: datetime


class Resume(msgspec.Struct, frozen=True):
    """A page whose short cookie has run out; the script asks for the next one and comes back."""

    next: str


@get("/", opt=public("leads to the pages"))
async def root() -> Response[Any]:
    """Lead whoever opens the bare address to the pages."""
    return go_on(_HOME)


@get("/app/sign-in", opt=public(_WHY))
async def begin(
    request: Request[Any, Any, Any],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    after: Annotated[str, QueryParameter(name="next")] = _HOME,
) -> Response[bytes]:
    """Show the first step."""
    return frames.draw(request, _first(request, installation, page_of_site(after)))


@post("/app/sign-in", status_code=303, opt=public(_WHY))
async def ask_for_code(
    request: Request[Any, Any, Any], installation: NamedDependency[Installation], frames: NamedDependency[Frames]
) -> Response[Any]:
    """Send a code, if there is somebody to send it to; known and unknown addresses are answered alike."""
    form = await form_of(request, "workspace", "email", "next")
    after = page_of_site(form["next"])
    try:
        cookies = await installation.sign_in.request_code(
            form["workspace"], form["email"], browser_of(request, installation.sites)
        )
    except (BadInput, TooManyRequests) as error:
        return frames.draw(
            request, _first(request, installation, after, f"{error.message}. {error.advice}", error.status)
        )
    return go_on(f"/app/sign-in/code?next={after}", cookies)


@get("/app/sign-in/code", opt=public(_WHY))
async def code_form(
    request: Request[Any, Any, Any],
    frames: NamedDependency[Frames],
    after: Annotated[str, QueryParameter(name="next")] = _HOME,
) -> Response[bytes]:
    """Show where the code goes."""
    return frames.draw(request, _code(request, page_of_site(after)))


@post("/app/sign-in/code", status_code=303, opt=public(_WHY))
async def enter_code(
    request: Request[Any, Any, Any], installation: NamedDependency[Installation], frames: NamedDependency[Frames]
) -> Response[Any]:
    """Sign in with a code."""
    form = await form_of(request, "code", "next")
    after = page_of_site(form["next"])
    try:
        signed = await installation.sign_in.enter_code(
            "".join(form["code"].split()), browser_of(request, installation.sites)
        )
    except (NotAuthenticated, TooManyRequests) as error:
        return frames.draw(request, _code(request, after, f"{error.message}. {error.advice}", error.status))
    return go_on(next_step(signed.caller, after), signed.cookies)


@get("/app/enter/{link:str}", opt=public("whoever has the link may look at it; looking uses nothing up"))
async def look_at_link(
    request: Request[Any, Any, Any],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    link: FromPath[str],
) -> Response[bytes]:
    """Show what a link is good for, and the button that follows it."""
    found = await installation.sign_in.look_at_link(link)
    facts = LinkShown(
        host=_host(request), kind=found.kind, role=str(found.role), link=link, expires_at=found.expires_at
    )
    return frames.draw(request, Page(template="enter.html", title="Come in", facts=facts))


@post("/app/enter", status_code=303, opt=public(_WHY))
async def follow_link(request: Request[Any, Any, Any], installation: NamedDependency[Installation]) -> Response[Any]:
    """Sign in by a link, which is used up."""
    form = await form_of(request, "link")
    signed = await installation.sign_in.follow_link(form["link"], browser_of(request, installation.sites))
    return go_on(next_step(signed.caller, _HOME), signed.cookies)


@get("/app/resume", opt=public("holds a script and no data"))
async def resume(
    request: Request[Any, Any, Any],
    frames: NamedDependency[Frames],
    after: Annotated[str, QueryParameter(name="next")] = _HOME,
) -> Response[bytes]:
    """Let the browser ask for the next cookie of its session."""
    page = Page(template="resume.html", title="One moment", facts=Resume(page_of_site(after)))
    return frames.draw(request, page)


def next_step(caller: Caller, after: str) -> str:
    """Return where somebody goes who has just shown a factor: on, to the second one, or to enrol one."""
    if caller.mfa:
        return after
    return f"/app/second?next={after}" if caller.enrolled else "/app/enrol"


def go_on(where: str, cookies: tuple[Cookie, ...] = ()) -> Response[Any]:
    """Return the answer to a form that was taken: cookies, and the page to go on with."""
    answer = with_cookies(b"", cookies, status=303)
    answer.headers["Location"] = where
    return answer


def _first(
    request: Request[Any, Any, Any], installation: Installation, after: str, fault: str = "", status: int = 200
) -> Page:
    facts = SignInForm(
        host=_host(request),
        next=after,
        providers=[(each.name, each.words) for each in installation.provider_sign_in.offered],
        fault=fault,
        local=_host(request).startswith("127."),
    )
    return Page(template="sign_in.html", title="Sign in", facts=facts, status=status)


def _code(request: Request[Any, Any, Any], after: str, fault: str = "", status: int = 200) -> Page:
    facts = CodeForm(host=_host(request), next=after, fault=fault)
    return Page(template="code.html", title="Enter the code", facts=facts, status=status)


def _host(request: Request[Any, Any, Any]) -> str:
    return request.headers.get("host", "")[:80]


HANDLERS: Final = (root, begin, ask_for_code, code_form, enter_code, look_at_link, follow_link, resume)
