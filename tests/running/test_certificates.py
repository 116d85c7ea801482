"""TLS as a client sees it: versions, suites, HSTS, new certificates, client certificates."""

import asyncio
import shutil
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from privity.api.transport import StrictTransport
from privity.cli.doctor import _certificate
from privity.errors import Misconfigured
from privity.running import DataDirectory
from privity.running.certificates import Authority, CertificateFiles, Certificates, server_context
from privity.settings import Settings, read_settings
from promises import promise


@contextmanager
def listening(context: ssl.SSLContext) -> Iterator[int]:
    """Answer TLS handshakes on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                    with context.wrap_socket(connection, server_side=True) as tls:
                        tls.settimeout(2)
                        tls.recv(1)
                        tls.sendall(b"x" if tls.getpeercert(binary_form=True) else b"-")
                except (OSError, ssl.SSLError):
                    continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        stop.set()
        thread.join(5)


def client(
    folder: Path, *, most: ssl.TLSVersion | None = None, suites: str = "", own: Path | None = None
) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    if most is not None:
        context.maximum_version = most
    if suites:
        context.set_ciphers(suites)
    if own is not None:
        context.load_cert_chain(own / "server.pem", own / "server-key.pem")
    return context


def talk(port: int, context: ssl.SSLContext) -> tuple[str, str, int, bytes]:
    """Return the version, the suite, the serial number and what the server says."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
        with context.wrap_socket(raw, server_hostname="localhost") as tls:
            tls.sendall(b"?")
            said = tls.recv(1)
            if not said:
                raise ssl.SSLError("the server has ended the connection")
            der = tls.getpeercert(binary_form=True)
            assert der is not None
            suite = tls.cipher()
            assert suite is not None
            return str(tls.version()), suite[0], x509.load_der_x509_certificate(der).serial_number, said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    Authority(folder / "tls").server_files()
    return folder / "tls"


def files_of(folder: Path) -> CertificateFiles:
    return CertificateFiles(folder / "server.pem", folder / "server-key.pem")


def test_key_files_are_for_their_owner_only(made: Path) -> None:
    assert {path.name for path in made.iterdir()} == {"ca.pem", "ca-key.pem", "server.pem", "server-key.pem"}
    assert made.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.glob("*-key.pem"))
    before = files_of(made).stamp()
    assert Authority(made).server_files().stamp() == before, "nothing is made twice"


