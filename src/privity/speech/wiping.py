"""Overwriting memory that held audio or text, on success and on every error (promises C2, E13, E28)."""

from collections.abc import Iterator
from contextlib import contextmanager


def wipe(buffer: bytearray | memoryview) -> None:
    """Leave zeros in the buffer; its length stays, so that views of it stay valid."""
    with memoryview(buffer) as view, view.cast("B") as octets:
        step = 1 << 20  # zeros come from one small block, not from a second buffer of the same size
        zeros = bytes(min(step, len(octets)))
        for start in range(0, len(octets), step):
            octets[start : start + step] = zeros[: len(octets) - start]


@contextmanager
def wiped(*buffers: bytearray | memoryview) -> Iterator[None]:
    """Run the block, then leave zeros in the buffers, however the block ends."""
    try:
        yield
    finally:
        for buffer in buffers:
            wipe(buffer)
