"""Which methods an address has: named to OPTIONS and by refusals (RFC 9110 sections 9.3.7 and 15.5.6)."""

import re
from collections.abc import Iterable
from typing import Any, Final

from litestar import Litestar, Request, Response
from litestar.routes import HTTPRoute
from litestar.status_codes import HTTP_204_NO_CONTENT, HTTP_405_METHOD_NOT_ALLOWED

_PARAMETER: Final = re.compile(r"\{[^}]*\}")


class Methods:
    """Answers OPTIONS with every method of an address; the framework's own answer knows those of one handler."""

    def __init__(self) -> None:
        self._of: dict[str, set[str]] = {}

    def learn(self, app: Litestar) -> None:
        """Note what the routes of an application take."""
        for route in app.routes:
            if isinstance(route, HTTPRoute):
                self._of.setdefault(_shape(route.path_format), set()).update(route.methods)

    async def answer_options(self, request: Request[Any, Any, Any]) -> Response[None] | None:
        """Return the answer to OPTIONS, or None for any other method."""
        if request.method != "OPTIONS":
            return None
        methods = self._of[_shape(request.scope["path_template"])]
        return Response(None, status_code=HTTP_204_NO_CONTENT, headers={"Allow": _named(methods)})


def with_methods(answered: Response[Any], error: Exception) -> Response[Any]:
    """Return the answer; one that refuses a method names those that there are."""
    if answered.status_code == HTTP_405_METHOD_NOT_ALLOWED:
        found = str((getattr(error, "headers", None) or {}).get("allow", ""))
        answered.headers["Allow"] = _named(found.split(", "))
    return answered


def _named(methods: Iterable[str]) -> str:
    """Return methods as the header has them; wherever there is GET there is HEAD (`transport.AnswersHead`)."""
    found = {method for method in methods if method}
    return ", ".join(sorted(found | {"HEAD"} if "GET" in found else found))


def _shape(path: str) -> str:
    return _PARAMETER.sub("{}", path)
