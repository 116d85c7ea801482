"""Wrong secrets for a token that exists: however many come, they reach no database that other callers wait for."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from privity.clock import SteppedClock
from privity.errors import NotAuthenticated
from privity.identity import Authenticator, Origin, Rates, TokenHashes, TokenText, authenticator, new_token
from privity.identity.oauth import OAuth
from privity.identity.rates import CLIENTS_BY_ADDRESS
from privity.store import Database
from privity.vault import Secret
from promises import promise

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ORIGIN = Origin(request_id=UUID(int=1))


class Usage:
    def note(self, *_: object) -> None:
        """Nothing is kept here."""


@promise("D52", sabotage="floods_of_wrong_secrets_read_rows")
async def test_flood_of_wrong_secrets_reads_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = TokenHashes(Secret(bytes(32)), rounds=4)
    held = new_token(UUID(int=7))
    stored = await hashes.make(held.secret)
    row = {"project_id": UUID(int=2), "scopes": [], "hash": stored.hash, "mac": stored.mac}
    row |= {"expires_at": NOW + timedelta(days=1), "revoked_at": None}
    read: list[object] = []

    class Lookup:
        async def fetch_one(self, _: str, key: object, *, into: Any) -> Any:
            read.append(key)
            return into(**row)

    @asynccontextmanager
    async def lookup(_: Database, *, read_only: bool) -> AsyncIterator[Lookup]:
        assert read_only
        yield Lookup()

    monkeypatch.setattr(authenticator, "open_lookup_transaction", lookup)
    who = Authenticator(cast("Database", None), hashes, cast("Any", Usage()), cast("OAuth", None), SteppedClock(NOW))
    assert (await who.bearer(f"Bearer {held.reveal()}", ORIGIN)).id == held.id
    for _ in range(200):
        wrong = TokenText(held.tenant, held.id, os.urandom(32))
        with pytest.raises(NotAuthenticated):
            await who.bearer(f"Bearer {wrong.reveal()}", ORIGIN)
    assert len(read) == 1
    assert (await who.bearer(f"Bearer {held.reveal()}", ORIGIN)).id == held.id
    row["revoked_at"] = NOW
    with pytest.raises(NotAuthenticated):
        await who.bearer(f"Bearer {held.reveal()}", ORIGIN)
    assert len(read) == 3, "the row of a right secret is read each time"


@promise("C81", sabotage="all_mapped_addresses_are_one")
def test_counter_of_an_address_is_that_of_one_customer() -> None:
    rates = Rates(cast("Database", None), Secret(bytes(32)), SteppedClock(NOW))

    def key(address: str) -> bytes:
        return rates.by_address(CLIENTS_BY_ADDRESS, address).key

    assert key("::ffff:198.51.100.7") == key("198.51.100.7") != key("::ffff:198.51.100.8")
    assert key("2001:db8::1") == key("2001:db8::ffff:2") != key("2001:db8:0:1::1")
    assert key("no address") != key("198.51.100.7")
