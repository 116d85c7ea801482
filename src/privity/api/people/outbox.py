"""The outbox of development: mails that no mail server took, for whoever runs this machine and knows the key."""

import hmac
from typing import Any

from litestar import MediaType, Request, get
from litestar.di import NamedDependency

from privity.api.acts import public
from privity.clock import rfc3339
from privity.errors import NotFound
from privity.running import Installation


@get("/app/outbox", media_type=MediaType.TEXT, opt=public("answers the key only that the data directory's owner has"))
async def outbox(request: Request[Any, Any, Any], installation: NamedDependency[Installation]) -> str:
    """Show the last mails; 404 without the key, and always once there is a mail server or a proxy in front."""
    key = request.query_params.get("key", "")
    mails = installation.outbox
    if (
        mails is None
        or installation.settings.behind_proxy
        or not hmac.compare_digest(key.encode(), installation.outbox_key.encode())
    ):
        raise NotFound("there is no such page", advice="`privity outbox` shows mails in development.")
    return "\n".join(f"{rfc3339(each.at)}  to {each.to}\n{each.subject}\n\n{each.text}" for each in mails.mails)
