"""A page of messages through the compatible face beside the same page of /v1, with its parts.

An installation is made in a temporary folder and messages arrive at its number, every second one with a picture. The
same page is asked for in turns, through both faces, everything included: the token, the decision, the ledger, opening
and redacting every text, the answer.

    .venv/bin/python bench/messages.py [MESSAGES]
"""

import asyncio
import statistics
import sys
import time
from io import BytesIO
from typing import Any

import httpx
from installed import Installed, installed
from PIL import Image

from privity.custody.telephony import Draft
from privity.gate import Action, resources
from privity.identity import Caller
from privity.running import Installation

ROUNDS = 20
AT_ONCE = 8
NUMBER, SENDER = "+12025550100", "+12025550101"
TEXT = "This is Maria Gonzalez, I cannot make it on March 3rd. Please call me back at 415-555-0132, thank you."


async def arrive(installation: Installation, operator: Caller, count: int) -> None:
    picture = BytesIO()
    Image.new("RGB", (64, 48), (40, 90, 160)).save(picture, "PNG")
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        attachments = (picture.getvalue(),) if number % 2 else ()
        draft = Draft(from_number=SENDER, to_number=NUMBER, body=TEXT, attachments=attachments)
        async with free, installation.gate.open(operator, Action.MESSAGE_RECEIVE, resources.own_project()) as access:
            await installation.telephony.writing.receive(access, draft, installation.ids.new())

    await asyncio.gather(*map(one, range(count)))


async def pages(client: httpx.AsyncClient, inside: Installed, size: int) -> None:
    asked: dict[str, dict[str, Any]] = {
        f"/2010-04-01/Accounts/{inside.project}/Messages.json?PageSize={size}": {"auth": inside.basic},
        f"/v1/messages?limit={size}": {"headers": inside.bearer},
    }
    took: dict[str, list[float]] = {path: [] for path in asked}
    for _ in range(ROUNDS):
        for path, spans in took.items():
            started = time.perf_counter()
            answer = await client.get(path, **asked[path])
            spans.append((time.perf_counter() - started) * 1000)
            assert len(answer.json()["messages"]) == size
    theirs, ours = (statistics.median(spans) for spans in took.values())
    print(f"a page of {size} messages   compatible {theirs:.1f} ms, /v1 {ours:.1f} ms: {theirs / ours:.2f}x")


async def main(count: int) -> None:
    async with installed() as inside:
        await inside.add_number(NUMBER)
        await arrive(inside.installation, inside.operator, count)
        async with inside.client() as client:
            for size in (20, 50, 200):
                await pages(client, inside, size)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
