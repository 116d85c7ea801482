"""Signed addresses: made for a recording, decided anew when they are used. They need no credentials and carry none."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Final, cast
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import CALLER, RECORDED, act, named, origin_of
from privity.custody.telephony import LIFE, FileFormat, Link
from privity.errors import BadInput, LedgerUnavailable, NotFound, Refused
from privity.gate import Access, Action, Resource, resources
from privity.running import Installation

PREFIX: Final = "/v1/links/"
_LINK: Final = "privity.link"
_SIGN: Final = act(Action.RECORDING_SIGN, named(resources.recording))


class Linked(msgspec.Struct, frozen=True):
    """A signed address, and when it ends."""

    url: str
    expires_at: datetime


def _of_link(request: Request[Any, Any, Any]) -> Resource:
    link: Link = cast("dict[str, Any]", request.scope)[_LINK]
    return resources.recording(link.recording)


class LinkDoorman:
    """Brings whoever holds a signed address through the gate, as the one who made it."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def access(self, request: Request[Any, Any, Any]) -> AsyncIterator[Access]:
        """Give the handler its access, decided with the rights that the maker has now."""
        noted = cast("dict[str, Any]", request.scope)
        installation = self._installation
        link = installation.telephony.links.read(str(request.path_params["link"]), installation.clock.now())
        caller = await installation.authenticator.maker(link.tenant, link.maker, origin_of(request))
        noted[CALLER], noted[_LINK] = caller, link
        action = Action.RECORDING_ORIGINAL if link.original else Action.RECORDING_OPEN
        try:
            async with installation.gate.open(caller, action, resources.recording(link.recording)) as access:
                noted[RECORDED] = True
                access.status = request.route_handler.status_code
                yield access
        except (Refused, NotFound, LedgerUnavailable):
            noted[RECORDED] = True
            raise


@post("/v1/recordings/{id:str}/links", status_code=201, opt=_SIGN)
async def sign_link(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    file_format: Annotated[str, QueryParameter(name="format")] = "wav",
    rendition: Annotated[str, QueryParameter(name="rendition")] = "silenced",
) -> Linked:
    """Make an address of a recording that is good for five minutes, for a player that has no credentials."""
    if file_format not in set(FileFormat) or rendition not in {"silenced", "original"}:
        raise BadInput("there is no such rendition", advice="format is wav or mp3, rendition silenced or original.")
    link = Link(
        tenant=access.tenant,
        maker=access.caller.id,
        recording=UUID(access.resource_id),
        file_format=FileFormat(file_format),
        original=rendition == "original",
        expires_at=(installation.clock.now() + LIFE).replace(microsecond=0),
    )
    return Linked(f"{PREFIX}{installation.telephony.links.text(link)}", link.expires_at)


@get("/v1/links/{link:str}", opt=act(Action.RECORDING_OPEN, _of_link))
async def use_link(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Return what a signed address is for, if its maker may still have it."""
    link: Link = cast("dict[str, Any]", request.scope)[_LINK]
    original = access.action is Action.RECORDING_ORIGINAL
    file = await installation.telephony.recordings.file(access, link.file_format, original=original)
    return Response(file, media_type=link.file_format.media_type)
