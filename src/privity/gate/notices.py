"""Notices: what the people of a role have to know, for as long as it waits for one of them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.gate.access import Access

TellsRole = Callable[[Access, str], Awaitable[None]]
"""Tells the people of the roles that a notice is for, outside Privity, once it has committed."""

_MOST: Final = 5
_OPEN: Final = """
    SELECT n.kind, n.about, n.created_at FROM tenant.notice AS n
    LEFT JOIN tenant.break_glass AS b ON b.id = n.about LEFT JOIN tenant.access_grant AS g ON g.id = n.about
    WHERE n.for_role = %s AND ((b.id IS NOT NULL AND b.reviewed_at IS NULL) OR g.state = 'asked')
    ORDER BY n.id DESC LIMIT %s
"""


class Notice(msgspec.Struct, frozen=True):
    """An emergency that nobody has reviewed (`break-glass-opened`), or a request that waits (`grant-asked`)."""

    kind: str
    about: UUID
    created_at: datetime


async def tell_nobody(_access: Access, _kind: str) -> None:
    """Tell nobody outside: the notice stands on the overview alone."""


async def open_notices(access: Access) -> list[Notice]:
    """Return what waits for the caller's role, newest first, five at most; the access goes on after it."""
    if access.caller.role is None:
        return []
    async with access.transaction(settles=False) as tx:
        return await tx.fetch_all(_OPEN, (str(access.caller.role), _MOST), into=Notice)
