"""Recordings of calls: off until somebody permits them, paused for good, silent where something was found, erased."""

import asyncio
import io
import os
import threading
import time
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import msgspec
import pytest
from joserfc.jwk import ECKey
from scene import Inside, Place
from server import application, token_for

from privity.custody import live_calls
from privity.custody.calls import checked_transport
from privity.custody.recorder import GUARD_MS, Pausing, Recorder, State
from privity.custody.renditions import loudness, mp3, silenced, wav
from privity.custody.taking import Taking
from privity.errors import BadInput, Conflict, StoreUnavailable
from privity.gate import Action, resources
from privity.identity import ORIGINALS, Origin, Scope, operator_of_this_machine
from privity.identity.oauth import Client
from privity.identity.services import ServiceFound
from privity.speech import ScriptedRecognizer, Segment, SpokenWord, Transcript
from privity.store import Blobs
from promises import promise

pytestmark = pytest.mark.slow

SAID = [
    ("agent", 200, "what is your name"),
    ("caller", 2000, "my name is Maria Gonzalez"),
    ("agent", 5000, "thank you"),
]
DOUBTED = frozenset({"fort", "bore"})
IN_THE_PAUSE = ("caller", 9200, "four one one one one one one one one one one one one one one one")


class Listens(ScriptedRecognizer):
    """Hears what is said at each second, whatever the audio: also what a pause should have kept from it."""

    heard: list[bytes]

    def __init__(self, *said: tuple[str, int, str]) -> None:
        super().__init__()
        self.said, self.heard = said, []

    async def transcribe(self, audio: Any, **_: Any) -> Transcript:
        self.heard.append(bytes(audio))
        turns = tuple(
            Segment(
                speaker=speaker,
                text=text,
                words=tuple(
                    SpokenWord(
                        text=word,
                        start_ms=at + place * 200,
                        end_ms=at + place * 200 + 200,
                        confidence=0.1 if word in DOUBTED else 0.9,
                    )
                    for place, word in enumerate(text.split())
                ),
            )
            for speaker, at, text in self.said
        )
        return Transcript(turns=turns, duration_ms=16_000, language="en")


