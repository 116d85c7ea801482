"""Loggers whose every line is sanitized: message, arguments, extra fields, exceptions.

`get_secure_logger` protects one logger, `protect_all_loggers` all of a process, those of libraries included. Both hold
a record when it is made, before any handler sees it, so it does not matter which handlers there are or come later.
"""

import logging
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from numbers import Number
from typing import Any, Final
from uuid import uuid4

from privity.log_filter.containers import sanitize_dict
from privity.log_filter.exceptions import MASK, retold
from privity.log_filter.strings import sanitize_string

_STANDARD: Final = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message",
    "asctime",
    "taskName",
}
_NAMES: Final = ("name", "threadName", "processName", "taskName")  # which an application may make of anything
_DONE: Final = "_privity_sanitized"


class SecureFilter(logging.Filter):
    """Sanitizes each record that passes; add it to a logger or to a handler. No record is dropped."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Sanitize the record in place; one that cannot be is emptied, so that nothing of it is shown."""
        sanitize_record(record)
        return True


class SecureLogger(logging.LoggerAdapter[logging.Logger]):
    """A logger whose lines are sanitized."""

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, MutableMapping[str, Any]]:
        """Return message and arguments as they are: the filter of the logger sees all of them together."""
        return msg, kwargs


_FILTER: Final = SecureFilter()


def get_secure_logger(name: str) -> SecureLogger:
    """Return the logger of that name with every line sanitized; it is used like any other logger."""
    logger = logging.getLogger(name)
    if _FILTER not in logger.filters:
        logger.addFilter(_FILTER)
    return SecureLogger(logger, {})


def protect_all_loggers() -> Callable[[], None]:
    """Have every logger of this process sanitize, also of libraries and web servers; return what undoes it.

    Asking again changes nothing.
    """
    undone = [_secured(name) for name in ("handle", "callHandlers")]

    def undo() -> None:
        for each in undone:
            each()

    return undo


def _secured(name: str) -> Callable[[], None]:
    """Sanitize before a method of every logger that each record passes; a subclass may override one of the two."""
    original = getattr(logging.Logger, name)
    if getattr(original, _DONE, False):
        return lambda: None

    def secured(self: logging.Logger, record: logging.LogRecord) -> None:
        sanitize_record(record)
        original(self, record)

    setattr(secured, _DONE, True)
    setattr(logging.Logger, name, secured)

    def undo() -> None:
        if getattr(logging.Logger, name) is secured:
            setattr(logging.Logger, name, original)

    return undo


def safe_log_exception(
    logger: logging.Logger | logging.LoggerAdapter[Any],
    error: BaseException,
    event: str = "an error",
    *,
    new_id: Callable[[], str] = lambda: uuid4().hex,
) -> str:
    """Log that something failed, as the type of the exception and an id, and return the id to be quoted.

    Neither message, arguments, frames nor causes of the exception are logged: any of them may quote what it was about.
    """
    error_id = new_id()
    logger.error("%s: %s error_id=%s", sanitize_string(event), type(error).__name__, error_id)
    return error_id


def sanitize_record(record: logging.LogRecord) -> None:
    """Sanitize a record in place, once; one that cannot be is emptied."""
    if getattr(record, _DONE, False):
        return
    try:
        _sanitize_message(record)
        for name in _NAMES:
            if isinstance(value := record.__dict__.get(name), str):
                record.__dict__[name] = _name(value)
        for name, value in list(record.__dict__.items()):
            if name not in _STANDARD:
                record.__dict__[name] = sanitize_dict({name: value})[name] if name == sanitize_string(name) else MASK
        if record.exc_info:
            record.exc_text = retold(record.exc_info)
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = sanitize_string(record.exc_text)
        if record.stack_info:
            record.stack_info = sanitize_string(record.stack_info)
    except Exception:  # noqa: BLE001 - a line that cannot be judged must not be shown, and logging must not fail
        record.msg, record.args, record.exc_info, record.exc_text, record.stack_info = MASK, (), None, None, None
        record.__dict__.update({name: MASK for name in record.__dict__ if name not in _STANDARD or name in _NAMES})
    record.__dict__[_DONE] = True


@lru_cache(maxsize=1024)
def _name(name: str) -> str:
    return sanitize_string(name)


def _sanitize_message(record: logging.LogRecord) -> None:
    """Sanitize message and arguments apart where that is enough, because handlers such as uvicorn's read the arguments.

    Where only both together tell ("password %s"), the finished message takes their place.
    """
    # A string of a class of its own may show itself otherwise, and is asked to when the line is written.
    record.msg = str(record.msg) if isinstance(record.msg, str) else str(sanitize_dict(record.msg))
    if not record.args:
        record.msg, record.args = sanitize_string(record.msg), ()
        return
    given = record.args
    record.args = sanitize_dict(given) if isinstance(given, dict) else tuple(map(sanitize_dict, given))
    try:
        shown = record.getMessage()
    except (TypeError, ValueError):  # "%d" of what is hidden now: only the finished message can be judged
        record.args = _to_be_counted(given)
        record.msg, record.args = sanitize_string(record.getMessage()), ()
        return
    hidden = sanitize_string(shown)
    if hidden == shown:
        return
    if record.name == "uvicorn.access":  # its formatter takes the arguments apart and shows nothing else
        record.args = tuple(MASK if isinstance(value, str) else value for value in record.args)
        return
    record.msg, record.args = hidden, ()


def _to_be_counted(given: Any) -> Any:
    """Return arguments with the numbers as they were given and everything else sanitized."""
    if isinstance(given, dict):
        cleaned = sanitize_dict(given)
        return cleaned | {name: value for name, value in given.items() if _is_number(value)}
    return tuple(value if _is_number(value) else sanitize_dict(value) for value in given)


def _is_number(value: Any) -> bool:
    return isinstance(value, Number) or hasattr(type(value), "__index__")
