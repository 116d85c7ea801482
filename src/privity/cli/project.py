"""`privity project create | list`: workspaces within a tenant, which people and tokens are given."""

import asyncio
from uuid import UUID

from cyclopts import App

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json, print_next, print_table
from privity.gate import Action, resources
from privity.running import Project, list_projects, make_project

project = App(name="project", help="Projects: workspaces within a tenant, which people and tokens are given.")


@project.command
def create(name: str, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Make a project; nobody but the owners sees it until it is given to them."""

    async def act() -> UUID:
        async with open_operator(options.data, tenant) as (installation, operator):
            return await make_project(installation, operator, name)

    made = asyncio.run(act())
    if options.json:
        print_json({"project_id": made, "name": name})
        return
    print_facts([("project", f"{name}  {made}")])
    print_next(
        f"privity token create --tenant {tenant} --project {made} --scopes …",
        f"privity person invite EMAIL --tenant {tenant} --role … --project {made}",
    )


@project.command(name="list")
def list_all(*, tenant: str, options: Options = DEFAULT) -> None:
    """List a tenant's projects, oldest first; what names no project means the first."""

    async def act() -> list[Project]:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.WORKSPACE_READ, resources.own_tenant()) as access:
                async with access.transaction() as tx:
                    return await list_projects(tx)

    found = asyncio.run(act())
    if options.json:
        print_json({"projects": found})
    else:
        print_table(["project", "name"], [[str(each.id), each.name] for each in found])
