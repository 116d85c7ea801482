"""What is shown of exceptions: types and places, never words, because any word may quote what they are about.

An exception that is still one is told by its type. One that somebody has put into text already is known there by the
forms that Python gives it: a traceback, or the name of its class with the arguments in brackets.
"""

import re
import traceback
from traceback import TracebackException
from types import TracebackType
from typing import Any, Final

MASK: Final = "[REDACTED]"
_TRACEBACK: Final = "Traceback (most recent call last)"
_BREAK: Final = re.compile(r"(\\r\\n|\\n|\r?\n)")  # also as JSON and repr write it
_PLACE: Final = re.compile(
    r"\s*File \\?\"[^\"\n]{1,1000}\", line \d+(?:, in [\w.<>]+)?|Traceback \(most recent call last\):?|:"
)
_TYPE: Final = re.compile(r"[^\W\d][\w.]{0,200}(?=:|$)")
_PIECE = r"\\.|[^()'\"\n\\]|'(?:[^'\\\n]|\\.)*+'|\"(?:[^\"\\\n]|\\.)*+\"|['\"][^\n]*"
_WITHIN = rf"(?:{_PIECE}|\((?:{_PIECE}|\((?:{_PIECE})*+\)?)*+\)?)*+"
_ARGUMENTS: Final = re.compile(
    rf"\b([A-Z]\w*(?:Error|Exception|Warning)|exception=\w+)\((?!\)|\[REDACTED\]\)){_WITHIN}\)?"
)
_BRACKETS: Final = ("Error(", "Exception(", "Warning(", "exception=")


def told(error: BaseException | TracebackException) -> str:
    """Return the type of an exception, with a mark where its words would stand."""
    if isinstance(error, BaseException):
        return f"{type(error).__name__}: {MASK}"
    name = getattr(error, "exc_type_str", None) or getattr(error.exc_type, "__name__", "exception")
    return f"{str(name).rpartition('.')[2]}: {MASK}"


def wordless(text: str) -> str:
    """Return a text without the words of the exceptions that Python wrote into it."""
    if _TRACEBACK in text:
        before, mark, told_since = text.partition(_TRACEBACK)
        text = f"{before}{mark}{_places_only(told_since)}"
    if any(bracket in text for bracket in _BRACKETS):
        text = _ARGUMENTS.sub(rf"\1({MASK})", text)
    return text


def _places_only(told_since: str) -> str:
    """Return of the lines of a traceback those that tell a place or a type; lines of source may quote anything."""
    kept: list[str] = []
    line_break, of_type = "", True
    for at, piece in enumerate(_BREAK.split(told_since)):
        if at % 2:
            line_break = piece
        elif _PLACE.fullmatch(piece):
            kept += line_break, piece
            of_type = True
        elif of_type and (name := _TYPE.match(piece)):
            kept += line_break, name[0], f": {MASK}" if len(piece) > name.end() else ""
            of_type = False  # what follows are more lines of the same words
    return "".join(kept)


def retold(exc_info: Any) -> str:
    """Return a traceback of places and types: which line of which file, and nothing that was said there."""
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    lines: list[str] = []
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:
        seen.add(id(error))
        lines += [told(error), *_places(error.__traceback__)]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is not None:
            lines.append("caused by")
    return "\n".join(lines)


def _places(at: TracebackType | None) -> list[str]:
    return [f"  {frame.name} in {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(at, limit=20)]
