"""Reading logs: entries, checkpoints, proofs of single entries, and whole logs as bundles."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import BinaryIO, TypeVar
from uuid import UUID

import msgspec
from psycopg import AsyncConnection

from privity.errors import BadInput, NotFound
from privity.ledger import (
    BundleWriter,
    CheckpointLine,
    EntryLine,
    Frontier,
    Header,
    LogProof,
    Node,
    inclusion_proof,
    node_of,
)
from privity.notary.draft import PLATFORM, blinded
from privity.store.database import Database
from privity.store.roles import Role
from privity.store.transactions.ledger import LedgerTransaction, open_ledger_transaction

_PAGE = 2000  # rows a round trip of an export
_TILE = 8  # levels between stored nodes

Row = TypeVar("Row")


class LoggedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is stored; `privity.ledger.read_leaf` says what the leaf says."""

    log: str
    index: int
    entry_id: UUID
    leaf: bytes
    leaf_hash: bytes
    time: datetime


class LogHead(msgspec.Struct, frozen=True, kw_only=True):
    """The newest checkpoint of a log: its size, its root, the signed note, and the key it is signed with."""

    log: str
    origin: str
    vkey: str
    size: int
    root: bytes
    note: str
    at: datetime


class _Log(msgspec.Struct, frozen=True):
    log: str


class _Resumed(msgspec.Struct, frozen=True):
    size: int
    root: bytes
    frontier: bytes
    signed_size: int
    signed_root: bytes


class _Salted(msgspec.Struct, frozen=True):
    log: str
    salt: bytes


class _Detail(msgspec.Struct, frozen=True):
    sealed: bytes


class _Stored(msgspec.Struct, frozen=True):
    level: int
    position: int
    hash: bytes


