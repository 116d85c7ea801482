"""What each route does, declared where it stands: an action and a resource, or a reason for being public.

A handler that declares neither keeps the application from starting, and so does one that declares an act without taking
the `Access` for it, which only the gate makes: there is no way to the services past it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from litestar import Litestar, Request
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Receive, Scope, Send

from privity.errors import BadInput, LedgerUnavailable, Misconfigured, NotAuthenticated, NotFound, Refused
from privity.gate import Access, Action, Gate, Resource
from privity.identity import Authenticator, Caller, Origin, Sessions, Sites
from privity.identity.cookies import SESSION, read_cookies
from privity.ids import parse_id

T = TypeVar("T")
Door = Callable[[Request[Any, Any, Any]], AsyncIterator[Access]]
ResourceOf = Callable[[Request[Any, Any, Any]], Resource | Awaitable[Resource]]

ORIGIN: Final = "privity.origin"
CALLER: Final = "privity.caller"
RECORDED: Final = "privity.recorded"
_PARTS: Final = "privity.parts"
"""Keys of a request's scope: where it came from, who turned out to ask, that nothing is left to be recorded, and the
parts of the installation that it is for."""

_ACTION: Final = "action"
_RESOURCE: Final = "resource"
_PUBLIC: Final = "public"
_ACCESS: Final = "access"
_PEOPLE: Final = "people"
_CHANGES_NOTHING: Final = frozenset({"GET", "HEAD"})


def act(action: Action, resource: ResourceOf, *, people: bool = False) -> dict[str, Any]:
    """Return the options of a route that performs one act on one resource.

    A route of `people` knows its caller by a session cookie and by nothing else; every other by a bearer token and by
    nothing else (promise D42).
    """
    return {_ACTION: action, _RESOURCE: resource, _PEOPLE: people}


def public(why: str) -> dict[str, Any]:
    """Return the options of a route that anybody may read, and why that is safe."""
    return {_PUBLIC: why}


def is_public(opt: Mapping[str, Any]) -> bool:
    """Return whether the options of a route say that anybody may read it."""
    return _PUBLIC in opt


def named(make: Callable[[UUID], Resource], parameter: str = "id") -> ResourceOf:
    """Return how to find the resource that a path parameter names."""

    def find(request: Request[Any, Any, Any]) -> Resource:
        return make(parse_id(str(request.path_params[parameter]), f"the {parameter} in the path"))

    return find


def callers_own(make: Callable[[], Resource]) -> ResourceOf:
    """Return how to find the caller's own tenant or project."""
    return lambda _: make()


def check_every_route(app: Litestar) -> None:
    """Raise Misconfigured for a route that declares neither an act that it takes access for nor why it is public."""
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]:
            if isinstance(handler, HTTPRouteHandler) and handler.http_methods == {"OPTIONS"}:
                continue  # the framework's own: they name methods and nothing else
            declared = {_ACTION, _RESOURCE} <= handler.opt.keys()
            if not declared and _PUBLIC not in handler.opt:
                raise Misconfigured(f"the route {route.path} declares no action and resource")
            if declared and _ACCESS not in handler.parsed_fn_signature.parameters:
                raise Misconfigured(f"the route {route.path} declares an act and takes no access for it")


def origin_of(request: Request[Any, Any, Any]) -> Origin:
    """Return where a request came from, as `strangers` noted it before anything else."""
    origin: Origin = request.scope[ORIGIN]  # type: ignore[typeddict-item]  # ASGI scopes are open for extensions
    return origin


def header_of(request: Request[Any, Any, Any], name: str) -> str | None:
    """Return a header that says one thing, or None; raises BadInput when it was sent twice.

    Whoever looked at one of the two on the way here need not have looked at the same.
    """
    sent = request.headers.getall(name, [])
    if len(sent) > 1:
        raise BadInput(f"more than one `{name}` was sent", advice="Send it once.")
    return sent[0] if sent else None


def authorization_of(request: Request[Any, Any, Any]) -> str:
    """Return what a request shows who is asking by, or nothing; raises NotAuthenticated for two of it."""
    try:
        return header_of(request, "Authorization") or ""
    except BadInput as error:
        raise NotAuthenticated(error.message, advice=error.advice) from None


def _check_numbers(request: Request[Any, Any, Any]) -> None:
    """Raise NotFound for a number in a path that is spelled in another way than it is printed (`01`, `+1`, `1_0`)."""
    spelled = request.scope["path"].split("/")
    if any(isinstance(value, int) and str(value) not in spelled for value in request.path_params.values()):
        raise NotFound("there is no such page", advice="Write numbers in digits alone.")


class OverParts:
    """Gives every request the parts of one installation, so that routes can be made once for all installations."""

    def __init__(self, app: ASGIApp, parts: object) -> None:
        self._inner = app
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        cast("dict[str, Any]", scope)[_PARTS] = self._parts
        await self._inner(scope, receive, send)


def parts_of(request: Request[Any, Any, Any], kind: type[T]) -> T:
    """Return the parts that a request came with, which have to be of that kind."""
    parts = cast("dict[str, Any]", request.scope)[_PARTS]
    assert isinstance(parts, kind)
    return parts


class Doorman:
    """Brings requests through identity and gate."""

    def __init__(self, authenticator: Authenticator, sessions: Sessions, sites: Sites, gate: Gate) -> None:
        self._authenticator = authenticator
        self._sessions = sessions
        self._sites = sites
        self._gate = gate

    async def access(self, request: Request[Any, Any, Any]) -> AsyncIterator[Access]:
        """Give the handler its access: authenticated, decided, recorded."""
        noted = cast("dict[str, Any]", request.scope)
        handler = request.route_handler
        caller = await (self._person(request) if handler.opt.get(_PEOPLE) else self._bearer(request))
        noted[CALLER] = caller
        _check_numbers(request)
        found = handler.opt[_RESOURCE](request)
        resource = await found if isawaitable(found) else found
        try:
            async with self._gate.open(caller, handler.opt[_ACTION], resource) as access:
                noted[RECORDED] = True
                access.status = handler.status_code
                yield access
        except (Refused, NotFound, LedgerUnavailable):
            noted[RECORDED] = True  # a refusal is an entry; and without a ledger there can be none
            raise

    async def _bearer(self, request: Request[Any, Any, Any]) -> Caller:
        return await self._authenticator.bearer(authorization_of(request), origin_of(request))

    async def _person(self, request: Request[Any, Any, Any]) -> Caller:
        headers = request.headers
        if "authorization" in headers:
            raise NotAuthenticated("this is the surface of people", advice="Send bearer tokens to /v1.")
        caller = await self._sessions.check(
            read_cookies(headers.getall("cookie", [])).get(SESSION, ""), origin_of(request)
        )
        if request.method not in _CHANGES_NOTHING:
            check_origin(request, self._sites)
        return caller


def check_origin(request: Request[Any, Any, Any], sites: Sites) -> None:
    """Raise Refused unless a request comes from a page of this site."""
    headers = request.headers
    sites.check_origin(headers.get("host", ""), headers.get("origin"), headers.get("sec-fetch-site"))
