"""The law of recording over HTTP: who is asked, what is kept before they agree, and what is left when they do not."""

from typing import Any

import pytest
from scene import Place
from test_recordings import SAID, Line, Listens, levels, line_of, tone

from privity.speech import Segment, Transcript
from promises import promise

pytestmark = pytest.mark.slow

TEXAS = "+15125550142"
WASHINGTON = "+12065550143"
CALIFORNIA = "+12135550144"


class Answers(Listens):
    """Hears an answer in what is short, and a conversation in what is long."""

    def __init__(self, *answers: str, then: tuple[tuple[str, int, str], ...] = ()) -> None:
        super().__init__(*then)
        self.answers = list(answers)

    async def transcribe(self, audio: Any, **options: Any) -> Transcript:
        if self.answers:
            turn = Segment(speaker="caller", text=self.answers.pop(0))
            return Transcript(turns=(turn,), duration_ms=1000, language="en")
        return await super().transcribe(audio, **options)


class Asked:
    """A call from Washington, D.C. to a number, and what the law asks of it."""

    def __init__(self, line: Line, call: str) -> None:
        self.line, self.call = line, call

    async def send(self, method: str, path: str, status: int = 200, **options: Any) -> Any:
        bearer = {"Authorization": f"Bearer {self.line.token}"}
        answer = await self.line.client.request(method, f"/v1/calls/{self.call}/{path}", headers=bearer, **options)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def announce(self, level: int = 500) -> Any:
        return await self.send("POST", "announcement", content=tone(level, 2000))

    async def told(self, party: int, answer: str, status: int = 200) -> Any:
        return await self.send("POST", "consent", status, json={"party": party, "answer": answer})

    async def says(self, party: int = 2) -> Any:
        return (await self.send("POST", f"audio?party={party}", content=tone(900, 1000)))["answer"]

    async def start(self, status: int = 201) -> Any:
        return (await self.line.call("POST", f"Calls/{self.call}/Recordings.json", status)).json()

    async def stop(self, recording: str) -> None:
        await self.line.control(self.call, recording, Status="stopped")
        await self.line.inside.work()


async def asked_of(line: Line, number: str) -> Asked:
    form = {"From": line.number, "To": number}
    return Asked(line, str((await line.call("POST", "Calls.json", 201, data=form)).json()["sid"]))


def states(held: Place, recording: str) -> list[str]:
    timeline = held.rows("SELECT timeline FROM tenant.recording WHERE id = %s", recording)[0][0]
    return [event["state"] for event in timeline]


@promise("A24", sabotage="announcements_are_not_needed")
async def test_without_an_announcement_a_call_with_washington_is_not_recorded(held: Place) -> None:
    async with line_of(held, Answers()) as line:
        await line.permit(allowed=True)
        asked = await asked_of(line, WASHINGTON)
        refused = await asked.start(403)
        assert "us-wa-announced" in refused["message"]
        assert (await line.call("GET", f"Calls/{asked.call}/Recordings.json")).json()["recordings"] == []
        stands = await asked.send("GET", "consent")
        assert (stands["everybody"], stands["lacking"], stands["rules_version"]) == (True, [2], "2026-1")


@promise("A24", sabotage="nobody_is_asked")
async def test_nothing_is_kept_before_everybody_has_agreed(held: Place) -> None:
    async with line_of(held, recognizer := Answers("um what", "yes I agree", then=tuple(SAID))) as line:
        await line.permit(allowed=True)
        asked = await asked_of(line, CALIFORNIA)
        await asked.announce()
        recording = (await asked.start())["sid"]
        await line.play(asked.call, 1000, 8000)
        assert states(held, recording) == ["announced"], "staying on the line is no consent in California"
        assert await asked.says() is None
        await line.control(asked.call, recording, 400, Status="in-progress")
        assert states(held, recording) == ["announced"], "and nothing but consent begins it"
        assert await asked.says() == "yes"
        await line.play(asked.call, 3000, 4000)
        await asked.stop(recording)
        assert states(held, recording) == ["announced", "consented", "recording", "stopped"]
        assert levels(recognizer.heard[0], 0, 4000) == {3000}
        rows = held.rows(
            "SELECT happened, party, detail, recorded_by FROM tenant.call_event WHERE call_id = %s"
            " ORDER BY place_in_row",
            asked.call,
        )
        who = f"service:{line.token.split('_')[2]}"
        assert rows == [("announced", 0, "1", who), ("agreed", 2, "spoken", who)]
        law = held.rows("SELECT law FROM tenant.recording WHERE id = %s", recording)[0][0]
        assert law == {"everybody": True, "rules": ["us-ca-all-party", "us-one-party"], "version": "2026-1"}


async def test_staying_counts_where_law_and_project_say_so_and_the_announcement_is_recorded(held: Place) -> None:
    async with line_of(held, recognizer := Answers(then=tuple(SAID))) as line:
        await line.permit(allowed=True, staying_counts=True)
        asked = await asked_of(line, WASHINGTON)
        await asked.announce(500)
        recording = (await asked.start())["sid"]
        await line.play(asked.call, 1000, 2000)
        assert states(held, recording) == ["announced"]
        await line.play(asked.call, 2000, 3000)
        assert states(held, recording) == ["announced", "consented", "recording"]
        await asked.stop(recording)
        (kept,) = recognizer.heard
        assert levels(kept, 0, 2000) == {500}, "Washington wants the announcement in the recording"
        assert levels(kept, 2000, 4000) == {2000}, "from when three seconds had passed"
        await line.permit(allowed=True, staying_counts=False)
        strict = await asked_of(line, WASHINGTON)
        await strict.announce()
        waiting = (await strict.start())["sid"]
        await line.play(strict.call, 1000, 8000)
        assert states(held, waiting) == ["announced"]


