"""Opening a whole blob in memory, in one buffer that can be wiped.

A bytearray that grows is moved now and then, and what it leaves behind holds content that nothing can reach any more.
So the buffer gets its size, which follows from that of the sealed blob, before the first byte is in it.
"""

import asyncio

from privity.errors import SealBroken
from privity.store import Blobs
from privity.vault import BlobPlace, Plaintext, Secret, StreamOpener, content_size, open_range, ranges_of


async def open_whole(blobs: Blobs, name: str, opener: StreamOpener, into: bytearray) -> None:
    """Fill an empty buffer with the content of a blob, for the caller to overwrite, also after an error.

    Raises NotFound when there is no such blob and SealBroken when it does not open.
    """
    into[:] = bytes(content_size(await blobs.size(name)))
    at = 0
    async for sealed in blobs.read(name):
        at = _put(into, at, opener.update(sealed))
    if _put(into, at, opener.finish()) != len(into):
        raise SealBroken("a sealed stream did not open")


async def open_part(blobs: Blobs, name: str, key: Secret, place: BlobPlace, *, start: int, length: int) -> Plaintext:
    """Return `length` bytes of the content of a blob from `start` on, fewer at its end, of which no others are read.

    Raises as `open_whole`.
    """
    sealed = await blobs.size(name)
    read = {each: await _read(blobs, name, *each) for each in ranges_of(sealed, start, length)}

    def have(at: int, size: int) -> bytes:
        return next(
            held[at - first : at - first + size]
            for (first, width), held in read.items()
            if first <= at and at + size <= first + width
        )

    return await asyncio.to_thread(open_range, key, place, have, sealed=sealed, start=start, length=length)


async def _read(blobs: Blobs, name: str, at: int, size: int) -> bytes:
    return b"".join([piece async for piece in blobs.read(name, start=at, length=size)])


def _put(buffer: bytearray, at: int, piece: bytes) -> int:
    end = at + len(piece)
    if end > len(buffer):
        raise SealBroken("a sealed stream did not open")
    buffer[at:end] = piece
    return end
