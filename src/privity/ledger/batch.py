"""The batch list: the leaf hashes under one checkpoint, signed, so that a changed entry can be named.

A signed root says *that* something under it changed and cannot say *what*: whoever rewrites an entry can rewrite every
unsigned hash beside it. So a checkpoint over more than one new entry travels with a second note, by the same key, that
lists the leaf hashes of its batch:

    privity/batch@v1
    <origin>
    <first index> <size after the batch>
    <base64 leaf hash>        one line an entry

Its second line is never a number and its first never an origin, so neither note can pass for the other. The list is a
help in naming, not a second authority: what it says is believed only if it leads to the signed root.
"""

import base64
import binascii
from collections.abc import Sequence

from privity.errors import VerificationError
from privity.ledger.note import Signer, Verifier, sign_note, verify_note

HEADER = "privity/batch@v1"
MAX_BATCH = 1024  # entries under one new checkpoint; a verifier holds no more than these


def sign_batch(origin: str, start: int, hashes: Sequence[bytes], signer: Signer) -> str:
    """Return the signed list of the leaf hashes of the entries from index `start` on."""
    head = f"{HEADER}\n{origin}\n{start} {start + len(hashes)}\n"
    return sign_note(head + b"".join(map(binascii.b2a_base64, hashes)).decode(), signer)  # each with its newline


def read_batch(note: str, verifiers: Sequence[Verifier], *, origin: str, start: int, size: int) -> list[bytes]:
    """Return the leaf hashes that a batch list names; raise VerificationError unless it is signed and of this batch."""
    other = VerificationError("The note is not the list of this batch.")
    lines = verify_note(note, verifiers).split("\n")[:-1]
    if lines[:3] != [HEADER, origin, f"{start} {size}"]:
        raise other
    try:
        hashes = [base64.b64decode(line, validate=True) for line in lines[3:]]
    except binascii.Error:
        raise other from None
    if len(hashes) != size - start or any(len(leaf) != 32 for leaf in hashes):
        raise other
    return hashes
