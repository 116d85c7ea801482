"""`privity carrier …`: accounts at Twilio and SignalWire, by which numbers of a project send and receive."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar
from uuid import UUID

from cyclopts import App

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json, print_next, print_table
from privity.delivery.carrier_accounts import TWILIO
from privity.delivery.vendor import Vendor
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.identity import CarrierRow
from privity.running import Installation

carrier = App(name="carrier", help="Accounts at carriers, by which numbers of a project send and receive.")

_HEARS: Final = {"messages": "A MESSAGE COMES IN", "calls": "STATUS OF CALLS", "faxes": "A FAX COMES IN"}
T = TypeVar("T")


@carrier.command
def connect(
    vendor: Vendor,
    /,
    *,
    tenant: str,
    account: str,
    url: str | None = None,
    project: UUID | None = None,
    options: Options = DEFAULT,
) -> None:
    """Connect an account at `twilio` or `signalwire`, for numbers of the tenant's first project or the one named.

    The account's token is the setting carrier_secret: PRIVITY_CARRIER_SECRET, or a file that
    PRIVITY_CARRIER_SECRET_FILE names. SignalWire signs with a key of its own: carrier_signing_key, likewise.

    Parameters
    ----------
    account
        The account or project over there.
    url
        The vendor's address, such as https://example.signalwire.com; for Twilio its public one unless another is named.
    """

    async def act(installation: Installation, access: Access) -> tuple[UUID, dict[str, str | None]]:
        origin = url or (TWILIO if vendor is Vendor.TWILIO else None)
        if origin is None:
            raise BadInput("the address of the space is missing", advice="Add --url https://SPACE.signalwire.com.")
        token = installation.settings.carrier_secret or ""
        signs_with = installation.settings.carrier_signing_key or token
        carriers = installation.telephony.carriers
        made = await carriers.connect(
            access, vendor, origin=origin, account=account, token=token, signs_with=signs_with
        )
        return made, {what: carriers.callback(access.tenant, made, what) for what in _HEARS}

    made, addresses = _done(options, tenant, Action.CARRIER_CONNECT, project, act)
    if options.json:
        print_json({"carrier_id": made, "addresses": addresses})
        return
    print_facts(
        [
            ("carrier", str(made)),
            *((_HEARS[what].lower(), address or "set public_url first") for what, address in addresses.items()),
        ]
    )
    print_next(f"privity number carry NUMBER --tenant {tenant} --over {made}")


@carrier.command(name="list")
def list_all(*, tenant: str, project: UUID | None = None, options: Options = DEFAULT) -> None:
    """List the accounts of a project, oldest first; never their secrets."""

    async def act(installation: Installation, access: Access) -> list[CarrierRow]:
        return await installation.telephony.carriers.listed(access)

    found = _done(options, tenant, Action.CARRIER_LIST, project, act)
    if options.json:
        shown = [{"carrier_id": each.id, "vendor": each.vendor, "created_at": each.created_at} for each in found]
        print_json({"carriers": shown})
        return
    print_table(
        ["carrier", "vendor", "since (UTC)"],
        [[str(each.id), each.vendor, f"{each.created_at:%Y-%m-%d %H:%M:%S}"] for each in found],
    )


@carrier.command
def disconnect(carrier_id: UUID, /, *, tenant: str, project: UUID | None = None, options: Options = DEFAULT) -> None:
    """Forget an account with its secrets; refused while numbers are on it."""

    async def act(installation: Installation, access: Access) -> None:
        await installation.telephony.carriers.disconnect(access, carrier_id)

    _done(options, tenant, Action.CARRIER_DISCONNECT, project, act)
    if options.json:
        print_json({"carrier_id": carrier_id, "disconnected": True})
    else:
        print_facts([("disconnected", str(carrier_id))])


def _done(
    options: Options,
    tenant: str,
    action: Action,
    project: UUID | None,
    do: Callable[[Installation, Access], Awaitable[T]],
) -> T:
    async def act() -> T:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, action, resources.project(project)) as access:
                return await do(installation, access)

    return asyncio.run(act())
