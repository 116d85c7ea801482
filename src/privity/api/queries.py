"""Which parameters acts of `/v1` take: one that is misspelled is refused, for without it too much is found.

One that comes twice is refused as well: whoever looked at the first of them did not mean the second.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from litestar import Request

from privity.errors import BadInput

_KIND: Final = re.compile(r":\w+\}", re.ASCII)


class Queries:
    """Knows the parameters by the description that the application gives of itself."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._known: dict[tuple[str, str], list[str]] = {}
        for path, operations in description["paths"].items():
            for method, operation in operations.items():
                described = operation.get("parameters", ()) if isinstance(operation, Mapping) else ()
                if names := sorted(each["name"] for each in described if each["in"] == "query"):
                    self._known[method.upper(), path] = names

    def check(self, request: Request[Any, Any, Any]) -> None:
        """Raise BadInput when something is asked for that is not known here, or twice for the same."""
        path = _KIND.sub("}", request.scope["path_template"])
        known = self._known.get((request.method, path))
        if known is None:
            return
        names = [name for name, _ in request.query_params.multi_items()]
        if not set(names) <= set(known) or len(set(names)) < len(names):
            raise BadInput(
                "a query parameter is none that is taken here, or was sent twice",
                advice=f"Choose from {', '.join(known)}, each once.",
            )
