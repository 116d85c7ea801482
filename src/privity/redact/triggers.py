"""Patterns that are searched only in texts where they can occur: one pass says which of all patterns those are.

A turn of a call holds a few words, and the detectors have dozens of patterns. RE2 knows of each what a text has to hold
before it can match: "how" and "old" for a question of age. A filter of all these pieces is run over a text once; what
cannot match is never searched. Of some patterns nothing can be told in this way. Those of digits may say that they need
a number, others may name words of which they need one; short ones are sought together, in one set, for what they are.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

import re2

from privity.redact.vocabulary import one_of, vocabulary

A_NUMBER: Final = rf"[0-9]|\b(?:{one_of(vocabulary().number_words)})\b".encode()
END: Final = b"\x1c"  # in no transcript; a pass that finds it behind the last octet came to its end
_all: list["Triggered"] = []


class Octets(bytes):
    """The octets of a transcript in lower case; they remember which patterns can occur in them."""

    @cached_property
    def possible(self) -> frozenset[int]:
        """The numbers of the patterns that can occur."""
        return _Filter.of_all().possible(self)


class Triggered:
    """A pattern for octets in lower case, made while modules are loaded.

    `numbered` says that it matches nothing without a number, `needs` is a pattern found in all texts in which it is,
    `short` says that it is one of those that are sought together.
    """

    def __init__(
        self, pattern: bytes, *, numbered: bool = False, needs: bytes | None = None, short: bool = False
    ) -> None:
        self.pattern, self.numbered, self.needs, self.short = pattern, numbered, needs, short
        self.number = len(_all)
        _all.append(self)
        _Filter.made = None

    @cached_property
    def _compiled(self) -> Any:
        """The pattern, compiled where it can occur first: the filter has read them all, and many never occur."""
        return re2.compile(self.pattern)

    def can_occur(self, octets: bytes) -> bool:
        """Whether the pattern has to be searched; True of octets that are no whole transcript."""
        return not isinstance(octets, Octets) or self.number in octets.possible

    def finditer(self, octets: bytes) -> Iterable[Any]:
        """Return the matches, in order."""
        return self._compiled.finditer(octets) if self.can_occur(octets) else ()

    def search(self, octets: bytes, start: int | None = None, end: int | None = None) -> Any:
        """Return the first match between two places, None where there is none."""
        return self._compiled.search(octets, start, end) if self.can_occur(octets) else None


class Group:
    """Patterns that are asked of at once: a detector that finds nothing without any of them need not run."""

    def __init__(self, *patterns: Triggered) -> None:
        self._numbers = frozenset(pattern.number for pattern in patterns)

    def can_occur(self, octets: bytes) -> bool:
        """Whether any of the patterns has to be searched."""
        return not isinstance(octets, Octets) or not self._numbers.isdisjoint(octets.possible)


class _Filter:
    """The filter of all patterns; made when the first text comes, after the modules are loaded."""

    made: "_Filter | None" = None

    def __init__(self) -> None:
        self._filter, self._set = re2.Filter(), re2.Set.SearchSet()
        short = [triggered for triggered in _all if triggered.short]
        self._short = {place: triggered.number for place, triggered in enumerate(short)}
        for triggered in _all:
            self._filter.Add(END if triggered.short else triggered.needs or triggered.pattern)
        for pattern in (*(triggered.pattern for triggered in short), A_NUMBER, END):
            self._set.Add(pattern)
        self._end: int = self._filter.Add(END)
        self._filter.Compile()
        self._set.Compile()
        self._numbered = frozenset(triggered.number for triggered in _all if triggered.numbered)

    @classmethod
    def of_all(cls) -> "_Filter":
        """Return the filter of the patterns that were made so far."""
        made = cls.made
        if made is None:
            made = cls.made = cls()
        return made

    def possible(self, octets: bytes) -> frozenset[int]:
        """Return the numbers of the patterns that can occur in octets; of all when a pass was given up."""
        ended = octets + END
        possible = set(self._filter.Match(ended, True))
        sought = self._set.Match(ended)
        a_number = len(self._short)
        if self._end not in possible or a_number + 1 not in sought:
            return frozenset(range(self._end))
        possible.difference_update(self._short.values(), (self._end,))
        possible.update(self._short[place] for place in sought if place < a_number)
        return frozenset(possible if a_number in sought else possible - self._numbered)
