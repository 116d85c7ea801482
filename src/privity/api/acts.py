"""What each route does, declared where it stands: an action and a resource, or a reason for being public.

A handler that declares neither keeps the application from starting. A handler that declares an act is handed an
`Access`, which only the gate makes, so there is no way to the services past it.
"""

from collections.abc import AsyncIterator, Callable
from typing import Any, Final
from uuid import UUID

from litestar import Litestar, Request
from litestar.handlers import HTTPRouteHandler

from privity.errors import Misconfigured
from privity.gate import Access, Action, Gate, Resource
from privity.identity import Authenticator, Origin
from privity.ids import Ids, parse_id

ResourceOf = Callable[[Request[Any, Any, Any]], Resource]

ORIGIN: Final = "privity.origin"
RECORDED: Final = "privity.recorded"
"""Keys of a request's scope: where it came from, and that the gate has an entry of it."""

_ACTION: Final = "action"
_RESOURCE: Final = "resource"
_PUBLIC: Final = "public"


def act(action: Action, resource: ResourceOf) -> dict[str, Any]:
    """Return the options of a route that performs one act on one resource."""
    return {_ACTION: action, _RESOURCE: resource}


def public(why: str) -> dict[str, Any]:
    """Return the options of a route that anybody may read, and why that is safe."""
    return {_PUBLIC: why}


def named(make: Callable[[UUID], Resource], parameter: str = "id") -> ResourceOf:
    """Return how to find the resource that a path parameter names."""

    def find(request: Request[Any, Any, Any]) -> Resource:
        return make(parse_id(str(request.path_params[parameter]), f"the {parameter} in the path"))

    return find


def callers_own(make: Callable[[], Resource]) -> ResourceOf:
    """Return how to find the caller's own tenant or project."""
    return lambda _: make()


def check_every_route(app: Litestar) -> None:
    """Raise Misconfigured for a route that declares neither an act nor a reason for being public."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if not isinstance(handler, HTTPRouteHandler) or "OPTIONS" in handler.http_methods:
                continue
            if not ({_ACTION, _RESOURCE} <= handler.opt.keys() or _PUBLIC in handler.opt):
                raise Misconfigured(f"the route {route.path} declares no action and resource")


def origin_of(request: Request[Any, Any, Any], ids: Ids) -> Origin:
    """Return where a request came from, made once a request."""
    known = request.scope.get(ORIGIN)
    if isinstance(known, Origin):
        return known
    address = request.client.host if request.client else ""
    origin = Origin(request_id=ids.new(), address=address, user_agent=request.headers.get("user-agent", "")[:400])
    request.scope[ORIGIN] = origin  # type: ignore[typeddict-unknown-key]  # ASGI scopes are open for extensions
    return origin


class Doorman:
    """Brings requests through identity and gate."""

    def __init__(self, authenticator: Authenticator, gate: Gate, ids: Ids) -> None:
        self._authenticator = authenticator
        self._gate = gate
        self.ids = ids

    async def access(self, request: Request[Any, Any, Any]) -> AsyncIterator[Access]:
        """Give the handler its access: authenticated, decided, recorded."""
        origin = origin_of(request, self.ids)
        caller = await self._authenticator.bearer(request.headers.get("authorization", ""), origin)
        handler = request.route_handler
        resource = handler.opt[_RESOURCE](request)
        request.scope[RECORDED] = True  # type: ignore[typeddict-unknown-key]  # refusals too
        async with self._gate.open(caller, handler.opt[_ACTION], resource) as access:
            access.status = handler.status_code
            yield access
