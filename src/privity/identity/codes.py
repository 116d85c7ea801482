"""One-time codes by mail: eight digits, ten minutes, five tries, and only in the browser that asked (promise C79).

The database has keyed hashes of the code and of what that browser holds, so a copy of it lets nobody in. For an address
that nobody has a code is kept all the same, and nobody is told of either.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import NotAuthenticated
from privity.ids import Ids
from privity.store import Database
from privity.store.transactions.lookup import open_lookup_transaction
from privity.vault import Secret

LIVES: Final = timedelta(minutes=10)
_DIGITS: Final = 8
_TRIES: Final = 5

_OPEN: Final = "SELECT identity.open_code(%s, %s, %s, %s, %s, %s, %s)"
_TRY: Final = "SELECT * FROM identity.try_code(%s, %s, %s, %s, %s, %s)"


class Asked(msgspec.Struct, frozen=True):
    """A code that was asked for: `code` goes to the address, `browser` stays in the browser that asked."""

    id: UUID
    code: str
    browser: bytes

    def __repr__(self) -> str:
        """Show its id."""
        return f"Asked({self.id})"


class _Tried(msgspec.Struct, frozen=True):
    fits: bool
    person_id: UUID | None


class Codes:
    """Makes and tries codes."""

    def __init__(
        self,
        database: Database,
        pepper: Secret,
        ids: Ids,
        clock: Clock,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._database = database
        self._pepper = pepper
        self._ids = ids
        self._clock = clock
        self._randomness = randomness

    async def ask(self, tenant: UUID, person: UUID | None) -> Asked:
        """Keep a new code, of nobody when the address is unknown."""
        number = int.from_bytes(self._randomness(16)) % 10**_DIGITS  # 2^128 leaves no bias that could be measured
        asked = Asked(self._ids.new(), f"{number:0{_DIGITS}}", self._randomness(32))
        now = self._clock.now()
        row = (tenant, asked.id, person, self._mac(asked.id, asked.code), _hash(asked.browser), now, now + LIVES)
        async with open_lookup_transaction(self._database) as lookup:
            await lookup.execute(_OPEN, row)
        return asked

    async def enter(self, tenant: UUID, code_id: UUID, code: str, browser: bytes) -> UUID:
        """Return the person whose code this is, and use it up; raises NotAuthenticated and counts the try."""
        typed = "".join(code.split())
        row = (tenant, code_id, self._mac(code_id, typed), _hash(browser), _TRIES, self._clock.now())
        async with open_lookup_transaction(self._database) as lookup:
            tried = await lookup.fetch_one(_TRY, row, into=_Tried)
        if tried is None or not tried.fits or tried.person_id is None:
            raise wrong_code()
        return tried.person_id

    def _mac(self, code_id: UUID, code: str) -> bytes:
        return hmac.digest(self._pepper.reveal(), b"code|" + code_id.bytes + code.encode(), hashlib.sha256)


def wrong_code() -> NotAuthenticated:
    """Return the one refusal of codes: wrong, used, expired and foreign ones look alike."""
    return NotAuthenticated(
        "the code is not right, or not any more", advice="Enter the newest code in the browser that asked for it."
    )


def _hash(browser: bytes) -> bytes:
    return hashlib.sha256(b"browser|" + browser).digest()
