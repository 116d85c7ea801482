"""What `record` and `enqueue` return, and what then stands in the log."""

import asyncio
import io
import time
from uuid import UUID

import pytest
from rig import OTHER, TENANT, Notary, entry, ids

from privity.errors import BadInput, Conflict, LedgerUnavailable, NotFound, TooLarge
from privity.ledger import LogProof, Verifier, commitment, read_leaf, verify_bundle
from privity.notary import PLATFORM, Entry, Inbox
from privity.notary.health import MAX_DEPTH, RECORD_WITHIN, InboxHealth
from privity.store import Role
from promises import promise


async def holds(notary: Notary, log: str) -> int:
    """Export the log, verify it with the key that the database names, and return its size."""
    stream = io.BytesIO()
    head = await notary.reader.export(log, stream)
    stream.seek(0)
    verified = verify_bundle(stream, vkeys=[head.vkey])
    assert (verified.size, verified.root, verified.checkpoint) == (head.size, head.root, head.note)
    return verified.size


@promise("B30")
async def test_a_recorded_entry_is_signed_by_its_proof(notary: Notary) -> None:
    async with notary.open() as inbox:
        assert [(await inbox.record(entry(number))).index for number in range(3)] == [0, 1, 2]
        together = await asyncio.gather(*(inbox.record(entry(number)) for number in range(700)))
        assert sorted(receipt.index for receipt in together) == list(range(3, 703))
        head = await notary.reader.checkpoint(TENANT)
        for index in (0, 2, 255, 256, 511, 512, 702):
            stored = await notary.reader.entry(TENANT, index)
            proof = LogProof.read(await notary.reader.proof(TENANT, index))
            assert proof.verify(stored.leaf, [Verifier.from_vkey(head.vkey)], origin=head.origin).root == head.root
            assert (proof.extra, read_leaf(stored.leaf).index) == (stored.leaf, index)
    assert await holds(notary, TENANT) == 703


async def test_the_leaf_holds_what_was_recorded_and_the_receipt_leads_to_it(notary: Notary) -> None:
    salt, detail = bytes(32), b"203.0.113.9 some client"
    sealed = b"sealed: " + detail
    listed = [str(ids.new()) for _ in range(20)]
    body = {"action": "conversation:list", "actor": str(ids.new()), "ids": listed, "detail": commitment(salt, detail)}
    asked = Entry(id=ids.new(), log=TENANT, kind="intent", body=body, detail=sealed)
    async with notary.open() as inbox:
        receipt = await inbox.record(asked)
    stored = await notary.reader.entry_by_id(TENANT, asked.id)
    leaf = read_leaf(stored.leaf)
    assert (leaf.body, leaf.kind, leaf.log, leaf.id, leaf.index) == (body, "intent", TENANT, asked.id, receipt.index)
    assert leaf.time == stored.time
    assert await notary.reader.detail(TENANT, asked.id) == sealed
    assert detail not in stored.leaf


async def test_erasing_a_detail_leaves_every_proof_valid(notary: Notary) -> None:
    async with notary.open() as inbox:
        receipt = await inbox.record(entry(detail=b"sealed"))
        await notary.superuser("DELETE FROM detail", guarded=True)
    with pytest.raises(NotFound):
        await notary.reader.detail(TENANT, receipt.entry_id)
    assert await holds(notary, TENANT) == 1


@promise("B29", sabotage="leaf_believes_the_client")
async def test_index_and_time_are_the_sequencers(notary: Notary) -> None:
    claimed = {"index": 99, "time": "1999-01-01T00:00:00Z", "log": OTHER}
    async with notary.open() as inbox:
        before = notary.clock.now()
        receipt = await inbox.record(Entry(id=ids.new(), log=TENANT, kind="intent", body=claimed))
        after = notary.clock.now()
    leaf = read_leaf((await notary.reader.entry(TENANT, receipt.index)).leaf)
    assert (leaf.index, leaf.log, leaf.body) == (0, TENANT, claimed)
    assert before <= leaf.time <= after


