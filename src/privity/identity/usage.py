"""When each token was last used, and from where: noted in memory, written every moment in one statement for all."""

import asyncio
import hashlib
from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import UUID

from privity.errors import NotFound, SealBroken, Unavailable
from privity.identity.callers import Caller
from privity.keys import TenantSeals
from privity.store import Database
from privity.store.transactions.lookup import open_lookup_transaction
from privity.vault import Plaintext

_NOTE_USE: Final = "SELECT identity.note_use(%s, %s, %s, %s)"
_EVERY_SECONDS: Final = 0.25


class TokenUsage:
    """Keeps the last use of each token; addresses are sealed under the token's tenant."""

    def __init__(self, database: Database, seals: TenantSeals) -> None:
        self._database = database
        self._seals = seals
        self._noted: dict[tuple[UUID, str], tuple[datetime, str]] = {}

    def note(self, caller: Caller, at: datetime) -> None:
        """Remember that a token was used now; costs no statement."""
        if caller.tenant is not None:
            self._noted[caller.tenant, caller.id] = (at, caller.origin.address)

    async def write(self) -> None:
        """Write what was noted since the last time; what cannot be written now is kept for the next."""
        noted, self._noted = self._noted, {}
        rows = []
        try:
            for (tenant, token), (at, address) in noted.items():
                with suppress(NotFound):  # the tenant's keys were destroyed, and nothing is kept of it any more
                    sealed = await self._seals.seal(tenant, _row_of(token), Plaintext.of(address))
                    rows.append((tenant, token, at, sealed))
            if rows:
                async with open_lookup_transaction(self._database) as lookup:
                    await lookup.execute(_NOTE_USE, [list(column) for column in zip(*rows, strict=True)])
        except Unavailable:
            self._noted = noted | self._noted
            raise

    async def write_forever(self) -> None:
        """Write every quarter of a second until cancelled, then once more."""
        try:
            while True:
                await asyncio.sleep(_EVERY_SECONDS)
                try:
                    await self.write()
                except Unavailable:
                    continue
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