@promise("B10", "C19", sabotage="old_tls_is_spoken")
@promise("B10", "C22", sabotage="weak_suites_are_offered")
def test_old_versions_and_weak_suites_are_not_spoken(made: Path) -> None:
    with listening(server_context(files_of(made), None, required=False)) as port:
        assert talk(port, client(made))[0] == "TLSv1.3"
        version, suite, *_ = talk(port, client(made, most=ssl.TLSVersion.TLSv1_2))
        assert version == "TLSv1.2"
        assert suite.startswith("ECDHE-")
        assert "GCM" in suite or "CHACHA20" in suite
        for suites in ("ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "AES128-GCM-SHA256"):
            weak = client(made, most=ssl.TLSVersion.TLSv1_2, suites=suites)
            with pytest.raises((ssl.SSLError, OSError)):
                talk(port, weak)
    context = server_context(files_of(made), None, required=False)
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    weak_names = [
        each["name"] for each in context.get_ciphers() if "GCM" not in each["name"] and "CHACHA" not in each["name"]
    ]
    assert not weak_names


@promise("B4", sabotage="client_certificates_are_not_required")
def test_client_certificate_is_required_where_it_is(made: Path, tmp_path: Path) -> None:
    ours, foreign = tmp_path / "ours", tmp_path / "foreign"
    for folder in (ours, foreign):
        Authority(folder).server_files()
        _for_clients(folder)
    with listening(server_context(files_of(made), ours / "ca.pem", required=True)) as port:
        assert talk(port, client(made, own=ours))[3] == b"x"
        for own in (None, foreign):
            with pytest.raises((ssl.SSLError, OSError)):
                talk(port, client(made, own=own))
    with listening(server_context(files_of(made), ours / "ca.pem", required=False)) as port:
        assert talk(port, client(made))[3] == b"-"


def _for_clients(folder: Path) -> None:
    """Make the certificate in a folder one that clients may show as well."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    ca = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    ca_key = load_pem_private_key((folder / "ca-key.pem").read_bytes(), None)
    key = load_pem_private_key((folder / "server-key.pem").read_bytes(), None)
    now = datetime.now(UTC)
    issued = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "scheduler")]))
        .issuer_name(ca.subject)
        .public_key(key.public_key())  # type: ignore[arg-type]  # an elliptic curve key, as we have made it
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(days=5))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .sign(ca_key, hashes.SHA256())  # type: ignore[arg-type]  # likewise
    )
    (folder / "server.pem").write_bytes(issued.public_bytes(Encoding.PEM))


@promise("C21", sabotage="certificates_are_not_reloaded")
async def test_new_certificate_is_served_without_a_restart(made: Path, tmp_path: Path) -> None:
    for path in made.iterdir():
        shutil.copy(path, tmp_path / path.name)
    given = files_of(tmp_path)
    settings = Settings(tls=True, tls_certificate=given.chain, tls_key=given.key)
    certificates = Certificates.of(DataDirectory(tmp_path), settings)
    assert certificates is not None
    renewing = asyncio.create_task(certificates.renew_forever())
    try:
        with listening(certificates.context) as port:
            first = (await asyncio.to_thread(talk, port, client(tmp_path)))[2]
            given.chain.unlink()
            Authority(tmp_path).server_files()
            async with asyncio.timeout(20):
                while (await asyncio.to_thread(talk, port, client(tmp_path)))[2] == first:
                    await asyncio.sleep(0.1)
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)


@promise("C21", sabotage="certificates_end_unreported")
def test_certificate_that_ends_soon_is_reported(tmp_path: Path) -> None:
    Authority(tmp_path).server_files()
    assert _certificate(files_of(tmp_path))[0].well
    _for_clients(tmp_path)  # for five days
    (check,) = _certificate(files_of(tmp_path))
    assert not check.well
    assert "4 days" in check.detail
    assert check.advice
    Authority(tmp_path).server_files()  # one's own authority makes a new one in time
    assert _certificate(files_of(tmp_path))[0].well


@promise("B10", sabotage="plain_http_goes_anywhere")
def test_plain_http_beyond_this_machine_does_not_start(tmp_path: Path) -> None:
    def settings(**told: str) -> Settings:
        return read_settings(tmp_path, {f"PRIVITY_{name.upper()}": value for name, value in told.items()})

    with pytest.raises(Misconfigured):
        settings(host="0.0.0.0")  # noqa: S104 - that is what is refused
    with pytest.raises(Misconfigured):
        settings(host="10.0.0.1", behind_proxy="true", trusted_proxies="*")
    with pytest.raises(Misconfigured):
        settings(tls="true", tls_certificate=str(tmp_path / "x.pem"))
    for bad in ("http://privity.example.org", "https://", "https://a.example/path", "privity.example.org"):
        with pytest.raises(Misconfigured):
            settings(public_url=bad)
    assert settings(host="10.0.0.1", tls="true").tls
    assert settings(host="10.0.0.1", behind_proxy="true", trusted_proxies="10.0.0.2").behind_proxy


@promise("C20", sabotage="no_strict_transport")
@pytest.mark.parametrize(("scheme", "strict"), [("https", True), ("http", False)])
async def test_every_answer_over_tls_says_never_without(scheme: str, strict: bool) -> None:
    async def app(scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})  # type: ignore[operator]  # an ASGI app

    sent: list[dict[str, list[tuple[bytes, bytes]]]] = []

    async def send(message: dict[str, list[tuple[bytes, bytes]]]) -> None:
        sent.append(message)

    await StrictTransport(app)({"type": "http", "scheme": scheme}, None, send)  # type: ignore[arg-type]  # as above
    headers = dict(sent[0]["headers"])
    told = headers.get(b"strict-transport-security", b"").decode()
    assert bool(told) is strict
    if strict:
        assert int(told.split(";")[0].removeprefix("max-age=")) >= 31_536_000
        assert "includeSubDomains" in told
        assert "preload" in told
