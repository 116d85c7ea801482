"""Which logs there are, and those whose signing key this sequencer has opened."""

import asyncio
import secrets
from datetime import UTC, datetime
from typing import Final

from psycopg import AsyncConnection

from privity.clock import Clock
from privity.errors import BadInput, KeysUnavailable, SealBroken, VerificationError
from privity.ids import Ids
from privity.ledger import EMPTY_ROOT, Checkpoint, Frontier, Signer
from privity.notary import tables
from privity.notary.draft import PLATFORM, Finding, HeldLog, blinded
from privity.notary.tables import LogRow
from privity.vault.kms import KeyManagement

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KMS_WITHIN = 1.0  # seconds; every log waits while one key is opened
_KMS_AGAIN = 1.0  # seconds until a key that could not be opened is tried again
_LOOK_AGAIN = 1.0  # seconds between looks at halted logs, one a look

_ADVICE: Final = "Run `privity ledger verify`, then restore the log; nothing is recorded in it until then."


class KeyNotOpened(KeysUnavailable):
    """The signing key of a log cannot be opened now; its entries wait, those of other logs do not."""


class LogHalted(VerificationError):
    """A log is not what was signed: it takes no entries until it is put right, and other logs go on."""

    def __init__(self, log: str, first_bad_index: int) -> None:
        super().__init__("A log is not what was signed.", first_bad_index=first_bad_index)
        self.log = log


class Logbook:
    """Opens logs and their keys; `held` are those that can be written to, by name.

    A tenant's log that is not what was signed is *halted*, which is a finding to be told of. It is looked at again from
    time to time, for it may have been put right.
    """

    def __init__(self, kms: KeyManagement, clock: Clock, ids: Ids) -> None:
        self._kms = kms
        self._clock = clock
        self._ids = ids
        self._closed: dict[str, LogRow] = {}
        self._blocked: dict[str, float] = {}
        self._halted: list[str] = []
        self._findings: list[Finding] = []
        self._look_again_at = 0.0
        self.held: dict[str, HeldLog] = {}

    async def take_over(self, connection: AsyncConnection) -> datetime:
        """Make every log this sequencer's own and return the latest time that any of them holds."""
        self._closed = {row.log: row for row in await tables.take_over(connection)}
        self.held = {}
        self._halted = await tables.halted(connection)
        return max((row.last_time for row in self._closed.values()), default=BEGINNING)

    def unpublished(self) -> set[str]:
        """Return the logs whose head the platform log did not hear of before the last sequencer ended."""
        return {row.log for row in self._closed.values() if row.log != PLATFORM and row.published < row.size}

    def knows(self, log: str) -> bool:
        """Tell whether there is such a log."""
        return log in self.held or log in self._closed

    def blocked(self) -> list[str]:
        """Return the logs whose key could not be opened a moment ago, and those that are halted."""
        now = self._clock.monotonic()
        self._blocked = {log: until for log, until in self._blocked.items() if until > now}
        return [*self._blocked, *self._halted]

    def tell(self) -> list[Finding]:
        """Return what was found since the last time, and let go of it; `untold` brings it back."""
        told, self._findings = self._findings, []
        return told

    def untold(self, findings: list[Finding]) -> None:
        """Take back findings that could not be recorded."""
        self._findings = [*findings, *self._findings]

    @property
    def has_findings(self) -> bool:
        """Whether something was found that nobody was told of."""
        return bool(self._findings)

    async def look_again(self, connection: AsyncConnection) -> None:
        """Look at one halted log, if it is time: one that was put right is held from then on."""
        now = self._clock.monotonic()
        if not self._halted or now < self._look_again_at:
            return
        self._look_again_at = now + _LOOK_AGAIN
        log = self._halted[0]
        row = await tables.row_of(connection, log)
        self._halted = [*self._halted[1:], log]
        if row is None:
            return
        try:
            async with asyncio.timeout(_KMS_WITHIN):
                await self._open(connection, row)
        except TimeoutError:  # in the middle of a statement perhaps, so that its transaction is of no use
            raise KeyNotOpened("The signing key of a log cannot be opened now.") from None
        except (KeysUnavailable, SealBroken, BadInput, VerificationError):
            return
        self._halted.remove(log)
        self._findings.append(Finding(log, self.held[log].blinded, None))

    async def hold(self, connection: AsyncConnection, log: str, time: datetime) -> bool:
        """Make sure that the log is in `held`, and return whether it is new.

        Whoever rolls the transaction of a new one back has to `forget` it. Raises KeyNotOpened, LogHalted when the log
        is not what its key signed, and VerificationError when it is the platform's.
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
        except (SealBroken, BadInput, VerificationError) as failure:
            first = getattr(failure, "first_bad_index", None) or 0
            if log == PLATFORM:
                raise VerificationError(
                    "The platform's log is not what was signed.", advice=_ADVICE, first_bad_index=first
                ) from None
            row = self._closed.pop(log, None)
            self._halted.append(log)
            self._findings.append(Finding(log, None if row is None else blinded(row.salt, log), first))
            raise LogHalted(log, first) from None
        except (KeysUnavailable, TimeoutError):
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
        note, entries, inner = await tables.newest(connection, row.log)
        signed = Checkpoint.verify(note, [signer.verifier], origin=row.origin)
        if signed != held.checkpoint() or row.root != held.root or entries != row.size or inner > row.size:
            raise VerificationError(
                "A log does not end where its last checkpoint says.",
                advice=_ADVICE,
                first_bad_index=min(signed.size, row.size, entries),
            )
        self.held[row.log] = held
        self._closed.pop(row.log, None)

    async def _create(self, connection: AsyncConnection, log: str, time: datetime) -> None:
        if await tables.newest(connection, log) != ("", 0, 0):
            raise VerificationError("The row of a log is gone.", advice=_ADVICE, first_bad_index=0)
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
