"""Checkpoints: a tree's size and root, signed (c2sp.org/tlog-checkpoint)."""

import base64
import binascii
import re
from collections.abc import Sequence

import msgspec

from privity.errors import BadInput, VerificationError
from privity.ledger.note import Signer, Verifier, note_text, sign_note, verify_note


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a log: who it is, how many entries it has, and the RFC 6962 root over them."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        """Refuse what could not be written as a checkpoint."""
        if not self.origin or "\n" in self.origin or self.size < 0 or len(self.root) != 32:
            raise BadInput("A checkpoint needs an origin of one line, a size and a root of 32 bytes.")

    @property
    def text(self) -> str:
        """Return the note text: origin, size and root, one a line, without extension lines."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def sign(self, *signers: Signer) -> str:
        """Return the signed note."""
        return sign_note(self.text, *signers)

    @classmethod
    def verify(cls, note: str, verifiers: Sequence[Verifier], *, origin: str) -> "Checkpoint":
        """Return the checkpoint in a note that a key of this origin signed; raise VerificationError otherwise."""
        checkpoint = cls._parse(verify_note(note, verifiers))
        if checkpoint.origin != origin:
            raise VerificationError("The checkpoint is of another log.")
        return checkpoint

    @classmethod
    def unverified(cls, note: str) -> "Checkpoint":
        """Return what a note claims, its signatures *not* looked at; raise VerificationError if it is no checkpoint."""
        return cls._parse(note_text(note))

    @classmethod
    def _parse(cls, text: str) -> "Checkpoint":
        malformed = VerificationError("The note is not a checkpoint (c2sp.org/tlog-checkpoint).")
        origin, *lines = text.split("\n")[:-1]
        if not origin or len(lines) < 2 or "" in lines or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[0]):
            raise malformed
        try:
            root = base64.b64decode(lines[1], validate=True)
        except binascii.Error:
            raise malformed from None
        if len(root) != 32:
            raise malformed
        return cls(origin=origin, size=int(lines[0]), root=root)
