"""A recording is listened to once, and what was erased meanwhile, or afterwards, is not written down again."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scene import Place
from test_recordings import SAID, Line, Listens, line_of, recorded

from privity.clock import SteppedClock
from privity.running import sweep_every_tenant
from privity.running.installation import sweeping_of
from privity.speech import Transcript
from promises import promise

pytestmark = pytest.mark.slow

WRITTEN = "SELECT 1 FROM tenant.transcription WHERE recording_id = %s"
WORDS = "SELECT 1 FROM tenant.search_posting WHERE record_id = %s"
KEYS = "SELECT row_id FROM keys.record_key WHERE table_name = 'transcription'"


class Interrupted(Listens):
    """Something happens while it listens."""

    meanwhile: Callable[[], Awaitable[Any]]

    async def transcribe(self, audio: Any, **more: Any) -> Transcript:
        await self.meanwhile()
        return await super().transcribe(audio, **more)


async def stopped(line: Line) -> tuple[str, str]:
    call = await line.dial()
    recording = (await line.call("POST", f"Calls/{call}/Recordings.json", 201)).json()["sid"]
    await line.play(call, 1000, 8000)
    await line.control(call, recording, Status="stopped")
    return call, recording


@promise("A25", sabotage="erased_recordings_are_written_down")
async def test_nothing_is_written_down_of_a_recording_that_is_erased_while_it_is_listened_to(held: Place) -> None:
    recognizer = Interrupted(*SAID)
    async with line_of(held, recognizer) as line:
        bearer = {"Authorization": f"Bearer {line.token}"}
        await line.permit(allowed=True)
        keys = held.rows(KEYS, side="keys")
        for refused in (False, True):
            call, recording = await stopped(line)

            async def erase(call: str = call, recording: str = recording, refused: bool = refused) -> None:
                if not refused:
                    await line.call("DELETE", f"Recordings/{recording}.json", 204)
                    return
                said_no = {"party": 2, "answer": "no"}
                answer = await line.client.post(f"/v1/calls/{call}/consent", headers=bearer, json=said_no)
                assert answer.status_code == 200, answer.text

            recognizer.meanwhile = erase
            await line.inside.work()
            assert held.rows(WRITTEN, recording) == held.rows(WORDS, recording) == []
        assert len(recognizer.heard) == 2
        assert held.rows(KEYS, side="keys") == keys
        await line.permit(allowed=False)


@promise("A25", sabotage="deleted_transcriptions_come_back")
async def test_what_was_written_down_and_deleted_does_not_come_back(held: Place) -> None:
    recognizer = Listens(*SAID)
    async with line_of(held, recognizer) as line:
        await line.permit(allowed=True)
        _, recording = await recorded(line)
        (written,) = (await line.call("GET", f"Recordings/{recording}/Transcriptions.json")).json()["transcriptions"]
        await line.call("DELETE", f"Transcriptions/{written['sid']}.json", 204)
        await line.inside.work()
        clock, here = SteppedClock(datetime.now(UTC)), line.inside.installation
        here.sweeping = sweeping_of(here.keys, here.blobs, clock)
        clock.advance(timedelta(hours=2))
        await sweep_every_tenant(here)
        await line.inside.work()
        assert held.rows(WRITTEN, recording) == []
        assert len(recognizer.heard) == 1
        assert (await line.call("GET", f"Recordings/{recording}.wav")).status_code == 200, "what is silenced is known"
        await line.permit(allowed=False)
