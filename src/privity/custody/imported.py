"""What was brought in from vendors: which record of theirs became which of ours, was it read back, is theirs blank.

Nothing of a record is kept for the comparison: it is opened here and held against what the vendor has just given.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments, Media
from privity.custody.between import open_parties
from privity.custody.messages import BODY, TABLE, open_body
from privity.custody.numbers import Parties
from privity.custody.recordings import Recordings, recording_of
from privity.errors import Conflict, PrivityError, SealBroken
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.store import TenantTransaction

_COLUMNS: Final = """
    id, kind, sid, parent_sid, record_id, verified_at IS NOT NULL AS verified, blanked_at IS NOT NULL AS blanked
"""
_OF_ACCOUNT: Final = "project_id = %(project)s AND vendor = %(vendor)s AND account = %(account)s"
_KNOWN: Final = f"""
    SELECT {_COLUMNS} FROM tenant.imported WHERE {_OF_ACCOUNT} AND kind = %(kind)s AND sid = ANY(%(sids)s)
"""
_ADD: Final = """
    INSERT INTO tenant.imported (tenant_id, id, project_id, vendor, account, kind, sid, parent_sid, record_id,
                                 brought_by, cause, brought_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(vendor)s, %(account)s, %(kind)s, %(sid)s, %(parent)s, %(record)s,
            %(by)s, %(cause)s, %(now)s)
    ON CONFLICT (tenant_id, project_id, vendor, account, kind, sid) DO NOTHING
"""
_VERIFIED: Final = "UPDATE tenant.imported SET verified_at = %s WHERE id = ANY(%s) AND verified_at IS NULL"
_TO_BLANK: Final = f"{_OF_ACCOUNT} AND verified_at IS NOT NULL AND blanked_at IS NULL"
_PLAN: Final = f"SELECT kind, count(*) AS many FROM tenant.imported WHERE {_TO_BLANK} GROUP BY kind"
_NEXT: Final = f"""
    SELECT {_COLUMNS} FROM tenant.imported
    WHERE {_TO_BLANK} AND (%(after)s::uuid IS NULL OR id > %(after)s) ORDER BY id LIMIT %(limit)s
"""
_BLANKED: Final = "UPDATE tenant.imported SET blanked_at = %s WHERE id = %s"
_BODY: Final = "SELECT parties, body FROM tenant.message WHERE id = %s"
_FILE: Final = """
    SELECT id, parent_id, parent_kind, content_type, pages, bytes, blob, created_at FROM tenant.media
    WHERE (id = %(id)s OR parent_id = %(id)s) AND blob IS NOT NULL
"""


class Kind(StrEnum):
    """What is brought in; a fax is known by the sid of its pages."""

    MESSAGE = "message"
    MEDIA = "media"
    FAX = "fax"
    RECORDING = "recording"


class Source(msgspec.Struct, frozen=True):
    """An account at a vendor."""

    vendor: str
    account: str


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the vendor and what became of it here."""

    id: UUID
    kind: Kind
    sid: str
    parent_sid: str | None
    record_id: UUID
    verified: bool
    blanked: bool


class Expected(msgspec.Struct, frozen=True):
    """What has to be found sealed under a record: the digest of what the vendor gave, as it may be kept."""

    imported: Imported
    digest: bytes


class _Many(msgspec.Struct, frozen=True):
    kind: Kind
    many: int


class _Body(msgspec.Struct, frozen=True):
    parties: bytes
    body: bytes | None


