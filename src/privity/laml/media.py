"""Media of messages in the vendors' form: list, metadata or bytes, delete.

Metadata and bytes share a path: `.json`, or a caller that accepts JSON, gets the metadata, anybody else the bytes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get
from litestar.di import NamedDependency

from privity.api.acts import act
from privity.api.answers import gone
from privity.api.media import bytes_answer
from privity.custody.telephony import Media, page_within
from privity.gate import Access, Action, resources
from privity.laml.answers import answer, ask_of, page_answer, rfc2822, uri_of
from privity.laml.asking import check_query, dates_in
from privity.laml.doorman import paths, sid, sid_of
from privity.running import Installation


@get(paths("Messages/{sid:str}/Media"), opt=act(Action.MEDIA_LIST, sid(resources.message)), include_in_schema=False)
async def list_media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the media that a message still has, by `DateCreated`, each with its parent's sid; there are at most ten."""
    check_query(request, date="DateCreated")
    earliest, latest = dates_in(request, "DateCreated")
    message, cursors = sid_of(request), installation.telephony.cursors
    ask = ask_of(request, cursors, access.project)
    found = await installation.telephony.attachments.listed(access)
    page = page_within([media for media in found if _made(media, earliest, latest)], ask)

    def show(media: Media) -> Mapping[str, Any]:
        return shown(media, access.project)

    return page_answer(request, "media_list", page, show, cursors, access.project, f"Messages/{message}/Media")


@get(
    paths("Messages/{message:str}/Media/{sid:str}", item=True),
    opt=act(Action.MEDIA_OPEN, sid(resources.media)),
    include_in_schema=False,
)
async def read_media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Show the metadata of one attachment, or its bytes."""
    media = await installation.telephony.attachments.read(access, sid_of(request, "message"))
    if wants_json(request):
        return answer(shown(media, access.project))
    return await bytes_answer(installation, access, media)


@delete(
    paths("Messages/{message:str}/Media/{sid:str}", item=True),
    opt=act(Action.MEDIA_DELETE, sid(resources.media)),
    include_in_schema=False,
)
async def delete_media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[None]:
    """Erase one attachment for good."""
    await installation.telephony.attachments.delete(access, sid_of(request, "message"))
    return gone(access)


def _made(media: Media, earliest: datetime | None, latest: datetime | None) -> bool:
    return (earliest is None or media.created_at >= earliest) and (latest is None or media.created_at < latest)


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """Return whether the metadata are asked for."""
    named = str(request.path_params["sid"]).endswith(".json")
    return named or "application/json" in request.headers.get("accept", "").lower()


def shown(media: Media, account: UUID) -> Mapping[str, Any]:
    """Return an attachment with the vendors' keys."""
    return {
        "sid": str(media.id),
        "parent_sid": str(media.parent_id),
        "account_sid": str(account),
        "content_type": media.content_type,
        "date_created": rfc2822(media.created_at),
        "date_updated": rfc2822(media.created_at),
        "uri": f"{uri_of(account, f'Messages/{media.parent_id}/Media/{media.id}')}.json",
    }
