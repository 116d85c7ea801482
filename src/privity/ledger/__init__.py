"""The ledger's formats: what an entry is as bytes, how a log proves itself, and how anyone checks it offline.

A log is an append-only Merkle tree (RFC 6962). Its head is signed as a checkpoint (c2sp.org/tlog-checkpoint); one entry
is proved by its path to that head (c2sp.org/tlog-proof); a whole log travels as a bundle and is verified with nothing
but this room and a public key:

    with open("clinic.ledger", "rb") as stream:
        verified = verify_bundle(stream, vkeys=[the_key_that_the_auditor_was_given])

This room reads no clock, disk or network. `notary` keeps the logs; docs/ledger.md describes the formats for auditors.
"""

from privity.ledger.batch import MAX_BATCH, read_batch, sign_batch
from privity.ledger.bundle import BundleWriter, CheckpointLine, EntryLine, Header, read_bundle, write_bundle
from privity.ledger.checkpoint import Checkpoint
from privity.ledger.leaf import MAX_BODY, MAX_LEAF, Leaf, canonical, check_name, commitment, leaf_hash, read_leaf, stamp
from privity.ledger.note import Signer, Verifier, note_text, sign_note, verify_note
from privity.ledger.proof import LogProof
from privity.ledger.tree import (
    EMPTY_ROOT,
    Frontier,
    Node,
    consistency_proof,
    inclusion_proof,
    node_hash,
    node_of,
    perfect_subtrees,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from privity.ledger.verify import Head, Verified, verify_bundle

__all__ = [
    "EMPTY_ROOT",
    "MAX_BATCH",
    "MAX_BODY",
    "MAX_LEAF",
    "BundleWriter",
    "Checkpoint",
    "CheckpointLine",
    "EntryLine",
    "Frontier",
    "Head",
    "Header",
    "Leaf",
    "LogProof",
    "Node",
    "Signer",
    "Verified",
    "Verifier",
    "canonical",
    "check_name",
    "commitment",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "node_of",
    "note_text",
    "perfect_subtrees",
    "read_batch",
    "read_bundle",
    "read_leaf",
    "root_of",
    "sign_batch",
    "sign_note",
    "stamp",
    "verify_bundle",
    "verify_consistency",
    "verify_inclusion",
    "verify_note",
    "write_bundle",
]
