"""The application: routes, their checks, and what every answer has in common."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Final

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from privity.api import (
    access,
    analysis,
    call_log,
    calls,
    carriers,
    conversations,
    deletions,
    faxes,
    links,
    messages,
    oauth,
    payments,
    people,
    public,
    recordings,
    records,
    redactions,
    search,
    webhooks,
)
from privity.api.acts import Door, Doorman, OverParts, check_every_route, origin_of, parts_of
from privity.api.acts import public as public_page
from privity.api.description import described
from privity.api.edge import HEADERS, edge
from privity.api.methods import Methods, with_methods
from privity.api.problems import answer, problem_of
from privity.api.queries import Queries
from privity.delivery.carrier_accounts import PREFIX as CARRIERS
from privity.gate import Access
from privity.laml.doorman import BasicDoorman, is_laml
from privity.laml.problems import vendor_answer
from privity.laml.routes import HANDLERS as LAML_HANDLERS
from privity.running import Installation

_HANDLERS: Final = (
    conversations.create_conversation,
    conversations.list_conversations,
    conversations.show_conversation,
    conversations.conversation_history,
    *analysis.HANDLERS,
    conversations.mark_missed,
    conversations.delete_conversation,
    search.search,
    *deletions.HANDLERS,
    records.explain_decision,
    records.whoami,
    records.ledger_checkpoint,
    records.entry_proof,
    *messages.HANDLERS,
    *faxes.HANDLERS,
    *oauth.HANDLERS,
    access.list_grants,
    access.list_own_grants,
    access.ask_for_grant,
    access.show_grant,
    access.revoke_grant,
    access.show_roles,
    access.review_access,
    access.show_holdings,
    access.list_emergencies,
    access.list_security_events,
    *call_log.HANDLERS,
    *calls.HANDLERS,
    *recordings.HANDLERS,
    links.sign_link,
    links.use_link,
    *payments.HANDLERS,
    redactions.start_redaction,
    redactions.show_redaction,
    webhooks.create_webhook,
    webhooks.list_webhooks,
    webhooks.show_webhook,
    webhooks.change_webhook,
    webhooks.delete_webhook,
    webhooks.rotate_secret,
    webhooks.test_webhook,
    webhooks.list_deliveries,
    webhooks.redeliver,
    public.healthz,
    public.readyz,
    public.security_txt,
)


def make_app(installation: Installation) -> ASGIApp:
    """Return the application over an open installation; raises Misconfigured for a route without an act."""
    return edge(OverParts(_routes(_HANDLERS), _Parts(installation)), installation)


class _Parts:
    """What requests to one installation need: itself, and a doorman for each kind of caller."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self._bearer = Doorman(installation.authenticator, installation.sessions, installation.sites, installation.gate)
        self._linked = links.LinkDoorman(installation)
        self._carrying = carriers.CarrierDoorman(installation)
        self._basic = BasicDoorman(installation.authenticator, installation.gate)

    def door(self, path: str) -> Door:
        """Return the way in for a path."""
        if is_laml(path):
            return self._basic.access
        if path.startswith(links.PREFIX):
            return self._linked.access
        if path.startswith(CARRIERS):
            return self._carrying.access
        return self._bearer.access


@cache
def _routes(handlers: tuple[HTTPRouteHandler, ...]) -> ASGIApp:
    """Return the routes and their checks; they are the same for every installation, and making them takes long."""

    async def provide_installation(request: Request[Any, Any, Any]) -> Installation:
        return parts_of(request, _Parts).installation

    async def access(request: Request[Any, Any, Any]) -> AsyncIterator[Access]:
        door = parts_of(request, _Parts).door(request.scope["path"])
        async with asynccontextmanager(door)(request) as granted:
            queries.check(request)
            yield granted

    def on_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        path = request.scope["path"]
        if is_laml(path):
            answered = vendor_answer(error, origin_of(request))
        else:
            answered = answer(problem_of(error, origin_of(request)), bearer=not path.startswith("/app"))
        return finish(with_methods(answered, error))

    def finish(response: Response[Any]) -> Response[Any]:
        response.headers.update(HEADERS)
        return response

    dependencies = {"installation": Provide(provide_installation), "access": Provide(access)}
    document = described(handlers, dependencies)
    queries, description = Queries(document), msgspec.json.encode(document)

    @get("/openapi.json", opt=public_page("the interface is no secret"), include_in_schema=False)
    async def openapi() -> Response[bytes]:
        return Response(description, media_type="application/vnd.oai.openapi+json")

    methods = Methods()
    app = Litestar(
        route_handlers=(*handlers, *people.HANDLERS, openapi, *LAML_HANDLERS, *carriers.HANDLERS),
        dependencies=dependencies,
        exception_handlers={Exception: on_error},
        before_request=methods.answer_options,
        after_request=finish,
        openapi_config=None,
        logging_config=None,
        debug=False,
        request_max_body_size=None,
    )
    check_every_route(app)
    methods.learn(app)
    return app
