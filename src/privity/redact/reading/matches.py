"""Patterns of RE2 for octets, without what its package wraps around them.

Its matches ask the pattern how many groups it has whenever they are asked for a place, and each search is a generator:
in a turn that takes longer than to search. Here is nothing but what RE2 itself tells, where all groups stand.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import re2

_ANYWHERE = re2._Anchor.UNANCHORED  # noqa: SLF001 - the binding beneath the wrapper

Span = tuple[int, int]


class Match:
    """Where a pattern matched in octets; the whole match is group 0, and a group that took no part is at (-1, -1)."""

    __slots__ = ("_octets", "_spans")

    def __init__(self, octets: bytes, spans: list[Span]) -> None:
        self._octets, self._spans = octets, spans

    def __getitem__(self, group: int) -> Any:
        """Return what a group matched, None if it took no part."""
        start, end = self._spans[group]
        return None if start < 0 else self._octets[start:end]

    def start(self, group: int = 0) -> int:
        """Return where a group begins."""
        return self._spans[group][0]

    def end(self, group: int = 0) -> int:
        """Return where a group ends, excluded."""
        return self._spans[group][1]

    def span(self, group: int = 0) -> Span:
        """Return where a group begins and ends."""
        return self._spans[group]

    @property
    def lastindex(self) -> int | None:
        """The group that ends last, the outermost of several; None where none took part."""
        ends = [end for _, end in self._spans]
        last = max(ends[1:], default=-1)
        return ends.index(last, 1) if last >= 0 else None


class Pattern:
    """A pattern for one octet or more with so many `groups`; raises re2.error for one that RE2 does not take."""

    def __init__(self, pattern: bytes) -> None:
        compiled = re2.compile(pattern)
        self.groups: int = compiled.groups
        self._match = compiled._regexp.Match  # noqa: SLF001 - likewise

    def search(self, octets: bytes, start: int = 0, end: int | None = None) -> Match | None:
        """Return the first match between two places, None where there is none."""
        size = len(octets)
        start, end = min(start, size), size if end is None else min(end, size)
        spans = self._match(_ANYWHERE, octets, start, end) if start <= end else [(-1, -1)]
        return None if spans[0][0] < 0 else Match(octets, spans)

    def finditer(self, octets: bytes) -> Iterable[Match]:
        """Return the matches, in order."""
        spans = self._match(_ANYWHERE, octets, 0, len(octets))
        return () if spans[0][0] < 0 else self._all(octets, spans)

    def _all(self, octets: bytes, spans: list[Span]) -> Iterator[Match]:
        while spans[0][0] >= 0:
            yield Match(octets, spans)
            spans = self._match(_ANYWHERE, octets, spans[0][1], len(octets))
