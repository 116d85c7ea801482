"""A bulk redaction finds what was being brought in when it was ordered, however late that is committed."""

import asyncio
import random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from scene import Inside, Place, until

from privity.custody.telephony import Draft, MessageFilter
from privity.errors import Refused
from privity.gate import Access, Action, Resource, resources
from privity.identity import Origin, operator_of_this_machine, worker
from promises import promise

pytestmark = pytest.mark.slow

BODIES = "SELECT body IS NULL FROM tenant.message WHERE id = ANY(%s)"
DONE = "SELECT state, seen, bodies FROM tenant.redaction WHERE id = %s"
WAITING = """
    SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND (classid::bigint << 32 | objid::bigint) = hashtextextended('tenant.message' || %s::text, 0)
"""


class Held:
    """Keeps the first transaction that writes a message from committing, until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.let_go = asyncio.Event(), asyncio.Event()
        connections: list[Any] = []
        execute = psycopg.AsyncConnection.execute

        async def executed(connection: Any, query: Any, *more: Any, **named: Any) -> Any:
            if "INSERT INTO tenant.message " in str(query) and not connections:
                connections.append(connection)
            if query == "COMMIT" and connection in connections and not self.reached.is_set():
                self.reached.set()
                await self.let_go.wait()
            return await execute(connection, query, *more, **named)

        monkeypatch.setattr(psycopg.AsyncConnection, "execute", executed)


class Desk:
    """What an operator does with messages."""

    def __init__(self, inside: Inside) -> None:
        self._here, self._tenant = inside.installation, inside.tenant.id
        self.own = f"+1202555{random.SystemRandom().randrange(2000, 10000)}"

    def _may(self, action: Action) -> Any:
        operator = operator_of_this_machine(self._tenant, Origin(request_id=self._here.ids.new()))
        return self._here.gate.open(operator, action, resources.own_project())

    async def claim(self) -> UUID:
        access: Access
        async with self._may(Action.NUMBER_CREATE) as access:
            await self._here.telephony.own_numbers.add(access, self.own)
            return access.decision

    async def send(self) -> UUID:
        access: Access
        draft = Draft(from_number=self.own, to_number="+12025550147", body="See you on Friday")
        async with self._may(Action.MESSAGE_CREATE) as access:
            return await self._here.telephony.writing.send(access, draft)

    async def receive(self, sender: str) -> UUID:
        draft = Draft(from_number=sender, to_number=self.own, body="See you on Thursday")
        async with self._may(Action.MESSAGE_RECEIVE) as access:
            message = await self._here.telephony.writing.receive(access, draft, self._here.ids.new())
        assert message is not None
        return message

    async def redact(self) -> UUID:
        access: Access
        async with self._may(Action.REDACTION_START) as access:
            asked = MessageFilter(to_index=self._here.telephony.index.of(access.tenant, self.own))
            return await self._here.telephony.bulk.start(access, asked)


@promise("A22", sabotage="late_messages_are_not_waited_for")
async def test_a_message_that_is_committed_late_is_redacted_too(held: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    async with held.opened() as inside:
        desk = Desk(inside)
        await desk.claim()
        late = Held(monkeypatch)
        bringing = asyncio.create_task(desk.receive("+12025550147"))
        await late.reached.wait()
        there = await desk.receive("+12025550148")  # another: that of the first is not known yet
        redaction = await desk.redact()

        def is_done() -> bool:
            return bool(held.rows(DONE, redaction)[0][0] == "done")

        async with inside.working(stalled_after=60):
            await until(lambda: is_done() or held.rows(WAITING, inside.tenant.project) != [])
            late.let_go.set()
            messages = [await bringing, there]
            assert messages[0] < messages[1], "its id sorts before"
            await until(is_done)
        assert held.rows(BODIES, messages) == [(True,), (True,)]
        assert held.rows(DONE, redaction) == [("done", 2, 2)]


async def test_what_no_allowed_decision_ordered_is_not_done(held: Place) -> None:
    async with held.opened() as inside:
        gate, new = inside.installation.gate, inside.installation.ids.new
        desk = Desk(inside)
        claimed = await desk.claim()
        redaction, message = await desk.redact(), await desk.send()
        for action, resource, table in (
            (Action.REDACTION_RUN, resources.redaction(redaction), "redaction"),
            (Action.MESSAGE_DELIVER, resources.message(message), "message"),
        ):
            [(cause,)] = held.rows(f"SELECT cause FROM tenant.{table} WHERE id = %s", resource.id)

            async def asked(by: UUID | None, action: Action = action, resource: Resource = resource) -> None:
                caller = worker("slipped_in", inside.tenant.id, by, Origin(request_id=new()))
                async with gate.open(caller, action, resource):
                    pass

            await asked(cause)
            for other in (claimed, new(), None):
                with pytest.raises(Refused):
                    await asked(other)
            held.rows(f"UPDATE tenant.{table} SET cause = %s WHERE id = %s RETURNING 1", claimed, resource.id)
            with pytest.raises(Refused):  # a decision that stands in the ledger, and ordered something else
                await asked(claimed)
            held.rows(f"UPDATE tenant.{table} SET cause = %s WHERE id = %s RETURNING 1", cause, resource.id)
        await inside.work()
