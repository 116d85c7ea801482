"""Opening a whole blob in memory, in one buffer that can be wiped.

A bytearray that grows is moved now and then, and what it leaves behind holds content that nothing can reach any more.
So the buffer gets its size, which follows from that of the sealed blob, before the first byte is in it.
"""

from privity.errors import SealBroken
from privity.store import Blobs
from privity.vault import StreamOpener, content_size


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


def _put(buffer: bytearray, at: int, piece: bytes) -> int:
    end = at + len(piece)
    if end > len(buffer):
        raise SealBroken("a sealed stream did not open")
    buffer[at:end] = piece
    return end
