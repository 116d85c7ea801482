"""The offline verifier: is this bundle the log that its key signed, whole and in order; if not, from which entry on.

Nothing is trusted but the public key. The tree is grown again from the stored leaves and compared with every signed
checkpoint on the way. Up to a checkpoint that fits, every entry is proved; in the first batch that does not fit, the
entry is named by the best evidence that leads to the signed root:

1. the signed list of the batch's leaf hashes, then the leaf hashes stored beside the entries: a list that reproduces
   the signed root is what the log held, so the first entry that differs from it is exactly the first bad one;
2. a batch of one entry names it as well;
3. if all of it was rewritten, it is the first index of the batch, and the reason says so.

What no file can show by itself: rows rolled back *together* with their checkpoints, and a log signed anew with a stolen
key. Both are caught by a checkpoint that was kept elsewhere: give it as `held`. So are they by the heads of a tenant's
log that the platform's log has `told`, unless that one was rolled back too.
"""

import base64
import binascii
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import BinaryIO, NamedTuple

import msgspec

from privity.errors import BadInput, Unreadable, VerificationError
from privity.ledger.batch import MAX_BATCH, read_batch
from privity.ledger.bundle import CheckpointLine, EntryLine, Header, read_bundle
from privity.ledger.checkpoint import Checkpoint
from privity.ledger.leaf import leaf_hash
from privity.ledger.note import Verifier
from privity.ledger.tree import Frontier


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """A log that holds: its newest signed checkpoint, the key that was believed, and whether the caller named it.

    `pinned` is False when the key came out of the bundle itself: the log is whole, but who signed it is not known.
    """

    log: str
    size: int
    root: bytes
    checkpoint: str
    vkeys: tuple[str, ...]
    pinned: bool


class Head(NamedTuple):
    """How a log stood once, as something says that can itself be verified: how many entries, and their root."""

    size: int
    root: bytes


class _Kept(NamedTuple):
    size: int
    told: int  # its place among what was told; a checkpoint of nobody knows when is before all
    root: bytes
    where: str


class _Pending(NamedTuple):
    at: int
    hash: bytes
    stored: bytes


def verify_bundle(
    stream: BinaryIO,
    *,
    vkeys: Sequence[str] = (),
    held: Sequence[str] = (),
    told: Iterable[Head] = (),
    read: Callable[[bytes], None] | None = None,
) -> Verified:
    """Return what the bundle proves; about 100,000 entries a second, in memory for one batch.

    `vkeys` are the log's keys as the auditor got them from elsewhere; without them the bundle's own are used and the
    result says so. `held` are signed checkpoints that were kept elsewhere: the bundle must contain each of them, and
    each of the heads that the platform's log has `told`. `read` is called with each leaf, before it is judged.

    Raises VerificationError with `first_bad_index` and the reason in words, or Unreadable for a file that is no whole
    bundle and for a note in `held` that is no checkpoint of this log: it says nothing of the log.
    """
    header, lines = read_bundle(stream)
    try:
        verifiers = [Verifier.from_vkey(vkey) for vkey in vkeys or header.vkeys]
    except BadInput:
        if vkeys:
            raise
        raise Unreadable("The bundle names a key that is not a vkey.") from None
    if header.origin.split("/")[1:2] != [header.log]:
        raise _bad(0, "the file says that it is of a log whose name is not that of its origin")
    log = _Log(header, verifiers, held, told)
    for line in lines:
        if isinstance(line, EntryLine):
            leaf = log.add(line)
            if read is not None:
                read(leaf)
        else:
            log.judge(line)
    return log.finish(header, pinned=bool(vkeys))


