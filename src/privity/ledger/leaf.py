"""Leaves: what one entry is as bytes, and how those bytes are hashed.

A leaf is canonical JSON as RFC 8785 defines it, on a domain small enough that sorted keys are all there is to it: ASCII
keys, no floats, integers that a double holds exactly. The bytes that were hashed are the bytes that are stored; nothing
is ever serialised again to be checked.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import orjson

from privity.errors import MALFORMED_JSON, BadInput, TooLarge, Unreadable

MAX_LEAF = 8192  # bytes; tlog-tiles bundles prefix an entry with a uint16, so the format itself ends at 65,535
MAX_BODY = 7680  # bytes; leaves room for what `stamp` adds around a body
MAX_INT = 2**53 - 1  # the largest integer that every JSON reader returns unchanged (RFC 7493 §2.2)
MAX_DEPTH = 16

_PLAIN = (str, bool, type(None))
_is_name = re.compile(r"[a-z0-9_.-]{1,64}").fullmatch


def canonical(body: Mapping[str, Any], *, most: int = MAX_LEAF) -> bytes:
    """Return the one canonical JSON text of a body, at most `most` bytes: 8 KiB unless it is no leaf.

    On the accepted domain `orjson` with sorted keys writes what RFC 8785 §3.2 asks for: non-ASCII keys would be sorted
    by code point instead of UTF-16 unit and floats printed differently, so neither is accepted. Raises BadInput, which
    names the path and never the value, and TooLarge.
    """
    if not isinstance(body, Mapping):
        raise BadInput("A ledger body is not a JSON object.")
    _check(body, "body", MAX_DEPTH)
    try:
        text = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    except (TypeError, ValueError):  # a lone surrogate, which UTF-8 cannot carry; the cause would quote the text
        text = b""
    if not text:
        raise BadInput("A ledger body holds text that is not valid Unicode.")
    if len(text) > most:
        raise TooLarge(f"A ledger body is larger than {most} bytes.", advice="Record ids, never content.")
    return text


def _check(value: object, path: str, depth: int) -> None:
    if isinstance(value, _PLAIN):
        return
    if isinstance(value, int):
        if not -MAX_INT <= value <= MAX_INT:
            raise BadInput(f"{path} is an integer beyond 2^53.", advice="Write large numbers as text.")
    elif depth == 0:
        raise BadInput(f"{path} is nested more than {MAX_DEPTH} deep.")
    elif isinstance(value, (list, tuple)):
        for position, inner in enumerate(value):
            _check(inner, f"{path}[{position}]", depth - 1)
    elif isinstance(value, dict):
        _check_object(value, path, depth)
    else:
        raise BadInput(f"{path} is not text, an integer, a boolean, null, a list or an object.")


def _check_object(value: dict[Any, object], path: str, depth: int) -> None:
    for key, inner in value.items():
        if not isinstance(key, str) or not key.isascii():
            raise BadInput(f"{path} has a key that is not ASCII text.")
        if not isinstance(inner, _PLAIN):  # most values are plain, and need no path
            _check(inner, f"{path}.{key if key.isidentifier() else '?'}", depth - 1)


def check_name(text: str, what: str) -> str:
    """Return a log or kind unchanged if it is 1 to 64 of `a-z 0-9 - _ .`; raise BadInput, which names `what`."""
    if not _is_name(text):
        raise BadInput(f"{what} is not 1 to 64 lower-case letters, digits, '-', '_' or '.'.")
    return text


def stamp(body: bytes, *, entry_id: str, log: str, kind: str, index: int, time: str) -> bytes:
    """Return the leaf: a canonical body with its id (a UUID as text), log, kind, index and time (RFC 3339) around it.

    `body` is what `canonical` returned and `log` and `kind` have passed `check_name`, so joining the pieces, in the
    order of their keys, is already canonical; nothing is parsed on the path that every entry takes.
    """
    around = f',"id":"{entry_id}","index":{index},"kind":"{kind}","log":"{log}","time":"{time}","v":1}}'
    return b'{"body":%b%b' % (body, around.encode())


def leaf_hash(leaf: bytes) -> bytes:
    """Return SHA-256(0x00 || leaf), RFC 6962 §2.1."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def commitment(salt: bytes, detail: bytes) -> str:
    """Return, as hex, what a leaf holds in place of a sealed detail: HMAC-SHA256(salt, detail).

    The salt is 32 random bytes sealed with the detail. Once both are destroyed the commitment says nothing, even of a
    telephone number, and the leaf with all its proofs stays as it is.
    """
    if len(salt) != 32:
        raise BadInput("The salt of a commitment is not 32 bytes.")
    return hmac.new(salt, detail, hashlib.sha256).hexdigest()


class Leaf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a leaf says, read back for people and pages; proofs are about the bytes."""

    v: int
    log: str
    index: int
    id: UUID
    kind: str
    time: datetime
    body: dict[str, Any]


def read_leaf(leaf: bytes) -> Leaf:
    """Return what a leaf says; raise Unreadable if it is none."""
    try:
        return _decode_leaf(leaf)
    except MALFORMED_JSON:
        raise Unreadable("A ledger leaf cannot be read.") from None


_decode_leaf = msgspec.json.Decoder(Leaf).decode