@promise("A24", "A25", sabotage="refusals_leave_what_was_recorded")
async def test_a_refusal_stops_the_recording_and_leaves_nothing_of_it(held: Place) -> None:
    async with line_of(held, Answers()) as line:
        await line.permit(allowed=True)
        asked = await asked_of(line, CALIFORNIA)
        await asked.announce()
        await asked.told(2, "yes")
        recording = (await asked.start())["sid"]
        await line.play(asked.call, 1000, 4000)
        stands = await asked.told(2, "no")
        assert (stands["refused_by"], stands["may_be_recorded"]) == (2, False)
        assert (await line.call("GET", f"Recordings/{recording}.json")).json()["status"] == "absent"
        await line.inside.work()
        blobs = held.rows("SELECT blob FROM tenant.recording WHERE id = %s", recording)
        keys = held.rows("SELECT 1 FROM keys.record_key WHERE row_id = %s", recording, side="keys")
        assert (blobs, keys) == ([(None,)], [])
        assert states(held, recording)[-1] == "stopped"
        await asked.start(403)
        await line.play(asked.call, 2000, 1000)  # the call goes on, unrecorded
        await asked.told(2, "perhaps", 400)
        await asked.told(7, "yes", 404)


async def test_an_objection_reaches_what_was_recorded_of_the_call_before(held: Place) -> None:
    async with line_of(held, Answers(then=tuple(SAID))) as line:
        await line.permit(allowed=True)
        asked = await asked_of(line, TEXAS)
        recording = (await asked.start())["sid"]
        assert states(held, recording) == ["announced", "consented", "recording"]
        await line.play(asked.call, 1000, 4000)
        await asked.stop(recording)
        await asked.told(2, "no")
        await line.inside.work()
        await line.call("GET", f"Recordings/{recording}.wav", 409)
        gone = "SELECT 1 FROM keys.record_key WHERE row_id = %s"
        assert held.rows(gone, recording, side="keys") == []
        assert held.rows("SELECT 1 FROM tenant.transcription WHERE recording_id = %s", recording) == []


@promise("A24", sabotage="nobody_is_asked")
async def test_somebody_who_joins_from_florida_suspends_the_recording_until_they_agree(held: Place) -> None:
    async with line_of(held, recognizer := Answers(then=tuple(SAID))) as line:
        await line.permit(allowed=True)
        asked = await asked_of(line, TEXAS)
        recording = (await asked.start())["sid"]
        await line.play(asked.call, 1000, 4000)
        stands = await asked.send("POST", "parties", json={"number": "+13055550145"})
        assert (stands["everybody"], stands["lacking"]) == (True, [2, 3])
        await line.play(asked.call, 2000, 4000)
        await asked.announce(500)
        await asked.told(2, "yes")
        await line.play(asked.call, 2000, 2000)
        assert states(held, recording)[-1] == "announced"
        await asked.told(3, "yes")
        await line.play(asked.call, 3000, 4000)
        left = await asked.send("DELETE", "parties/3")
        assert left["everybody"], "the law of Florida counts on"
        await asked.stop(recording)
        assert levels(recognizer.heard[0], 0, 7000) == {1000, 3000}
        await asked.send("GET", "consent", 200)
        placed = await asked.send("POST", "parties", json={"party": 2, "place": "CA-ON"})
        assert "ca-consent" in placed["rules"]
        await asked.send("POST", "parties", 400, json={"party": 2, "place": "nowhere"})


@promise("A26", sabotage="steps_do_not_pause")
async def test_a_payment_pauses_the_recording_and_only_its_end_resumes_it(held: Place) -> None:
    async with line_of(held, recognizer := Answers(then=tuple(SAID))) as line:
        await line.permit(allowed=True)
        asked = await asked_of(line, TEXAS)
        recording = (await asked.start())["sid"]
        await line.play(asked.call, 1000, 4000)
        step = {"step": "payment", "state": "begun"}
        assert (await asked.send("POST", "steps", json=step)) == {"recording": "paused"}
        await line.play(asked.call, 2000, 4000)
        await line.control(asked.call, recording, 400, Status="in-progress")
        assert (await asked.send("POST", "steps", json=step | {"state": "ended"})) == {"recording": "recording"}
        await line.play(asked.call, 3000, 2000)
        await asked.stop(recording)
        assert levels(recognizer.heard[0], 0, 3000) == {1000}
        assert levels(recognizer.heard[0], 3000, 8000) == {0}
        assert levels(recognizer.heard[0], 8000, 10_000) == {3000}
        await asked.send("POST", "steps", 400, json={"step": "pay ment", "state": "begun"})


@promise("A24", sabotage="late_objections_are_not_heard")
async def test_an_objection_that_is_only_heard_in_the_recording_erases_it(held: Place) -> None:
    objection = (("agent", 200, "hello"), ("caller", 2000, "please do not record me"))
    async with line_of(held, Answers(then=objection)) as line:
        await line.permit(allowed=True)
        asked = await asked_of(line, TEXAS)
        recording = (await asked.start())["sid"]
        await line.play(asked.call, 1000, 4000)
        await asked.stop(recording)
        assert (await line.call("GET", f"Recordings/{recording}.json")).json()["status"] == "absent"
        assert held.rows("SELECT 1 FROM keys.record_key WHERE row_id = %s", recording, side="keys") == []


async def test_the_table_of_laws_can_be_read_with_its_sources(held: Place) -> None:
    async with line_of(held, Answers()) as line:
        bearer = {"Authorization": f"Bearer {line.token}"}
        laws = (await line.client.get("/v1/recording-laws", headers=bearer)).json()["laws"]
        assert {law["parties"] for law in laws} == {"one", "all"}
        assert all(law["source"] for law in laws)
