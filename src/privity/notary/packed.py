"""Whole columns of rows as one parameter, packed in PostgreSQL's binary format for arrays.

The driver packs arrays value by value in Python; for groups of entries that is most of the cost of writing them.
"""

import struct
from collections.abc import Sequence

from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

_NULL = b"\xff\xff\xff\xff"
_length = struct.Struct(">i").pack
# array_recv of PostgreSQL: dimensions, whether there are nulls, the elements' type, their number, the first index.
_HEAD = struct.Struct(">iiIii")
_BYTEA = 17


class Column(bytes):
    """A `bytea[]` parameter, for a statement with `%b`."""

    __slots__ = ()

    @classmethod
    def of(cls, values: Sequence[bytes | None]) -> "Column":
        """Return the column of these values."""
        packed = [_HEAD.pack(1, 1, _BYTEA, len(values), 1)]
        for value in values:
            packed += (_NULL,) if value is None else (_length(len(value)), value)
        return cls(b"".join(packed))


class ColumnDumper(Dumper):
    """Sends a `Column` as it is."""

    format = Format.BINARY
    oid = 1001  # bytea[]

    def dump(self, obj: bytes) -> Buffer:
        """Return the bytes of the column."""
        return obj
