"""Erasures are left to a job that is about to run; one that commits late is not forgotten."""

import asyncio

import pytest
from scene import Place, until

from privity.custody.erasing import Erased
from privity.gate import Action, resources
from promises import promise

pytestmark = pytest.mark.slow

NOTED = "SELECT count(*) FROM tenant.erasure WHERE record_id = ANY(%s)"


@promise("A15", sabotage="nobody_waits_for_orders")
async def test_what_is_ordered_while_the_job_of_another_begins_is_erased_by_it(held: Place) -> None:
    async with held.opened() as inside, inside.working():
        erasing, things = inside.installation.telephony.erasing, [inside.installation.ids.new() for _ in range(2)]
        async with inside.may(Action.REDACTION_START, resources.own_project()) as access:
            async with access.transaction(settles=False) as tx:
                await erasing.order(tx, access, [Erased("message_body", things[0])])
            async with access.transaction() as tx:
                await erasing.order(tx, access, [Erased("message_body", things[1])])
                await asyncio.sleep(2.5)  # the job of the first has looked by then, if it did not wait
        await until(lambda: held.rows(NOTED, things) == [(0,)], within=30)
