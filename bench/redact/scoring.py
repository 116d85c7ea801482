"""How well something hides what it should: shares of letters and digits, of values, of documents, and span F2.

Only letters and digits count, so a hidden space or comma never matters. Spans labelled `ORG` or `IGNORE` may be hidden
or not, and so may hesitations, urgings and corrections within a value: "um", "okay", "no wait", "all lower case". `F2`
weighs a missed span four times as much as one too many; a span is found when it shares half of its union with a
predicted one, whatever its label. Spans of one family that touch, or between which nothing but those is said, count as
one, so that a given and a family name are not two.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from labelled import Labelled
from saying import FILLERS, REPAIRS

FREE = frozenset({"ORG", "IGNORE"})
FAMILY = {
    "ADDRESS": "PLACE", "LOCATION": "PLACE", "DOB": "DATE", "MRN": "ID", "LICENSE": "ID", "OTHER": "ID", "IBAN": "ID",
    "BANK_ACCOUNT": "ID",
}  # fmt: skip
_SAME_PLACE = re.compile(r"\s{1,2}|[\s,.]{1,3}")
_SAME = re.compile(r"\s{1,2}")
_ASIDES = "|".join(sorted(map(re.escape, {*FILLERS, *REPAIRS, "all lower case"} - {"dash"}), key=len, reverse=True))
_ASIDE = re.compile(rf"(?<=[\s,.])(?:(?:{_ASIDES})\b[\s,.]+)+")

Found = tuple[int, int, str]


@dataclass
class Quality:
    """Counts over documents, and the rates that they make."""

    sensitive: Counter[str] = field(default_factory=Counter)  # letters and digits by kind
    hidden: Counter[str] = field(default_factory=Counter)
    spans: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)  # spans hidden to the last character
    innocent: int = 0
    masked: int = 0
    documents: int = 0  # with something to hide
    clean: int = 0
    gold: int = 0
    matched: int = 0
    predicted: int = 0

    @property
    def character_recall(self) -> float:
        """The share of sensitive letters and digits that are hidden."""
        return _share(self.hidden.total(), self.sensitive.total())

    @property
    def wholly_hidden(self) -> float:
        """The share of spans of which nothing is left."""
        return _share(self.whole.total(), self.spans.total())

    @property
    def clean_documents(self) -> float:
        """The share of documents that leak nothing."""
        return _share(self.clean, self.documents)

    @property
    def masked_per_thousand(self) -> float:
        """Innocent letters and digits masked for each thousand."""
        return 1000 * self.masked / max(1, self.innocent)

    @property
    def f2(self) -> float:
        """The F2 of spans at half overlap."""
        recall, precision = _share(self.matched, self.gold), _share(self.matched, self.predicted)
        return 5 * precision * recall / (4 * precision + recall) if precision + recall else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def quality(documents: Iterable[Labelled], found: Mapping[str, Sequence[Found]]) -> Quality:
    """Return the counts over all documents; one that has no answer counts as one in which nothing was found."""
    counts = Quality()
    for document in documents:
        _count(counts, document, found.get(document.id, ()))
    return counts


def leaks(document: Labelled, found: Sequence[Found]) -> list[tuple[int, str]]:
    """Return for each gold span how many letters and digits of it are readable, and these with the rest as _."""
    text, covered = document.text, _covered(len(document.text), found)
    left = []
    for span in document.spans:
        places = range(span.start, span.end)
        readable = sum(text[place].isalnum() and not covered[place] for place in places)
        rest = ("_" if covered[place] and not text[place].isspace() else text[place] for place in places)
        left.append((readable, "".join(rest)))
    return left


def _covered(size: int, found: Sequence[Found]) -> bytearray:
    covered = bytearray(size)
    for start, end, _ in found:
        covered[max(0, start) : end] = b"\x01" * (min(size, end) - max(0, start))
    return covered


def _count(counts: Quality, document: Labelled, found: Sequence[Found]) -> None:
    text, size = document.text, len(document.text)
    covered, kept = _covered(size, found), bytearray(size)
    gold: list[Found] = []
    clean = True
    for span in document.spans:
        kept[span.start : span.end] = (b"\x02" if span.label in FREE else b"\x01") * (span.end - span.start)
    for span in document.spans:
        for aside in _ASIDE.finditer(text, span.start, span.end):
            if kept[aside.start()] == 1 and aside.end() < span.end:
                kept[slice(*aside.span())] = b"\x02" * (aside.end() - aside.start())
    for span in document.spans:
        places = [place for place in range(span.start, span.end) if text[place].isalnum() and kept[place] == 1]
        if span.label in FREE or not places:
            continue
        hits = sum(covered[place] for place in places)
        counts.sensitive[span.kind] += len(places)
        counts.hidden[span.kind] += hits
        counts.spans[span.kind] += 1
        counts.whole[span.kind] += hits == len(places)
        clean &= hits == len(places)
        gold.append((span.start, span.end, span.label))
    for place, character in enumerate(text):
        if character.isalnum() and not kept[place]:
            counts.innocent += 1
            counts.masked += covered[place]
    if gold:
        counts.documents += 1
        counts.clean += clean
    gold = _joined(text, gold)
    answers = [span for span in _joined(text, found) if not _mostly_free(text, kept, span)]
    counts.gold += len(gold)
    counts.predicted += len(answers)
    counts.matched += _matches(gold, answers)


def _joined(text: str, spans: Sequence[Found]) -> list[Found]:
    """Return the spans trimmed to letters and digits, with touching ones of one family as one."""
    done: list[Found] = []
    for first, last, label in sorted(spans):
        start, end = _trimmed(text, max(0, first), min(len(text), last))
        if start >= end:
            continue
        family = FAMILY.get(label, label)
        if done and done[-1][2] == family:
            between = text[done[-1][1] : start]
            touching = (_SAME_PLACE if family == "PLACE" else _SAME).fullmatch(between)
            if start <= done[-1][1] or touching or _ASIDE.fullmatch(text, _behind(text, done[-1][1]), start):
                done[-1] = (done[-1][0], max(done[-1][1], end), family)
                continue
        done.append((start, end, family))
    return done


def _behind(text: str, end: int) -> int:
    """Return where the next word begins behind a span."""
    while end < len(text) and text[end] in " ,.\n":
        end += 1
    return end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _mostly_free(text: str, kept: bytearray, span: Found) -> bool:
    """Whether more than half of a span may be hidden or not, and less than half of it must."""
    places = [place for place in range(span[0], span[1]) if text[place].isalnum()]
    free = sum(kept[place] == 2 for place in places)
    return 2 * free > len(places) > 2 * sum(kept[place] == 1 for place in places)


def _matches(gold: Sequence[Found], answers: Sequence[Found]) -> int:
    """Return how many spans pair up, one with one, best overlap first, at half of their union or more."""
    pairs = []
    for number, (start, end, _) in enumerate(gold):
        for other, (first, last, _) in enumerate(answers):
            shared = min(end, last) - max(start, first)
            if shared > 0 and 2 * shared >= max(end, last) - min(start, first):
                pairs.append((shared / (max(end, last) - min(start, first)), number, other))
    left, right = set(), set()
    for _, number, other in sorted(pairs, reverse=True):
        if number not in left and other not in right:
            left.add(number)
            right.add(other)
    return len(left)
