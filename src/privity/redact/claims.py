"""What detectors say, and how it is settled when two of them speak of the same place."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from msgspec import Struct

from privity.redact.findings import Finding

Part = tuple[int, int]


class Claim(Struct, frozen=True, gc=False):
    """One detector's word that the places in `parts` hold one identifier. Parts are sorted, one for each turn."""

    parts: tuple[Part, ...]
    finding: Finding

    @property
    def size(self) -> int:
        """How many characters are claimed."""
        if len(self.parts) == 1:
            [(start, end)] = self.parts
            return end - start
        return sum(end - start for start, end in self.parts)


class Covering:
    """Places that may hold others; asked as often as there are claims, they are not passed over one by one."""

    def __init__(self, places: Iterable[Part]) -> None:
        ordered = sorted(places)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether one of them holds a whole place."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self._reach[at] >= end


def settle(claims: Iterable[Claim], text: str) -> list[Claim]:
    """Return claims that do not overlap, in order of their first part.

    The higher score wins a place, then the longer claim. What a loser claims beside the winner stays claimed as long
    as it holds a letter or digit: of two detectors that are both right in part, neither may uncover what the other hid.
    """
    settled: list[Claim] = []
    for contest in _contests(claims):
        settled += contest if len(contest) == 1 else _settle(contest, text)
    return settled


def _contests(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Yield the claims in groups that lie apart, in order; most groups have one claim, and nothing is to be settled."""
    contest: list[Claim] = []
    reach = -1
    for claim in sorted(claims, key=_begins):
        if claim.parts[0][0] >= reach and contest:
            yield contest
            contest = []
        contest.append(claim)
        reach = max(reach, claim.parts[-1][1])
    if contest:
        yield contest


def _begins(claim: Claim) -> int:
    return claim.parts[0][0]


def _rank(claim: Claim) -> tuple[float, int, tuple[Part, ...]]:
    return -claim.finding.score, -claim.size, claim.parts


def _settle(claims: Sequence[Claim], text: str) -> list[Claim]:
    ranked = sorted(claims, key=_rank)
    best = ranked[0]
    [(start, end), *more] = best.parts
    if not more and all(claim.parts[0][0] >= start and claim.parts[-1][1] <= end for claim in ranked):
        return [best]
    taken: list[Part] = []
    settled: list[Claim] = []
    for claim in ranked:
        parts: list[Part] = []
        for part in claim.parts:
            rest = _without(part, taken)
            parts += [part] if rest == [part] else (trimmed for left in rest if (trimmed := _trim(left, text)))
        if parts:
            settled.append(Claim(tuple(parts), claim.finding))
            for part in parts:
                insort(taken, part)
    return _joined(sorted(settled, key=attrgetter("parts")), text)


def _joined(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Join neighbours of one label: one detector knew the surname, another the whole name."""
    joined: list[Claim] = []
    for claim in claims:
        last = joined[-1] if joined else None
        if (
            last is not None
            and len(last.parts) == len(claim.parts) == 1
            and last.finding.label is claim.finding.label
            and text[last.parts[0][1] : claim.parts[0][0]] in {"", " "}
        ):
            better = max(last.finding, claim.finding, key=attrgetter("score"))
            joined[-1] = Claim(((last.parts[0][0], claim.parts[0][1]),), better)
        else:
            joined.append(claim)
    return joined


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
