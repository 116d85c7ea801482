"""Values with letters that a cue announces: "MRN ST-998877", "reference is KL7 DK4", "username jdoe7"."""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.online.credential_words import NO_VALUES
from privity.redact.reading.cues import Cue, Cues
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript

_NUMBERS_WITH_LETTERS = RECORDS | {Label.IBAN}
LABELS = _NUMBERS_WITH_LETTERS | {Label.USERNAME, Label.PASSWORD}
_BETWEEN = (
    r"(?:[\s:#=.,(-]|(?:is|was|are|number|numbers|no|num|id|it's|its|that's|the|following|code|on|file|for|under|as|mrn|m\s+r\s+n|my|"
    r"uh|um|yeah|yes|okay|sure|ending|in|with|has|listed|reads|there)\b){1,16}"
)
_VALUE = re.compile(rf"{_BETWEEN}(?P<value>(?=[a-z0-9./-]*[0-9])[a-z0-9]+(?:[-./][a-z0-9]+)*)", re.ASCII)
# Read in chunks of capitals and figures, one of the first three with a figure, "71 AT 6039", or each, "kl7 dk4".
_CHUNKS = re.compile(
    r"(?=[A-Z0-9]*[ -]?[A-Z0-9]*[ -]?[A-Z]*[0-9])[A-Z0-9]{1,5}(?:[ -][A-Z0-9]{1,5}){1,5}(?![A-Za-z0-9'])|"
    r"[a-z]{0,3}[0-9]+[a-z0-9]*(?:[ -][a-z]{0,3}[0-9]+[a-z0-9]*){1,4}(?![A-Za-z0-9'])",
    re.ASCII,
)
_TO_CHUNKS = re.compile(_BETWEEN, re.ASCII)
_LEAST_SIGNS, _LEAST_FIGURES = 5, 2  # of all chunks
_LEAST_TOGETHER = 4  # letters and figures
_LONGEST_PREFIX = 2  # letters that are no word
_TURNS = 3
_OPENING_VALUE = re.compile(
    r"\s*(?:(?:[a-z]+:\s*)?(?:(?:yes|yeah|yep|sure|okay|ok|oh|it's|it is|that's|its|uh|um|please|"
    r"so|here|mine's|mine is)\b[,.]?\s*){0,4})"
    r"(?P<value>(?=[a-z0-9-]*[a-z])(?=(?:[a-z-]*[0-9]){3})[a-z0-9]+(?:-[a-z0-9]+)*)\b(?!:)",
    re.ASCII,
)
_CREDENTIAL = re.compile(
    r"\s*(?:(?:is|was|it's|:|=)(?!n')\s*)+(?P<value>[^\s,;\x1d\x1e]{3,})|\s+(?P<bare>[a-z_.-]{2,}[0-9]+[a-z0-9_.-]*)",
    re.ASCII,
)


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return the values that stand behind their cue."""
    text, told = transcript.folded, 0
    for cue in cues:
        limit = transcript.stretches[transcript.turn_at(cue.start)].end
        if cue.label in {Label.USERNAME, Label.PASSWORD}:
            if cue.start < told or cue.phrase == "login":
                continue  # within a value, which is hidden to its end: "password=password=password=..."
            credential = _CREDENTIAL.match(text, cue.end, limit)
            if credential and credential[0].split()[-1] not in NO_VALUES:
                told = credential.end()
                yield _claim(cue, *credential.span(credential.lastgroup or 0), "then a value")
        elif cue.label in _NUMBERS_WITH_LETTERS:
            if (chunks := _chunks(transcript, cue.end, limit)) is not None:
                yield _claim(cue, *chunks, "then letters and digits in chunks")
            elif (value := _VALUE.match(text, cue.end, limit)) and len(value["value"]) >= _LEAST_TOGETHER:
                yield _claim(cue, *value.span("value"), "then letters and digits")
            elif (answer := _answer(transcript, cues, cue)) is not None:
                yield _claim(cue, *answer, "then an answer of letters and digits")


def _chunks(transcript: Transcript, start: int, limit: int) -> Part | None:
    """Return what is read in chunks of letters and figures behind a cue, from its first to its last."""
    opening = _TO_CHUNKS.match(transcript.folded, start, limit)
    value = _CHUNKS.match(transcript.cased, opening.end(), limit) if opening is not None else None
    if value is None:
        return None
    figures = sum(map(str.isdigit, value[0]))
    letters = sum(map(str.isalpha, value[0]))
    if _speaks(transcript, *value.span()):
        return None
    enough = letters > 0 and figures >= _LEAST_FIGURES and figures + letters >= _LEAST_SIGNS
    return value.span() if enough else None


def _speaks(transcript: Transcript, start: int, end: int) -> bool:
    """Whether chunks are words of a sentence in capitals: "POLICY NUMBER CALL OUR DESK 24 HRS A DAY"."""
    words = transcript.words
    within = range(words.at_or_behind(start), words.at_or_behind(end))
    said = [at for at in within if words.bits[at] & Bit.PLAIN and len(words.said[at]) > _LONGEST_PREFIX]
    return sum(words.bits[at] & (Bit.WORD | Bit.FUNCTION) != 0 for at in said) > 1


def _answer(transcript: Transcript, cues: Cues, cue: Cue) -> Part | None:
    """Return the letters and digits that open one of the turns behind a question for a number."""
    stretches, asked = transcript.stretches, transcript.turn_at(cue.start)
    if cues.between(cue.end, stretches[asked].end):
        return None
    for turn in range(asked + 1, min(asked + _TURNS + 1, len(stretches))):
        stretch = stretches[turn]
        if stretch.document != stretches[asked].document:
            return None
        answer = _OPENING_VALUE.match(transcript.folded, stretch.start, stretch.end)
        if answer is not None:
            return answer.span("value")
        if cues.between(stretch.start, stretch.end):
            return None
    return None


def _claim(cue: Cue, start: int, end: int, what: str) -> Claim:
    assert cue.label is not None
    why = f'cue "{cue.phrase}", {what}'
    return Claim(((start, end),), finding(cue.label, "announced-value", why, 0.88, "context", cue.phrase))
