"""Digits that are pressed on a telephone's keys, where a transcript notes them: "[DTMF 4 1 1 1]", "caller pressed 4".

What is keyed in is hardly ever heard, and it is what card numbers and PINs are keyed in for. So all digits of keys that
follow each other are hidden as card data, whatever was said of them (PCI DSS v4.0.1 3.3, 3.4); a single choice in a
menu, "press one for yes", stays.
"""

from collections.abc import Iterator

import re2
from msgspec import Struct

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered
from privity.redact.reading.vocabulary import DIGIT_WORDS

_KEY = rf"(?:[0-9*#]+|{'|'.join(DIGIT_WORDS)}|star|pound|hash)"
_KEYS = rf"{_KEY}(?:[\s,.;:-]+(?:and\s+|then\s+)?{_KEY})*"
_EVENT = Triggered(
    (
        r"\b(?:(dtmf|touch[\s-]?tones?|key\s?pad(?:\s+(?:tones?|input|entry|digits?))?|keys?\s+pressed|digits?\s+(?:pressed|keyed))|"
        r"(?:has\s+|have\s+)?(?:pressed|presses|keyed|keys|punched|punches|entered|enters|typed|dialed|dialled))"
        r"(?:\s+(?:in|the|a|key|keys|digit|digits|number|numbers|tone|tones|event|code|pin|"
        r"on\s+(?:the|their|his|her|my)\s+(?:key\s?pad|phone)))*"
        rf"[\s:=,;\"'()\[\]<>/-]*({_KEYS})(?:[\s\])<>.,;\"'/-]|\x1d|\x1e|$)"
    ).encode(),
    needs=("dtmf* touch* key* digit* pressed* presses* punched* punches* entered* enters* typed* dialed* dialled*",),
)
_ALL = re2.compile(rf"\b{_KEYS}\b".encode())
_SPEAKERS = frozenset({"dtmf", "keypad", "key pad", "touch tone", "touch-tone", "tones", "keys"})
_WORDS = frozenset(DIGIT_WORDS)
_FEWEST = 4  # keys that are no choice in a menu
_APART = 90  # characters between two keys of one number

_KEYED = finding(Label.CARD, "keypad", "keys of a telephone, one after the other", 0.9, "form")


class _Event(Struct, frozen=True, gc=False):
    """Keys that were pressed: their place, how many digits they are, and whether the transcript notes tones."""

    start: int
    end: int
    digits: int
    tones: bool


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return the digits of keys that were pressed one after the other, or where card data are spoken of."""
    keyed = transcript.voices and any(stretch.speaker in _SPEAKERS for stretch in transcript.stretches)
    if not (keyed or _EVENT.can_occur(transcript.octets)):
        return
    row: list[_Event] = []
    for event in _events(transcript):
        if row and not _follows(transcript, row[-1], event):
            yield from _judged(cues, row)
            row = []
        row.append(event)
    yield from _judged(cues, row)


def _events(transcript: Transcript) -> list[_Event]:
    octets = transcript.octets
    events = [
        _Event(match.start(2), match.end(2), _count(match[2]), match[1] is not None)
        for match in _EVENT.finditer(octets)
    ]
    for stretch in transcript.stretches:
        if stretch.speaker in _SPEAKERS:
            keys = _ALL.finditer(octets, stretch.start, stretch.end)
            events += (_Event(match.start(), match.end(), _count(match[0]), tones=True) for match in keys)
    return sorted(events, key=_start)


def _start(event: _Event) -> int:
    return event.start


def _count(keys: bytes) -> int:
    said = keys.decode("ascii")
    return sum(map(str.isdigit, said)) + sum(word in _WORDS for word in said.replace(",", " ").split())


def _follows(transcript: Transcript, before: _Event, event: _Event) -> bool:
    same = transcript.document_at(before.end - 1) == transcript.document_at(event.start)
    return same and event.start - before.end <= _APART


def _judged(cues: Cues, row: list[_Event]) -> Iterator[Claim]:
    digits = sum(event.digits for event in row)
    paid = bool(row) and cues.payment_near(row[0].start, row[-1].end)
    if digits >= _FEWEST or (paid and any(event.tones for event in row)):
        places: list[Part] = [(event.start, event.end) for event in row]
        yield from (Claim((place,), _KEYED) for place in places)
