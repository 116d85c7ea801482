"""What an inbox row carries: a mac that any HMAC-SHA256 makes, and columns that PostgreSQL reads as they were."""

import hashlib
import hmac
import struct
from uuid import UUID

from psycopg import AsyncConnection
from rig import MAC_KEY, TENANT, Notary, ids

from privity.notary import Entry
from privity.notary.entry import InboxMac, about, inbox_row
from privity.notary.packed import Column, ColumnDumper


def test_the_mac_is_hmac_sha256() -> None:
    thing = ids.new()
    entry = Entry(id=ids.new(), log=TENANT, kind="intent", body={"made": str(thing)}, detail=b"sealed")
    row = inbox_row(entry, InboxMac(MAC_KEY))
    columns = (row.log.encode(), row.kind.encode(), row.body, b"\x01sealed", thing.bytes)
    lengths = struct.pack(">5I", *map(len, columns))
    text = b"".join((b"privity/inbox@v1", lengths, entry.id.bytes, *columns))
    assert row.mac == hmac.new(MAC_KEY, text, hashlib.sha256).digest()


def test_an_entry_is_about_what_was_made_or_what_was_acted_on() -> None:
    one, other = ids.new(), ids.new()
    assert about({"made": str(one), "resource": {"id": str(other)}}) == one.bytes
    assert about({"resource": {"kind": "conversation", "id": str(other)}}) == other.bytes
    for body in ({}, {"resource": "conversation"}, {"resource": {"id": "platform"}}, {"made": 7}):
        assert about(body) is None


async def test_a_packed_column_is_the_array_of_its_values(notary: Notary) -> None:
    values = [b"", b"one", None, bytes(range(256)) * 40, UUID(int=7).bytes]
    async with await AsyncConnection.connect(notary.fresh.superuser_dsn) as connection:
        connection.adapters.register_dumper(Column, ColumnDumper)
        cursor = await connection.execute("SELECT %b::bytea[], cardinality(%b)", (Column.of(values), Column.of([])))
        assert await cursor.fetchone() == (values, 0)
