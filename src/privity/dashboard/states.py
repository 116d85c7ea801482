"""`/app/states`: one of each component, so that none is invented on the way; it holds no data."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from privity.api.acts import public
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page


class States(msgspec.Struct, frozen=True):
    """Nothing: the page shows made-up words only."""


@get("/app/states", opt=public("shows components with made-up words, and no data"))
async def show(request: Request[Any, Any, Any], frames: NamedDependency[Frames]) -> Response[bytes]:
    """Show the components."""
    return frames.draw(request, Page(template="states.html", title="States", facts=States()))
