"""The days before the lines of a messenger: "21/12/2026, 19:02 - Ana: ...", "[21/12/26, 19:02:13] Ana: ...".

They stand in the heads of turns, which no pattern reads. The hour behind them stays.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript

_FOUND = finding(Label.DATE, "message-stamp", "the day on which a message was sent, before its line", 0.94, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the days by which the lines of a text say when they were written."""
    for stamp in transcript.stamps:
        yield Claim((stamp,), _FOUND)
