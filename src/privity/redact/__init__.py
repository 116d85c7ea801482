"""Finds what identifies a person in conversations, hides it, and says why; pure, no I/O, usable as a library.

    redactor = Redactor()
    redactor.redact_text("my card is four one one one ...").text        # "my card is [CARD]"
    redactor.redact_turns([Turn(speaker="agent", text="..."), ...])      # numbers go on over turns, names are learned

Read the room in this order; each folder begins with a guide of its own:

- `labels`, `turns` and `findings` are what comes in and goes out; `policies` say what is hidden.
- `reading` makes one text of a conversation and reads the digits, the letters and the words that announce a value.
- The detectors stand on it, and each makes `claims`: `forms` finds what is written in a form of its own, `names`,
  `dates`, `online`, `numbers` and `places` what is said as well, `languages` what is not English, and `uncertain` what
  a recognizer doubts where a value was asked for (`sentence_words` are doubted for no reason). `checks` are the check
  digits that they share.
- `tagger` is a small trained model that looks again at what they found.
- `detectors` lists them; `redactor` runs them, and settles their claims into spans without the `asides` of the others.
- `hiding` puts something in the place of every span.

Around them: `streaming` redacts while people speak, `missed` finds again what a person marked, and `documents` does all
this in JSON, CSV, HTML, Markdown, e-mail and subtitles: `from privity.redact.documents import redact_document`, which
is not imported here because it loads parsers. `lists` holds the data.
"""

from privity.redact import missed
from privity.redact.findings import Finding, Redacted, Span
from privity.redact.hiding.audio_windows import Window, windows_to_silence
from privity.redact.hiding.date_shift import DateShift
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.hiding.surrogates import Surrogates
from privity.redact.hiding.tokens import KeyedTokens, Sealer, VaultTokens, checked_key
from privity.redact.hiding.ways import WayToHide
from privity.redact.labels import Label, Style
from privity.redact.policies.files import CALLS, PCI_DSS, SHIPPED, label_named, policy_from_yaml, policy_named
from privity.redact.policies.plugins import Recognizer
from privity.redact.policies.policy import Allow, Deny, LooksFor, PatternRecognizer, Policy
from privity.redact.redactor import Redactor
from privity.redact.streaming import Finished, Released, Stream
from privity.redact.turns import RedactedTurns, Turn, Word

__all__ = [
    "CALLS",
    "PCI_DSS",
    "SHIPPED",
    "Allow",
    "DateShift",
    "DayOrder",
    "Deny",
    "Finding",
    "Finished",
    "KeyedTokens",
    "Label",
    "LooksFor",
    "PatternRecognizer",
    "Policy",
    "Recognizer",
    "Redacted",
    "RedactedTurns",
    "Redactor",
    "Released",
    "Sealer",
    "Span",
    "Stream",
    "Style",
    "Surrogates",
    "Turn",
    "VaultTokens",
    "WayToHide",
    "Window",
    "Word",
    "checked_key",
    "label_named",
    "missed",
    "policy_from_yaml",
    "policy_named",
    "windows_to_silence",
]
