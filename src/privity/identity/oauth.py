"""OAuth 2.1 for services: client credentials, and nothing else (RFC 6749 section 4.4).

A service shows who it is by a signed assertion (`private_key_jwt`, RFC 7523) or by its TLS certificate (RFC 8705), and
never by a shared secret. Tokens are short-lived JWTs (RFC 9068); one that was had over TLS with a client certificate is
bound to it. The service's row is read at every use: disabled, granted less, or a token given back, it holds at once.
"""

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey, import_key

from privity.clock import Clock
from privity.errors import BadInput, NotAuthenticated, OAuthError
from privity.identity.callers import Caller, CallerKind, Origin
from privity.identity.rates import CLIENTS_BY_ADDRESS, Rates
from privity.identity.services import ClientId, ServiceFound, find_bearer, find_service
from privity.identity.signed import SignedTexts
from privity.identity.token_text import not_accepted
from privity.ids import Ids
from privity.store import Database

AUDIENCE: Final = "privity:v1"
ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS: Final = ("ES256", "Ed25519", "EdDSA", "PS256")
"""EdDSA is the name that RFC 8037 gave to what RFC 9864 calls Ed25519; clients sign under either."""
_ASSERTION_LIVES: Final = timedelta(minutes=5)
_SKEW: Final = 30
_REVOKED: Final = "token given back"


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A new access token (RFC 6749 section 5.1)."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str

    def __repr__(self) -> str:
        """Show what it is good for."""
        return f"Issued({self.scope})"


class Client(msgspec.Struct, frozen=True):
    """A service that has shown who it is."""

    id: ClientId
    found: ServiceFound

    def caller(self, origin: Origin) -> Caller:
        """Return it as a caller."""
        return Caller(
            kind=CallerKind.SERVICE,
            id=self.id.service,
            tenant=self.id.tenant,
            project=self.found.project_id,
            scopes=frozenset(self.found.scopes),
            origin=origin,
        )


