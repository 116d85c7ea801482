"""The one source of time, given to whoever needs it so that tests can move it."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells wall-clock time in UTC and monotonic seconds."""

    def now(self) -> datetime:
        """Return the time of day, timezone-aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, for measuring spans."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()


class SteppedClock:
    """A clock that moves only when told; shipped for tests of anything that waits."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._monotonic = 0.0

    def now(self) -> datetime:
        """Return the time it was last moved to, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds it was moved forward in all."""
        return self._monotonic

    def advance(self, by: timedelta) -> None:
        """Move forward, or back for a wall clock that jumps; monotonic time only ever goes forward."""
        self._now += by
        self._monotonic += max(0.0, by.total_seconds())


def rfc3339(moment: datetime) -> str:
    """Return the moment as RFC 3339 text in UTC with microseconds, such as `2026-11-22T10:15:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
