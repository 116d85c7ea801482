"""How often something may be tried: the generic cell rate algorithm in PostgreSQL, shared by all processes.

Nobody can lock somebody else out (promise C81). A browser in which the person has signed in before has counters of its
own, so guesses made elsewhere never count against it; passkeys cannot be guessed and are not counted by account at all;
and an operator's or administrator's sign-in link works at any time. When the counters cannot be reached the answer is
503: what is not counted is not tried. Keys are keyed hashes, so the table tells neither addresses nor accounts.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import msgspec

from privity.clock import Clock
from privity.errors import TooManyRequests
from privity.store import Database
from privity.store.transactions.lookup import LookupTransaction, open_lookup_transaction
from privity.vault import Secret

_TAKE: Final = "SELECT identity.take(%s, %s, %s, %s) AS good"
_FORGIVE: Final = "SELECT identity.forgive(%s)"
_SPEND: Final = "SELECT identity.spend(%s, %s, %s) AS good"


class _Good(msgspec.Struct, frozen=True):
    good: bool


class Limit(msgspec.Struct, frozen=True):
    """`burst` tries at once, and one more every `spacing`."""

    name: str
    spacing: timedelta
    burst: int


CODES_ASKED_BY_ACCOUNT: Final = Limit("codes-asked-by-account", timedelta(minutes=2), 5)
CODES_ASKED_BY_ADDRESS: Final = Limit("codes-asked-by-address", timedelta(seconds=20), 30)
TRIES_BY_ACCOUNT: Final = Limit("tries-by-account", timedelta(minutes=3), 5)
TRIES_BY_ADDRESS: Final = Limit("tries-by-address", timedelta(seconds=20), 60)
PROOFS_BY_ADDRESS: Final = Limit("proofs-by-address", timedelta(seconds=1), 200)
"""Of what cannot be guessed, links and passkeys: many people may sit behind one address."""
CLIENTS_BY_ADDRESS: Final = Limit("clients-by-address", timedelta(seconds=1), 60)


class Counted(msgspec.Struct, frozen=True):
    """One counter: a limit and the hashed key that it is kept under."""

    limit: Limit
    key: bytes


class Rates:
    """Counts tries, and remembers what may come only once."""

    def __init__(self, database: Database, key: Secret, clock: Clock) -> None:
        self._database = database
        self._key = bytes(key.reveal())
        self._clock = clock

    def hashed(self, purpose: str, *parts: bytes) -> bytes:
        """Return the keyed hash that stands for something in the table; parts cannot run into each other."""
        message = b"".join(len(part).to_bytes(4) + part for part in (purpose.encode(), *parts))
        return hmac.digest(self._key, message, hashlib.sha256)

    def by_address(self, limit: Limit, address: str) -> Counted:
        """Return the counter of a network address; see network_of."""
        return Counted(limit, self.hashed(limit.name, network_of(address).encode()))

    def by_account(self, limit: Limit, account: bytes, device: bytes = b"") -> Counted:
        """Return the counter of an account, or that of one trusted browser of it."""
        return Counted(limit, self.hashed(limit.name, account, device))

    async def take(self, counters: Iterable[Counted]) -> None:
        """Count one try against each counter; raises TooManyRequests when one is full."""
        rows = [(counter.key, counter.limit.spacing, counter.limit.burst) for counter in counters]
        columns = [list(column) for column in zip(*rows, strict=True)]
        async with open_lookup_transaction(self._database) as lookup:
            answer = await lookup.fetch_one(_TAKE, (*columns, self._clock.now()), into=_Good)
        if answer is None or not answer.good:
            raise TooManyRequests("there were too many tries", advice="Wait a few minutes, or sign in with a passkey.")

    async def forgive(self, counters: Iterable[Counted]) -> None:
        """Forget the tries that a success has shown to be harmless."""
        async with open_lookup_transaction(self._database) as lookup:
            await lookup.execute(_FORGIVE, ([counter.key for counter in counters],))

    async def spend(self, purpose: str, fact: bytes, lives: timedelta) -> bool:
        """Return whether this fact comes for the first time; it is remembered for as long as it lives."""
        now = self._clock.now()
        async with open_lookup_transaction(self._database) as lookup:
            return await self._spend(lookup, (self.hashed(purpose, fact), now, now + lives))

    async def _spend(self, lookup: LookupTransaction, row: tuple[object, ...]) -> bool:
        answer = await lookup.fetch_one(_SPEND, row, into=_Good)
        return answer is not None and answer.good


def network_of(address: str) -> str:
    """Return what one customer has: an IPv4 address, also where a socket wrote it as IPv6, or an IPv6 /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))
