"""Every place that can hold a tenant's data: what it holds, and how a deletion reaches it.

Whatever copies rows has to be here before it may exist. Deletion and the searches for canaries walk this list, and a
test compares it with the catalogs of both databases, so a table that nobody listed fails the build.
"""

from enum import StrEnum
from typing import Final

import msgspec


class Kind(StrEnum):
    """What sort of place it is."""

    TABLE = "table"
    FOLDER = "folder"
    WAL = "wal"
    LOG = "log"
    MEMORY = "memory"


class Holds(StrEnum):
    """What of a tenant's it may hold at most."""

    SEALED = "sealed content"
    KEYS = "wrapped keys"
    IDS = "opaque ids, times and counts"
    HASHES = "keyed hashes"
    NAMES = "names that the tenant gave to its own things"
    NOTHING = "nothing of a tenant's"


class DataStore(msgspec.Struct, frozen=True, kw_only=True):
    """One place; `name` is a table with its schema, or a path below DIR or PGDATA."""

    name: str
    kind: Kind
    holds: Holds
    deletion: str


_SHRED: Final = "its key is destroyed first, so that every copy of the ciphertext is dead; "


def _table(name: str, holds: Holds, deletion: str) -> DataStore:
    return DataStore(name=name, kind=Kind.TABLE, holds=holds, deletion=deletion)


