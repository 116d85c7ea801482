"""How token secrets are kept and tested: HMAC first, bcrypt once a process, both under a pepper no database holds."""

import asyncio
import base64
import hashlib
import hmac
from collections import OrderedDict
from typing import Final, TypeVar
from uuid import UUID

import bcrypt
import msgspec

from privity.identity.token_text import TokenText, not_accepted
from privity.vault import Secret

_REMEMBERED: Final = 4096
Key = TypeVar("Key")
Value = TypeVar("Value")


class StoredHashes(msgspec.Struct, frozen=True):
    """What the database keeps of a secret."""

    hash: str
    mac: bytes


class TokenHashes:
    """Makes and tests the two hashes of token secrets.

    The secret is hashed before bcrypt because bcrypt reads 72 bytes at most; base64 of a SHA-256 HMAC is 44 and keeps
    every bit. A secret that passed both tests is remembered by its stored hashes, so bcrypt runs once a process.

    The keyed hash of a token never changes while its id lives, so it is remembered too: a flood of wrong secrets for
    one token is turned away with an HMAC each and reaches no database that others wait for.
    """

    def __init__(self, pepper: Secret, *, rounds: int = 10) -> None:
        self._pepper = pepper
        self._rounds = rounds
        self._passed: OrderedDict[StoredHashes, None] = OrderedDict()
        self._known: OrderedDict[tuple[UUID, str], bytes] = OrderedDict()
        self._one_at_a_time = asyncio.Semaphore(1)

    async def make(self, secret: bytes) -> StoredHashes:
        """Return both hashes of a new secret."""
        salt = bcrypt.gensalt(self._rounds, prefix=b"2b")
        slow = await asyncio.to_thread(bcrypt.hashpw, self._before_bcrypt(secret), salt)
        return StoredHashes(slow.decode(), self._mac(secret))

    def turn_away(self, token: TokenText) -> None:
        """Raise NotAuthenticated for a secret that is known to be wrong; of any other the row has to say."""
        known = self._known.get((token.tenant, token.id))
        if known is not None and not hmac.compare_digest(self._mac(token.secret), known):
            raise not_accepted()

    async def check(self, token: TokenText, stored: StoredHashes) -> None:
        """Return if the token's secret is the one whose hashes are stored; raises NotAuthenticated otherwise.

        A wrong secret costs one HMAC and never bcrypt; bcrypt runs in a thread, one at a time, so that the event loop
        never waits for it.
        """
        secret = token.secret
        _remember(self._known, (token.tenant, token.id), stored.mac)
        if not hmac.compare_digest(self._mac(secret), stored.mac):
            raise not_accepted()
        if stored in self._passed:
            self._passed.move_to_end(stored)
            return
        async with self._one_at_a_time:
            slow = await asyncio.to_thread(bcrypt.checkpw, self._before_bcrypt(secret), stored.hash.encode())
        if not slow:
            raise not_accepted()
        _remember(self._passed, stored, None)

    def _mac(self, secret: bytes) -> bytes:
        return hmac.digest(self._pepper.reveal(), b"mac|" + secret, hashlib.sha256)

    def _before_bcrypt(self, secret: bytes) -> bytes:
        return base64.b64encode(hmac.digest(self._pepper.reveal(), b"bcrypt|" + secret, hashlib.sha256))


def _remember(known: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    """Keep what was learned last, and forget what was learned longest ago when there is too much."""
    known[key] = value
    if len(known) > _REMEMBERED:
        known.popitem(last=False)
