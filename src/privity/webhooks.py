"""Signed webhooks, for both ends: Standard Webhooks 1.0 with symmetric signatures (`v1`).

A receiver verifies the raw body before it reads it:

    from privity import webhooks

    told = webhooks.verify(secret, request.headers, body)       # raises VerificationError: answer 401
    if seen(told.id):                                           # keep ids for ten minutes or longer
        return 200

It needs the standard library and `privity.errors`, and nothing else of Privity. What is signed is
`id "." timestamp "." body`, by HMAC-SHA256 under the bytes that follow `whsec_` in base64; the header
`webhook-signature` holds one signature or several, while a secret is being replaced, and any of them is enough.
"""

import base64
import binascii
import hashlib
import hmac
import re
import time
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from privity.errors import BadInput, VerificationError

ID: Final = "webhook-id"
TIMESTAMP: Final = "webhook-timestamp"
SIGNATURE: Final = "webhook-signature"
TOLERANCE_SECONDS: Final = 300
PREFIX: Final = "whsec_"
KEY_BYTES: Final = range(24, 65)

_VERSION: Final = "v1,"
_SECONDS: Final = re.compile(r"[0-9]{1,12}\Z")
_MOST_SIGNATURES: Final = 16
_ADVICE: Final = "Answer 401 and do not read the body."


class Verified(NamedTuple):
    """What a verified webhook says of itself: its id, the same on every attempt, and the second it was signed in."""

    id: str
    timestamp: int


def make_secret(key: bytes) -> str:
    """Return the secret that a key of 24 to 64 random bytes is written as; raises BadInput for any other length."""
    if len(key) not in KEY_BYTES:
        raise BadInput("a webhook secret has 24 to 64 bytes", advice="Take 32 random bytes.")
    return PREFIX + base64.b64encode(key).decode()


def sign(secrets: Sequence[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the three headers for a body, with one signature for each secret."""
    signed = _signed(message_id, str(timestamp), body)
    signatures = [_VERSION + base64.b64encode(_mac(_key(secret), signed)).decode() for secret in secrets]
    return {ID: message_id, TIMESTAMP: str(timestamp), SIGNATURE: " ".join(signatures)}


def verify(
    secret: str | Sequence[str], headers: Mapping[str, str], body: bytes, *, now: float | None = None
) -> Verified:
    """Return the id of a webhook that was signed with one of the secrets within the last five minutes.

    `headers` may be spelled in any case; `body` is the raw body, `now` seconds since 1970. Raises VerificationError
    when a header is missing, the time is further off than 300 seconds either way, or no signature is right; BadInput
    when a secret is none.
    """
    keys = [_key(one) for one in ([secret] if isinstance(secret, str) else secret)]
    given = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp, signatures = (given.get(name, "") for name in (ID, TIMESTAMP, SIGNATURE))
    if not message_id.isascii() or not message_id or not timestamp or not signatures:
        raise VerificationError("the webhook is not signed", advice=_ADVICE)
    if not _SECONDS.match(timestamp):
        raise VerificationError("the webhook's timestamp is not a number of seconds", advice=_ADVICE)
    if abs(int(time.time() if now is None else now) - int(timestamp)) > TOLERANCE_SECONDS:
        raise VerificationError("the webhook was not signed within the last five minutes", advice=_ADVICE)
    signed = _signed(message_id, timestamp, body)
    expected = [_mac(key, signed) for key in keys]
    right = False
    for each in signatures.split(" ")[:_MOST_SIGNATURES]:
        given_mac = _decoded(each.removeprefix(_VERSION)) if each.startswith(_VERSION) else b""
        for mac in expected:
            right |= hmac.compare_digest(mac, given_mac)
    if not right:
        raise VerificationError("no signature of the webhook is right", advice=_ADVICE)
    return Verified(message_id, int(timestamp))


def _signed(message_id: str, timestamp: str, body: bytes) -> bytes:
    return b".".join((message_id.encode(), timestamp.encode(), body))


def _mac(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(key, signed, hashlib.sha256)


def _key(secret: str) -> bytes:
    key = _decoded(secret.removeprefix(PREFIX)) if secret.startswith(PREFIX) else b""
    if len(key) not in KEY_BYTES:
        raise BadInput("a webhook secret is not one", advice="It is whsec_ and 24 to 64 bytes in base64.")
    return key


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
