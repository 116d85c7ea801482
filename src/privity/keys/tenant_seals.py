"""Sealing of small values that die with their tenant rather than with a record: where a request came from, an address.

Each purpose has a key derived from the tenant's own. The open key is kept for as long as tenant keys are, so that
sealing costs no statement. A value sealed with a key that was destroyed meanwhile opens nowhere: the strict side.
"""

from collections.abc import Iterable
from uuid import UUID

from privity.clock import Clock
from privity.errors import NotFound, SealBroken
from privity.keys.hierarchy import Keys, RecordKey
from privity.vault import Place, Plaintext, Record, key_id_of, open_sealed, seal

_SCHEMA_VERSION = 1


class TenantSeals:
    """Seals and opens values of one purpose; the row they belong to is bound into the seal.

    `cache_ttl` is seconds, 0 to 300, the same setting as for tenant keys.
    """

    def __init__(self, keys: Keys, purpose: str, clock: Clock, *, cache_ttl: float) -> None:
        self._keys = keys
        self._purpose = purpose
        self._clock = clock
        self._cache_ttl = cache_ttl
        self._current: dict[UUID, tuple[float, RecordKey]] = {}
        keys.at_close(self.forget)

    async def seal(self, tenant: UUID, row: UUID, plaintext: Plaintext) -> bytes:
        """Return the value sealed for one row; raises KeysUnavailable."""
        self._forget_old()
        if (known := self._current.get(tenant)) is not None:
            key = known[1]
        else:
            key = await self._keys.derived_tenant_key(tenant, self._purpose)
            if self._cache_ttl > 0:
                self._current[tenant] = (self._clock.monotonic(), key)
        # No await from here on: another one that seals may wipe the key.
        return bytes(seal(key.key, self._place(tenant, row), key.key_id, plaintext))

    def forget(self) -> None:
        """Wipe every key that is kept."""
        for _, kept in self._current.values():
            kept.key.wipe()
        self._current.clear()

    def _forget_old(self) -> None:
        """Wipe the keys of all tenants that were kept for long enough, not only of the one that is asked for."""
        now = self._clock.monotonic()
        for tenant in [tenant for tenant, (since, _) in self._current.items() if now - since >= self._cache_ttl]:
            self._current.pop(tenant)[1].key.wipe()

    async def open(self, tenant: UUID, row: UUID, sealed: bytes) -> Plaintext:
        """Return the value; raises SealBroken when its key was destroyed, or it was altered or moved."""
        try:
            key = await self._keys.derived_tenant_key(tenant, self._purpose, key_id_of(sealed))
        except NotFound:
            raise SealBroken("a sealed value did not open") from None
        return open_sealed(key.key, self._place(tenant, row), key.key_id, sealed)

    async def open_many(self, tenant: UUID, sealed: Iterable[tuple[UUID, bytes]]) -> dict[UUID, Plaintext]:
        """Return the values of some rows, by row, with one look for each key; those that do not open are left out."""
        keys: dict[UUID, RecordKey] = {}
        opened = {}
        for row, value in sealed:
            try:
                if (named := key_id_of(value)) not in keys:
                    keys[named] = await self._keys.derived_tenant_key(tenant, self._purpose, named)
                opened[row] = open_sealed(keys[named].key, self._place(tenant, row), named, value)
            except (NotFound, SealBroken):
                continue
        return opened

    def _place(self, tenant: UUID, row: UUID) -> Place:
        return Record(tenant=tenant, table=self._purpose, row=row).at("value", _SCHEMA_VERSION)
