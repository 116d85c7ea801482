"""The logs of an installation apart from all that records: what is left to ask when one of them was cut.

A log that does not end where its last checkpoint says takes no entry, so nothing is recorded in it that would tell of
it, and nothing anywhere when it is the platform's. Then the logs are read without being written to, for the verdict.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Protocol

import msgspec

from privity.clock import SystemClock
from privity.errors import NotFound, VerificationError
from privity.keys import FileKeyring
from privity.notary import PLATFORM, LedgerReader
from privity.platform import Tenants
from privity.running.databases import open_databases
from privity.running.directory import DataDirectory, Ownership
from privity.running.judging import LogsJudge
from privity.running.pinned_keys import PinnedKeys
from privity.running.records import Logs
from privity.settings import read_settings

_LOOKS: Final = 10  # at a log that grows while it is looked at
_READ_AT_MOST: Final = 500_000  # entries, of all logs together: about five seconds


class LogsOf(Logs, Protocol):
    """What the logs of an installation are looked at in: the installation, or its logs alone."""

    @property
    def tenants(self) -> Tenants:
        """Which tenants there are."""
        ...


class LogsAlone(msgspec.Struct, frozen=True):
    """What reads the logs, which tenants there are, and the keys that were seen first."""

    ledger: LedgerReader
    tenants: Tenants
    pinned_keys: PinnedKeys


@asynccontextmanager
async def open_logs(path: Path) -> AsyncIterator[LogsAlone]:
    """Open the databases of a data directory, and no sequencer, for as long as the block runs."""
    directory = DataDirectory(path)
    ownership = Ownership(directory)
    try:
        ownership.take(attach=True)
        settings, keyring = read_settings(directory.path), FileKeyring(directory.keyring)
        async with open_databases(directory, settings, keyring, SystemClock(), ours=ownership.is_ours) as databases:
            yield LogsAlone(LedgerReader(databases.data), Tenants(databases.data), PinnedKeys(directory.ledger_keys))
    finally:
        ownership.release()


class Looked(msgspec.Struct, frozen=True):
    """Which logs are not what was signed, and which of the others were too long to be read in whole."""

    unsound: list[str]
    unread: list[str]


async def look_at_logs(logs: LogsOf) -> Looked:
    """Return what is wrong with the logs, after a look at the end of each and reading those that are not long.

    What is altered in the middle of a long one is for `privity ledger verify` to find.
    """
    names = [PLATFORM, *(str(tenant.id) for tenant in await logs.tenants.all())]
    judge, unsound, unread, left = LogsJudge(logs), [], [], _READ_AT_MOST
    for log in names:
        if not await _ends_as_signed(logs.ledger, log):
            unsound.append(log)
            continue
        try:
            size = (await logs.ledger.checkpoint(log)).size
            if size > left:
                unread.append(log)
                continue
            left -= size
            await (judge.platform() if log == PLATFORM else judge.tenant(log))
        except VerificationError:
            unsound.append(log)
        except NotFound:
            continue  # a tenant that was just made has no log yet
    return Looked(unsound, unread)


async def _ends_as_signed(ledger: LedgerReader, log: str) -> bool:
    signed = -1
    for _ in range(_LOOKS):
        try:
            size = (await ledger.checkpoint(log)).size
        except NotFound:
            return not await ledger.entries(log, limit=1)  # a tenant that was just made has no log yet
        ends = [entry.index for entry in await ledger.entries(log, after=size - 2, limit=2)] == [size - 1][:size]
        if ends and await ledger.goes_on_from_its_head(log):
            return True
        if size == signed:
            return False
        signed = size
    return True
