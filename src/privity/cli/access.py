"""`privity access roles | review | holdings | events` and `privity break-glass open | end | list`."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from cyclopts import App, Parameter

from privity.api.access import parse_time
from privity.cli.grants import Tenant, act_as_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_table
from privity.gate import (
    Access,
    Action,
    Concern,
    Emergency,
    Holdings,
    SecurityEvent,
    resources,
    role_table,
    security_events,
    shipped_engine,
)
from privity.identity import Role
from privity.ids import parse_id
from privity.running import Installation

access = App(name="access", help="Roles, who has what, what is too much, security events.")
break_glass = App(name="break-glass", help="Emergencies: an hour at most, approved by a person, reviewed afterwards.")


@access.command
def roles(*, options: Options = DEFAULT) -> None:
    """Show what each role may do, found by asking the policies that this version ships."""
    engine = shipped_engine()
    table = role_table(engine)
    if options.json:
        print_json({"policy_set": engine.digest, "rows": table})
        return
    shown = [[row.label, *(cell.answer.replace("_", " ") for cell in row.cells)] for row in table]
    print_table(["act", *Role], shown)


@access.command
def review(*, tenant: Tenant, options: Options = DEFAULT) -> None:
    """List access that is unused or broader than it needs to be."""

    async def look(installation: Installation, opened: Access) -> list[Concern]:
        return await installation.reviewing.concerns(opened)

    found = act_as_operator(options, tenant, Action.ACCESS_REVIEW, resources.own_tenant(), look)
    if options.json:
        print_json({"concerns": found})
    elif found:
        print_table(["who", "holds", "id", "why"], [[each.principal, each.holds, each.id, each.why] for each in found])
    else:
        console().print("  nothing is unused or too broad")


@access.command
def holdings(
    *,
    tenant: Tenant,
    at: Annotated[str | None, Parameter(help="A time such as 2030-01-31T12:00:00Z; now when left out.")] = None,
    options: Options = DEFAULT,
) -> None:
    """Show who had what at a time: people, tokens, grants, emergencies."""
    moment = None if at is None else parse_time(at)

    async def look(installation: Installation, opened: Access) -> Holdings:
        return await installation.reviewing.holdings(opened, moment)

    found = act_as_operator(options, tenant, Action.ACCESS_REVIEW, resources.own_tenant(), look)
    if options.json:
        print_json(found)
        return
    rows = [
        [f"person:{each.id}", str(each.standing.get("role")), f"since {each.since:%Y-%m-%d}"] for each in found.people
    ]
    rows += [
        [f"service:{each.id}", ",".join(each.scopes), f"until {each.expires_at:%Y-%m-%d}"] for each in found.tokens
    ]
    rows += [[each.grantee, each.scope, f"until {each.ends_at:%Y-%m-%d}"] for each in found.grants]
    rows += [[each.holder, "emergency", f"until {each.ends_at:%H:%M}"] for each in found.emergencies]
    print_facts([("at", f"{found.at:%Y-%m-%d %H:%M:%S} UTC")])
    print_table(["who", "what", "when"], rows)


@access.command
def events(*, tenant: Tenant, limit: int = 50, options: Options = DEFAULT) -> None:
    """List security events from the ledger, newest first."""

    async def look(installation: Installation, opened: Access) -> list[SecurityEvent]:
        return await security_events(opened, installation.ledger, limit=limit)

    found = act_as_operator(options, tenant, Action.SECURITY_READ, resources.own_tenant(), look)
    if options.json:
        print_json({"events": found})
    elif found:
        rows = [[str(each.index), each.at, each.event, each.principal, each.action, each.layer] for each in found]
        print_table(["entry", "when", "event", "who", "act", "layer"], rows)
    else:
        console().print("  none among the newest entries")


@break_glass.command(name="open")
def open_(
    *,
    tenant: Tenant,
    reason: str,
    minutes: Annotated[int, Parameter(help="How long, 1 to 60.")] = 60,
    options: Options = DEFAULT,
) -> None:
    """Ask for an emergency: the owners have a notice at once, and it opens content when a person approves it."""

    async def ask(installation: Installation, opened: Access) -> UUID:
        return await installation.emergencies.open(opened, reason=reason, lasts=timedelta(minutes=minutes))

    made = act_as_operator(options, tenant, Action.BREAK_GLASS_OPEN, resources.own_tenant(), ask)
    if options.json:
        print_json({"break_glass_id": made, "approved": False})
    else:
        print_facts([("emergency", str(made)), ("lasts", f"{minutes} minutes"), ("waits for", "a person's approval")])


@break_glass.command
def end(emergency: str, /, *, tenant: Tenant, options: Options = DEFAULT) -> None:
    """End an emergency at once."""

    async def do(installation: Installation, opened: Access) -> None:
        await installation.emergencies.end(opened)

    wanted = resources.break_glass(parse_id(emergency, "the emergency's id"))
    act_as_operator(options, tenant, Action.BREAK_GLASS_END, wanted, do)
    if options.json:
        print_json({"break_glass_id": emergency, "ended": True})
    else:
        print_facts([("ended", emergency)])


@break_glass.command(name="list")
def list_(*, tenant: Tenant, options: Options = DEFAULT) -> None:
    """List emergencies, newest first, with those that wait for a review."""

    async def look(installation: Installation, opened: Access) -> list[Emergency]:
        return await installation.emergencies.page(opened)

    found = act_as_operator(options, tenant, Action.BREAK_GLASS_LIST, resources.own_tenant(), look)
    if options.json:
        print_json({"emergencies": found})
    elif found:
        rows = [
            [str(each.id), each.holder, f"{each.ends_at:%Y-%m-%d %H:%M}", "to review" if each.to_review else ""]
            for each in found
        ]
        print_table(["emergency", "holder", "ends (UTC)", ""], rows)
    else:
        console().print("  none")
