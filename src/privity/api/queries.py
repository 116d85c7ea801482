"""Which parameters acts of `/v1` take: one that is misspelled is refused, for without it too much is found.

One that comes twice is refused as well: whoever looked at the first of them did not mean the second. A whole number has
one spelling: what else converts to one (`1e1`, ` 5`, `+5`) was something else to whoever wrote it.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from litestar import Request

from privity.errors import BadInput

_KIND: Final = re.compile(r":\w+\}", re.ASCII)
_WHOLE: Final = re.compile(r"-?[1-9][0-9]*|0")


class Queries:
    """Knows the parameters by the description that the application gives of itself."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._known: dict[tuple[str, str], list[str]] = {}
        self._whole: dict[tuple[str, str], set[str]] = {}
        for path, operations in description["paths"].items():
            for method, operation in operations.items():
                described = operation.get("parameters", ()) if isinstance(operation, Mapping) else ()
                asked = {each["name"]: each["schema"] for each in described if each["in"] == "query"}
                if asked:
                    self._known[method.upper(), path] = sorted(asked)
                    self._whole[method.upper(), path] = {name for name, schema in asked.items() if _is_whole(schema)}

    def check(self, request: Request[Any, Any, Any]) -> None:
        """Raise BadInput for what is not known here, for one parameter sent twice, and for a number spelled oddly."""
        path = _KIND.sub("}", request.scope["path_template"])
        known = self._known.get((request.method, path))
        if known is None:
            return
        sent = list(request.query_params.multi_items())
        names = [name for name, _ in sent]
        if not set(names) <= set(known) or len(set(names)) < len(names):
            raise BadInput(
                "a query parameter is none that is taken here, or was sent twice",
                advice=f"Choose from {', '.join(known)}, each once.",
            )
        whole = self._whole[request.method, path]
        if any(name in whole and not _WHOLE.fullmatch(str(value)) for name, value in sent):
            raise BadInput("a query parameter is not a whole number", advice="Write it in digits alone, such as 50.")


def _is_whole(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("oneOf", [schema])
    return any(kind.get("type") == "integer" for kind in kinds)