class ImportedRecords:
    """Notes, compares and lists what was brought in."""

    def __init__(self, keys: Keys, attachments: Attachments, recordings: Recordings, ids: Ids, clock: Clock) -> None:
        self._keys = keys
        self._attachments = attachments
        self._recordings = recordings
        self._ids = ids
        self._clock = clock

    async def known(self, access: Access, source: Source, kind: Kind, sids: Sequence[str]) -> dict[str, Imported]:
        """Return which of some sids were brought in before."""
        values = _account(access, source) | {"kind": kind, "sids": list(sids)}
        async with access.transaction() as tx:
            return {row.sid: row for row in await tx.fetch_all(_KNOWN, values, into=Imported)}

    async def note(
        self,
        tx: TenantTransaction,
        access: Access,
        source: Source,
        kind: Kind,
        sid: str,
        parent: str | None,
        record: UUID,
    ) -> Imported:
        """Note, with the record and in its transaction, where it came from; raises Conflict when it is here already."""
        made = self._ids.new()
        row = _account(access, source) | {
            "tenant": access.tenant,
            "id": made,
            "kind": kind,
            "sid": sid,
            "parent": parent,
            "record": record,
            "by": access.caller.principal,
            "cause": access.decision,
            "now": self._clock.now(),
        }
        if not await tx.execute(_ADD, row):
            raise Conflict("it was brought in by somebody else meanwhile", advice="Run the same command again.")
        return Imported(id=made, kind=kind, sid=sid, parent_sid=parent, record_id=record, verified=False, blanked=False)

    async def verify(self, access: Access, expected: Iterable[Expected]) -> list[Imported]:
        """Open what was sealed, hold it against what was expected, and return what does not hold.

        What holds is noted as verified; nothing is ever blanked over there without that.
        """
        good: list[UUID] = []
        bad: list[Imported] = []
        for each in expected:
            try:
                found = await self._digest(access, each.imported)
            except PrivityError:
                found = b""
            holds = hmac.compare_digest(found, each.digest)
            good += [each.imported.id] * holds
            bad += [each.imported] * (not holds)
        async with access.transaction() as tx:
            await tx.execute(_VERIFIED, (self._clock.now(), good))
            access.outcome |= {"verified": len(good), "failed": len(bad)}
        return bad

    async def plan(self, access: Access, source: Source) -> dict[Kind, int]:
        """Return how many records of each kind may be blanked over there: those that are sealed here and verified."""
        async with access.transaction() as tx:
            found = await tx.fetch_all(_PLAN, _account(access, source), into=_Many)
        return {each.kind: each.many for each in found}

    async def next(self, access: Access, source: Source, after: UUID | None, limit: int) -> list[Imported]:
        """Return the next records that may be blanked over there."""
        values = _account(access, source) | {"after": after, "limit": limit}
        async with access.transaction(settles=False) as tx:
            return await tx.fetch_all(_NEXT, values, into=Imported)

    async def blanked(self, access: Access, imported: Imported) -> None:
        """Note that a record is blank over there."""
        async with access.transaction(settles=False) as tx:
            await tx.execute(_BLANKED, (self._clock.now(), imported.id))

    async def _digest(self, access: Access, imported: Imported) -> bytes:
        tenant, record = access.tenant, imported.record_id
        if imported.kind is Kind.MESSAGE:
            async with access.transaction(settles=False) as tx:
                row = await tx.fetch_one(_BODY, (record,), into=_Body)
            if row is None:
                raise SealBroken("there is no such message")
            key = await self._keys.record_key(tenant, TABLE, record)
            parties, body = open_parties(key, tenant, TABLE, record, row.parties), ""
            if row.body is not None:
                body = open_body(await self._keys.record_key(tenant, BODY, record), tenant, record, row.body)
            return message_digest(parties, body)
        if imported.kind is Kind.RECORDING:
            async with access.transaction(settles=False) as tx:
                recording = await recording_of(tx, record)
            audio = await self._recordings.opened(tenant, recording)
            try:
                return file_digest(audio)
            finally:
                audio[:] = bytes(len(audio))
        async with access.transaction(settles=False) as tx:
            media = await tx.fetch_one(_FILE, {"id": record}, into=Media)
        if media is None:
            raise SealBroken("there is no such file")
        digest = hashlib.sha256()
        async for piece in self._attachments.content(tenant, media):
            digest.update(piece)
        return digest.digest()


def message_digest(parties: Parties, body: str) -> bytes:
    """Return what a message is compared by: whom it went between, and what it said."""
    return hashlib.sha256(msgspec.json.encode([parties.from_number, parties.to_number, body])).digest()


def file_digest(content: bytes | bytearray) -> bytes:
    """Return what a file is compared by."""
    return hashlib.sha256(content).digest()


def _account(access: Access, source: Source) -> dict[str, object]:
    return {"project": access.project, "vendor": source.vendor, "account": source.account}
