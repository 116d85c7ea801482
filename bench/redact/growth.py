"""Does redaction take time in proportion to the text, whatever is in it? Feeds repetitions that are bad for patterns.

Two measures, neither of which a busy machine disturbs much. `lines` counts the lines of Python that run, which is exact
and the same every time; it sees loops of ours. `time` is processor time, the least of several, and sees what the
compiled pattern libraries do. Between a text and one eight times as long, something linear grows eightfold and
something quadratic sixty-fourfold; but in a short text a quadratic loop hides behind what is linear. So lines that grow
more than ninefold are counted again from the longer text on, where they may grow twelvefold; time may grow
twentyfourfold. Two controls that are quadratic on purpose, one behind much linear work, must be caught, else nothing is
reported. An exception that is not an error of Privity's own is a crash.
"""

import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from shapes import SHAPES, mixed

from privity.errors import PrivityError
from privity.redact import Label, LooksFor, Policy, Redactor, Turn

QUICK, FULL = (200, 500), (600, 20_000)  # characters of the shorter text, for lines and for time
LONGER, DOUBTFUL_LINES, MOST_LINES, MOST_TIME = 8, 9.0, 12.0, 24.0

Act = Callable[[str], object]


def acts() -> dict[str, Act]:
    """Return the ways in which text comes in: whole, behind a sentence, as turns, and for written forms alone."""
    redactor = Redactor()
    forms = redactor.under(Policy(name="forms", hides=frozenset(Label), looks_for=LooksFor.WRITTEN_FORMS))

    def turns(text: str) -> object:
        parts = [text[at : at + 40] for at in range(0, len(text), 40)]
        return redactor.redact_turns([Turn(speaker="ab"[n % 2], text=part) for n, part in enumerate(parts)])

    def behind(text: str) -> object:
        return redactor.redact_text(f"the order came from our own office. {text}")

    return {"text": redactor.redact_text, "behind": behind, "turns": turns, "forms": forms.redact_text}


def lines(act: Act, text: str) -> int:
    """Return how many lines of Python the act runs."""
    count = 0

    def trace(_: FrameType, event: str, __: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act(text)
    finally:
        sys.settrace(before)
    return count


def seconds(act: Act, text: str, rounds: int) -> float:
    """Return the least processor time of some rounds."""
    least = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        act(text)
        least = min(least, time.process_time() - began)
    return least


def complaints(act: Act, shape: str, sizes: tuple[int, int]) -> Iterator[str]:
    """Yield what is wrong with the act on repetitions of a shape: growth above the line, or a crash."""
    counted, timed = (shape * (size // len(shape) + 1) for size in sizes)
    try:
        act(counted)
    except PrivityError:
        return  # refused in our own words
    except Exception as crash:  # noqa: BLE001 - whatever it is, it is the finding
        yield f"crash: {type(crash).__name__}"
        return
    grown = _growth(act, counted)
    if grown > MOST_LINES:
        yield f"lines grow {grown:.0f}-fold"
    ratio = _slowdown(act, timed)
    if ratio > MOST_TIME:
        yield f"time grows {ratio:.0f}-fold"


def _growth(act: Act, text: str) -> float:
    """Return how many times more lines the longer text takes; what looks doubtful is counted from there on.

    In a short text little may be found, of which the longer one holds enough: such a step is taken once.
    """
    longer = lines(act, text * LONGER)
    grown = longer / max(1, lines(act, text))
    return grown if grown <= DOUBTFUL_LINES else lines(act, text * LONGER**2) / max(1, longer)


def _slowdown(act: Act, text: str) -> float:
    """Return how many times longer the longer text takes; what looks bad is looked at again."""
    ratio = float("inf")
    for rounds in (1, 2, 4, 8):  # the machine may have been busy
        # Below a millisecond the clock says little: a short text counts as one.
        ratio = min(ratio, seconds(act, text * LONGER, rounds) / max(1e-3, seconds(act, text, rounds)))
        if ratio <= MOST_TIME:
            break
    return ratio


def quadratic(text: str) -> int:
    """Return nothing of use, in quadratic time: a control."""
    found = 0
    for at in range(len(text)):
        for other in range(at):
            found += text[at] == text[other]
    return found


def hidden_quadratic(text: str) -> int:
    """Return nothing of use, in quadratic time that hides behind much linear time in a short text: a control."""
    found = 0
    for _ in range(250 * len(text)):
        found += 1
    return found + quadratic(text)


def report(seed: int, mixes: int, *, quick: bool) -> int:
    """Print what grows too fast or crashes, and return how many there are."""
    assert any(complaints(quadratic, "a", (100, 500))), "the control was not caught"
    assert _growth(hidden_quadratic, "a" * 20) > MOST_LINES, "the hidden control was not caught"
    sizes = QUICK if quick else FULL
    shapes = [*SHAPES, *mixed(seed, mixes)]
    wrong = 0
    for name, act in acts().items():
        for shape in shapes[:: 8 if quick and name == "turns" else 1]:
            if name == "behind" and not shape.isalnum():
                continue  # one long word is read otherwise behind others
            for complaint in complaints(act, shape, sizes):
                wrong += 1
                print(f"{name:<6} {shape!a:<40} {complaint}", flush=True)
    print(f"{len(shapes)} shapes, {wrong} complaints")
    return wrong
