"""What stands around every page: the doors that open for this person, who is signed in, and the state of custody."""

import asyncio
import gzip
from collections.abc import Awaitable
from typing import Any, Final, Protocol, cast

import msgspec
from litestar import Request, Response

from privity.dashboard.drawing import Drawing
from privity.dashboard.page import NAVIGATION, Group, Page, as_json
from privity.dashboard.policy import NOT_KEPT
from privity.errors import PrivityError
from privity.gate import Access
from privity.running import Installation

AS_JSON: Final = "privity.as_json"
"""Key of a request's scope: it asked for the page's `.json`."""

_WORTH_COMPRESSING: Final = 1024
_DOORS_REMEMBERED: Final = 30.0
"""Seconds for which the navigation of one standing is drawn alike; what is clicked is decided anew each time."""
_STANDINGS_REMEMBERED: Final = 1000
_KEYS_REMEMBERED: Final = 1.0


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in person as pages show them."""

    shown: str
    initials: str
    role: str
    tenant: str
    synthetic: bool


class Custody(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said at the foot of the navigation, and nothing beyond it.

    `entry` is where this very view stands in the ledger, under a signed checkpoint. `witnessed` is true only with a
    fresh cosignature.
    """

    keys: bool
    entry: int | None
    witnessed: bool = False


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """Everything around a page."""

    groups: list[Group]
    visitor: Visitor
    custody: Custody
    path: str


class Host(Protocol):
    """What the frame has to know of people."""

    async def visitor(self, access: Access) -> Visitor:
        """Return who is signed in, in words."""
        ...

    async def names(self, access: Access) -> dict[str, str]:
        """Return how people are called, by id, as far as this caller may know it."""
        ...


class Frames:
    """Puts pages into their frame, or answers with their facts as JSON."""

    def __init__(self, installation: Installation, drawing: Drawing, host: Host) -> None:
        self._installation = installation
        self._drawing = drawing
        self._host = host
        self._groups: dict[tuple[Any, ...], tuple[float, list[Group]]] = {}
        self._keys = -_KEYS_REMEMBERED, False

    async def answer(
        self, request: Request[Any, Any, Any], access: Access, making: Page | Awaitable[Page]
    ) -> Response[bytes]:
        """Return the page as the request wants it; one that is still being made gets its frame meanwhile."""
        if asks_for_json(request):
            page = await _made(making)
            return as_json(page.facts, page.status)
        page, groups, visitor, keys = await asyncio.gather(
            _made(making), self._open_doors(access), self._host.visitor(access), self.keys_answer()
        )
        frame = Frame(
            groups=groups,
            visitor=visitor,
            custody=Custody(keys=keys, entry=access.receipt.index),
            path=str(request.url.path),
        )
        return self.draw(request, page, frame)

    async def opens(self, access: Access, key: str) -> bool:
        """Return whether a door of the navigation is drawn as open for this caller."""
        return any(door.key == key for group in await self._open_doors(access) for door in group.doors)

    async def names(self, access: Access) -> dict[str, str]:
        """Return how people are called, by id, as far as this caller may know it."""
        return await self._host.names(access)

    async def answer_bare(self, request: Request[Any, Any, Any], page: Page) -> Response[bytes]:
        """Return a page without its frame, or its facts as JSON."""
        return as_json(page.facts, page.status) if asks_for_json(request) else self.draw(request, page)

    def draw(self, request: Request[Any, Any, Any], page: Page, frame: Frame | None = None) -> Response[bytes]:
        """Return the page drawn, compressed if the browser takes that."""
        content = self._drawing.draw(page.template, page=page, facts=page.facts, frame=frame)
        headers = {**NOT_KEPT, "Vary": "Accept-Encoding"}
        if len(content) > _WORTH_COMPRESSING and "gzip" in request.headers.get("accept-encoding", ""):
            content = gzip.compress(content, 6, mtime=0)
            headers["Content-Encoding"] = "gzip"
        return Response(content, status_code=page.status, media_type="text/html", headers=headers)

    async def _open_doors(self, access: Access) -> list[Group]:
        """Return the navigation without the doors that would not open; asking is no act and is not recorded."""
        caller, now = access.caller, self._installation.clock.monotonic()
        standing = (caller.tenant, caller.role, caller.clinical, caller.projects, caller.every_project, caller.mfa)
        known = self._groups.get(standing)
        if known is not None and known[0] > now:
            return known[1]
        doors = [door for group in NAVIGATION for door in group.doors]
        answers = await self._installation.gate.may(caller, [(door.action, door.on()) for door in doors])
        opens = {door.key for door, answer in zip(doors, answers, strict=True) if answer}
        groups = [Group(group.word, tuple(door for door in group.doors if door.key in opens)) for group in NAVIGATION]
        shown = [group for group in groups if group.doors]
        if len(self._groups) >= _STANDINGS_REMEMBERED:
            self._groups.clear()
        self._groups[standing] = (now + _DOORS_REMEMBERED, shown)
        return shown

    async def keys_answer(self) -> bool:
        """Return whether keys can be reached, as it was found within the last second."""
        now = self._installation.clock.monotonic()
        if now - self._keys[0] >= _KEYS_REMEMBERED:
            try:
                await self._installation.keys.health()
            except PrivityError:
                self._keys = now, False
            else:
                self._keys = now, True
        return self._keys[1]


async def _made(page: Page | Awaitable[Page]) -> Page:
    return page if isinstance(page, Page) else await page


def asks_for_json(request: Request[Any, Any, Any]) -> bool:
    """Return whether the address ended in `.json`."""
    return bool(cast("dict[str, Any]", request.scope).get(AS_JSON))
