"""Attachments and pages of faxes as answers: streams of bytes to be saved, on every face alike."""

from collections.abc import AsyncIterator
from typing import Any

from litestar import Response
from litestar.response import Stream

from privity.custody.telephony import Media
from privity.gate import Access
from privity.running import Installation


async def bytes_answer(installation: Installation, access: Access, media: Media) -> Response[Any]:
    """Return the bytes of an attachment as a stream, to be saved and never to be shown inside a page."""
    pieces = installation.telephony.attachments.content(access.tenant, media)
    first = await anext(pieces)  # what does not open is an error and not half an answer
    headers = {"Content-Length": str(media.bytes), "Content-Disposition": f'attachment; filename="{media.id}"'}
    return Stream(_rejoined(first, pieces), media_type=media.content_type, headers=headers)


async def _rejoined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
