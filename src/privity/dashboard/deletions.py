"""`/app/deletions`: what was deleted, by whom and when, and the certificate of each deletion as a page to keep."""

import asyncio
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.dashboard.frame import Frames, asks_for_json
from privity.dashboard.page import Page, as_json
from privity.dashboard.words import Actor, actor_named
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.lifecycle.certificate_pages import certificate_pdf
from privity.running import Installation, certificate_of

_HERE: Final = "/app/deletions"
_ROWS: Final = 30


class DeletionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A deletion: how many records of which kinds, who asked for it, and whether it is certified."""

    id: UUID
    records: dict[str, int]
    by: Actor
    requested_at: datetime
    certified: bool
    redaction: UUID | None


class Deletions(msgspec.Struct, frozen=True, kw_only=True):
    """The project's deletions, newest first, or those of `record`; `older` goes into `after` for the next page."""

    deletions: list[DeletionShown]
    older: UUID | None
    record: str


@get(_HERE, opt=act(Action.DELETION_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    record: Annotated[str, QueryParameter(name="record")] = "",
    after: Annotated[str, QueryParameter(name="after")] = "",
) -> Response[bytes]:
    """List the project's deletions, or those of one record."""
    found = await installation.deletions.page(
        access,
        record=parse_id(record.strip(), "`record`") if record.strip() else None,
        after=parse_id(after, "`after`") if after else None,
        limit=_ROWS,
    )
    names = await frames.names(access)
    facts = Deletions(
        deletions=[
            DeletionShown(
                id=each.id,
                records=each.records,
                by=actor_named(each.requested_by, names),
                requested_at=each.requested_at,
                certified=each.certified,
                redaction=each.redaction_id,
            )
            for each in found
        ],
        older=found[-1].id if len(found) == _ROWS else None,
        record=record.strip(),
    )
    page = Page(
        template="deletions.html", title="Deletions", facts=facts, door="ledger", crumbs=(("Ledger", "/app/ledger"),)
    )
    return await frames.answer(request, access, page)


@get("/app/deletions/{id:str}/certificate", opt=act(Action.DELETION_READ, named(resources.deletion), people=True))
async def certificate(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Give the certificate of a finished deletion: PDF/A to keep, or with `.json` the document that it shows."""
    document = await certificate_of(installation, access)
    if asks_for_json(request):
        return as_json(document)
    page: Any = await asyncio.to_thread(certificate_pdf, document)
    named_after = f'attachment; filename="deletion-{access.resource_id}.pdf"'
    return Response(page, media_type="application/pdf", headers={"Content-Disposition": named_after})


HANDLERS: Final = (list_them, certificate)
