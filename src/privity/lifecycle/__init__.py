"""The life of what is kept: deletion with its certificate; sweeping of what a crash left."""

from privity.lifecycle.certificates import CertificateDocument, verify_certificate
from privity.lifecycle.deletion import PURGE, Deletions
from privity.lifecycle.sweeping import SWEEP, Sweeping

__all__ = ["PURGE", "SWEEP", "CertificateDocument", "Deletions", "Sweeping", "verify_certificate"]
