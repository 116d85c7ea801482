"""Who is signed in, in words: for the corner of a page, and nothing more."""

import asyncio
from typing import Final
from uuid import UUID

from privity.dashboard.frame import Visitor
from privity.dashboard.words import initials
from privity.gate import Access, Action, resources
from privity.running import Installation

_REMEMBERED: Final = 30.0
"""Seconds for which the name of a tenant is drawn alike."""
_HOUSES_REMEMBERED: Final = 1000


class Visitors:
    """Knows people by their own sessions."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._houses: dict[UUID, tuple[float, str, bool]] = {}

    async def visitor(self, access: Access) -> Visitor:
        """Return the person whose act this is."""
        address, (name, synthetic) = await asyncio.gather(
            self._installation.people.address_of(access, UUID(access.caller.id)), self._house(access.tenant)
        )
        return Visitor(
            shown=address,
            initials=initials(address),
            role=str(access.caller.role),
            tenant=name,
            synthetic=synthetic,
        )

    async def _house(self, tenant: UUID) -> tuple[str, bool]:
        """Return what a tenant is called, and whether it is made up."""
        known, now = self._houses.get(tenant), self._installation.clock.monotonic()
        if known is None or known[0] <= now:
            found = await self._installation.tenants.find(str(tenant))
            if len(self._houses) >= _HOUSES_REMEMBERED:
                self._houses.clear()
            known = self._houses[tenant] = now + _REMEMBERED, found.name, found.synthetic
        return known[1:]

    async def names(self, access: Access) -> dict[str, str]:
        """Return addresses by id: everybody's for whoever may list people, and one's own for anybody."""
        caller = access.caller
        [may] = await self._installation.gate.may(caller, [(Action.PERSON_LIST, resources.own_tenant())])
        if may:
            return await self._installation.people.names(access)
        return {caller.id: await self._installation.people.address_of(access, UUID(caller.id))}
