"""The sequencer's statements on schema `ledger`; each runs inside the transaction of its batch."""

import struct
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from psycopg import AsyncConnection

from privity.errors import Conflict
from privity.notary.draft import Batch, Draft, EntryRow, Taken
from privity.notary.entry import InboxRow

SEQUENCED_CHANNEL = "ledger_sequenced"
# A row of COPY's binary format (PostgreSQL manual, COPY): the number of its fields, then each behind its length.
_COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_NULL, _UUID = b"\xff\xff\xff\xff", b"\x00\x00\x00\x10"  # what stands before a value: its length, or -1
_COPY_TRAILER = b"\xff\xff"
_HEAD = struct.Struct(">hi")
_MIDDLE = struct.Struct(">iqi16si")
_TAIL = struct.Struct(">i32siq")
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


async def begin_and_take(connection: AsyncConnection, limit: int, except_logs: Collection[str]) -> list[Taken]:
    """Begin a transaction, delete the oldest rows of the inbox and return them, oldest first.

    A row that its writer is withdrawing at this moment is skipped: it belongs to whoever locks it first.
    """
    async with connection.pipeline():
        await connection.execute("BEGIN")
        cursor = await connection.execute(
            "WITH taken AS (DELETE FROM ledger.inbox WHERE id IN"
            " (SELECT id FROM ledger.inbox WHERE log <> ALL(%b) ORDER BY id LIMIT %b FOR UPDATE SKIP LOCKED)"
            " RETURNING id, log, entry_id, kind, body, detail, mac)"
            " SELECT id, log, uuid_send(entry_id), kind, body, detail, mac, (SELECT entry.index FROM ledger.entry"
            " WHERE entry.log = taken.log AND entry.entry_id = taken.entry_id)"
            " FROM taken ORDER BY taken.id",
            (list(except_logs), limit),
            binary=True,
        )
    return [Taken(row[0], InboxRow(*row[1:7]), row[7]) for row in await cursor.fetchall()]


async def add_log(connection: AsyncConnection, log: LogRow, note: str) -> None:
    """Insert a log that has no entries, with its first checkpoint."""
    await connection.execute(f"INSERT INTO ledger.log VALUES ({', '.join(['%b'] * len(log))})", log)
    await connection.execute(
        "INSERT INTO ledger.checkpoint (log, size, root, note, at) VALUES (%b, 0, %b, %b, %b)",
        (log.log, log.root, note, log.last_time),
    )


async def newest(connection: AsyncConnection, log: str) -> tuple[str, int]:
    """Return the newest checkpoint of a log (empty if it has none) and how many entries stand by their indexes."""
    cursor = await connection.execute(
        "SELECT coalesce((SELECT note FROM ledger.checkpoint WHERE log = %(log)s ORDER BY size DESC LIMIT 1), ''),"
        " coalesce((SELECT max(index) + 1 FROM ledger.entry WHERE log = %(log)s), 0)",
        {"log": log},
    )
    row = await cursor.fetchone()
    assert row is not None
    return row


async def copy_entries(connection: AsyncConnection, entries: Iterable[EntryRow]) -> None:
    """Append entries, packed here in one piece: row by row through the driver costs four times as much."""
    packed = [_COPY_HEADER]
    for log_name, at, entry_id, leaf, leaf_hash, time, about in entries:
        log, microseconds = log_name.encode(), (time - _POSTGRES_EPOCH) // _MICROSECOND
        packed += (
            _HEAD.pack(7, len(log)) + log,
            _MIDDLE.pack(8, at, 16, entry_id, len(leaf)) + leaf,
            _TAIL.pack(32, leaf_hash, 8, microseconds),
            _NULL if about is None else _UUID + about,
        )
    packed.append(_COPY_TRAILER)
    statement = "COPY ledger.entry (log, index, entry_id, leaf, leaf_hash, time, about) FROM STDIN (FORMAT BINARY)"
    async with connection.cursor() as cursor, cursor.copy(statement) as copy:
        await copy.write(b"".join(packed))


