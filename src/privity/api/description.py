"""The OpenAPI 3.1 document: what the framework knows of the routes, and what it cannot know of them.

The framework reads parameters and answers from the handlers' types. It does not see bodies, which are read as streams,
and it describes errors of its own that nobody is ever sent.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from privity import __version__
from privity.api.acts import is_public
from privity.api.problems import Problem

_TAKES: Final = "takes"
_AS_WELL: Final = "as_well"
_GIVES: Final = "gives"
_REF: Final = "#/components/schemas/{name}"
_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": _REF.format(name="Problem")}}}
_BINARY: Final[dict[str, Any]] = {"type": "string", "format": "binary"}

WAV: Final = {"audio/wav": {"schema": _BINARY}}
MP3: Final = {"audio/mpeg": {"schema": _BINARY}}

_NOT_THIS: Final = {
    "400": "A parameter, a header or a field cannot be used.",
    "401": "Who is asking is not known.",
    "403": "Policy refuses it; `decision_id` leads to the reasons, `scope` names one that the token lacks.",
    "404": "There is no such thing for this caller.",
    "413": "The body is too large.",
    "422": "The body cannot be read as what is taken here.",
    "503": "A part that is needed does not answer, and nothing has happened.",
}
_OTHERWISE: Final = "Every other answer that is not a success is a problem too."


def takes(body: type[msgspec.Struct] | Mapping[str, Any], *, required: bool = True, **as_well: Any) -> dict[str, Any]:
    """Return the option of a route that reads a body: JSON of a struct, or media types with their schemas.

    `as_well` are parts of the operation that the framework cannot know, such as a header.
    """
    return {_TAKES: (body, required), _AS_WELL: as_well}


def gives(answers: Mapping[str, tuple[str, Mapping[str, Any]]], **as_well: Any) -> dict[str, Any]:
    """Return the option of a route with answers that its type does not tell of: by status, why and the media types."""
    return {_GIVES: answers, _AS_WELL: as_well}


def described(handlers: Iterable[HTTPRouteHandler], dependencies: dict[str, Provide]) -> dict[str, Any]:
    """Return the document for these handlers.

    It comes from an application of its own: the framework would otherwise add pages that declare no act.
    """
    chosen = tuple(handlers)
    config = OpenAPIConfig(
        title="Privity",
        version=__version__,
        security=[{"bearer": []}],
        use_handler_docstrings=True,
        components=Components(security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer")}),
    )
    app = Litestar(chosen, dependencies=dependencies, openapi_config=config, logging_config=None)
    document = app.openapi_schema.to_schema()
    schemas = document["components"]["schemas"]
    schemas.update(_schemas(Problem))
    for handler in chosen:
        for path in handler.paths:
            for method in handler.http_methods:
                operation = document["paths"][_without_kinds(path)][str(method).lower()]
                schemas.update(_complete(operation, handler.opt))
    return document


def _complete(operation: dict[str, Any], opt: Mapping[str, Any]) -> dict[str, Any]:
    """Add to an operation what is not known to the framework, and return the schemas that it now names."""
    needed: dict[str, Any] = {}
    parameters, answers = operation.get("parameters", ()), operation["responses"]
    statuses = set() if is_public(opt) else {"401", "403", "503"}
    if parameters:
        statuses.add("400")
    if any(each["in"] == "path" for each in parameters):
        statuses.add("404")
    if _TAKES in opt:
        body, required = opt[_TAKES]
        if not isinstance(body, Mapping):
            needed, body = _schemas(body), {"application/json": {"schema": {"$ref": _REF.format(name=body.__name__)}}}
        operation["requestBody"] = {"required": required, "content": body}
        statuses |= {"400", "413", "422"}
    if is_public(opt):
        operation["security"] = []
    operation.update(opt.get(_AS_WELL, {}))
    answers.pop("400", None)  # the framework's own
    answers.get("204", {}).pop("content", None)
    for status, (description, content) in opt.get(_GIVES, {}).items():
        answers[status] = {"description": description, "content": content}
    for status in sorted(statuses - answers.keys()):
        answers[status] = {"description": _NOT_THIS[status], "content": _PROBLEM}
    answers["default"] = {"description": _OTHERWISE, "content": _PROBLEM}
    return needed


def _schemas(struct: type[msgspec.Struct]) -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components([struct], ref_template=_REF)
    return schemas


def _without_kinds(path: str) -> str:
    """Return a path as OpenAPI spells it: `{id}` for `{id:str}`."""
    return "/".join(part.partition(":")[0] + "}" if ":" in part else part for part in path.split("/"))
