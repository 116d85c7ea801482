"""What others answer, read whole and with a limit that also holds for what it unpacks to.

A few kilobytes may unpack to gigabytes, and more when they are packed twice. So nothing is unpacked by the library that
fetches: it would unpack a whole piece before anybody could look at its size.
"""

import zlib
from typing import Final

import httpx

from privity.errors import TooLarge

PLAIN: Final = {"Accept-Encoding": "identity"}
"""The header that asks for what need not be unpacked; some answer packed all the same."""

_AUTO: Final = zlib.MAX_WBITS | 32
"""The header tells gzip (RFC 1952) from zlib (RFC 1950)."""

_UNPACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})


async def read_whole(answer: httpx.Response, largest: int) -> bytes:
    """Return the body of an answer that is being streamed, unpacked if it is packed once.

    Raises TooLarge beyond `largest` bytes, packed or unpacked; httpx.ReadError for what is packed otherwise, or broken.
    """
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in _UNPACKED | {"identity", ""}:
        raise httpx.ReadError("the answer is packed in a way that is not taken")
    unpacking = zlib.decompressobj(_AUTO) if packing in _UNPACKED else None
    body, came = bytearray(), 0
    async for piece in answer.aiter_raw():
        came += len(piece)
        most = largest + 1 - len(body)
        body += piece[:most] if unpacking is None else _unpacked(unpacking, piece, most)
        if max(len(body), came) > largest:
            raise TooLarge(f"the answer is larger than {largest} bytes")
    if unpacking is not None and not unpacking.eof:
        raise httpx.ReadError("the answer is cut short")
    return bytes(body)


def _unpacked(unpacking: "zlib._Decompress", piece: bytes, most: int) -> bytes:
    try:
        return unpacking.decompress(piece, most)
    except zlib.error:
        raise httpx.ReadError("the answer cannot be unpacked") from None
