"""Who is signed in, in words: for the corner of a page, and nothing more."""

import asyncio
from uuid import UUID

from privity.dashboard.frame import Visitor
from privity.dashboard.words import initials
from privity.gate import Access, Action, resources
from privity.running import Installation


class Visitors:
    """Knows people by their own sessions."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def visitor(self, access: Access) -> Visitor:
        """Return the person whose act this is."""
        address, tenant = await asyncio.gather(
            self._installation.people.address_of(access, UUID(access.caller.id)),
            self._installation.tenants.find(str(access.tenant)),
        )
        return Visitor(
            shown=address,
            initials=initials(address),
            role=str(access.caller.role),
            tenant=tenant.name,
            synthetic=tenant.synthetic,
        )

    async def names(self, access: Access) -> dict[str, str]:
        """Return addresses by id: everybody's for whoever may list people, and one's own for anybody."""
        caller = access.caller
        [may] = await self._installation.gate.may(caller, [(Action.PERSON_LIST, resources.own_tenant())])
        if may:
            return await self._installation.people.names(access)
        return {caller.id: await self._installation.people.address_of(access, UUID(caller.id))}
