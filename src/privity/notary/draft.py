"""One log while the sequencer holds it, and the entries that it is about to gain.

While one batch is being written the next is put together on top of it, so a `HeldLog` runs ahead of the database. A
`Draft` remembers where it began: when its transaction fails, it and all that were built on it are undone.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from privity.clock import rfc3339
from privity.ids import Ids
from privity.ledger import Checkpoint, Frontier, Signer, canonical, leaf_hash, sign_batch, stamp
from privity.notary.timekeeper import ClockAnomaly

PLATFORM = "platform"


class Taken(NamedTuple):
    """A row taken out of the inbox; `stands_at` is the index of its entry if it is known to have been recorded."""

    inbox_id: int
    log: str
    entry_id: bytes  # the 16 bytes of the UUID, as `about`; building objects for thousands of them a second shows
    kind: str
    body: bytes
    detail: bytes | None
    about: bytes | None
    mac: bytes
    stands_at: int | None


EntryRow = tuple[int, bytes, bytes, bytes, bytes | None]
"""A row of `ledger.entry`: its index, id, leaf, leaf hash and `about`. A draft's entries share log and time."""


class NodeRow(NamedTuple):
    """A row of `ledger.node`."""

    log: str
    level: int
    position: int
    hash: bytes


def blinded(salt: bytes, log: str) -> str:
    """Return the name of a log in the platform log, whose witnesses do not learn which tenants there are."""
    return hmac.new(salt, log.encode(), hashlib.sha256).hexdigest()


class Finding(NamedTuple):
    """What was found of a log: its first bad index, or None where it is sound again; told under its blinded name."""

    log: str
    blinded: str | None
    first_bad_index: int | None


class HeldLog:
    """A log as the sequencer knows it: its head, its signing key, and how far the platform log has heard of it."""

    def __init__(
        self, log: str, signer: Signer, *, salt: bytes, epoch: int, frontier: Frontier, published: int
    ) -> None:
        self.log = log
        self.signer = signer
        self.epoch = epoch
        self.frontier = frontier
        self.root = frontier.root()
        self.published = published
        self.blinded = blinded(salt, log)

    def __repr__(self) -> str:
        return f"<HeldLog {self.log} size={self.frontier.size}>"

    @property
    def origin(self) -> str:
        """Return the origin of its checkpoints, which is the name of its key."""
        return self.signer.verifier.name

    def checkpoint(self) -> Checkpoint:
        """Return the head, not signed."""
        return Checkpoint(origin=self.origin, size=self.frontier.size, root=self.root)


class Draft:
    """What one log gains in a batch: entries of one time, the nodes that they complete, and a signed checkpoint."""

    def __init__(self, held: HeldLog, time: datetime) -> None:
        self.held = held
        self.time = time
        self.base, self.base_root, self.base_published = held.frontier, held.root, held.published
        self.published = held.published
        self.entries: list[EntryRow] = []
        self.nodes: list[NodeRow] = []
        self._frontier = held.frontier.copy()
        self._time_text = rfc3339(time)
        self._indexes: dict[bytes, int] = {}

    def append(self, entry_id: bytes, kind: str, body: bytes, about: bytes | None = None) -> int:
        """Add an entry, unless one of this id is among them already, and return its index."""
        index = self._indexes.get(entry_id)
        if index is not None:
            return index
        index = self._indexes[entry_id] = self.base.size + len(self.entries)
        hexed = entry_id.hex()
        text = f"{hexed[:8]}-{hexed[8:12]}-{hexed[12:16]}-{hexed[16:20]}-{hexed[20:]}"
        leaf = stamp(body, entry_id=text, log=self.held.log, kind=kind, index=index, time=self._time_text)
        self.entries.append((index, entry_id, leaf, leaf_hash(leaf), about))
        return index

    @property
    def frontier(self) -> Frontier:
        """Return the tree with these entries; it grows here, by all of them at once."""
        new = self.entries[self._frontier.size - self.base.size :]
        completed = self._frontier.extend([hashed for _, _, _, hashed, _ in new], every=8)
        self.nodes += [NodeRow(self.held.log, level, position, node) for level, position, node in completed]
        return self._frontier

    def head(self) -> Checkpoint:
        """Return the head with these entries, not signed."""
        frontier = self.frontier
        return Checkpoint(origin=self.held.origin, size=frontier.size, root=frontier.root())

    def batch_list(self) -> str | None:
        """Return the signed list of the new leaf hashes, or None for a single entry, which the root alone names."""
        if len(self.entries) < 2:
            return None
        hashes = [hashed for _, _, _, hashed, _ in self.entries]
        return sign_batch(self.held.origin, self.base.size, hashes, self.held.signer)

    def go_ahead(self) -> None:
        """Let the next batch begin where this one ends, before it is durable."""
        self.held.frontier, self.held.root, self.held.published = self.frontier, self.frontier.root(), self.published

    def undo(self) -> None:
        """Put the log back to where this draft began; those made after it must have been undone before."""
        self.held.frontier, self.held.root, self.held.published = self.base, self.base_root, self.base_published


class Drafts:
    """The drafts of one batch, one a log, all of one time."""

    def __init__(self, held: Mapping[str, HeldLog], time: datetime, ids: Ids) -> None:
        self._held = held
        self._time = time
        self._ids = ids
        self._drafts: dict[str, Draft] = {}

    def of(self, log: str) -> Draft:
        """Return the draft of a held log."""
        draft = self._drafts.get(log)
        if draft is None:
            draft = self._drafts[log] = Draft(self._held[log], self._time)
        return draft

    def note(self, log: str, kind: str, body: Mapping[str, Any]) -> None:
        """Add an entry of the sequencer's own."""
        self.of(log).append(self._ids.new().bytes, kind, canonical(body))

    def index_of(self, taken: Taken) -> int:
        """Return where the entry of an inbox row stands, adding it if it was not recorded before."""
        if taken.stands_at is not None:
            return taken.stands_at
        return self.of(taken.log).append(taken.entry_id, taken.kind, taken.body, taken.about)

    def introduce(self, log: str) -> None:
        """Tell the platform log of a new log and its key; the platform log needs no introduction."""
        if log != PLATFORM:
            held = self._held[log]
            self.note(PLATFORM, "log_opened", {"log": held.blinded, "public_key": held.signer.verifier.public.hex()})

    def tell(self, finding: Finding) -> None:
        """Tell the platform log that a log takes no entries any more, or that it takes them again."""
        halted = finding.first_bad_index is not None
        told = {"log": finding.blinded, "first_bad_index": finding.first_bad_index}
        body = {name: value for name, value in told.items() if value is not None}
        self.note(PLATFORM, "log_halted" if halted else "log_resumed", body)

    def publish(self, log: str) -> None:
        """Tell the platform log, under a blinded name, the head that this log will have."""
        draft = self.of(log)
        head = draft.head()
        if head.size == draft.published:
            return
        body = {"log": draft.held.blinded, "root": head.root.hex(), "size": head.size}
        self.note(PLATFORM, "tenant_checkpoint", body)
        draft.published = head.size

    def all(self) -> list[Draft]:
        """Return the drafts in a fixed order."""
        return [self._drafts[log] for log in sorted(self._drafts)]


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What one transaction writes: drafts, sealed details, evidence of forgery, what was found, and whom to tell."""

    drafts: list[Draft]
    sound: list[Taken]
    forged: list[Taken]
    opened: list[str]
    anomaly: ClockAnomaly | None
    findings: list[Finding]
    acknowledged: list[str]
