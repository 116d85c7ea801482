"""`/v1/faxes`: list, show, delete."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.answers import DeletionAccepted, deletion_of
from privity.api.lists import After, Limit, Recipient, Sender, ask_of, index_of, moment_of, next_of
from privity.custody.telephony import Fax, FaxFilter
from privity.gate import Access, Action, resources
from privity.running import Installation


class FaxOut(msgspec.Struct, frozen=True, kw_only=True):
    """A fax. `media` is the document of its pages, as long as that is kept."""

    id: UUID
    direction: str
    status: str
    error_code: int | None
    sender: str = msgspec.field(name="from")
    recipient: str = msgspec.field(name="to")
    quality: str
    pages: int
    media: UUID | None
    created_at: datetime
    updated_at: datetime


class FaxPage(msgspec.Struct, frozen=True):
    """Faxes, newest first; `next` goes into `after` for the following page."""

    faxes: list[FaxOut]
    next: str | None


@get("/v1/faxes", opt=act(Action.FAX_LIST, callers_own(resources.own_project)))
async def list_faxes(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    sender: Sender = None,
    recipient: Recipient = None,
    made_after: Annotated[str | None, QueryParameter(name="created_after")] = None,
    made_until: Annotated[str | None, QueryParameter(name="created_until")] = None,
    after: After = None,
    limit: Limit = 50,
) -> FaxPage:
    """List the project's faxes, newest first; `from` and `to` are E.164, times RFC 3339."""
    asked = FaxFilter(
        from_index=index_of(installation, access, sender, "`from`"),
        to_index=index_of(installation, access, recipient, "`to`"),
        made_after=moment_of(made_after, "`created_after`"),
        made_until=moment_of(made_until, "`created_until`"),
    )
    page = await installation.telephony.faxes.page(access, asked, ask_of(installation, access, after, limit))
    return FaxPage([_shown(fax) for fax in page.records], next_of(installation, access, page))


@get("/v1/faxes/{id:str}", opt=act(Action.FAX_READ, named(resources.fax)))
async def show_fax(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> FaxOut:
    """Show one fax."""
    return _shown(await installation.telephony.faxes.read(access))


@delete("/v1/faxes/{id:str}", status_code=202, opt=act(Action.FAX_DELETE, named(resources.fax)))
async def delete_fax(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> DeletionAccepted:
    """Delete one fax and its pages for good."""
    await installation.telephony.faxes.delete(access)
    return deletion_of(access)


def _shown(fax: Fax) -> FaxOut:
    row = fax.row
    return FaxOut(
        id=row.id,
        direction=row.direction,
        status=row.status,
        error_code=row.error_code,
        sender=fax.parties.from_number,
        recipient=fax.parties.to_number,
        quality=row.quality,
        pages=row.pages,
        media=row.media,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


HANDLERS: Final = (list_faxes, show_fax, delete_fax)
