"""A superuser alters a live database, triggers off, every hash made to fit; the first bad entry is named."""

import asyncio
import io

import psycopg
import pytest
from rig import OTHER, TENANT, Notary, entry

from privity.errors import LedgerUnavailable, VerificationError
from privity.ledger import verify_bundle
from privity.store import Role
from promises import promise

RECOMPUTE = "UPDATE entry SET leaf_hash = sha256('\\x00'::bytea || leaf)"
EDIT = (
    "UPDATE entry SET leaf = convert_to(replace(convert_from(leaf, 'UTF8'), 'read', 'kept'), 'UTF8') WHERE index = {}"
)
LOOSEN = "ALTER TABLE entry DROP CONSTRAINT entry_pkey; ALTER TABLE entry DROP CONSTRAINT entry_entry_id_log_key"
INSERT = (
    "UPDATE entry SET index = index + 1 WHERE index >= {0};"
    "INSERT INTO entry SELECT log, {0}, gen_random_uuid(), leaf, leaf_hash, time FROM entry WHERE index = {0} - 1"
)
REORDER = "UPDATE entry SET index = CASE index WHEN {0} THEN {1} ELSE {0} END WHERE index IN ({0}, {1})"
CLOSE_GAP = "UPDATE entry SET index = index - 1 WHERE index > {}"
CLAIM_31 = r"replace(note, E'\n30\n', E'\n31\n')"
OTHER_ROOT = r"overlay(note PLACING 'AAAA' FROM position(E'\n30\n' IN note) + 5)"

ATTACKS = {
    "edit": ([EDIT.format(7)], 7),
    "edit and recompute every hash": ([EDIT.format(7), RECOMPUTE], 7),
    "edit the first and the last": ([EDIT.format(0), EDIT.format(29), RECOMPUTE], 0),
    "set another time": (
        ["UPDATE entry SET leaf = overlay(leaf PLACING '\\x39' FROM length(leaf) - 15) WHERE index = 12"],
        12,
    ),
    "alter a stored hash": (["UPDATE entry SET leaf_hash = sha256(leaf_hash) WHERE index = 21"], 21),
    "delete": (["DELETE FROM entry WHERE index = 11"], 11),
    "delete and close the gap": ([LOOSEN, "DELETE FROM entry WHERE index = 11", CLOSE_GAP.format(11), RECOMPUTE], 11),
    "insert": ([LOOSEN, INSERT.format(13), RECOMPUTE], 13),
    "reorder": ([LOOSEN, REORDER.format(9, 17), RECOMPUTE], 9),
    "reorder neighbours": ([LOOSEN, REORDER.format(4, 5), RECOMPUTE], 4),
    "truncate": (["DELETE FROM entry WHERE index >= 25"], 25),
    "truncate and reset the head": (["DELETE FROM entry WHERE index >= 25", "UPDATE log SET size = 25"], 25),
    "append a copy": (
        ["INSERT INTO entry SELECT log, 30, gen_random_uuid(), leaf, leaf_hash, time FROM entry WHERE index = 29"],
        30,
    ),
    "append a copy under a forged checkpoint": (
        [
            "INSERT INTO entry SELECT log, 30, gen_random_uuid(), leaf, leaf_hash, time FROM entry WHERE index = 29",
            f"INSERT INTO checkpoint SELECT log, 31, root, {CLAIM_31}, NULL, at FROM checkpoint WHERE size = 30",
        ],
        30,
    ),
    "edit and forge the checkpoint": (
        [
            EDIT.format(24),
            RECOMPUTE,
            f"UPDATE checkpoint SET note = {OTHER_ROOT} WHERE size = 30",
        ],
        24,
    ),
    "remove the last checkpoint": (["DELETE FROM checkpoint WHERE size = 30"], 20),
    "edit and break the signed list": ([EDIT.format(15), RECOMPUTE, "UPDATE checkpoint SET batch = NULL"], 10),
}


async def filled(notary: Notary) -> str:
    """Record thirty entries in three batches of ten and return the log's key."""
    async with notary.open() as inbox:
        await inbox.record(entry(log=OTHER))
        for _ in range(3):
            async with notary.database.transaction(Role.APP) as connection:
                for number in range(10):
                    await inbox.enqueue(connection, entry(number))
            await notary.drained()
    assert await notary.superuser(f"SELECT array_agg(size ORDER BY size) FROM checkpoint WHERE log = '{TENANT}'") == [
        ([0, 10, 20, 30],)
    ]
    return (await notary.reader.checkpoint(TENANT)).vkey


async def verdict(notary: Notary, vkey: str) -> None:
    stream = io.BytesIO()
    await notary.reader.export(TENANT, stream)
    stream.seek(0)
    verify_bundle(stream, vkeys=[vkey])


