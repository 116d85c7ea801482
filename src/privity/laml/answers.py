"""How this face writes what it answers: JSON with the vendors' keys, their dates, and their pages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Final, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response

from privity.clock import rfc3339
from privity.custody.telephony import Ask, Cursor, Cursors, Page
from privity.errors import BadInput, Refused
from privity.running import Installation

VERSION: Final = "2010-04-01"
_MOST: Final = 1000
_FARTHEST: Final = 1_000_000_000

T = TypeVar("T", bound=Any)


def rfc2822(moment: datetime | None) -> str | None:
    """Return a moment as `Sun, 22 Nov 2026 00:16:24 +0000`, which clients read without its offset."""
    return None if moment is None else format_datetime(moment.replace(microsecond=0))


def iso(moment: datetime) -> str:
    """Return a moment as `2026-11-22T00:16:24Z`, the one form that clients read of faxes."""
    return rfc3339(moment)[:19] + "Z"


def answer(body: Mapping[str, Any], status: int = 200) -> Response[bytes]:
    """Return a JSON answer."""
    return Response(msgspec.json.encode(body), status_code=status, media_type="application/json")


def uri_of(account: UUID, below: str) -> str:
    """Return the address of something below an account, as clients put it behind their base address."""
    return f"/{VERSION}/Accounts/{account}/{below}"


def site_of(request: Request[Any, Any, Any], installation: Installation) -> str:
    """Return what addresses of files begin with, which scripts fetch as they are; nothing under a foreign name."""
    try:
        return installation.sites.of(request.headers.get("host", "")).origin
    except Refused:
        return ""


def ask_of(request: Request[Any, Any, Any], cursors: Cursors, project: UUID) -> Ask:
    """Return which page is asked for: `PageSize` 1 to 1000, a larger one is 1000; `Page` and `PageToken`."""
    token = request.query_params.get("PageToken")
    return Ask(
        size=min(_number(request, "PageSize", 50, least=1), _MOST),
        number=_number(request, "Page", 0, least=0),
        cursor=cursors.read(str(token), project) if token else None,
    )


def page_answer(
    request: Request[Any, Any, Any],
    key: str,
    page: Page[T],
    show: Callable[[T], Mapping[str, Any]],
    cursors: Cursors,
    project: UUID,
    below: str,
) -> Response[bytes]:
    """Return a page of things: exactly one key beside those that clients know to be about the page.

    Addresses begin with `/2010-04-01/`, since clients put them behind their own base address.
    """
    asked = {name: str(value) for name, value in request.query_params.items() if name not in {"Page", "PageToken"}}
    ask = ask_of(request, cursors, project)
    asked["PageSize"] = str(ask.size)

    def address(number: int, cursor: Cursor | None) -> str:
        token = {} if cursor is None else {"PageToken": cursors.text(cursor, project)}
        return f"{uri_of(project, below)}.json?{urlencode({**asked, 'Page': str(number), **token})}"

    shown = [show(record) for record in page.records]
    start = ask.number * ask.size
    return answer(
        {
            "uri": address(ask.number, ask.cursor),
            "first_page_uri": address(0, None),
            "next_page_uri": None if page.next is None else address(ask.number + 1, page.next),
            "previous_page_uri": None if page.previous is None else address(max(0, ask.number - 1), page.previous),
            "page": ask.number,
            "page_size": ask.size,
            "start": start,
            "end": start + max(0, len(shown) - 1),
            key: shown,
        }
    )


def _number(request: Request[Any, Any, Any], name: str, default: int, *, least: int) -> int:
    text = str(request.query_params.get(name, "") or default)
    if not text.isascii() or not text.isdigit() or int(text[:12]) < least:
        raise BadInput(f"{name} is not a number that is taken here", advice=f"Give {least} or more.")
    return min(int(text[:12]), _FARTHEST)
