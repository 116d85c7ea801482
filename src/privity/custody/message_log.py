"""The log of messages as people see it: whom each went between and what became of it, and no text."""

from datetime import datetime
from typing import Final

from privity.custody.between import Between, SealedRow, page_between
from privity.custody.messages import MATCHES, TABLE, MessageFilter
from privity.custody.paging import Ask, Page
from privity.gate import BROUGHT, Access, Action, ResourceKind
from privity.keys import Keys

_COLUMNS: Final = """
    r.id, r.direction, r.status, r.parties, r.created_at, r.redacted_at,
    (SELECT count(*) FROM tenant.media AS x WHERE x.parent_id = r.id AND x.blob IS NOT NULL) AS media
"""


class LoggedRow(SealedRow, frozen=True, kw_only=True):
    """A message as its log has it; `readable` is whether the caller may read what it says."""

    direction: str
    status: str
    redacted_at: datetime | None
    media: int
    readable: bool


class MessageLog:
    """Lists messages without opening them."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def page(self, access: Access, asked: MessageFilter, ask: Ask) -> Page[Between[LoggedRow]]:
        """Return a page of the project's messages, newest first: those that the caller may see the history of."""
        await access.demand(Action.MESSAGE_LIST)
        reads = access.rows(Action.MESSAGE_READ)
        statement = f"""
            SELECT {_COLUMNS}, {reads.sql} AS readable FROM {BROUGHT[ResourceKind.MESSAGE]} WHERE {MATCHES}
        """
        values = asked.values(access.project) | reads.parameters
        return await page_between(
            access, self._keys, TABLE, Action.MESSAGE_HISTORY, statement, values, ask, into=LoggedRow
        )
