"""What may be kept is kept, and nothing else: made-up values go in by every way, and every byte is searched."""

import hashlib
import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from scene import Place, Secrets, Server, Stage, found_in, holding, secrets_of, staged

from privity.custody import intake, opening, processing
from privity.redact import RedactedTurns, Redactor
from privity.vault import Plaintext
from promises import promise

pytestmark = pytest.mark.slow

NAMES = ("John_Smith_123-45-6789.wav", "../../etc/passwd", "conversation")


def script(stage: Stage, secrets: Secrets, recording: bytes) -> None:
    """Tell the recognizer what it will hear in a recording."""
    known = stage.scripts / f"{hashlib.sha256(recording).hexdigest()}.json"
    known.write_bytes(msgspec.json.encode(secrets.transcript))


def answers_of(server: Server, conversation: str) -> str:
    """Return all that a caller can get told of a conversation."""
    paths = (
        "",
        f"/{conversation}",
        f"/{conversation}/history",
        "?channel=call",
        "?state=kept",
        f"?state={conversation}",
    )
    return "\n".join(server.get(f"/v1/conversations{path}").text for path in paths)


@promise("E1", "E24", "E25", "E29", "E31", "E32", "E33", "E34", "C24", "B9", sabotage="content_is_not_sealed")
def test_nothing_that_was_said_is_found_anywhere(template: Place) -> None:
    written, spoken, called = secrets_of(), secrets_of(), secrets_of()
    every = [*written.all, *spoken.all, *called.all, "John_Smith", "123-45-6789", "etc/passwd"]
    told: list[str] = []
    with staged(template) as stage:
        recording = called.recording()
        script(stage, called, recording)
        unknown = written.recording(5_000)  # the recognizer fails on it
        with stage.serving() as server:
            ids = [
                server.bring(written.text, name=NAMES[0], headers={"User-Agent": written.mail}),
                server.bring(spoken.json_turns, name=NAMES[1], channel="message"),
                server.bring(recording, name=NAMES[0], channel="call"),
            ]
            with server.client(**{"Idempotency-Key": spoken.mail, "X-Note": spoken.social}) as client:
                body = {"channel": "message", **json.loads(spoken.json_turns)}
                ids.append(client.post("/v1/conversations", json=body).json()["id"])
            server.settled(ids[-1])
            refused = server.bring(unknown, name=NAMES[0], channel="call")
            assert server.settled(refused)["refusal"] == "unreadable"
            told += [answers_of(server, conversation) for conversation in (*ids, refused)]
            told += [server.get(f"/v1/conversations/{value}").text for value in (written.social, "../etc/passwd")]
            jobs = "SELECT row_to_json(j)::text FROM queue.procrastinate_jobs j"
            events = "SELECT row_to_json(e)::text FROM queue.procrastinate_events e"
            told += [text for query in (jobs, events) for (text,) in stage.place.rows(query)]
            shown = [server.settled(conversation)["redacted_text"] for conversation in ids]
            server.idle()
            sources = stage.place.rows("SELECT state, refusal, source_object FROM tenant.conversation ORDER BY id")
        assert sources == [("kept", None, None)] * 4 + [("refused", "unreadable", None)]
        for text in shown:
            assert "thank you for calling the birch clinic" in text
            assert {"[NAME]", "[SSN]", "[PHONE]", "[EMAIL]"} <= {word.strip(",.") for word in text.split()}
        assert [value for value in every if value.lower() in "\n".join(told).lower()] == []
        assert found_in([stage.place.data.path, stage.temporary, stage.outputs], every) == {}
        assert stage.place.blobs() == []


class Hides(Redactor):
    """Hides nothing."""

    def redact_turns(self, turns: Any, *_: Any) -> RedactedTurns:
        return RedactedTurns(turns=tuple(turns), spans=((),) * len(turns))


class Open:
    """Seals nothing."""

    def __init__(self, *_: Any) -> None:
        pass

    def update(self, piece: bytes) -> bytes:
        return bytes(piece)

    def finish(self) -> bytes:
        return b""


