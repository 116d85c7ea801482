"""Deletion under bad circumstances: twice, in the middle of the work, and killed between any two steps."""

import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from scene import OPEN_JOBS, Inside, Place, forked, secrets_of, until

from privity.errors import NotFound, SealBroken
from privity.gate import Action, resources
from privity.lifecycle import Deletions, verify_certificate
from privity.lifecycle import deletion as steps
from privity.running import Installation, certificate_of
from privity.speech import ScriptedRecognizer, Transcript
from privity.speech.recognizer import AudioBuffer
from promises import promise

pytestmark = pytest.mark.slow

ROWS = "SELECT count(*) FROM tenant.conversation WHERE id = %s"
KEYS = "SELECT count(*) FROM keys.record_key WHERE row_id = %s"
TOMBSTONE = "SELECT state, conversation_id, cardinality(key_ids) FROM tenant.deletion WHERE id = %s"


async def gone(inside: Inside, conversation: UUID, deletion: UUID, keys: int) -> None:
    """Assert that nothing of a conversation is left but its certified tombstone."""
    place = inside.place
    assert place.rows(ROWS, conversation) == [(0,)]
    assert place.rows(KEYS, conversation, side="keys") == [(0,)]
    assert place.rows(TOMBSTONE, deletion) == [("purged", None, keys)]
    async with inside.may(Action.DELETION_READ, resources.deletion(deletion)) as access:
        document = await certificate_of(inside.installation, access)
    assert verify_certificate(document) > 0
    with pytest.raises(NotFound):
        await inside.read(conversation)


async def test_a_second_deletion_finds_nothing(held: Place) -> None:
    async with held.opened() as inside:
        conversation = await inside.bring(secrets_of().text)
        await inside.work()
        deletion = await inside.delete(conversation)
        with pytest.raises(NotFound):
            await inside.delete(conversation)
        await inside.work()
        with pytest.raises(NotFound):
            await inside.delete(conversation)
        await gone(inside, conversation, deletion, keys=1)


@promise("E43", sabotage="deletion_leaves_the_source")
async def test_a_conversation_that_waits_is_deleted_with_its_source(held: Place) -> None:
    async with held.opened() as inside:
        before = held.blobs()
        conversation = await inside.bring(secrets_of().text)
        held.rows("DELETE FROM queue.procrastinate_jobs RETURNING 1")  # it is never processed
        deletion = await inside.delete(conversation)
        async with inside.working():
            await until(lambda: held.rows(TOMBSTONE, deletion)[0][0] == "purged", within=8)
        await gone(inside, conversation, deletion, keys=1)
        assert held.blobs() == before


@promise("E43", sabotage="deletion_opens_what_it_destroys")
async def test_a_conversation_whose_key_is_damaged_is_deleted(held: Place) -> None:
    async with held.opened() as inside:
        conversation = await inside.bring(secrets_of().text)
        await inside.work()
        damage = "UPDATE keys.record_key SET wrapped = wrapped || '\\x00' WHERE row_id = %s RETURNING 1"
        assert held.rows(damage, conversation, side="keys") == [(1,)]
    async with held.opened() as inside:  # one that has not opened the key before
        with pytest.raises(SealBroken):
            await inside.read(conversation)
        deletion = await inside.delete(conversation)
        await inside.work()
        await gone(inside, conversation, deletion, keys=1)


class Deleting(ScriptedRecognizer):
    """Has the conversation deleted, and purged, while it is being transcribed."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__()
        self.transcript = transcript
        self.inside: Inside | None = None
        self.deletions: list[UUID] = []

    async def transcribe(self, audio: AudioBuffer, **_: Any) -> Transcript:
        inside = self.inside
        assert inside is not None
        [(conversation,)] = inside.place.rows("SELECT id FROM tenant.conversation ORDER BY id DESC LIMIT 1")
        deletion = await inside.delete(conversation)
        self.deletions.append(deletion)
        await until(lambda: inside.place.rows(TOMBSTONE, deletion)[0][0] == "purged")
        return self.transcript


@promise("E43", sabotage="deleted_is_kept_anyway")
async def test_what_is_deleted_while_it_is_processed_stays_deleted(held: Place) -> None:
    secrets = secrets_of()
    recognizer = Deleting(secrets.transcript)
    async with held.opened(recognizer=recognizer) as inside:
        recognizer.inside = inside
        conversation = await inside.bring(secrets.recording(), "call")
        await inside.work()
        [deletion] = recognizer.deletions
        await gone(inside, conversation, deletion, keys=1)
        said = "SELECT convert_from(leaf, 'UTF8') FROM ledger.entry WHERE about = %s"
        assert not [leaf for (leaf,) in held.rows(said, conversation) if '"state":"kept"' in leaf]


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), 9)


STEPS: dict[str, Callable[[Installation], tuple[object, str]]] = {
    "before anything is destroyed": lambda _: (Deletions, "_key_ids"),
    "when the keys are noted": lambda installation: (installation.keys, "shred_many"),
    "when the keys are gone": lambda installation: (installation.blobs, "delete"),
    "when the blob is gone": lambda installation: (installation.blobs, "exists"),
    "when the row is about to go": lambda _: (steps, "canonical"),
}


@pytest.mark.parametrize("step", STEPS)
@promise("C11", sabotage="purge_forgets_its_keys")
async def test_a_purge_that_is_killed_is_finished_by_the_next(held: Place, step: str) -> None:
    async with held.opened() as inside:
        conversation = await inside.bring(secrets_of().text)
        held.rows("DELETE FROM queue.procrastinate_jobs RETURNING 1")
        deletion = await inside.delete(conversation)

    async def killed() -> None:
        async with held.opened() as victim:
            setattr(*STEPS[step](victim.installation), die)
            async with victim.working():
                await until(lambda: False)

    assert forked(killed) == -9, "the worker was not killed where it should be"
    async with held.opened() as inside:
        await inside.work()
        await gone(inside, conversation, deletion, keys=1)
    assert held.rows(OPEN_JOBS) == []
