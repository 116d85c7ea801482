"""What stands around both faces of the server, and what the answers of the one for programs have in common."""

from typing import Final

from litestar.types import ASGIApp

from privity.api.arriving import BodiesArrive
from privity.api.strangers import StrangersAreRecorded
from privity.api.transport import AnswersHead, StrictTransport
from privity.running import Installation

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def edge(app: ASGIApp, installation: Installation) -> ASGIApp:
    """Return a face as the world sees it: over TLS for good, with HEAD, every failure recorded, bodies in time."""
    arriving = BodiesArrive(app, installation.settings.stall_limit)
    return StrictTransport(AnswersHead(StrangersAreRecorded(arriving, installation.strangers, installation.ids)))
