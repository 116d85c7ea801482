"""The logs of an installation apart from all that records: what is left to ask when one of them was cut.

A log that does not end where its last checkpoint says takes no entry, so nothing is recorded in it that would tell of
it, and nothing anywhere when it is the platform's. Then the logs are read without being written to, for the verdict.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import msgspec

from privity.clock import SystemClock
from privity.errors import NotFound
from privity.keys import FileKeyring
from privity.notary import PLATFORM, LedgerReader
from privity.platform import Tenants
from privity.running.databases import open_databases
from privity.running.directory import DataDirectory, Ownership
from privity.running.pinned_keys import PinnedKeys
from privity.settings import read_settings

_LOOKS: Final = 10  # at a log that grows while it is looked at


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


async def logs_that_were_cut(ledger: LedgerReader, tenants: Tenants) -> list[str]:
    """Return the logs whose last entry is not the one that their newest checkpoint says: a look at each end only."""
    logs = [PLATFORM, *(str(tenant.id) for tenant in await tenants.all())]
    return [log for log in logs if not await _ends_as_signed(ledger, log)]


async def _ends_as_signed(ledger: LedgerReader, log: str) -> bool:
    signed = -1
    for _ in range(_LOOKS):
        try:
            size = (await ledger.checkpoint(log)).size
        except NotFound:
            return not await ledger.entries(log, limit=1)  # a tenant that was just made has no log yet
        if [entry.index for entry in await ledger.entries(log, after=size - 2, limit=2)] == [size - 1][:size]:
            return True
        if size == signed:
            return False
        signed = size
    return True
