"""Where a date ends and begins: times of day, amounts and rooms behind it are no part of it, nor is a speaker's number.

"january 19, 20:15" is no year 20, "march sixth, forty five dollars" no year 45, "june five hundred" no fifth of June.
What is typed to a program shows the article of "the 8th of march", which in speech goes with its date. The stamp that
opens the line of a log keeps its time, without which nobody can follow what a program did.
"""

import re
from typing import Final

from privity.redact.claims import Part
from privity.redact.dates.date_words import MONTH, TENS, UNIT
from privity.redact.reading.transcript import Transcript

_JOINT = r"(?:\s*,\s*|\s+)"
_LAST_NUMBER = re.compile(rf"{_JOINT}(?:at\s+)?(?:[0-9]{{1,2}}|{TENS}(?:[\s-]+{UNIT})?|{UNIT})$", re.ASCII)
_DIGITS_LAST = re.compile(r"[\s,][0-9]{1,2}$", re.ASCII)
_OF_HOUR = re.compile(r":[0-5][0-9]|(?:\s+[0-5][0-9])?\s?[ap](?:m\b|\.\s?m\.|\sm\b)|\s+o'?clock\b", re.ASCII)
_OF_AMOUNT = re.compile(r"\s+(?:dollars?|bucks|euros?|pounds|cents|percent|hundred|thousand)\b|\s?%", re.ASCII)
_TIME = re.compile(rf"{_JOINT}(?:at\s+)?[0-2]?[0-9]:[0-5][0-9]$", re.ASCII)
_IN_ROOM = re.compile(r"(?:(?<=[\s/.-](?:19|20)[0-9]{2})\s+in\s+[0-9]+[a-z]?|\s+in\s+[0-9]+[a-z])$", re.ASCII)
_NO_DATE = re.compile(rf"(?:the\s+)?(?:{MONTH}|[0-9]+|[a-z]+)", re.ASCII)
_NUMBER = re.compile(r"[0-9]+\s*\n\s*", re.ASCII)
_STAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[t ][0-9.:,z+-]+[\]:]?\s+[\[<(]?(?:debug|trace|info|notice|warn|err|fatal|crit))",
    re.ASCII,
)
_SPEAKERS: Final = ("speaker ", "channel ")
_THE: Final = "the "
_WHO_TYPES: Final = frozenset({"ai", "assistant", "bot", "chatbot", "system", "user"})
_LINE_OPENS: Final = frozenset("\n\x1c\x1d\x1e[")


def edges(transcript: Transcript, start: int, end: int) -> Part | None:
    """Return where a date begins and ends that stands between two places; None where no date is left."""
    text = transcript.folded
    if text.startswith(_THE, start) and text[start + len(_THE)].isdigit() and _is_typed(transcript, start):
        start += len(_THE)
    if text[start - 1 : start] in _LINE_OPENS or not start:
        stamp = _STAMP.match(text, start)
        end = stamp.end() if stamp else end
    behind = text[end : end + 1]
    if behind and behind in ": pao%":
        hour = _DIGITS_LAST.search(text, start, end) and _OF_HOUR.match(text, end)
        if hour or _OF_AMOUNT.match(text, end):
            last = _LAST_NUMBER.search(text, start, end)
            end = last.start() if last else end
    return None if _NO_DATE.fullmatch(text, start, end) else (start, end)


def _is_typed(transcript: Transcript, place: int) -> bool:
    """Whether a turn, or one beside it, is of somebody who writes to a program."""
    stretches, turn = transcript.stretches, transcript.turn_at(place)
    document = stretches[turn].document
    beside = stretches[max(0, turn - 1) : turn + 2]
    return any(other.speaker in _WHO_TYPES and other.document == document for other in beside)


def behind_head(transcript: Transcript, start: int, end: int) -> int:
    """Return where a date begins behind the number of a speaker that ends the line before, or the place."""
    text = transcript.folded
    if not text.endswith(_SPEAKERS, 0, start):
        return start
    number = _NUMBER.match(text, start, end)
    return number.end() if number else start


def end_of_words(transcript: Transcript, start: int, end: int) -> int:
    """Return where the words of a date end, without the time and the room that numbers behind it tell."""
    text = transcript.folded
    for pattern in (_TIME, _IN_ROOM):
        if more := pattern.search(text, start, end):
            end = more.start()
    return end
