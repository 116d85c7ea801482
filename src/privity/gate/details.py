"""Where a request came from: sealed beside its ledger entry, which holds only a salted commitment to it.

Erasing the sealed row leaves every proof valid and makes the commitment say nothing: the salt went with it.
"""

import hmac
import os
from collections.abc import Callable
from typing import Final
from uuid import UUID

import msgspec

from privity.errors import VerificationError
from privity.identity import Origin
from privity.keys import TenantSeals
from privity.ledger import commitment
from privity.vault import Plaintext

PLATFORM_KEYS: Final = UUID(int=0)
"""Stands for the platform where keys are asked for by tenant."""

_SALT_BYTES: Final = 32


class Detail(msgspec.Struct, frozen=True):
    """What only an auditor with a reason sees of a request."""

    address: str
    user_agent: str

    def __repr__(self) -> str:
        """Show nothing of it."""
        return "Detail(hidden)"


class Details:
    """Seals details and opens them again."""

    def __init__(self, seals: TenantSeals, randomness: Callable[[int], bytes] = os.urandom) -> None:
        self._seals = seals
        self._randomness = randomness

    async def seal(self, tenant: UUID | None, entry: UUID, origin: Origin) -> tuple[str, bytes]:
        """Return the commitment, as hexadecimal text for the entry, and the sealed detail for the row beside it."""
        salt = self._randomness(_SALT_BYTES)
        body = msgspec.json.encode(Detail(origin.address[:64], origin.user_agent[:400]))
        sealed = await self._seals.seal(tenant or PLATFORM_KEYS, entry, Plaintext(salt + body))
        return commitment(salt, body), sealed

    async def open(self, tenant: UUID | None, entry: UUID, sealed: bytes, committed: str) -> Detail:
        """Return the detail; raises VerificationError when it is not the one that the entry was made with."""
        whole = bytes((await self._seals.open(tenant or PLATFORM_KEYS, entry, sealed)).reveal())
        salt, body = whole[:_SALT_BYTES], whole[_SALT_BYTES:]
        if not hmac.compare_digest(commitment(salt, body), committed):
            raise VerificationError("the sealed detail is not the one the ledger entry commits to")
        return msgspec.json.decode(body, type=Detail)
