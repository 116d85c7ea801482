"""What belongs to a name in writing: the title before it, "Dr. Roth", and the initial behind it, "Hyacinth M.".

In a question, or in what somebody searches for, a title is part of how somebody is called, so it is hidden with the
name. In conversations, letters, notes and other prose people are met by their titles over and over, "Dr. Rice": there
they stay, for they tell who is meant where the name is gone. A given name that is an English word, "Mark Iyanda, 62",
goes with a surname that ends its clause.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript

_TITLE = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Ms|Mx)(?:\.[ \xa0]?|[ \xa0])$", re.ASCII)
# Written without a comma it is a part of the name: "Alissa Moreno psyd".
_DEGREE = re.compile(r"(?: (?:psyd|phd|lcsw|lmft|dds|dmd|dpm|mph|np-c)|, (?:jr|sr))\b", re.ASCII)
_DEGREES_OPEN = frozenset(" ,")
_LONGEST_TITLE = 6
_ADDRESSED = re.compile(
    r"\b(?:hello|hi|hey|dear|thanks|thank you|bye|goodbye|morning|afternoon|set|okay|ok|sure),? $", re.ASCII
)
_STOPS = (".", "!", ":", ";", '."', ".)")
_SOUGHT = re.compile(
    r"\b(?:guid(?:elines?|ance)|protocols?|rec(?:s|ommendations?|ommended)?|best practices|"
    r"(?:treatment|therapy|tx) options|(?:care|treatment) plan|tx|rx|dx|mgmn?t|"
    r"(?:appropriate|current|counseling|latest) [a-z]+ (?:for|therapy))\b",
    re.ASCII,
)
_LETTER = re.compile(
    r"^(?:dear|hello|hi|sehr geehrte|liebe|lieber|madame|monsieur|estimad[oa])\b|"
    r"[.,!?;] (?:(?:kind|best|warm|many) )?(?:regards|wishes|thanks|best|sincerely|yours|love|cheers)[,.! ]",
    re.ASCII,
)
_SENTENCES = 4  # that a search does not have
_PARAGRAPH = 600  # characters of the longest
_INITIAL = re.compile(r" [A-Z]\.(?=[\s,;:)?!.'\"-]|$)", re.ASCII)
_TITLES_END = frozenset(".rsxf")
_GIVEN_WORD = re.compile(
    r"(?:(?:^|[\n(:\x1d\x1e])\s?|[.?!] |\b(?:for|with|about|regarding|re|of|saw|pt|patient|dr|accepting|asks) )"
    r"([A-Z][a-z]{2,7}) $"
)
_LONGEST_WORD = 24
_ENDS_CLAUSE = re.compile(r"[,.;:)(']|\s?$| ?\(| [0-9#]| (?:mrn|dob|ssn)\b", re.ASCII)


def claims(transcript: Transcript, found: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the names that were found with the title before them and the initial behind them."""
    cased, alone = transcript.cased, _Alone(transcript)
    for claim in found:
        if claim.finding.label is not Label.NAME or len(claim.parts) > 1:
            continue
        [(start, end)] = claim.parts
        given = _given_word(transcript, start, end) if cased[start - 1 : start] == " " else None
        if given is not None:
            yield Claim(((given, end),), claim.finding)
        degree = _DEGREE.match(transcript.folded, end) if cased[end : end + 1] in _DEGREES_OPEN else None
        if degree:
            yield Claim(((start, degree.end()),), claim.finding)
            continue
        titled = cased[start - 1 : start] == " " and cased[start - 2 : start - 1] in _TITLES_END
        abbreviated = cased[end + 2 : end + 3] == "." and cased[end : end + 1] == " "
        if not (titled or abbreviated) or not cased[start].isupper():
            continue
        if not alone[transcript.document_at(start)]:
            continue
        title = _TITLE.search(cased, max(0, start - _LONGEST_TITLE), start) if titled else None
        if title and (
            _ADDRESSED.search(transcript.folded, max(0, title.start() - 14), title.start())
            or not _asks(transcript, start)
        ):
            title = None
        initial = _INITIAL.match(cased, end)
        if title or initial:
            first, last = title.start() if title else start, initial.end() - 1 if initial else end
            yield Claim(((first, last),), claim.finding)


def _asks(transcript: Transcript, at: int) -> bool:
    """Whether a paragraph is a question or a search: it ends without a stop, or names what clinicians look for."""
    stretch = transcript.stretches[transcript.turn_at(at)]
    text = transcript.folded[stretch.start : stretch.end].rstrip()
    if _LETTER.search(text) or (text.count(". ") >= _SENTENCES and not text.endswith("?")):
        return _SOUGHT.search(text) is not None
    return "?" in text or not text.endswith(_STOPS) or _SOUGHT.search(text) is not None


def _given_word(transcript: Transcript, start: int, end: int) -> int | None:
    """Return where a given name begins that is an English word and opens what a surname ends: "Mark Iyanda, 62"."""
    cased = transcript.cased
    if not (cased[start].isupper() and cased[start - 2 : start - 1].islower()) or " " in cased[start:end]:
        return None
    turn = transcript.stretches[transcript.turn_at(start)]
    word = _GIVEN_WORD.search(cased, max(turn.start - 1, start - _LONGEST_WORD), start)
    if word is None or not _ENDS_CLAUSE.match(transcript.folded, end, turn.end):
        return None
    known = lexicon().of(word[1].lower())
    named = known & Bit.GIVEN and not known & (Bit.TITLE | Bit.NO_NAME | Bit.PEOPLE)
    return word.start(1) if named else None


class _Alone(dict[int, bool]):
    """Whether a document is a paragraph that nobody says."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__()
        self._transcript = transcript

    def __missing__(self, document: int) -> bool:
        stretches = self._transcript.stretches
        turn = self._transcript.turn_at(self._transcript.documents[document])
        start, end = stretches[turn].start, stretches[turn].end
        others = self._transcript.next_turn(start) is not None
        alone = self[document] = (
            not (others or stretches[turn].speaker)
            and end - start <= _PARAGRAPH
            and "\n" not in self._transcript.cased[start:end].strip()
        )
        return alone
