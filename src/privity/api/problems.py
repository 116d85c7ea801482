"""Errors as RFC 9457 problems: what happened, what to do, and the decision; never a value, path or stack."""

from typing import Any, Final

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, NotAuthorizedException

from privity import errors, logs
from privity.errors import PrivityError
from privity.identity import Origin

_log: Final = logs.get("api")
_RETRY_AFTER: Final = {429: "180", 503: "2"}


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of every answer that is not a success."""

    type: str
    title: str
    status: int
    detail: str = ""
    advice: str = ""
    instance: str = ""
    decision_id: str | None = None
    scope: str | None = None
    size: int | None = None


def problem_of(error: BaseException, origin: Origin) -> Problem:
    """Return the problem for an error; what Privity did not raise itself is told in general words with an id only."""
    if isinstance(error, PrivityError):
        known = error
    elif isinstance(error, HTTPException) and error.status_code < PrivityError.status:
        known = _of_framework(error)
    else:
        _log.error("unexpected", error, request_id=origin.request_id)
        known = PrivityError("an internal error; its id is in `instance`", advice="Tell the operator the id.")
    return Problem(
        type=f"urn:privity:problem:{known.slug}",
        title=known.title,
        status=known.status,
        detail=known.message,
        advice=known.advice,
        instance=f"urn:uuid:{origin.request_id}",
        decision_id=getattr(known, "decision_id", None),
        scope=getattr(known, "scope", None),
        size=getattr(known, "size", None),
    )


def _of_framework(error: HTTPException) -> PrivityError:
    if isinstance(error, NotAuthorizedException):
        return errors.NotAuthenticated("who is asking is not known")
    match error.status_code:
        case 404:
            return errors.NotFound("there is no such page", advice="/openapi.json lists what there is.")
        case 405:
            return errors.MethodNotAllowed(
                "this method is not for this page", advice="/openapi.json lists what there is."
            )
        case 413:
            return errors.TooLarge("the request is too large")
        case _:
            return errors.BadInput(
                "a parameter is missing or not of its kind", advice="/openapi.json says what is expected."
            )


def answer(problem: Problem, *, bearer: bool = True) -> Response[Any]:
    """Return the HTTP answer that carries a problem; `bearer` says whether a bearer token could mend a 401."""
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 and bearer else {}
    if problem.scope is not None:  # RFC 6750 section 3.1
        headers["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{problem.scope}"'
    if problem.size is not None:  # RFC 9110 section 15.5.17
        headers["Content-Range"] = f"bytes */{problem.size}"
    if problem.status in _RETRY_AFTER:
        headers["Retry-After"] = _RETRY_AFTER[problem.status]
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type="application/problem+json",
        headers=headers,
    )
