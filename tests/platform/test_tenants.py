"""Tenants as the platform knows them: one of a name, found by name or id, without any content."""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import msgspec
import pytest

from databases import FreshDatabase
from privity.errors import BadInput, Conflict, NotFound
from privity.gate import Access
from privity.platform import Profile, Tenant, Tenants


class Act:
    """An access that notes what was made and that its outcome rode along."""

    def __init__(self) -> None:
        self.things: list[UUID] = []
        self.settled_in: list[Any] = []

    def made(self, thing: UUID) -> None:
        self.things.append(thing)

    async def settle(self, tx: Any) -> None:
        self.settled_in.append(tx)


BIRCH = Tenant(
    id=UUID(int=1),
    name="Birch Clinic",
    profile=Profile.CLINIC,
    state="open",
    baa_reference=None,
    synthetic=False,
    created_at=datetime(2026, 11, 22, tzinfo=UTC),
)


async def add(tenants: Tenants, tenant: Tenant) -> Act:
    act = Act()
    await tenants.add(cast("Access", act), tenant)
    return act


async def test_tenant_is_found_by_name_and_id(fresh_database: FreshDatabase) -> None:
    tenants = Tenants(fresh_database.data)
    act = await add(tenants, BIRCH)
    assert act.things == [BIRCH.id]
    assert len(act.settled_in) == 1
    for name in ("Birch Clinic", "birch clinic", str(BIRCH.id)):
        assert await tenants.find(name) == BIRCH
    assert await tenants.all() == [BIRCH]
    with pytest.raises(NotFound):
        await tenants.find("%")


async def test_name_is_taken_once_whatever_its_case(fresh_database: FreshDatabase) -> None:
    tenants = Tenants(fresh_database.data)
    await add(tenants, BIRCH)
    act = Act()
    with pytest.raises(Conflict):
        await tenants.add(cast("Access", act), msgspec.structs.replace(BIRCH, id=UUID(int=2), name="BIRCH CLINIC"))
    assert not act.settled_in
    assert await tenants.all() == [BIRCH]


@pytest.mark.parametrize(
    "name", ["", " birch", "-birch", "a" * 81, "birch\n", "birch; --", "birch/../x", "<b>birch</b>"]
)
async def test_name_is_plain_text(fresh_database: FreshDatabase, name: str) -> None:
    tenants = Tenants(fresh_database.data)
    with pytest.raises(BadInput) as refused:
        await add(tenants, msgspec.structs.replace(BIRCH, name=name))
    assert not name or name not in refused.value.message
    assert await tenants.all() == []


async def test_name_that_could_be_taken_for_an_id_is_refused(fresh_database: FreshDatabase) -> None:
    tenants = Tenants(fresh_database.data)
    await add(tenants, BIRCH)
    for name in (str(BIRCH.id), str(UUID(int=2)).upper()):
        with pytest.raises(BadInput):
            await add(tenants, msgspec.structs.replace(BIRCH, id=UUID(int=3), name=name))
    assert (await tenants.find(str(BIRCH.id))).name == BIRCH.name
