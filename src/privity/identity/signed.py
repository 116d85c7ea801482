"""Signed texts that come back: JWTs (RFC 7519) of one issuer for one audience, under a key that nothing else uses.

Sessions, refresh tokens, sign-ins in progress and access tokens of services are each an audience of their own with a
key of its own, so that none is ever taken for another. The algorithm is fixed here and not read from the token
(RFC 8725 section 3.1); HMAC suffices because whoever makes these tokens is the only one who reads them.
"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from privity.clock import Clock
from privity.errors import NotAuthenticated
from privity.vault import Secret

ISSUER: Final = "privity"
_ALGORITHM: Final = "HS256"
_REGISTRY: Final = jws.JWSRegistry(algorithms=[_ALGORITHM])
_CLAIMS: Final = msgspec.json.Decoder(dict[str, Any])
_LONGEST: Final = 4096
_REMEMBERED: Final = 4096
"""Texts whose signature need not be computed again, by their SHA-256; times are looked at each time."""
_SKEW: Final = 30  # seconds that another machine of the same installation may be ahead


class SignedTexts:
    """Makes and reads the signed texts of one audience."""

    def __init__(self, key: Secret, audience: str, clock: Clock, *, kind: str = "JWT") -> None:
        raw = bytes(key.reveal())
        self._key = OctKey.import_key(raw)
        self._audience = audience
        self._clock = clock
        self._verified: dict[bytes, dict[str, Any]] = {}
        self._header = {"alg": _ALGORITHM, "typ": kind, "kid": hashlib.sha256(b"kid|" + raw).hexdigest()[:16]}

    def make(self, claims: Mapping[str, Any], lives: timedelta) -> str:
        """Return the claims signed, to be accepted for as long as they live."""
        now = int(self._clock.now().timestamp())
        told = {"iss": ISSUER, "aud": self._audience, "iat": now, "exp": now + int(lives.total_seconds())}
        return jwt.encode(dict(self._header), {**claims, **told}, self._key, registry=_REGISTRY)

    def read(self, text: str) -> dict[str, Any]:
        """Return the claims; raises NotAuthenticated, alike for whatever is wrong: key, algorithm, audience, time."""
        if len(text) > _LONGEST or not text.isascii():
            raise _not_accepted()
        name = hashlib.sha256(text.encode()).digest()
        claims = self._verified.get(name) or self._verify(text)
        if (
            not all(type(claims.get(time)) is int for time in ("iat", "exp"))
            or not claims["iat"] - _SKEW <= self._clock.now().timestamp() < claims["exp"]
        ):
            raise _not_accepted()
        if name not in self._verified:
            if len(self._verified) >= _REMEMBERED:
                self._verified.clear()
            self._verified[name] = claims
        return dict(claims)

    def _verify(self, text: str) -> dict[str, Any]:
        """Return the claims of a text that was signed here, for this audience."""
        try:
            token = jws.deserialize_compact(text, self._key, registry=_REGISTRY)
            claims = _CLAIMS.decode(token.payload)
        except (JoseError, ValueError, TypeError, RecursionError):  # msgspec's own errors are ValueErrors
            raise _not_accepted() from None
        if token.headers() != self._header:
            raise _not_accepted()
        if claims.get("iss") != ISSUER or claims.get("aud") != self._audience:
            raise _not_accepted()
        return claims


def _not_accepted() -> NotAuthenticated:
    return NotAuthenticated("what was sent to show who is asking is not accepted", advice="Sign in again.")
