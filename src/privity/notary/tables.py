"""The sequencer's statements on schema `ledger`; each runs inside the transaction of its batch."""

import struct
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import orjson
import psycopg
from psycopg import AsyncConnection

from privity.errors import Conflict, StoreUnavailable
from privity.notary.draft import Batch, Draft, Taken

SEQUENCED_CHANNEL = "ledger_sequenced"
# A row of COPY's binary format (PostgreSQL manual, COPY): the number of its fields, then each behind its length.
_COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_NULL, _UUID = b"\xff\xff\xff\xff", b"\x00\x00\x00\x10"  # what stands before a value: its length, or -1
_COPY_TRAILER = b"\xff\xff"
_HEAD = struct.Struct(">hi")
_MIDDLE = struct.Struct(">qi16si")
_BIGINT, _HASH = b"\x00\x00\x00\x08", b"\x00\x00\x00\x20"
_TIME = struct.Struct(">iq")
_POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_ACKS_PER_NOTIFY = 150  # an acknowledgement takes at most 53 bytes and a payload must stay below 8,000


class LogRow(NamedTuple):
    """A row of `ledger.log`."""

    log: str
    origin: str
    vkey: str
    wrapped_key: bytes
    salt: bytes
    epoch: int
    size: int
    root: bytes
    frontier: bytes
    published: int
    last_time: datetime


async def take_over(connection: AsyncConnection) -> list[LogRow]:
    """Raise the epoch of every log and return them all."""
    cursor = await connection.execute(
        "UPDATE ledger.log SET epoch = epoch + 1"
        " RETURNING log, origin, vkey, wrapped_key, salt, epoch, size, root, frontier, published, last_time"
    )
    return [LogRow(*row) for row in await cursor.fetchall()]


async def row_of(connection: AsyncConnection, log: str) -> LogRow | None:
    """Return the row of a log as it stands now, if there is one."""
    cursor = await connection.execute(
        "SELECT log, origin, vkey, wrapped_key, salt, epoch, size, root, frontier, published, last_time"
        " FROM ledger.log WHERE log = %b",
        (log,),
    )
    row = await cursor.fetchone()
    return None if row is None else LogRow(*row)


async def halted(connection: AsyncConnection) -> list[str]:
    """Return the logs that were found not to be what was signed."""
    cursor = await connection.execute("SELECT log FROM ledger.halted ORDER BY log")
    return [log for (log,) in await cursor.fetchall()]


async def begin_and_take(
    connection: AsyncConnection, limit: int, except_logs: Collection[str], *, looking_back: bool
) -> list[Taken]:
    """Begin a transaction, delete the oldest rows of the inbox and return them, oldest first.

    A row that its writer is withdrawing at this moment is skipped: it belongs to whoever locks it first. Rows are
    deleted by where they lie, which no one can change once they are locked. When `looking_back`, each row says whether
    it stands in its log already.
    """
    async with connection.pipeline():
        await connection.execute("BEGIN")
        cursor = await connection.execute(
            "WITH taken AS (DELETE FROM ledger.inbox WHERE ctid = ANY(ARRAY"
            " (SELECT ctid FROM ledger.inbox WHERE log <> ALL(%b) ORDER BY id LIMIT %b FOR UPDATE SKIP LOCKED))"
            " RETURNING id, log, entry_id, kind, body, detail, about, mac)"
            " SELECT id, log, uuid_send(entry_id), kind, body, detail, uuid_send(about), mac, CASE WHEN %b THEN"
            " (SELECT entry.index FROM ledger.entry"
            "  WHERE entry.log = taken.log AND entry.entry_id = taken.entry_id) END"
            " FROM taken ORDER BY taken.id",
            (list(except_logs), limit, looking_back),
            binary=True,
        )
    return [Taken._make(row) for row in await cursor.fetchall()]


async def add_log(connection: AsyncConnection, log: LogRow, note: str) -> None:
    """Insert a log that has no entries, with its first checkpoint."""
    await connection.execute(f"INSERT INTO ledger.log VALUES ({', '.join(['%b'] * len(log))})", log)
    await connection.execute(
        "INSERT INTO ledger.checkpoint (log, size, root, note, at) VALUES (%b, 0, %b, %b, %b)",
        (log.log, log.root, note, log.last_time),
    )


async def newest(connection: AsyncConnection, log: str) -> tuple[str, int, int]:
    """Return the newest checkpoint of a log (empty if it has none), and how many entries stand by their indexes.

    The third is how many entries the stored parts of its tree are made of.
    """
    cursor = await connection.execute(
        "SELECT coalesce((SELECT note FROM ledger.checkpoint WHERE log = %(log)s ORDER BY size DESC LIMIT 1), ''),"
        " coalesce((SELECT max(index) + 1 FROM ledger.entry WHERE log = %(log)s), 0),"
        " coalesce((SELECT max((position + 1) << level) FROM ledger.node WHERE log = %(log)s), 0)",
        {"log": log},
    )
    row = await cursor.fetchone()
    assert row is not None
    return row


