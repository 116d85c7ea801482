"""Settings: `privity.toml` in the data directory, `PRIVITY_*` variables over it, `*_FILE` for secrets; read once.

A key that is not known is an error that names the nearest one. A secret written into the file is an error too: secrets
come from the environment, which is emptied of them as they are read, from a file that a `*_FILE` variable names, or
from OpenBao, where the setting says `openbao:MOUNT/data/PATH#FIELD`.
"""

import difflib
import os
import tomllib
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from privity.errors import Misconfigured
from privity.openbao import OpenBao, is_reference

FILE_NAME: Final = "privity.toml"
_LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_SECRETS: Final = frozenset(
    {
        "database_url",
        "database_owner_url",
        "key_database_url",
        "key_database_owner_url",
        "smtp_url",
        "google_client_secret",
        "github_client_secret",
        "import_secret",
        "openbao_token",
        "carrier_secret",
        "carrier_signing_key",
    }
)
_LOG_LEVELS: Final = ("debug", "info", "warning", "error")
_MOST: Final = 1 << 40  # bytes or seconds: whoever writes more has mistyped
_SPANS: Final = {
    "tenant_key_cache": (0, 300, "Choose 60 unless you have a reason."),
    "record_within": (1, 30, "Choose 2 unless the disk stalls for longer."),
    "stall_limit": (1, 3600, "Choose 30 unless callers send from very bad networks."),
}
_LITERAL: Final = ("_secret", "_token", "_signing_key")
"""How the names of settings end whose whole value is a secret; of others it is a URL's password."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an operator may decide; every field has a default that is safe on one machine.

    URLs of databases are None for the embedded clusters. Sizes are bytes, spans are seconds.
    """

    database_url: str | None = None
    database_owner_url: str | None = None
    key_database_url: str | None = None
    key_database_owner_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8440
    log_level: str = "info"
    speech_recognizer: Literal["none", "scripted", "faster_whisper"] = "none"
    speech_model: Path | None = None
    speech_deadline: float = 1800.0
    uncertain_below: float = 0.4
    tenant_key_cache: float = 60.0
    upload_limit: int = 512 * 1024 * 1024
    text_limit: int = 8 * 1024 * 1024
    stall_limit: float = 30.0
    operator_sees: float = 3600.0
    record_within: float = 2.0
    security_contact: str | None = None
    behind_proxy: bool = False
    trusted_proxies: str = "127.0.0.1"
    public_url: str | None = None
    tls: bool = False
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    client_ca: Path | None = None
    client_certificates: Literal["optional", "required"] = "optional"
    smtp_url: str | None = None
    mail_from: str | None = None
    egress_hosts: str = ""
    egress_loopback: bool = False
    import_url: str | None = None
    import_account: str | None = None
    import_secret: str | None = None
    carrier_secret: str | None = None
    carrier_signing_key: str | None = None
    google_client_id: str | None = None
    google_client_secret: str | None = None
    google_issuer: str = "https://accounts.google.com"
    github_client_id: str | None = None
    github_client_secret: str | None = None
    github_url: str = "https://github.com"
    production: bool = True
    access_approval: bool = True
    openbao_url: str | None = None
    openbao_token: str | None = None
    openbao_ca: Path | None = None

    def __repr__(self) -> str:
        """Show which settings differ from their defaults, and no value of a secret."""
        shown = {
            name: "set" if name in _SECRETS else getattr(self, name)
            for name, default in zip(self.__struct_fields__, self.__struct_defaults__, strict=True)
            if getattr(self, name) != default
        }
        return f"Settings({', '.join(f'{name}={value}' for name, value in shown.items())})"


def read_settings(
    directory: Path, environment: MutableMapping[str, str] = os.environ, *, tls: bool = False
) -> Settings:
    """Return the settings for a data directory, taking secrets out of the environment as they are read.

    `tls` is what the command line says: true serves TLS whatever the settings say.

    Raises Misconfigured for an unknown key, a literal secret in the file, a value of the wrong kind, a secret file
    that is missing or readable by others, or a secret that OpenBao does not give, and Unavailable when it cannot now.
    """
    values: dict[str, object] = {}
    path = directory / FILE_NAME
    if path.exists():
        values.update(_from_file(path))
    for name in Settings.__struct_fields__:
        variable = f"PRIVITY_{name.upper()}"
        if (file := environment.get(f"{variable}_FILE")) is not None:
            values[name] = _secret_from(Path(file), variable)
        elif variable in environment:
            values[name] = environment[variable]
        if name in _SECRETS:
            environment.pop(variable, None)
    if tls:
        values["tls"] = True
    _take_from_openbao(values)
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].rstrip("`") or "a setting"
        raise Misconfigured(
            f"the setting {field} has a value of the wrong kind", advice=f"Mend it in {path} or its PRIVITY_ variable."
        ) from None
    return _checked(settings)


def _take_from_openbao(values: dict[str, object]) -> None:
    """Put secrets in the place of what points at them; the token is not kept any longer than that."""
    token = values.pop("openbao_token", None)
    pointing = {name: str(value) for name, value in values.items() if is_reference(value)}
    if not pointing:
        return
    if stray := sorted(pointing.keys() - _SECRETS):
        raise Misconfigured(f"the setting {stray[0]} is no secret, and OpenBao is asked for those only")
    url, authority = values.get("openbao_url"), values.get("openbao_ca")
    if url is None or token is None:
        raise Misconfigured(
            f"the setting {min(pointing)} points at OpenBao, and openbao_url or its token is not given",
            advice="Name the server in openbao_url and a file with a token in PRIVITY_OPENBAO_TOKEN_FILE.",
        )
    server = OpenBao(str(url), str(token), authority=None if authority is None else Path(str(authority)).expanduser())
    values.update({name: server.secret(name, reference) for name, reference in pointing.items()})


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    raise NotImplementedError


