"""`/app/webhooks`: who is told of the project's events, what each was told with every attempt, and once more."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.webhooks import DeliveryShown, WebhookShown, delivery_shown, webhook_shown
from privity.dashboard.forms import end_of_id, form_of, require_end_of_id
from privity.dashboard.frame import Frames
from privity.dashboard.lists import known
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.delivery.webhooks import EventKind
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.running import Installation

_ROWS: Final = 30
_HERE: Final = "/app/webhooks"
_CRUMBS: Final = (("Webhooks", _HERE),)
_STATES: Final = ("waiting", "delivered", "failed")
_EVENTS: Final = sorted(str(kind) for kind in EventKind if kind is not EventKind.WEBHOOK_TEST)
_WEBHOOK: Final = named(resources.webhook)


class Webhooks(msgspec.Struct, frozen=True, kw_only=True):
    """The project's receivers, newest first, and the events that one can be told of."""

    webhooks: list[WebhookShown]
    older: UUID | None
    events: list[str]


class OneWebhook(msgspec.Struct, frozen=True, kw_only=True):
    """One receiver and what it was told, newest first, with every attempt."""

    webhook: WebhookShown
    deliveries: list[DeliveryShown]
    older: UUID | None
    state: str
    typed: str


class SecretShown(msgspec.Struct, frozen=True):
    """A secret, shown this once; `webhook` is whose it is."""

    webhook: UUID
    secret: str
    rotated: bool

    def __repr__(self) -> str:
        """Show whose it is."""
        return f"SecretShown({self.webhook})"


@get(_HERE, opt=act(Action.WEBHOOK_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    after: Annotated[str, QueryParameter(name="after")] = "",
) -> Response[bytes]:
    """List the project's receivers."""
    from_ = parse_id(after, "`after`") if after else None
    found = await installation.webhooks.endpoints.page(access, after=from_, limit=_ROWS)
    facts = Webhooks(
        webhooks=[webhook_shown(each) for each in found],
        older=found[-1].row.id if len(found) == _ROWS else None,
        events=_EVENTS,
    )
    page = Page(template="webhooks.html", title="Webhooks", facts=facts, door="webhooks")
    return await frames.answer(request, access, page)


@post(_HERE, status_code=200, opt=act(Action.WEBHOOK_CREATE, callers_own(resources.own_project), people=True))
async def make(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Tell a receiver of what happens from now on, and show its secret this once."""
    form = await form_of(request, "url", several=frozenset({"events"}))
    chosen = form["events"].split(",") if form["events"] else []
    made = await installation.webhooks.endpoints.create(access, form["url"].strip(), chosen)
    return await _secret(frames, request, access, SecretShown(made.endpoint.row.id, made.secret, rotated=False))


@get("/app/webhooks/{id:str}", opt=act(Action.WEBHOOK_READ, _WEBHOOK, people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    in_state: Annotated[str, QueryParameter(name="state")] = "",
    after: Annotated[str, QueryParameter(name="after")] = "",
) -> Response[bytes]:
    """Show one receiver and what it was told."""
    endpoint, deliveries = await installation.webhooks.endpoints.read_with_deliveries(
        access,
        state=known(in_state, _STATES, "state of deliveries"),
        after=parse_id(after, "`after`") if after else None,
        limit=_ROWS,
    )
    facts = OneWebhook(
        webhook=webhook_shown(endpoint),
        deliveries=[delivery_shown(each) for each in deliveries],
        older=deliveries[-1].row.event_id if len(deliveries) == _ROWS else None,
        state=in_state,
        typed=end_of_id(endpoint.row.id),
    )
    page = Page(template="webhook.html", title="Webhook", facts=facts, door="webhooks", crumbs=_CRUMBS)
    return await frames.answer(request, access, page)


@post("/app/webhooks/{id:str}/change", status_code=303, opt=act(Action.WEBHOOK_CHANGE, _WEBHOOK, people=True))
async def change(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Switch a receiver on or off; what waits for it when it goes off is not told."""
    enabled = (await form_of(request, "enabled"))["enabled"] == "true"
    await installation.webhooks.endpoints.change(access, enabled=enabled, kinds=None)
    return _back(access)


@post("/app/webhooks/{id:str}/secret", status_code=200, opt=act(Action.WEBHOOK_ROTATE, _WEBHOOK, people=True))
async def rotate(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Make a new secret and show it this once; the former one signs beside it for a day."""
    rotated = await installation.webhooks.endpoints.rotate(access)
    shown = SecretShown(UUID(access.resource_id), rotated.secret, rotated=True)
    return await _secret(frames, request, access, shown)


@post("/app/webhooks/{id:str}/test", status_code=303, opt=act(Action.WEBHOOK_TEST, _WEBHOOK, people=True))
async def test(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """Tell the receiver of an event that is made up."""
    await installation.webhooks.endpoints.test(access)
    return _back(access)


@post(
    "/app/webhooks/{id:str}/deliveries/{event:str}/redeliver",
    status_code=303,
    opt=act(Action.WEBHOOK_REDELIVER, _WEBHOOK, people=True),
)
async def redeliver(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Put one delivery on its way again."""
    again = parse_id(str(request.path_params["event"]), "the event in the path")
    await installation.webhooks.endpoints.redeliver(access, again)
    return _back(access)


@post("/app/webhooks/{id:str}/delete", status_code=303, opt=act(Action.WEBHOOK_DELETE, _WEBHOOK, people=True))
async def delete(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Remove a receiver with its secrets and its log, once the end of its id has been typed."""
    await require_end_of_id(request, access)
    await installation.webhooks.endpoints.delete(access)
    return go_on(_HERE)


def _back(access: Access) -> Response[Any]:
    return go_on(f"{_HERE}/{access.resource_id}")


async def _secret(
    frames: Frames, request: Request[Any, Any, Any], access: Access, shown: SecretShown
) -> Response[bytes]:
    page = Page(template="webhook_secret.html", title="The secret", facts=shown, door="webhooks", crumbs=_CRUMBS)
    return await frames.answer(request, access, page)


HANDLERS: Final = (list_them, make, show, change, rotate, test, redeliver, delete)
