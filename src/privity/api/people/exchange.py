"""What comes from a browser and goes back to it: small JSON bodies, cookies, and where the request was made."""

from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.datastructures import Cookie as LitestarCookie

from privity.api.acts import check_origin, origin_of
from privity.api.json_bodies import json_of
from privity.errors import BadInput
from privity.identity import Caller, Cookie, Factor, Role, Sites
from privity.identity.browsers import Browser
from privity.identity.cookies import DEVICE, FLOW, read_cookies

_MOST_BYTES: Final = 64 * 1024
T = TypeVar("T", bound=msgspec.Struct)


class SessionOut(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, and whether a second factor is to be shown (`must_step_up`) or enrolled (`must_enrol`)."""

    person_id: str
    tenant_id: UUID
    role: Role
    clinical: bool
    every_project: bool
    projects: list[UUID]
    factors: list[Factor]
    mfa: bool
    must_enrol: bool
    must_step_up: bool


def session_out(caller: Caller) -> SessionOut:
    """Return a signed-in person as their browser sees it."""
    assert caller.tenant is not None
    assert caller.role is not None
    return SessionOut(
        person_id=caller.id,
        tenant_id=caller.tenant,
        role=caller.role,
        clinical=caller.clinical,
        every_project=caller.every_project,
        projects=sorted(caller.projects),
        factors=sorted(caller.factors),
        mfa=caller.mfa,
        must_enrol=not caller.enrolled,
        must_step_up=caller.enrolled and not caller.mfa,
    )


def browser_of(request: Request[Any, Any, Any], sites: Sites) -> Browser:
    """Return the browser that a request comes from; raises Refused when it changes something from a foreign page."""
    if request.method != "GET":
        check_origin(request, sites)
    cookies = read_cookies(request.headers.getall("cookie", []))
    return Browser(
        origin=origin_of(request),
        site=sites.of(request.headers.get("host", "")),
        flow=cookies.get(FLOW, ""),
        device=cookies.get(DEVICE, ""),
    )


def cookie_of(request: Request[Any, Any, Any], name: str) -> str:
    """Return one cookie of a request, empty when it has none."""
    return read_cookies(request.headers.getall("cookie", [])).get(name, "")


async def body_of(request: Request[Any, Any, Any], kind: type[T]) -> T:
    """Return the JSON body of a request.

    Raises BadInput for another content type, and as `json_of`.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadInput("the content type is not one that is taken here", advice="Send application/json.")
    fields = ", ".join(kind.__struct_fields__)
    return await json_of(request, kind, at_most=_MOST_BYTES, advice=f"Send an object of {fields} and nothing else.")


def with_cookies(content: Any, cookies: tuple[Cookie, ...], *, status: int = 200) -> Response[Any]:
    """Return an answer that sets cookies."""
    return Response(
        content,
        status_code=status,
        cookies=[
            LitestarCookie(
                key=cookie.name,
                value=cookie.value,
                max_age=cookie.max_age,
                path=cookie.path,
                secure=True,
                httponly=True,
                samesite="strict",
            )
            for cookie in cookies
        ],
    )