def _from_file(path: Path) -> dict[str, object]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise Misconfigured(
            f"{path} is not a TOML file", advice="Compare it with what `privity init` writes."
        ) from None
    except OSError as error:
        raise Misconfigured(
            f"{path} cannot be read: {error.strerror}", advice="It has to be a file that Privity's user can read."
        ) from None
    for key, value in found.items():
        if key not in Settings.__struct_fields__:
            near = difflib.get_close_matches(key, Settings.__struct_fields__, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else "See docs/settings.md for the settings there are."
            raise Misconfigured(f"{path} has an unknown setting `{key}`", advice=hint)
        if key in _SECRETS and not is_reference(value) and (key.endswith(_LITERAL) or urlsplit(str(value)).password):
            raise Misconfigured(
                f"{path} holds a secret in `{key}`",
                advice=f"Take it out of the file; give it as PRIVITY_{key.upper()} or PRIVITY_{key.upper()}_FILE.",
            )
    return found


def _secret_from(path: Path, variable: str) -> str:
    try:
        if path.stat().st_mode & 0o077:
            raise Misconfigured(
                f"the file that {variable}_FILE names can be read by others", advice=f"chmod 600 {path}"
            )
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Misconfigured(
            f"the file that {variable}_FILE names cannot be read: {error.strerror}",
            advice="Check the path and its owner.",
        ) from None


def _check_spans(settings: Settings) -> None:
    if settings.log_level not in _LOG_LEVELS:
        raise Misconfigured("log_level is none that there is", advice=f"Choose from {', '.join(_LOG_LEVELS)}.")
    for name in ("speech_deadline", "upload_limit", "text_limit"):
        if not 0 < getattr(settings, name) <= _MOST:
            raise Misconfigured(
                f"{name} is not above 0 and at most {_MOST}", advice="docs/settings.md has its default."
            )
    for name, (least, most, advice) in _SPANS.items():
        if not least <= getattr(settings, name) <= most:
            raise Misconfigured(f"{name} is outside {least} to {most} seconds", advice=advice)


def _checked(settings: Settings) -> Settings:
    _check_hosts(settings.egress_hosts)
    _check_spans(settings)
    if not 0 < settings.uncertain_below <= 1:
        raise Misconfigured(
            "uncertain_below is not above 0 and at most 1", advice="Choose 0.4 unless you have measured."
        )
    if not 0 <= settings.port <= 65535:
        raise Misconfigured("port is outside 0 to 65535", advice="0 takes any free port.")
    if settings.host not in _LOCAL and not (settings.tls or settings.behind_proxy):
        raise Misconfigured(
            "host is not a loopback address, and plain HTTP is for this machine only",
            advice="Serve TLS with `privity up --tls`, or say which proxy does: behind_proxy and trusted_proxies.",
        )
    if settings.behind_proxy and (settings.trusted_proxies == "*" or not settings.trusted_proxies.strip()):
        raise Misconfigured(
            "trusted_proxies trusts everybody or nobody", advice="Name the proxy's addresses, separated by commas."
        )
    if (settings.tls_certificate is None) != (settings.tls_key is None):
        raise Misconfigured(
            "tls_certificate and tls_key must be given together",
            advice="Name both files, or neither for a certificate of the installation's own authority.",
        )
    if (settings.smtp_url is None) != (settings.mail_from is None):
        raise Misconfigured(
            "smtp_url and mail_from must be given together", advice="Name the mail server and the address mail is from."
        )
    if settings.public_url is not None and not _is_origin(settings.public_url):
        raise Misconfigured(
            "public_url is not the origin of a site", advice="Give it as https://privity.example.org, without a path."
        )
    _check_providers(settings)
    if settings.production and not settings.access_approval:
        raise Misconfigured(
            "access_approval is off in production: plugins would read what no person approved",
            advice="Leave it on, or say `production = false` where there are no real people's records.",
        )
    if (settings.database_url is None) != (settings.key_database_url is None):
        raise Misconfigured(
            "database_url and key_database_url must be given together",
            advice="Record keys live apart from the data: name two servers, or neither for the embedded clusters.",
        )
    return settings


def _check_hosts(hosts: str) -> None:
    listed = [host.strip() for host in hosts.split(",") if host.strip()]
    if any("*" in host.removeprefix("*.") or "/" in host for host in listed if host != "*"):
        raise Misconfigured(
            "egress_hosts holds something that is no host",
            advice="Name hosts, `*.example.org` for all below it, or `*` for every public one, with commas between.",
        )


def _check_providers(settings: Settings) -> None:
    for name, issuer in (("google_issuer", settings.google_issuer), ("github_url", settings.github_url)):
        if not _is_issuer(issuer):
            raise Misconfigured(f"{name} is not an https address", advice="Give the provider's issuer without a query.")
    if (settings.google_client_id is None) != (settings.google_client_secret is None) or (
        settings.github_client_id is None
    ) != (settings.github_client_secret is None):
        raise Misconfigured(
            "a sign-in provider needs its client id and its client secret",
            advice="Give the secret by the variable that ends with _CLIENT_SECRET_FILE.",
        )


def _is_origin(url: str) -> bool:
    parts = urlsplit(url)
    local = parts.hostname in _LOCAL
    scheme = parts.scheme == "https" or (parts.scheme == "http" and local)
    return scheme and bool(parts.hostname) and not parts.path.strip("/") and not parts.query and not parts.username


def _is_issuer(url: str) -> bool:
    parts = urlsplit(url)
    scheme = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
    return scheme and bool(parts.hostname) and not parts.query and not parts.fragment and parts.username is None
