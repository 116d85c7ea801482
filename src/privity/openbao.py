"""Secrets from OpenBao: fields of its key-value store, version 2, read once over HTTP and never written or logged.

A setting that is a secret may say `openbao:MOUNT/data/PATH#FIELD` instead of its value: the path of OpenBao's own HTTP
API (`GET /v1/MOUNT/data/PATH`) and one field of what lies there. HashiCorp Vault answers alike.

Only the server that the operator named is asked: no redirect is followed, no proxy of the environment is used, an
answer is small and comes soon. TLS is required of every server but one on this machine.
"""

import http.client
import re
import ssl
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import msgspec

from privity.errors import MALFORMED_JSON, Misconfigured, Unavailable

_SCHEME: Final = "openbao:"
_REFERENCE: Final = re.compile(r"openbao:(?P<path>[\w.-]+(?:/[\w.-]+)*/data(?:/[\w.-]+)+)#(?P<field>[\w.-]+)")
_LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_PATIENCE: Final = 5.0  # seconds for one answer
_LARGEST: Final = 256 * 1024  # bytes of one answer
_DOTS: Final = frozenset({".", ".."})


class _Version(msgspec.Struct, frozen=True):
    """A version of a secret; `data` is null once it was deleted."""

    data: dict[str, Any] | None = None


class _Answer(msgspec.Struct, frozen=True):
    data: _Version = _Version()


def is_reference(value: object) -> bool:
    """Return whether the value of a setting points at OpenBao instead of being the secret itself."""
    return isinstance(value, str) and value.startswith(_SCHEME)


class OpenBao:
    """One server, asked under one token for as long as settings are being read.

    `authority` is a PEM file of who signs the server's certificate, when this machine does not know it.
    Raises Misconfigured for an address that is not to be trusted with a token.
    """

    def __init__(self, url: str, token: str, *, authority: Path | None = None) -> None:
        try:
            parts = urlsplit(url)
            host, secure, port = parts.hostname or "", parts.scheme == "https", parts.port
        except ValueError:
            raise _no_address() from None
        if not (secure or (parts.scheme == "http" and host in _LOCAL)) or not host or parts.username or parts.query:
            raise _no_address()
        if not token or not token.isascii() or not token.isprintable():
            raise Misconfigured(
                "openbao_token is no token", advice="Give a token by PRIVITY_OPENBAO_TOKEN_FILE that may read them."
            )
        self._host, self._port = host, port or (443 if secure else 80)
        self._prefix = parts.path.rstrip("/")
        self._tls = _trusting(authority) if secure else None
        self._token = token
        self._read: dict[str, dict[str, Any]] = {}

    def __repr__(self) -> str:
        """Show where it is and no token."""
        return f"OpenBao({self._host}:{self._port})"

    def secret(self, setting: str, reference: str) -> str:
        """Return the text that a setting points at.

        Raises Misconfigured when the reference is none, the token may not read it, or there is no such secret or
        field, and Unavailable when OpenBao is sealed or does not answer. None of them repeats a value or a path.
        """
        found = _REFERENCE.fullmatch(reference)
        if found is None or not _DOTS.isdisjoint(found["path"].split("/")):
            raise Misconfigured(
                f"the setting {setting} points at no secret of OpenBao",
                advice="Write openbao:MOUNT/data/PATH#FIELD, with the path that OpenBao's HTTP API has.",
            )
        if found["path"] not in self._read:
            self._read[found["path"]] = self._fields(setting, found["path"])
        value = self._read[found["path"]].get(found["field"])
        if not isinstance(value, str) or not value.strip():
            raise Misconfigured(
                f"OpenBao holds no such field for the setting {setting}",
                advice="Look at the field's name behind the #; it has to be a text.",
            )
        return value.strip()

    def _fields(self, setting: str, path: str) -> dict[str, Any]:
        status, body = self._get(f"{self._prefix}/v1/{quote(path)}")
        match status:
            case 200:
                try:
                    return msgspec.json.decode(body, type=_Answer).data.data or {}
                except MALFORMED_JSON:
                    raise _unavailable("OpenBao's answer is not that of its key-value store") from None
            case 403:
                raise Misconfigured(
                    f"OpenBao does not let this token read the secret of the setting {setting}",
                    advice="Give its policy `read` on that path, or another token; tokens expire.",
                )
            case 404:
                raise Misconfigured(
                    f"OpenBao holds no secret for the setting {setting}",
                    advice="Look at mount and path; a deleted version is none, and the store has to be version 2.",
                )
            case 503:
                raise _unavailable("OpenBao is sealed", "Unseal it, then start again.")
            case _:
                raise _unavailable(f"OpenBao answered with status {status}")

    def _get(self, target: str) -> tuple[int, bytes]:
        connection = (
            http.client.HTTPConnection(self._host, self._port, timeout=_PATIENCE)
            if self._tls is None
            else http.client.HTTPSConnection(self._host, self._port, timeout=_PATIENCE, context=self._tls)
        )
        try:
            connection.request("GET", target, headers={"X-Vault-Token": self._token, "Accept": "application/json"})
            answer = connection.getresponse()
            body = answer.read(_LARGEST + 1)
        except ssl.SSLCertVerificationError:
            raise _unavailable(
                "the certificate of OpenBao is not believed", "Name who signed it in openbao_ca, a PEM file."
            ) from None
        except (OSError, http.client.HTTPException):
            raise _unavailable("OpenBao does not answer") from None
        finally:
            connection.close()
        if len(body) > _LARGEST:
            raise _unavailable("OpenBao's answer is too large")
        return answer.status, body


def _trusting(authority: Path | None) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=authority)
    except (OSError, ssl.SSLError):
        raise Misconfigured("openbao_ca cannot be read as a certificate", advice="Name a PEM file.") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _no_address() -> Misconfigured:
    return Misconfigured(
        "openbao_url is not the https address of a server", advice="Give it as https://bao.example.org:8200."
    )


def _unavailable(message: str, advice: str = "Look at openbao_url and at the server.") -> Unavailable:
    return Unavailable(message, advice=advice)
