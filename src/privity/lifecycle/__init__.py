"""The life of what is kept: deletion with its certificate; sweeping of what a crash left."""

from privity.lifecycle.certificates import CertificateDocument, verify_certificate
from privity.lifecycle.certifying import CERTIFY, certify
from privity.lifecycle.deletion import PURGE, DeletionRow, Deletions, RecordDeletion
from privity.lifecycle.sweeping import SWEEP, Sweeping

__all__ = [
    "CERTIFY",
    "PURGE",
    "SWEEP",
    "CertificateDocument",
    "DeletionRow",
    "Deletions",
    "RecordDeletion",
    "Sweeping",
    "certify",
    "verify_certificate",
]
