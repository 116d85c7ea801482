"""No route without an act: an application that has one does not start."""

from typing import Any, cast

import pytest
from litestar import Litestar, Response, WebSocket, asgi, get, route, websocket
from litestar.di import NamedDependency, Provide
from litestar.types import Receive, Scope, Send

from privity.api import app as application
from privity.api.acts import act, callers_own, check_every_route, public
from privity.errors import Misconfigured
from privity.gate import Access, Action, resources
from privity.settings import Settings
from promises import promise

READ = act(Action.CALLER_READ, callers_own(resources.own_tenant))


@get("/quiet", opt=public("a test"))
async def quiet() -> str:
    return ""


@get("/good", opt=READ)
async def good(access: NamedDependency[Access]) -> str:
    return str(access)


@get("/undeclared")
async def undeclared() -> str:
    return ""


@get("/past-the-gate", opt=READ)
async def past_the_gate() -> str:
    return ""


@get("/half", opt={"action": Action.CALLER_READ})
async def half() -> str:
    return ""


@route("/options", http_method=["GET", "OPTIONS"])
async def with_options() -> Response[str]:
    return Response("")


@asgi("/mounted", is_mount=True, copy_scope=True)
async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


@websocket("/live")
async def live(socket: WebSocket[Any, Any, Any]) -> None:
    await socket.accept()


def app_of(*handlers: Any) -> Litestar:
    async def access() -> Access:
        raise NotImplementedError

    return Litestar(handlers, dependencies={"access": Provide(access)}, openapi_config=None, logging_config=None)


def test_declared_routes_start() -> None:
    check_every_route(app_of(quiet, good))


@promise("B16", sabotage="routes_are_not_checked")
@pytest.mark.parametrize(
    "handler",
    [undeclared, past_the_gate, half, with_options, mounted, live],
    ids=["undeclared", "act without access", "action without resource", "own OPTIONS", "mount", "websocket"],
)
def test_undeclared_route_keeps_the_application_from_starting(handler: Any) -> None:
    with pytest.raises(Misconfigured):
        check_every_route(app_of(quiet, handler))


class Anything:
    """Stands for an installation that is never asked."""

    settings = Settings()

    def __getattr__(self, name: str) -> Any:
        return None


def test_the_application_checks_its_own_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    application.make_app(cast("Any", Anything()))
    monkeypatch.setattr(application, "_HANDLERS", (*application._HANDLERS, undeclared))
    with pytest.raises(Misconfigured):
        application.make_app(cast("Any", Anything()))
