"""`privity sample telephony`: made-up data to try things on."""

import asyncio

from cyclopts import App

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json, print_next
from privity.running import SampleTelephony, make_sample_telephony

sample = App(name="sample", help="Made-up data to try things on; repeatable.")


@sample.command
def telephony(*, tenant: str, options: Options = DEFAULT) -> None:
    """Make a number, messages with and without media, a fax, a live call, and a recording with its transcription."""

    async def act() -> SampleTelephony:
        async with open_operator(options.data, tenant) as (installation, operator):
            return await make_sample_telephony(installation, operator)

    made = asyncio.run(act())
    if options.json:
        print_json(made)
        return
    print_facts(
        [
            ("project", str(made.project_id)),
            ("number", made.number),
            ("messages", str(len(made.messages))),
            ("fax", str(made.fax)),
            ("call", f"{made.live_call}  (live)"),
            ("recording", str(made.recording)),
        ]
    )
    print_next("privity up", "curl -u PROJECT:TOKEN localhost:8440/2010-04-01/Accounts/PROJECT/Messages.json")
