"""Extensions of telephones, said behind a number or alone, and the keys that are pressed before a code."""

import re
from typing import Final

from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.numerals import Run

_MOST_DIGITS = 6
_REACH = 40  # characters between a number and its extension
_BEHIND = re.compile(
    r"[\s,.\x1e]*(?:(?:and|then|the|it's|at|with|my|uh|um|okay|that's|also)\s+)*(?:extension|ext|x)\.?\s*(?:is\s+|number\s+)?(?:uh\s+|um\s+)?",
    re.ASCII,
)
_ALONE = re.compile(r"\b(?:extension|ext\.?)(?:\s+(?:number|is|it's|at|uh|um)|'s)*\s+$", re.ASCII)
_DIGITS_ALONE = range(3, _MOST_DIGITS + 1)  # "ask for extension two" tells of nobody
_ALONE_REACH = 30
_KEYS = re.compile(r"(?:\b(?:pound|star|hash|hashtag)(?: sign| key)?,? |[#*] ?)+$", re.ASCII)
_KEYS_REACH = 24

FOUND: Final = finding(Label.PHONE, "phone-extension", "the extension of a telephone", 0.8, "context", "extension")


def is_extension(text: str, run: Run, phone: int | None) -> bool:
    """Return whether a run is an extension; `phone` is where the telephone number before it ends, None without one."""
    if len(run.digits) in _DIGITS_ALONE and _ALONE.search(text, max(0, run.start - _ALONE_REACH), run.start):
        return True
    if phone is None or len(run.digits) > _MOST_DIGITS or run.start - phone > _REACH:
        return False
    return _BEHIND.fullmatch(text, phone, run.start) is not None


def keys_before(text: str, start: int) -> int:
    """Return where the keys that open a code begin, "pound" of "pound two eight eight one", or where the code does."""
    keys = _KEYS.search(text, max(0, start - _KEYS_REACH), start)
    return keys.start() if keys else start
