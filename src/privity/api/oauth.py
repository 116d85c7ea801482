"""`/oauth`: tokens for services (OAuth 2.1 client credentials), looked into and given back, and where that is."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, Reference, RequestBody, Schema

from privity.api.acts import CALLER, RECORDED, origin_of, public
from privity.api.description import gives
from privity.errors import LedgerUnavailable, OAuthError, Refused
from privity.gate import Action, resources
from privity.identity import Scope
from privity.identity.oauth import ALGORITHMS, Client, Issued
from privity.running import Installation

_MOST_BYTES: Final = 16 * 1024
_WHY: Final = "the client shows who it is by a signed assertion or its certificate"
_REQUEST = Request[Any, Any, Any]
_OAUTH_ERROR: Final = {
    "application/json": {
        "schema": {
            "type": "object",
            "properties": {"error": {"type": "string"}, "error_description": {"type": "string"}},
            "required": ["error"],
        }
    }
}
_AS_CLIENT: Final = public(_WHY) | gives(
    {
        "400": ("The request is none (RFC 6749 section 5.2).", _OAUTH_ERROR),
        "401": ("The client is not known (RFC 6749 section 5.2).", _OAUTH_ERROR),
        "413": ("The request is too large.", _OAUTH_ERROR),
    }
)
_CLIENT: Final = {"client_id", "client_assertion", "client_assertion_type"}


def _operation(*fields: str) -> type[Operation]:
    """Return how `/openapi.json` describes an endpoint that takes a form with these fields and those of the client."""

    @dataclass
    class Described(Operation):
        def __post_init__(self) -> None:
            text: Reference | Schema = Schema(type=OpenAPIType.STRING)
            properties = dict.fromkeys(sorted(_CLIENT.union(fields)), text)
            form = Schema(type=OpenAPIType.OBJECT, properties=properties, required=list(fields[:1]))
            media = {"application/x-www-form-urlencoded": OpenAPIMediaType(schema=form)}
            self.request_body = RequestBody(content=media, required=True)

    return Described


@get(
    "/.well-known/oauth-authorization-server",
    opt=public("RFC 8414 wants it public; it names addresses only"),
)
async def discovery(request: _REQUEST, installation: NamedDependency[Installation]) -> dict[str, Any]:
    """Say where services get tokens and how (RFC 8414)."""
    issuer = installation.sites.of(request.headers.get("host", "")).origin
    ways = ["private_key_jwt", "self_signed_tls_client_auth"]
    return {
        "issuer": issuer,
        "token_endpoint": f"{issuer}/oauth/token",
        "introspection_endpoint": f"{issuer}/oauth/introspect",
        "revocation_endpoint": f"{issuer}/oauth/revoke",
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "scopes_supported": sorted(Scope),
        "tls_client_certificate_bound_access_tokens": True,
        **{
            f"{endpoint}_endpoint_auth_{what}": value
            for endpoint in ("token", "introspection", "revocation")
            for what, value in (("methods_supported", ways), ("signing_alg_values_supported", list(ALGORITHMS)))
        },
    }


@post("/oauth/token", status_code=200, operation_class=_operation("grant_type", "scope"), opt=_AS_CLIENT)
async def token(request: _REQUEST, installation: NamedDependency[Installation]) -> Response[Any]:
    """Give a service an access token (RFC 6749 section 4.4)."""

    async def issue(form: dict[str, str]) -> Issued:
        if form.get("grant_type") != "client_credentials":
            raise OAuthError("unsupported_grant_type", "the grant type is client_credentials and no other")
        client = await _client(request, installation, form)
        async with installation.gate.open(
            client.caller(origin_of(request)), Action.TOKEN_ISSUE, resources.own_tenant()
        ) as access:
            issued = installation.doorway.oauth.issue(client, form.get("scope"), origin_of(request))
            access.outcome["scopes"] = issued.scope.split()
            return issued

    return await _answer(request, issue)


@post(
    "/oauth/introspect",
    status_code=200,
    operation_class=_operation("token", "token_type_hint"),
    opt=_AS_CLIENT,
)
async def introspect(request: _REQUEST, installation: NamedDependency[Installation]) -> Response[Any]:
    """Say what a token is (RFC 7662)."""

    async def look(form: dict[str, str]) -> dict[str, Any]:
        client = await _client(request, installation, form)
        caller = client.caller(origin_of(request))
        async with installation.gate.open(caller, Action.TOKEN_INTROSPECT, resources.own_tenant()):
            return await installation.doorway.oauth.introspect(client, _token_in(form))

    return await _answer(request, look)


@post("/oauth/revoke", status_code=200, operation_class=_operation("token", "token_type_hint"), opt=_AS_CLIENT)
async def revoke(request: _REQUEST, installation: NamedDependency[Installation]) -> Response[Any]:
    """Take a token back, at once (RFC 7009)."""

    async def give_back(form: dict[str, str]) -> dict[str, Any]:
        client = await _client(request, installation, form)
        caller = client.caller(origin_of(request))
        async with installation.gate.open(caller, Action.TOKEN_GIVE_BACK, resources.own_tenant()):
            await installation.doorway.oauth.give_back(client, _token_in(form))
        return {}

    return await _answer(request, give_back)


async def _client(request: _REQUEST, installation: Installation, form: dict[str, str]) -> Client:
    issuer = installation.sites.of(request.headers.get("host", "")).origin
    client = await installation.doorway.oauth.client(form, origin_of(request), (issuer, f"{issuer}/oauth/token"))
    noted: Any = request.scope
    noted[CALLER] = client.caller(origin_of(request))
    return client


async def _answer(request: _REQUEST, do: Any) -> Response[Any]:
    """Return what is to be answered, errors in the form of RFC 6749 section 5.2."""
    noted: Any = request.scope
    try:
        answered = Response(await do(await _form(request)), status_code=200, headers={"Pragma": "no-cache"})
        noted[RECORDED] = True
    except OAuthError as error:
        told = {"error": error.code, "error_description": error.message}
        challenge = {"WWW-Authenticate": "Bearer"} if error.answered == 401 else {}
        return Response(told, status_code=error.answered, headers={"Pragma": "no-cache", **challenge})
    except (Refused, LedgerUnavailable):
        noted[RECORDED] = True
        raise
    return answered


async def _form(request: _REQUEST) -> dict[str, str]:
    """Return the fields of a form; a field that comes twice makes it no request (RFC 6749 section 3.2)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise OAuthError("invalid_request", "the request is too large", status=413)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=20)
    except ValueError:
        pairs = []
    form = dict(pairs)
    if kind != "application/x-www-form-urlencoded" or not pairs or len(form) != len(pairs) or request.query_params:
        raise OAuthError("invalid_request", "the request is not one form of different fields")
    return form


def _token_in(form: dict[str, str]) -> str:
    if not form.get("token"):
        raise OAuthError("invalid_request", "no token was sent")
    return form["token"]


HANDLERS: Final = (discovery, token, introspect, revoke)
