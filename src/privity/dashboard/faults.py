"""What a person sees when something is refused, missing or broken: one sentence, what to do, and the way to why."""

from typing import Any, Final, cast

import msgspec
from litestar import Request, Response

from privity.api.acts import CALLER, origin_of
from privity.api.people.exchange import cookie_of
from privity.api.problems import Problem, answer, problem_of
from privity.dashboard.frame import Frames, asks_for_json
from privity.dashboard.page import Page, page_of_site
from privity.identity import Caller
from privity.identity.cookies import DEVICE

_TITLES: Final = {
    401: "Sign in first",
    403: "This is not open to you",
    404: "There is no such thing here",
    503: "Not available now; nothing has happened",
}


_FOR_PROGRAMS: Final = "/openapi.json"
_NO_PAGE: Final = "Look at the address, or find a record or an entry by its id."


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A problem as a page shows it; `decision` leads to the reasons of a refusal."""

    status: int
    title: str
    sentence: str
    advice: str
    request: str
    decision: str | None


class Faults:
    """Answers errors: as a page to a browser, as a problem to a program."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames

    def answer(self, request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        """Return the answer to an error."""
        problem = problem_of(error, origin_of(request))
        if asks_for_json(request):
            return answer(problem)
        way_in = _way_in(request, problem)
        if way_in is not None:
            next_page = page_of_site(request.url.path)  # decoded: it may hold what no header may
            return Response(b"", status_code=303, headers={"Location": f"{way_in}?next={next_page}"})
        return self._frames.draw(request, _page(problem))


def _way_in(request: Request[Any, Any, Any], problem: Problem) -> str | None:
    """Return where somebody has to go first who only has to sign in, to go on, or to show a second factor."""
    noted = cast("dict[str, Any]", request.scope)
    handler = noted.get("route_handler")  # none when the address leads to no page
    if request.method != "GET" or "authorization" in request.headers or handler is None or "public" in handler.opt:
        return None
    if problem.status == 401:
        # The short cookie may have run out in a browser that is known; elsewhere nobody has been signed in.
        return "/app/resume" if cookie_of(request, DEVICE) else "/app/sign-in"
    caller: Caller | None = noted.get(CALLER)
    if problem.status == 403 and caller is not None and not caller.mfa:
        return "/app/second" if caller.enrolled else "/app/enrol"
    return None


def _page(problem: Problem) -> Page:
    fault = Fault(
        status=problem.status,
        title=_TITLES.get(problem.status, problem.title),
        sentence=problem.detail,
        advice=_NO_PAGE if _FOR_PROGRAMS in problem.advice else problem.advice,
        request=problem.instance.removeprefix("urn:uuid:"),
        decision=problem.decision_id,
    )
    return Page(template="fault.html", title=fault.title, facts=fault, status=problem.status)
