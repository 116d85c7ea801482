"""What others answer is read with a limit that holds for what it unpacks to, however often it was packed."""

import gzip
import tracemalloc
import zlib

import httpx
import pytest

from privity.delivery.reading import read_whole
from privity.errors import TooLarge

ZEROS = bytes(32 * 1024 * 1024)
MOST = 1024 * 1024


async def read(content: bytes, packing: str | None, most: int = MOST) -> bytes:
    headers = {} if packing is None else {"Content-Encoding": packing}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, stream=httpx.ByteStream(content)))
    async with (
        httpx.AsyncClient(transport=transport) as client,
        client.stream("GET", "https://files.example.org/a") as answer,
    ):
        return await read_whole(answer, most)


@pytest.mark.parametrize(
    ("content", "packing"),
    [
        (b"hello", None),
        (b"hello", "identity"),
        (gzip.compress(b"hello"), "gzip"),
        (gzip.compress(b"hello"), "X-GZIP"),
        (zlib.compress(b"hello"), "deflate"),
    ],
    ids=["not packed", "said to be as it is", "gzip", "gzip by its old name", "deflate"],
)
async def test_answers_are_read_as_they_are_packed(content: bytes, packing: str | None) -> None:
    assert await read(content, packing) == b"hello"


@pytest.mark.parametrize(
    ("content", "packing"),
    [
        (gzip.compress(gzip.compress(b"hello")), "gzip, gzip"),
        (b"hello", "br"),
        (b"hello", "gzip"),
        (gzip.compress(b"hello " * 1000)[:-9], "gzip"),
        (b"", "gzip"),
    ],
    ids=["packed twice", "in a way that is not asked for", "not packed at all", "cut short", "empty"],
)
async def test_what_is_packed_otherwise_or_broken_is_an_answer_that_did_not_come(content: bytes, packing: str) -> None:
    with pytest.raises(httpx.ReadError):
        await read(content, packing)


async def test_limit_holds_before_anything_is_unpacked_beyond_it() -> None:
    once = gzip.compress(ZEROS)
    for content, packing in ((ZEROS, None), (once, "gzip"), (zlib.compress(ZEROS), "deflate")):
        tracemalloc.start()
        try:
            with pytest.raises(TooLarge):
                await read(content, packing)
            assert tracemalloc.get_traced_memory()[1] < 4 * MOST
        finally:
            tracemalloc.stop()
    tracemalloc.start()
    try:
        with pytest.raises(httpx.ReadError):
            await read(gzip.compress(once), "gzip, gzip")
        assert tracemalloc.get_traced_memory()[1] < 4 * MOST
    finally:
        tracemalloc.stop()
    assert await read(gzip.compress(bytes(MOST)), "gzip") == bytes(MOST)
