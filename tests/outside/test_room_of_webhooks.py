"""Receivers of one tenant that hang take no more than their share of what a process may call at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from scene import Place, until

from privity.delivery.webhooks import sending
from privity.gate import Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.running.worker import make_sender
from privity.settings import Settings
from privity.store import end_tasks
from privity.store.queue.worker import ENDS_WITHIN

pytestmark = pytest.mark.slow

SETTINGS = Settings(egress_hosts="127.0.0.1", egress_loopback=True)


class Receivers:
    """Counts who is calling; nobody is answered until they are let go."""

    def __init__(self) -> None:
        self.calling = {"birch": 0, "cedar": 0}
        self.most = 0
        self.let_go = asyncio.Event()
        self.url = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Receivers"]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            who = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode().strip("/")
            self.calling[who] += 1
            self.most = max(self.most, self.calling["birch"])
            await self.let_go.wait()
            self.calling[who] -= 1
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            self.let_go.set()
            server.close()


async def test_tenant_whose_receivers_hang_leaves_room_for_others(held: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_ROOM_OF_ALL", 6)
    monkeypatch.setattr(sending, "_LEAST", 1)
    async with held.opened(settings=SETTINGS) as inside, Receivers().open() as receivers:
        here = inside.installation
        made: list[tuple[UUID, UUID]] = []

        async def told(name: str, times: int) -> None:
            tenant = held.tenants[name].id
            operator = operator_of_this_machine(tenant, Origin(request_id=here.ids.new()))
            async with here.gate.open(operator, Action.WEBHOOK_CREATE, resources.own_project()) as access:
                endpoint = (await here.webhooks.endpoints.create(access, f"{receivers.url}/{name}", [])).endpoint.row.id
            made.append((tenant, endpoint))
            for _ in range(times):
                async with here.gate.open(operator, Action.WEBHOOK_TEST, resources.webhook(endpoint)) as access:
                    await here.webhooks.endpoints.test(access)

        for _ in range(3):
            await told("birch", 4)
        working = asyncio.create_task(make_sender(here).run())
        try:
            await until(lambda: receivers.calling["birch"] == 6)
            await told("cedar", 1)
            await until(lambda: receivers.calling["cedar"] == 1)
            assert receivers.most == 6
            receivers.let_go.set()
            waiting = "SELECT 1 FROM tenant.webhook_delivery WHERE endpoint_id = ANY(%s) AND state = 'waiting'"
            await until(lambda: not held.rows(waiting, [endpoint for _, endpoint in made]))
        finally:
            await end_tasks(working, again_after=ENDS_WITHIN)
            for tenant, endpoint in made:
                operator = operator_of_this_machine(tenant, Origin(request_id=here.ids.new()))
                async with here.gate.open(operator, Action.WEBHOOK_DELETE, resources.webhook(endpoint)) as access:
                    await here.webhooks.endpoints.delete(access)