def tone(level: int, milliseconds: int) -> bytes:
    """A WAV file of one constant level, so that each second of a recording tells where it came from."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(level.to_bytes(2, "little", signed=True) * 8 * milliseconds)
    return file.getvalue()


def levels(file: bytes, start: int, end: int) -> set[int]:
    """The levels that a recording has between two milliseconds, on both channels."""
    with wave.open(io.BytesIO(file)) as reader:
        assert (reader.getframerate(), reader.getnchannels()) == (8000, 2)
        reader.setpos(min(start * 8, reader.getnframes()))
        raw = reader.readframes((end - start) * 8)
    return {int.from_bytes(raw[at : at + 2], "little", signed=True) for at in range(0, len(raw), 2)}


class Line:
    """A live call and its recording, over HTTP."""

    def __init__(self, inside: Inside, client: httpx.AsyncClient, token: str, number: str) -> None:
        self.inside, self.client, self.token, self.number = inside, client, token, number
        self.base = f"/2010-04-01/Accounts/{inside.tenant.project}"

    async def call(self, method: str, path: str, status: int = 200, token: str | None = None, **options: Any) -> Any:
        auth = (str(self.inside.tenant.project), token or self.token)
        answer = await self.client.request(method, f"{self.base}/{path}", auth=auth, **options)
        assert answer.status_code == status, answer.text
        return answer

    async def dial(self) -> str:
        form = {"From": self.number, "To": "+12025550147"}
        return str((await self.call("POST", "Calls.json", 201, data=form)).json()["sid"])

    async def play(self, call: str, level: int, milliseconds: int) -> None:
        answer = await self.client.post(
            f"/v1/calls/{call}/audio",
            content=tone(level, milliseconds),
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert answer.status_code == 200, answer.text

    async def control(self, call: str, recording: str, status: int = 200, **form: str) -> Any:
        return (await self.call("POST", f"Calls/{call}/Recordings/{recording}.json", status, data=form)).json()

    async def permit(self, *, allowed: bool, staying_counts: bool = False) -> None:
        installation = self.inside.installation
        operator = operator_of_this_machine(self.inside.tenant.id, Origin(request_id=installation.ids.new()))
        async with installation.gate.open(operator, Action.RECORDING_ENABLE, resources.own_project()) as access:
            recordings = installation.telephony.recordings
            await recordings.permit(access, allowed=allowed, staying_counts=staying_counts)


@asynccontextmanager
async def line_of(held: Place, recognizer: ScriptedRecognizer) -> AsyncIterator[Line]:
    async with held.opened(recognizer=recognizer) as inside:
        installation = inside.installation
        operator = operator_of_this_machine(inside.tenant.id, Origin(request_id=installation.ids.new()))
        number = "+12025550199"
        with suppress(Conflict):  # an earlier test has added it; another file may have added others
            async with installation.gate.open(operator, Action.NUMBER_CREATE, resources.own_project()) as access:
                await installation.telephony.own_numbers.add(access, number)
        token = await token_for(installation, inside.tenant.id, *(frozenset(Scope) - ORIGINALS))
        async with application(installation) as client:
            yield Line(inside, client, token.text, number)


async def short_lived(line: Line) -> str:
    """An access token of `/oauth/token` for a service that may hear recordings."""
    installation, tenant = line.inside.installation, line.inside.tenant.id
    origin = Origin(request_id=installation.ids.new())
    operator = operator_of_this_machine(tenant, origin)
    key = ECKey.generate_key("P-256").as_pem(private=False).decode()
    async with installation.gate.open(operator, Action.SERVICE_CREATE, resources.own_project()) as access:
        service = await installation.services.make(access, name="player", key=key, token_seconds=600)
    async with installation.gate.open(operator, Action.SERVICE_GRANT, resources.own_tenant()) as access:
        await installation.services.grant(access, service.service, frozenset({Scope.RECORDINGS_READ}))
    found = ServiceFound(
        project_id=line.inside.tenant.id,
        scopes=[Scope.RECORDINGS_READ],
        keys=None,
        certificate=None,
        token_seconds=600,
        enabled=True,
    )
    return installation.doorway.oauth.issue(Client(service, found), None, origin).access_token


async def recorded(line: Line, behavior: str = "silence") -> tuple[str, str]:
    """Record a call with a pause in it: level 1000 before, 2000 during, 3000 after."""
    call = await line.dial()
    recording = (await line.call("POST", f"Calls/{call}/Recordings.json", 201)).json()["sid"]
    await line.play(call, 1000, 8000)
    await line.control(call, "Twilio.CURRENT", Status="paused", PauseBehavior=behavior)
    await line.play(call, 2000, 4000)
    await line.control(call, recording, Status="in-progress")
    await line.play(call, 3000, 4000)
    assert (await line.control(call, recording, Status="stopped"))["status"] == "completed"
    await line.inside.work()
    return call, recording


@promise("A24", sabotage="recording_needs_no_permission")
async def test_recording_is_off_until_somebody_permits_it(held: Place) -> None:
    async with line_of(held, Listens()) as line:
        await line.permit(allowed=False)
        call = await line.dial()
        assert (await line.call("GET", f"Calls/{call}/Recordings.json")).json()["recordings"] == []
        refused = (await line.call("POST", f"Calls/{call}/Recordings.json", 403)).json()
        assert refused["code"] == 20403
        assert (await line.call("GET", f"Calls/{call}/Recordings.json")).json()["recordings"] == []
        await line.permit(allowed=True)
        begun = (await line.call("POST", f"Calls/{call}/Recordings.json", 201)).json()
        assert begun["status"] == "in-progress"
        timeline = held.rows("SELECT timeline FROM tenant.recording WHERE id = %s", begun["sid"])[0][0]
        assert [event["state"] for event in timeline] == ["announced", "consented", "recording"]
        await line.call("POST", f"Calls/{call}/Recordings.json", 409)
        await line.control(call, begun["sid"], Status="stopped")
        again = await line.control(call, begun["sid"], 400, Status="in-progress")
        assert again["code"] == 21220, "a stopped recording never resumes"
        await line.control(call, begun["sid"], 400, Status="rewind")
        await line.call("POST", f"Calls/{call}.json", data={"Status": "completed"})
        ended = (await line.call("POST", f"Calls/{call}/Recordings.json", 400)).json()
        assert ended["code"] == 21220, "the call is not live"


@promise("A26", "A27", sabotage="pause_keeps_the_last_second")
async def test_what_is_said_in_a_pause_is_in_no_recording_and_no_transcript(held: Place) -> None:
    recognizer = Listens(*SAID, IN_THE_PAUSE)
    async with line_of(held, recognizer) as line:
        await line.permit(allowed=True)
        _, recording = await recorded(line)
        told = (await line.call("GET", f"Recordings/{recording}.json")).json()
        assert (told["duration"], told["status"]) == ("16", "completed")
        written = (await line.call("GET", f"Recordings/{recording}/Transcriptions.json")).json()["transcriptions"]
        assert "four one" not in written[0]["transcription_text"]
        assert "[NAME]" in written[0]["transcription_text"]
        (kept,) = recognizer.heard
        assert levels(kept, 0, 7000) == {1000}
        assert levels(kept, 8000 - GUARD_MS, 12_000) == {0}, "the pause, and the second before somebody asked for it"
        assert levels(kept, 12_000, 16_000) == {3000}
        timeline = held.rows("SELECT timeline FROM tenant.recording WHERE id = %s", recording)[0][0]
        assert [(event["state"], event["call_ms"]) for event in timeline[2:]] == [
            ("recording", 0),
            ("paused", 8000 - GUARD_MS),
            ("recording", 12_000),
            ("stopped", 16_000),
        ]
        _, skipped = await recorded(line, "skip")
        assert (await line.call("GET", f"Recordings/{skipped}.json")).json()["duration"] == "11"
        assert levels(recognizer.heard[1], 0, 11_000) == {1000, 3000}


@promise("A26", sabotage="failed_resumption_records")
async def test_pause_goes_on_when_its_end_could_not_be_written_down(
    held: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreUnavailable("the database is away")

    recognizer = Listens()
    async with line_of(held, recognizer) as line:
        await line.permit(allowed=True)
        call = await line.dial()
        recording = (await line.call("POST", f"Calls/{call}/Recordings.json", 201)).json()["sid"]
        step: dict[str, Any] = {
            "headers": {"Authorization": f"Bearer {line.token}"},
            "json": {"step": "payment", "state": "begun"},
        }
        await line.play(call, 1000, 3000)
        await line.control(call, recording, Status="paused")
        with monkeypatch.context() as broken:
            broken.setattr(live_calls, "recording_of", fails)
            await line.control(call, recording, 503, Status="in-progress")
        await line.play(call, 2000, 3000)
        await line.control(call, recording, Status="in-progress")
        await line.play(call, 1000, 3000)
        assert (await line.client.post(f"/v1/calls/{call}/steps", **step)).status_code == 200
        with monkeypatch.context() as broken:
            broken.setattr(Taking, "told", fails)
            step["json"] = {"step": "payment", "state": "ended"}
            assert (await line.client.post(f"/v1/calls/{call}/steps", **step)).status_code == 503
        await line.play(call, 2000, 3000)
        await line.control(call, recording, Status="stopped")
        await line.inside.work()
        assert levels(recognizer.heard[0], 0, 12_000) == {0, 1000}
        await line.permit(allowed=False)


async def test_recordings_that_are_asked_for_again_and_again_are_made_two_at_a_time(
    held: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way = most = 0
    counting = threading.Lock()

    def slowly(audio: bytearray, channels: int) -> bytes:
        nonlocal under_way, most
        with counting:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.05)
        with counting:
            under_way -= 1
        return mp3(audio, channels)

    monkeypatch.setattr("privity.custody.recordings.mp3", slowly)
    async with line_of(held, Listens(*SAID)) as line:
        await line.permit(allowed=True)
        _, recording = await recorded(line)
        bearer = {"Authorization": f"Bearer {line.token}"}
        made = (await line.client.post(f"/v1/recordings/{recording}/links?format=mp3", headers=bearer)).json()
        parts = [line.client.get(made["url"], headers={"Range": f"bytes={at}-{at}"}) for at in range(8)]
        assert [answer.status_code for answer in await asyncio.gather(*parts)] == [206] * 8
        assert most == 2
        await line.permit(allowed=False)


PARTS = [(0, 0), (0, 43), (40, 50), (44, 44), (16_427, 16_428), (60_001, 120_000), (1_919_995, 1_950_000)]


@promise("D37", sabotage="parts_are_silenced_elsewhere")
async def test_part_of_a_file_is_that_of_the_whole_and_nothing_else_is_opened(
    held: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts of a minute, across the borders of its header, of chunks and of what is silent in it."""
    read = 0
    reading = Blobs.read

    async def counted(blobs: Blobs, name: str, **more: Any) -> AsyncIterator[bytes]:
        nonlocal read
        async for piece in reading(blobs, name, **more):
            read += len(piece)
            yield piece

    monkeypatch.setattr(Blobs, "read", counted)
    noise = wav(os.urandom(60_000 * 16), channels=1)
    async with line_of(held, Listens(*SAID)) as line:
        await line.permit(allowed=True)
        call = await line.dial()
        bearer = {"Authorization": f"Bearer {line.token}"}
        recording = (await line.call("POST", f"Calls/{call}/Recordings.json", 201)).json()["sid"]
        assert (await line.client.post(f"/v1/calls/{call}/audio", content=noise, headers=bearer)).status_code == 200
        await line.control(call, recording, Status="stopped")
        await line.inside.work()
        url = (await line.client.post(f"/v1/recordings/{recording}/links", headers=bearer)).json()["url"]
        whole = (await line.client.get(url)).content
        assert (len(whole), whole[80_000:100_000]) == (44 + 60_000 * 32, bytes(20_000))
        for first, last in PARTS:
            read = 0
            answer = await line.client.get(url, headers={"Range": f"bytes={first}-{last}"})
            assert (answer.status_code, answer.content) == (206, whole[first : last + 1])
            assert answer.headers["content-range"] == f"bytes {first}-{min(last, len(whole) - 1)}/{len(whole)}"
            assert read < len(answer.content) + 4 * 16_400
        answer = await line.client.get(url, headers={"Range": f"bytes={len(whole)}-"})
        assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(whole)}")
        await line.permit(allowed=False)


