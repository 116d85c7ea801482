"""What detectors say, and how it is settled when two of them speak of the same place."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from typing import Self

from msgspec import Struct

from privity.redact.findings import Finding
from privity.redact.labels import Label

Part = tuple[int, int]


class Claim(Struct, frozen=True):
    """One detector's word that the places in `parts` hold one identifier. Parts are sorted, one for each turn."""

    parts: tuple[Part, ...]
    finding: Finding

    @classmethod
    def of(cls, label: Label, start: int, end: int, *, detector: str, why: str, score: float) -> Self:
        """Return the claim of one place."""
        return cls(((start, end),), Finding(label=label, detector=detector, why=why, score=score))

    @property
    def size(self) -> int:
        """How many characters are claimed."""
        return sum(end - start for start, end in self.parts)


def settle(claims: Iterable[Claim], text: str) -> list[Claim]:
    """Return claims that do not overlap, in order of their first part.

    The higher score wins a place, then the longer claim. What a loser claims beside the winner stays claimed as long
    as it holds a letter or digit: of two detectors that are both right in part, neither may uncover what the other hid.
    """
    taken: list[Part] = []
    settled: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: (-claim.finding.score, -claim.size, claim.parts)):
        parts: list[Part] = []
        for part in claim.parts:
            rest = _without(part, taken)
            parts += [part] if rest == [part] else (trimmed for left in rest if (trimmed := _trim(left, text)))
        if parts:
            settled.append(Claim(tuple(parts), claim.finding))
            for part in parts:
                insort(taken, part)
    return sorted(settled, key=lambda claim: claim.parts)


def _without(part: Part, taken: Sequence[Part]) -> list[Part]:
    """Cut the taken places, which are sorted and do not overlap, out of a part."""
    start, end = part
    rest: list[Part] = []
    for at in range(max(0, bisect_right(taken, part) - 1), len(taken)):
        first, last = taken[at]
        if first >= end:
            break
        if last <= start:
            continue
        if first > start:
            rest.append((start, first))
        start = last
    if start < end:
        rest.append((start, end))
    return rest


def _trim(part: Part, text: str) -> Part | None:
    """Take blanks and punctuation off both ends; None when nothing is left."""
    start, end = part
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else None
