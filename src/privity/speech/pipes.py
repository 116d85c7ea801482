"""Frames over non-blocking pipes, without copies that could not be wiped: asyncio's own streams would keep some.

A frame is eight bytes of length, big-endian, and the payload.
"""

import asyncio
import os

from privity.speech.messages import LENGTH_BYTES
from privity.speech.wiping import wipe


class PipeClosed(Exception):
    """The other end is gone, or says more than it may."""


async def send(descriptor: int, payload: bytes | bytearray | memoryview) -> None:
    """Write a frame straight out of the payload's memory; raises PipeClosed when nobody reads any more."""
    loop = asyncio.get_running_loop()
    for part in (len(payload).to_bytes(LENGTH_BYTES), payload):
        with memoryview(part) as view:
            sent = 0
            while sent < len(view):
                try:
                    with view[sent:] as rest:
                        sent += os.write(descriptor, rest)
                except BlockingIOError:
                    able = loop.create_future()
                    loop.add_writer(descriptor, _settle, able)
                    try:
                        await able
                    finally:
                        loop.remove_writer(descriptor)
                except BrokenPipeError:
                    raise PipeClosed from None


async def receive(descriptor: int, *, most: int) -> bytearray:
    """Return the next payload, in memory that can be wiped; raises PipeClosed at the end, or for more than `most`."""
    prefix = bytearray(LENGTH_BYTES)
    await _fill(descriptor, prefix)
    length = int.from_bytes(prefix)
    if length > most:
        raise PipeClosed
    payload = bytearray(length)
    try:
        await _fill(descriptor, payload)
    except BaseException:
        wipe(payload)
        raise
    return payload


async def _fill(descriptor: int, buffer: bytearray) -> None:
    loop = asyncio.get_running_loop()
    with memoryview(buffer) as view:
        got = 0
        while got < len(view):
            try:
                with view[got:] as rest:
                    count = os.readv(descriptor, [rest])
            except BlockingIOError:
                able = loop.create_future()
                loop.add_reader(descriptor, _settle, able)
                try:
                    await able
                finally:
                    loop.remove_reader(descriptor)
                continue
            if count == 0:
                raise PipeClosed
            got += count


def _settle(able: "asyncio.Future[None]") -> None:
    if not able.done():
        able.set_result(None)
