"""Keys derived for small values: kept for as long as the setting says, wiped then and at the end."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from privity.clock import SteppedClock
from privity.errors import SealBroken
from privity.keys import Keys, RecordKey, TenantSeals
from privity.vault import Plaintext, Secret
from promises import promise

ONE, OTHER = UUID(int=1), UUID(int=2)


class Deriving(Keys):
    """Derives keys without a database, and notes them."""

    def __init__(self, clock: SteppedClock) -> None:
        nothing: Any = None
        super().__init__(nothing, nothing, clock=clock)
        self.derived: list[Secret] = []

    async def derived_tenant_key(self, tenant: UUID, purpose: str, key_id: UUID | None = None) -> RecordKey:
        self.derived.append(Secret(bytes(range(32))))
        return RecordKey(key_id=uuid4(), key=self.derived[-1])


def is_wiped(key: Secret) -> bool:
    try:
        key.reveal()
    except SealBroken:
        return True
    return False


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(datetime(2026, 11, 22, tzinfo=UTC))


@promise("B9", sabotage="derived_keys_outlive_the_cache")
async def test_a_derived_key_is_wiped_when_its_time_is_over(clock: SteppedClock) -> None:
    keys = Deriving(clock)
    seals = TenantSeals(keys, "reason", clock, cache_ttl=60)
    await seals.seal(ONE, uuid4(), Plaintext(b"a"))
    clock.advance(timedelta(seconds=59))
    await seals.seal(ONE, uuid4(), Plaintext(b"b"))
    assert [is_wiped(key) for key in keys.derived] == [False]
    clock.advance(timedelta(seconds=1))
    await seals.seal(OTHER, uuid4(), Plaintext(b"c"))
    assert [is_wiped(key) for key in keys.derived] == [True, False], "also where its own tenant is not heard of again"


async def test_nothing_is_kept_where_nothing_may_be(clock: SteppedClock) -> None:
    keys = Deriving(clock)
    seals = TenantSeals(keys, "reason", clock, cache_ttl=0)
    await seals.seal(ONE, uuid4(), Plaintext(b"a"))
    await seals.seal(ONE, uuid4(), Plaintext(b"b"))
    assert len(keys.derived) == 2
    assert seals._current == {}


@promise("B9", sabotage="derived_keys_survive_the_end")
async def test_closing_wipes_derived_keys(clock: SteppedClock) -> None:
    keys = Deriving(clock)
    seals = TenantSeals(keys, "reason", clock, cache_ttl=60)
    await seals.seal(ONE, uuid4(), Plaintext(b"a"))
    await seals.seal(OTHER, uuid4(), Plaintext(b"b"))
    keys.close()
    assert [is_wiped(key) for key in keys.derived] == [True, True]
