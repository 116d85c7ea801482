"""JSON bodies, read by one rule: of a size, of a kind, and no object in them has a name twice.

Of two values of one name every reader takes another one: whoever looked at the request on its way, or wrote down what
was asked, meant the other (RFC 8259 section 4 leaves it open). So it is asked for nothing.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any, Final, TypeVar

import msgspec
from litestar import Request

from privity.errors import MALFORMED_JSON, BadInput, TooLarge, Unreadable

_LONG: Final = 1 << 16  # bytes from which looking through them would keep others waiting

T = TypeVar("T")


async def json_of(
    request: Request[Any, Any, Any], kind: type[T], *, at_most: int, advice: str, otherwise: bytes = b""
) -> T:
    """Return the JSON body of a request, or what `otherwise` says for an empty one.

    Raises TooLarge, Unreadable for what is no JSON or not of this kind, and BadInput for a name that stands twice.
    """
    return await decoded(await body_within(request, at_most, advice=advice) or otherwise, kind, advice=advice)


async def body_within(request: Request[Any, Any, Any], at_most: int, *, advice: str) -> bytearray:
    """Return a body of at most so many bytes; raises TooLarge as soon as there are more."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > at_most:
            raise TooLarge(f"the body is larger than {at_most} bytes", advice=advice)
    return body


async def decoded(body: bytes | bytearray, kind: type[T], *, advice: str) -> T:
    """Return what JSON says; raises as `json_of`."""
    looked = _is_json(body) if len(body) < _LONG else await asyncio.to_thread(_is_json, body)
    if looked:
        with suppress(*MALFORMED_JSON):
            return msgspec.json.decode(body, type=kind)
    # Not from within a handler: what it handles may quote all that was sent.
    raise Unreadable("the body is not the JSON that is taken here", advice=advice)


def _is_json(body: bytes | bytearray) -> bool:
    """Return whether it is JSON; raises BadInput when an object has a name twice, however deep or oddly spelled."""
    try:
        # Numbers are left as they stand: one of very many digits is for whoever reads the field to refuse.
        json.loads(body.decode(), object_pairs_hook=_once, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) < len(pairs):
        raise BadInput("an object in the body has a name twice", advice="Send each name once.")
