"""Signed addresses: made for a recording, decided anew when they are used. They need no credentials and carry none."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Final, cast
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import CALLER, RECORDED, act, named, origin_of
from privity.api.description import MP3, WAV, gives
from privity.custody.telephony import LIFE, FileFormat, Link
from privity.errors import BadInput, LedgerUnavailable, NotAuthenticated, NotFound, RangeNotSatisfiable, Refused
from privity.gate import Access, Action, Resource, resources
from privity.identity import Caller, Origin
from privity.ids import parse_id
from privity.running import Installation

PREFIX: Final = "/v1/links/"
_LINK: Final = "privity.link"
_OF_SESSION: Final = "session:"
_RANGE: Final = re.compile(r"bytes=([0-9]{1,12})-([0-9]{0,12})")
_SIGN: Final = act(Action.RECORDING_SIGN, named(resources.recording))


_FILE: Final = gives(
    {"200": ("The file.", WAV | MP3), "206": ("The part of the file that `Range` names.", WAV | MP3)}, security=[]
)


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
        caller = await self._maker(link, origin_of(request))
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

    async def _maker(self, link: Link, origin: Origin) -> Caller:
        kind, _, session = link.maker.rpartition(":")
        if f"{kind}:" == _OF_SESSION:
            return await self._installation.sessions.holder(link.tenant, parse_id(session, "the session"), origin)
        return await self._installation.authenticator.maker(link.tenant, link.maker, origin)


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
    await _check_signer(installation, access)
    return make_link(installation, access, FileFormat(file_format), original=rendition == "original")


async def _check_signer(installation: Installation, access: Access) -> None:
    """Raise Refused for a service of `/oauth/token`: an address holds neither the end of its token nor its scopes."""
    try:
        await installation.authenticator.maker(access.tenant, access.caller.id, access.caller.origin)
    except NotAuthenticated:
        raise Refused(
            "an access token of `/oauth/token` signs no addresses",
            advice="Fetch the recording with the token, or sign with one of `privity token create`.",
            decision_id=str(access.decision),
        ) from None


def make_link(installation: Installation, access: Access, file_format: FileFormat, *, original: bool) -> Linked:
    """Return an address of the recording that the access is for; it is worth what its maker may do when it is used.

    That of a person ends with the session that made it.
    """
    caller = access.caller
    link = Link(
        tenant=access.tenant,
        maker=caller.id if caller.session is None else f"{_OF_SESSION}{caller.session}",
        recording=UUID(access.resource_id),
        file_format=file_format,
        original=original,
        expires_at=(installation.clock.now() + LIFE).replace(microsecond=0),
    )
    return Linked(f"{PREFIX}{installation.telephony.links.text(link)}", link.expires_at)


@get("/v1/links/{link:str}", opt=act(Action.RECORDING_OPEN, _of_link) | _FILE)
async def use_link(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Return what a signed address is for, if its maker may still have it; in parts for players (RFC 9110 §14)."""
    link: Link = cast("dict[str, Any]", request.scope)[_LINK]
    original = access.action is Action.RECORDING_ORIGINAL
    asked = _range_of(request)
    part = await installation.telephony.recordings.part(
        access, link.file_format, lambda size: _part_of(asked, size), original=original, settles=False
    )
    access.status = 200 if part.span is None else 206
    async with access.transaction():
        pass  # it settles, now that it is known what is handed out
    headers = {"Accept-Ranges": "bytes"}
    if part.span is not None:
        headers["Content-Range"] = f"bytes {part.span.start}-{part.span.stop - 1}/{part.size}"
    return Response(part.content, media_type=link.file_format.media_type, headers=headers, status_code=access.status)


def _range_of(request: Request[Any, Any, Any]) -> str:
    """Return the one part that is asked for, or nothing.

    With `If-Range` it is asked for only if the file is what it was; no version of it has a name to tell that by
    (RFC 9110 section 13.1.5).
    """
    asked = request.headers.getall("range", [])
    return asked[0] if len(asked) == 1 and "if-range" not in request.headers else ""


def _part_of(header: str, size: int) -> slice | None:
    """Return the bytes that are asked for, or None for all: a range that is none is ignored (RFC 9110 section 14.2).

    Raises RangeNotSatisfiable for one that begins behind the end.
    """
    asked = _RANGE.fullmatch(header)
    if asked is None or (asked[2] and int(asked[2]) < int(asked[1])):
        return None
    if int(asked[1]) >= size:
        raise RangeNotSatisfiable(size)
    return slice(int(asked[1]), min(int(asked[2] or size) + 1, size))
