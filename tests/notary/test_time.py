"""The time of entries never goes back, and a clock that jumps is told of."""

from datetime import UTC, datetime, timedelta

import pytest
from rig import TENANT, MemoryKms, Notary, entry

from privity.ledger import read_leaf
from privity.notary import PLATFORM
from privity.notary.timekeeper import Timekeeper
from promises import promise

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class LooseClock:
    """A wall clock and a monotonic one that are moved apart."""

    def __init__(self) -> None:
        self.wall, self.passed = NOON, 100.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.passed

    def move(self, wall: float, passed: float) -> None:
        self.wall += timedelta(seconds=wall)
        self.passed += passed


@pytest.mark.parametrize(
    ("wall", "passed", "told"),
    [
        (5, 5, False),
        (-0.9, 0, False),
        (-1.1, 0, True),
        (-3600, 1, True),
        (59, 0, False),
        (86400, 1, True),
        (0, 5, True),
    ],
)
def test_a_jump_is_told_from_the_passing_of_time(wall: float, passed: float, told: bool) -> None:
    clock = LooseClock()
    keeper = Timekeeper(clock, NOON - timedelta(days=3))
    first = keeper.stamp()
    assert keeper.anomaly is None  # how long nobody looked is not known
    clock.move(wall, passed)
    assert keeper.stamp() >= first
    assert (keeper.anomaly is not None) is told
    keeper.tell()
    clock.move(1, 1)
    keeper.stamp()
    assert keeper.anomaly is None


def test_a_clock_behind_the_last_entry_is_told_at_the_start() -> None:
    keeper = Timekeeper(LooseClock(), NOON + timedelta(seconds=2))
    assert keeper.stamp() == NOON + timedelta(seconds=2)
    assert keeper.anomaly is not None


@promise("B29", sabotage="time_goes_back")
async def test_entries_of_a_clock_set_back_are_in_order_and_say_so(notary: Notary) -> None:
    clock = LooseClock()
    notary = Notary(notary.fresh, MemoryKms(), clock)
    async with notary.open() as inbox:
        await inbox.record(entry())
        clock.move(-3600, 1)
        await inbox.record(entry())
        clock.move(7200, 1)
        await inbox.record(entry())
    tenant = [read_leaf(stored.leaf) for stored in await notary.reader.entries(TENANT)]
    platform = [read_leaf(stored.leaf) for stored in await notary.reader.entries(PLATFORM)]
    for leaves in (tenant, platform):
        assert [leaf.time for leaf in leaves] == sorted(leaf.time for leaf in leaves)
    skews = [leaf.body["skew_ms"] for leaf in platform if leaf.kind == "clock_anomaly"]
    assert skews == [-3_601_000, 7_199_000]
    assert {leaf.kind for leaf in tenant} <= {"intent", "clock_anomaly"}
