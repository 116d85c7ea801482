"""The time of entries: the server's, never going back, and honest about a clock that jumps.

The wall clock is compared with the monotonic one between two readings. If they disagree by more than a second
backwards, or a minute forwards, the jump is kept until an entry has told of it. Stamps wait for a clock that went back.
"""

from datetime import datetime, timedelta

import msgspec

from privity.clock import Clock, rfc3339

BACKWARD = timedelta(seconds=-1)
FORWARD = timedelta(minutes=1)


class ClockAnomaly(msgspec.Struct, frozen=True, kw_only=True):
    """A jump of the wall clock: what it said, what it said next, and how far that is from what had passed."""

    before: datetime
    after: datetime
    skew: timedelta

    def body(self) -> dict[str, str | int]:
        """Return the body of a `clock_anomaly` entry."""
        return {
            "before": rfc3339(self.before),
            "after": rfc3339(self.after),
            "skew_ms": self.skew // timedelta(milliseconds=1),
        }


class Timekeeper:
    """Stamps times that never go back, starting at the last time that any log holds."""

    def __init__(self, clock: Clock, last: datetime) -> None:
        self._clock = clock
        self._last = last
        self._reading: tuple[datetime, float] | None = None
        self.anomaly: ClockAnomaly | None = None

    def stamp(self) -> datetime:
        """Return the time for what happens now; sets `anomaly` when the clock has jumped since the last stamp."""
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        if self._reading is None:
            before, skew = self._last, min(wall - self._last, timedelta())  # how long we were away is not known
        else:
            before = self._reading[0]
            skew = wall - before - timedelta(seconds=monotonic - self._reading[1])
        if not BACKWARD <= skew <= FORWARD:
            self.anomaly = ClockAnomaly(before=before, after=wall, skew=skew)
        self._reading = wall, monotonic
        self._last = max(self._last, wall)
        return self._last

    def tell(self) -> ClockAnomaly | None:
        """Return the anomaly that is to be told of, and let go of it; `untold` brings it back."""
        told, self.anomaly = self.anomaly, None
        return told

    def untold(self, anomaly: ClockAnomaly | None) -> None:
        """Take back an anomaly that could not be recorded."""
        self.anomaly = self.anomaly or anomaly
