"""What a written form is: one row of the table of forms."""

from collections.abc import Callable

from msgspec import Struct

from privity.redact.labels import Label


class Rule(Struct, frozen=True, kw_only=True):
    """One written form.

    A group in `pattern`, if there is one, narrows what is hidden. `check` sees the value as it stands, in capitals;
    `reaches` says how many of its characters are the value where the form takes a word behind it along, 0 for none.
    `validator` tells a reader what it found. A text without any of `holds`, where they are given, has no such form.
    `alone` forbids digits, letters, "-" and "." beside it. A rule that heeds cues stays silent behind a harmless one,
    and is renamed by one that announces a number of another kind.
    """

    detector: str
    label: Label
    pattern: str
    why: str
    score: float
    check: Callable[[str], bool] | None = None
    reaches: Callable[[str], int] | None = None
    validator: str = ""
    alone: bool = False
    heeds_cues: bool = False
    only_right_before: bool = False  # it does a harmless word silence it: "it's in lane 4, 617-555-0142"
    holds: tuple[bytes, ...] = ()
