"""`/v1/webhooks`: who is told of what happens in a project, what each was told, and once more if need be."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.description import takes
from privity.api.json_bodies import json_of
from privity.delivery.webhooks import Delivery, Endpoint
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.running import Installation

_LARGEST: Final = 8192
_STATES: Final = frozenset({"waiting", "delivered", "failed"})


class WebhookAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A receiver that is wanted: its address, and the events that it is told of; of all when none is named."""

    url: str
    events: list[str] = []


class WebhookChanged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change; what is not named stays."""

    enabled: bool | None = None
    events: list[str] | None = None


class WebhookShown(msgspec.Struct, frozen=True, kw_only=True):
    """A receiver. `disabled_for` says why it is told nothing: by-hand, gone (it said 410) or failing."""

    id: UUID
    url: str
    events: list[str]
    state: str
    disabled_for: str | None
    slow: bool
    created_by: str
    created_at: datetime
    updated_at: datetime
    answered_at: datetime | None


class WebhookMade(WebhookShown, frozen=True, kw_only=True):
    """A new receiver, with the secret that it verifies with; it is shown this once."""

    secret: str


class SecretRotated(msgspec.Struct, frozen=True):
    """The new secret, shown this once; the former one signs beside it until then."""

    secret: str
    former_until: datetime


class WebhookPage(msgspec.Struct, frozen=True):
    """Receivers, newest first; `next` goes into `after` for the following page."""

    webhooks: list[WebhookShown]
    next: UUID | None


class AttemptShown(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt; `status` is what the receiver answered with, if it answered."""

    at: datetime
    outcome: str
    status: int | None
    duration_ms: int


class DeliveryShown(msgspec.Struct, frozen=True, kw_only=True):
    """One event as a receiver was told it, or is to be told it; `event` is the webhook-id of every attempt."""

    event: UUID
    type: str
    about: UUID
    state: str
    occurred_at: datetime
    next_attempt_at: datetime | None
    settled_at: datetime | None
    attempts: list[AttemptShown]


class DeliveryPage(msgspec.Struct, frozen=True):
    """Deliveries, newest first; `next` goes into `after` for the following page."""

    deliveries: list[DeliveryShown]
    next: UUID | None


class EventSent(msgspec.Struct, frozen=True):
    """An event that is on its way."""

    event: UUID


def webhook_shown(endpoint: Endpoint) -> WebhookShown:
    """Return a receiver as it is shown."""
    row = endpoint.row
    return WebhookShown(
        id=row.id,
        url=endpoint.url,
        events=row.kinds,
        state=row.state,
        disabled_for=row.disabled_for,
        slow=row.slow,
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        answered_at=row.answered_at,
    )


def delivery_shown(delivery: Delivery) -> DeliveryShown:
    """Return a delivery as it is shown."""
    row = delivery.row
    return DeliveryShown(
        event=row.event_id,
        type=row.kind,
        about=row.about,
        state=row.state,
        occurred_at=row.occurred_at,
        next_attempt_at=row.due_at if row.state == "waiting" else None,
        settled_at=row.settled_at,
        attempts=[
            AttemptShown(at=each.at, outcome=each.outcome, status=each.status, duration_ms=each.duration_ms)
            for each in delivery.attempts
        ],
    )


@post(
    "/v1/webhooks",
    status_code=201,
    opt=act(Action.WEBHOOK_CREATE, callers_own(resources.own_project)) | takes(WebhookAsked),
)
async def create_webhook(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> WebhookMade:
    """Tell a receiver of what happens in the project from now on; the answer shows its secret, this once."""
    form = 'Send {"url": "https://…", "events": ["conversation.kept"]}.'
    asked = await json_of(request, WebhookAsked, at_most=_LARGEST, advice=form)
    made = await installation.webhooks.endpoints.create(access, asked.url, asked.events)
    return WebhookMade(**msgspec.structs.asdict(webhook_shown(made.endpoint)), secret=made.secret)


@get("/v1/webhooks", opt=act(Action.WEBHOOK_LIST, callers_own(resources.own_project)))
async def list_webhooks(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    after: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> WebhookPage:
    """List the project's receivers, newest first."""
    from_ = None if after is None else parse_id(after, "`after`")
    found = await installation.webhooks.endpoints.page(access, after=from_, limit=limit)
    return WebhookPage([webhook_shown(each) for each in found], found[-1].row.id if len(found) == limit else None)


@get("/v1/webhooks/{id:str}", opt=act(Action.WEBHOOK_READ, named(resources.webhook)))
async def show_webhook(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> WebhookShown:
    """Show one receiver; never its secret."""
    return webhook_shown(await installation.webhooks.endpoints.read(access))


@patch("/v1/webhooks/{id:str}", opt=act(Action.WEBHOOK_CHANGE, named(resources.webhook)) | takes(WebhookChanged))
async def change_webhook(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> WebhookShown:
    """Switch a receiver on or off, or choose its events anew; what waits for it when it goes off is not told."""
    form = 'Send {"enabled": true} or {"events": ["conversation.kept"]}.'
    asked = await json_of(request, WebhookChanged, at_most=_LARGEST, advice=form)
    return webhook_shown(
        await installation.webhooks.endpoints.change(access, enabled=asked.enabled, kinds=asked.events)
    )


@delete("/v1/webhooks/{id:str}", status_code=204, opt=act(Action.WEBHOOK_DELETE, named(resources.webhook)))
async def delete_webhook(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> None:
    """Remove a receiver with its secrets and the log of what it was told."""
    await installation.webhooks.endpoints.delete(access)


@post("/v1/webhooks/{id:str}/secret", status_code=200, opt=act(Action.WEBHOOK_ROTATE, named(resources.webhook)))
async def rotate_secret(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> SecretRotated:
    """Make a new secret, shown this once; the former one signs beside it for a day."""
    rotated = await installation.webhooks.endpoints.rotate(access)
    return SecretRotated(rotated.secret, rotated.former_until)


@post("/v1/webhooks/{id:str}/test", status_code=202, opt=act(Action.WEBHOOK_TEST, named(resources.webhook)))
async def test_webhook(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> EventSent:
    """Tell the receiver of an event that is made up, signed like every other."""
    return EventSent(await installation.webhooks.endpoints.test(access))


@get("/v1/webhooks/{id:str}/deliveries", opt=act(Action.WEBHOOK_READ, named(resources.webhook)))
async def list_deliveries(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    in_state: Annotated[str | None, QueryParameter(name="state")] = None,
    after: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> DeliveryPage:
    """List what a receiver was told, newest first, with every attempt; it is kept for thirty days."""
    if in_state is not None and in_state not in _STATES:
        raise BadInput("there is no such state of deliveries", advice=f"Choose from {', '.join(sorted(_STATES))}.")
    from_ = None if after is None else parse_id(after, "`after`")
    found = await installation.webhooks.endpoints.deliveries(access, state=in_state, after=from_, limit=limit)
    last = found[-1].row.event_id if len(found) == limit else None
    return DeliveryPage([delivery_shown(each) for each in found], last)


@post(
    "/v1/webhooks/{id:str}/deliveries/{event:str}/redeliver",
    status_code=202,
    opt=act(Action.WEBHOOK_REDELIVER, named(resources.webhook)),
)
async def redeliver(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> EventSent:
    """Put one delivery on its way again, under the id that it has."""
    again = parse_id(str(request.path_params["event"]), "the event in the path")
    await installation.webhooks.endpoints.redeliver(access, again)
    return EventSent(again)