class OAuth:
    """The authorization server of services."""

    def __init__(self, database: Database, tokens: SignedTexts, rates: Rates, ids: Ids, clock: Clock) -> None:
        self._database = database
        self._tokens = tokens
        self._rates = rates
        self._ids = ids
        self._clock = clock

    async def client(self, form: Mapping[str, str], origin: Origin, audiences: tuple[str, ...]) -> Client:
        """Return the service that a request comes from; raises OAuthError `invalid_client`, alike for every cause.

        `audiences` are the names that this server has: an assertion for another one is not taken.
        """
        await self._rates.take([self._rates.by_address(CLIENTS_BY_ADDRESS, origin.address)])
        assertion = form.get("client_assertion")
        named = form.get("client_id") or (None if assertion is None else _claimed(assertion))
        client = ClientId.parse(named or "")
        found = None if client is None else await find_service(self._database, client)
        if client is None or found is None or not found.enabled:
            raise _invalid_client()
        if assertion is not None:
            if form.get("client_assertion_type") != ASSERTION_TYPE:
                raise OAuthError("invalid_request", "client_assertion_type is not the one of RFC 7523")
            await self._check_assertion(assertion, client, found, audiences)
        elif found.certificate is None or not hmac.compare_digest(found.certificate, origin.certificate):
            raise _invalid_client()
        return Client(client, found)

    def issue(self, client: Client, asked: str | None, origin: Origin) -> Issued:
        """Return an access token for the scopes that were asked for, or for all that were granted.

        Raises OAuthError `invalid_scope` for one that does not exist or was not granted; a service with none gets none.
        """
        granted = set(client.found.scopes)
        scopes = granted if asked is None else set(asked.split())
        if not scopes or not scopes <= granted:
            raise OAuthError("invalid_scope", "a scope was asked for that this service was not granted")
        claims: dict[str, Any] = {
            "sub": str(client.id),
            "client_id": str(client.id),
            "scope": " ".join(sorted(scopes)),
            "jti": str(self._ids.new()),
        }
        if origin.certificate:
            claims["cnf"] = {"x5t#S256": origin.certificate}
        lives = timedelta(seconds=client.found.token_seconds)
        return Issued(
            access_token=self._tokens.make(claims, lives),
            token_type="Bearer",  # noqa: S106 - the type that RFC 6750 names
            expires_in=client.found.token_seconds,
            scope=claims["scope"],
        )

    async def bearer(self, token: str, origin: Origin) -> Caller:
        """Return the service that an access token belongs to; raises NotAuthenticated, alike for every cause."""
        try:
            claims = self._tokens.read(token)
        except NotAuthenticated:
            raise not_accepted() from None
        client = ClientId.parse(str(claims.get("sub")))
        bound = (claims.get("cnf") or {}).get("x5t#S256")
        if client is None or (bound is not None and not hmac.compare_digest(bound, origin.certificate)):
            raise not_accepted()
        found = await find_bearer(self._database, client, self._hash_of(claims))
        if found is None or not found.enabled or found.taken_back:
            raise not_accepted()
        asked = str(claims.get("scope", "")).split()
        return Caller(
            kind=CallerKind.SERVICE,
            id=client.service,
            tenant=client.tenant,
            project=found.project_id,
            scopes=frozenset(scope for scope in found.scopes if scope in asked),
            origin=origin,
        )

    async def introspect(self, client: Client, token: str) -> dict[str, Any]:
        """Return what a token is (RFC 7662), of the client's own tenant only; any other is merely not active."""
        claims = await self._own(client, token)
        if claims is None:
            return {"active": False}
        shown = {name: claims[name] for name in ("scope", "client_id", "sub", "aud", "iss", "exp", "iat", "jti")}
        bound = {"cnf": claims["cnf"]} if "cnf" in claims else {}
        return {"active": True, "token_type": "Bearer", **shown, **bound}

    async def give_back(self, client: Client, token: str) -> None:
        """Make a token of the client's own worthless from now on (RFC 7009); any other is left alone, silently."""
        claims = await self._own(client, token)
        if claims is not None and claims["client_id"] == str(client.id):
            left = timedelta(seconds=max(1, claims["exp"] - int(self._clock.now().timestamp()) + _SKEW))
            await self._rates.spend(_REVOKED, str(claims["jti"]).encode(), left)

    async def _own(self, client: Client, token: str) -> dict[str, Any] | None:
        try:
            claims = self._tokens.read(token)
        except NotAuthenticated:
            return None
        holder = ClientId.parse(str(claims.get("client_id")))
        if holder is None or holder.tenant != client.id.tenant:
            return None
        found = await find_bearer(self._database, holder, self._hash_of(claims))
        return claims if found is not None and found.enabled and not found.taken_back else None

    def _hash_of(self, claims: Mapping[str, Any]) -> bytes:
        return self._rates.hashed(_REVOKED, str(claims.get("jti")).encode())

    async def _check_assertion(
        self, assertion: str, client: ClientId, found: ServiceFound, audiences: tuple[str, ...]
    ) -> None:
        if found.keys is None:
            raise _invalid_client()
        try:
            keys = KeySet.import_key_set(json.loads(found.keys))
            claims = jwt.decode(assertion, keys, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError, TypeError, KeyError, RecursionError):
            raise _invalid_client() from None
        now = self._clock.now().timestamp()
        said = claims.get("aud")
        for_us = {said} if isinstance(said, str) else set(said) if isinstance(said, list) else set()
        until, number = claims.get("exp"), claims.get("jti")
        if (
            claims.get("iss") != str(client)
            or claims.get("sub") != str(client)
            or for_us.isdisjoint(audiences)
            or type(until) is not int
            or not now - _SKEW < until <= now + _ASSERTION_LIVES.total_seconds() + _SKEW
            or not isinstance(number, str)
            or not 8 <= len(number) <= 200
        ):
            raise _invalid_client()
        fact = f"{client}|{number}".encode()
        if not await self._rates.spend("assertion", fact, _ASSERTION_LIVES + timedelta(seconds=2 * _SKEW)):
            raise _invalid_client()


def public_keys(text: str) -> str:
    """Return a JWK, a JWK Set or a PEM as the JWK Set that is kept; raises BadInput for anything but public keys."""
    try:
        if text.lstrip().startswith("{"):
            told = json.loads(text)
            keys = [import_key(each) for each in told.get("keys", [told])]
        else:
            keys = [_from_pem(text)]
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        raise _no_public_key() from None
    if not keys or any(key.key_type == "oct" or key.is_private for key in keys):
        raise _no_public_key()
    return json.dumps({"keys": [{**key.as_dict(private=False), "kid": key.kid or key.thumbprint()} for key in keys]})


def _from_pem(text: str) -> ECKey | OKPKey | RSAKey:
    for kind in (ECKey, OKPKey, RSAKey):
        try:
            return kind.import_key(text)
        except (JoseError, ValueError, TypeError):
            continue
    raise ValueError("no public key")


def _no_public_key() -> BadInput:
    return BadInput(
        "this is not a public key", advice="Give a JWK, a JWK Set or a PEM of EC, Ed25519 or RSA; keep the private one."
    )


def _claimed(assertion: str) -> str | None:
    """Return whom an assertion says it is of; nothing of it is believed yet."""
    try:
        payload = assertion.split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return told.get("sub") if isinstance(told.get("sub"), str) else None
    except (IndexError, ValueError, AttributeError, RecursionError):
        return None


def _invalid_client() -> OAuthError:
    return OAuthError("invalid_client", "the client has not shown who it is", status=401)