async def test_the_search_finds_everything_when_hiding_and_sealing_are_off(
    template: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets, waiting = secrets_of(), secrets_of()

    def reveal(_key: Any, _place: Any, _id: Any, content: Plaintext) -> bytes:
        return bytes(content.reveal())

    monkeypatch.setattr(processing, "seal", reveal)
    monkeypatch.setattr(processing, "StreamOpener", Open)
    monkeypatch.setattr(opening, "content_size", lambda size: size)  # what is not sealed is no longer than its content
    monkeypatch.setattr(intake, "StreamSealer", Open)
    with staged(template) as stage:
        with holding(stage.place.data.path):
            async with stage.place.opened(redactor=Hides()) as inside:
                await inside.bring(secrets.text)
                await inside.work()
                await inside.bring(waiting.text)
        clusters, blobs = stage.place.data.path / "clusters" / "data", stage.place.data.blobs
        assert set(found_in([clusters], secrets.all)) == set(secrets.all)
        assert set(found_in([clusters / "pg_wal"], secrets.all)) == set(secrets.all)
        assert set(found_in([blobs], waiting.all)) == set(waiting.all)


@pytest.fixture(scope="module")
def open_stage(template: Place) -> Iterator[tuple[Stage, Server]]:
    """A server under umask 000 over a directory that was open to all before."""
    with staged(template) as stage:
        for folder in (stage.place.data.path, stage.place.data.blobs, stage.place.data.logs):
            folder.chmod(0o755)
        with stage.serving(umask=0o000) as server:
            yield stage, server


def paused(chunks: list[bytes], reached: threading.Event, go_on: threading.Event) -> Iterator[bytes]:
    """Send a body and wait before the last piece of it."""
    yield from chunks[:-1]
    reached.set()
    assert go_on.wait(30)
    yield chunks[-1]


@promise("E2", "E42", sabotage="sources_are_not_sealed")
def test_an_upload_is_sealed_before_its_first_byte_is_written(open_stage: tuple[Stage, Server]) -> None:
    stage, server = open_stage
    secrets = secrets_of()
    recording = secrets.recording(6 << 20)
    script(stage, secrets, recording)
    head = (
        b'--b\r\nContent-Disposition: form-data; name="channel"\r\n\r\ncall\r\n'
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
    )
    whole = head + recording + b"\r\n--b--\r\n"
    body = [whole[start : start + (1 << 18)] for start in range(0, len(whole), 1 << 18)]
    reached, go_on = threading.Event(), threading.Event()
    answers: list[Any] = []

    def send() -> None:
        with server.client(**{"Content-Type": "multipart/form-data; boundary=b"}) as client:
            answers.append(client.post("/v1/conversations", content=paused(body, reached, go_on)))

    sending = threading.Thread(target=send)
    sending.start()
    try:
        assert reached.wait(30)
        for _ in range(500):
            if sum(path.stat().st_size for path in stage.place.blobs()) >= 4 << 20:
                break
            threading.Event().wait(0.02)
        on_disk = stage.place.blobs()
        assert sum(path.stat().st_size for path in on_disk) >= 4 << 20, "half of it should be on the disk by now"
        assert found_in(on_disk, secrets.all) == {}
        assert {stat.S_IMODE(path.stat().st_mode) for path in on_disk} == {0o600}
    finally:
        go_on.set()
        sending.join(30)
    assert answers[0].status_code == 202
    assert server.settled(answers[0].json()["id"])["state"] == "kept"
    server.idle()
    assert stage.place.blobs() == []
    assert list(stage.temporary.iterdir()) == []
    opened = {Path(os.fsdecode(line)) for line in (stage.outputs / "written").read_bytes().splitlines()}
    folders = {path.parent for path in opened if path.is_absolute()}
    assert folders <= {stage.place.data.path, Path("/dev"), Path("/proc/self")} | set(stage.place.data.path.rglob("*"))
    assert found_in([stage.place.data.path], secrets.all) == {}


@promise("E8", "E9", sabotage="folders_stay_open")
def test_files_and_folders_are_for_their_owner_only(open_stage: tuple[Stage, Server]) -> None:
    stage, server = open_stage
    server.bring(secrets_of().text)
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in stage.place.data.path.rglob("*")}
    modes[stage.place.data.path] = stat.S_IMODE(stage.place.data.path.stat().st_mode)
    sockets = {path for path in modes if stat.S_ISSOCK(path.lstat().st_mode)}
    assert {path.name: oct(mode) for path, mode in modes.items() if mode & 0o077 and path not in sockets} == {}


@promise("E33", "E23", sabotage="errors_repeat_what_came")
def test_errors_repeat_nothing_of_what_came(open_stage: tuple[Stage, Server]) -> None:
    stage, server = open_stage
    secrets = secrets_of()
    wrong = [
        json.dumps({"turns": [{"speaker": "caller", "text": 5, secrets.mail: secrets.social}]}).encode(),
        json.dumps({"turns": secrets.mail}).encode(),
        b'{"turns": [' + secrets.text,
        secrets.text + b"\xff\xfe",
    ]
    for content in wrong:
        answer = server.post(content, name=NAMES[0])
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["advice"]
        assert not [value for value in (*secrets.all, "John", "6789") if value.lower() in answer.text.lower()]
    assert found_in([server.log, stage.place.data.logs], [*secrets.all, "John_Smith"]) == {}
