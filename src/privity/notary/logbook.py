"""Which logs there are, and those whose signing key this sequencer has opened."""

import asyncio
import secrets
from datetime import UTC, datetime
from typing import Final

from psycopg import AsyncConnection

from privity.clock import Clock
from privity.errors import KeysUnavailable, SealBroken, VerificationError
from privity.ids import Ids
from privity.ledger import EMPTY_ROOT, Checkpoint, Frontier, Signer
from privity.notary import tables
from privity.notary.draft import PLATFORM, HeldLog
from privity.notary.tables import LogRow
from privity.vault.kms import KeyManagement

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KMS_WITHIN = 1.0  # seconds; every log waits while one key is opened
_KMS_AGAIN = 1.0  # seconds until a key that could not be opened is tried again


class KeyNotOpened(KeysUnavailable):
    """The signing key of a log cannot be opened now; its entries wait, those of other logs do not."""


class Logbook:
    """Opens logs and their keys; `held` are those that can be written to, by name."""

    def __init__(self, kms: KeyManagement, clock: Clock, ids: Ids) -> None:
        self._kms = kms
        self._clock = clock
        self._ids = ids
        self._closed: dict[str, LogRow] = {}
        self._blocked: dict[str, float] = {}
        self.held: dict[str, HeldLog] = {}

    async def take_over(self, connection: AsyncConnection) -> datetime:
        """Make every log this sequencer's own and return the latest time that any of them holds."""
        self._closed = {row.log: row for row in await tables.take_over(connection)}
        self.held = {}
        return max((row.last_time for row in self._closed.values()), default=BEGINNING)

    def unpublished(self) -> set[str]:
        """Return the logs whose head the platform log did not hear of before the last sequencer ended."""
        return {row.log for row in self._closed.values() if row.log != PLATFORM and row.published < row.size}

    def knows(self, log: str) -> bool:
        """Tell whether there is such a log."""
        return log in self.held or log in self._closed

    def blocked(self) -> list[str]:
        """Return the logs whose key could not be opened a moment ago."""
        now = self._clock.monotonic()
        self._blocked = {log: until for log, until in self._blocked.items() if until > now}
        return list(self._blocked)

    async def hold(self, connection: AsyncConnection, log: str, time: datetime) -> bool:
        """Make sure that the log is in `held`, and return whether it is new.

        Whoever rolls the transaction of a new one back has to `forget` it. Raises KeyNotOpened, and VerificationError
        when the log is not what its key signed.
        """
        if log in self.held:
            return False
        try:
            async with asyncio.timeout(_KMS_WITHIN):
                if log in self._closed:
                    await self._open(connection, self._closed[log])
                    return False
                await self._create(connection, log, time)
                return True
        except (KeysUnavailable, SealBroken, TimeoutError):
            self._blocked[log] = self._clock.monotonic() + _KMS_AGAIN
            raise KeyNotOpened("The signing key of a log cannot be opened now.") from None

    def forget(self, log: str) -> None:
        """Let go of a new log whose transaction did not commit."""
        del self.held[log]

    async def _open(self, connection: AsyncConnection, row: LogRow) -> None:
        """Open a log only if its head is what its own key signed last; a log that was cut must not be continued."""
        with await self._kms.unwrap(row.wrapped_key, _context(row.log)) as seed:
            signer = Signer(row.origin, bytes(seed.reveal()))
        frontier = Frontier.from_bytes(row.size, row.frontier)
        held = HeldLog(row.log, signer, salt=row.salt, epoch=row.epoch, frontier=frontier, published=row.published)
        note, entries = await tables.newest(connection, row.log)
        signed = Checkpoint.verify(note, [signer.verifier], origin=row.origin)
        if signed != held.checkpoint() or row.root != held.root or entries != row.size:
            raise VerificationError(
                "A log does not end where its last checkpoint says.",
                advice="Run `privity ledger verify`, then restore the log; nothing is recorded until then.",
                first_bad_index=min(signed.size, row.size, entries),
            )
        self.held[row.log] = held
        del self._closed[row.log]

    async def _create(self, connection: AsyncConnection, log: str, time: datetime) -> None:
        key, wrapped = await self._kms.generate(_context(log))
        # A tenant's id names its log everywhere; every installation has a platform log, so that one needs an id more.
        origin = f"privity/{log}" if log != PLATFORM else f"privity/{PLATFORM}/{self._ids.new()}"
        with key as seed:
            signer = Signer(origin, bytes(seed.reveal()))
        salt = secrets.token_bytes(32)
        held = HeldLog(log, signer, salt=salt, epoch=1, frontier=Frontier(), published=0)
        vkey = signer.verifier.vkey
        row = LogRow(log, origin, vkey, wrapped, salt, held.epoch, 0, EMPTY_ROOT, b"", 0, time)
        await tables.add_log(connection, row, held.checkpoint().sign(signer))
        self.held[log] = held


def _context(log: str) -> dict[str, str]:
    return {"purpose": "ledger-signing-key", "log": log}
