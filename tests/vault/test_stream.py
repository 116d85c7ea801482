"""Sealed streams are C2SP chunked encryption, as the vectors of Project Wycheproof say; see vectors/README.md."""

import hashlib
import json
import os
import zlib
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.errors import BadInput, SealBroken
from privity.vault import (
    BlobPlace,
    Plaintext,
    Secret,
    StreamOpener,
    StreamSealer,
    content_size,
    open_range,
    ranges_of,
    sealed_size,
)
from promises import promise

CHUNK = 16 * 1024
KEY = Secret(bytes(range(32)))
PLACE = BlobPlace(tenant=UUID(int=1), object=UUID(int=2), version=3)
VECTORS = json.loads((Path(__file__).parent / "vectors" / "c2sp_chunked_encryption_aes_256_gcm.json").read_bytes())
GROUP = VECTORS["testGroups"][0]
SIZES = [0, 1, 57, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5000]


class _Context(BlobPlace, frozen=True, kw_only=True):
    """A place with any context: the vectors' contexts are no places of ours."""

    context: bytes

    def encoded(self) -> bytes:
        return self.context


def any_context(context: bytes) -> BlobPlace:
    return _Context(tenant=UUID(int=1), object=UUID(int=2), version=1, context=context)


def sealed_whole(content: bytes, place: BlobPlace = PLACE, key: Secret = KEY) -> bytes:
    sealer = StreamSealer(key, place)
    return sealer.update(content) + sealer.finish()


def opened_whole(sealed: bytes, place: BlobPlace = PLACE, key: Secret = KEY) -> bytes:
    opener = StreamOpener(key, place)
    return opener.update(sealed) + opener.finish()


def ranged(sealed: bytes, start: int, length: int, place: BlobPlace = PLACE, key: Secret = KEY) -> Plaintext:
    def read(offset: int, size: int) -> bytes:
        return sealed[offset : offset + size]

    return open_range(key, place, read, sealed=len(sealed), start=start, length=length)


@pytest.mark.parametrize("vector", GROUP["tests"], ids=lambda vector: f"{vector['tcId']} {vector['comment']}")
def test_wycheproof(vector: dict[str, Any]) -> None:
    key, place = Secret(bytes.fromhex(vector["key"])), any_context(bytes.fromhex(vector["ctx"]))
    sealed = zlib.decompress(bytes.fromhex(vector["ct"]))
    if vector["result"] == "valid":
        content = opened_whole(sealed, place, key)
        assert hashlib.sha512(content).hexdigest() == vector["msgSha512"]
        assert content_size(len(sealed)) == len(content) == vector["msgLength"]
        assert ranged(sealed, 0, len(content) + 1, place, key) == Plaintext(content)
    else:
        with pytest.raises((SealBroken, BadInput)):
            opened_whole(sealed, place, key)
        with pytest.raises((SealBroken, BadInput)):
            ranged(sealed, 0, 1 << 30, place, key)


def test_the_vectors_are_those_of_our_instantiation() -> None:
    assert (GROUP["aead"], GROUP["sha"], len(GROUP["tests"])) == ("AEAD_AES_256_GCM", "SHA-512", 35)


def test_the_context_is_tenant_object_and_version() -> None:
    assert PLACE.encoded() == f"{UUID(int=1)}|{UUID(int=2)}|3".encode()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("piece", [1000, CHUNK, CHUNK + 16, 1 << 20])
def test_pieces_of_any_size_make_the_same_stream(size: int, piece: int) -> None:
    content = os.urandom(size)
    sealer, opener = StreamSealer(KEY, PLACE), StreamOpener(KEY, PLACE)
    sealed = b"".join(sealer.update(content[at : at + piece]) for at in range(0, size, piece)) + sealer.finish()
    assert len(sealed) == sealed_size(size)
    assert content_size(len(sealed)) == size
    opened = b"".join(opener.update(sealed[at : at + piece]) for at in range(0, len(sealed), piece)) + opener.finish()
    assert opened == content


