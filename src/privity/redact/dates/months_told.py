"""Months by themselves, where they date what happened to somebody: "he passed away in june", "we live here since july".

A month alone is nobody's more often than not: "we settle up in june". It is a date of somebody's (45 CFR
164.514(b)(2)(i)(C)) behind what one has done or gone through, where somebody speaks of one person, and where a lease, a
job or a birth has its end. A season dates with its year.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.dates.date_words import MONTHS, SPOKEN_YEAR
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.small_words import AN_URGE
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, A_NUMBER, Group, Triggered
from privity.redact.reading.vocabulary import one_of

_NAMES = " ".join(MONTHS)
_MONTH = rf"(?:{'|'.join(MONTHS)})\b"
_DONE = (
    "admitted adopted arrested baptized born broke buried married deployed diagnosed died discharged divorced "
    "enrolled estimated evicted fell fired fix fixed graduated hired hurt laid lost moved operated passed patched quit "
    "relapsed repaired replaced retired saw seen separated started stayed stroke surgery transplant visited widowed"
)
_STAYS = "at here live lived lives living"
_GAP = r"(?:\s+[a-z0-9']+){0,5}?"
_TOLD = Triggered(
    (
        rf"\b(?:(?:{_DONE.replace(' ', '|')}){_GAP}\s+(?:in|since|last|this\s+past)|(?:{_STAYS.replace(' ', '|')})"
        rf"(?:\s+[a-z0-9']+){{1,6}}?\s+since)\s+(?:late\s+|early\s+|mid[\s-])?({_MONTH})(?:\s+and\s+({_MONTH}))?"
    ).encode(),
    needs=(_NAMES, f"{_DONE} {_STAYS}", "in since last past"),
)
_BACK = Triggered(
    rf"\b([a-z']+)\s+back\s+in\s+(?:late\s+|early\s+|mid[\s-])?({_MONTH})".encode(), needs=(_NAMES, "back")
)
# "my last one was in december", "he had the cast off last august", but "we settle up in june"
_OF_ONE = Triggered(
    (
        r"\b(?:i|i've|i'd|my|mine|me|he|he's|she|she's|his|her|hers|him)\s(?:[^.?!\n\x1d\x1e]{0,60}\s)?"
        rf"(?:in|since|last|until|till)\s+(?:late\s+|early\s+|mid[\s-])?({_MONTH})"
    ).encode(),
    needs=(_NAMES, "i my mine me he she his her hers him", "in since last until till"),
)
_VERB = re.compile(r"(?:may|march)\s+(?:i|we|you|they|on|like|maybe)\b", re.ASCII)
_COUNTING = frozenset({"first", "second", "third"})
_WHO_MAY = tuple(f"{who} " for who in ("i", "we", "you", "they", "he", "she", "it"))
_COMES = frozenset(  # "they came back in june"
    {
        "come", "comes", "came", "coming", "go", "goes", "went", "going", "be", "is", "are", "get", "gets", "got",
        "bring", "brings", "move", "moves", "moved", "check", "call", "turn",
    }
)  # fmt: skip
_END = Triggered(
    rf"\b(?:the\s+)?(?:beginning|end|middle|start)\s+of\s+{_MONTH}".encode(),
    needs=(_NAMES, "beginning end middle start"),
)
_ENDS = re.compile(
    r"\b(?:baby|closing|rehab|hospital|hospice|treatment|chemo|maternity|contract|due|expires?|job|last\s+day|leave|lease|license|mov(?:e|ing)|passport|policy|rent|"
    r"retir(?:e|ing)|surgery|visa)\b[^.?!\n\x1d\x1e]*$",
    re.ASCII,
)
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}\b|{SPOKEN_YEAR})"
_SEASON = Triggered(
    rf"\b(?:spring|summer|fall|autumn|winter)(?:\s+of|,)?\s+{_YEAR}".encode(),
    needs=("spring summer fall autumn winter", f"{A_DIGIT} {A_NUMBER}"),
)
# "september / mm-hm / the twenty ninth", "january um the sixth": of which the day is found by itself
_GAP_OF_TURNS = rf"(?:[\s,.]*\x1e\s*(?:{AN_URGE}[\s,.!]*\x1e\s*)?|[\s,]+)"
_BEFORE_DAY = Triggered(
    (
        rf"\b({_MONTH})(?:[\s,]+(?:uh|um|er))?{_GAP_OF_TURNS}(?:(?:uh|um|er|erm|like|on|maybe)[\s,]+){{0,2}}"
        rf"(?:the[\s,]+(?:(?:uh|um|er|erm)[\s,]+)?(?:(?:twenty|thirty)[\s-]+)?(?:{one_of(ORDINALS)})|"
        rf"(?:(?:twenty|thirty)[\s-]+)?(?:{one_of(set(ORDINALS) - _COUNTING)}))\b"
    ).encode(),
    needs=(_NAMES, " ".join(ORDINALS)),
)
_REACH = 80

_MONTH_TOLD = finding(Label.DATE, "month-told", "a month in which something happened to somebody", 0.6, "context")
_BEFORE = finding(
    Label.DATE, "month-told", "a month, then its day in the next turn or behind a hesitation", 0.6, "context"
)
_END_OF_MONTH = finding(Label.DATE, "month-told", "when something of somebody's ends or begins", 0.6, "context")
_SEASON_TOLD = finding(Label.DATE, "season", "a season with its year", 0.7, "form")
NEEDS = Group(_TOLD, _OF_ONE, _BACK, _END, _SEASON, _BEFORE_DAY)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the months that date somebody's story, and seasons with their year."""
    for match in _TOLD.finditer(transcript.octets):
        yield from (Claim((match.span(which),), _MONTH_TOLD) for which in (1, 2) if match[which])
    for match in _OF_ONE.finditer(transcript.octets):
        yield Claim((match.span(1),), _MONTH_TOLD)
    for match in _BACK.finditer(transcript.octets):
        if match[1].decode("ascii") not in _COMES:
            yield Claim((match.span(2),), _MONTH_TOLD)
    for match in _END.finditer(transcript.octets):
        document = transcript.documents[transcript.document_at(match.start())]
        if _ENDS.search(transcript.folded, max(document, match.start() - _REACH), match.start()):
            yield Claim((match.span(),), _END_OF_MONTH)
    for match in _BEFORE_DAY.finditer(transcript.octets):
        may = transcript.folded.endswith(_WHO_MAY, 0, match.start(1)) and match[1] in {b"may", b"march"}
        if not may and not _VERB.match(transcript.folded, match.start(1)):
            yield Claim((match.span(1),), _BEFORE)
    for match in _SEASON.finditer(transcript.octets):
        yield Claim((match.span(),), _SEASON_TOLD)
