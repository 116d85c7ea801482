"""Sign-in by somebody else's account: what is asked of a provider, and what of its answer is believed.

OpenID Connect Core 1.0 with the authorization code flow and PKCE (RFC 7636). A provider only says which verified e-mail
address sits at a browser; who that is, and what else has to be shown, is decided here.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from privity.errors import NotAuthenticated
from privity.vault import Secret

ALGORITHMS: Final = ("RS256", "ES256", "PS256", "Ed25519", "EdDSA")
"""Signatures that an ID token may have; none and those by a shared secret are not among them (RFC 8725)."""

_SKEW: Final = 60  # seconds
_SCOPES: Final = {"openid": "openid email", "github": "user:email"}


class ProviderKind(StrEnum):
    """How a provider is spoken to: OpenID Connect, or GitHub's own OAuth, which has no ID tokens."""

    OPENID = "openid"
    GITHUB = "github"


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """One provider as it is configured; `name` stands in addresses, `words` on its button."""

    name: str
    words: str
    kind: ProviderKind
    issuer: str
    client_id: str
    client_secret: Secret


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What one sign-in has to come back with; kept by the browser, signed, for as long as a flow lives."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls, randomness: Callable[[int], bytes] = os.urandom) -> "Attempt":
        """Return a new one, each part with 256 random bits."""
        return cls(state=_text(randomness(32)), nonce=_text(randomness(32)), verifier=_text(randomness(32)))


def authorization_url(provider: Provider, endpoint: str, attempt: Attempt, redirect_uri: str) -> str:
    """Return where the browser goes to sign in at the provider (RFC 6749 section 4.1.1, RFC 7636 section 4.3)."""
    challenge = _text(hashlib.sha256(attempt.verifier.encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": _SCOPES[provider.kind],
        "state": attempt.state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if provider.kind is ProviderKind.OPENID:
        asked["nonce"] = attempt.nonce
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def email_in_id_token(token: object, keys: Any, provider: Provider, nonce: str, now: datetime) -> str:
    """Return the verified address that an ID token vouches for (OpenID Connect Core section 3.1.3.7).

    Raises NotAuthenticated, alike whatever is wrong: signature, algorithm, issuer, audience, times, nonce, or an
    address that the provider has not verified.
    """
    try:
        claims = jwt.decode(str(token), KeySet.import_key_set(keys), algorithms=list(ALGORITHMS)).claims
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise not_vouched() from None
    said, at = claims.get("aud"), now.timestamp()
    audiences = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    until, since, address = claims.get("exp"), claims.get("iat"), claims.get("email")
    if (
        claims.get("iss") != provider.issuer
        or provider.client_id not in audiences
        or claims.get("azp", provider.client_id) != provider.client_id
        or (len(audiences) > 1 and "azp" not in claims)
        or type(until) is not int
        or type(since) is not int
        or not since - _SKEW <= at < until + _SKEW
        or not hmac.compare_digest(str(claims.get("nonce")).encode(), nonce.encode())
        or claims.get("email_verified") is not True
        or not isinstance(address, str)
    ):
        raise not_vouched()
    return address


def email_in_list(addresses: object) -> str:
    """Return the primary verified address of GitHub's list; raises NotAuthenticated when there is none."""
    for each in addresses if isinstance(addresses, list) else []:
        if isinstance(each, dict) and each.get("primary") is True and each.get("verified") is True:
            address = each.get("email")
            if isinstance(address, str):
                return address
    raise not_vouched()


def not_vouched() -> NotAuthenticated:
    """Return the one refusal: a broken answer, an unverified address and one that nobody has here look alike."""
    return NotAuthenticated(
        "the provider vouched for nobody who has an account here",
        advice="Sign in by a code, or ask an administrator to invite that address.",
    )


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
