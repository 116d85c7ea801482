"""Secrets that lie in OpenBao: a real server of it, over TLS, sealed and open, and tokens that may not read."""

import json
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from privity.errors import Misconfigured, Unavailable
from privity.settings import Settings, read_settings

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
ROOT = "root-token-of-this-test"
SECRET = "smtps://mailer:k7-canary-w0rd@mail.birch.example:465"
POLICY = 'path "secret/data/privity" { capabilities = ["read"] } path "secret/data/gone" { capabilities = ["read"] }'


class Bao:
    """A server of OpenBao that keeps its secrets in memory, with a certificate of its own authority."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url, self.authority = f"https://127.0.0.1:{port}", folder / "vault-ca.pem"
        self.log = (folder / "log").open("wb")
        asked = [f"-dev-listen-address=127.0.0.1:{port}", f"-dev-root-token-id={ROOT}", f"-dev-tls-cert-dir={folder}"]
        self.process = subprocess.Popen(
            [Path(sys.executable).with_name("bao"), "server", "-dev", "-dev-tls", "-dev-no-store-token", *asked],
            env={"HOME": str(folder)},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        until = time.monotonic() + 30
        while "Development mode should NOT be used" not in (folder / "log").read_text():
            assert self.process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        self.client = httpx.Client(
            base_url=f"{self.url}/v1/",
            headers={"X-Vault-Token": ROOT},
            verify=ssl.create_default_context(cafile=self.authority),
        )

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.client.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def token(self, *policies: str) -> str:
        made = self.ask("POST", "auth/token/create", {"policies": policies, "no_default_policy": True, "ttl": "10m"})
        return str(made["auth"]["client_token"])


@contextmanager
def running() -> Iterator[Bao]:
    with tempfile.TemporaryDirectory(prefix="privity-bao-") as folder:
        server = Bao(Path(folder))
        try:
            server.ask("PUT", "sys/policies/acl/privity", {"policy": POLICY})
            server.ask("POST", "secret/data/privity", {"data": {"smtp_url": SECRET, "number": 7, "empty": " "}})
            server.ask("POST", "secret/data/gone", {"data": {"smtp_url": SECRET}})
            server.ask("DELETE", "secret/data/gone")
            yield server
        finally:
            server.client.close()
            server.process.terminate()
            server.process.wait(10)
            server.log.close()


@pytest.fixture(scope="module")
def bao() -> Iterator[Bao]:
    with running() as server:
        yield server


class Place:
    """A data directory whose settings point at a secret."""

    def __init__(self, folder: Path, bao: Bao) -> None:
        self.folder, self.bao = folder, bao
        self.file = folder / "token"
        self.token(bao.token("privity"))

    def token(self, text: str) -> None:
        self.file.touch(0o600)
        self.file.write_text(f"{text}\n")

    def settings(self, reference: str = "openbao:secret/data/privity#smtp_url", **more: str) -> Settings:
        told = {"smtp_url": reference, "mail_from": "a@birch.example", "openbao_url": self.bao.url}
        told |= {"openbao_ca": str(self.bao.authority)} | more
        text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items() if value)
        assert tomllib.loads(text)
        (self.folder / "privity.toml").write_text(text)
        return read_settings(self.folder, {"PRIVITY_OPENBAO_TOKEN_FILE": str(self.file)})


@pytest.fixture
def place(tmp_path: Path, bao: Bao) -> Place:
    return Place(tmp_path, bao)


def test_a_secret_of_openbao_takes_the_place_of_what_points_at_it(place: Place) -> None:
    settings = place.settings()
    assert settings.smtp_url == SECRET
    assert settings.openbao_token is None, "it was read, and nobody needs the token any more"
    assert "canary" not in repr(settings)
    environment = {
        "PRIVITY_SMTP_URL": "openbao:secret/data/privity#smtp_url",
        "PRIVITY_MAIL_FROM": "a@birch.example",
        "PRIVITY_OPENBAO_URL": place.bao.url,
        "PRIVITY_OPENBAO_CA": str(place.bao.authority),
        "PRIVITY_OPENBAO_TOKEN": place.file.read_text().strip(),
    }
    (place.folder / "privity.toml").unlink()
    assert read_settings(place.folder, environment).smtp_url == SECRET
    assert "PRIVITY_OPENBAO_TOKEN" not in environment


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("openbao:secret/data/privity#other", "no such field"),
        ("openbao:secret/data/privity#number", "no such field"),
        ("openbao:secret/data/privity#empty", "no such field"),
        ("openbao:secret/data/gone#smtp_url", "holds no secret"),
        ("openbao:secret/data/another#smtp_url", "does not let this token read"),
        ("openbao:secret/privity#smtp_url", "points at no secret"),
        ("openbao:secret/data/../privity#smtp_url", "points at no secret"),
        ("openbao:secret/data/privity", "points at no secret"),
    ],
)
def test_what_openbao_does_not_give_keeps_privity_from_starting(place: Place, reference: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said) as refused:
        place.settings(reference)
    shown = f"{refused.value} {refused.value.advice}"
    assert "smtp_url" in shown
    assert "canary" not in shown
    assert ROOT not in shown
    assert refused.value.advice


def test_a_token_that_is_not_known_reads_nothing(place: Place) -> None:
    place.token("s.made-up")
    with pytest.raises(Misconfigured, match="does not let this token read"):
        place.settings()
    place.file.chmod(0o644)
    with pytest.raises(Misconfigured, match="read by others"):
        place.settings()


def test_a_token_goes_to_nobody_who_is_not_believed(place: Place) -> None:
    with pytest.raises(Unavailable, match="is not believed"):
        place.settings(openbao_ca="")
    for url in (
        place.bao.url.replace("https", "ftp"),
        "http://bao.birch.example:8200",
        "https://u:p@127.0.0.1",
        "https://[",
    ):
        with pytest.raises(Misconfigured, match="openbao_url is not"):
            place.settings(openbao_url=url)
    with pytest.raises(Misconfigured, match="openbao_url or its token is not given"):
        place.settings(openbao_url="")
    with pytest.raises(Misconfigured, match="is no secret"):
        place.settings(log_level="openbao:secret/data/privity#smtp_url")
    (place.folder / "privity.toml").write_text('openbao_token = "s.written-down"\n')
    with pytest.raises(Misconfigured, match="holds a secret"):
        read_settings(place.folder, {})


def test_a_sealed_openbao_is_not_available_now(tmp_path: Path) -> None:
    with running() as bao:
        place = Place(tmp_path, bao)
        assert place.settings().smtp_url == SECRET
        bao.ask("PUT", "sys/seal")
        with pytest.raises(Unavailable, match="sealed"):
            place.settings()
        ended = subprocess.run(
            [Path(sys.executable).with_name("privity"), "up", "--data", tmp_path],
            env={"PRIVITY_OPENBAO_TOKEN_FILE": str(place.file)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        bao.process.kill()
        bao.process.wait(10)
        with pytest.raises(Unavailable, match="does not answer"):
            place.settings()
    assert ended.returncode == 4
    assert "OpenBao is sealed" in ended.stderr
    assert "Unseal it" in ended.stderr
    assert place.file.read_text().strip() not in ended.stdout + ended.stderr
