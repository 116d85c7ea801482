"""Deletion certificates as documents that anyone can check offline with the tenant's public ledger key.

A document holds the certificate's body and the proof of the ledger entry that commits to it. The entry's signature is
its inclusion proof to a signed checkpoint (conflict 24), so the certificate needs no other.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from privity.errors import MALFORMED_JSON, BadInput, Unreadable, VerificationError
from privity.ledger import LogProof, Verifier, canonical

MOST_BYTES: Final = 4 << 20
"""Far more than a batch of a bulk redaction names: two hundred messages with all their media."""


class CertificateDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A deletion certificate as it is handed out."""

    certificate: dict[str, Any]
    vkey: str
    proof: str

    @classmethod
    def read(cls, text: bytes) -> "CertificateDocument":
        """Return the document in a file; raises Unreadable."""
        try:
            return msgspec.json.decode(text, type=cls)
        except MALFORMED_JSON:
            raise Unreadable(
                "this is not a deletion certificate", advice="Give the file as it was downloaded."
            ) from None


def verify_certificate(document: CertificateDocument, verifiers: Sequence[Verifier] = ()) -> int:
    """Return the size of the log at the signed checkpoint that proves the certificate.

    Checks that the entry in the proof commits to the certificate's exact content, and that the path and the signature
    of the checkpoint hold. Without `verifiers` the key named in the document is used, which proves consistency but not
    whose key it is. Raises VerificationError.
    """
    keys = tuple(verifiers) or (Verifier.from_vkey(document.vkey),)
    proof = LogProof.read(document.proof)
    origin = document.vkey.split("+", 1)[0]
    checkpoint = proof.verify(proof.extra, keys, origin=origin)
    try:
        leaf = msgspec.json.decode(proof.extra)
        committed = str(leaf["body"]["certificate_sha256"])
    except (*MALFORMED_JSON, KeyError, TypeError):
        raise VerificationError("the proved entry is not that of a deletion") from None
    other = VerificationError("the certificate is not the one that the ledger entry commits to")
    try:
        if not hmac.compare_digest(committed, digest_of(document.certificate)):
            raise other
    except BadInput:  # what no certificate holds, such as a fraction
        raise other from None
    return checkpoint.size


def digest_of(certificate: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a certificate's canonical JSON (RFC 8785), as its ledger entry has it."""
    return hashlib.sha256(canonical(certificate, most=MOST_BYTES)).hexdigest()
