"""`/v1/deletions`: what was deleted, and the certificate of each deletion."""

import asyncio
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from privity.api.acts import act, callers_own, named
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.lifecycle import CertificateDocument, DeletionRow
from privity.lifecycle.certificate_pages import certificate_pdf
from privity.running import Installation, certificate_of

_PDF: Final = "application/pdf"


class DeletionOut(msgspec.Struct, frozen=True, kw_only=True):
    """A deletion: `records` counts what it names by kind; `certified` is whether its certificate is there."""

    id: UUID
    state: str
    records: dict[str, int]
    requested_by: str
    requested_at: datetime
    purged_at: datetime | None
    certified: bool
    redaction_id: UUID | None


class DeletionPage(msgspec.Struct, frozen=True):
    """Deletions, newest first; `next` goes into `after` for the following page."""

    deletions: list[DeletionOut]
    next: UUID | None


def deletion_page(found: list[DeletionRow], limit: int) -> DeletionPage:
    """Return a page of deletions as it is shown."""
    shown = [DeletionOut(**msgspec.structs.asdict(each)) for each in found]
    return DeletionPage(shown, found[-1].id if len(found) == limit else None)


@get("/v1/deletions", opt=act(Action.DELETION_LIST, callers_own(resources.own_project)))
async def list_deletions(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    record: FromQuery[str | None] = None,
    after: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> DeletionPage:
    """List the project's deletions, newest first, or those of one `record` or bulk redaction."""
    found = await installation.deletions.page(
        access,
        record=None if record is None else parse_id(record, "`record`"),
        after=None if after is None else parse_id(after, "`after`"),
        limit=limit,
    )
    return deletion_page(found, limit)


@get("/v1/deletions/{id:str}/certificate", opt=act(Action.DELETION_READ, named(resources.deletion)))
async def deletion_certificate(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[CertificateDocument]:
    """Return the signed certificate of a finished deletion, with the proof that anyone can check offline.

    With `Accept: application/pdf` it comes as a page, PDF/A-2b.
    """
    document = await certificate_of(installation, access)
    if request.accept.best_match([MediaType.JSON, _PDF], default=MediaType.JSON) != _PDF:
        return Response(document)
    page: Any = await asyncio.to_thread(certificate_pdf, document)
    named_after = f'attachment; filename="deletion-{access.resource_id}.pdf"'
    return Response(page, media_type=_PDF, headers={"Content-Disposition": named_after})


HANDLERS: Final = (list_deletions, deletion_certificate)