@promise("E2")
@given(st.data())
@settings(max_examples=60)
def test_any_range_opens_alone(data: st.DataObject) -> None:
    size = data.draw(st.sampled_from(SIZES))
    content = os.urandom(size)
    start, length = data.draw(st.integers(0, size + 10)), data.draw(st.integers(0, size + 10))
    assert ranged(sealed_whole(content), start, length) == Plaintext(content[start : start + length])


def test_a_range_reads_only_its_chunks() -> None:
    sealed = sealed_whole(bytes(100 * CHUNK))
    asked: list[int] = []

    def read(offset: int, size: int) -> bytes:
        asked.append(size)
        return sealed[offset : offset + size]

    open_range(KEY, PLACE, read, sealed=len(sealed), start=50 * CHUNK - 1, length=2)
    assert sum(asked) <= 56 + 2 * (CHUNK + 16) + 16


@pytest.mark.parametrize("size", SIZES)
def test_a_range_needs_what_was_said_beforehand_and_nothing_else(size: int) -> None:
    sealed = sealed_whole(os.urandom(size))
    for start in {0, 1, CHUNK - 1, CHUNK, size - 1, size, size + CHUNK} - {-1}:
        for length in (0, 1, CHUNK, 2 * CHUNK, size):
            told = ranges_of(len(sealed), start, length)

            def read(at: int, wide: int, told: list[tuple[int, int]] = told) -> bytes:
                assert any(first <= at and at + wide <= first + held for first, held in told)
                return sealed[at : at + wide]

            open_range(KEY, PLACE, read, sealed=len(sealed), start=start, length=length)
            assert sum(held for _, held in told) <= 56 + 2 * (CHUNK + 16) + length + (length // CHUNK + 2) * 16 + CHUNK


@pytest.mark.parametrize(("start", "length"), [(-1, 1), (0, -1)])
def test_a_range_that_is_none_is_refused(start: int, length: int) -> None:
    with pytest.raises(BadInput):
        ranged(sealed_whole(b"content"), start, length)


@promise("B9", sabotage="range_trusts_the_end")
@pytest.mark.parametrize("size", [100, CHUNK, 2 * CHUNK + 100])
def test_a_stream_cut_anywhere_does_not_open(size: int) -> None:
    sealed = sealed_whole(os.urandom(size))
    for kept in {0, 1, 24, 55, 56, 71, 72, 56 + CHUNK + 16, 56 + CHUNK + 32, len(sealed) - 1, len(sealed) - 16}:
        if kept < len(sealed):
            with pytest.raises(SealBroken):
                opened_whole(sealed[:kept])
            with pytest.raises(SealBroken):
                ranged(sealed[:kept], 0, 1)


@promise("B9")
@given(st.data())
@settings(max_examples=60)
def test_one_altered_bit_anywhere_breaks_a_stream(data: st.DataObject) -> None:
    sealed = bytearray(sealed_whole(bytes(CHUNK + 100)))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        opened_whole(bytes(sealed))
    with pytest.raises(SealBroken):
        ranged(bytes(sealed), 0, CHUNK + 100)


def test_a_broken_stream_stays_broken() -> None:
    sealed = bytearray(sealed_whole(bytes(2 * CHUNK)))
    sealed[100] ^= 1
    opener = StreamOpener(KEY, PLACE)
    for piece in (sealed, b""):
        with pytest.raises(SealBroken):
            opener.update(piece)
    with pytest.raises(SealBroken):
        opener.finish()


@promise("B9")
@pytest.mark.parametrize("field", ["tenant", "object", "version"])
def test_a_stream_opens_only_at_its_place(field: str) -> None:
    sealed = sealed_whole(b"content")
    moved = msgspec.structs.replace(PLACE, **{field: 9 if field == "version" else UUID(int=9)})
    for act in (lambda: opened_whole(sealed, moved), lambda: ranged(sealed, 0, 1, moved)):
        with pytest.raises(SealBroken):
            act()
    with pytest.raises(SealBroken):
        opened_whole(sealed, key=Secret(bytes(32)))


@promise("B9")
def test_two_equal_streams_differ_when_sealed() -> None:
    one, other = sealed_whole(b"the same"), sealed_whole(b"the same")
    assert one[:24] != other[:24]
    assert one[56:] != other[56:]
