"""Proofs of one entry that anyone can check offline (c2sp.org/tlog-proof).

An entry's signature is its inclusion proof to a signed checkpoint: swapping the proofs of two entries fails, since each
leads from its own leaf at its own index. The file is about 1 KiB and grows by 45 bytes each time the log doubles.
"""

import base64
import binascii
import re
from collections.abc import Sequence

import msgspec

from privity.errors import BadInput, Unreadable
from privity.ledger.checkpoint import Checkpoint
from privity.ledger.leaf import leaf_hash
from privity.ledger.note import Verifier
from privity.ledger.tree import verify_inclusion

_HEADER = "c2sp.org/tlog-proof@v1"


class LogProof(msgspec.Struct, frozen=True, kw_only=True):
    """One entry's index, its audit path (sibling first) and the signed checkpoint that the path leads to.

    `extra` carries the leaf, so that the file alone can be checked. It is not trusted: the path authenticates it.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def write(self) -> str:
        """Return the text of a `.tlog-proof` file."""
        if self.index < 0 or any(len(node) != 32 for node in self.path):
            raise BadInput("A proof needs an index and a path of 32-byte hashes.")
        lines = [_HEADER]
        if self.extra:
            lines.append("extra " + base64.b64encode(self.extra).decode())
        lines.append(f"index {self.index}")
        lines.extend(base64.b64encode(node).decode() for node in self.path)
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def read(cls, text: str) -> "LogProof":
        """Return the proof in a `.tlog-proof` file, not verified; raise Unreadable if it is not one."""
        malformed = Unreadable("The file is not a proof (c2sp.org/tlog-proof).")
        head, separator, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not separator or lines.pop(0) != _HEADER or not lines:
            raise malformed
        extra = b""
        try:
            if lines[0].startswith("extra "):
                extra = base64.b64decode(lines.pop(0).removeprefix("extra "), validate=True)
            path = tuple(base64.b64decode(line, validate=True) for line in lines[1:])
        except binascii.Error:
            raise malformed from None
        if not lines or len(path) > 64 or any(len(node) != 32 for node in path):
            raise malformed
        if not re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines[0]):
            raise malformed
        return cls(index=int(lines[0].removeprefix("index ")), path=path, checkpoint=checkpoint, extra=extra)

    def verify(self, leaf: bytes, verifiers: Sequence[Verifier], *, origin: str) -> Checkpoint:
        """Return the signed checkpoint that provably contains this leaf at this index.

        Follows c2sp.org/tlog-proof, "Verifying a tlog proof". Raises VerificationError.
        """
        checkpoint = Checkpoint.verify(self.checkpoint, verifiers, origin=origin)
        verify_inclusion(leaf_hash(leaf), self.index, checkpoint.size, self.path, checkpoint.root)
        return checkpoint
