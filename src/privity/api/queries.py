"""Which parameters the lists of `/v1` take: one that is misspelled is refused, for without it too much is found."""

import re
from collections.abc import Mapping
from typing import Any, Final

from litestar import Request

from privity.errors import BadInput

_KIND: Final = re.compile(r":\w+\}", re.ASCII)


class Queries:
    """Knows the lists' parameters by the description that the application gives of itself."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._known: dict[str, list[str]] = {}
        for path, operations in description["paths"].items():
            described = operations.get("get", {}).get("parameters", ())
            if names := sorted(each["name"] for each in described if each["in"] == "query"):
                self._known[path] = names

    def check(self, request: Request[Any, Any, Any]) -> None:
        """Raise BadInput when a list is asked for something that it does not know, or twice for the same."""
        path = _KIND.sub("}", request.scope["path_template"])
        known = self._known.get(path)
        if known is None or request.method != "GET":
            return
        names = [name for name, _ in request.query_params.multi_items()]
        if not set(names) <= set(known) or len(set(names)) < len(names):
            raise BadInput(
                "a query parameter is none that is taken here, or was sent twice",
                advice=f"Choose from {', '.join(known)}, each once.",
            )
