"""The site: pages at `/app`, everything else to the API; each face with its own callers, errors and headers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Final, cast

from litestar import Litestar, Request, Response, get
from litestar.di import Provide
from litestar.params import FromPath
from litestar.types import ASGIApp, Receive, Scope, Send

from privity.api.acts import Doorman, OverParts, check_every_route, parts_of, public
from privity.api.app import make_app
from privity.api.edge import edge
from privity.api.methods import Methods, with_methods
from privity.dashboard import (
    account,
    analysis,
    calls,
    conversations,
    decisions,
    deletions,
    emergencies,
    enrolling,
    faxes,
    find,
    grants,
    ledger,
    messages,
    numbers,
    overview,
    payments,
    people,
    providers,
    recordings,
    redactions,
    reviewing,
    searching,
    services,
    settings,
    signing_in,
    states,
    tokens,
    webhooks,
)
from privity.dashboard.assets import Assets
from privity.dashboard.drawing import Drawing
from privity.dashboard.faults import Faults
from privity.dashboard.frame import AS_JSON, Frames
from privity.dashboard.policy import HEADERS, KEPT
from privity.dashboard.visitors import Visitors
from privity.errors import NotFound
from privity.gate import Access
from privity.running import Installation

_HANDLERS: Final = (
    overview.show,
    conversations.list_them,
    conversations.bring_in,
    conversations.show,
    conversations.history,
    *analysis.HANDLERS,
    conversations.prove,
    conversations.delete,
    decisions.list_them,
    decisions.show,
    ledger.list_entries,
    ledger.show_entry,
    ledger.prove,
    ledger.consistency,
    states.show,
    find.find,
    *searching.HANDLERS,
    *signing_in.HANDLERS,
    *providers.HANDLERS,
    *settings.HANDLERS,
    *enrolling.HANDLERS,
    *account.HANDLERS,
    *people.HANDLERS,
    *grants.HANDLERS,
    *tokens.HANDLERS,
    *services.HANDLERS,
    *emergencies.HANDLERS,
    *reviewing.HANDLERS,
    *messages.HANDLERS,
    *faxes.HANDLERS,
    *calls.HANDLERS,
    *recordings.HANDLERS,
    *redactions.HANDLERS,
    *numbers.HANDLERS,
    *deletions.HANDLERS,
    *payments.HANDLERS,
    *webhooks.HANDLERS,
)
_PAGES: Final = "/app"
_API_OF_PEOPLE: Final = ("/app/api", "/app/outbox")
_JSON: Final = ".json"


def make_site(installation: Installation) -> ASGIApp:
    """Return the whole site over an open installation; raises Misconfigured for a route without an act."""
    return _Faces(make_pages(installation), make_app(installation))


def make_pages(installation: Installation) -> ASGIApp:
    """Return the pages alone."""
    return edge(_JsonOfPages(OverParts(_routes(), _Parts(installation))), installation)


class _Parts:
    """What requests to one installation need: itself, what stands around its pages, and the way in."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.frames = Frames(installation, Drawing(_assets(), installation.clock), Visitors(installation))
        self.faults = Faults(self.frames)
        self.doorman = Doorman(installation.authenticator, installation.sessions, installation.sites, installation.gate)


@cache
def _assets() -> Assets:
    return Assets()


@cache
def _routes() -> ASGIApp:
    """Return the routes of pages; they are the same for every installation, and making them takes long."""
    assets = _assets()

    @get("/app/static/{digest:str}/{folder:str}/{name:str}", opt=public("styles, scripts and fonts are no secret"))
    async def static(request: Request[Any, Any, Any], folder: FromPath[str], name: FromPath[str]) -> Response[bytes]:
        asset = assets.find(f"{folder}/{name}")
        if asset is None:
            raise NotFound("there is no such file")
        headers = KEPT | {"Vary": "Accept-Encoding"}
        if asset.small is not None and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(asset.small, media_type=asset.media_type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(asset.plain, media_type=asset.media_type, headers=headers)

    def finish(response: Response[Any]) -> Response[Any]:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def on_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        return finish(with_methods(parts_of(request, _Parts).faults.answer(request, error), error))

    async def provide_installation(request: Request[Any, Any, Any]) -> Installation:
        return parts_of(request, _Parts).installation

    async def provide_frames(request: Request[Any, Any, Any]) -> Frames:
        return parts_of(request, _Parts).frames

    async def access(request: Request[Any, Any, Any]) -> AsyncIterator[Access]:
        async with asynccontextmanager(parts_of(request, _Parts).doorman.access)(request) as granted:
            yield granted

    methods = Methods()
    app = Litestar(
        route_handlers=(*_HANDLERS, static),
        dependencies={
            "installation": Provide(provide_installation),
            "frames": Provide(provide_frames),
            "access": Provide(access),
        },
        exception_handlers={Exception: on_error},
        before_request=methods.answer_options,
        after_request=finish,
        openapi_config=None,
        logging_config=None,
        debug=False,
        request_max_body_size=64 * 1024,
    )
    check_every_route(app)
    methods.learn(app)
    return app


class _Faces:
    """Sends a request to the face that its path belongs to."""

    def __init__(self, pages: ASGIApp, rest: ASGIApp) -> None:
        self._pages = pages
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        ours = path == "/" or path.startswith((f"{_PAGES}/", f"{_PAGES}.")) or path == _PAGES
        theirs = path.startswith(tuple(f"{prefix}/" for prefix in _API_OF_PEOPLE)) or path in _API_OF_PEOPLE
        await (self._pages if ours and not theirs else self._rest)(scope, receive, send)


class _JsonOfPages:
    """Takes `.json` off the end of an address and notes it, so that a page and its JSON are one route and one act."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if path.endswith(_JSON) and not path.startswith("/app/static/"):
            noted = cast("dict[str, Any]", scope)
            noted |= {"path": path.removesuffix(_JSON), "raw_path": path.removesuffix(_JSON).encode(), AS_JSON: True}
        await self._app(scope, receive, send)
