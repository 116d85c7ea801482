"""Tenants as rows of the platform."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from privity.errors import BadInput, Conflict, NotFound
from privity.gate import Access
from privity.store import Database
from privity.store.transactions.platform import open_platform_transaction

_ADD: Final = """
    INSERT INTO platform.tenant (id, name, profile, state, baa_reference, synthetic, created_at)
    VALUES (%(id)s, %(name)s, %(profile)s, 'open', %(baa_reference)s, %(synthetic)s, %(created_at)s)
    ON CONFLICT DO NOTHING
"""
_FIND: Final = """
    SELECT id, name, profile, state, baa_reference, synthetic, created_at FROM platform.tenant
    WHERE id::text = %(name)s OR lower(name) = lower(%(name)s) ORDER BY id::text = %(name)s DESC LIMIT 1
"""
_ALL: Final = """
    SELECT id, name, profile, state, baa_reference, synthetic, created_at FROM platform.tenant ORDER BY created_at, id
"""
_NAME: Final = re.compile(r"[^\W_][\w .&'-]{0,79}\Z")
_LIKE_AN_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""A name of this form could be taken for another tenant's id, wherever a tenant is named by either."""


class Profile(StrEnum):
    """What kind of business a tenant is."""

    CLINIC = "clinic"
    FIRM = "firm"
    AGENCY = "agency"
    VOICE = "voice"
    MESSAGING = "messaging"


class Tenant(msgspec.Struct, frozen=True, kw_only=True):
    """One customer. `baa_reference` says where its business associate agreement is filed; without one it has no PHI."""

    id: UUID
    name: str
    profile: Profile
    state: str
    baa_reference: str | None
    synthetic: bool
    created_at: datetime


class Tenants:
    """Makes tenants and finds them by name or id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, access: Access, tenant: Tenant) -> None:
        """Keep a new tenant, its creation's outcome with it; raises Conflict when the name is taken."""
        if not _NAME.match(tenant.name) or _LIKE_AN_ID.fullmatch(tenant.name):
            raise BadInput(
                "the tenant's name is not one",
                advice="Use 1 to 80 letters, digits, spaces and . & ' - beginning with a letter, and no id.",
            )
        async with open_platform_transaction(self._database) as tx:
            if not await tx.execute(_ADD, msgspec.structs.asdict(tenant)):
                raise Conflict("there is a tenant of that name already", advice="Choose another name.")
            access.made(tenant.id)
            await access.settle(tx)

    async def find(self, name_or_id: str) -> Tenant:
        """Return the tenant of that name or id; raises NotFound."""
        async with open_platform_transaction(self._database) as tx:
            found = await tx.fetch_one(_FIND, {"name": name_or_id}, into=Tenant)
        if found is None:
            raise NotFound("there is no such tenant", advice="`privity tenant list` shows those there are.")
        return found

    async def all(self) -> list[Tenant]:
        """Return every tenant, oldest first; for fan-out of maintenance and for the operator."""
        async with open_platform_transaction(self._database) as tx:
            return await tx.fetch_all(_ALL, into=Tenant)
