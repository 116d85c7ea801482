"""`privity recording enable | disable`: whether calls of a project may be recorded. Nothing else switches it on."""

import asyncio
from uuid import UUID

from cyclopts import App

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json, print_next
from privity.gate import Action, resources

recording = App(name="recording", help="Whether calls may be recorded: never, until somebody says so here.")


@recording.command
def enable(
    *, tenant: str, project: UUID | None = None, staying_counts: bool = False, options: Options = DEFAULT
) -> None:
    """Let calls of a project be recorded, as far as the law of everybody on them does.

    Parameters
    ----------
    project
        The project; the tenant's first, unless another is named.
    staying_counts
        Take staying on the line after the announcement for consent where the law takes it so.
    """
    _permit(tenant, project, options, allowed=True, staying_counts=staying_counts)


@recording.command
def disable(*, tenant: str, project: UUID | None = None, options: Options = DEFAULT) -> None:
    """Let no call of a project be recorded any more; recordings that exist stay."""
    _permit(tenant, project, options, allowed=False)


def _permit(
    tenant: str, project: UUID | None, options: Options, *, allowed: bool, staying_counts: bool = False
) -> None:
    async def act() -> UUID:
        async with open_operator(options.data, tenant) as (installation, operator):
            enabled = installation.gate.open(operator, Action.RECORDING_ENABLE, resources.project(project))
            async with enabled as access:
                await installation.telephony.recordings.permit(access, allowed=allowed, staying_counts=staying_counts)
                return access.project

    found = asyncio.run(act())
    if options.json:
        print_json({"project_id": found, "recording": allowed})
        return
    print_facts(
        [("project", str(found)), ("recording", "permitted, as the law of each call has it" if allowed else "off")]
    )
    if allowed:
        print_next("POST /2010-04-01/Accounts/PROJECT/Calls/CALL/Recordings.json")
