"""One log that is not what was signed takes no more entries, and keeps no other log from taking them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rig import OTHER, TENANT, Notary, entry
from test_recording import holds

from privity.errors import LedgerUnavailable
from privity.ledger import read_leaf
from privity.notary import PLATFORM, Inbox
from privity.store import Role
from promises import promise

DAMAGES = {
    "its end was cut off": "DELETE FROM entry WHERE log = '{}' AND index >= 2",
    "every checkpoint is gone": "DELETE FROM checkpoint WHERE log = '{}'",
    "its row was put back": "UPDATE log SET size = size - 1 WHERE log = '{}'",
    "its row has another root": "UPDATE log SET root = sha256(root) WHERE log = '{}'",
    "its row has no tree": "UPDATE log SET frontier = '\\x00' WHERE log = '{}'",
    "its row is gone": "DELETE FROM log WHERE log = '{}'",
    "its key does not open": "UPDATE log SET wrapped_key = '\\x00' WHERE log = '{}'",
    "it is called otherwise": "UPDATE log SET origin = 'privity/nobody' WHERE log = '{}'",
    "an entry was put behind it": (
        "INSERT INTO entry SELECT log, max(index) + 1, gen_random_uuid(), '{{}}', sha256(''), now() FROM entry"
        " WHERE log = '{}' GROUP BY log"
    ),
    "a checkpoint was put behind it": (
        "INSERT INTO checkpoint SELECT log, 9, sha256(''), '', NULL, now() FROM log WHERE log = '{}'"
    ),
    "a part of the tree stands there already": "INSERT INTO node VALUES ('{}', 8, 0, sha256(''))",
}


async def filled(notary: Notary) -> None:
    async with notary.open() as inbox:
        for log in (TENANT, OTHER):
            for number in range(5):
                await inbox.record(entry(number, log=log))


@asynccontextmanager
async def halted(notary: Notary, damage: str) -> AsyncIterator[Inbox]:
    """Damage a log of five entries, leave a row for it that nobody withdraws, and open a notary that has seen it."""
    await filled(notary)
    await notary.superuser(DAMAGES[damage].format(TENANT))
    async with notary.inbox() as inbox, notary.database.transaction(Role.APP) as connection:
        await inbox.enqueue(connection, entry(kind="outcome"))
    async with notary.open() as inbox:
        async with asyncio.timeout(5):
            while not (await inbox.health()).halted:
                await asyncio.sleep(0.05)
        yield inbox


async def kinds(notary: Notary, log: str) -> list[str]:
    return [read_leaf(stored.leaf).kind for stored in await notary.reader.entries(log, limit=1000)]


@promise("B31", sabotage="unsound_log_halts_nobody")
@pytest.mark.parametrize("damage", DAMAGES)
async def test_damaged_log_takes_nothing_and_others_go_on(notary: Notary, damage: str) -> None:
    async with halted(notary, damage) as inbox:
        before = await notary.superuser(f"SELECT count(*) FROM entry WHERE log = '{TENANT}'")
        await asyncio.sleep(2.2)  # longer than any entry may wait before the inbox counts as stuck
        assert (await inbox.record(entry(5, log=OTHER))).index == 5
        assert (await inbox.readiness()).halted == (TENANT,)
        with pytest.raises(LedgerUnavailable):
            await inbox.record(entry())
        assert (await inbox.record(entry(6, log=OTHER))).index == 6
        assert (await inbox.readiness()).ready
    assert await notary.superuser(f"SELECT count(*) FROM entry WHERE log = '{TENANT}'") == before
    assert await notary.superuser("SELECT log, kind FROM inbox") == [(TENANT, "outcome")]
    assert await holds(notary, OTHER) == 7
    assert (await kinds(notary, PLATFORM)).count("log_halted") == 1


async def test_halted_log_stays_halted_for_the_next_sequencer_and_is_told_of_once(notary: Notary) -> None:
    async with halted(notary, "its end was cut off"):
        pass
    async with notary.open() as inbox:
        with pytest.raises(LedgerUnavailable):
            await inbox.record(entry())
        await asyncio.sleep(1.5)
        assert (await inbox.health()).halted == (TENANT,)
    assert (await kinds(notary, PLATFORM)).count("log_halted") == 1


async def test_restored_log_goes_on_by_itself_with_what_waited(notary: Notary) -> None:
    async with halted(notary, "its row has another root") as inbox:
        root = (await notary.reader.checkpoint(TENANT)).root.hex()
        await notary.superuser(f"UPDATE log SET root = '\\x{root}' WHERE log = '{TENANT}'")
        async with asyncio.timeout(8):
            while (await inbox.health()).halted:
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.6)  # until the inbox has looked again
        assert (await inbox.record(entry())).index == 6
    assert await holds(notary, TENANT) == 7
    assert (await kinds(notary, TENANT))[5] == "outcome"
    told = [read_leaf(stored.leaf) for stored in await notary.reader.entries(PLATFORM, limit=1000)]
    opened, *others = [leaf for leaf in told if leaf.kind in {"log_opened", "log_halted", "log_resumed"}]
    assert [leaf.kind for leaf in others] == ["log_opened", "log_halted", "log_resumed"]
    assert [leaf.body["log"] for leaf in others[1:]] == [opened.body["log"]] * 2
    assert others[1].body["first_bad_index"] == 5


@pytest.mark.parametrize("damage", ["its row has another root", "an entry was put behind it"])
async def test_log_damaged_while_it_is_held_halts_alone(notary: Notary, damage: str) -> None:
    """The sequencer that held it ends, as one does that was replaced; the next one knows."""
    await filled(notary)
    with pytest.raises(Exception):  # noqa: B017, PT011 - which one depends on the damage
        async with notary.open() as inbox:
            await inbox.record(entry())
            await notary.superuser(DAMAGES[damage].format(TENANT))
            with pytest.raises(LedgerUnavailable):
                await inbox.record(entry())
    async with notary.open() as inbox:
        with pytest.raises(LedgerUnavailable):
            await inbox.record(entry())
        assert (await inbox.record(entry(log=OTHER))).index == 5
        assert (await inbox.health()).halted == (TENANT,)
