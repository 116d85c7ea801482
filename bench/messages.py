"""A page of messages through the compatible face beside the same page of /v1, with its parts.

An installation is made in a temporary folder and messages arrive at its number, every second one with a picture. The
same page is asked for in turns, through both faces, everything included: the token, the decision, the ledger, opening
and redacting every text, the answer.

    .venv/bin/python bench/messages.py [MESSAGES]
"""

import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Generator
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import httpx
import msgspec
from PIL import Image

from privity.api.app import make_app
from privity.custody.telephony import Draft
from privity.gate import Action, resources
from privity.identity import ORIGINALS, Caller, Origin, Scope, operator_of_this_machine
from privity.platform import Profile
from privity.running import Installation, make_tenant, make_token, open_installation
from privity.settings import Settings

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


async def pages(client: httpx.AsyncClient, below: str, size: int) -> None:
    took: dict[str, list[float]] = {f"{below}/Messages.json?PageSize={size}": [], f"/v1/messages?limit={size}": []}
    for _ in range(ROUNDS):
        for path, spans in took.items():
            started = time.perf_counter()
            answer = await client.get(path, auth=_for(path))
            spans.append((time.perf_counter() - started) * 1000)
            assert len(answer.json()["messages"]) == size
    theirs, ours = (statistics.median(spans) for spans in took.values())
    print(f"a page of {size} messages   compatible {theirs:.1f} ms, /v1 {ours:.1f} ms: {theirs / ours:.2f}x")


_auth: dict[str, Any] = {}


def _for(path: str) -> Any:
    return _auth["bearer" if path.startswith("/v1") else "basic"]


class Bearer(httpx.Auth):
    """What /v1 takes for credentials."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """Add the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


async def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="privity-"))
    try:
        async with open_installation(folder / "data", settings=Settings()) as installation:
            operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
            tenant, project = await make_tenant(
                installation, operator, name="birch", profile=Profile.CLINIC, owner="owner@birch.example"
            )
            await measure(installation, msgspec.structs.replace(operator, tenant=tenant), project, count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def measure(installation: Installation, operator: Caller, project: UUID, count: int) -> None:
    token = await make_token(installation, operator, scopes=frozenset(Scope) - ORIGINALS, name="bench")
    _auth.update(bearer=Bearer(token.text), basic=httpx.BasicAuth(str(project), token.text))
    async with installation.gate.open(operator, Action.NUMBER_CREATE, resources.own_project()) as access:
        await installation.telephony.own_numbers.add(access, NUMBER, "bench")
    await arrive(installation, operator, count)
    below = f"/2010-04-01/Accounts/{project}"
    transport = httpx.ASGITransport(cast("Any", make_app(installation)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60) as client:
        for size in (20, 50, 200):
            await pages(client, below, size)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
