"""What carriers sign their requests with, checked: HMAC-SHA1 under a secret that they and we have.

Two forms are in use. That of Twilio's interface signs the address followed by the name and the value of every field of
the form, sorted by name, and is written in Base64; for a body that is no form, the address names its SHA-256 as
`bodySHA256` and is signed alone. SignalWire's own form signs the address followed by the body as it came, in
hexadecimal. The address is the one that the carrier was given: a proxy in between is asked nothing.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from privity.errors import Refused
from privity.vault import Hidden

HEADERS: Final = ("x-twilio-signature", "x-signalwire-signature")
LARGEST: Final = 64 * 1024
_MOST_FIELDS: Final = 200
_USUAL: Final = {"https": 443, "http": 80}
_DIGEST: Final = "sha1"  # the vendors' choice; HMAC does not rest on collisions (RFC 6194 section 3.3)


def read_form(body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form in their order, those without a value too; raises Refused for anything else."""
    try:
        return parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            max_num_fields=_MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise not_signed() from None


def check_signature(
    secret: Hidden, signatures: Sequence[str], url: str, body: bytes, form: Sequence[tuple[str, str]]
) -> None:
    """Return when one of a request's signatures was made under a secret; raises Refused, which says no more than that.

    `url` is the address as the carrier was given it, `form` are the fields of the body, none when it is no form.
    """
    key = bytes(secret.reveal())
    given = [signature.strip().encode("utf-8", "replace") for signature in signatures]
    fields = "".join(f"{name}{value}" for name, value in sorted(set(form)))
    good = False
    for address in _spellings(url):
        expected = [_hexadecimal(key, address.encode() + body)]
        if form or not body or _names_body(address, body):
            expected.append(_base64(key, (address + fields).encode()))
        for each in given:
            for right in expected:  # all of them, so that the time it takes tells nothing
                good |= hmac.compare_digest(right, each)
    if not key or not good:
        raise not_signed()


def not_signed() -> Refused:
    """Return the one error for a request of a carrier that is not signed as it should be."""
    return Refused(
        "the request is not signed by the carrier", advice="Look at the address and the secret it signs with."
    )


def _spellings(url: str) -> list[str]:
    """Return the address with its port and without, when that is the usual one or was given: vendors write both."""
    parts = urlsplit(url)
    usual = _USUAL.get(parts.scheme)
    if parts.port is not None:
        bare = urlunsplit(parts._replace(netloc=parts.hostname or ""))
        return [url, bare]
    return [url, urlunsplit(parts._replace(netloc=f"{parts.netloc}:{usual}"))] if usual else [url]


def _names_body(url: str, body: bytes) -> bool:
    named = dict(parse_qsl(urlsplit(url).query)).get("bodySHA256", "")
    return hmac.compare_digest(named.encode(), hashlib.sha256(body).hexdigest().encode())


def _base64(key: bytes, signed: bytes) -> bytes:
    return base64.b64encode(hmac.digest(key, signed, _DIGEST))


def _hexadecimal(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(key, signed, _DIGEST).hex().encode()
