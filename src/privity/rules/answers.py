"""What somebody answered who was asked whether a call may be recorded: yes, no, or nothing to be taken for either.

A refusal anywhere in the answer is a refusal. What is hedged, asked back or rambling is no consent.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Final

import msgspec

from privity.rules.tables import table

_WORD: Final = re.compile(r"[a-z0-9']+")
_LONGEST_CONSENT: Final = 15
"""Words; whoever talks longer than this may have agreed to something else."""


class Answer(StrEnum):
    """Whether somebody agreed."""

    YES = "yes"
    NO = "no"


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    agrees_in_spite: tuple[str, ...]
    agrees: tuple[str, ...]
    refuses: tuple[str, ...]
    unclear: tuple[str, ...]
    objects: tuple[str, ...]


class _Patterns(msgspec.Struct, frozen=True):
    agrees_in_spite: re.Pattern[str]
    agrees: re.Pattern[str]
    refuses: re.Pattern[str]
    unclear: re.Pattern[str]
    objects: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    phrases = table("answers.toml", _Phrases)
    return _Patterns(*(_any_of(getattr(phrases, name)) for name in phrases.__struct_fields__))


def answer_in(said: str) -> Answer | None:
    """Return what was answered; None when it is neither a clear yes nor a no, a question included."""
    patterns = _patterns()
    folded = _folded(said)
    rest = patterns.agrees_in_spite.sub(" | ", folded)
    if patterns.refuses.search(rest) or patterns.objects.search(folded):
        return Answer.NO
    if said.rstrip().endswith("?") or patterns.unclear.search(rest) or len(folded.split()) > _LONGEST_CONSENT:
        return None
    return Answer.YES if rest != folded or patterns.agrees.search(rest) else None


def objects_in(said: str) -> bool:
    """Return whether somebody objects to being recorded, in whatever else was said."""
    return _patterns().objects.search(_folded(said)) is not None


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    folded = sorted({_folded(phrase).strip() for phrase in phrases}, key=len, reverse=True)
    return re.compile(f" (?:{'|'.join(re.escape(phrase) for phrase in folded)})(?= )")


def _folded(text: str) -> str:
    """Return the words in lower case without accents, each with a blank on both sides; `don't` stays one word."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return " " + " ".join(_WORD.findall(bare)) + " "
