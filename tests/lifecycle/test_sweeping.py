"""What is swept, when, and what is left alone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from scene import OPEN_JOBS, Inside, Place, secrets_of, until

from privity.clock import SteppedClock
from privity.errors import KeysUnavailable, NotFound
from privity.gate import Access
from privity.running import sweep_every_tenant
from privity.running import worker as steps
from privity.running.installation import sweeping_of
from privity.speech import ScriptedRecognizer, Transcript
from privity.speech.recognizer import AudioBuffer
from promises import promise

pytestmark = pytest.mark.slow

STATE = "SELECT state, refusal, source_object FROM tenant.conversation WHERE id = %s"
KEYS = "SELECT table_name FROM keys.record_key WHERE row_id = %s ORDER BY table_name"
DAY = timedelta(hours=24)


def stepped(inside: Inside) -> SteppedClock:
    """Give the sweep a clock that only the test moves."""
    clock, here = SteppedClock(datetime.now(UTC)), inside.installation
    here.sweeping = sweeping_of(here.keys, here.blobs, clock)
    return clock


@promise("E12", sabotage="sources_live_forever")
async def test_a_source_goes_when_it_is_older_than_a_day(held: Place) -> None:
    async with held.opened() as inside:
        clock = stepped(inside)
        conversation = await inside.bring(secrets_of().text)
        [(_, _, source)] = held.rows(STATE, conversation)
        clock.advance(timedelta(hours=23, minutes=59))
        await sweep_every_tenant(inside.installation)
        assert held.rows(STATE, conversation) == [("received", None, source)]
        assert await inside.installation.blobs.exists(source)
        clock.advance(timedelta(minutes=1, seconds=1))
        await sweep_every_tenant(inside.installation)
        assert held.rows(STATE, conversation) == [("refused", "too-old", None)]
        assert held.rows(KEYS, conversation, side="keys") == []
        assert not await inside.installation.blobs.exists(source)


async def test_a_source_that_could_not_be_wiped_goes_too(held: Place) -> None:
    async with held.opened() as inside:
        conversation = await inside.bring(secrets_of().text)
        await inside.work()
        again = await inside.bring(secrets_of().text)
        held.rows(  # kept, and its source is still named: every attempt to wipe it failed
            "UPDATE tenant.conversation AS kept SET source_object = other.source_object"
            " FROM tenant.conversation AS other WHERE kept.id = %s AND other.id = %s RETURNING 1",
            conversation,
            again,
        )
        clock = stepped(inside)
        clock.advance(DAY + timedelta(seconds=1))
        await sweep_every_tenant(inside.installation)
        assert held.rows(STATE, conversation) == [("kept", None, None)]
        assert (await inside.read(conversation)).content is not None


class Slow(ScriptedRecognizer):
    """While it transcribes, another installation on the same databases sweeps a day later."""

    def __init__(self, transcript: Transcript, place: Place) -> None:
        super().__init__()
        self.transcript = transcript
        self.place = place

    async def transcribe(self, audio: AudioBuffer, **_: Any) -> Transcript:
        async with self.place.opened() as elsewhere:
            stepped(elsewhere).advance(DAY + timedelta(hours=1))
            await sweep_every_tenant(elsewhere.installation)
        return self.transcript


@promise("E12", sabotage="sources_in_use_are_swept")
async def test_a_source_that_any_process_works_on_is_left_alone(held: Place) -> None:
    secrets = secrets_of()
    async with held.opened(recognizer=Slow(secrets.transcript, held)) as inside:
        conversation = await inside.bring(secrets.recording(), "call")
        async with inside.working(stalled_after=60):  # a busy machine may keep its heart from beating for a while
            await until(
                lambda: held.rows(STATE, conversation) != [] and held.rows(STATE, conversation)[0][0] != "received"
            )
        assert held.rows(STATE, conversation)[0][:2] == ("kept", None)


@promise("E13", sabotage="unnamed_blobs_stay")
async def test_a_blob_and_keys_that_no_row_names_go(held: Place) -> None:
    async with held.opened() as inside:
        here, tenant, row = inside.installation, inside.tenant.id, uuid4()
        waiting = await inside.bring(secrets_of().text)

        async def chunks() -> Any:
            yield b"sealed, then the machine died"

        orphan = await here.blobs.put(tenant, chunks())
        for table in ("conversation", "conversation_source"):
            await here.keys.new_record_key(tenant, table, row)
        clock = stepped(inside)
        await sweep_every_tenant(here, unnamed_for=timedelta(minutes=1))
        assert await here.blobs.exists(orphan), "an intake may be about to name it"
        clock.advance(timedelta(minutes=1, seconds=1))
        await sweep_every_tenant(here, unnamed_for=timedelta(minutes=1))
        assert not await here.blobs.exists(orphan)
        assert await here.blobs.exists(held.rows(STATE, waiting)[0][2])
        held.rows("UPDATE keys.record_key SET created_at = created_at - interval '25 h' RETURNING 1", side="keys")
        await sweep_every_tenant(here)
        assert held.rows(KEYS, row, side="keys") == []
        assert held.rows(KEYS, waiting, side="keys") == [("conversation_source",)]


@promise("E12", sabotage="one_tenant_stops_the_sweep")
async def test_tenant_whose_sweep_fails_keeps_no_other_from_it(held: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    swept = []

    async def gone(access: Access, **_: Any) -> int:
        swept.append(access.tenant)
        raise NotFound("the keys of this tenant are gone")

    async def down(access: Access, **_: Any) -> int:
        swept.append(access.tenant)
        raise KeysUnavailable("the key database does not answer")

    async with held.opened() as inside:
        every = [tenant.id for tenant in await inside.installation.tenants.all()]
        assert {held.birch.id, held.cedar.id} <= set(every)
        monkeypatch.setattr(inside.installation.sweeping, "sweep", gone)
        await sweep_every_tenant(inside.installation)
        assert swept == every
        monkeypatch.setattr(inside.installation.sweeping, "sweep", down)
        monkeypatch.setattr(steps, "_DOWN_FOR", 2)
        with pytest.raises(KeysUnavailable):
            await sweep_every_tenant(inside.installation)
        assert swept == every + every[:2]


async def test_work_that_used_up_its_attempts_is_ordered_again(held: Place) -> None:
    async with held.opened() as inside:
        kept = await inside.bring(secrets_of().text)
        await inside.work()
        deletion = await inside.delete(kept)
        received = await inside.bring(secrets_of().text)
        held.rows("DELETE FROM queue.procrastinate_jobs RETURNING 1")  # both failed while a part was down for long
        clock = stepped(inside)
        clock.advance(timedelta(minutes=59))
        await sweep_every_tenant(inside.installation)
        assert held.rows(OPEN_JOBS) == []
        clock.advance(timedelta(minutes=2))
        await sweep_every_tenant(inside.installation)
        await inside.work()
        assert held.rows(STATE, received)[0][0] == "kept"
        assert held.rows("SELECT state FROM tenant.deletion WHERE id = %s", deletion) == [("purged",)]


async def test_a_conversation_is_not_given_up_while_keys_are_down(held: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    async def down() -> Any:
        raise KeysUnavailable("the key database does not answer")

    async with held.opened() as inside:
        conversation: UUID = await inside.bring(secrets_of().text)
        held.rows("UPDATE queue.procrastinate_jobs SET attempts = 5 RETURNING 1")  # the next one gives up
        with monkeypatch.context() as patch:
            patch.setattr(inside.installation.keys, "health", down)
            async with inside.working():
                await until(lambda: held.rows("SELECT attempts FROM queue.procrastinate_jobs") == [(6,)])
        assert held.rows(STATE, conversation)[0][0] == "received"
        held.rows("UPDATE queue.procrastinate_jobs SET scheduled_at = now() RETURNING 1")
        await inside.work()
        assert held.rows(STATE, conversation) == [("refused", "processing-error", None)]
        with pytest.raises(NotFound):
            await inside.installation.keys.record_key(inside.tenant.id, "conversation_source", conversation)
