"""The values that were found in one document, so that a run that repeats one is known however many there are.

A value is looked up by its digits, or by any four of them that follow each other; no run is held against all values.
"""

from msgspec import Struct

from privity.redact.claims import Claim
from privity.redact.reading.numerals import Run

LEAST_REPEATED = 4  # digits
_SURELY_REPEATED = 7


class Value(Struct, frozen=True):
    """An identifier that was cut out of a run."""

    digits: str
    claim: Claim


class Values:
    """The values of one document, in the order in which they were found."""

    def __init__(self) -> None:
        self._alike: dict[str, list[Value]] = {}  # the first two of the same digits: one may be the run itself
        self._holding: dict[str, list[str]] = {}  # by four digits, once it is asked for

    def add(self, value: Value) -> None:
        """Remember a value."""
        same = self._alike.setdefault(value.digits, [])
        if len(same) < 2:
            same.append(value)

    def source(self, run: Run, *, taken: bool) -> Value | None:
        """Return the value that a run repeats; a known run yields only to an earlier, equal and long one."""
        if taken:
            same = self._alike.get(run.digits, ()) if len(run.digits) >= _SURELY_REPEATED else ()
            return next((value for value in same if _is_earlier(value, run.start)), None)
        if not self._holding:
            self._index()
        for digits in self._holding.get(run.digits[:LEAST_REPEATED], ()):
            if run.digits in digits:
                return self._alike[digits][0]
        return None

    def _index(self) -> None:
        for digits in self._alike:
            pieces = {digits[at : at + LEAST_REPEATED] for at in range(len(digits) - LEAST_REPEATED + 1)}
            for piece in pieces:
                self._holding.setdefault(piece, []).append(digits)


def _is_earlier(value: Value, start: int) -> bool:
    parts = value.claim.parts
    return parts[0][0] < start and all(first != start for first, _ in parts)
