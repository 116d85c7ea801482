"""Tenant keys in memory for a bounded time, so that one call to the KMS serves many records.

An entry counts only for the generation that the database has just returned with the record key, so a key that was
destroyed or wrapped anew is never served from here. It lives from its unwrapping, not from its last use: a KMS that
went down, or that withdrew the key, is noticed within the time to live.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from privity.clock import Clock
from privity.errors import BadInput, KeysUnavailable
from privity.keys.database import WrappedTenantKey
from privity.vault import Context, KeyManagement, Secret, TenantCipher

LONGEST = 300.0  # seconds
KMS_ANSWERS_WITHIN = 5.0  # seconds


class TenantKey:
    """A version of a tenant's key, open in memory."""

    def __init__(self, row: WrappedTenantKey, key: Secret, opened: float) -> None:
        self.row = row
        self.key = key
        self.cipher = TenantCipher(key, row.key_id)
        self.opened = opened

    def __repr__(self) -> str:
        return f"<TenantKey version {self.row.version} hidden>"


class TenantKeyCache:
    """Opens tenant keys by the KMS and keeps them `ttl` seconds, 0 to 300; 0 asks the KMS each time."""

    def __init__(self, kms: KeyManagement, clock: Clock, ttl: float) -> None:
        if not 0 <= ttl <= LONGEST:
            raise BadInput("tenant keys are cached for 0 to 300 seconds")
        self._kms = kms
        self._clock = clock
        self._ttl = ttl
        self._open: dict[UUID, TenantKey] = {}
        self._opening: defaultdict[UUID, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def open(self, row: WrappedTenantKey) -> TenantKey:
        """Return the key of this row. Use it before the next await: it may be wiped from then on.

        Raises KeysUnavailable when the KMS does not answer within five seconds, SealBroken when it refuses the key.
        """
        if (known := self._fresh(row)) is not None:
            return known
        async with self._opening[row.key_id]:
            # Those who waited for the same key find it here: one call to the KMS for all of them.
            if (known := self._fresh(row)) is not None:
                return known
            async with answering():
                key = await self._kms.unwrap(row.wrapped, context_of(row.tenant, row.key_id))
            opened = TenantKey(row, key, self._clock.monotonic())
            if self._ttl > 0:
                self._open[row.key_id] = opened
        return opened

    def forget(self) -> None:
        """Wipe every key."""
        for entry in self._open.values():
            entry.key.wipe()
        self._open.clear()
        self._opening.clear()

    def _fresh(self, row: WrappedTenantKey) -> TenantKey | None:
        now = self._clock.monotonic()
        for key_id in [key_id for key_id, entry in self._open.items() if now - entry.opened >= self._ttl]:
            self._open.pop(key_id).key.wipe()
            self._opening.pop(key_id, None)
        known = self._open.get(row.key_id)
        return known if known is not None and known.row.generation == row.generation else None


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    """Wait for the KMS only so long; raises KeysUnavailable then."""
    try:
        async with asyncio.timeout(KMS_ANSWERS_WITHIN):
            yield
    except TimeoutError:
        raise KeysUnavailable("The KMS does not answer.", advice="Run `privity doctor`.") from None


def context_of(tenant: UUID, key_id: UUID) -> Context:
    """Return what the KMS binds a tenant key to."""
    return {"tenant": str(tenant), "key": str(key_id)}
