"""Times as people read them: near ones relative, and every one exact when it is looked at."""

from datetime import UTC, datetime, timedelta
from typing import Final

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def exact(moment: datetime) -> str:
    """Return `2 June 2026, 09:14:02.118 UTC`."""
    utc = moment.astimezone(UTC)
    return f"{day(utc)}, {utc:%H:%M:%S}.{utc.microsecond // 1000:03} UTC"


def day(moment: datetime) -> str:
    """Return `2 June 2026`."""
    utc = moment.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y}"


def clock(moment: datetime) -> str:
    """Return `09:14:02`, in UTC."""
    return f"{moment.astimezone(UTC):%H:%M:%S}"


def relative(moment: datetime, now: datetime) -> str:
    """Return how long ago, or in how long, in the largest unit that fits: `12 s ago`, `in 3 days`."""
    apart = abs(now - moment)
    if apart < timedelta(seconds=2):
        return "now"
    if apart < _MINUTE:
        words = f"{apart.seconds} s"
    elif apart < _HOUR:
        words = f"{apart // _MINUTE} min"
    elif apart < _DAY:
        words = f"{apart // _HOUR} h"
    else:
        days = apart // _DAY
        words = f"{days} day{'s' if days > 1 else ''}"
    return f"{words} ago" if moment <= now else f"in {words}"


def span(milliseconds: int) -> str:
    """Return a length of audio as `1 min 52 s`."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def position(milliseconds: int) -> str:
    """Return a place in audio as `1:52`."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"
