"""How much faster a bulk redaction is than the loop of a client that does the same, in one run on one installation.

Messages with one attachment each arrive for two senders. For the first, a client lists them page by page, lists each
one's media, deletes each, and blanks the body, over the compatible interface, one request after the other, everything
included. For the second, `POST /v1/redactions` orders the same and is followed until it is done. A worker runs beside
both, and destroys keys and certifies meanwhile; the last lines say when every deletion was certified.

    .venv/bin/python bench/bulk_redaction.py [MESSAGES]
"""

import asyncio
import sys
import time

import httpx
from installed import installed

from privity.custody.telephony import Draft
from privity.gate import Action, resources
from privity.identity import Caller
from privity.running import Installation, make_worker
from privity.store import end_tasks
from privity.store.queue.worker import ENDS_WITHIN

NUMBER, FIRST, SECOND = "+12025550199", "+12025550147", "+12025550148"
NOTE = b"the key is with the neighbour"
LATEST = 600.0


async def receive(installation: Installation, caller: Caller, sender: str, count: int) -> None:
    draft = Draft(from_number=sender, to_number=NUMBER, body="please call me back", attachments=[NOTE])
    for _ in range(count):
        async with installation.gate.open(caller, Action.MESSAGE_RECEIVE, resources.own_project()) as access:
            await installation.telephony.writing.receive(access, draft, installation.ids.new())


async def loop(client: httpx.AsyncClient, base: str, auth: httpx.Auth, count: int) -> float:
    """Do what scripts do and return the seconds it took."""
    started, path, blanked = time.perf_counter(), f"{base}/Messages.json?From=%2B{FIRST[1:]}&PageSize=50", 0
    while path:
        page = (await client.get(path, auth=auth)).json()
        for message in page["messages"]:
            one = f"{base}/Messages/{message['sid']}"
            for media in (await client.get(f"{one}/Media.json", auth=auth)).json()["media_list"]:
                assert (await client.delete(f"{one}/Media/{media['sid']}.json", auth=auth)).status_code == 204
            assert (await client.post(f"{one}.json", data={"Body": ""}, auth=auth)).json()["body"] == ""
            blanked += 1
        path = page["next_page_uri"]
    assert blanked == count
    return time.perf_counter() - started


async def bulk(client: httpx.AsyncClient, bearer: dict[str, str], count: int) -> float:
    """Order the same and return the seconds until it was done."""
    started = time.perf_counter()
    made = (await client.post("/v1/redactions", json={"from": SECOND}, headers=bearer)).json()["id"]
    while True:
        told = (await client.get(f"/v1/redactions/{made}", headers=bearer)).json()
        if told["state"] == "done":
            break
        await asyncio.sleep(0.1)
    assert (told["bodies"], told["media"]) == (count, count)
    return time.perf_counter() - started


async def certified(client: httpx.AsyncClient, bearer: dict[str, str]) -> float:
    """Return the seconds until no deletion is open any more."""
    started = time.perf_counter()
    while time.perf_counter() - started < LATEST:
        page = (await client.get("/v1/deletions", params={"limit": 200}, headers=bearer)).json()
        if all(each["certified"] for each in page["deletions"]):
            return time.perf_counter() - started
        await asyncio.sleep(0.1)
    raise SystemExit("the deletions were not certified in time")


async def main(count: int) -> None:
    async with installed() as inside:
        await inside.add_number(NUMBER)
        for sender in (FIRST, SECOND):
            await receive(inside.installation, inside.operator, sender, count)
        working = asyncio.create_task(make_worker(inside.installation).run())
        try:
            async with inside.client() as client:
                looped = await loop(client, f"/2010-04-01/Accounts/{inside.project}", inside.basic, count)
                one_by_one = await certified(client, inside.bearer)
                at_once = await bulk(client, inside.bearer, count)
                all_at_once = await certified(client, inside.bearer)
        finally:
            await end_tasks(working, again_after=ENDS_WITHIN)
    print(f"{count} messages with an attachment each")
    print(f"the loop of a client   {looped:8.2f} s, certified {one_by_one:.2f} s later")
    print(f"the bulk redaction     {at_once:8.2f} s, certified {all_at_once:.2f} s later")
    print(f"the bulk redaction is {looped / at_once:.1f} times as fast, of 20 that are wanted")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
