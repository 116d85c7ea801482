"""Routing numbers that nothing calls so: nine digits whose check digit holds, where money is sent.

"wire it to Chase 021000021 acct 99104", "direct deposit: 121000248 / 77104": one of ten numbers of nine digits passes
the check, so a bank, a wire or an account has to be spoken of right there.
"""

import re
from collections.abc import Iterator

from privity.redact import checks
from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Needed

NEEDS = Needed("bank wire wires wired wiring transfer ach deposit acct account checking savings routing aba", A_DIGIT)
"""Without these words in a text nothing is found in it."""
_NINE = re.compile(r"(?<![\w.,/-])[0-9]{9}(?![\w/-]|[.,][0-9])", re.ASCII)
_MONEY = re.compile(
    r"\b(?:bank|wire[ds]?|wiring|transfer|ach|deposit|acct|account|checking|savings|routing|aba)\b", re.ASCII
)
_REACH = 60  # characters before a number, and behind it

_FOUND = finding(
    Label.BANK_ACCOUNT, "routing-checked", "nine digits where money is sent, the check holds", 0.8, "context", "",
    "routing check ok",
)  # fmt: skip


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the routing numbers that their check digit and the talk of money around them tell."""
    for match in _NINE.finditer(transcript.folded):
        around = transcript.before(match.start(), _REACH) + transcript.behind(match.end(), _REACH)
        if checks.aba(match[0]) and _MONEY.search(around):
            yield Claim((match.span(),), _FOUND)
