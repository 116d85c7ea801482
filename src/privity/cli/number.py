"""`privity number …`: the telephone numbers that a project has, and who carries them."""

import asyncio
from uuid import UUID

from cyclopts import App

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json
from privity.gate import Action, resources

number = App(name="number", help="The telephone numbers of projects, and who carries them.")


@number.command
def add(
    telephone_number: str,
    /,
    *,
    tenant: str,
    name: str = "",
    over: UUID | None = None,
    project: UUID | None = None,
    options: Options = DEFAULT,
) -> None:
    """Give a number to the tenant's first project, or to the one named: what comes in for it is that project's.

    Parameters
    ----------
    over
        The carrier that it is at; without one it sends to numbers of this installation only.
    """

    async def act() -> UUID:
        async with open_operator(options.data, tenant) as (installation, operator):
            own, gate, where = installation.telephony.own_numbers, installation.gate, resources.project(project)
            async with gate.open(operator, Action.NUMBER_CREATE, where) as access:
                made = await own.add(access, telephone_number, name)
            if over is not None:
                async with gate.open(operator, Action.NUMBER_CARRY, where) as access:
                    await own.carry(access, telephone_number, over)
            return made

    made = asyncio.run(act())
    if options.json:
        print_json({"number_id": made, "carrier_id": over})
    else:
        print_facts([("number", str(made)), ("carrier", str(over) if over else "loopback")])


@number.command
def carry(
    telephone_number: str,
    /,
    *,
    tenant: str,
    over: UUID | None = None,
    project: UUID | None = None,
    options: Options = DEFAULT,
) -> None:
    """Put a number on a carrier, or without `--over` back on the loopback carrier."""

    async def act() -> None:
        async with open_operator(options.data, tenant) as (installation, operator):
            carrying = installation.gate.open(operator, Action.NUMBER_CARRY, resources.project(project))
            async with carrying as access:
                await installation.telephony.own_numbers.carry(access, telephone_number, over)

    asyncio.run(act())
    if options.json:
        print_json({"carrier_id": over})
    else:
        print_facts([("carrier", str(over) if over else "loopback")])
