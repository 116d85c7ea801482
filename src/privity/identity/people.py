"""People as rows: found while they sign in, listed and changed inside a tenant transaction that the gate has opened."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.errors import Conflict, NotFound
from privity.identity.links import Standing
from privity.identity.roles import IDLE_SECONDS, Factor
from privity.store import Database, TenantTransaction
from privity.store.transactions.lookup import open_lookup_transaction

_WORKSPACE: Final = "SELECT * FROM identity.find_workspace(%s)"
_FIND: Final = "SELECT * FROM identity.find_person(%s, %s, %s)"
_PASSKEY: Final = "SELECT * FROM identity.find_passkey(%s, %s)"
_ADD: Final = "SELECT identity.add_person(%s, %s, %s, %s, %s, %s, %s, %s) AS done"
_LIST: Final = "SELECT * FROM identity.list_people()"
_OWN: Final = "SELECT * FROM identity.own_person(%s)"
_HOLD_OWNERS: Final = "SELECT identity.hold_owners()"
_CHANGE: Final = "SELECT identity.change_person(%s, %s, %s, %s, %s, %s) AS done"
_PROJECTS: Final = "SELECT count(*) AS count FROM tenant.project WHERE id = ANY (%s)"
_ADD_SESSION: Final = "SELECT identity.add_session(%s, %s, %s, %s, %s, %s, %s)"
_END_SESSIONS: Final = "SELECT identity.end_sessions(%s, %s, %s, %s, %s) AS count"
_LIST_SESSIONS: Final = "SELECT * FROM identity.list_sessions(%s, %s)"


class Found(Standing, frozen=True, kw_only=True):
    """A person as found while signing in."""

    id: UUID
    open: bool
    enrolled: bool


class PasskeyFound(msgspec.Struct, frozen=True, kw_only=True):
    """A passkey as found while signing in."""

    id: UUID
    person_id: UUID
    public_key: bytes
    sign_count: int


class PersonListed(Standing, frozen=True, kw_only=True):
    """A person as a list shows them; `email` is sealed, `factors` are the kinds of second factors. Times are UTC."""

    id: UUID
    state: str
    email: bytes
    created_at: datetime
    seen_at: datetime | None
    factors: list[str]


class Person(Standing, frozen=True, kw_only=True):
    """A person of the tenant; `owners` is how many open owners the tenant has."""

    id: UUID
    state: str
    email: bytes
    email_index: bytes
    owners: int


class SessionListed(msgspec.Struct, frozen=True, kw_only=True):
    """A session as its person sees it; `came_from` is sealed. Times are UTC."""

    id: UUID
    factors: list[Factor]
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    came_from: bytes


class _Tenant(msgspec.Struct, frozen=True):
    tenant_id: UUID


class _Done(msgspec.Struct, frozen=True):
    done: bool


class _Count(msgspec.Struct, frozen=True):
    count: int


class Directory:
    """Finds people by exact key before anybody is known."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def workspace(self, name: str) -> UUID | None:
        """Return the tenant of that name, or None."""
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            found = await lookup.fetch_one(_WORKSPACE, (name,), into=_Tenant)
        return None if found is None else found.tenant_id

    async def by_address(self, tenant: UUID, index: bytes) -> Found | None:
        """Return the person whose address has that keyed hash."""
        return await self._find(tenant, None, index)

    async def by_id(self, tenant: UUID, person: UUID) -> Found | None:
        """Return the person of that id."""
        return await self._find(tenant, person, None)

    async def passkey(self, tenant: UUID, credential: bytes) -> PasskeyFound | None:
        """Return the passkey of that id in one tenant."""
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            return await lookup.fetch_one(_PASSKEY, (tenant, credential), into=PasskeyFound)

    async def _find(self, tenant: UUID, person: UUID | None, index: bytes | None) -> Found | None:
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            return await lookup.fetch_one(_FIND, (tenant, person, index), into=Found)


async def add_person(
    tx: TenantTransaction, person: UUID, standing: Standing, *, email: bytes, email_index: bytes, at: datetime
) -> None:
    """Keep a new person; raises Conflict when the tenant has one with that address."""
    row = (
        person,
        standing.role,
        standing.clinical,
        standing.every_project,
        standing.projects,
        email,
        email_index,
        at,
    )
    added = await tx.fetch_one(_ADD, row, into=_Done)
    if added is None or not added.done:
        raise Conflict("there is a person with that address already", advice="Change what that person may do.")


async def list_people(tx: TenantTransaction) -> list[PersonListed]:
    """Return everybody of the tenant, oldest first."""
    return await tx.fetch_all(_LIST, into=PersonListed)


async def read_person(tx: TenantTransaction, person: UUID) -> Person:
    """Return one person of the tenant; raises NotFound."""
    found = await tx.fetch_one(_OWN, (person,), into=Person)
    if found is None:
        raise NotFound("there is no such person", advice="`privity person list` shows those there are.")
    return found


async def hold_person(tx: TenantTransaction, person: UUID) -> Person:
    """Return one person whose role or state is about to change; nobody takes an owner away until the transaction ends.

    Raises NotFound.
    """
    await tx.execute(_HOLD_OWNERS)
    return await read_person(tx, person)


async def change_person(tx: TenantTransaction, person: UUID, standing: Standing, *, state: str) -> None:
    """Give a person another standing or state, and end all their sessions; raises NotFound."""
    row = (person, standing.role, standing.clinical, standing.every_project, standing.projects, state)
    changed = await tx.fetch_one(_CHANGE, row, into=_Done)
    if changed is None or not changed.done:
        raise NotFound("there is no such person", advice="`privity person list` shows those there are.")


async def check_projects(tx: TenantTransaction, projects: list[UUID]) -> None:
    """Raise NotFound when one of the projects is not the tenant's."""
    found = await tx.fetch_one(_PROJECTS, (projects,), into=_Count)
    if found is None or found.count != len(set(projects)):
        raise NotFound("there is no such project", advice="Name projects of this tenant by their ids.")


async def add_session(
    tx: TenantTransaction,
    session: UUID,
    person: UUID,
    factors: list[Factor],
    *,
    at: datetime,
    until: datetime,
    came_from: bytes,
) -> None:
    """Keep a new session of a person."""
    await tx.execute(_ADD_SESSION, (session, person, factors, at, until, IDLE_SECONDS, came_from))


async def end_sessions(
    tx: TenantTransaction,
    person: UUID,
    because: str,
    at: datetime,
    *,
    only: UUID | None = None,
    but: UUID | None = None,
) -> int:
    """End a person's sessions, all unless one is named, and return how many: from the commit on none is taken."""
    ended = await tx.fetch_one(_END_SESSIONS, (person, only, but, because, at), into=_Count)
    return 0 if ended is None else ended.count


async def list_sessions(tx: TenantTransaction, person: UUID, at: datetime) -> list[SessionListed]:
    """Return a person's live sessions, the one that was seen last first."""
    return await tx.fetch_all(_LIST_SESSIONS, (person, at), into=SessionListed)