async def write_batch(connection: AsyncConnection, batch: Batch) -> None:
    """Append the entries of a batch, keep sealed details beside them, and set forged rows aside as evidence."""
    await copy_entries(connection, [entry for draft in batch.drafts for entry in draft.entries])
    new = [taken.row for taken in batch.sound if taken.stands_at is None]
    sealed = {(row.log, row.entry_id): row.detail for row in new if row.detail is not None}
    if sealed:
        await connection.execute(
            "INSERT INTO ledger.detail (log, entry_id, sealed)"
            " SELECT * FROM unnest(%b::text[], %b::uuid[], %b::bytea[])",
            ([log for log, _ in sealed], [UUID(bytes=entry_id) for _, entry_id in sealed], list(sealed.values())),
        )
    for inbox_id, row, _ in batch.forged:
        await connection.execute(
            "INSERT INTO ledger.incident (inbox_id, log, entry_id, kind, body, detail, mac)"
            " VALUES (%b, %b, %b, %b, %b, %b, %b)",
            (inbox_id, row.log, UUID(bytes=row.entry_id), row.kind, row.body, row.detail, row.mac),
        )


async def seal_heads(connection: AsyncConnection, drafts: Sequence[Draft], acknowledged: Sequence[str]) -> None:
    """Move every log to its new head, with its signed checkpoint, and tell those who wait when it is committed.

    Raises Conflict if a log is not at the size, root and epoch from which its draft was made.
    """
    heads = [(draft, draft.head()) for draft in drafts]
    grown = [(draft, head) for draft, head in heads if draft.entries]
    nodes = [node for draft in drafts for node in draft.nodes]
    cursor = await connection.execute(
        "WITH moved AS (UPDATE ledger.log SET size = new.size, root = new.root, frontier = new.frontier,"
        "   published = new.published, last_time = new.time"
        "  FROM unnest(%b::text[], %b::bigint[], %b::bytea[], %b::bigint[], %b::bigint[], %b::bytea[], %b::bytea[],"
        "   %b::bigint[], %b::timestamptz[])"
        "   AS new (log, old_size, old_root, epoch, size, root, frontier, published, time)"
        "  WHERE log.log = new.log AND log.size = new.old_size AND log.root = new.old_root AND log.epoch = new.epoch"
        "  RETURNING 1),"
        " signed AS (INSERT INTO ledger.checkpoint (log, size, root, note, batch, at)"
        "  SELECT * FROM unnest(%b::text[], %b::bigint[], %b::bytea[], %b::text[], %b::text[], %b::timestamptz[])),"
        " completed AS (INSERT INTO ledger.node (log, level, position, hash)"
        "  SELECT * FROM unnest(%b::text[], %b::smallint[], %b::bigint[], %b::bytea[]))"
        " SELECT (SELECT count(*) FROM moved), count(pg_notify(%b, payload)) FROM unnest(%b::text[]) AS payload",
        (
            [draft.held.log for draft in drafts],
            [draft.base.size for draft in drafts],
            [draft.base_root for draft in drafts],
            [draft.held.epoch for draft in drafts],
            [head.size for _, head in heads],
            [head.root for _, head in heads],
            [draft.frontier.to_bytes() for draft in drafts],
            [draft.published for draft in drafts],
            [draft.time for draft in drafts],
            [draft.held.log for draft, _ in grown],
            [head.size for _, head in grown],
            [head.root for _, head in grown],
            [head.sign(draft.held.signer) for draft, head in grown],
            [draft.batch_list() for draft, _ in grown],
            [draft.time for draft, _ in grown],
            [node.log for node in nodes],
            [node.level for node in nodes],
            [node.position for node in nodes],
            [node.hash for node in nodes],
            SEQUENCED_CHANNEL,
            [
                " ".join(acknowledged[at : at + _ACKS_PER_NOTIFY])
                for at in range(0, len(acknowledged), _ACKS_PER_NOTIFY)
            ],
        ),
        binary=True,
    )
    row = await cursor.fetchone()
    if row is None or row[0] != len(drafts):
        raise Conflict(
            "A log is not where this sequencer left it: another has taken over, or its row was altered.",
            advice="Run `privity ledger verify` before anything else.",
        )
