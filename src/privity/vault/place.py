"""Where a sealed value stands; a ciphertext opens there and nowhere else."""

from __future__ import annotations

import re
from uuid import UUID

import msgspec

from privity.errors import BadInput

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}").fullmatch

# The encodings are unambiguous: ids take 16 bytes each, names hold no separator, numbers are decimal digits.


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One row or blob, the unit that has a record key: the tenant's id, the table's name and the row's id."""

    tenant: UUID
    table: str
    row: UUID

    def __post_init__(self) -> None:
        if not _NAME(self.table):
            raise BadInput("a table name is lower-case letters, digits and underscores, at most 63")

    def at(self, column: str, schema_version: int) -> Place:
        """Return the place of one column of this row."""
        return Place(tenant=self.tenant, table=self.table, row=self.row, column=column, schema_version=schema_version)

    def encoded(self) -> bytes:
        """Return `tenant|table|row`, to which a wrapped record key is bound."""
        return self.tenant.bytes + self.row.bytes + f"|{self.table}|".encode("ascii")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One sealed column of one row; `schema_version` is the version of the column's content, from 1 on."""

    tenant: UUID
    table: str
    row: UUID
    column: str
    schema_version: int

    def __post_init__(self) -> None:
        if not (_NAME(self.table) and _NAME(self.column)):
            raise BadInput("table and column names are lower-case letters, digits and underscores, at most 63")
        if self.schema_version < 1:
            raise BadInput("a schema version is 1 or more")

    def encoded(self) -> bytes:
        """Return `tenant|table|row|column|schema version`, to which a sealed value is bound."""
        names = f"|{self.table}|{self.column}|{self.schema_version}".encode("ascii")
        return self.tenant.bytes + self.row.bytes + names


class BlobPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one blob of a tenant; `version` counts from 1."""

    tenant: UUID
    object: UUID
    version: int

    def __post_init__(self) -> None:
        if self.version < 1:
            raise BadInput("a blob version is 1 or more")

    def encoded(self) -> bytes:
        """Return `tenant|object|version` as text, the context of the chunked encryption."""
        return f"{self.tenant}|{self.object}|{self.version}".encode("ascii")
