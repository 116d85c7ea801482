"""Where a recording has to be silent so that no finding can be heard.

A finding is silenced from its first word to its last, also over turns and whatever was said in between, with half a
second before and behind: recognizers place words no more exactly than that. What cannot be placed silences more, never
less: a turn whose words do not stand where they say is silenced whole, a finding in a turn without words, or one that
is heard before the recording begins or after it ends, silences all.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from privity.redact.findings import Span
from privity.redact.turns import Turn, words_are_placed

MARGIN_MS: Final = 500


class Window(Struct, frozen=True, order=True):
    """Silence from `start_ms` to `end_ms`, end excluded."""

    start_ms: int
    end_ms: int


def windows_to_silence(
    turns: Sequence[Turn], spans: Sequence[Sequence[Span]], *, duration_ms: int, margin_ms: int = MARGIN_MS
) -> tuple[Window, ...]:
    """Return the windows to silence, in order and apart. `turns` are the original ones, `spans` those found in them."""
    heard: list[Window] = []
    begun: dict[int, int] = {}  # which of them a value that goes on is heard in: equal findings may be one object
    for turn, found in zip(turns, spans, strict=True):
        for span in found:
            window = _window(turn, span)
            if window is None or not 0 <= window.start_ms < duration_ms:
                return (Window(0, duration_ms),)
            if not span.continues:
                begun[id(span.finding)] = len(heard)
                heard.append(window)
            elif (first := begun.get(id(span.finding))) is not None:
                heard[first] = _around(heard[first], window)
            else:
                return (Window(0, duration_ms),)  # its first part is in no turn that is known
    return _merged(
        [Window(max(0, window.start_ms - margin_ms), min(duration_ms, window.end_ms + margin_ms)) for window in heard]
    )


def _window(turn: Turn, span: Span) -> Window | None:
    if not turn.words:
        return None
    said = [word for word in turn.words if word.start < span.end and span.start < word.end]
    if not said or not words_are_placed(turn):
        said = list(turn.words)
    return Window(min(word.start_ms for word in said), max(word.end_ms for word in said))


def _around(one: Window, other: Window) -> Window:
    return Window(min(one.start_ms, other.start_ms), max(one.end_ms, other.end_ms))


def _merged(windows: list[Window]) -> tuple[Window, ...]:
    merged: list[Window] = []
    for window in sorted(windows):
        if merged and window.start_ms <= merged[-1].end_ms:
            merged[-1] = _around(merged[-1], window)
        elif window.start_ms < window.end_ms:
            merged.append(window)
    return tuple(merged)
