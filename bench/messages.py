"""The compatible list beside the same page of /v1, and bulk redaction beside a script that redacts one by one.

An installation is made in a temporary folder and messages arrive at its number, every second one with a picture. The
same page is asked for in turns, through both faces. Then a client's loop goes through half of the messages as such
scripts do (list, each one's media, delete each, blank the text), everything included: the token, the decision, the
ledger, the answer. The other half is one bulk redaction, from its order to its end. Both have to leave nothing.

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
from privity.running import Installation, make_tenant, make_token, make_worker, open_installation
from privity.settings import Settings

ROUNDS = 20
PAGE = 50
AT_ONCE = 8
NUMBER, FIRST, SECOND = "+12025550100", "+12025550101", "+12025550102"
TEXT = "This is Maria Gonzalez, I cannot make it on March 3rd. Please call me back at 415-555-0132, thank you."


async def arrive(installation: Installation, operator: Caller, sender: str, count: int) -> None:
    picture = BytesIO()
    Image.new("RGB", (64, 48), (40, 90, 160)).save(picture, "PNG")
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        attachments = (picture.getvalue(),) if number % 2 else ()
        draft = Draft(from_number=sender, to_number=NUMBER, body=TEXT, attachments=attachments)
        async with free, installation.gate.open(operator, Action.MESSAGE_RECEIVE, resources.own_project()) as access:
            await installation.telephony.writing.receive(access, draft, installation.ids.new())

    await asyncio.gather(*map(one, range(count)))


async def pages(client: httpx.AsyncClient, below: str) -> None:
    took: dict[str, list[float]] = {f"{below}/Messages.json?PageSize={PAGE}": [], f"/v1/messages?limit={PAGE}": []}
    for _ in range(ROUNDS):
        for path, spans in took.items():
            started = time.perf_counter()
            answer = await client.get(path, auth=_for(path))
            spans.append((time.perf_counter() - started) * 1000)
            assert len(answer.json()["messages"]) == PAGE
    theirs, ours = (statistics.median(spans) for spans in took.values())
    print(f"a page of {PAGE} messages   compatible {theirs:.1f} ms, /v1 {ours:.1f} ms: {theirs / ours:.2f}x")


async def loop(client: httpx.AsyncClient, below: str) -> tuple[int, float]:
    """Redact every message of the first sender as a client does; return how many there were, and the seconds."""
    started, seen = time.perf_counter(), 0
    path = f"{below}/Messages.json?PageSize={PAGE}&From={FIRST.replace('+', '%2B')}"
    while path:
        page = (await client.get(path, auth=_for(path))).json()
        for message in page["messages"]:
            seen += 1
            media = f"{below}/Messages/{message['sid']}/Media"
            for each in (await client.get(f"{media}.json", auth=_for(media))).json()["media_list"]:
                assert (await client.delete(f"{media}/{each['sid']}.json", auth=_for(media))).status_code == 204
            blanked = await client.post(f"{below}/Messages/{message['sid']}.json", data={"Body": ""}, auth=_for(media))
            assert blanked.json()["body"] == ""
        path = page["next_page_uri"] or ""
    return seen, time.perf_counter() - started


async def bulk(client: httpx.AsyncClient) -> tuple[int, float]:
    """Redact every message of the second sender in one order; return how many there were, and the seconds."""
    started = time.perf_counter()
    ordered = await client.post("/v1/redactions", json={"from": SECOND}, auth=_for("/v1"))
    assert ordered.status_code == 202, ordered.text
    while True:
        shown = (await client.get(f"/v1/redactions/{ordered.json()['id']}", auth=_for("/v1"))).json()
        if shown["state"] == "done":
            return shown["seen"], time.perf_counter() - started
        await asyncio.sleep(0.01)


async def left(client: httpx.AsyncClient, below: str) -> int:
    """How many messages still have a text or media."""
    found, path = 0, f"{below}/Messages.json?PageSize=1000"
    while path:
        answer = await client.get(path, auth=_for(path))
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += sum(message["body"] != "" or message["num_media"] != "0" for message in page["messages"])
        path = page["next_page_uri"] or ""
    return found


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
    for sender in (FIRST, SECOND):
        await arrive(installation, operator, sender, count)
    below = f"/2010-04-01/Accounts/{project}"
    transport = httpx.ASGITransport(cast("Any", make_app(installation)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60) as client:
        await pages(client, below)
        seen, alone = await loop(client, below)
        print(f"{seen} of {count} by a client's loop   {alone:.1f} s, {seen / alone:.0f} messages a second")
        working = asyncio.create_task(make_worker(installation).run())
        seen, together = await bulk(client)
        print(f"{seen} of {count} by bulk redaction   {together:.1f} s, {seen / together:.0f} messages a second")
        print(f"ratio  {alone / together:.0f}x; {await left(client, below)} messages have anything left")
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
