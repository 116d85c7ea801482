"""Figures that programs, price lists and forms write and that are nobody's, where a cue made them somebody's.

The moment of a line in a log, "09:14:22,117", the port behind an address of the network, "attempts=3", the status of a
request, the version of a program, "Firefox/128.4", the line of a source, the zone of an hour, "RMB 45" and "84,200" in
writing: nobody has a number of such a form. What stands right behind a colon or a number sign that announces it stays
hidden, and so does all that is said.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from privity.redact.claims import Claim
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript

_LABELS = RECORDS | {
    Label.ADDRESS, Label.CARD, Label.CVV, Label.DOB, Label.EXPIRY, Label.IBAN, Label.PASSWORD, Label.PHONE, Label.SSN,
    Label.ZIP,
}  # fmt: skip
_OF_RECORDS = RECORDS | {Label.IBAN}
_LONGEST = 32  # characters of what is none
_BEFORE = 24  # characters before it that are looked at
_STAMP = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[ t])?[0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:[.,][0-9]{1,6})?z?", re.ASCII
)
_REST_OF_STAMP = re.compile(r"[0-9]{2}[.,][0-9]{3,6}(?: [a-z]{4,8})?", re.ASCII)
_HOUR = re.compile(r"[0-2][0-9]:[0-5][0-9]:$", re.ASCII)
_PORT = re.compile(r"\.[0-9]{1,3}:$", re.ASCII)
_SHORT = re.compile(r"[0-9]{1,5}", re.ASCII)
_COUNTED = re.compile(
    r"\b(?:attempts?|tries|retries|retry|count|size|bytes|took|status|port|pid|line|latency|elapsed|level|duration|depth|"
    r"threads?|workers?|exit|rc)=[\"']?$",
    re.ASCII,
)
_STATUS = re.compile(r"\bhttp(?:s|/[0-9.]{1,3})?(?: -| status|:)? \"?$", re.ASCII)
_IS_STATUS = re.compile(r"[1-5][0-9]{2}", re.ASCII)
_ANNOUNCED = re.compile(r"[:#=]\s?$", re.ASCII)
_GOES_ON = re.compile(r"[-/,.]?[0-9]", re.ASCII)
_WRITTEN = re.compile(  # thousands, an amount of money, a version, the sex and race of somebody
    r"[0-9]{1,3}(?:,[0-9]{3})+(?: won)?|"
    r"(?:rmb|usd|eur|gbp|inr|jpy|chf|krw|sek|nok|dkk|pln|aud|nzd|hkd|sgd|zar|brl|mxn|ngn|kes)"
    r" [0-9]{1,5}(?:[.,][0-9]{2,3})?|"
    r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|"
    r"[mf]/[wbhai]|[wbhai]/[mf]",
    re.ASCII,
)
_OF_PROGRAM = re.compile(r"[a-z][a-z-]{2,}/(?:[0-9.]+)?$", re.ASCII)  # "HTTP/1.1", "Firefox/128.4.0"
_IS_VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,5}){1,3}(?:\" [0-9]{3}(?: [0-9]{1,6})?)?", re.ASCII)
_OF_SOURCE = re.compile(r"\.(?:c|cc|cpp|cs|go|h|java|js|jsx|kt|php|py|rb|rs|scala|swift|ts|tsx):$", re.ASCII)
_ZONE = re.compile(r"[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])? $", re.ASCII)
_IS_ZONE = re.compile(r"[+-](?:0[0-9]|1[0-4])(?:00|15|30|45)", re.ASCII)
_WITHIN_NAME = re.compile(r"[a-z]-$", re.ASCII)  # "pool-9080-thread-3"


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without figures of programs, prices and forms."""
    is_logged = cache(partial(_is_logged, transcript))  # several detectors find the same place
    for claim in claims:
        label = claim.finding.label
        may_be = label in _LABELS and len(claim.parts) == 1
        if not (may_be and is_logged(label, *claim.parts[0])):
            yield claim


def _is_logged(transcript: Transcript, label: Label, start: int, end: int) -> bool:
    if end - start > _LONGEST:
        return False
    text = transcript.folded
    before = text[max(0, start - _BEFORE) : start]
    if _STAMP.fullmatch(text, start, end) or (_REST_OF_STAMP.fullmatch(text, start, end) and _HOUR.search(before)):
        return True
    if label is Label.ADDRESS:
        return False
    if _SHORT.fullmatch(text, start, end):
        if _is_counted(text, before, start, end):
            return True
    elif _is_of_program(text, before, start, end):
        return True
    return before.endswith(" 0x") or (label in _OF_RECORDS and _is_written(transcript, before, start, end))


def _is_counted(text: str, before: str, start: int, end: int) -> bool:
    """Whether a few digits are a port, a count, a status, a line of a source or a part of a thread's name."""
    if _PORT.search(before) or _COUNTED.search(before) or _OF_SOURCE.search(before):
        return True
    if _IS_STATUS.fullmatch(text, start, end) and _STATUS.search(before):
        return True
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha() and _WITHIN_NAME.search(before) is not None


def _is_of_program(text: str, before: str, start: int, end: int) -> bool:
    """Whether a figure is the version of a program or a zone."""
    if _IS_VERSION.fullmatch(text, start, end):
        return _OF_PROGRAM.search(before) is not None
    return _IS_ZONE.fullmatch(text, start, end) is not None and _ZONE.search(before) is not None


def _is_written(transcript: Transcript, before: str, start: int, end: int) -> bool:
    """Whether somebody wrote what is an amount, a version or a mark of a form by how it looks."""
    text, words = transcript.folded, transcript.words
    at = words.at_or_behind(start)
    spoken = at >= len(words.bits) or words.bits[at] & Bit.PLAIN or transcript.next_turn(start) is not None
    if spoken or not _WRITTEN.fullmatch(text, start, end):
        return False
    return not (_ANNOUNCED.search(before) or _GOES_ON.match(text, end))
