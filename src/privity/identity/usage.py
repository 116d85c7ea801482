"""When each token was last used, and from where: noted in memory, written every moment in one statement for all.

Of services the time is noted and no address: the ledger has where each of their calls came from.
"""

import asyncio
import hashlib
from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import UUID

from privity.errors import NotFound, PrivityError, SealBroken, Unavailable
from privity.identity.callers import Caller
from privity.keys import TenantSeals
from privity.store import Database
from privity.store.transactions.lookup import open_lookup_transaction
from privity.vault import Plaintext

_NOTE_USE: Final = "SELECT identity.note_use(%s, %s, %s, %s)"
_NOTE_SERVICE_USE: Final = "SELECT identity.note_service_use(%s, %s, %s)"
_EVERY_SECONDS: Final = 0.25


class TokenUsage:
    """Keeps the last use of each token; addresses are sealed under the token's tenant."""

    def __init__(self, database: Database, seals: TenantSeals) -> None:
        self._database = database
        self._seals = seals
        self._noted: dict[tuple[UUID, str], tuple[datetime, str]] = {}
        self._services: dict[tuple[UUID, str], datetime] = {}

    def note(self, caller: Caller, at: datetime) -> None:
        """Remember that a token was used now; costs no statement."""
        if caller.tenant is not None:
            self._noted[caller.tenant, caller.id] = (at, caller.origin.address)

    def note_service(self, caller: Caller, at: datetime) -> None:
        """Remember that a token of a service was used now; costs no statement."""
        if caller.tenant is not None:
            self._services[caller.tenant, caller.id] = at

    async def write(self) -> None:
        """Write what was noted since the last time; what cannot be written now is kept for the next."""
        await self._write_tokens()
        await self._write_services()

    async def _write_tokens(self) -> None:
        noted, self._noted = self._noted, {}
        rows = []
        try:
            for (tenant, token), (at, address) in noted.items():
                # The tenant's keys were destroyed, and nothing is kept of it any more; or they do not open.
                with suppress(NotFound, SealBroken):
                    sealed = await self._seals.seal(tenant, _row_of(token), Plaintext.of(address))
                    rows.append((tenant, token, at, sealed))
            if rows:
                async with open_lookup_transaction(self._database) as lookup:
                    await lookup.execute(_NOTE_USE, [list(column) for column in zip(*rows, strict=True)])
        except Unavailable:
            self._noted = noted | self._noted
            raise

    async def _write_services(self) -> None:
        noted, self._services = self._services, {}
        if not noted:
            return
        tenants, services = zip(*noted, strict=True)
        try:
            async with open_lookup_transaction(self._database) as lookup:
                await lookup.execute(_NOTE_SERVICE_USE, [list(tenants), list(services), list(noted.values())])
        except Unavailable:
            self._services = noted | self._services
            raise

    async def write_forever(self) -> None:
        """Write every quarter of a second until cancelled, then once more."""
        try:
            while True:
                await asyncio.sleep(_EVERY_SECONDS)
                with suppress(PrivityError):
                    await self.write()
        finally:
            await self.write()

    async def address_of(self, tenant: UUID, token_id: str, sealed: bytes) -> str:
        """Return the address that a token was last used from, or `erased` when its key is gone."""
        try:
            return (await self._seals.open(tenant, _row_of(token_id), sealed)).text()
        except SealBroken:
            return "erased"


def _row_of(token_id: str) -> UUID:
    return UUID(bytes=hashlib.sha256(token_id.encode()).digest()[:16])
