"""How token secrets are kept and tested: HMAC first, bcrypt once a process, both under a pepper no database holds."""

import asyncio
import base64
import hashlib
import hmac
from collections import OrderedDict
from typing import Final

import bcrypt
import msgspec

from privity.identity.token_text import not_accepted
from privity.vault import Secret

_REMEMBERED: Final = 4096


class StoredHashes(msgspec.Struct, frozen=True):
    """What the database keeps of a secret."""

    hash: str
    mac: bytes


class TokenHashes:
    """Makes and tests the two hashes of token secrets.

    The secret is hashed before bcrypt because bcrypt reads 72 bytes at most; base64 of a SHA-256 HMAC is 44 and keeps
    every bit. A secret that passed both tests is remembered by its stored hashes, so bcrypt runs once a process.
    """

    def __init__(self, pepper: Secret, *, rounds: int = 10) -> None:
        self._pepper = pepper
        self._rounds = rounds
        self._passed: OrderedDict[StoredHashes, None] = OrderedDict()
        self._one_at_a_time = asyncio.Semaphore(1)

    async def make(self, secret: bytes) -> StoredHashes:
        """Return both hashes of a new secret."""
        salt = bcrypt.gensalt(self._rounds, prefix=b"2b")
        slow = await asyncio.to_thread(bcrypt.hashpw, self._before_bcrypt(secret), salt)
        return StoredHashes(slow.decode(), self._mac(secret))

    async def check(self, secret: bytes, stored: StoredHashes) -> None:
        """Return if the secret is the one whose hashes are stored; raises NotAuthenticated otherwise.

        A wrong secret costs one HMAC and never bcrypt; bcrypt runs in a thread, one at a time, so that the event loop
        never waits for it.
        """
        if not hmac.compare_digest(self._mac(secret), stored.mac):
            raise not_accepted()
        if stored in self._passed:
            self._passed.move_to_end(stored)
            return
        async with self._one_at_a_time:
            slow = await asyncio.to_thread(bcrypt.checkpw, self._before_bcrypt(secret), stored.hash.encode())
        if not slow:
            raise not_accepted()
        self._passed[stored] = None
        if len(self._passed) > _REMEMBERED:
            self._passed.popitem(last=False)

    def _mac(self, secret: bytes) -> bytes:
        return hmac.digest(self._pepper.reveal(), b"mac|" + secret, hashlib.sha256)

    def _before_bcrypt(self, secret: bytes) -> bytes:
        return base64.b64encode(hmac.digest(self._pepper.reveal(), b"bcrypt|" + secret, hashlib.sha256))
