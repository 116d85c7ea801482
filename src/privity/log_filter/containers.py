"""Hides personal data in dicts, lists and whatever is nested in them, keys included."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from traceback import TracebackException
from typing import Any, Final

from privity.log_filter.exceptions import MASK, told
from privity.log_filter.names import is_sensitive
from privity.log_filter.strings import sanitize_string

_DEEPEST: Final = 40
_CYCLE: Final = "[CYCLE]"
_TOO_DEEP: Final = "[TOO DEEP]"
_BINARY: Final = b"[BINARY]"
_SMALLEST_NUMBER: Final = 10_000_000  # fewer digits are neither a phone, nor a card, nor a social security number


def sanitize_dict(value: Any) -> Any:
    """Return a copy with personal data and secrets hidden, in keys too; what came in is not changed.

    Dicts, lists, tuples and sets are gone through, strings and bytes are looked at, objects become sanitized text, and
    exceptions their type without their words. What stands under a key such as `ssn`, `password` or `first_name` is
    hidden whole. A container that holds itself shows as `[CYCLE]`.
    """
    return _clean(value, frozenset())


def _clean(value: Any, above: frozenset[int]) -> Any:  # noqa: PLR0911 - one answer for each kind of value
    if isinstance(value, BaseException | TracebackException):
        return told(value)
    if isinstance(value, str):
        return sanitize_string(value)
    if value is None or isinstance(value, bool | complex) or (isinstance(value, float) and not value.is_integer()):
        return value
    if isinstance(value, int | float):
        return value if abs(value) < _SMALLEST_NUMBER else _number(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _octets(bytes(value))
    if isinstance(value, Mapping | list | tuple | AbstractSet):
        if id(value) in above:
            return _CYCLE
        return _TOO_DEEP if len(above) >= _DEEPEST else _gone_through(value, above | {id(value)})
    return _object(value)


def _gone_through(value: Any, above: frozenset[int]) -> Any:
    try:
        return _container(value, above)
    except Exception:  # noqa: BLE001 - the code of others may raise anything, and a log line must not fail for it
        return f"[{type(value).__name__}]"


def _container(value: Any, above: frozenset[int]) -> Any:
    if isinstance(value, Mapping):
        return _mapping(value, above)
    cleaned = [_clean(item, above) for item in value]
    if isinstance(value, list):
        return cleaned
    if isinstance(value, tuple):
        if len(value) == 2 and _hides(value[0], value[1]):  # a header as servers keep it
            cleaned[1] = MASK
        return type(value)(*cleaned) if hasattr(value, "_fields") else tuple(cleaned)
    return _set(cleaned)


def _mapping(value: Mapping[Any, Any], above: frozenset[int]) -> dict[Any, Any]:
    cleaned: dict[Any, Any] = {}
    for key, item in value.items():
        shown = _hashable(_clean(key, above))
        name, count = shown, 1
        while name in cleaned:  # two keys that look the same once they are hidden are still two
            count += 1
            name = f"{shown} ({count})"
        cleaned[name] = MASK if _hides(key, item) else _clean(item, above)
    return cleaned


def _hides(name: Any, value: Any) -> bool:
    """Whether what stands under a name is hidden whole; servers keep the names of headers as bytes."""
    if isinstance(name, bytes):
        name = name.decode("latin-1")
    return isinstance(name, str) and is_sensitive(name) and value is not None


def _set(items: Iterable[Any]) -> set[Any]:
    return {_hashable(item) for item in items}


def _hashable(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return MASK
    return value


def _number(value: float) -> float | str:
    text = str(int(value)) if abs(value) < 10**30 else ""
    return value if sanitize_string(text) == text else MASK


def _octets(value: bytes) -> bytes:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return _BINARY
    return sanitize_string(text).encode("utf-8")


def _object(value: Any) -> str:
    try:
        return sanitize_string(str(value))
    except Exception:  # noqa: BLE001 - the code of others may raise anything, and a log line must not fail for it
        return f"[{type(value).__name__}]"