async def first_bad(notary: Notary, attack: str) -> int | None:
    """Let a superuser attack a log of thirty entries, and return the index that the verifier names."""
    vkey = await filled(notary)
    await verdict(notary, vkey)
    statements, _ = ATTACKS[attack]
    # Every statement means the tenant's log: the others go, so that it need not say so.
    others = [f"DELETE FROM {table} WHERE log <> '{TENANT}'" for table in ("entry", "checkpoint", "log")]
    await notary.superuser(*others, *statements)
    with pytest.raises(VerificationError) as failure:
        await verdict(notary, vkey)
    return failure.value.first_bad_index


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_superuser_is_caught_and_the_first_bad_entry_named(notary: Notary, attack: str) -> None:
    assert await first_bad(notary, attack) == ATTACKS[attack][1]


@promise("B29", sabotage="roots_are_not_compared")
async def test_an_edit_is_named_though_every_hash_was_recomputed(notary: Notary) -> None:
    assert await first_bad(notary, "edit and recompute every hash") == 7


@promise("B31", sabotage="missing_entries_are_passed_over")
async def test_a_truncated_tail_is_named(notary: Notary) -> None:
    assert await first_bad(notary, "truncate") == 25


@promise("B31", sabotage="cut_log_is_continued")
async def test_a_log_that_was_cut_is_not_continued(notary: Notary) -> None:
    await filled(notary)
    await notary.superuser(f"DELETE FROM entry WHERE index >= 25 AND log = '{TENANT}'")
    async with notary.open() as inbox:
        with pytest.raises(LedgerUnavailable):
            await inbox.record(entry())
    assert await notary.superuser(f"SELECT max(index) FROM entry WHERE log = '{TENANT}'") == [(24,)]


@promise("B31", sabotage="ledger_accepts_updates")
async def test_entries_cannot_be_changed_or_removed(notary: Notary) -> None:
    async with notary.open() as inbox:
        await inbox.record(entry())
    dsns = [notary.fresh.data_dsn(role) for role in Role if role is not Role.KEYS] + [notary.fresh.superuser_dsn]
    for dsn in dsns:
        async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
            for table in ("entry", "checkpoint", "node"):
                for act in (
                    f"UPDATE ledger.{table} SET log = ''",
                    f"DELETE FROM ledger.{table}",
                    f"TRUNCATE ledger.{table}",
                ):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        await connection.execute(act)


async def test_the_app_role_can_put_into_the_inbox_and_nothing_else(notary: Notary) -> None:
    async with await psycopg.AsyncConnection.connect(notary.fresh.data_dsn(Role.APP), autocommit=True) as connection:
        for statement in (
            "SELECT * FROM ledger.inbox",
            "DELETE FROM ledger.inbox",
            "UPDATE ledger.inbox SET kind = 'x'",
            "INSERT INTO ledger.inbox (id) OVERRIDING SYSTEM VALUE VALUES (1)",
            "INSERT INTO ledger.inbox (enqueued_at) VALUES (now())",
            *(
                f"SELECT * FROM ledger.{table}"
                for table in ("entry", "checkpoint", "log", "detail", "incident", "node")
            ),
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await connection.execute(statement)


@promise("B29", sabotage="inbox_mac_is_not_checked")
async def test_a_row_that_privity_did_not_write_becomes_an_incident_and_no_entry(notary: Notary) -> None:
    forged = (
        "INSERT INTO ledger.inbox (log, entry_id, kind, body, mac) VALUES (%s, gen_random_uuid(), 'intent', '{{}}', %s)"
    )
    async with notary.open() as inbox:
        await inbox.record(entry())
        async with await psycopg.AsyncConnection.connect(
            notary.fresh.data_dsn(Role.APP), autocommit=True
        ) as connection:
            await connection.execute(forged.replace("{{}}", "{}"), (TENANT, bytes(32)))
            await connection.execute(forged.replace("{{}}", "{}"), ("no such log", bytes(32)))
        await notary.drained()
        await asyncio.sleep(0.1)
    kinds = await notary.superuser(
        "SELECT log = 'platform', convert_from(leaf, 'UTF8')::jsonb ->> 'kind' AS kind FROM entry"
        " WHERE convert_from(leaf, 'UTF8') LIKE '%inbox_tampered%' OR log <> 'platform' ORDER BY 1, 2"
    )
    assert kinds == [(False, "inbox_tampered"), (False, "intent"), (True, "inbox_tampered")]
    assert await notary.superuser("SELECT log, kind FROM incident ORDER BY id") == [
        (TENANT, "intent"),
        ("no such log", "intent"),
    ]


@promise("B29", sabotage="inbox_mac_is_not_checked")
@pytest.mark.parametrize(
    "change",
    ["body = '{\"a\":1}'", "kind = 'other'", f"log = '{OTHER}'", "entry_id = gen_random_uuid()", "detail = ''"],
)
async def test_a_row_that_was_changed_while_it_waited_is_found(notary: Notary, change: str) -> None:
    async with notary.inbox() as inbox:
        async with notary.database.transaction(Role.APP) as connection:
            await inbox.enqueue(connection, entry())
    await notary.superuser(f"UPDATE inbox SET {change}")
    async with notary.sequencing():
        await notary.drained()
    assert await notary.superuser("SELECT count(*) FROM incident") == [(1,)]
    assert await notary.superuser("SELECT count(*) FROM entry WHERE log <> 'platform'") == [(0,)]
