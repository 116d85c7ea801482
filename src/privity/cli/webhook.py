"""`privity webhook …`: who is told of what happens in a project, what each was told, and once more if need be."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar
from uuid import UUID

import msgspec
from cyclopts import App

from privity.api.webhooks import DeliveryShown, WebhookShown, delivery_shown, webhook_shown
from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json, print_table
from privity.delivery.webhooks import Made, Rotated
from privity.gate import Access, Action, Resource, resources
from privity.running import Installation

webhook = App(name="webhook", help="Receivers that are told of what happens: ids and times, signed, never content.")

T = TypeVar("T")
_MOST: Final = 200


@webhook.command
def create(url: str, /, *, tenant: str, events: str = "", options: Options = DEFAULT) -> None:
    """Tell a receiver of what happens in the tenant's first project, and show its secret, this once.

    Parameters
    ----------
    events
        Which events, with commas between; all of them when none is named.
    """
    chosen = [each.strip() for each in events.split(",") if each.strip()]

    async def make(installation: Installation, access: Access) -> Made:
        return await installation.webhooks.endpoints.create(access, url, chosen)

    made = _done(options, tenant, Action.WEBHOOK_CREATE, resources.own_project(), make)
    shown = msgspec.structs.asdict(webhook_shown(made.endpoint)) | {"secret": made.secret}
    if options.json:
        print_json(shown)
        return
    print_facts([("webhook", str(shown["id"])), ("secret", made.secret), ("keep it", "it is not shown again")])


@webhook.command(name="list")
def list_all(*, tenant: str, options: Options = DEFAULT) -> None:
    """List receivers, newest first."""

    async def read(installation: Installation, access: Access) -> list[WebhookShown]:
        return [
            webhook_shown(each) for each in await installation.webhooks.endpoints.page(access, after=None, limit=_MOST)
        ]

    found = _done(options, tenant, Action.WEBHOOK_LIST, resources.own_project(), read)
    if options.json:
        print_json({"webhooks": found})
        return
    print_table(
        ["webhook", "url", "events", "state", "last took something (UTC)"],
        [
            [
                str(each.id),
                each.url,
                ",".join(each.events) or "all",
                each.state if each.disabled_for is None else f"{each.state}: {each.disabled_for}",
                f"{each.answered_at:%Y-%m-%d %H:%M:%S}" if each.answered_at else "never",
            ]
            for each in found
        ],
    )


@webhook.command
def deliveries(webhook_id: UUID, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """List what a receiver was told, newest first, with every attempt."""

    async def read(installation: Installation, access: Access) -> list[DeliveryShown]:
        found = await installation.webhooks.endpoints.deliveries(access, state=None, after=None, limit=_MOST)
        return [delivery_shown(each) for each in found]

    found = _done(options, tenant, Action.WEBHOOK_READ, resources.webhook(webhook_id), read)
    if options.json:
        print_json({"deliveries": found})
        return
    print_table(
        ["event", "type", "state", "attempts", "last"],
        [[str(each.event), each.type, each.state, str(len(each.attempts)), _last(each)] for each in found],
    )


@webhook.command
def rotate(webhook_id: UUID, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Make a new secret, shown this once; the former one signs beside it for a day."""

    async def make(installation: Installation, access: Access) -> Rotated:
        return await installation.webhooks.endpoints.rotate(access)

    rotated = _done(options, tenant, Action.WEBHOOK_ROTATE, resources.webhook(webhook_id), make)
    if options.json:
        print_json({"secret": rotated.secret, "former_until": rotated.former_until})
        return
    print_facts([("secret", rotated.secret), ("former signs until", f"{rotated.former_until:%Y-%m-%d %H:%M:%S} UTC")])


@webhook.command
def enable(webhook_id: UUID, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Tell a receiver of what happens from now on."""
    _switch(webhook_id, tenant, options, enabled=True)


@webhook.command
def disable(webhook_id: UUID, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Tell a receiver nothing more, nor what waits for it."""
    _switch(webhook_id, tenant, options, enabled=False)


@webhook.command
def delete(webhook_id: UUID, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Remove a receiver with its secrets and the log of what it was told."""

    async def remove(installation: Installation, access: Access) -> None:
        await installation.webhooks.endpoints.delete(access)

    _done(options, tenant, Action.WEBHOOK_DELETE, resources.webhook(webhook_id), remove)
    _say(options, {"webhook_id": webhook_id, "deleted": True}, ("removed", str(webhook_id)))


@webhook.command(name="test")
def try_out(webhook_id: UUID, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Tell a receiver of an event that is made up; a running server sends it."""

    async def tell(installation: Installation, access: Access) -> UUID:
        return await installation.webhooks.endpoints.test(access)

    event = _done(options, tenant, Action.WEBHOOK_TEST, resources.webhook(webhook_id), tell)
    _say(options, {"event": event}, ("on its way", str(event)))


@webhook.command
def redeliver(webhook_id: UUID, event: UUID, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Put one delivery on its way again, under the id that it has."""

    async def again(installation: Installation, access: Access) -> None:
        await installation.webhooks.endpoints.redeliver(access, event)

    _done(options, tenant, Action.WEBHOOK_REDELIVER, resources.webhook(webhook_id), again)
    _say(options, {"event": event}, ("on its way", str(event)))


def _switch(webhook_id: UUID, tenant: str, options: Options, *, enabled: bool) -> None:
    async def change(installation: Installation, access: Access) -> WebhookShown:
        return webhook_shown(await installation.webhooks.endpoints.change(access, enabled=enabled, kinds=None))

    shown = _done(options, tenant, Action.WEBHOOK_CHANGE, resources.webhook(webhook_id), change)
    _say(options, shown, ("webhook", shown.state))


def _done(
    options: Options,
    tenant: str,
    action: Action,
    resource: Resource,
    do: Callable[[Installation, Access], Awaitable[T]],
) -> T:
    async def act() -> T:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, action, resource) as access:
                return await do(installation, access)

    return asyncio.run(act())


def _say(options: Options, told: object, fact: tuple[str, str]) -> None:
    if options.json:
        print_json(told)
    else:
        print_facts([fact])


def _last(delivery: DeliveryShown) -> str:
    if not delivery.attempts:
        return ""
    last = delivery.attempts[-1]
    return str(last.status) if last.status is not None else last.outcome
