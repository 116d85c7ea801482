"""Finds what identifies a person in conversations, hides it, and says why; pure, no I/O, usable as a library.

    redactor = Redactor()
    redactor.redact_text("my card is four one one one ...").text        # "my card is [CARD]"
    redactor.redact_turns([Turn(speaker="agent", text="..."), ...])      # numbers go on over turns, names are learned

Read the room in this order. `turns` and `findings` are what comes in and goes out, `labels` and `policy` what is
hidden. `folding` and `transcript` make one ASCII text of a conversation whose places are those of the original;
`numerals` reads spoken and written digits in it, `chains` joins them over turns, `cues` says what is announced. The
detectors `patterns` (with its table `written`), `figures`, `cards`, `announced`, `dates`, `addresses`, `places` and
`names` each make `claims`, which are settled into spans; `hiding` puts labels or masks in their place. `lists` and
`vocabulary` load the packaged data, `checks` holds the check digits.
"""

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
