"""Faxes in the vendors' form: list, read, their pages, delete. Their dates are ISO 8601, unlike all others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.api.answers import gone
from privity.api.media import bytes_answer
from privity.custody.telephony import Fax, FaxDraft, FaxFilter, Media, page_within
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.laml.answers import VERSION, answer, ask_of, iso, page_answer, site_of, uri_of
from privity.laml.asking import check_can_be_done, check_query, form_of, moment_in, number_in
from privity.laml.doorman import paths, sid, sid_of
from privity.laml.media import wants_json
from privity.laml.messages import WORDS, ends_of, media_of
from privity.laml.problems import BAD_MEDIA, Coded
from privity.running import Installation


@get(paths("Faxes"), opt=act(Action.FAX_LIST, callers_own(resources.own_project)), include_in_schema=False)
async def list_faxes(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the project's faxes, newest first, by `To`, `From`, `DateCreatedAfter` and `DateCreatedOnOrBefore`."""
    check_query(request, "To", "From", "DateCreatedAfter", "DateCreatedOnOrBefore")
    telephony = installation.telephony
    sender, recipient = number_in(request, "From"), number_in(request, "To")
    after: datetime | None = moment_in(request, "DateCreatedAfter")
    asked = FaxFilter(
        from_index=None if sender is None else telephony.index.of(access.tenant, sender),
        to_index=None if recipient is None else telephony.index.of(access.tenant, recipient),
        made_after=after,
        made_until=moment_in(request, "DateCreatedOnOrBefore"),
    )
    page = await telephony.faxes.page(access, asked, ask_of(request, telephony.cursors, access.project))
    site = site_of(request, installation)

    def show(fax: Fax) -> Mapping[str, Any]:
        return shown(fax, site)

    return page_answer(request, "faxes", page, show, telephony.cursors, access.project, "Faxes")


@post(
    paths("Faxes"),
    status_code=201,
    opt=act(Action.FAX_CREATE, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def create_fax(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Send the PDF or TIFF at `MediaUrl` from one of the project's numbers; it is queued, and sent a moment later."""
    form = await form_of(request)
    sender, recipient = ends_of(form)
    check_can_be_done(form)
    paper = await media_of(installation, form)
    if len(paper) != 1:
        raise Coded(BAD_MEDIA, "a fax has exactly one `MediaUrl`", advice="Give the address of a PDF or a TIFF.")
    quality = form.one("Quality") or "fine"
    draft = FaxDraft(from_number=sender, to_number=recipient, paper=paper[0], quality=quality)
    return answer(shown(await installation.telephony.faxes.send(access, draft), site_of(request, installation)), 201)


@post(
    paths("Faxes/{sid:str}", item=True),
    status_code=200,
    opt=act(Action.FAX_CANCEL, sid(resources.fax)),
    include_in_schema=False,
)
async def update_fax(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Cancel a fax that waits to be sent: `Status` is canceled."""
    if (await form_of(request)).one("Status") != "canceled":
        raise BadInput("a fax can be canceled and nothing else", advice="Send Status=canceled.")
    return answer(shown(await installation.telephony.faxes.cancel(access), site_of(request, installation)))


@get(paths("Faxes/{sid:str}", item=True), opt=act(Action.FAX_READ, sid(resources.fax)), include_in_schema=False)
async def read_fax(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Show one fax."""
    return answer(shown(await installation.telephony.faxes.read(access), site_of(request, installation)))


@delete(paths("Faxes/{sid:str}", item=True), opt=act(Action.FAX_DELETE, sid(resources.fax)), include_in_schema=False)
async def delete_fax(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[None]:
    """Remove a fax with its pages for good."""
    await installation.telephony.faxes.delete(access)
    return gone(access)


@get(paths("Faxes/{sid:str}/Media"), opt=act(Action.MEDIA_LIST, sid(resources.fax)), include_in_schema=False)
async def list_fax_media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the pages that a fax still has, as one document."""
    check_query(request)
    fax, cursors = sid_of(request), installation.telephony.cursors
    ask = ask_of(request, cursors, access.project)
    found = page_within(await installation.telephony.attachments.listed(access), ask)

    def show(media: Media) -> Mapping[str, Any]:
        return paper(media, access.project)

    return page_answer(request, "media", found, show, cursors, access.project, f"Faxes/{fax}/Media")


@get(
    paths("Faxes/{fax:str}/Media/{sid:str}", item=True),
    opt=act(Action.MEDIA_OPEN, sid(resources.media)),
    include_in_schema=False,
)
async def read_fax_media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Show the metadata of a fax's pages, or their bytes to whoever does not accept JSON."""
    media = await installation.telephony.attachments.read(access, sid_of(request, "fax"))
    if wants_json(request):
        return answer(paper(media, access.project))
    return await bytes_answer(installation, access, media)


@delete(
    paths("Faxes/{fax:str}/Media/{sid:str}", item=True),
    opt=act(Action.MEDIA_DELETE, sid(resources.media)),
    include_in_schema=False,
)
async def delete_fax_media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[None]:
    """Erase the pages of a fax; that it was received stays."""
    await installation.telephony.attachments.delete(access, sid_of(request, "fax"))
    return gone(access)


def shown(fax: Fax, site: str) -> Mapping[str, Any]:
    """Return a fax with the vendors' keys; `media_url` is whole, as scripts fetch it."""
    row = fax.row
    uri = uri_of(row.project_id, f"Faxes/{row.id}")
    media = f"{uri}/Media"
    return {
        "sid": str(row.id),
        "account_sid": str(row.project_id),
        "api_version": VERSION,
        "from": fax.parties.from_number,
        "to": fax.parties.to_number,
        "quality": row.quality,
        "media_sid": None if row.media is None else str(row.media),
        "media_url": None if row.media is None else f"{site}{media}/{row.media}",
        "num_pages": row.pages,
        "duration": None,
        "status": row.status,
        "direction": row.direction,
        "price": None,
        "price_unit": "USD",
        "error_code": row.error_code,
        "error_message": WORDS.get(row.error_code or 0),
        "date_created": iso(row.created_at),
        "date_updated": iso(row.updated_at),
        "links": {"media": media},
        "url": uri,
    }


def paper(media: Media, account: UUID) -> Mapping[str, Any]:
    """Return the pages of a fax with the vendors' keys."""
    return {
        "sid": str(media.id),
        "account_sid": str(account),
        "fax_sid": str(media.parent_id),
        "content_type": media.content_type,
        "date_created": iso(media.created_at),
        "date_updated": iso(media.created_at),
        "url": uri_of(account, f"Faxes/{media.parent_id}/Media/{media.id}"),
    }
