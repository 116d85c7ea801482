"""Finds what identifies a person in conversations, hides it, and says why."""

from privity.redact.findings import Finding, Redacted, Span
from privity.redact.labels import Label, Style
from privity.redact.policy import CALLS, PCI_DSS, Policy, policy_named
from privity.redact.redactor import Redactor
from privity.redact.turns import RedactedTurns, Turn, Word

__all__ = [
    "CALLS",
    "PCI_DSS",
    "Finding",
    "Label",
    "Policy",
    "Redacted",
    "RedactedTurns",
    "Redactor",
    "Span",
    "Style",
    "Turn",
    "Word",
    "policy_named",
]
