"""Calls that reached no decision: recorded, limited when nobody makes them, and never telling what was sent."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from privity.clock import SteppedClock
from privity.errors import LedgerUnavailable, NotFound
from privity.gate import Details, Strangers
from privity.identity import Caller, CallerKind, Origin
from privity.ids import TimeOrderedIds
from privity.notary import PLATFORM, Entry, Inbox
from promises import promise

LIMIT = 20
TENANT = uuid.UUID(int=7)


class Ledger:
    """Keeps what it is given, and is `down` at times."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.down = False

    async def record(self, entry: Entry) -> None:
        if self.down:
            raise LedgerUnavailable("down")
        self.entries.append(entry)


class Sealer:
    async def seal(self, *_: Any) -> tuple[str, bytes]:
        return "commitment", b"sealed"


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def strangers(ledger: Ledger, clock: SteppedClock) -> Strangers:
    return Strangers(cast("Inbox", ledger), cast("Details", Sealer()), TimeOrderedIds(clock), clock)


def origin(address: str = "192.0.2.1") -> Origin:
    return Origin(request_id=uuid.uuid4(), address=address, user_agent="knock/1.0")


async def knock(strangers: Strangers, times: int, address: str = "192.0.2.1") -> None:
    for _ in range(times):
        await strangers.record(origin(address), None, "GET", 401)


@promise("D53", sabotage="noise_is_not_limited")
async def test_address_gets_20_entries_a_minute_and_then_a_number(
    strangers: Strangers, ledger: Ledger, clock: SteppedClock
) -> None:
    await knock(strangers, LIMIT + 15)
    assert len(ledger.entries) == LIMIT
    assert {entry.body["counted_before"] for entry in ledger.entries} == {0}
    await knock(strangers, 1, "192.0.2.2")
    assert len(ledger.entries) == LIMIT + 1
    clock.advance(timedelta(seconds=60))
    await knock(strangers, 2)
    assert [entry.body["counted_before"] for entry in ledger.entries[-2:]] == [15, 0]


@promise("D53", sabotage="each_address_of_a_network_is_counted_alone")
async def test_network_of_many_addresses_is_one_stranger(strangers: Strangers, ledger: Ledger) -> None:
    for number in range(LIMIT + 15):
        await knock(strangers, 1, f"2001:db8::{number:x}")
    assert len(ledger.entries) == LIMIT
    await knock(strangers, 1, "2001:db8:0:1::1")
    assert len(ledger.entries) == LIMIT + 1
    for number in range(LIMIT):  # a socket of both kinds writes IPv4 like this: each is a customer of its own
        await knock(strangers, 2, f"::ffff:198.51.100.{number}")
    assert len(ledger.entries) == 3 * LIMIT + 1


async def test_known_caller_is_never_noise_and_stands_in_its_own_log(strangers: Strangers, ledger: Ledger) -> None:
    await knock(strangers, LIMIT + 1)
    known = Caller(kind=CallerKind.SERVICE, id="k3jx0q2v7a", tenant=TENANT, origin=origin())
    for _ in range(LIMIT + 5):
        await strangers.record(known.origin, known, "GET", 400)
    recorded = ledger.entries[LIMIT:]
    assert len(recorded) == LIMIT + 5
    assert {entry.log for entry in recorded} == {str(TENANT)}
    assert recorded[0].body["actor"] == {"kind": "service", "id": "k3jx0q2v7a"}
    assert {entry.log for entry in ledger.entries[:LIMIT]} == {PLATFORM}


@pytest.mark.parametrize(("method", "told"), [("DELETE", "DELETE"), ("GONZALEZ", "other"), ("X" * 9000, "other")])
async def test_entry_holds_no_text_from_outside(strangers: Strangers, ledger: Ledger, method: str, told: str) -> None:
    await strangers.record(origin(), None, method, 405)
    (entry,) = ledger.entries
    assert entry.body["method"] == told
    assert "knock" not in str(entry.body)
    assert "192.0.2.1" not in str(entry.body)


async def test_ledger_that_is_down_does_not_change_the_answer(strangers: Strangers, ledger: Ledger) -> None:
    ledger.down = True
    await knock(strangers, 1)
    assert not ledger.entries


async def test_tenant_without_keys_does_not_change_the_answer(
    strangers: Strangers, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def destroyed(*_: Any) -> tuple[str, bytes]:
        raise NotFound("the tenant's keys were destroyed")

    monkeypatch.setattr(Sealer, "seal", destroyed)
    known = Caller(kind=CallerKind.SERVICE, id="k3jx0q2v7a", tenant=TENANT, origin=origin())
    await strangers.record(known.origin, known, "GET", 400)
    assert not ledger.entries


async def test_addresses_that_are_remembered_are_limited_in_number(strangers: Strangers, ledger: Ledger) -> None:
    for number in range(10_050):
        await knock(strangers, 1, f"2001:db8:0:{number:x}::1")
    assert len(strangers._noise) == 10_000
    assert "2001:db8::/64" not in strangers._noise
