"""Keys come from the KMS through the tenant's key, are bound to their record, and are refused when either is away."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from kms import SwitchedKms
from psycopg import AsyncConnection

from databases import FreshDatabase
from privity.clock import SteppedClock
from privity.errors import BadInput, Conflict, KeysUnavailable, NotFound, SealBroken
from privity.keys import FileKeyring, KeyDatabase, Keys, cache
from privity.store import Database
from privity.vault import Plaintext, Record, key_id_of, open_sealed, seal
from promises import promise

MakeKeys = Callable[..., Keys]


def wrapped_rows(fresh: FreshDatabase) -> list[tuple[UUID, UUID, bytes]]:
    with psycopg.connect(fresh.keys_superuser_dsn) as connection:
        return connection.execute("SELECT tenant_id, row_id, wrapped FROM keys.record_key ORDER BY row_id").fetchall()


async def test_a_record_key_comes_back_in_every_process(keys: Keys, make_keys: MakeKeys, tenant: UUID) -> None:
    row = uuid4()
    made = await keys.new_record_key(tenant, "transcript", row)
    # Another process sees it at once: it was committed before it was given out.
    assert await make_keys().record_key(tenant, "transcript", row) == made
    assert await keys.record_key(tenant, "transcript", row) == made


async def test_records_have_keys_of_their_own(keys: Keys, tenant: UUID) -> None:
    row = uuid4()
    made = [await keys.new_record_key(tenant, table, id_) for table, id_ in (("a", row), ("b", row), ("a", uuid4()))]
    assert len({key.key_id for key in made}) == len({key.key.hex() for key in made}) == 3
    with pytest.raises(Conflict):
        await keys.new_record_key(tenant, "a", row)
    with pytest.raises(NotFound):
        await keys.record_key(tenant, "c", row)


async def test_a_tenant_is_created_once(keys: Keys, tenant: UUID) -> None:
    with pytest.raises(Conflict):
        await keys.create_tenant(tenant)
    with pytest.raises(NotFound):
        await keys.new_record_key(uuid4(), "transcript", uuid4())
    with pytest.raises(NotFound):
        await keys.derived_tenant_key(uuid4(), "details")


@promise("C24")
async def test_the_key_database_holds_no_key_in_clear(keys: Keys, tenant: UUID, fresh_database: FreshDatabase) -> None:
    made = await keys.new_record_key(tenant, "transcript", uuid4())
    with psycopg.connect(fresh_database.keys_superuser_dsn) as connection:
        rows = connection.execute(
            "SELECT r::text FROM keys.record_key r UNION ALL SELECT t::text FROM keys.tenant_key t"
        )
        text = str(rows.fetchall())
    assert str(made.key_id) in text
    assert made.key.hex() not in text


@promise("C18", sabotage="tenant_key_survives")
async def test_destroying_one_tenants_key_makes_only_that_tenant_unreadable(
    keys: Keys, make_keys: MakeKeys, tenant: UUID
) -> None:
    other, row = uuid4(), uuid4()
    await keys.create_tenant(other)
    sealed = {}
    for each in (tenant, other):
        key = await keys.new_record_key(each, "transcript", row)
        place = Record(tenant=each, table="transcript", row=row).at("body", 1)
        sealed[each] = (place, seal(key.key, place, key.key_id, b"content"))
        await keys.derived_tenant_key(each, "details")
    receipt = await make_keys().destroy_tenant(tenant)
    assert len(receipt.key_ids) == 2
    for process in (keys, make_keys()):
        with pytest.raises(NotFound):
            await process.record_key(tenant, "transcript", row)
        with pytest.raises(NotFound):
            await process.derived_tenant_key(tenant, "details")
        with pytest.raises(NotFound):
            await process.new_record_key(tenant, "transcript", uuid4())
        key = await process.record_key(other, "transcript", row)
        place, content = sealed[other]
        assert open_sealed(key.key, place, key.key_id, content) == Plaintext(b"content")
        with pytest.raises(SealBroken):
            open_sealed(key.key, *sealed[tenant][:1], key.key_id, sealed[tenant][1])
    assert (await make_keys().destroy_tenant(tenant)).key_ids == ()


@promise("B9")
async def test_a_wrapped_key_moved_to_another_row_or_tenant_does_not_open(
    keys: Keys, tenant: UUID, fresh_database: FreshDatabase
) -> None:
    other, rows = uuid4(), [uuid4(), uuid4()]
    await keys.create_tenant(other)
    for each in (tenant, other):
        for row in rows:
            await keys.new_record_key(each, "transcript", row)
    with psycopg.connect(fresh_database.keys_superuser_dsn, autocommit=True) as connection:
        for place, source in (((tenant, rows[0]), (tenant, rows[1])), ((other, rows[0]), (tenant, rows[0]))):
            connection.execute(
                "UPDATE keys.record_key r SET wrapped = s.wrapped, key_id = s.key_id FROM keys.record_key s"
                " WHERE (r.tenant_id, r.row_id) = (%s, %s) AND (s.tenant_id, s.row_id) = (%s, %s)",
                (*place, *source),
            )
            with pytest.raises(SealBroken):
                await keys.record_key(place[0], "transcript", place[1])
    await keys.record_key(tenant, "transcript", rows[1])


@promise("B9", "E44", sabotage="cache_never_expires")
async def test_without_the_kms_nothing_opens_after_the_cache_has_passed(
    keys: Keys, kms: SwitchedKms, clock: SteppedClock, tenant: UUID
) -> None:
    row = uuid4()
    await keys.new_record_key(tenant, "transcript", row)
    kms.down = True
    clock.advance(timedelta(seconds=59))
    await keys.record_key(tenant, "transcript", row)
    clock.advance(timedelta(seconds=1))
    await refuses_everything(keys, tenant, row)
    kms.down = False
    await keys.record_key(tenant, "transcript", row)


@promise("B9", "E44", sabotage="cache_ignores_zero")
async def test_without_the_kms_nothing_opens_at_once_when_nothing_is_cached(
    make_keys: MakeKeys, kms: SwitchedKms, tenant: UUID
) -> None:
    keys, row = make_keys(cache_ttl=0), uuid4()
    await keys.new_record_key(tenant, "transcript", row)
    kms.down = True
    await refuses_everything(keys, tenant, row)


async def refuses_everything(keys: Keys, tenant: UUID, row: UUID) -> None:
    for act in (
        keys.record_key(tenant, "transcript", row),
        keys.new_record_key(tenant, "transcript", uuid4()),
        keys.derived_tenant_key(tenant, "details"),
        keys.create_tenant(uuid4()),
        keys.rotate_tenant_key(tenant),
        keys.health(),
    ):
        with pytest.raises(KeysUnavailable):
            await act


@promise("E44")
async def test_a_refused_key_leaves_nothing_behind(
    make_keys: MakeKeys, kms: SwitchedKms, tenant: UUID, fresh_database: FreshDatabase
) -> None:
    kms.down = True
    with pytest.raises(KeysUnavailable):
        await make_keys(cache_ttl=0).new_record_key(tenant, "transcript", uuid4())
    assert wrapped_rows(fresh_database) == []


async def test_a_kms_that_hangs_is_given_up(
    keys: Keys, kms: SwitchedKms, tenant: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "KMS_ANSWERS_WITHIN", 0.05)
    kms.hangs = True
    with pytest.raises(KeysUnavailable):
        await keys.new_record_key(tenant, "transcript", uuid4())


async def test_without_the_key_database_nothing_opens(kms: SwitchedKms, tenant: UUID) -> None:
    nowhere = Database(lambda role: f"host=/nonexistent dbname=privity user={role}", answer_within=0.3)
    keys = Keys(KeyDatabase(nowhere), kms)
    try:
        await refuses_everything(keys, tenant, uuid4())
        with pytest.raises(KeysUnavailable):
            await keys.shred(tenant, "transcript", uuid4())
    finally:
        await nowhere.close()


async def test_another_keyring_opens_nothing(
    keys: Keys, tenant: UUID, fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    row = uuid4()
    await keys.new_record_key(tenant, "transcript", row)
    stranger = Keys(KeyDatabase(fresh_database.keys), FileKeyring.create(tmp_path / "another"))
    with pytest.raises(SealBroken):
        await stranger.record_key(tenant, "transcript", row)


async def test_one_statement_gives_a_record_key(
    keys: Keys, kms: SwitchedKms, tenant: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = uuid4()
    await keys.new_record_key(tenant, "transcript", row)
    unwrapped, statements = kms.unwrapped, []
    execute = AsyncConnection.execute

    async def counted(self: AsyncConnection, query: Any, *rest: Any, **options: Any) -> Any:
        statements.append(query)
        return await execute(self, query, *rest, **options)

    monkeypatch.setattr(AsyncConnection, "execute", counted)
    await keys.record_key(tenant, "transcript", row)
    assert len([statement for statement in statements if statement]) == 1
    assert kms.unwrapped == unwrapped


async def test_many_at_once_ask_the_kms_once(keys: Keys, kms: SwitchedKms, tenant: UUID) -> None:
    made = await asyncio.gather(*(keys.new_record_key(tenant, "transcript", uuid4()) for _ in range(40)))
    assert len({key.key.hex() for key in made}) == 40
    assert kms.unwrapped == 1


@promise("C18", sabotage="generation_ignored")
async def test_a_cached_key_of_an_older_generation_is_not_used(
    keys: Keys, make_keys: MakeKeys, kms: SwitchedKms, keyring: FileKeyring, tenant: UUID
) -> None:
    row = uuid4()
    await keys.new_record_key(tenant, "transcript", row)
    keyring.add_root()
    assert await make_keys().rewrap_tenant_keys() == 1
    assert await make_keys().rewrap_tenant_keys() == 0
    kms.down = True
    with pytest.raises(KeysUnavailable):
        await keys.record_key(tenant, "transcript", row)
    kms.down = False
    await keyring.destroy(1)
    await keys.record_key(tenant, "transcript", row)


async def test_a_rotation_moves_every_record_key_and_changes_none(
    keys: Keys, make_keys: MakeKeys, tenant: UUID, fresh_database: FreshDatabase
) -> None:
    rows = [uuid4() for _ in range(20)]
    made = {row: await keys.new_record_key(tenant, "transcript", row) for row in rows}
    before = {row: wrapped for _, row, wrapped in wrapped_rows(fresh_database)}
    assert await make_keys().rotate_tenant_key(tenant) == 2
    # A process that has not noticed still writes under the current key, and reads what is under the former.
    late = uuid4()
    made[late] = await keys.new_record_key(tenant, "transcript", late)
    assert await keys.record_key(tenant, "transcript", rows[0]) == made[rows[0]]
    assert await keys.rewrap(tenant) == 20
    assert await keys.rewrap(tenant) == 0
    after = {row: wrapped for _, row, wrapped in wrapped_rows(fresh_database)}
    assert len({key_id_of(wrapped) for wrapped in after.values()}) == 1
    assert all(before[row] != after[row] for row in rows)
    for row, key in made.items():
        assert await make_keys().record_key(tenant, "transcript", row) == key


async def test_keys_made_while_rotating_all_open(keys: Keys, make_keys: MakeKeys, tenant: UUID) -> None:
    rows = [uuid4() for _ in range(30)]
    other = make_keys()

    async def rotate() -> None:
        for _ in range(3):
            await other.rotate_tenant_key(tenant)
            await other.rewrap(tenant)

    made = await asyncio.gather(*(keys.new_record_key(tenant, "transcript", row) for row in rows), rotate())
    for row, key in zip(rows, made[:-1], strict=True):
        assert await make_keys().record_key(tenant, "transcript", row) == key


async def test_a_derived_key_is_found_again_by_the_id_in_the_sealed_value(keys: Keys, tenant: UUID) -> None:
    place = Record(tenant=tenant, table="detail", row=uuid4()).at("body", 1)
    first = await keys.derived_tenant_key(tenant, "audit details")
    sealed = seal(first.key, place, first.key_id, b"detail")
    await keys.rotate_tenant_key(tenant)
    second = await keys.derived_tenant_key(tenant, "audit details")
    assert second.key_id != first.key_id
    again = await keys.derived_tenant_key(tenant, "audit details", key_id_of(sealed))
    assert open_sealed(again.key, place, again.key_id, sealed) == Plaintext(b"detail")
    assert (await keys.derived_tenant_key(tenant, "another purpose")).key != second.key


@pytest.mark.parametrize("ttl", [-1, 301, float("nan")])
def test_the_cache_lives_300_seconds_at_most(make_keys: MakeKeys, ttl: float) -> None:
    with pytest.raises(BadInput):
        make_keys(cache_ttl=ttl)


async def test_closing_wipes_what_is_in_memory(keys: Keys, kms: SwitchedKms, tenant: UUID) -> None:
    row = uuid4()
    await keys.new_record_key(tenant, "transcript", row)
    held = [entry.key for entry in keys._cache._open.values()]
    keys.close()
    assert len(held) == 1
    with pytest.raises(SealBroken):
        held[0].reveal()
    kms.down = True
    with pytest.raises(KeysUnavailable):
        await keys.record_key(tenant, "transcript", row)
