"""A certificate that a client shows to TLS: it stands in the ledger beside what was done with it, and is a way in."""

import base64
import hashlib
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from server import Server
from test_clients import Tls

from promises import promise

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", name="own")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate and key in one file, which vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "calendar")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("own") / "own.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


@pytest.fixture(scope="module", name="tls")
def behind_tls(server: Server, own: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tls]:
    served = Tls(server, tmp_path_factory.mktemp("tls"), PRIVITY_CLIENT_CA=str(own))
    yield served
    served.stop()


def at(tls: Tls, own: Path | None) -> httpx.Client:
    context = ssl.create_default_context(cafile=str(tls.ca))
    if own is not None:
        context.load_cert_chain(own)
    return httpx.Client(base_url=tls.url, verify=context, trust_env=False, timeout=30.0)


@promise("B4", sabotage="entries_do_not_name_the_certificate")
def test_certificate_that_was_shown_stands_in_the_ledger_and_is_a_way_in(server: Server, tls: Tls, own: Path) -> None:
    der = ssl.PEM_cert_to_DER_cert(own.read_text().partition("-----BEGIN PRIVATE")[0])
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).decode().rstrip("=")
    bearer = {"Authorization": f"Bearer {server.a.token}"}
    for shown, told in ((own, {thumbprint}), (None, {None})):
        with at(tls, shown) as client:
            leaves = server.new_leaves(server.a.id, lambda: client.get("/v1/whoami", headers=bearer))
        intents = [leaf for leaf in leaves if leaf.kind == "intent" and leaf.body["action"] == "caller:read"]
        assert {leaf.body.get("certificate") for leaf in intents} == told

    made = server.command("service", "create", "calendar", "--tenant", "birch", "--certificate", str(own))
    server.command("service", "grant", made["service_id"], "--tenant", "birch", "--scopes", "conversations:read")
    form = {"grant_type": "client_credentials", "client_id": made["client_id"]}
    with at(tls, own) as known, at(tls, None) as stranger:
        assert stranger.post("/oauth/token", data=form).json()["error"] == "invalid_client"
        token = {"Authorization": f"Bearer {known.post('/oauth/token', data=form).json()['access_token']}"}
        assert known.get("/v1/whoami", headers=token).json()["token_id"] == made["service_id"]
        assert stranger.get("/v1/whoami", headers=token).status_code == 401, "the token is bound to the certificate"