@promise("D37", sabotage="findings_are_heard")
async def test_findings_are_silent_and_a_signed_address_is_decided_again_at_use(held: Place) -> None:
    misheard = [("agent", 12_200, "and your card number"), ("caller", 13_600, "fort bore thank you")]
    async with line_of(held, Listens(*SAID, *misheard)) as line:
        await line.permit(allowed=True)
        _, recording = await recorded(line)
        heard = (await line.call("GET", f"Recordings/{recording}.wav")).content
        assert levels(heard, 13_100, 14_500) == {0}, "what the recognizer doubts where a card was asked for"
        assert levels(heard, 12_200, 13_000) == levels(heard, 14_600, 16_000) == {3000}
        assert levels(heard, 2700, 3400) == {0}, "the name, from its first to its last word, with a margin"
        assert levels(heard, 0, 2000) == {1000}
        assert levels(heard, 4000, 7000) == {1000}
        assert (await line.call("GET", f"Recordings/{recording}.mp3")).content[:2] == b"\xff\xe3"
        shown = (await line.call("GET", f"Recordings/{recording}.json")).json()["media_url"]
        assert shown.startswith("http://127.0.0.1/2010-04-01/Accounts/"), shown
        assert shown.endswith(f"/Recordings/{recording}.wav"), "scripts fetch it as it is"
        whole = await token_for(line.inside.installation, line.inside.tenant.id)
        original = (await line.call("GET", f"Recordings/{recording}.wav", token=whole.text)).content
        assert levels(original, 2700, 3400) == {1000}

        bearer = {"Authorization": f"Bearer {line.token}"}
        made = (await line.client.post(f"/v1/recordings/{recording}/links", headers=bearer)).json()
        assert (await line.client.get(made["url"])).content == heard
        link = made["url"].rpartition("/")[2]
        for bad in (link[:-3] + "abc", link[:40] + ("A" if link[40] != "A" else "B") + link[41:], "", "x" * 200, "%00"):
            assert (await line.client.get(f"/v1/links/{bad}")).status_code in {403, 404}, bad
        for query in ("rendition=silenced&rendition=original", "format=mp3&format=wav", "redition=original"):
            unsure = await line.client.post(f"/v1/recordings/{recording}/links?{query}", headers=bearer)
            assert unsure.status_code == 400, query
        asked = await line.client.post(f"/v1/recordings/{recording}/links?rendition=original", headers=bearer)
        assert (await line.client.get(asked.json()["url"])).status_code == 403, "its maker may not hear the original"
        installation = line.inside.installation
        short = {"Authorization": f"Bearer {await short_lived(line)}"}
        assert (await line.client.get(f"/v1/recordings/{recording}", headers=short)).status_code == 200
        unsigned = await line.client.post(f"/v1/recordings/{recording}/links", headers=short)
        assert (unsigned.status_code, "url" in unsigned.json()) == (403, False), "nobody could follow it"
        late = installation.telephony.links.read(link, installation.clock.now())
        expired = msgspec.structs.replace(late, expires_at=installation.clock.now())
        old = installation.telephony.links.text(expired)
        assert (await line.client.get(f"/v1/links/{old}")).status_code == 403
        stranger = msgspec.structs.replace(late, tenant=held.cedar.id)
        assert (await line.client.get(f"/v1/links/{installation.telephony.links.text(stranger)}")).status_code == 401
        token_id = line.token.split("_")[2]
        operator = operator_of_this_machine(line.inside.tenant.id, Origin(request_id=installation.ids.new()))
        from privity.identity import revoke_token

        async with installation.gate.open(operator, Action.TOKEN_REVOKE, resources.own_tenant()) as access:
            async with access.transaction() as tx:
                await revoke_token(tx, token_id, installation.clock.now())
        assert (await line.client.get(made["url"])).status_code == 401, "its maker has no rights any more"