async def test_an_outcome_is_recorded_exactly_if_its_transaction_commits(notary: Notary) -> None:
    kept, dropped = entry(1, kind="outcome"), entry(2, kind="outcome")
    async with notary.open() as inbox:
        async with notary.database.transaction(Role.APP) as connection:
            await inbox.enqueue(connection, kept)
        with pytest.raises(ZeroDivisionError):
            async with notary.database.transaction(Role.APP) as connection:
                await inbox.enqueue(connection, dropped)
                raise ZeroDivisionError
        await inbox.record(entry(3))
        await notary.drained()
    assert (await notary.reader.entry_by_id(TENANT, kept.id)).index in {0, 1}
    with pytest.raises(NotFound):
        await notary.reader.entry_by_id(TENANT, dropped.id)


async def test_a_posted_entry_waits_for_the_inbox_and_for_no_sequencer(notary: Notary) -> None:
    posted = [entry(number, kind="outcome") for number in range(3)]
    async with notary.inbox() as inbox:
        await asyncio.gather(*(inbox.post(each) for each in posted))
        assert (await notary.superuser("SELECT count(*) FROM inbox"))[0] == (3,)
    async with notary.sequencing():
        await notary.drained()
    assert [(await notary.reader.entry_by_id(TENANT, each.id)).index for each in posted] == [0, 1, 2]
    assert await holds(notary, TENANT) == 3


async def test_an_id_is_recorded_once(notary: Notary) -> None:
    async with notary.open() as inbox:
        first = entry()
        receipt = await inbox.record(first)
        assert await inbox.record(first) == receipt
        second = entry()
        async with notary.database.transaction(Role.APP) as connection:
            await inbox.enqueue(connection, second)
            await inbox.enqueue(connection, second)
        await notary.drained()
        one = asyncio.create_task(inbox.record(third := entry()))
        await asyncio.sleep(0)
        with pytest.raises(Conflict):
            await inbox.record(third)
        await one
    assert await holds(notary, TENANT) == 3


async def test_logs_are_apart_and_each_has_its_own_key(notary: Notary) -> None:
    async with notary.open() as inbox:
        both = await asyncio.gather(inbox.record(entry(log=TENANT)), inbox.record(entry(log=OTHER)))
        assert [receipt.index for receipt in both] == [0, 0]
    heads = [await notary.reader.checkpoint(log) for log in (TENANT, OTHER, PLATFORM)]
    assert len({head.vkey.rpartition("+")[2] for head in heads}) == 3
    with pytest.raises(NotFound):
        await notary.reader.entry(TENANT, 1)
    with pytest.raises(NotFound):
        await notary.reader.checkpoint("nobody")


@promise("B31")
async def test_every_tenant_head_goes_blinded_into_the_platform_log(notary: Notary) -> None:
    async with notary.open() as inbox:
        await inbox.record(entry())
        for _ in range(40):
            await inbox.record(entry())
            await asyncio.sleep(0.01)
        await asyncio.sleep(1.3)
    heads = [read_leaf(stored.leaf) for stored in await notary.reader.entries(PLATFORM)]
    published = [leaf.body for leaf in heads if leaf.kind == "tenant_checkpoint"]
    head = await notary.reader.checkpoint(TENANT)
    assert published[-1]["size"] == head.size
    assert published[-1]["root"] == head.root.hex()
    assert 2 <= len(published) <= 4  # at most one a second for each log
    everything = b"".join(stored.leaf for stored in await notary.reader.entries(PLATFORM))
    assert TENANT.encode() not in everything
    assert UUID(TENANT).hex.encode() not in everything
    assert await holds(notary, PLATFORM) == len(heads)


async def test_a_restart_goes_on_where_the_log_ended(notary: Notary) -> None:
    for expected in range(3):
        async with notary.open() as inbox:
            assert (await inbox.record(entry())).index == expected
    assert await holds(notary, TENANT) == 3


async def test_entries_are_read_in_pages(notary: Notary) -> None:
    async with notary.open() as inbox:
        await asyncio.gather(*(inbox.record(entry()) for _ in range(12)))
    page = await notary.reader.entries(TENANT, after=3, limit=5)
    assert [stored.index for stored in page] == [4, 5, 6, 7, 8]


