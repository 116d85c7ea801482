"""The history of a message: what the ledger tells of it and of its media, and who redacted what, and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from privity.custody.telephony import Trace
from privity.gate import Access
from privity.lifecycle import RecordDeletion
from privity.running.installation import Installation
from privity.running.records import entries_about


class MessageHistory(msgspec.Struct, frozen=True, kw_only=True):
    """Every touch of a message and of its media, oldest first; what was redacted keeps its trace."""

    id: UUID
    direction: str
    status: str
    created_at: datetime
    sent_at: datetime | None
    redacted_at: datetime | None
    redacted_by: str | None
    card_data_masked: int
    media: list[Trace]
    deletions: list[RecordDeletion]
    entries: list[dict[str, Any]]


async def message_history(installation: Installation, access: Access) -> MessageHistory:
    """Return the history of the message that the access is for."""
    row, traces = await installation.telephony.messages.traces(access)
    things = (row.id, *(trace.id for trace in traces))
    entries = await entries_about(installation, access, things)
    return MessageHistory(
        id=row.id,
        direction=row.direction,
        status=row.status,
        created_at=row.created_at,
        sent_at=row.sent_at,
        redacted_at=row.redacted_at,
        redacted_by=row.redacted_by,
        card_data_masked=row.masked,
        media=traces,
        deletions=await installation.deletions.of(access, things),
        entries=entries,
    )
