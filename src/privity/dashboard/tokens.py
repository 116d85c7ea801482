"""`/app/tokens`: what programs may come in with: made here and shown once, when and from where last used, ended."""

from datetime import datetime, timedelta
from typing import Any, Final, cast

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from privity.api.acts import act, callers_own
from privity.dashboard.forms import days_in, form_of
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.gate import Access, Action, Resource, resources
from privity.identity import Scope, list_tokens, parse_scopes, revoke_token
from privity.ids import parse_id
from privity.running import Installation, Project, add_new_token, list_projects
from privity.running.giving import givable_scopes

_OWN: Final = callers_own(resources.own_tenant)
_FORM: Final = "privity.form"


class TokenShown(msgspec.Struct, frozen=True, kw_only=True):
    """A token without anything that could be used as one. `state` is good, expired or revoked. Times are UTC."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    last_used_address: str
    state: str


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """The tenant's tokens, newest first, what a new one may be made for, and the scopes `kept` to owners."""

    tokens: list[TokenShown]
    projects: list[Project]
    scopes: list[str]
    kept: list[str]


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A token that was made; its text is shown this once."""

    name: str
    text: str
    scopes: list[str]
    expires_at: datetime

    def __repr__(self) -> str:
        """Show the name."""
        return f"Made({self.name})"


async def _project(request: Request[Any, Any, Any]) -> Resource:
    """Return the project that a form makes a token for."""
    form = await form_of(request, "name", "project", "days", several=frozenset({"scopes"}))
    cast("dict[str, Any]", request.scope)[_FORM] = form
    return resources.project(parse_id(form["project"], "the project") if form["project"] else None)


@get("/app/tokens", opt=act(Action.TOKEN_LIST, _OWN, people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """List the tenant's tokens."""
    async with access.transaction() as tx:
        found = await list_tokens(tx)
        projects = [each for each in await list_projects(tx) if access.caller.sees(each.id)]
    now, usage = installation.clock.now(), installation.usage
    shown = [
        TokenShown(
            id=token.id,
            name=token.name,
            scopes=token.scopes,
            created_at=token.created_at,
            expires_at=token.expires_at,
            last_used_at=token.last_used_at,
            last_used_address=""
            if token.last_used_address is None
            else await usage.address_of(access.tenant, token.id, token.last_used_address),
            state="revoked" if token.revoked_at else "expired" if token.expires_at <= now else "good",
        )
        for token in reversed(found)
    ]
    may = givable_scopes(access)
    facts = Tokens(tokens=shown, projects=projects, scopes=sorted(may), kept=sorted(set(Scope) - may))
    page = Page(template="tokens.html", title="Tokens and clients", facts=facts, door="tokens")
    return await frames.answer(request, access, page)


@post("/app/tokens", status_code=200, opt=act(Action.TOKEN_CREATE, _project, people=True))
async def make(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Make a token, and show it this once."""
    form: dict[str, str] = cast("dict[str, Any]", request.scope)[_FORM]
    days = days_in(form["days"], "A token ends; make a new one when it does.")
    made = await add_new_token(
        installation,
        access,
        scopes=parse_scopes(form["scopes"].split(",")),
        name=form["name"].strip(),
        lives=timedelta(days=days),
    )
    page = Page(
        template="token_made.html",
        title="Made",
        facts=Made(
            name=form["name"].strip(),
            text=made.text,
            scopes=made.scopes,
            expires_at=datetime.fromisoformat(made.expires_at),
        ),
        door="tokens",
        crumbs=(("Tokens and clients", "/app/tokens"),),
    )
    return await frames.answer(request, access, page)


@post("/app/tokens/{token:str}/revoke", status_code=303, opt=act(Action.TOKEN_REVOKE, _OWN, people=True))
async def revoke(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    token: FromPath[str],
) -> Response[Any]:
    """End a token, from the next request on."""
    async with access.transaction() as tx:
        await revoke_token(tx, token, installation.clock.now())
        access.outcome["token"] = token
    return go_on("/app/tokens")


HANDLERS: Final = (list_them, make, revoke)