async def test_what_cannot_become_a_leaf_is_refused_before_anything_is_sent(notary: Notary) -> None:
    async with notary.open() as inbox:
        for bad in (
            Entry(id=ids.new(), log=TENANT, kind="Intent", body={}),
            Entry(id=ids.new(), log='a"b', kind="intent", body={}),
            Entry(id=ids.new(), log=TENANT, kind="intent", body={"share": 0.5}),
        ):
            with pytest.raises(BadInput):
                await inbox.record(bad)
        for large in (
            Entry(id=ids.new(), log=TENANT, kind="intent", body={"a": "x" * 7800}),
            Entry(id=ids.new(), log=TENANT, kind="intent", body={}, detail=bytes(70_000)),
        ):
            with pytest.raises(TooLarge):
                await inbox.record(large)
        longest = await inbox.record(Entry(id=ids.new(), log=TENANT, kind="intent", body={"a": "x" * 7600}))
    assert longest.index == 0
    with pytest.raises(RuntimeError):
        await Inbox(notary.database, bytes(32), notary.clock).record(entry())


async def test_a_key_that_cannot_be_opened_holds_up_its_own_log_only(notary: Notary) -> None:
    async with notary.open() as inbox:
        await inbox.record(entry(log=OTHER))
        notary.kms.down = True
        stuck = asyncio.create_task(inbox.record(entry(log=TENANT)))
        await asyncio.sleep(0.2)
        assert (await inbox.record(entry(log=OTHER))).index == 1
        notary.kms.down = False
        assert (await stuck).index == 0


async def test_health_and_readiness_follow_the_oldest_row(notary: Notary) -> None:
    async with notary.inbox() as inbox:
        async with notary.sequencing():
            async with asyncio.timeout(5):
                while not (await inbox.health()).ready:
                    await asyncio.sleep(0.02)
        async with notary.database.transaction(Role.APP) as connection:
            await inbox.enqueue(connection, entry())
        await asyncio.sleep(2.7)
        health = await inbox.health()
        assert health.depth == 1
        assert not health.ready
        began = asyncio.get_running_loop().time()
        with pytest.raises(LedgerUnavailable):
            await inbox.record(entry())
        assert asyncio.get_running_loop().time() - began < 0.2
    assert not InboxHealth(oldest=0.0, depth=MAX_DEPTH, sequencing=True).ready


@promise("B31", sabotage="nobody_sequences_and_it_is_ready")
async def test_without_a_sequencer_it_is_not_ready_though_nothing_waits(notary: Notary) -> None:
    async with notary.inbox() as inbox:
        async with notary.sequencing():
            async with asyncio.timeout(5):
                while not (await inbox.health()).ready:
                    await asyncio.sleep(0.02)
        async with asyncio.timeout(5):
            while (health := await inbox.health()).ready:  # until the server has noticed that the connection is closed
                await asyncio.sleep(0.02)
        assert (health.depth, health.open, health.ready) == (0, True, False)
        with pytest.raises(LedgerUnavailable, match="No sequencer"):
            await inbox.readiness()


async def test_a_look_that_stalls_refuses_nobody_and_silence_refuses_at_once(
    notary: Notary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unanswered(*_: object) -> InboxHealth:
        raise LedgerUnavailable("down")

    async with notary.sequencing():
        with monkeypatch.context() as stalled:
            stalled.setattr("privity.notary.inbox.read_health", unanswered)
            async with notary.inbox() as inbox:
                assert inbox.seen is None
                assert (await inbox.record(entry())).index == 0
            async with notary.inbox(within=0.0) as inbox:
                with pytest.raises(LedgerUnavailable, match="cannot be read"):
                    await inbox.record(entry())
        async with notary.inbox() as inbox:
            time.sleep(RECORD_WITHIN + 0.2)  # noqa: ASYNC251 - a process that is busy looks at nothing, and that is nobody's silence
            assert (await inbox.record(entry())).index == 1
