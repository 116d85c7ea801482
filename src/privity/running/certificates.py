"""The server's TLS: an authority of its own unless a certificate is given, modern suites only, reloaded while it runs.

    DIR/tls/ca.pem       for clients to trust       DIR/tls/ca-key.pem       signs server certificates, and nothing else
    DIR/tls/server.pem   90 days, made anew at 30   DIR/tls/server-key.pem

A certificate that is given is looked at every second; when its files change the next handshake has the new one.
"""

import asyncio
import ipaddress
import os
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from privity import logs
from privity.durable import sync_folder
from privity.errors import Misconfigured
from privity.running.directory import DataDirectory
from privity.settings import Settings

WARN_BELOW: Final = timedelta(days=21)
"""A certificate with less to live is reported."""

_CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: forward secrecy and authenticated encryption only; TLS 1.3 has nothing else."""
_AUTHORITY_LIVES: Final = timedelta(days=3650)
_SERVER_LIVES: Final = timedelta(days=90)
_RENEW_BELOW: Final = timedelta(days=30)
_LOOK_EVERY: Final = 1.0
_NAME: Final = "Privity authority of this installation"

_log: Final = logs.get("running")


class CertificateFiles(msgspec.Struct, frozen=True):
    """A certificate chain and its key."""

    chain: Path
    key: Path

    def stamp(self) -> tuple[int, ...]:
        """Return what changes when a file does."""
        return tuple(part for path in (self.chain, self.key) for part in (path.stat().st_mtime_ns, path.stat().st_ino))

    def expires_at(self) -> datetime:
        """Return when the certificate ends; raises Misconfigured when it cannot be read."""
        try:
            return x509.load_pem_x509_certificate(self.chain.read_bytes()).not_valid_after_utc
        except (OSError, ValueError):
            raise Misconfigured(
                f"the certificate {self.chain} cannot be read", advice="Give a PEM file that this user may read."
            ) from None


class Certificates:
    """The TLS of one running server."""

    def __init__(self, files: CertificateFiles, settings: Settings, own: "Authority | None") -> None:
        self.files = files
        self._own = own
        self.context = server_context(files, settings.client_ca, required=settings.client_certificates == "required")
        self._stamp = files.stamp()

    @classmethod
    def of(cls, directory: DataDirectory, settings: Settings) -> "Certificates | None":
        """Return the TLS that the settings ask for, with certificates made if there are none; None for plain HTTP."""
        if not settings.tls:
            return None
        if settings.tls_certificate is not None and settings.tls_key is not None:
            return cls(CertificateFiles(settings.tls_certificate, settings.tls_key), settings, None)
        own = Authority(directory.tls)
        return cls(own.server_files(), settings, own)

    async def renew_forever(self) -> None:
        """Take changed files into use, and make a new certificate of one's own in time, until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                if self._own is not None:
                    self._own.server_files()
                if (stamp := self.files.stamp()) != self._stamp:
                    self.context.load_cert_chain(self.files.chain, self.files.key)
                    self._stamp = stamp
                    _log.info("certificate_reloaded")
            except (OSError, Misconfigured) as error:  # half-written files: the old certificate serves on
                _log.debug("certificate_not_reloaded", error=type(error).__name__)


def certificate_files(directory: DataDirectory, settings: Settings) -> CertificateFiles | None:
    """Return the certificate that would be served, without making one."""
    if settings.tls_certificate is not None and settings.tls_key is not None:
        return CertificateFiles(settings.tls_certificate, settings.tls_key)
    files = CertificateFiles(directory.tls / "server.pem", directory.tls / "server-key.pem")
    return files if files.chain.exists() else None


def server_context(files: CertificateFiles, client_ca: Path | None, *, required: bool) -> ssl.SSLContext:
    """Return a context of TLS 1.2 and later with modern suites; with a `client_ca` it asks for client certificates.

    Raises Misconfigured for a file that cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
    try:
        context.load_cert_chain(files.chain, files.key)
        if client_ca is not None:
            context.load_verify_locations(client_ca)
            context.verify_mode = ssl.CERT_REQUIRED if required else ssl.CERT_OPTIONAL
    except (OSError, ssl.SSLError):
        raise Misconfigured(
            "a certificate or key of TLS cannot be used", advice="tls_certificate, tls_key and client_ca are PEM files."
        ) from None
    return context


class Authority:
    """A certificate authority for one machine, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._certificate = folder / "ca.pem"
        self._key = folder / "ca-key.pem"
        self._files = CertificateFiles(folder / "server.pem", folder / "server-key.pem")

    def server_files(self) -> CertificateFiles:
        """Return a server certificate with enough time to live, making it, and the authority, if need be."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        now = datetime.now(UTC)
        if not (self._certificate.exists() and self._key.exists()):
            self._make_authority(now)
        if not self._files.chain.exists() or self._files.expires_at() - now < _RENEW_BELOW:
            self._make_server(now)
        return self._files

    def _make_authority(self, now: datetime) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
        made = (
            _begun(name, name, key.public_key(), now, _AUTHORITY_LIVES)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        _write(self._key, _pem(key), 0o600)
        _write(self._certificate, made.public_bytes(Encoding.PEM), 0o644)

    def _make_server(self, now: datetime) -> None:
        authority = x509.load_pem_x509_certificate(self._certificate.read_bytes())
        signer = load_pem_private_key(self._key.read_bytes(), None)
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        names: list[x509.GeneralName] = [x509.DNSName(each) for each in sorted({"localhost", socket.gethostname()})]
        names += [x509.IPAddress(ipaddress.ip_address(each)) for each in ("127.0.0.1", "::1")]
        made = (
            _begun(name, authority.subject, key.public_key(), now, _SERVER_LIVES)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
            .sign(signer, hashes.SHA256())
        )
        _write(self._files.key, _pem(key), 0o600)
        _write(self._files.chain, made.public_bytes(Encoding.PEM), 0o644)


def _begun(
    name: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    lives: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + lives)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes, mode: int) -> None:
    """Put a whole file in its place or none."""
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    sync_folder(path.parent)
