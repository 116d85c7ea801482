"""The key hierarchy in use: KMS root → tenant key → record key. See `Keys`."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from privity.clock import Clock, SystemClock
from privity.errors import BadInput, Conflict, NotFound
from privity.ids import Ids, TimeOrderedIds
from privity.keys.cache import TenantKey, TenantKeyCache, answering, context_of
from privity.keys.database import KeyDatabase, WrappedTenantKey
from privity.keys.shredding import ShredReceipt, shred, shred_tenant
from privity.vault import KEY_BYTES, KeyManagement, KmsHealth, Randomness, Record, Secret, derive

Exists = Callable[[Sequence[Record]], Awaitable[Collection[Record]]]
"""Says which of these records have a row in the data database."""

_BATCH = 500
_ATTEMPTS = 3  # a rotation between two statements is met by trying again; three in a row are no coincidence


class RecordKey(msgspec.Struct, frozen=True, kw_only=True):
    """An open key and its id, both of which sealing needs."""

    key_id: UUID
    key: Secret


class KeysHealth(msgspec.Struct, frozen=True, kw_only=True):
    """What the KMS says of itself, and whether a shred may make the key database's WAL forget."""

    kms: KmsHealth
    wal_can_be_forgotten: bool


class Keys:
    """Keys for sealing and opening, as services use them.

    The order of writing a record is: `new_record_key` commits here, then the row commits in the data database. Whoever
    dies in between leaves a key without a row, which `sweep_orphans` shreds after a day. A row without a key was
    shredded, or is an alarm.

    Every method raises KeysUnavailable when the KMS or the key database does not answer. Nothing falls back on another
    key or on none. Record keys are not cached; tenant keys are, for `cache_ttl` seconds, 0 to 300.
    """

    def __init__(
        self,
        database: KeyDatabase,
        kms: KeyManagement,
        *,
        clock: Clock | None = None,
        ids: Ids | None = None,
        randomness: Randomness = os.urandom,
        cache_ttl: float = 60.0,
    ) -> None:
        self._database = database
        self._kms = kms
        self._clock = clock or SystemClock()
        self._ids = ids or TimeOrderedIds(self._clock)
        self._randomness = randomness
        self._cache = TenantKeyCache(kms, self._clock, cache_ttl)
        # The row that wrapped last, for each tenant. Only a guess: `add_record_key` accepts it or not.
        self._current: dict[UUID, WrappedTenantKey] = {}
        self._at_close: list[Callable[[], None]] = []

    async def create_tenant(self, tenant: UUID) -> None:
        """Give the tenant its first key; raises Conflict when it has one."""
        await self._add_tenant_key(tenant, 1)

    async def new_record_key(self, tenant: UUID, table: str, row: UUID) -> RecordKey:
        """Return a new key for a record, committed in the key database.

        Raises Conflict when the record has one, NotFound when the tenant has no keys.
        """
        record = Record(tenant=tenant, table=table, row=row)
        key_id = self._ids.new()
        for attempt in range(_ATTEMPTS):
            wrapping = await self._wrapping_key(tenant, anew=attempt > 0)
            key = Secret(self._randomness(KEY_BYTES))
            wrapped = wrapping.cipher.wrap(record, key_id, key, randomness=self._randomness)
            if await self._database.add_record_key(record, key_id, wrapped, wrapping.row, at=self._clock.now()):
                return RecordKey(key_id=key_id, key=key)
        raise Conflict("The tenant's key is being rotated.", advice="Ask again.")

    async def record_key(self, tenant: UUID, table: str, row: UUID) -> RecordKey:
        """Return the key of a record; raises NotFound when it was shredded or never was, SealBroken when altered."""
        record = Record(tenant=tenant, table=table, row=row)
        found = await self._database.record_key(record)
        if found is None:
            raise NotFound("The record has no key: it was shredded, or never sealed.")
        opened = await self._cache.open(found.tenant_key)
        return RecordKey(key_id=found.key_id, key=opened.cipher.unwrap(record, found.key_id, found.wrapped))

    async def record_keys(self, tenant: UUID, table: str, rows: Sequence[UUID]) -> dict[UUID, RecordKey]:
        """Return the keys of many records of one table, by row, in one statement; those without a key are left out."""
        keys = {}
        for found in await self._database.record_keys(tenant, table, rows):
            opened = await self._cache.open(found.tenant_key)
            key = opened.cipher.unwrap(found.record, found.key_id, found.wrapped)
            keys[found.record.row] = RecordKey(key_id=found.key_id, key=key)
        return keys

    async def ids_of(self, tenant: UUID, records: Sequence[Record]) -> dict[Record, UUID]:
        """Return the ids of the keys that these records have, without opening them; one without a key is left out."""
        return await self._database.key_ids(tenant, records)

    async def derived_tenant_key(self, tenant: UUID, purpose: str, key_id: UUID | None = None) -> RecordKey:
        """Return a key derived from the tenant's key for one purpose, for values that die with the tenant.

        Without `key_id` the current version is used, to seal; the sealed value then names it (`vault.key_id_of`) and
        opens with that `key_id`. Raises NotFound when the tenant has no such key.
        """
        row = await (
            self._database.current_tenant_key(tenant) if key_id is None else self._database.tenant_key(tenant, key_id)
        )
        opened = await self._cache.open(_known(row))
        return RecordKey(key_id=opened.row.key_id, key=derive(opened.key, f"privity tenant|{purpose}"))

    async def shred(self, tenant: UUID, table: str, row: UUID) -> ShredReceipt:
        """Destroy the key of a record for good; its ciphertext is dead wherever it is copied to."""
        return await self.shred_many(tenant, [Record(tenant=tenant, table=table, row=row)])

    async def shred_many(self, tenant: UUID, records: Sequence[Record]) -> ShredReceipt:
        """Destroy the keys of many records of one tenant at the cost of little more than one.

        Raises BadInput when one of them is another tenant's.
        """
        if any(record.tenant != tenant for record in records):
            raise BadInput("the records of one shred belong to one tenant")
        return await shred(self._database, self._clock, tenant, records)

    async def destroy_tenant(self, tenant: UUID) -> ShredReceipt:
        """Destroy every key of a tenant for good; may be asked again after it was interrupted."""
        self._current.pop(tenant, None)
        return await shred_tenant(self._database, self._clock, tenant)

    async def sweep_orphans(
        self, tenant: UUID, exists: Exists, *, older_than: timedelta = timedelta(hours=24)
    ) -> list[ShredReceipt]:
        """Shred the keys of a tenant that have no row although they are older than that; one receipt a batch."""
        before = self._clock.now() - older_than
        receipts = []
        last: Record | None = None
        while batch := await self._database.records_keyed_before(tenant, before, last, _BATCH):
            last = batch[-1]
            alive = set(await exists(batch))
            if orphans := [record for record in batch if record not in alive]:
                receipts.append(await self.shred_many(tenant, orphans))
        return receipts

    async def rotate_tenant_key(self, tenant: UUID) -> int:
        """Return the version of a new tenant key, which wraps from now on; `rewrap` moves the record keys to it."""
        row = _known(await self._database.current_tenant_key(tenant))
        await self._add_tenant_key(tenant, row.version + 1)
        return row.version + 1

    async def rewrap(self, tenant: UUID) -> int:
        """Wrap every record key that a former tenant key wraps under the current one, and return how many.

        No ciphertext is touched. May be stopped and asked again at any time.
        """
        done = 0
        while batch := await self._database.record_keys_of_former_versions(tenant, _BATCH):
            current = _known(await self._database.current_tenant_key(tenant))
            for found in batch:
                opened = await self._cache.open(found.tenant_key)
                with opened.cipher.unwrap(found.record, found.key_id, found.wrapped) as key:
                    wrapping = await self._cache.open(current)
                    wrapped = wrapping.cipher.wrap(found.record, found.key_id, key, randomness=self._randomness)
                done += await self._database.rewrap_record_key(found, wrapped, current.version)
        return done

    async def rewrap_tenant_keys(self) -> int:
        """Have the KMS wrap every tenant key under its current root, and return how many changed."""
        done = 0
        for row in await self._database.tenant_keys():
            async with answering():
                wrapped = await self._kms.rewrap(row.wrapped, context_of(row.tenant, row.key_id))
            if wrapped != row.wrapped:
                done += await self._database.rewrap_tenant_key(row, wrapped)
        return done

    async def health(self) -> KeysHealth:
        """Return how the KMS and the key database are; raises KeysUnavailable when one does not answer."""
        async with answering():
            kms = await self._kms.health()
        return KeysHealth(kms=kms, wal_can_be_forgotten=await self._database.may_forget_wal())

    def at_close(self, forget: Callable[[], None]) -> None:
        """Have `forget` called when these keys are closed, by whoever keeps keys that were derived from them."""
        self._at_close.append(forget)

    def close(self) -> None:
        """Wipe the tenant keys that are in memory, and those that were derived from them and kept."""
        self._cache.forget()
        for forget in self._at_close:
            forget()

    async def _add_tenant_key(self, tenant: UUID, version: int) -> None:
        key_id = self._ids.new()
        async with answering():
            generated = await self._kms.generate(context_of(tenant, key_id))
        generated.key.wipe()
        await self._database.add_tenant_key(tenant, version, key_id, generated.wrapped, at=self._clock.now())

    async def _wrapping_key(self, tenant: UUID, *, anew: bool) -> TenantKey:
        row = None if anew else self._current.get(tenant)
        if row is None:
            row = self._current[tenant] = _known(await self._database.current_tenant_key(tenant))
        return await self._cache.open(row)


def _known(row: WrappedTenantKey | None) -> WrappedTenantKey:
    if row is None:
        raise NotFound("The tenant has no such key: it was destroyed, or never created.")
    return row
