"""Finds what identifies a person in conversations, hides it, and says why; pure, no I/O, usable as a library.

    redactor = Redactor()
    redactor.redact_text("my card is four one one one ...").text        # "my card is [CARD]"
    redactor.redact_turns([Turn(speaker="agent", text="..."), ...])      # numbers go on over turns, names are learned

Read the room in this order. `turns` and `findings` are what comes in and goes out, `labels` and `policy` what is
hidden. `folding` and `transcript` make one ASCII text of many conversations whose places are those of the originals;
`lexicon` says what is known of each word in it, `numerals` reads spoken and written digits (`spoken_numbers` knows the
words), `chains` joins them over turns, `cues` says what is announced, `triggers` which patterns can occur in a text at
all. The detectors `patterns` (with its table `written`), `figures`, `extensions`, `cards`, `announced`, `spelling`,
`mailboxes`, `dates`, `addresses`, `envelopes`, `places`, `capitals`, `speakers` and `names` (with `name_parts`,
`name_questions`, `name_uses`, `heard_names`, `worldly_names`, `name_company` and `learned_names`) each make `claims`,
which are settled into spans; `redactor` lists them, and `streaming` redacts while people speak. `vocabulary` loads the
data, `checks` holds the check digits, `evident` says what digits show by themselves. `read_backs` are what `figures`
knows again, `open_topics` what is left over beside cards and social security numbers, `readings` what is read while one
of these was asked for, `keypad` what is pressed on a telephone, `misheard` digits that a recognizer took for other
words, `codes_again` codes that are said once more, `value_edges` what belongs right beside a number, `read_pieces` what
is read bit by bit. What people only say is read by `days_of_month`, `months_told`, `answers`, `said_streets` (with
`compass_streets` and `named_buildings`), `bare_streets` and `said_cities` (with `street_words`), `asked_mailboxes`,
`credentials`, `credential_tokens` and `handle_pieces`. `languages` says what is not in English, `romance` finds what
identifies somebody in Spanish and French (with `romance_lists`). `uncertain` is what a recognizer doubts, word by word
(`confidences`), where something of all this was asked for, but for `sentence_words`.

Around the detectors: `written_forms` is all that runs under a policy that looks for nothing else; `policy_files` reads
policies from YAML, `rules` carries out what a policy adds by name or pattern or through `plugins`, `safe_harbor` says
what a result may claim. `hiding` puts something in the place of every span: a label or a mask, `tokens`, `surrogates`
(with `made_up_names` and `date_shift`), or what `coarsening` lets stay; `canonical` makes one form of all spellings of
a value. `missed` finds again what a person marked. `documents` does all this in JSON, CSV, HTML, Markdown, e-mail and
subtitles; `audio_windows` says where a recording has to be silent.
"""

from privity.redact import missed
from privity.redact.audio_windows import Window, windows_to_silence
from privity.redact.date_shift import DateShift
from privity.redact.findings import Finding, Redacted, Span
from privity.redact.hiding import WayToHide
from privity.redact.labels import Label, Style
from privity.redact.plugins import Recognizer
from privity.redact.policy import Allow, Deny, LooksFor, PatternRecognizer, Policy
from privity.redact.policy_files import CALLS, PCI_DSS, SHIPPED, label_named, policy_from_yaml, policy_named
from privity.redact.redactor import Redactor
from privity.redact.streaming import Finished, Released, Stream
from privity.redact.surrogates import Surrogates
from privity.redact.tokens import KeyedTokens, Sealer, VaultTokens, checked_key
from privity.redact.turns import RedactedTurns, Turn, Word

__all__ = [
    "CALLS",
    "PCI_DSS",
    "SHIPPED",
    "Allow",
    "DateShift",
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
