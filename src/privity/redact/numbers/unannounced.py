"""Numbers that nothing announces and that are somebody's by their length: of seven digits behind a letter, and of nine.

"mine's K84076152", "she says it's MRN00417732", "yes, 517290638. i was silver": passports, members, tickets and the
like. Nine digits alone count things in prose and programs, so these are looked for where people talk. Behind a harmless
word either is what that says.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

NEEDS = Triggered(rb"\b(?:[a-z]{1,3}[0-9]{7,10}|[0-9]{9})\b", needs=(A_DIGIT,))
"""The forms; without its words in a text nothing is found in it."""

_WHY = "seven digits or more behind a letter, or nine in one, without a harmless cue"
_FOUND = {label: finding(label, "unannounced-number", _WHY, 0.5, "form") for label in RECORDS | {Label.ID}}
LABELS = frozenset(_FOUND)
_WITHIN = frozenset("@/\\-._=&:#+$,")  # beside a piece of an address, a path, a price or a longer token
_COUNTS = re.compile(r"\s(?:of|dollars|people|times|users|rows|bytes|records)\b", re.ASCII)


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return such numbers, as what a cue says that they are."""
    text = transcript.folded
    for match in NEEDS.finditer(transcript.octets):
        start, end = match.span()
        if text[start - 1 : start] in _WITHIN or (text[end : end + 1] in _WITHIN and text[end + 1 : end + 2].isalnum()):
            continue
        if text[start].isdigit() and not (_is_talk(transcript, start) and _COUNTS.match(text, end) is None):
            continue
        cue = cues.governing(start, end)
        if cue is None or cue.label is not None:
            yield Claim(((start, end),), _FOUND[cue.label if cue is not None and cue.label in _FOUND else Label.ID])


def _is_talk(transcript: Transcript, start: int) -> bool:
    """Whether somebody who is named, or one of several turns, says what begins at a place."""
    return transcript.stretches[transcript.turn_at(start)].speaker != "" or transcript.next_turn(start) is not None
