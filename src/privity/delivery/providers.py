"""What is asked of sign-in providers over HTTP: the issuer and what its own description names, and nobody else.

No redirect is followed, no proxy of the environment is used, an answer is small and comes soon; TLS is required of
every address unless the issuer itself is this machine's.
"""

import asyncio
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from privity.clock import Clock
from privity.delivery.reading import PLAIN, read_whole
from privity.errors import MALFORMED_JSON, TooLarge, Unavailable
from privity.identity.openid import Provider, ProviderKind, email_in_id_token, email_in_list, not_vouched

_PATIENCE: Final = httpx.Timeout(5.0)
_WHOLE: Final = 15.0  # seconds for one question with everything that belongs to it
_LARGEST: Final = 256 * 1024
_REMEMBERED: Final = 600.0  # seconds for which a description is believed
_LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_GITHUB: Final = "https://github.com"
_GITHUB_API: Final = "https://api.github.com"


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """Where a provider is asked what (OpenID Connect Discovery 1.0 section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    """Of GitHub, which has no ID tokens to check, the address of its API."""


class SignInProviders:
    """Asks providers."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, tuple[float, Description]] = {}

    async def authorization_endpoint(self, provider: Provider) -> str:
        """Return where browsers sign in; raises Unavailable."""
        return (await self._description(provider)).authorization_endpoint

    async def verified_email(
        self, provider: Provider, *, code: str, verifier: str, nonce: str, redirect_uri: str
    ) -> str:
        """Return the verified address behind a code, which is good once.

        Raises NotAuthenticated for a code or an answer that is not accepted, and Unavailable.
        """
        about = await self._description(provider)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        if provider.kind is ProviderKind.GITHUB:
            secret = {"client_id": provider.client_id, "client_secret": _revealed(provider)}
            told = await self._ask(provider, "POST", about.token_endpoint, data=form | secret)
            token = _field(told, "access_token")
            bearer = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"}
            return email_in_list(await self._ask(provider, "GET", f"{about.jwks_uri}/user/emails", headers=bearer))
        basic = httpx.BasicAuth(quote(provider.client_id, safe=""), quote(_revealed(provider), safe=""))
        told = await self._ask(provider, "POST", about.token_endpoint, data=form, auth=basic)
        keys = await self._ask(provider, "GET", about.jwks_uri)
        return email_in_id_token(_field(told, "id_token"), keys, provider, nonce, self._clock.now())

    async def _description(self, provider: Provider) -> Description:
        known, now = self._known.get(provider.name), self._clock.monotonic()
        if known is not None and known[0] > now:
            return known[1]
        if provider.kind is ProviderKind.GITHUB:
            api = _GITHUB_API if provider.issuer == _GITHUB else f"{provider.issuer}/api/v3"
            login = f"{provider.issuer}/login/oauth"
            found = Description(
                issuer=provider.issuer,
                authorization_endpoint=f"{login}/authorize",
                token_endpoint=f"{login}/access_token",
                jwks_uri=api,
            )
        else:
            told = await self._ask(provider, "GET", f"{provider.issuer}/.well-known/openid-configuration")
            try:
                found = msgspec.convert(told, Description)
            except msgspec.ValidationError:
                raise _no_answer() from None
            if found.issuer != provider.issuer:
                raise _no_answer()
        for address in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
            _check(provider, address)
        self._known[provider.name] = (now + _REMEMBERED, found)
        return found

    async def _ask(self, provider: Provider, method: str, url: str, **more: Any) -> Any:
        _check(provider, url)
        headers = {"Accept": "application/json", **PLAIN} | more.pop("headers", {})
        try:
            async with asyncio.timeout(_WHOLE), httpx.AsyncClient(timeout=_PATIENCE, trust_env=False) as client:
                async with client.stream(method, url, headers=headers, **more) as answer:
                    body = await read_whole(answer, _LARGEST)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, TooLarge):
            raise _no_answer() from None
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise _no_answer()
        if answer.status_code != httpx.codes.OK:
            raise not_vouched()
        try:
            return msgspec.json.decode(body)
        except MALFORMED_JSON:
            raise _no_answer() from None


def _check(provider: Provider, url: str) -> None:
    """Raise Unavailable for an address that is neither under TLS nor, like the issuer, on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _no_answer() from None
    local = urlsplit(provider.issuer).hostname in _LOCAL
    secure = parts.scheme == "https" or (parts.scheme == "http" and local and parts.hostname in _LOCAL)
    if not secure or not parts.hostname or parts.username is not None:
        raise _no_answer()


def _field(told: object, name: str) -> str:
    value = told.get(name) if isinstance(told, dict) else None
    if not isinstance(value, str) or not value:
        raise not_vouched()
    return value


def _revealed(provider: Provider) -> str:
    return provider.client_secret.reveal().decode()


def _no_answer() -> Unavailable:
    return Unavailable("the sign-in provider does not answer as it should", advice="Sign in by a code meanwhile.")
