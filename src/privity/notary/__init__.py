"""The notary: records what is asked and what was done, in logs that nobody can change unseen.

`Inbox` takes entries from every process, `Sequencer` is the one process that gives them their place and signs, and
`LedgerReader` reads, proves and exports, `LedgerBrowser` looks through. The formats are the `ledger` room's.

    async with Inbox(database, mac_key, clock) as inbox:
        receipt = await inbox.record(intent)  # sequenced and signed; else LedgerUnavailable, and nothing has happened
        async with open_tenant_transaction(...) as transaction:
            ...
            await inbox.enqueue(transaction, outcome)   # recorded exactly if this transaction commits
"""

from privity.notary.browsing import LedgerBrowser, Search, Show
from privity.notary.draft import PLATFORM, blinded
from privity.notary.entry import Entry, Receipt
from privity.notary.health import InboxHealth
from privity.notary.inbox import Inbox
from privity.notary.process import (
    SequencerConfig,
    SequencerProcess,
    SupervisedSequencer,
    forbid_core_dumps,
    spawn_sequencer,
)
from privity.notary.reader import LedgerReader, LoggedEntry, LogHead
from privity.notary.sequencer import Sequencer

__all__ = [
    "PLATFORM",
    "Entry",
    "Inbox",
    "InboxHealth",
    "LedgerBrowser",
    "LedgerReader",
    "LogHead",
    "LoggedEntry",
    "Receipt",
    "Search",
    "Sequencer",
    "SequencerConfig",
    "SequencerProcess",
    "Show",
    "SupervisedSequencer",
    "blinded",
    "forbid_core_dumps",
    "spawn_sequencer",
]
