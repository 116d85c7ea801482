"""`/app/sign-in/with/…`: out to a provider and back.

Cookies are SameSite=Strict, so a browser that comes from a provider shows none of them. What it comes back to therefore
does nothing but hand code and state on from a page of ours, and there the flow's cookie is beside them.
"""

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
from privity.dashboard.signing_in import go_on, next_step
from privity.running import Installation

_WHY: Final = "whoever signs in is not known yet; what comes back is bound to the browser that set out"


class Onward(msgspec.Struct, frozen=True, kw_only=True):
    """Where the provider is."""

    host: str
    words: str
    url: str


class Back(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider has sent, to be handed on; `refused` when it sent an error instead."""

    host: str
    provider: str
    code: str
    state: str
    refused: bool

    def __repr__(self) -> str:
        """Show the provider."""
        return f"Back({self.provider})"


@post("/app/sign-in/with/{provider:str}", status_code=200, opt=public(_WHY))
async def set_out(
    request: Request[Any, Any, Any],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    provider: FromPath[str],
) -> Response[bytes]:
    """Lead the browser to a provider."""
    form = await form_of(request, "workspace", "email", "next")
    onward = await installation.provider_sign_in.begin(
        provider, form["workspace"], page_of_site(form["next"]), browser_of(request, installation.sites)
    )
    words = next(each.words for each in installation.provider_sign_in.offered if each.name == provider)
    facts = Onward(host=_host(request), words=words, url=onward.url)
    drawn = frames.draw(request, Page(template="onward.html", title="On the way", facts=facts))
    drawn.headers["Refresh"] = f"0; url={onward.url}"
    drawn.cookies.extend(with_cookies(None, onward.cookies).cookies)
    return drawn


@get("/app/sign-in/with/{provider:str}/back", opt=public("hands on what a provider sent, and does nothing with it"))
async def come_back(
    request: Request[Any, Any, Any],
    frames: NamedDependency[Frames],
    provider: FromPath[str],
    code: Annotated[str, QueryParameter(name="code")] = "",
    echoed: Annotated[str, QueryParameter(name="state")] = "",
) -> Response[bytes]:
    """Hand code and state on from a page of ours."""
    facts = Back(host=_host(request), provider=provider[:40], code=code, state=echoed, refused=not code or not echoed)
    return frames.draw(request, Page(template="back.html", title="Nearly there", facts=facts))


@post("/app/sign-in/with/{provider:str}/back", status_code=303, opt=public(_WHY))
async def finish(
    request: Request[Any, Any, Any], installation: NamedDependency[Installation], provider: FromPath[str]
) -> Response[Any]:
    """Sign in whoever the provider vouches for; the second factor comes next, as ever."""
    form = await form_of(request, "code", "state")
    browser = browser_of(request, installation.sites)
    signed, after = await installation.provider_sign_in.finish(provider, form["code"], form["state"], browser)
    return go_on(next_step(signed.caller, page_of_site(after)), signed.cookies)


def _host(request: Request[Any, Any, Any]) -> str:
    return request.headers.get("host", "")[:80]


HANDLERS: Final = (set_out, come_back, finish)
