"""`Keys` over a keyring of the test's own, a KMS that can be switched off, and a fresh key database."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from kms import SwitchedKms

from databases import FreshDatabase
from privity.clock import SteppedClock
from privity.keys import FileKeyring, KeyDatabase, Keys


@pytest.fixture
def keyring(tmp_path: Path) -> FileKeyring:
    return FileKeyring.create(tmp_path / "keyring")


@pytest.fixture
def kms(keyring: FileKeyring) -> SwitchedKms:
    return SwitchedKms(keyring)


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture
def make_keys(fresh_database: FreshDatabase, kms: SwitchedKms, clock: SteppedClock) -> Callable[..., Keys]:
    """Makes `Keys` as one more process would, over the same database and KMS."""

    def make(cache_ttl: float = 60.0) -> Keys:
        return Keys(KeyDatabase(fresh_database.keys), kms, clock=clock, cache_ttl=cache_ttl)

    return make


@pytest.fixture
def keys(make_keys: Callable[..., Keys]) -> Keys:
    return make_keys()


@pytest.fixture
async def tenant(keys: Keys) -> UUID:
    tenant = uuid4()
    await keys.create_tenant(tenant)
    return tenant
