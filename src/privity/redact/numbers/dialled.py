"""What stands beside a number that is dialled: its extension, the keys before a code, the "plus" before a country."""

import re
from collections.abc import Sequence
from typing import Final

from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.reading.numerals import Group, Run, digits_of

_MOST_DIGITS = 6
_REACH = 40  # characters between a number and its extension
_BEHIND = re.compile(
    r"[\s,.\x1e]*(?:(?:and|then|the|it's|at|with|my|uh|um|okay|that's|also)\s+)*(?:extension|ext|x)\.?\s*(?:is\s+|number\s+)?(?:uh\s+|um\s+)?",
    re.ASCII,
)
_ALONE = re.compile(r"\b(?:extension|ext\.?)(?:\s+(?:number|is|it's|at|uh|um)|'s)*\s+$", re.ASCII)
_DIGITS_ALONE = range(3, _MOST_DIGITS + 1)  # "ask for extension two" tells of nobody
_ALONE_REACH = 30
_MENU = re.compile(r"\bpress [a-z0-9]+,?(?: and| then| and then)? +$", re.ASCII)  # a way through the menu of a firm
_KEYS = re.compile(r"(?:\b(?:pound|star|hash|hashtag)(?: sign| key)?,? |[#*] ?)+$", re.ASCII)
_KEYS_REACH = 24
_PLUS = re.compile(r"\bplus,? (?:uh |um |er )?$", re.ASCII)
_OPENS = {Label.PASSWORD: _KEYS, Label.PHONE: _PLUS}
_ABROAD_DIGITS = range(8, 16)

ABROAD: Final = finding(Label.PHONE, "phone-abroad", "digits behind a plus", 0.8, "form", "plus")
FOUND: Final = finding(Label.PHONE, "phone-extension", "the extension of a telephone", 0.8, "context", "extension")


def is_extension(text: str, run: Run, phone: int | None) -> bool:
    """Return whether a run is an extension; `phone` is where the telephone number before it ends, None without one."""
    reach = max(0, run.start - _ALONE_REACH)
    said = len(run.digits) in _DIGITS_ALONE and "ext" in text[reach : run.start]
    if said and (alone := _ALONE.search(text, reach, run.start)):
        return _MENU.search(text, max(0, alone.start() - _ALONE_REACH), alone.start()) is None
    if phone is None or len(run.digits) > _MOST_DIGITS or run.start - phone > _REACH:
        return False
    return _BEHIND.fullmatch(text, phone, run.start) is not None


def opened_at(text: str, label: Label, start: int) -> int:
    """Return where the keys or the "plus" begin that open a number: "pound two eight eight one", "plus forty nine"."""
    opening = _OPENS.get(label)
    opens = opening.search(text, max(0, start - _KEYS_REACH), start) if opening is not None else None
    return opens.start() if opens else start


def abroad(text: str, groups: Sequence[Group], at: int) -> tuple[int, Finding] | None:
    """Judge digits behind "plus", a telephone number with its country; None where they are none."""
    long = len(digits_of(groups, at)) in _ABROAD_DIGITS
    plus = long and opened_at(text, Label.PHONE, groups[at].start) < groups[at].start
    return (len(groups), ABROAD) if plus else None
