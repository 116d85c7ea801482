"""kill -9 of what tells others and of what carries calls: nothing is told less than once, nothing is said to go on."""

import asyncio
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from scene import Place, Stage, forked, until
from test_recordings import tone
from test_webhooks import Receiver

from privity import webhooks
from privity.gate import Action, resources
from privity.running.worker import make_sender
from privity.settings import Settings
from privity.store import end_tasks
from privity.store.queue.worker import ENDS_WITHIN
from promises import promise

pytestmark = [pytest.mark.slow, pytest.mark.long]

NEAR = Settings(egress_hosts="127.0.0.1", egress_loopback=True)
MANY = 6
WAITING = "SELECT count(*) FROM tenant.webhook_delivery WHERE state = 'waiting'"


async def test_sender_killed_while_it_tells_loses_nothing(held: Place, tmp_path: Path) -> None:
    receiver, heard = Receiver(), tmp_path / "heard"
    try:
        async with held.opened(settings=NEAR) as inside:
            async with inside.may(Action.WEBHOOK_CREATE, resources.own_project()) as access:
                made = await inside.installation.webhooks.endpoints.create(access, receiver.url, [])
            endpoint = made.endpoint.row.id
            events = set()
            for _ in range(MANY):
                async with inside.may(Action.WEBHOOK_TEST, resources.webhook(endpoint)) as access:
                    events.add(str(await inside.installation.webhooks.endpoints.test(access)))

        def note_the_first() -> None:
            while not receiver.heard:
                time.sleep(0.01)
            heard.touch()

        async def killed() -> None:
            async with held.opened(settings=NEAR) as victim:
                sending = asyncio.create_task(make_sender(victim.installation, stalled_after=0.9).run())
                await until(heard.exists)
                assert not sending.done()
                os.kill(os.getpid(), signal.SIGKILL)

        receiver.go_on.clear()  # it has heard, and has not answered yet
        watching = threading.Thread(target=note_the_first, daemon=True)
        watching.start()
        assert await asyncio.to_thread(forked, killed) == -signal.SIGKILL
        watching.join(10)
        receiver.go_on.set()
        told_before = len(receiver.heard)
        assert told_before >= 1
        assert held.rows(WAITING) == [(MANY,)], "nobody has noted that anything was told"
        held.rows("UPDATE tenant.webhook_delivery SET leased_until = now() WHERE leased_until IS NOT NULL RETURNING 1")
        async with held.opened(settings=NEAR) as inside:
            sending = asyncio.create_task(make_sender(inside.installation, stalled_after=0.9).run())
            try:
                await until(lambda: held.rows(WAITING) == [(0,)])
            finally:
                await end_tasks(sending, again_after=ENDS_WITHIN)
            ids = [headers["webhook-id"] for headers, _ in receiver.heard]
            assert set(ids) == events, "each was told, under the id that it has"
            assert len(ids) == MANY + told_before, "what was told and not noted is told once more"
            for each in receiver.heard:
                webhooks.verify(made.secret, *each)
            async with inside.may(Action.WEBHOOK_DELETE, resources.webhook(endpoint)) as access:
                await inside.installation.webhooks.endpoints.delete(access)
    finally:
        receiver.close()


@promise("A24", sabotage="lost_recordings_go_on")
def test_killed_process_takes_its_recordings_with_it_and_they_are_said_to_be_absent(stage: Stage) -> None:
    number, project = "+12025550188", str(stage.place.birch.project)
    for command in (("number", "add", number), ("recording", "enable")):
        done = stage.command(*command, "--tenant", "birch")
        assert done.returncode == 0, done.stderr
    base, auth = f"/2010-04-01/Accounts/{project}", (project, stage.place.birch.token)

    def ask(client: httpx.Client, method: str, path: str, status: int = 200, **more: Any) -> Any:
        answer = client.request(method, f"{base}/{path}", auth=auth, **more)
        assert answer.status_code == status, answer.text
        return answer.json()

    with stage.serving() as server, server.client(None) as client:
        form = {"From": number, "To": "+12025550147"}
        call = ask(client, "POST", "Calls.json", 201, data=form)["sid"]
        recording = ask(client, "POST", f"Calls/{call}/Recordings.json", 201)["sid"]
        played = client.post(
            f"/v1/calls/{call}/audio",
            content=tone(1000, 3000),
            headers={"Authorization": f"Bearer {stage.place.birch.token}"},
        )
        assert played.status_code == 200, played.text
        server.kill()
    with stage.serving() as server, server.client(None) as client:

        def told() -> tuple[str, str]:
            shown = ask(client, "GET", f"Recordings/{recording}.json")
            return shown["status"], ask(client, "GET", f"Calls/{call}.json")["status"]

        deadline = time.monotonic() + 60
        while told() != ("absent", "failed"):
            assert time.monotonic() < deadline, told()
            time.sleep(0.05)
        assert stage.place.rows("SELECT blob FROM tenant.recording WHERE id = %s", recording) == [(None,)]
        answer = client.get(f"{base}/Recordings/{recording}.wav", auth=auth)
        assert answer.status_code == 409
        ask(client, "POST", f"Calls/{call}/Recordings/{recording}.json", 400, data={"Status": "stopped"})
        again = ask(client, "POST", "Calls.json", 201, data=form)["sid"]
        ask(client, "POST", f"Calls/{again}/Recordings.json", 201)
        assert ask(client, "GET", f"Calls/{again}.json")["status"] == "in-progress"
        assert client.delete(f"{base}/Recordings/{recording}.json", auth=auth).status_code == 204
