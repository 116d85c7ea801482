"""The tenant setting is a credential: a token that PostgreSQL itself checks before it shows a row.

A token is `tenant.expiry.pid.mac`: the tenant's uuid, ten digits of Unix seconds, the process id of the one backend
that it is good for, and HMAC-SHA256 (RFC 2104) over the three in hexadecimal. `guard.open()` in `10_guard.sql` checks
it with the pads that `pads` gives and opens one transaction. Whoever can run SQL as the app role, but does not know
the secret, cannot become another tenant.
"""

import hashlib
import hmac
from uuid import UUID

from privity.clock import Clock, SystemClock
from privity.errors import Misconfigured

LIFETIME = 55
"""Seconds that a token lives. The database refuses more than 60; the rest allows for clocks that differ."""

_BLOCK = 64  # bytes, the block of SHA-256


class Guard:
    """Makes the tokens that open a tenant's rows."""

    def __init__(self, secret: bytes, clock: Clock | None = None) -> None:
        if len(secret) < 32:
            raise Misconfigured("The guard secret is shorter than 32 bytes.", advice="Restore the keyring.")
        self._secret = secret
        self._clock = clock or SystemClock()

    def __repr__(self) -> str:
        return "Guard()"

    def token(self, tenant_id: UUID, backend_pid: int) -> str:
        """Return a token that opens the rows of one tenant to one PostgreSQL backend for less than a minute."""
        message = f"{tenant_id}.{int(self._clock.now().timestamp()) + LIFETIME:010d}.{backend_pid}"
        return f"{message}.{hmac.new(self._secret, message.encode(), hashlib.sha256).hexdigest()}"

    def pads(self) -> tuple[bytes, bytes]:
        """Return the inner and the outer pad of HMAC (RFC 2104 §2), which stand for the secret inside PostgreSQL."""
        key = self._secret if len(self._secret) <= _BLOCK else hashlib.sha256(self._secret).digest()
        block = key.ljust(_BLOCK, b"\0")
        return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)
