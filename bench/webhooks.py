"""One event told to a thousand receivers, of which three in ten hang: how soon the others have it, and what that costs.

An installation and its receivers are made on this machine, the receivers in a process of their own. One event after
another happens; a receiver notes when it is told. Meanwhile the API is asked for the same list again and again, first
while nothing is sent, then while everything is: the ratio tells what sending costs it.

    .venv/bin/python bench/webhooks.py [RECEIVERS] [EVENTS]
"""

import asyncio
import multiprocessing
import statistics
import sys
import time
from multiprocessing.connection import Connection

import httpx
from installed import installed

from privity.delivery.webhooks import EventKind, tell
from privity.gate import Action, resources
from privity.identity import Caller, Scope
from privity.running import Installation, make_sender
from privity.running.worker import permit_many_files
from privity.settings import Settings

HANGING = 0.3
BETWEEN_SECONDS = 18.0


def receive(pipe: Connection, hanging: int) -> None:
    """Answer each call, except those for `/n` with n below `hanging`; send back when each path was called."""

    async def serve() -> None:
        called: list[tuple[int, float]] = []

        async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
                number = int(head.split(b" ", 2)[1][1:])
                called.append((number, time.time()))
                if number < hanging:
                    await asyncio.sleep(60)
                writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
                await writer.drain()
            except (OSError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        permit_many_files()
        server = await asyncio.start_server(one, "127.0.0.1", 0, backlog=4096)
        pipe.send(server.sockets[0].getsockname()[1])
        while await asyncio.to_thread(pipe.recv) != "end":
            pipe.send(list(called))
            called.clear()

    asyncio.run(serve())


async def listed(client: httpx.AsyncClient, seconds: float) -> list[float]:
    """Ask for the list again and again and return the milliseconds that each answer took."""
    spans, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        started = time.perf_counter()
        answer = await client.get("/v1/conversations")
        assert answer.status_code == 200, (answer.status_code, time.perf_counter() - started, answer.text)
        spans.append((time.perf_counter() - started) * 1000)
        await asyncio.sleep(0.02)
    return spans


async def make_receivers(installation: Installation, operator: Caller, port: int, receivers: int) -> None:
    for number in range(receivers):
        async with installation.gate.open(operator, Action.WEBHOOK_CREATE, resources.own_project()) as access:
            await installation.webhooks.endpoints.create(access, f"http://127.0.0.1:{port}/{number}", [])


async def happen(installation: Installation, operator: Caller) -> float:
    """Let something happen in the project and return when it did."""
    async with installation.gate.open(operator, Action.RECORDING_ENABLE, resources.own_project()) as access:
        async with access.transaction() as tx:
            about = installation.ids.new()
            await tell(tx, access, EventKind.CALL_ENDED, [about], at=installation.clock.now(), status="completed")
    return time.time()


async def main(receivers: int, events: int) -> None:
    hanging = int(receivers * HANGING)
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=receive, args=(theirs, hanging), daemon=True)
    process.start()
    try:
        port = await asyncio.to_thread(ours.recv)
        settings = Settings(egress_hosts="127.0.0.1", egress_loopback=True)
        async with installed({Scope.CONVERSATIONS_READ}, settings=settings) as inside:
            await make_receivers(inside.installation, inside.operator, port, receivers)
            permit_many_files()
            sending = asyncio.create_task(make_sender(inside.installation).run())
            async with inside.client(headers=inside.bearer) as client:
                await listed(client, 1)
                alone = await listed(client, 5)
                print(f"{receivers} receivers, {hanging} of them hang\n")
                for number in range(1, events + 1):
                    at = await happen(inside.installation, inside.operator)
                    beside = await listed(client, BETWEEN_SECONDS)
                    ours.send("called")
                    called = await asyncio.to_thread(ours.recv)
                    spans = sorted(when - at for which, when in called if which >= hanging)
                    report(number, spans, receivers - hanging, statistics.median(beside) / statistics.median(alone))
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
        ours.send("end")
    finally:
        process.kill()


def report(number: int, spans: list[float], healthy: int, ratio: float) -> None:
    p95 = spans[int(len(spans) * 0.95) - 1] if spans else float("nan")
    print(
        f"event {number}: {len(spans)} of {healthy} healthy ones told, half within {statistics.median(spans):.2f} s, "
        f"95 % within {p95:.2f} s; the API beside it {ratio:.2f}x",
        flush=True,
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 2))
