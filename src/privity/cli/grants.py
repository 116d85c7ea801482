"""`privity grant create | list | approve | decline | revoke`: the operator enters what an owner or admin decided."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

from cyclopts import App, Parameter

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_next, print_table
from privity.errors import BadInput
from privity.gate import Access, Action, Grant, Resource, parse_grantee, parse_scope, resources
from privity.ids import parse_id
from privity.running import Installation

grant = App(name="grant", help="Grants: access beyond a role, with a reason and an end.")

T = TypeVar("T")
Tenant = Annotated[str, Parameter(help="The tenant's name or id.")]
Decider = Annotated[str, Parameter(name="--for", help="The owner or admin whose decision this is: person:ID.")]


def act_as_operator(
    options: Options,
    tenant: str,
    action: Action,
    resource: Resource,
    do: Callable[[Installation, Access], Awaitable[T]],
) -> T:
    """Run one act of the operator in a tenant, through the gate, and return what it returns."""

    async def act() -> T:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, action, resource) as access:
                return await do(installation, access)

    return asyncio.run(act())


@grant.command
def create(
    *,
    tenant: Tenant,
    to: Annotated[str, Parameter(help="Who gets it: person:ID or service:TOKEN-ID.")],
    scope: Annotated[str, Parameter(help="conversation:ID, subject:ID, author:person:ID or project:ID.")],
    reason: str,
    decided_by: Decider,
    days: Annotated[int, Parameter(help="How long, 1 to 366.")] = 30,
    options: Options = DEFAULT,
) -> None:
    """Give access to records; the reason is sealed, and the ledger names both who decided and who entered it."""
    if not 1 <= days <= 366:
        raise BadInput("a grant lasts 1 to 366 days", advice="Choose the shortest time that does.")
    wanted = resources.proposed_grant(parse_grantee(to), parse_scope(scope), on_behalf_of=parse_grantee(decided_by))

    async def give(installation: Installation, access: Access) -> UUID:
        return await installation.grants.give(
            access, reason=reason, ends_at=installation.clock.now() + timedelta(days=days)
        )

    made = act_as_operator(options, tenant, Action.GRANT_CREATE, wanted, give)
    if options.json:
        print_json({"grant_id": made, "state": "given"})
    else:
        print_facts([("grant", str(made)), ("to", to), ("for", scope), ("lasts", f"{days} days")])
        print_next(f"privity grant revoke {made} --tenant {tenant}")


@grant.command(name="list")
def list_(*, tenant: Tenant, options: Options = DEFAULT) -> None:
    """List grants, newest first: given, asked for, ended."""

    async def page(installation: Installation, access: Access) -> list[Grant]:
        return await installation.grants.page(access, limit=200)

    found = act_as_operator(options, tenant, Action.GRANT_LIST, resources.own_tenant(), page)
    if options.json:
        print_json({"grants": found})
        return
    if not found:
        console().print("  no grants yet")
        return
    print_table(
        ["grant", "state", "to", "for", "given by", "ends (UTC)", "used"],
        [
            [
                str(each.id),
                each.state,
                each.grantee,
                each.scope,
                each.on_behalf_of or each.given_by or "",
                f"{each.ends_at:%Y-%m-%d %H:%M}",
                str(each.uses),
            ]
            for each in found
        ],
    )


@grant.command
def approve(grant_id: str, /, *, tenant: Tenant, decided_by: Decider, options: Options = DEFAULT) -> None:
    """Approve what a plugin or a clinician asked for."""

    async def do(installation: Installation, access: Access) -> None:
        await installation.grants.approve(access)

    wanted = resources.grant(parse_id(grant_id, "the grant's id"), on_behalf_of=parse_grantee(decided_by))
    act_as_operator(options, tenant, Action.GRANT_APPROVE, wanted, do)
    _told(options, grant_id, "given")


@grant.command
def decline(grant_id: str, /, *, tenant: Tenant, decided_by: Decider, options: Options = DEFAULT) -> None:
    """Decline what was asked for."""

    async def do(installation: Installation, access: Access) -> None:
        await installation.grants.decline(access)

    wanted = resources.grant(parse_id(grant_id, "the grant's id"), on_behalf_of=parse_grantee(decided_by))
    act_as_operator(options, tenant, Action.GRANT_DECLINE, wanted, do)
    _told(options, grant_id, "declined")


@grant.command
def revoke(grant_id: str, /, *, tenant: Tenant, options: Options = DEFAULT) -> None:
    """End a grant at once, for every decision from now on."""

    async def do(installation: Installation, access: Access) -> None:
        await installation.grants.revoke(access)

    act_as_operator(options, tenant, Action.GRANT_REVOKE, resources.grant(parse_id(grant_id, "the grant's id")), do)
    _told(options, grant_id, "revoked")


def _told(options: Options, grant_id: str, state: str) -> None:
    told: dict[str, Any] = {"grant_id": grant_id, "state": state}
    if options.json:
        print_json(told)
    else:
        print_facts([(state, grant_id)])
