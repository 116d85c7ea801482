"""Noting last uses: many calls become one statement, and one tenant's trouble is not another's."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from privity.errors import KeysUnavailable, NotFound, SealBroken
from privity.identity import Caller, CallerKind, Origin, TokenUsage, usage
from privity.keys import TenantSeals
from privity.store import Database
from privity.vault import Plaintext

HERE, GONE, ODD = (uuid.UUID(int=number) for number in (1, 2, 3))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Seals:
    """Seals for `HERE`; the keys of `GONE` were destroyed, and those of `ODD` do not open. `down` is the KMS."""

    down = False

    async def seal(self, tenant: uuid.UUID, row: uuid.UUID, plaintext: Plaintext) -> bytes:
        if self.down:
            raise KeysUnavailable("down")
        if tenant == GONE:
            raise NotFound("destroyed")
        if tenant == ODD:
            raise SealBroken("damaged")
        return b"sealed"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """The parameters of each statement."""
    statements: list[list[Any]] = []

    class Lookup:
        async def execute(self, _: str, parameters: list[Any]) -> None:
            statements.append(parameters)

    @asynccontextmanager
    async def lookup(_: Database) -> AsyncIterator[Lookup]:
        yield Lookup()

    monkeypatch.setattr(usage, "open_lookup_transaction", lookup)
    return statements


def uses_of(seals: Seals) -> TokenUsage:
    return TokenUsage(cast("Database", None), cast("TenantSeals", seals))


def caller(tenant: uuid.UUID, token: str) -> Caller:
    origin = Origin(request_id=uuid.uuid4(), address="192.0.2.1")
    return Caller(kind=CallerKind.SERVICE, id=token, tenant=tenant, origin=origin)


async def test_many_uses_are_one_statement(written: list[list[Any]]) -> None:
    uses = uses_of(Seals())
    for token in ("aaaaaaaaaa", "bbbbbbbbbb", "aaaaaaaaaa"):
        uses.note(caller(HERE, token), NOON)
    await uses.write()
    await uses.write()
    assert written == [[[HERE, HERE], ["aaaaaaaaaa", "bbbbbbbbbb"], [NOON, NOON], [b"sealed", b"sealed"]]]


async def test_tenant_without_keys_does_not_stop_the_others(written: list[list[Any]]) -> None:
    uses = uses_of(Seals())
    uses.note(caller(GONE, "gggggggggg"), NOON)
    uses.note(caller(ODD, "oooooooooo"), NOON)
    uses.note(caller(HERE, "aaaaaaaaaa"), NOON)
    await uses.write()
    assert written == [[[HERE], ["aaaaaaaaaa"], [NOON], [b"sealed"]]]


async def test_what_cannot_be_written_now_is_written_later(written: list[list[Any]]) -> None:
    seals = Seals()
    uses = uses_of(seals)
    uses.note(caller(HERE, "aaaaaaaaaa"), NOON)
    seals.down = True
    with pytest.raises(KeysUnavailable):
        await uses.write()
    seals.down = False
    await uses.write()
    assert len(written) == 1


async def test_uses_of_services_are_one_statement_of_their_own(written: list[list[Any]]) -> None:
    uses = uses_of(Seals())
    for service in ("aaaaaaaaaa", "bbbbbbbbbb", "aaaaaaaaaa"):
        uses.note_service(caller(HERE, service), NOON)
    await uses.write()
    await uses.write()
    assert written == [[[HERE, HERE], ["aaaaaaaaaa", "bbbbbbbbbb"], [NOON, NOON]]]
