"""Services: accounts of programs that hold a key or a certificate of their own, as rows, and as callers.

A service that is new may do nothing; what it is granted later, and what is taken from it, holds for the tokens that it
has already (promise B8). Its client id is `svc_<tenant>_<id>`, so it is found within one tenant.
"""

import re
from collections.abc import Awaitable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.errors import NotFound
from privity.identity.scopes import Scope
from privity.identity.token_text import bytes_of, letters_of
from privity.store import Database, TenantTransaction
from privity.store.transactions.lookup import open_lookup_transaction

LONGEST_TOKEN_SECONDS: Final = 3600
USUAL_TOKEN_SECONDS: Final = 600

_FORM: Final = re.compile(r"svc_([a-z2-7]{26})_([a-z0-9]{10})\Z")
_FIND: Final = "SELECT * FROM identity.find_service(%s, %s)"
_BEARER: Final = "SELECT * FROM identity.find_bearer(%s, %s, %s)"
_ADD: Final = "SELECT identity.add_service(%s, %s, %s, %s, %s, %s, %s, %s)"
_LIST: Final = "SELECT * FROM identity.list_services()"
_GRANT: Final = "SELECT identity.grant_service(%s, %s) AS done"
_DISABLE: Final = "SELECT identity.disable_service(%s, %s) AS done"


class ClientId(msgspec.Struct, frozen=True):
    """The public name of a service."""

    tenant: UUID
    service: str

    def __str__(self) -> str:
        """Return it as its holder writes it."""
        return f"svc_{letters_of(self.tenant.bytes)}_{self.service}"

    @classmethod
    def parse(cls, text: str) -> "ClientId | None":
        """Return the parts of a client id, or None for anything else."""
        form = _FORM.match(text)
        return None if form is None else cls(UUID(bytes=bytes_of(form[1])), form[2])


class ServiceFound(msgspec.Struct, frozen=True, kw_only=True):
    """A service as found while it shows who it is; `keys` is a JWK Set of public keys."""

    project_id: UUID
    scopes: list[Scope]
    keys: str | None
    certificate: str | None
    token_seconds: int
    enabled: bool


class BearerFound(msgspec.Struct, frozen=True, kw_only=True):
    """A service as found behind one of its tokens."""

    project_id: UUID
    scopes: list[Scope]
    enabled: bool
    taken_back: bool


class ServiceListed(msgspec.Struct, frozen=True, kw_only=True):
    """A service as a list shows it; `made_by` is a caller in one word. Times are UTC."""

    id: str
    project_id: UUID
    name: str
    scopes: list[Scope]
    by_key: bool
    certificate: str | None
    token_seconds: int
    made_by: str
    created_at: datetime
    disabled_at: datetime | None
    last_used_at: datetime | None


class _Done(msgspec.Struct, frozen=True):
    done: bool


async def find_service(database: Database, client: ClientId) -> ServiceFound | None:
    """Return a service by its client id."""
    async with open_lookup_transaction(database, read_only=True) as lookup:
        return await lookup.fetch_one(_FIND, (client.tenant, client.service), into=ServiceFound)


async def find_bearer(database: Database, client: ClientId, token: bytes) -> BearerFound | None:
    """Return a service by its client id, and whether the token with that keyed hash was taken back."""
    async with open_lookup_transaction(database, read_only=True) as lookup:
        return await lookup.fetch_one(_BEARER, (client.tenant, client.service, token), into=BearerFound)


async def add_service(
    tx: TenantTransaction,
    service: str,
    *,
    project: UUID,
    name: str,
    keys: str | None,
    certificate: str | None,
    token_seconds: int,
    made_by: str,
    at: datetime,
) -> None:
    """Keep a new service, which may do nothing yet."""
    await tx.execute(_ADD, (service, project, name, keys, certificate, token_seconds, made_by, at))


async def list_services(tx: TenantTransaction) -> list[ServiceListed]:
    """Return every service of the tenant, oldest first."""
    return await tx.fetch_all(_LIST, into=ServiceListed)


async def grant_service(tx: TenantTransaction, service: str, scopes: frozenset[Scope]) -> None:
    """Let a service do this and nothing else from the commit on; raises NotFound."""
    await _act(tx.fetch_one(_GRANT, (service, sorted(scopes)), into=_Done))


async def disable_service(tx: TenantTransaction, service: str, at: datetime) -> None:
    """End a service for good, and every token that it has; raises NotFound."""
    await _act(tx.fetch_one(_DISABLE, (service, at), into=_Done))


async def _act(answer: Awaitable[_Done | None]) -> None:
    done = await answer
    if done is None or not done.done:
        raise NotFound("this tenant has no such service", advice="`privity service list` shows those there are.")
