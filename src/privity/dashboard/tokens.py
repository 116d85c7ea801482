"""`/app/tokens`: what programs may come in with, when each was last used, and its end."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.gate import Access, Action, resources
from privity.identity import list_tokens
from privity.running import Installation


class TokenShown(msgspec.Struct, frozen=True, kw_only=True):
    """A token without anything that could be used as one. `state` is good, expired or revoked."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    state: str


class Tokens(msgspec.Struct, frozen=True):
    """The tenant's tokens, newest first."""

    tokens: list[TokenShown]


@get("/app/tokens", opt=act(Action.TOKEN_LIST, callers_own(resources.own_tenant), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """List the tenant's tokens."""
    async with access.transaction() as tx:
        found = await list_tokens(tx)
    now = installation.clock.now()
    facts = Tokens(
        [
            TokenShown(
                id=token.id,
                name=token.name,
                scopes=token.scopes,
                created_at=token.created_at,
                expires_at=token.expires_at,
                last_used_at=token.last_used_at,
                state="revoked" if token.revoked_at else "expired" if token.expires_at <= now else "good",
            )
            for token in reversed(found)
        ]
    )
    page = Page(template="tokens.html", title="Tokens and clients", facts=facts, door="tokens")
    return await frames.answer(request, access, page)
