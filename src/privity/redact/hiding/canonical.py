"""One form for a value however it was written or said, so that a token or a surrogate is the same for all of them.

`4111 1111 1111 1111`, `4111-1111...` and `four one one one ...` are one card; `Mary OKAFOR` and `mary okafor` are one
name; a name that is spelled out is the name. Only for comparing: the form is never shown.
"""

import re
from typing import Final

from privity.redact.labels import Label
from privity.redact.reading.folding import NOTHING, fold
from privity.redact.reading.numerals import runs_of
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import transcript_of_texts

_WORDS: Final = re.compile(r"[a-z]+")
DIGITAL: Final = frozenset({
    Label.PHONE, Label.SSN, Label.MRN, Label.HEALTH_PLAN, Label.ACCOUNT, Label.BANK_ACCOUNT, Label.ZIP, Label.CARD,
    Label.CVV, Label.AGE, Label.ID,
})  # fmt: skip
_TITLES: Final = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx"})


def canonical(label: Label, value: str) -> str:
    """Return the form of a value that all its spellings share."""
    if label in DIGITAL and (digits := said_digits(value)):
        return digits
    folded = fold(value).lower().replace(NOTHING, "")
    kept = "".join(character if character.isalnum() or character in "@.:" else " " for character in folded)
    words = kept.strip(".: ").split()
    if label is Label.NAME and len(words) > 1 and words[0].rstrip(".") in _TITLES:
        words = words[1:]  # "Dr. Roth" is "Roth"
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)


def all_digits(value: str) -> tuple[str, str]:
    """Return the digits that are written in a value, and all that are written or said, whatever stands between them."""
    written = "".join(character for character in fold(value) if "0" <= character <= "9")
    return written, "".join(run.digits for run in runs_of(transcript_of_texts((value,))))


def said_digits(value: str) -> str:
    """Return the digits of a value, also when they are said in words; empty when it holds letters beside them."""
    written = "".join(character for character in fold(value) if character.isalnum())
    if written.isdigit():
        return written
    said = _WORDS.findall(fold(value).lower())
    if any(character.isdigit() for character in written) and not NUMBER_WORDS.issuperset(said):
        return ""
    return "".join(run.digits for run in runs_of(transcript_of_texts((value,))))
