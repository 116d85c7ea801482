"""The few pages that anybody may read: alive, ready, how to report a weakness."""

from datetime import timedelta
from typing import Any, Final

from litestar import MediaType, Response, get
from litestar.di import NamedDependency

from privity.api.acts import public
from privity.api.description import gives
from privity.errors import NotFound
from privity.running import Installation

_SECURITY_TXT_DAYS = 180


@get("/healthz", media_type=MediaType.TEXT, opt=public("says only that the process answers"))
async def healthz() -> str:
    """Say that the process answers."""
    return "ok\n"


_PARTS: Final = {"application/json": {"schema": {"type": "object", "required": ["ready", "parts"]}}}


@get(
    "/readyz",
    opt=public("names parts and whether they are ready; no data")
    | gives({"200": ("Every part is ready.", _PARTS), "503": ("A part is not ready; `parts` says which.", _PARTS)}),
)
async def readyz(installation: NamedDependency[Installation]) -> Response[dict[str, Any]]:
    """Say whether requests can be served: database, keys, ledger."""
    parts = await installation.readiness()
    ready = all(parts.values())
    return Response({"ready": ready, "parts": parts}, status_code=200 if ready else 503)


@get("/.well-known/security.txt", media_type=MediaType.TEXT, opt=public("RFC 9116 wants it public"))
async def security_txt(installation: NamedDependency[Installation]) -> str:
    """Say how to report a weakness (RFC 9116), if the operator has said it."""
    contact = installation.settings.security_contact
    if contact is None:
        raise NotFound("no security contact is set", advice="The operator sets security_contact in privity.toml.")
    expires = installation.clock.now() + timedelta(days=_SECURITY_TXT_DAYS)
    return f"Contact: {contact}\nExpires: {expires.strftime('%Y-%m-%dT00:00:00Z')}\nPreferred-Languages: en\n"
