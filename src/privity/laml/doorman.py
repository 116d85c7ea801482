"""Who asks, in the vendors' way: `project:token` by Basic authentication, the project once more in the path.

The token names its tenant and is made for one project. The name, the path and the token have to agree; whichever does
not, the answer is the same.
"""

import base64
from collections.abc import AsyncIterator, Callable
from typing import Any, Final, cast
from uuid import UUID

from litestar import Request

from privity.api.acts import CALLER, RECORDED, ResourceOf, act, authorization_of, origin_of
from privity.errors import LedgerUnavailable, NotAuthenticated, NotFound, Refused
from privity.gate import Access, Action, Gate, Resource
from privity.identity import Authenticator, Caller, Scope

PREFIXES: Final = ("/2010-04-01", "/api/laml/2010-04-01")
_CHOOSE: Final = "choose"
_ENDINGS: Final = (".json", ".wav", ".mp3")

Choose = Callable[[Request[Any, Any, Any], Caller], Action]


def is_laml(path: str) -> bool:
    """Return whether a path belongs to this face."""
    return path.startswith(tuple(f"{prefix}/" for prefix in PREFIXES)) or path in PREFIXES


def paths(below: str, *, item: bool = False) -> list[str]:
    """Return every spelling of a route below an account: both prefixes, with `.json` and without.

    An `item` ends in a parameter, which takes the `.json` along; `sid_of` cuts it off.
    """
    endings = ("",) if item else ("", ".json")
    return [f"{prefix}/Accounts/{{account:str}}/{below}{ending}" for prefix in PREFIXES for ending in endings]


def chosen(usual: Action, resource: ResourceOf, choose: Choose) -> dict[str, Any]:
    """Return the options of a route whose act depends on what is asked and on who asks."""
    return act(usual, resource) | {_CHOOSE: choose}


def original_if_permitted(action: Action, original: Action, scope: Scope, resource: ResourceOf) -> dict[str, Any]:
    """Return the options of a route that shows redacted texts, and originals to tokens that were made to see them."""
    return chosen(action, resource, lambda _, caller: original if scope in caller.scopes else action)


def sid_of(request: Request[Any, Any, Any], parameter: str = "sid") -> UUID:
    """Return the id in a path parameter; raises NotFound for what is no id: there can be no such thing."""
    text = str(request.path_params[parameter])
    text = next((text.removesuffix(ending) for ending in _ENDINGS if text.endswith(ending)), text)
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("there is no such thing here", advice="Check the sid.") from None


def sid(make: Any, parameter: str = "sid") -> ResourceOf:
    """Return how to find the resource whose sid a path parameter holds."""

    def find(request: Request[Any, Any, Any]) -> Resource:
        resource: Resource = make(sid_of(request, parameter))
        return resource

    return find


class BasicDoorman:
    """Brings requests of this face through identity and gate."""

    def __init__(self, authenticator: Authenticator, gate: Gate) -> None:
        self._authenticator = authenticator
        self._gate = gate

    async def caller(self, request: Request[Any, Any, Any]) -> Caller:
        """Return the service whose project and token were sent; raises NotAuthenticated."""
        project, token = _credentials(authorization_of(request))
        caller = await self._authenticator.bearer(f"Bearer {token}", origin_of(request))
        cast("dict[str, Any]", request.scope)[CALLER] = caller
        account = str(request.path_params.get("account", project)).removesuffix(".json").lower()
        if not str(caller.project) == project.lower() == account:
            raise NotAuthenticated(
                "the project and the token do not belong together",
                advice="Use the project id as user name and in the path, and a token of that project as password.",
            )
        return caller

    async def access(self, request: Request[Any, Any, Any]) -> AsyncIterator[Access]:
        """Give the handler its access: authenticated, decided, recorded."""
        noted = cast("dict[str, Any]", request.scope)
        caller = await self.caller(request)
        handler = request.route_handler
        choose: Choose = handler.opt.get(_CHOOSE, lambda *_: handler.opt["action"])
        resource = handler.opt["resource"](request)
        try:
            async with self._gate.open(caller, choose(request, caller), resource) as access:
                noted[RECORDED] = True
                access.status = handler.status_code
                yield access
        except (Refused, NotFound, LedgerUnavailable):
            noted[RECORDED] = True
            raise


def _credentials(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    try:
        project, colon, token = base64.b64decode(encoded.strip(), validate=True).decode("ascii").partition(":")
    except ValueError:  # no base64, or not of ASCII, inside or out
        project = colon = token = ""
    if scheme.lower() != "basic" or not colon:
        raise NotAuthenticated(
            "no project and token were sent", advice="Send the project id and its token by Basic authentication."
        )
    return project, token
