"""Log lines that cannot hold content: an event name and declared, typed fields, one JSON object a line.

    log = logs.get("custody")
    log.info("conversation_kept", conversation_id=id, findings=11)

A field is written only if it is declared in `FIELDS` and its value has the declared form; anything else shows as
`[MASKED]`, so a forgotten declaration loses a value and never leaks one. There is no message, no formatting and no
exception text: an exception is its type and an error id. Lines of libraries are reduced to logger, level and place.
The log filter is a second net: a declared value in which it finds something is masked too.
"""

import logging
import re
import sys
import threading
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TextIO
from uuid import UUID

import orjson

from privity.clock import Clock, SystemClock, rfc3339
from privity.log_filter import sanitize_string

MASK: Final = "[MASKED]"

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_TYPE_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,79}\Z")
_ROUTE: Final = re.compile(r"[A-Z]{3,7} (/[a-z0-9_.{}:-]*)+\Z")
_ACTION: Final = re.compile(r"[a-z_]+:[a-z_]+\Z")

FIELDS: Final[Mapping[str, type | re.Pattern[str]]] = {
    "action": _ACTION,
    "attempt": int,
    "bytes": int,
    "channel": StrEnum,
    "conversation_id": UUID,
    "count": int,
    "decision_id": UUID,
    "deletion_id": UUID,
    "depth": int,
    "duration_ms": int,
    "error": _TYPE_NAME,
    "error_id": UUID,
    "exit_code": int,
    "findings": int,
    "first_bad_index": int,
    "index": int,
    "job_id": int,
    "library": _TYPE_NAME,
    "line": int,
    "oldest_ms": int,
    "part": _NAME,
    "pid": int,
    "port": int,
    "reason": StrEnum,
    "request_id": UUID,
    "route": _ROUTE,
    "size": int,
    "state": StrEnum,
    "status": int,
    "task": _NAME,
    "tenant_id": UUID,
    "token_id": re.compile(r"[a-z0-9]{10}\Z"),
    "words": int,
}


def _shown(name: str, value: object) -> object:
    form = FIELDS.get(name)
    if value is None:
        return None
    if isinstance(form, re.Pattern):
        return value if isinstance(value, str) and form.match(value) and sanitize_string(value) == value else MASK
    if form is None or not isinstance(value, form) or (form is int and isinstance(value, bool)):
        return MASK
    return str(value) if isinstance(value, UUID) else value


class Sink:
    """Where lines go: one stream, one line at a time, whole lines only."""

    def __init__(self, stream: TextIO | None = None, *, level: int = logging.INFO, clock: Clock | None = None) -> None:
        self.stream = stream
        self.level = level
        self.clock = clock or SystemClock()
        self._lock = threading.Lock()

    def write(self, level: int, room: str, event: str, fields: Mapping[str, object]) -> None:
        """Write one line unless its level is below the sink's."""
        if level < self.level:
            return
        line: dict[str, object] = {
            "at": rfc3339(self.clock.now()),
            "level": logging.getLevelName(level).lower(),
            "room": room,
            "event": event if _NAME.match(event) else MASK,
        }
        line.update((name if _NAME.match(name) else "masked", _shown(name, value)) for name, value in fields.items())
        with self._lock:
            stream = self.stream or sys.stderr
            stream.write(orjson.dumps(line).decode() + "\n")
            stream.flush()


_sink: Final = Sink(level=logging.WARNING)


class Log:
    """The log of one room."""

    def __init__(self, room: str, sink: Sink = _sink) -> None:
        self._room = room
        self._sink = sink

    def debug(self, event: str, **fields: object) -> None:
        """Record a detail that only a developer needs."""
        self._sink.write(logging.DEBUG, self._room, event, fields)

    def info(self, event: str, **fields: object) -> None:
        """Record that something ordinary happened."""
        self._sink.write(logging.INFO, self._room, event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Record something that an operator should look at."""
        self._sink.write(logging.WARNING, self._room, event, fields)

    def error(self, event: str, error: BaseException | None = None, **fields: object) -> None:
        """Record a failure: the exception's type and nothing of its message, arguments or frames."""
        if error is not None:
            fields["error"] = type(error).__name__
        self._sink.write(logging.ERROR, self._room, event, fields)


def get(room: str) -> Log:
    """Return the log of a room."""
    return Log(room)


class _LibraryLines(logging.Handler):
    """Reduces what libraries log to who, how bad and where; their text may quote anything."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, object] = {"library": record.name, "line": record.lineno}
        if record.exc_info and record.exc_info[0] is not None:
            fields["error"] = record.exc_info[0].__name__
        _sink.write(record.levelno, "library", "library_message", fields)


def start(*, stream: TextIO | None = None, level: str = "info", clock: Clock | None = None) -> None:
    """Send every log line of this process, libraries included, to one stream (stderr unless given)."""
    _sink.stream = stream
    _sink.level = logging.getLevelNamesMapping()[level.upper()]
    _sink.clock = clock or SystemClock()
    root = logging.getLogger()
    root.handlers[:] = [_LibraryLines()]
    root.setLevel(max(_sink.level, logging.INFO))
    logging.captureWarnings(capture=True)
