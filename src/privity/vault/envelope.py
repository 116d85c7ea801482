"""Sealed values and wrapped keys: AES-256-GCM with everything around it authenticated.

    sealed  = header | nonce (12) | ciphertext | tag (16)
    header  = "PV" | format 1 | kind "S" or "W" | AEAD id, big-endian (2 = AEAD_AES_256_GCM, RFC 5116) | key id (16)

A record key seals no field itself: each column has a field key, HKDF-Expand-SHA256 (RFC 5869) of the record key over
`table|column`. Extraction is left out as RFC 5869 §3.3 allows, since a record key is uniformly random. A field key
seals the few versions of one column, so random 96-bit nonces stay far from the limit of NIST SP 800-38D §8.3.

The associated data is the header and the place, so neither can be exchanged. Opening raises SealBroken whatever the
cause: an altered byte, another place, another key, another format.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privity.errors import SealBroken
from privity.vault.place import Place, Record
from privity.vault.secret import Plaintext, Secret

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
_SEALED = b"PV\x01S\x00\x02"
_WRAPPED = b"PV\x01W\x00\x02"
_HEADER_BYTES = len(_SEALED) + 16
_BLOCK = 64  # bytes of a block of SHA-256; a key is never longer
_INNER_PAD, _OUTER_PAD = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
_BODY = _HEADER_BYTES + NONCE_BYTES  # where the ciphertext begins
OVERHEAD = _BODY + TAG_BYTES

Randomness = Callable[[int], bytes]


def derive(key: Secret, purpose: str) -> Secret:
    """Return a 32-byte key for one purpose: HKDF-Expand-SHA256 of a uniformly random key, with `purpose` as info."""
    return Secret(_expand(key, purpose))


def seal(
    record_key: Secret, place: Place, key_id: UUID, plaintext: Plaintext | bytes, *, randomness: Randomness = os.urandom
) -> bytearray:
    """Return the plaintext sealed under the record key, to be opened only at this place and under this key id."""
    header = _SEALED + key_id.bytes
    nonce = randomness(NONCE_BYTES)
    clear = plaintext.reveal() if isinstance(plaintext, Plaintext) else plaintext
    # Into place, not put together from parts: of a megabyte, the one more copy takes three times as long as the cipher.
    sealed = bytearray(len(clear) + OVERHEAD)
    sealed[:_BODY] = header + nonce
    body = memoryview(sealed)[_BODY:]
    _field_cipher(record_key, place).encrypt_into(nonce, clear, header + place.encoded(), body)
    return sealed


def open_sealed(record_key: Secret, place: Place, key_id: UUID, sealed: bytes | bytearray) -> Plaintext:
    """Return what was sealed; raises SealBroken unless it was sealed here, under this key, and is unaltered."""
    cipher = _field_cipher(record_key, place)
    return Plaintext(_decrypt(cipher, _SEALED + key_id.bytes, place.encoded(), sealed))


class TenantCipher:
    """One version of a tenant key, ready to wrap record keys."""

    __slots__ = ("_cipher", "_header")

    def __init__(self, tenant_key: Secret, key_id: UUID) -> None:
        self._cipher = AESGCM(tenant_key.reveal())
        self._header = _WRAPPED + key_id.bytes

    def wrap(self, record: Record, key_id: UUID, record_key: Secret, *, randomness: Randomness = os.urandom) -> bytes:
        """Return the record key wrapped, to be unwrapped only for this record and under this key id."""
        nonce = randomness(NONCE_BYTES)
        bound = self._header + record.encoded() + key_id.bytes
        return self._header + nonce + self._cipher.encrypt(nonce, record_key.reveal(), bound)

    def unwrap(self, record: Record, key_id: UUID, wrapped: bytes) -> Secret:
        """Return the record key; raises SealBroken unless it was wrapped for this record, and is unaltered."""
        return Secret(_decrypt(self._cipher, self._header, record.encoded() + key_id.bytes, wrapped))


def key_id_of(sealed: bytes | bytearray) -> UUID:
    """Return the id of the key that a sealed value or wrapped key names; not authenticated until it is opened.

    Raises SealBroken when the bytes are neither.
    """
    if len(sealed) < OVERHEAD or not sealed.startswith((_SEALED, _WRAPPED)):
        raise SealBroken("a sealed value did not open")
    return UUID(bytes=bytes(sealed[len(_SEALED) : _HEADER_BYTES]))


def _field_cipher(record_key: Secret, place: Place) -> AESGCM:
    return AESGCM(_expand(record_key, f"privity field|{place.table}|{place.column}"))


def _expand(key: Secret, info: str) -> bytes:
    # RFC 5869 §2.3 for one block of output: T(1) = HMAC(PRK, info | 0x01). RFC 2104 §2 in two hashes takes two thirds
    # of the time of the library's HMAC and a third of that of its HKDFExpand, which every sealed value would pay.
    block = bytes(key.reveal()).ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(block.translate(_INNER_PAD) + f"{info}\x01".encode()).digest()
    return hashlib.sha256(block.translate(_OUTER_PAD) + inner).digest()


def _decrypt(cipher: AESGCM, header: bytes, place: bytes, sealed: bytes | bytearray) -> bytearray:
    if len(sealed) < OVERHEAD or not sealed.startswith(header):
        raise SealBroken("a sealed value did not open")
    # Into a bytearray, not into bytes: what was opened can then be wiped.
    clear = bytearray(len(sealed) - OVERHEAD)
    nonce, body = sealed[_HEADER_BYTES:_BODY], memoryview(sealed)[_BODY:]
    try:
        cipher.decrypt_into(nonce, body, header + place, clear)
    except InvalidTag:
        raise SealBroken("a sealed value did not open") from None
    return clear
