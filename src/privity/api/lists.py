"""What the lists of telephony take in `/v1`: where a page begins and how long it is, numbers, times, a status."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar.params import FromQuery, QueryParameter

from privity.custody.telephony import Ask, Page, parse_number
from privity.errors import BadInput
from privity.gate import Access
from privity.running import Installation

After = FromQuery[str | None]
"""Where a page begins: the `next` of the page before."""

Limit = Annotated[int, QueryParameter(ge=1, le=200)]
"""How many records a page holds."""

Sender = Annotated[str | None, QueryParameter(name="from")]
Recipient = Annotated[str | None, QueryParameter(name="to")]
"""The number at either end, in E.164."""

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time of RFC 3339, with its offset from UTC."""


def ask_of(installation: Installation, access: Access, after: str | None, limit: int) -> Ask:
    """Return which page is asked for; raises BadInput for an `after` that was not made for this project."""
    cursors = installation.telephony.cursors
    return Ask(size=limit, cursor=None if after is None else cursors.read(after, access.project))


def next_of(installation: Installation, access: Access, page: Page[Any]) -> str | None:
    """Return what goes into `after` for the page that follows; None behind the last one."""
    return None if page.next is None else installation.telephony.cursors.text(page.next, access.project)


def index_of(installation: Installation, access: Access, number: str | None, what: str) -> bytes | None:
    """Return the keyed hash by which records of a number are found; raises BadInput for what is no number."""
    return None if number is None else installation.telephony.index.of(access.tenant, parse_number(number, what))


def moment_of(text: str | None, what: str) -> datetime | None:
    """Return a moment of RFC 3339; raises BadInput for another form or one without its offset from UTC."""
    if text is None:
        return None
    try:
        moment: datetime = msgspec.convert(text, Moment)
    except msgspec.ValidationError:
        raise BadInput(f"{what} is not a time", advice="Write it as 2026-11-22T09:30:00Z.") from None
    return moment


def known(status: str | None, statuses: tuple[str, ...]) -> str | None:
    """Return the status; raises BadInput for one that no record has."""
    if status is not None and status not in statuses:
        raise BadInput("there is no such status", advice=f"Choose from {', '.join(statuses)}.")
    return status
