"""kill -9 of anything at any time: what was accepted is settled after a restart, and no plaintext is left."""

import asyncio
import os
import signal
import time
from typing import Any
from uuid import UUID

import httpx
import pytest
from scene import OPEN_JOBS, Place, Server, Stage, forked, found_in, secrets_of, staged, until

from privity.identity import TokenUsage
from privity.running import sweep_every_tenant
from privity.speech import ScriptedRecognizer, Transcript
from privity.speech.recognizer import AudioBuffer
from promises import promise

pytestmark = [pytest.mark.slow, pytest.mark.long]

STATES = "SELECT id, state, refusal, source_object FROM tenant.conversation"
SOURCE_KEYS = "SELECT count(*) FROM keys.record_key WHERE table_name = 'conversation_source' AND row_id = ANY(%s)"


class Fatal(ScriptedRecognizer):
    """Kills its process in the middle of the transcription, the recording open in memory."""

    async def transcribe(self, audio: AudioBuffer, **_: Any) -> Transcript:
        assert any(audio)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")


class Fluent(ScriptedRecognizer):
    """Hears the same in every recording."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__()
        self.transcript = transcript

    async def transcribe(self, audio: AudioBuffer, **_: Any) -> Transcript:
        return self.transcript


async def test_an_installation_closes_though_a_cancellation_is_lost(
    held: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[bool] = []

    async def writes_on(_: TokenUsage) -> None:
        try:
            await asyncio.sleep(600)
        except asyncio.CancelledError:  # as `asyncio.wait_for` does on Python 3.11 in an unlucky turn
            lost.append(True)
        await asyncio.sleep(600)

    monkeypatch.setattr(TokenUsage, "write_forever", writes_on)
    async with asyncio.timeout(60), held.opened():
        await asyncio.sleep(0)
    assert lost == [True]


@promise("E13", sabotage="processed_sources_stay")
async def test_a_worker_killed_twenty_times_while_it_transcribes_loses_nothing(held: Place) -> None:
    secrets = secrets_of()
    async with held.opened(recognizer=Fluent(secrets.transcript)) as inside:
        accepted = [await inside.bring(secrets.recording(50_000), "call") for _ in range(20)]

    async def killed() -> None:
        async with held.opened(recognizer=Fatal()) as victim, victim.working():
            await until(lambda: False)

    assert [forked(killed) for _ in range(20)] == [-signal.SIGKILL] * 20
    assert found_in([held.data.path], secrets.all) == {}
    async with held.opened(recognizer=Fluent(secrets.transcript)) as inside:
        await inside.work()
        rows = {row[0]: row[1:] for row in held.rows(STATES)}
        # Whatever kills each of its workers is given up in the end; twenty deaths are too few for that here.
        assert {rows[conversation] for conversation in accepted} == {("kept", None, None)}
        assert (await inside.read(accepted[-1])).content.turns
    assert held.rows(SOURCE_KEYS, accepted, side="keys") == [(0,)]
    assert held.blobs() == []
    assert found_in([held.data.path], secrets.all) == {}


async def test_a_conversation_that_kills_every_worker_is_given_up(held: Place) -> None:
    async with held.opened(recognizer=Fluent(secrets_of().transcript)) as inside:
        conversation = await inside.bring(secrets_of().recording(), "call")

    async def killed() -> None:
        async with held.opened(recognizer=Fatal()) as victim, victim.working():
            await until(lambda: not held.rows(OPEN_JOBS))

    ends = [forked(killed) for _ in range(6)]
    assert ends == [-signal.SIGKILL] * 5 + [0]
    assert [row[1:] for row in held.rows(f"{STATES} WHERE id = %s", conversation)] == [
        ("refused", "processing-error", None)
    ]


@promise("E13", sabotage="half_written_blobs_stay")
async def test_an_upload_whose_server_is_killed_leaves_nothing_after_the_sweep(held: Place) -> None:
    secrets = secrets_of()

    async def killed() -> None:
        async with held.opened() as victim:
            victim.installation.blobs.put = cut_short(victim.installation.blobs.put)  # type: ignore[method-assign]  # a method is replaced on purpose
            await victim.bring(secrets.text)

    assert forked(killed) == -signal.SIGKILL
    assert held.blobs() != []
    assert found_in([held.data.path], secrets.all) == {}
    async with held.opened() as inside:
        await sweep_every_tenant(inside.installation)
    assert held.blobs() == []


def cut_short(put: Any) -> Any:
    """Return a `put` that kills its process when all but the end is written."""

    async def put_most(tenant: UUID, chunks: Any) -> str:
        async def most() -> Any:
            async for chunk in chunks:
                yield chunk + bytes(2 << 20)
                yield b"."
                os.kill(os.getpid(), signal.SIGKILL)

        return str(await put(tenant, most()))

    return put_most


def test_a_server_that_is_told_to_stop_ends_in_order(stage: Stage) -> None:
    secrets = secrets_of()
    with stage.serving() as server:
        accepted = [server.post(secrets.text).json()["id"] for _ in range(3)]
        assert server.stop() == 0
        assert list((stage.place.data.path / "clusters").rglob("postmaster.pid")) == [], "the databases still run"
    settle(stage, secrets, accepted)


def send(server: Server, content: bytes, accepted: list[str], patience: float = 30.0) -> bool:
    """Send a conversation and note whether it was accepted; an answer is clear, or there is none."""
    try:
        answer = server.post(content, timeout=patience)
    except httpx.TransportError:
        return False
    if answer.status_code == 202:
        accepted.append(answer.json()["id"])
        return True
    assert answer.status_code == 503, answer.text
    assert answer.json()["detail"]
    return False


def send_until_accepted(server: Server, content: bytes, accepted: list[str]) -> None:
    """Send a conversation as a client does that tries again when it is told to."""
    deadline = time.monotonic() + 30
    while not send(server, content, accepted):
        assert time.monotonic() < deadline, "it does not recover"
        time.sleep(0.1)


def test_killed_databases_and_a_killed_server_lose_nothing_that_was_accepted(template: Place) -> None:
    secrets = secrets_of()
    accepted: list[str] = []
    with staged(template) as stage:
        for _ in range(5):
            with stage.serving() as server:
                send_until_accepted(server, secrets.text, accepted)
                send_until_accepted(server, secrets.text, accepted)
                os.kill(server.pid_of("keys"), signal.SIGKILL)
                os.kill(server.pid_of("data"), signal.SIGKILL)
                send(server, secrets.text, accepted, patience=0.3)
                server.kill()
        settle(stage, secrets, accepted)


def test_killed_databases_are_started_again_by_the_server_that_runs(template: Place) -> None:
    secrets = secrets_of()
    accepted: list[str] = []
    with staged(template) as stage:
        with stage.serving() as server:
            for sides in (["data"], ["keys"], ["data", "keys"], ["data"], ["keys"]):
                send_until_accepted(server, secrets.text, accepted)
                for side in sides:
                    os.kill(server.pid_of(side), signal.SIGKILL)
            send_until_accepted(server, secrets.text, accepted)
            assert server.process.poll() is None
        settle(stage, secrets, accepted)


def test_a_killed_sequencer_is_replaced_and_nothing_that_was_accepted_is_lost(template: Place) -> None:
    secrets = secrets_of()
    accepted: list[str] = []
    with staged(template) as stage:
        with stage.serving() as server:
            for _ in range(5):
                send_until_accepted(server, secrets.text, accepted)
                os.kill(server.pid_of("sequencer"), signal.SIGKILL)
            send_until_accepted(server, secrets.text, accepted)
        settle(stage, secrets, accepted)


def settle(stage: Stage, secrets: Any, accepted: list[str]) -> None:
    """Start once more and assert that all is settled, nothing is left to do, and the ledger verifies."""
    with stage.serving() as server:
        for conversation in accepted:
            assert server.settled(conversation)["state"] == "kept"
        deadline = time.monotonic() + 40
        while stage.place.rows(OPEN_JOBS) or stage.place.blobs():
            assert time.monotonic() < deadline, (stage.place.rows(OPEN_JOBS), stage.place.blobs())
            time.sleep(0.1)
        identities = [UUID(conversation) for conversation in accepted]
        assert stage.place.rows(SOURCE_KEYS, identities, side="keys") == [(0,)]
    assert stage.command("ledger", "verify").returncode == 0
    assert found_in([stage.place.data.path, stage.temporary, stage.outputs], secrets.all) == {}