class LedgerReader:
    """Answers from the tables as they stand; whether they are what was signed is for `verify_bundle` to say."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def entry(self, log: str, index: int) -> LoggedEntry:
        """Return one entry by its index; raise NotFound."""
        async with open_ledger_transaction(self._database) as transaction:
            return _found(
                await transaction.fetch_one(
                    "SELECT * FROM ledger.entry WHERE log = %s AND index = %s", (log, index), into=LoggedEntry
                )
            )

    async def entry_by_id(self, log: str, entry_id: UUID) -> LoggedEntry:
        """Return one entry by its id; raise NotFound."""
        async with open_ledger_transaction(self._database) as transaction:
            return _found(
                await transaction.fetch_one(
                    "SELECT * FROM ledger.entry WHERE log = %s AND entry_id = %s", (log, entry_id), into=LoggedEntry
                )
            )

    async def entries(self, log: str, after: int = -1, limit: int = 100) -> list[LoggedEntry]:
        """Return up to `limit` entries behind the index `after`, in order."""
        async with open_ledger_transaction(self._database) as transaction:
            return await transaction.fetch_all(
                "SELECT * FROM ledger.entry WHERE log = %s AND index > %s ORDER BY index LIMIT %s",
                (log, after, limit),
                into=LoggedEntry,
            )

    async def about(self, log: str, thing: UUID) -> list[LoggedEntry]:
        """Return every entry of a log that tells of one thing, oldest first."""
        async with open_ledger_transaction(self._database) as transaction:
            return await transaction.fetch_all(
                "SELECT * FROM ledger.entry WHERE about = %s AND log = %s ORDER BY index",
                (thing, log),
                into=LoggedEntry,
            )

    async def log_about(self, thing: UUID) -> str:
        """Return the log that tells of a thing, or that an entry of this id stands in; raise NotFound."""
        async with open_ledger_transaction(self._database) as transaction:
            found = await transaction.fetch_one(
                "SELECT log FROM ledger.entry WHERE about = %(thing)s OR entry_id = %(thing)s LIMIT 1",
                {"thing": thing},
                into=_Log,
            )
        return _found(found).log

    async def detail(self, log: str, entry_id: UUID) -> bytes:
        """Return the sealed detail of an entry; raise NotFound if it has none or it was erased."""
        async with open_ledger_transaction(self._database) as transaction:
            row = await transaction.fetch_one(
                "SELECT sealed FROM ledger.detail WHERE log = %s AND entry_id = %s", (log, entry_id), into=_Detail
            )
            return _found(row).sealed

    async def blinded_names(self) -> dict[str, str]:
        """Return every log that there is but the platform's, by the name that the platform's log has for it."""
        async with open_ledger_transaction(self._database) as transaction:
            rows = await transaction.fetch_all(
                "SELECT log, salt FROM ledger.log WHERE log <> %s", (PLATFORM,), into=_Salted
            )
        return {blinded(row.salt, row.log): row.log for row in rows}

    async def checkpoint(self, log: str) -> LogHead:
        """Return the newest checkpoint of a log; raise NotFound if there is no such log."""
        async with open_ledger_transaction(self._database) as transaction:
            return await _head(transaction, log)

    async def goes_on_from_its_head(self, log: str) -> bool:
        """Return whether the sequencer would go on with a log from its newest checkpoint; raise NotFound."""
        async with open_ledger_transaction(self._database) as transaction:
            row = await transaction.fetch_one(
                "SELECT log.size, log.root, log.frontier, newest.size AS signed_size, newest.root AS signed_root"
                " FROM ledger.log, LATERAL (SELECT * FROM ledger.checkpoint WHERE checkpoint.log = log.log"
                " ORDER BY size DESC LIMIT 1) AS newest WHERE log.log = %s",
                (log,),
                into=_Resumed,
            )
        resumed = _found(row)
        try:
            root = Frontier.from_bytes(resumed.size, resumed.frontier).root()
        except BadInput:
            return False
        return (resumed.size, resumed.root, root) == (resumed.signed_size, resumed.signed_root, resumed.signed_root)

    async def proof(self, log: str, index: int) -> str:
        """Return the text of a `.tlog-proof` file for one entry, with its leaf as extra data; raise NotFound."""
        async with open_ledger_transaction(self._database) as transaction:
            entry = _found(
                await transaction.fetch_one(
                    "SELECT * FROM ledger.entry WHERE log = %s AND index = %s", (log, index), into=LoggedEntry
                )
            )
            head = await _head(transaction, log)
            if index >= head.size:
                raise NotFound("No checkpoint covers this entry.")
            node = await stored_nodes(transaction, log, lambda ask: inclusion_proof(index, head.size, ask))
        path = inclusion_proof(index, head.size, node)
        return LogProof(index=index, path=tuple(path), checkpoint=head.note, extra=entry.leaf).write()

    async def export(self, log: str, stream: BinaryIO) -> LogHead:
        """Write the log as a bundle, as it stood at one moment, and return its head; raise NotFound."""
        async with self._database.transaction(Role.LEDGER, begin=_begin_snapshot, keep=False) as connection:
            transaction = LedgerTransaction(connection)
            head = await _head(transaction, log)
            transaction.end()
            writer = BundleWriter(stream, Header(log=log, origin=head.origin, vkeys=(head.vkey,)))
            checkpoints = _checkpoints(connection, log)
            following = await anext(checkpoints, None)
            async for index, leaf, leaf_hash in _entries(connection, log):
                while following is not None and following[0] <= index:
                    writer.write(following[1])
                    following = await anext(checkpoints, None)
                writer.write(EntryLine.of(index, leaf, leaf_hash))
            while following is not None:
                writer.write(following[1])
                following = await anext(checkpoints, None)
        writer.finish()
        return head


async def _begin_snapshot(connection: AsyncConnection) -> None:
    await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


async def _entries(connection: AsyncConnection, log: str) -> AsyncIterator[tuple[int, bytes, bytes]]:
    async with connection.cursor(name="entries") as cursor:
        cursor.itersize = _PAGE
        await cursor.execute(
            "SELECT index, leaf, leaf_hash FROM ledger.entry WHERE log = %s ORDER BY index", (log,), binary=True
        )
        async for row in cursor:
            yield row


async def _checkpoints(connection: AsyncConnection, log: str) -> AsyncIterator[tuple[int, CheckpointLine]]:
    async with connection.cursor(name="checkpoints") as cursor:
        cursor.itersize = _PAGE
        await cursor.execute("SELECT size, note, batch FROM ledger.checkpoint WHERE log = %s ORDER BY size", (log,))
        async for size, note, batch in cursor:
            yield size, CheckpointLine(checkpoint=note, batch=batch)


async def _head(transaction: LedgerTransaction, log: str) -> LogHead:
    return _found(
        await transaction.fetch_one(
            "SELECT log.log, log.origin, log.vkey, newest.size, newest.root, newest.note, newest.at FROM ledger.log,"
            " LATERAL (SELECT * FROM ledger.checkpoint WHERE checkpoint.log = log.log ORDER BY size DESC LIMIT 1)"
            " AS newest"
            " WHERE log.log = %s",
            (log,),
            into=LogHead,
        )
    )


async def stored_nodes(transaction: LedgerTransaction, log: str, make: Callable[[Node], object]) -> Node:
    """Return a `node` function that answers what the making of one proof asks, and nothing else.

    Nodes are stored every eight levels, so each that is asked for is made of at most 128 stored ones.
    """
    asked: list[tuple[int, int]] = []

    def ask(level: int, position: int) -> bytes:
        asked.append((level, position))
        return bytes(32)

    make(ask)
    ranges = [(level - level % _TILE, position << level % _TILE, 1 << level % _TILE) for level, position in asked]
    stored = await transaction.fetch_all(
        "SELECT asked.level, node.position, node.hash FROM unnest(%(levels)s::int[], %(starts)s::bigint[],"
        "  %(widths)s::bigint[]) AS asked (level, start, width)"
        " JOIN LATERAL (SELECT index AS position, leaf_hash AS hash FROM ledger.entry WHERE asked.level = 0"
        "   AND log = %(log)s AND index >= asked.start AND index < asked.start + asked.width"
        "  UNION ALL SELECT position, hash FROM ledger.node WHERE asked.level > 0 AND log = %(log)s"
        "   AND level = asked.level AND position >= asked.start AND position < asked.start + asked.width)"
        " AS node ON true",
        {
            "levels": [level for level, _, _ in ranges],
            "starts": [start for _, start, _ in ranges],
            "widths": [width for _, _, width in ranges],
            "log": log,
        },
        into=_Stored,
    )
    hashes = {(each.level, each.position): each.hash for each in stored}

    def node(level: int, position: int) -> bytes:
        base, up = level - level % _TILE, level % _TILE
        start = position << up
        try:
            below = [hashes[base, at] for at in range(start, start + (1 << up))]
        except KeyError:
            raise NotFound("A part of the tree is missing.", advice="Run `privity ledger verify`.") from None
        return node_of(below)(up, 0)

    return node


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound("There is no such log, or no such entry in it.")
    return row