class _Log:
    """The log as far as it has been verified, and the entries read since the last checkpoint."""

    def __init__(
        self, header: Header, verifiers: Sequence[Verifier], held: Sequence[str], told: Iterable[Head]
    ) -> None:
        self._origin = header.origin
        self._verifiers = verifiers
        self._proved = Frontier()
        self._pending: list[_Pending] = []
        self._newest = ""
        kept = [_Kept(each.size, -1, each.root, "a checkpoint kept elsewhere") for each in map(self._kept, held)]
        kept += [_Kept(size, at, root, "what the platform's log says of it") for at, (size, root) in enumerate(told)]
        self._held = deque(sorted(kept))
        self._fitting: list[_Kept] = []

    def add(self, line: EntryLine) -> bytes:
        """Take one entry, not yet judged, and return its leaf."""
        if len(self._pending) == MAX_BATCH:
            raise _bad(self._proved.size, f"more than {MAX_BATCH} entries follow without a signed checkpoint")
        leaf = line.leaf_bytes()
        try:
            stored = base64.b64decode(line.hash, validate=True)
        except binascii.Error:
            stored = b""
        self._pending.append(_Pending(line.entry, leaf_hash(leaf), stored))
        return leaf

    def judge(self, line: CheckpointLine) -> None:
        """Compare the entries since the last checkpoint with this one."""
        start = self._proved.size
        try:
            checkpoint = Checkpoint.verify(line.checkpoint, self._verifiers, origin=self._origin)
        except VerificationError as failure:
            raise self._unsigned(line, failure) from None
        if checkpoint.size < start or (checkpoint.size == start and self._newest):
            raise _bad(checkpoint.size, "the checkpoints after it are not in order")
        grown = self._grown(entry.hash for entry in self._pending)
        if grown.size != checkpoint.size or grown.root() != checkpoint.root or self._disturbed():
            raise self._first_bad(checkpoint, line.batch)
        if line.batch is not None and not self._lists(line.batch, grown.size):
            raise _bad(start, "the signed list of its batch was altered, which would name an entry that was changed")
        self._compare_held(checkpoint)
        self._proved, self._pending, self._newest = grown, [], line.checkpoint

    def finish(self, header: Header, *, pinned: bool) -> Verified:
        """Return the verdict once every line was read."""
        size = self._proved.size
        if self._pending:
            raise _bad(size, "no signed checkpoint covers the entries from here on")
        if not self._newest:
            raise _bad(0, "the log has no signed checkpoint")
        if self._held:
            raise self._missing(size, self._held[0])
        return Verified(
            log=header.log,
            size=size,
            root=self._proved.root(),
            checkpoint=self._newest,
            vkeys=tuple(verifier.vkey for verifier in self._verifiers),
            pinned=pinned,
        )

    def _kept(self, note: str) -> Checkpoint:
        try:
            claimed = Checkpoint.unverified(note)
        except VerificationError:
            claimed = None
        if claimed is None or claimed.origin != self._origin:
            what = "no checkpoint" if claimed is None else "a checkpoint of another log"
            raise Unreadable(f"What was kept elsewhere is {what}.", advice="Give the note whole, as it was shown.")
        try:
            return Checkpoint.verify(note, self._verifiers, origin=self._origin)
        except VerificationError as failure:
            raise VerificationError(
                f"A checkpoint kept elsewhere and this log are not of one key. {failure.message}", first_bad_index=0
            ) from None

    def _compare_held(self, checkpoint: Checkpoint) -> None:
        """Find every held checkpoint of this batch among the roots that the stored entries lead to."""
        grown = self._proved.copy()
        hashes = iter(self._pending)
        while self._held and self._held[0].size <= checkpoint.size:
            expected = self._held.popleft()
            while grown.size < expected.size:
                grown.append(next(hashes).hash)
            if grown.root() != expected.root:
                raise self._rewritten(expected)
            self._fitting.append(expected)

    def _missing(self, size: int, expected: _Kept) -> VerificationError:
        """Return the error for a log that ends before what was kept of it, or that grew again since it was told."""
        if any(each.told > expected.told >= 0 for each in self._fitting):
            return self._rewritten(expected)
        return _bad(size, f"it is missing: by {expected.where} there are {expected.size} entries")

    def _rewritten(self, expected: _Kept) -> VerificationError:
        """Return the error for what differs behind the last that fits; what was told later is of another history."""
        known = (each.size for each in self._fitting if each.told < expected.told or expected.told < 0)
        return _bad(
            max(known, default=0),
            f"from it on, up to {expected.size}, the log differs from {expected.where}:"
            " it was rewritten and signed anew",
        )

    def _grown(self, hashes: Iterable[bytes]) -> Frontier:
        grown = self._proved.copy()
        for each in hashes:
            grown.append(each)
        return grown

    def _disturbed(self) -> bool:
        """Tell whether a pending entry stands in the wrong place or beside a hash that is not its own."""
        return any(
            entry.at != place or entry.stored != entry.hash
            for place, entry in enumerate(self._pending, self._proved.size)
        )

    def _unsigned(self, line: CheckpointLine, failure: VerificationError) -> VerificationError:
        """Return the error for a batch whose checkpoint the log did not sign; its signed list may still name more."""
        start = self._proved.size
        try:
            claimed = Checkpoint.unverified(line.checkpoint)
            original = self._signed_list(line.batch, claimed.size)
        except VerificationError:
            original = []
        return self._first_difference(original) or _bad(
            start, f"the checkpoint that should cover it was not signed by the log ({failure.message})"
        )

    def _first_bad(self, checkpoint: Checkpoint, batch: str | None) -> VerificationError:
        """Return the error for a batch that its signed checkpoint does not cover."""
        start, width = self._proved.size, checkpoint.size - self._proved.size
        original = self._original(checkpoint, batch)
        if original is not None:
            return self._first_difference(original) or _bad(
                checkpoint.size, "it stands before a checkpoint that does not cover it"
            )
        if width <= 1:
            missing = "it is missing" if not self._pending else "it is not what was signed"
            return _bad(start, missing)
        return _bad(
            start,
            f"it begins a batch of {width} in which something was altered, together with all that would name the entry",
        )

    def _original(self, checkpoint: Checkpoint, batch: str | None) -> list[bytes] | None:
        """Return the leaf hashes of the batch from whichever list leads to the signed root."""
        lists = [[entry.stored for entry in self._pending]]
        with suppress(VerificationError):
            lists.insert(0, self._signed_list(batch, checkpoint.size))
        for hashes in lists:
            grown = self._grown(hashes)
            if grown.size == checkpoint.size and grown.root() == checkpoint.root:
                return hashes
        return None

    def _lists(self, batch: str, size: int) -> bool:
        """Tell whether a batch list is the signed one of the pending entries."""
        try:
            return self._signed_list(batch, size) == [entry.hash for entry in self._pending]
        except VerificationError:
            return False

    def _signed_list(self, batch: str | None, size: int) -> list[bytes]:
        return read_batch(batch or "", self._verifiers, origin=self._origin, start=self._proved.size, size=size)

    def _first_difference(self, original: Sequence[bytes]) -> VerificationError | None:
        """Return the error for the first entry that differs from what the log held."""
        for place, (entry, expected) in enumerate(zip_longest(self._pending, original), self._proved.size):
            if expected is None:
                return None
            if entry is None or entry.at > place:
                return _bad(place, "it is missing")
            if entry.hash != expected:
                return _bad(place, "it is not what was signed")
            if entry.at != place or entry.stored != expected:
                return _bad(place, "its index, or the hash stored beside it, was altered")
        return None


def _bad(index: int, reason: str) -> VerificationError:
    return VerificationError(f"Entry {index} does not hold: {reason}.", first_bad_index=index)