async def copy_entries(connection: AsyncConnection, drafts: Sequence[Draft]) -> None:
    """Append entries, packed here in one piece: row by row through the driver costs four times as much."""
    packed = [_COPY_HEADER]
    for draft in drafts:
        log = draft.held.log.encode()
        head = _HEAD.pack(7, len(log)) + log + _BIGINT
        time = _TIME.pack(8, (draft.time - _POSTGRES_EPOCH) // _MICROSECOND)
        for at, entry_id, leaf, leaf_hash, about in draft.entries:
            middle = _MIDDLE.pack(at, 16, entry_id, len(leaf))
            packed += (head, middle, leaf, _HASH, leaf_hash, time, _NULL if about is None else _UUID + about)
    packed.append(_COPY_TRAILER)
    statement = "COPY ledger.entry (log, index, entry_id, leaf, leaf_hash, time, about) FROM STDIN (FORMAT BINARY)"
    async with connection.cursor() as cursor, cursor.copy(statement) as copy:
        await copy.write(b"".join(packed))


async def write_batch(connection: AsyncConnection, batch: Batch) -> None:
    """Append the entries of a batch and what goes beside them: sealed details, halted logs, forged rows as evidence."""
    await copy_entries(connection, batch.drafts)
    new = [taken for taken in batch.sound if taken.detail is not None and taken.stands_at is None]
    sealed = {(taken.log, taken.entry_id): taken.detail for taken in new}
    if sealed:
        await connection.execute(
            "INSERT INTO ledger.detail (log, entry_id, sealed)"
            " SELECT * FROM unnest(%b::text[], %b::uuid[], %b::bytea[])",
            ([log for log, _ in sealed], [UUID(bytes=entry_id) for _, entry_id in sealed], list(sealed.values())),
        )
    for finding in batch.findings:
        if finding.first_bad_index is None:
            await connection.execute("DELETE FROM ledger.halted WHERE log = %b", (finding.log,))
        else:
            await connection.execute("INSERT INTO ledger.halted (log, first_bad_index) VALUES (%b, %b)", finding[::2])
    for taken in batch.forged:
        about = None if taken.about is None else UUID(bytes=taken.about)
        await connection.execute(
            "INSERT INTO ledger.incident (inbox_id, log, entry_id, kind, body, detail, about, mac)"
            " VALUES (%b, %b, %b, %b, %b, %b, %b, %b)",
            (*taken[:2], UUID(bytes=taken.entry_id), *taken[3:6], about, taken.mac),
        )


async def seal_and_commit(connection: AsyncConnection, drafts: Sequence[Draft], acknowledged: Sequence[str]) -> None:
    """Move every log to its new head, with its signed checkpoint, commit, and tell those who wait.

    Raises Conflict if a log is not at the size, root and epoch from which its draft was made. The commit is sent with
    the statement and not after its answer: that one fails by dividing by zero then, and PostgreSQL passes over what was
    sent behind a failure.
    """
    heads = [(draft, draft.head()) for draft in drafts]
    moved = [
        {
            "log": draft.held.log,
            "old_size": draft.base.size,
            "old_root": draft.base_root.hex(),
            "epoch": draft.held.epoch,
            "size": head.size,
            "root": head.root.hex(),
            "frontier": draft.frontier.to_bytes().hex(),
            "published": draft.published,
            "time": draft.time,
            "note": head.sign(draft.held.signer) if draft.entries else None,
            "batch": draft.batch_list(),
        }
        for draft, head in heads
    ]
    completed = [
        {"log": node.log, "level": node.level, "position": node.position, "hash": node.hash.hex()}
        for draft in drafts
        for node in draft.nodes
    ]
    told = [" ".join(acknowledged[at : at + _ACKS_PER_NOTIFY]) for at in range(0, len(acknowledged), _ACKS_PER_NOTIFY)]
    parameters = (orjson.dumps(moved), orjson.dumps(completed), len(drafts), SEQUENCED_CHANNEL, told)
    try:
        async with connection.pipeline():
            await connection.execute(_SEAL, parameters, binary=True)
            ended = await connection.execute("COMMIT")
    except psycopg.errors.DivisionByZero:
        raise Conflict(
            "A log is not where this sequencer left it: another has taken over, or its row was altered.",
            advice="Run `privity ledger verify` before anything else.",
        ) from None
    if ended.statusmessage != "COMMIT":
        raise StoreUnavailable("A batch was rolled back because a statement in it had failed.")


# What goes in travels as JSON: a parameter for every column costs more in the driver than all that it carries.
_SEAL = (
    "WITH new AS MATERIALIZED (SELECT * FROM json_to_recordset(convert_from(%b, 'UTF8')::json) AS new (log text,"
    "   old_size bigint, old_root text, epoch bigint, size bigint, root text, frontier text, published bigint,"
    "   time timestamptz, note text, batch text)),"
    " moved AS (UPDATE ledger.log SET size = new.size, root = decode(new.root, 'hex'),"
    "   frontier = decode(new.frontier, 'hex'), published = new.published, last_time = new.time FROM new"
    "  WHERE log.log = new.log AND log.size = new.old_size AND log.root = decode(new.old_root, 'hex')"
    "   AND log.epoch = new.epoch"
    "  RETURNING 1),"
    " signed AS (INSERT INTO ledger.checkpoint (log, size, root, note, batch, at)"
    "  SELECT log, size, decode(root, 'hex'), note, batch, time FROM new WHERE note IS NOT NULL),"
    " completed AS (INSERT INTO ledger.node (log, level, position, hash)"
    "  SELECT log, level, position, decode(hash, 'hex') FROM json_to_recordset(convert_from(%b, 'UTF8')::json)"
    "   AS new (log text, level smallint, position bigint, hash text))"
    " SELECT 1 / ((SELECT count(*) FROM moved) = %b)::int, count(pg_notify(%b, payload))"
    " FROM unnest(%b::text[]) AS payload"
)