async def test_a_finding_at_no_time_of_the_recording_silences_all_of_it(held: Place) -> None:
    async with line_of(held, Listens(("caller", 60_000, "my name is Maria Gonzalez"))) as line:
        await line.permit(allowed=True)
        _, recording = await recorded(line)
        assert levels((await line.call("GET", f"Recordings/{recording}.wav")).content, 0, 16_000) == {0}


@promise("A25", "D2", sabotage="recordings_are_not_erased")
async def test_recording_is_sealed_and_deleted_for_good(held: Place) -> None:
    async with line_of(held, Listens(*SAID)) as line:
        await line.permit(allowed=True)
        call, recording = await recorded(line)
        (blob,) = held.blobs()
        assert (3000).to_bytes(2, "little") * 64 not in blob.read_bytes()
        assert (await line.call("GET", f"Calls/{call}/Recordings/{recording}.json")).json()["sid"] == recording
        await line.call("DELETE", f"Recordings/{recording}.json", 204)
        await line.inside.work()
        assert held.blobs() == []
        await line.call("GET", f"Recordings/{recording}.json", 404)
        await line.call("GET", f"Recordings/{recording}.wav", 404)
        written = (await line.call("GET", f"Recordings/{recording}/Transcriptions.json")).json()
        assert written["transcriptions"] == []
        keys = "SELECT 1 FROM keys.record_key WHERE table_name IN ('recording', 'transcription') AND row_id = %s"
        assert held.rows(keys, recording, side="keys") == []


