"""Sealed streams: C2SP chunked encryption, Cobblestone-256 (SHA-512 and AES-256-GCM), https://c2sp.org/chunked-encryption.

    sealed = salt (24) | commitment (32) | chunk (16 KiB + 16) | … | last chunk (less than 16 KiB + 16)

The last chunk is always short, so a stream that was cut is known to be cut; the chunks are counted in their nonces, so
none can be moved; the commitment binds the key. `pyca/cryptography` implements the sequential form in constant memory.
`open_range` is the random access that the specification describes.

The input key is the record key of the blob; the prefix of the derivation keeps it apart from field keys. The context is
`tenant|object|version`.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import AlreadyFinalized, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from privity.errors import BadInput, SealBroken
from privity.vault.envelope import KEY_BYTES, NONCE_BYTES, TAG_BYTES
from privity.vault.place import BlobPlace
from privity.vault.secret import Plaintext, Secret

CHUNK = 16 * 1024
_SEALED_CHUNK = CHUNK + TAG_BYTES
_SALT, _COMMITMENT = 24, 32
HEADER = _SALT + _COMMITMENT
_INFO = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00"


class StreamSealer:
    """Seals one blob piece by piece; holds at most one chunk."""

    def __init__(self, record_key: Secret, place: BlobPlace) -> None:
        self._encryptor = Cobblestone256Encryptor(_input_key(record_key), place.encoded())

    def update(self, piece: bytes | bytearray | memoryview) -> bytes:
        """Return the next sealed bytes; may be empty."""
        return self._encryptor.update(piece)

    def finish(self) -> bytes:
        """Return the last sealed bytes, without which the stream does not open."""
        return self._encryptor.finalize()


class StreamOpener:
    """Opens one sealed blob piece by piece.

    What `update` returns is authentic, but only a `finish` that returns says that nothing is missing at the end.
    """

    def __init__(self, record_key: Secret, place: BlobPlace) -> None:
        self._decryptor = Cobblestone256Decryptor(_input_key(record_key), place.encoded())

    def update(self, piece: bytes | bytearray | memoryview) -> bytes:
        """Return the next bytes of content; raises SealBroken, and from then on always."""
        try:
            return self._decryptor.update(piece)
        except (InvalidTag, AlreadyFinalized):
            raise SealBroken("a sealed stream did not open") from None

    def finish(self) -> bytes:
        """Return the last bytes of content; raises SealBroken when the stream was cut short or altered."""
        try:
            return self._decryptor.finalize()
        except (InvalidTag, AlreadyFinalized):
            raise SealBroken("a sealed stream did not open") from None


def sealed_size(size: int) -> int:
    """Return how many bytes `size` bytes of content take when sealed."""
    return HEADER + size + (size // CHUNK + 1) * TAG_BYTES


def content_size(sealed: int) -> int:
    """Return the size of the content of a blob of `sealed` bytes; raises SealBroken for a size that no blob has."""
    full, last = divmod(sealed - HEADER, _SEALED_CHUNK)
    if sealed < HEADER or last < TAG_BYTES:
        raise SealBroken("a sealed stream did not open")
    return full * CHUNK + last - TAG_BYTES


def open_range(
    record_key: Secret, place: BlobPlace, read: Callable[[int, int], bytes], *, sealed: int, start: int, length: int
) -> Plaintext:
    """Return `length` bytes of content from offset `start`, fewer at the end of the blob.

    `read(offset, size)` gives bytes of the sealed blob, whose size is `sealed`. That size is authenticated with the
    last chunk, so a blob that was cut does not open even where the range asked for is whole. Reads only the header, the
    chunks of the range and the last chunk. Raises SealBroken, and BadInput for a range that is none.
    """
    if start < 0 or length < 0:
        raise BadInput("a range begins at 0 or later and is not of negative length")
    size = content_size(sealed)
    chunks = _Chunks(record_key, place, read(0, HEADER))
    last = size // CHUNK
    opened_last = chunks.open(last, read(HEADER + last * _SEALED_CHUNK, size % CHUNK + TAG_BYTES), final=True)
    end = min(start + length, size)
    if start >= end:
        return Plaintext(b"")
    first = start // CHUNK
    content = bytearray()
    for number in range(first, (end - 1) // CHUNK + 1):
        content += (
            opened_last
            if number == last
            else chunks.open(number, read(HEADER + number * _SEALED_CHUNK, _SEALED_CHUNK), final=False)
        )
    return Plaintext(memoryview(content)[start - first * CHUNK : end - first * CHUNK])


def ranges_of(sealed: int, start: int, length: int) -> list[tuple[int, int]]:
    """Return what `open_range` will read of a blob of `sealed` bytes, as offsets and sizes: for reading it beforehand.

    Raises SealBroken for a size that no blob has.
    """
    size = content_size(sealed)
    last = HEADER + size // CHUNK * _SEALED_CHUNK
    first = min(HEADER + start // CHUNK * _SEALED_CHUNK, last)
    end = min(HEADER + -(-(start + length) // CHUNK) * _SEALED_CHUNK, sealed)
    return [(0, HEADER), (first, max(0, end - first)), (last, sealed - last)]


def _input_key(record_key: Secret) -> bytearray:
    if len(record_key) != KEY_BYTES:
        raise SealBroken("the key of a sealed stream is 32 bytes")
    return record_key.reveal()


class _Chunks:
    """Opens single chunks once the commitment of the header has been checked ("Key derivation" and "AEAD usage")."""

    def __init__(self, record_key: Secret, place: BlobPlace, header: bytes) -> None:
        salt, commitment = header[:_SALT], header[_SALT:]
        expand = HKDFExpand(SHA512(), KEY_BYTES + NONCE_BYTES + _COMMITMENT, _INFO + salt + place.encoded())
        derived = expand.derive(_input_key(record_key))
        if not hmac.compare_digest(derived[KEY_BYTES + NONCE_BYTES :], commitment):
            raise SealBroken("a sealed stream did not open")
        self._aead = AESGCM(derived[:KEY_BYTES])
        self._base_nonce = int.from_bytes(derived[KEY_BYTES : KEY_BYTES + NONCE_BYTES])

    def open(self, number: int, sealed: bytes, *, final: bool) -> bytes:
        """Return the content of chunk `number`; only the final one is short."""
        if (len(sealed) < _SEALED_CHUNK) != final:
            raise SealBroken("a sealed stream did not open")
        try:
            return self._aead.decrypt((self._base_nonce ^ number).to_bytes(NONCE_BYTES), sealed, None)
        except InvalidTag:
            raise SealBroken("a sealed stream did not open") from None
