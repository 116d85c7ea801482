"""What proves: the history of a record, a deletion's certificate, the proof of an entry. Used by every face."""

import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, BinaryIO, Protocol
from uuid import UUID

import msgspec

from privity.clock import rfc3339
from privity.errors import Conflict, NotFound
from privity.gate import Access
from privity.ledger import read_leaf
from privity.lifecycle import CertificateDocument
from privity.notary import LedgerReader, LoggedEntry
from privity.running.installation import Installation
from privity.running.pinned_keys import PinnedKeys


class Logs(Protocol):
    """What a log is exported from: an installation, or its logs alone."""

    @property
    def ledger(self) -> LedgerReader:
        """What reads the logs."""
        ...

    @property
    def pinned_keys(self) -> PinnedKeys:
        """The keys that were seen first."""
        ...


async def history_of(installation: Installation, access: Access) -> list[dict[str, Any]]:
    """Return every ledger entry about the record that the access is for, oldest first."""
    async with access.transaction():
        entries = await installation.ledger.about(access.caller.log, UUID(access.resource_id))
    return [_told(entry) for entry in entries]


async def entries_about(installation: Installation, access: Access, things: Iterable[UUID]) -> list[dict[str, Any]]:
    """Return every ledger entry about some things, oldest first, each with what it is about."""
    found: list[dict[str, Any]] = []
    for thing in things:
        entries = await installation.ledger.about(access.caller.log, thing)
        found += [_told(entry) | {"about": thing} for entry in entries]
    return sorted(found, key=lambda entry: int(entry["index"]))


def _told(entry: LoggedEntry) -> dict[str, Any]:
    """Return what an entry tells of a record: where it stands, when, who, which act, how it ended."""
    leaf = read_leaf(entry.leaf)
    actor = leaf.body.get("actor", {})
    return {
        "index": leaf.index,
        "id": leaf.id,
        "at": rfc3339(leaf.time),
        "kind": leaf.kind,
        "principal": f"{actor.get('kind')}:{actor.get('id')}",
        "action": leaf.body.get("action", ""),
        "status": leaf.body.get("status"),
        "cause": leaf.body.get("cause"),
    }


async def certificate_of(installation: Installation, access: Access) -> CertificateDocument:
    """Return the certificate of the deletion that the access is for, with the proof of its ledger entry.

    Raises Conflict until both exist: the entry is sequenced a moment after the certificate was committed.
    """
    certificate, entry_id = await installation.deletions.certificate(access)
    try:
        entry = await installation.ledger.entry_by_id(access.caller.log, entry_id)
    except NotFound:
        raise Conflict("the deletion is being entered in the ledger", advice="Ask again in a moment.") from None
    head = await installation.ledger.checkpoint(access.caller.log)
    proof = await installation.ledger.proof(access.caller.log, entry.index)
    return CertificateDocument(certificate=msgspec.json.decode(certificate), vkey=head.vkey, proof=proof)


async def proof_about(installation: Installation, access: Access) -> str:
    """Return the `.tlog-proof` of the newest outcome that tells of the record's being kept, or of its last entry."""
    async with access.transaction():
        entries = await installation.ledger.about(access.caller.log, UUID(access.resource_id))
    kept = [entry for entry in entries if read_leaf(entry.leaf).body.get("state") == "kept"]
    chosen = (kept or entries)[-1]
    return await installation.ledger.proof(access.caller.log, chosen.index)


@asynccontextmanager
async def exported_log(logs: Logs, log: str) -> AsyncIterator[tuple[str, BinaryIO]]:
    """Give the key to believe for a log, and the log as a bundle in a file without a name."""
    with tempfile.TemporaryFile() as stream:
        head = await logs.ledger.export(log, stream)
        stream.seek(0)
        yield logs.pinned_keys.key_of(log, head.vkey), stream