async def test_nothing_is_found_under_a_call_or_recording_that_it_is_not_of(held: Place) -> None:
    async with line_of(held, Listens(*SAID)) as line:
        await line.permit(allowed=True)
        call, recording = await recorded(line)
        other = await line.dial()
        running = (await line.call("POST", f"Calls/{other}/Recordings.json", 201)).json()["sid"]
        (written,) = (await line.call("GET", f"Recordings/{recording}/Transcriptions.json")).json()["transcriptions"]
        for method, path in (
            ("GET", f"Calls/{other}/Recordings/{recording}.json"),
            ("GET", f"Calls/{other}/Recordings/{recording}.wav"),
            ("DELETE", f"Calls/{other}/Recordings/{recording}.json"),
            ("GET", f"Recordings/{running}/Transcriptions/{written['sid']}.json"),
            ("DELETE", f"Recordings/{running}/Transcriptions/{written['sid']}.json"),
        ):
            assert (await line.call(method, path, 404)).json()["code"] == 20404
        for status in ("paused", "stopped"):
            await line.control(call, running, 404, Status=status)
        assert (await line.call("GET", f"Calls/{other}/Recordings/{running}.json")).json()["status"] == "in-progress"
        again = await line.call("POST", f"Calls/{call}.json", data={"Status": "completed"})
        assert again.json()["status"] == "completed"
        refused = await line.call("POST", f"Calls/{call}/Recordings.json", 400)
        assert refused.json()["code"] == 21220
        ended = (await line.call("GET", "Calls.json?EndTime%3E=2020-01-01&PageSize=1000")).json()["calls"]
        assert call in {each["sid"] for each in ended}
        assert other not in {each["sid"] for each in ended}
        for nothing in ("Calls.json?EndTime%3C=2020-01-01", f"Calls.json?ParentCallSid={call}"):
            assert (await line.call("GET", nothing)).json()["calls"] == []
        assert (await line.call("GET", "Recordings.json?ConferenceSid=CF1")).json()["recordings"] == []
        await line.control(other, running, Status="stopped")
        await line.call("POST", f"Calls/{other}.json", data={"Status": "completed"})
        await line.inside.work()
        await line.permit(allowed=False)


