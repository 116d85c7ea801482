"""What Privity asks of a key management service: to wrap tenant keys under a root key that never leaves it.

A provider binds every wrapped key to a context, such as `{"tenant": …, "key": …}`; unwrapping under another context
fails. OpenBao and Vault use it as the derivation context, AWS as the encryption context, the file keyring as AAD.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import msgspec

from privity.vault.secret import Secret

Context = Mapping[str, str]


class GeneratedKey(NamedTuple):
    """A new 32-byte key, and the same key wrapped by the KMS, which is the form that is stored."""

    key: Secret
    wrapped: bytes


class KmsHealth(msgspec.Struct, frozen=True, kw_only=True):
    """What a KMS says of itself: its kind, the root key that wraps now, and the root keys that can still unwrap."""

    provider: str
    current_root: int
    roots: tuple[int, ...]


class KeyManagement(Protocol):
    """A key management service.

    Every method raises KeysUnavailable when the service does not answer; none ever answers with another key instead.
    """

    async def generate(self, context: Context) -> GeneratedKey:
        """Return a new key that was never given out before, wrapped under the current root key and bound to context."""
        ...

    async def unwrap(self, wrapped: bytes, context: Context) -> Secret:
        """Return the key that was wrapped; raises SealBroken unless it was wrapped here under the same context."""
        ...

    async def rewrap(self, wrapped: bytes, context: Context) -> bytes:
        """Return the same key wrapped under the current root key; `wrapped` itself when it already is."""
        ...

    async def destroy(self, root: int) -> None:
        """Destroy a root key for good, and with it all that only it can unwrap; raises Conflict for the current one."""
        ...

    async def health(self) -> KmsHealth:
        """Return what the service says of itself."""
        ...
