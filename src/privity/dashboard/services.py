"""`/app/services`: programs with a key or certificate of their own; nothing until granted, and ended for good."""

from datetime import datetime
from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from privity.api.acts import act, callers_own
from privity.dashboard.forms import form_of
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.identity import Scope, parse_scopes
from privity.identity.services import ClientId
from privity.running import Installation
from privity.running.giving import givable_scopes

_OWN: Final = callers_own(resources.own_tenant)


class ServiceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A service, by which of key and certificate it shows who it is. Times are UTC."""

    id: str
    client_id: str
    name: str
    scopes: list[Scope]
    by_key: bool
    by_certificate: bool
    token_seconds: int
    created_at: datetime
    last_used_at: datetime | None
    disabled_at: datetime | None


class Services(msgspec.Struct, frozen=True, kw_only=True):
    """The tenant's services, newest first, what one may be granted, and the scopes `kept` to owners."""

    services: list[ServiceShown]
    scopes: list[str]
    kept: list[str]


@get("/app/services", opt=act(Action.SERVICE_LIST, _OWN, people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """List the tenant's services."""
    found = await installation.services.everyone(access)
    shown = [
        ServiceShown(
            id=each.id,
            client_id=str(ClientId(access.tenant, each.id)),
            name=each.name,
            scopes=each.scopes,
            by_key=each.by_key,
            by_certificate=each.certificate is not None,
            token_seconds=each.token_seconds,
            created_at=each.created_at,
            last_used_at=each.last_used_at,
            disabled_at=each.disabled_at,
        )
        for each in reversed(found)
    ]
    may = givable_scopes(access)
    page = Page(
        template="services.html",
        title="Services",
        facts=Services(services=shown, scopes=sorted(may), kept=sorted(set(Scope) - may)),
        door="tokens",
        crumbs=(("Tokens and clients", "/app/tokens"),),
    )
    return await frames.answer(request, access, page)


@post(
    "/app/services",
    status_code=303,
    opt=act(Action.SERVICE_CREATE, callers_own(resources.own_project), people=True),
)
async def make(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Make a service, which may do nothing yet."""
    form = await form_of(request, "name", "key", "certificate", "seconds")
    seconds = form["seconds"]
    if not seconds.isascii() or not seconds.isdigit():
        raise BadInput("the seconds are not a number", advice="Tokens live for 60 to 3600 seconds.")
    await installation.services.make(
        access, name=form["name"], key=form["key"], certificate=form["certificate"], token_seconds=int(seconds[:5])
    )
    return go_on("/app/services")


@post("/app/services/{service:str}/grant", status_code=303, opt=act(Action.SERVICE_GRANT, _OWN, people=True))
async def grant(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    service: FromPath[str],
) -> Response[Any]:
    """Let a service do what was ticked and nothing else, its present tokens too."""
    chosen = (await form_of(request, several=frozenset({"scopes"})))["scopes"]
    await installation.services.grant(access, service, parse_scopes(chosen.split(",")) if chosen else frozenset())
    return go_on("/app/services")


@post("/app/services/{service:str}/disable", status_code=303, opt=act(Action.SERVICE_DISABLE, _OWN, people=True))
async def disable(
    access: NamedDependency[Access], installation: NamedDependency[Installation], service: FromPath[str]
) -> Response[Any]:
    """End a service for good, and every token that it has."""
    await installation.services.disable(access, service)
    return go_on("/app/services")


HANDLERS: Final = (list_them, make, grant, disable)