REGISTRY: Final[tuple[DataStore, ...]] = (
    _table("tenant.project", Holds.NAMES, "with the tenant"),
    _table("tenant.subject", Holds.IDS, "with its last record"),
    _table("tenant.conversation", Holds.SEALED, _SHRED + "the row is deleted with the record"),
    _table("tenant.missed", Holds.IDS, "with its record"),
    _table("tenant.search_posting", Holds.HASHES, "deleted with the record, and with a text that is redacted"),
    _table("tenant.deletion", Holds.HASHES, "stays as the tombstone that a restored backup is purged by"),
    _table("tenant.deleted_record", Holds.IDS, "stays with its deletion: it tells what is gone"),
    _table("tenant.ephemeral", Holds.HASHES, "expires within 24 hours"),
    _table("tenant.access_grant", Holds.SEALED, "stays, to tell who had what, until the tenant's key is destroyed"),
    _table("tenant.break_glass", Holds.SEALED, "stays, to tell who had what, until the tenant's key is destroyed"),
    _table("tenant.notice", Holds.IDS, "with the tenant"),
    _table("platform.policy_set", Holds.NOTHING, "never: old decisions are explained with it"),
    _table("tenant.number", Holds.SEALED, _SHRED + "the row is deleted with the tenant"),
    _table("tenant.party", Holds.HASHES, "with the subject's last record"),
    _table("tenant.message", Holds.SEALED, _SHRED + "redaction empties the body, deletion removes the row"),
    _table("tenant.fax", Holds.SEALED, _SHRED + "the row is deleted with the fax"),
    _table("tenant.media", Holds.IDS, "the row says when its blob went; deleted with the message or fax"),
    _table("tenant.call", Holds.SEALED, _SHRED + "the row is deleted with the call"),
    _table("tenant.call_event", Holds.IDS, "with the last of the call and its recordings"),
    _table("tenant.recording_permission", Holds.IDS, "when it is taken back, or with the tenant"),
    _table("tenant.recording", Holds.IDS, "the row is deleted with the recording, its blob erased"),
    _table("tenant.transcription", Holds.SEALED, _SHRED + "the row is deleted with the recording"),
    _table("tenant.payment", Holds.SEALED, _SHRED + "the row is deleted with the payment"),
    _table("tenant.redaction", Holds.HASHES, "with the tenant"),
    _table("tenant.erasure", Holds.IDS, "deleted when the keys and blobs that it names are gone"),
    _table("tenant.webhook_endpoint", Holds.SEALED, "the row is deleted with the endpoint; the tenant's key sealed it"),
    _table("tenant.webhook_delivery", Holds.IDS, "deleted with the endpoint, or 30 days after the event"),
    _table("tenant.webhook_attempt", Holds.IDS, "deleted with its delivery"),
    _table("tenant.webhook_wake", Holds.IDS, "with the tenant"),
    _table("tenant.imported", Holds.IDS, "with the tenant: what was deleted here is not brought in again"),
    _table("tenant.carried", Holds.IDS, "with the tenant: what was deleted here is not brought in again"),
    _table("identity.carrier", Holds.SEALED, "the row is deleted when it is disconnected; the tenant's key sealed it"),
    _table("identity.number", Holds.HASHES, "with the tenant"),
    _table("identity.person", Holds.SEALED, _SHRED + "the row is deleted with the person or the tenant"),
    _table("identity.person_history", Holds.IDS, "with the tenant: it tells who had what"),
    _table("identity.token", Holds.SEALED, _SHRED + "the row is deleted with the tenant"),
    _table("identity.session", Holds.SEALED, _SHRED + "the row is deleted with the person or the tenant"),
    _table("identity.factor", Holds.SEALED, _SHRED + "the row is deleted with the person or the tenant"),
    _table("identity.link", Holds.SEALED, _SHRED + "the row is deleted with the tenant"),
    _table("identity.code", Holds.HASHES, "deleted when it has expired, ten minutes after it was sent"),
    _table("identity.service", Holds.NAMES, "with the tenant"),
    _table("identity.ephemeral", Holds.HASHES, "expires within 24 hours"),
    _table("platform.tenant", Holds.NAMES, "stays, closed, as the tombstone of the tenant"),
    _table("ledger.inbox", Holds.SEALED, "emptied as entries are sequenced, within seconds"),
    _table("ledger.log", Holds.IDS, "with the retention of the log"),
    _table("ledger.halted", Holds.IDS, "the row goes when the log is put right"),
    _table("ledger.entry", Holds.IDS, "stays for the retention of the log"),
    _table("ledger.detail", Holds.SEALED, "the row and its salt are deleted; proofs stay valid"),
    _table("ledger.checkpoint", Holds.IDS, "stays for the retention of the log"),
    _table("ledger.node", Holds.HASHES, "stays for the retention of the log"),
    _table("ledger.incident", Holds.IDS, "stays for the retention of the log"),
    _table("queue.procrastinate_jobs", Holds.IDS, "deleted when the job ends"),
    _table("queue.procrastinate_events", Holds.IDS, "deleted with the job"),
    _table("queue.procrastinate_periodic_defers", Holds.NOTHING, "never used"),
    _table("queue.procrastinate_workers", Holds.NOTHING, "deleted with the worker"),
    _table("guard.pads", Holds.NOTHING, "replaced when the guard secret is"),
    _table("public.alembic_version", Holds.NOTHING, "never"),
    _table("keys.tenant_key", Holds.KEYS, "shredded with the tenant: the file is written anew without it"),
    _table("keys.record_key", Holds.KEYS, "shredded with the record: the file is written anew without it"),
    DataStore(
        name="blobs/t",
        kind=Kind.FOLDER,
        holds=Holds.SEALED,
        deletion=_SHRED + "the file is overwritten with zeros, synced and removed",
    ),
    DataStore(
        name="blobs/incoming",
        kind=Kind.FOLDER,
        holds=Holds.SEALED,
        deletion="removed when writing ends or fails; what a crash leaves is swept at the next start",
    ),
    DataStore(
        name="clusters/data/pg_wal",
        kind=Kind.WAL,
        holds=Holds.SEALED,
        deletion=_SHRED + "segments are recycled",
    ),
    DataStore(
        name="clusters/keys/pg_wal",
        kind=Kind.WAL,
        holds=Holds.KEYS,
        deletion="a shred switches the segment and makes checkpoints until the old ones are recycled",
    ),
    DataStore(
        name="clusters/data/base/pgsql_tmp",
        kind=Kind.FOLDER,
        holds=Holds.SEALED,
        deletion="sort files of one statement, removed by PostgreSQL at its end and at every start",
    ),
    DataStore(
        name="logs",
        kind=Kind.LOG,
        holds=Holds.IDS,
        deletion="declared fields only; PostgreSQL's own log holds starts, stops and crashes",
    ),
    DataStore(
        name="memory of the processes",
        kind=Kind.MEMORY,
        holds=Holds.SEALED,
        deletion="plaintext lives for one request; core dumps are off, swap is the operator's to encrypt",
    ),
)
"""Every data store of this version."""