async def test_recording_is_not_lost_when_its_end_could_not_be_written_down_at_first(
    held: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreUnavailable("the database is away")

    recognizer = Listens()
    async with line_of(held, recognizer) as line:
        await line.permit(allowed=True)
        call = await line.dial()
        recording = (await line.call("POST", f"Calls/{call}/Recordings.json", 201)).json()["sid"]
        await line.play(call, 1000, 3000)
        for path, status in (
            (f"Calls/{call}/Recordings/{recording}.json", "stopped"),
            (f"Calls/{call}.json", "completed"),
        ):
            with monkeypatch.context() as broken:
                broken.setattr(Taking, "told", fails)
                await line.call("POST", path, 503, data={"Status": status})
        await line.play(call, 2000, 3000)
        stop = line.client.post(
            f"{line.base}/Calls/{call}/Recordings/{recording}.json",
            auth=(str(line.inside.tenant.project), line.token),
            data={"Status": "stopped"},
        )
        end = line.call("POST", f"Calls/{call}.json", data={"Status": "completed"})
        stopped, ended = await asyncio.gather(stop, end)
        assert stopped.status_code in {200, 400}
        assert ended.json()["status"] == "completed"
        assert (await line.call("GET", f"Recordings/{recording}.json")).json()["duration"] == "3"
        await line.inside.work()
        assert levels(recognizer.heard[0], 0, 3000) == {1000}
        gone = [line.client.delete(f"{line.base}/{path}", auth=(str(line.inside.tenant.project), line.token))
                for path in (f"Calls/{call}.json", f"Recordings/{recording}.json") for _ in range(4)]  # fmt: skip
        assert sorted([answer.status_code for answer in await asyncio.gather(*gone)]) == [204] * 2 + [404] * 6
        await line.permit(allowed=False)


def test_recorder_keeps_nothing_before_consent_and_never_resumes_what_was_stopped() -> None:
    recorder = Recorder(1, at_ms=0, by="service:one")
    assert recorder.feed(b"\x01" * 32_000) == b""
    recorder.consent("party:one", "said yes")
    assert recorder.feed(b"\x02" * 32_000) == b"\x02" * 16_000, "a second is held back"
    assert recorder.pause("service:one", Pausing.SKIP) == b""
    assert recorder.feed(b"\x03" * 32_000) == b""
    with pytest.raises(Conflict):
        recorder.pause("service:one", Pausing.SKIP)
    recorder.resume("service:one")
    recorder.feed(b"\x04" * 1600)
    assert recorder.stop("service:one") == b"\x04" * 1600
    for change in (recorder.resume, recorder.stop):
        with pytest.raises(Conflict):
            change("service:one")
    assert recorder.state is State.STOPPED


def test_loudness_is_that_of_each_part_and_none_where_it_is_silent() -> None:
    audio = bytearray(b"\x00\x10" * 8000 + b"\x00\x20" * 8000 + b"\x00\xc0" * 8000)
    assert loudness(audio, 3) == [25, 50, 100]
    silenced(audio, 1, [(1000, 2000)])
    assert loudness(audio, 3) == [25, 0, 100]
    assert loudness(b"", 2) == [0, 0]


@promise("A2", sabotage="any_transport_will_do")
@pytest.mark.parametrize("transport", ["rtp", "ws", "", "SRTP", "udp"])
def test_media_that_are_not_encrypted_are_refused(transport: str) -> None:
    with pytest.raises(BadInput):
        checked_transport(transport)
    assert [checked_transport(each) for each in ("srtp", "dtls-srtp", "wss")] == ["srtp", "dtls-srtp", "wss"]
