"""The Idempotency-Key: the same request brings one conversation, however often and wherever it arrives."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from scene import Place, secrets_of

from privity.clock import SystemClock
from privity.errors import Conflict
from promises import promise

pytestmark = pytest.mark.slow

REMEMBERED = "SELECT key, request, created_at, expires_at FROM tenant.ephemeral WHERE resource_id = %s"
KEYS = "SELECT row_id FROM keys.record_key WHERE table_name = 'conversation_source'"


class ShiftedClock(SystemClock):
    """The machine's clock, some time on."""

    def __init__(self) -> None:
        self.by = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by


def new_key() -> str:
    return secrets_of().mail


async def test_the_same_request_brings_one_conversation(held: Place) -> None:
    content, key = secrets_of().text, new_key()
    before, keys = len(held.blobs()), held.rows(KEYS, side="keys")
    async with held.opened() as one, held.opened() as other:  # two processes have no more in common than these
        received = await asyncio.gather(*(each.receive(content, key=key) for each in (one, other) * 4))
        again = await one.receive(content, key=key)
    assert len({each.id for each in received} | {again.id}) == 1
    assert sorted(each.replayed for each in received) == [False] + [True] * 7
    assert again.replayed
    assert len(held.blobs()) == before + 1, "what was replayed left its copy"
    assert set(held.rows(KEYS, side="keys")) - set(keys) == {(again.id,)}, "what was replayed left its key"


async def test_the_same_key_with_other_content_is_a_conflict(held: Place) -> None:
    key = new_key()
    before = len(held.blobs())
    async with held.opened() as inside:
        await inside.receive(secrets_of().text, key=key)
        for content, channel in ((secrets_of().text, "upload"), (secrets_of().text, "call")):
            with pytest.raises(Conflict) as refused:
                await inside.receive(content, channel, key)
            assert key not in refused.value.message + refused.value.advice
        assert len(held.blobs()) == before + 1


async def test_another_tenants_key_is_its_own(held: Place) -> None:
    content, key = secrets_of().text, new_key()
    async with held.opened("birch") as birch, held.opened("cedar") as cedar:
        assert not (await birch.receive(content, key=key)).replayed
        assert not (await cedar.receive(content, key=key)).replayed


@promise("E1", sabotage="idempotency_keys_are_kept")
async def test_the_key_is_kept_as_a_keyed_hash_and_for_a_day(held: Place) -> None:
    content, key, clock = secrets_of().text, new_key(), ShiftedClock()
    async with held.opened() as inside:
        first = await inside.receive(content, key=key)
    [(kept, request, created, expires)] = held.rows(REMEMBERED, first.id)
    assert len(kept) == len(request) == 32
    assert key[:16].encode() not in kept
    assert expires - created <= timedelta(hours=24)
    async with held.opened() as inside:
        inside.installation.intake._clock = clock  # the guard of tenants compares its clock with the database's
        clock.by = timedelta(hours=24, seconds=1)
        later = await inside.receive(content, key=key)
    assert not later.replayed
    assert later.id != first.id
