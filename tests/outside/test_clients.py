"""The vendors' own clients, unmodified, each in an environment of its own, over TLS."""

import hashlib
import io
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest
from server import PROGRAM, READY_WITHIN, Server, wait_for
from vendor import Office

from privity.running.certificates import Authority
from promises import promise

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)

# What a customer has: a script for each client. Neither knows of Privity anything but an address.
LOOP = """
for message in client.messages.list():
    for media in client.messages(message.sid).media.list():
        assert client.messages(message.sid).media(media.sid).delete()
    emptied = client.messages(message.sid).update(body="")
    assert emptied.body == "" and emptied.sid == message.sid
"""
REST = """
found = client.messages.list(date_sent=datetime.now(timezone.utc).date(), page_size=2)
assert {message.body for message in found} == {""} and len(found) >= 3
assert client.messages.list(from_="+17045550188")[0].date_sent.tzinfo is not None
try:
    client.messages("00000000-0000-4000-8000-000000000000").fetch()
except TwilioRestException as error:
    assert error.status == 404 and error.code == 20404, error
sent = client.messages.create(from_=number, to="+17045550188", body="hello from a script")
assert client.messages(sent.sid).fetch().direction == "outbound-api"
assert client.incoming_phone_numbers.list()[0].phone_number == number
call = client.calls.create(from_=number, to="+17045550188", url="https://example.org/twiml")
assert client.calls(call.sid).fetch().status == "in-progress"
assert client.calls(call.sid).update(status="completed").status == "completed"
assert any(listed.sid == call.sid for listed in client.calls.list())
assert client.calls(call.sid).delete()
recording = client.recordings.list()[0]
assert recording.status == "completed" and client.recordings(recording.sid).fetch().call_sid == recording.call_sid
assert "[NAME]" in client.transcriptions.list()[0].transcription_text
assert client.recordings(recording.sid).delete()
found = client.available_phone_numbers("US").local.list(area_code=720, contains="55501**", limit=2)
assert len(found) == 2 and found[0].region == "CO" and found[0].iso_country == "US", found
taken = client.incoming_phone_numbers.create(phone_number=found[0].phone_number, friendly_name="a script's")
assert taken.phone_number == found[0].phone_number and client.incoming_phone_numbers(taken.sid).fetch().sid == taken.sid
pictures = client.messages.create(from_=taken.phone_number, to=number, media_url=[files + "/a.png", files + "/b.pdf"])
assert pictures.num_media == "2", pictures.num_media
kinds = [media.content_type for media in client.messages(pictures.sid).media.list()]
assert kinds == ["image/png", "application/pdf"], kinds
assert client.messages(pictures.sid).media.list(date_created_after=datetime(2099, 1, 1)) == []
assert client.incoming_phone_numbers(taken.sid).delete()
assert taken.phone_number not in [each.phone_number for each in client.incoming_phone_numbers.list()]
assert client.calls.list(end_time_before=datetime(2020, 1, 1)) == []
doomed = client.messages.list(from_="+17045550188")[0]
assert client.messages(doomed.sid).delete()
assert client.api.accounts(project).fetch().status == "active"
"""
FAXES = """
fax = client.fax.faxes.list()[0]
media = client.fax.faxes(fax.sid).media.list()[0]
assert media.content_type == "application/pdf" and client.fax.faxes(fax.sid).media(media.sid).fetch().sid == media.sid
assert client.fax.faxes(fax.sid).media(media.sid).delete()
assert client.fax.faxes(fax.sid).fetch().num_pages == 2
sent = client.fax.faxes.create(from_=number, to="+17045550188", media_url=files + "/b.pdf", quality="fine")
assert sent.direction == "outbound" and sent.num_pages == 1 and sent.date_created.year > 2000, sent.status
assert client.fax.faxes(sent.sid).fetch().sid in [each.sid for each in client.fax.faxes.list(to="+17045550188")]
try:
    client.fax.faxes.create(from_=number, to="+17045550188", media_url=files + "/a.png")
except TwilioRestException as error:
    assert error.status == 422, error
"""
HEAD = """
import os
from datetime import datetime, timezone
project, token, space, number, files = (
    os.environ[name] for name in ("PROJECT", "TOKEN", "SPACE", "NUMBER", "FILES")
)
"""
SIGNALWIRE = (
    HEAD
    + "from signalwire.rest import Client\nfrom twilio.base.exceptions import TwilioRestException\n"
    + "client = Client(project, token, signalwire_space_url=space)\n"
)
TWILIO = (
    HEAD
    + "from twilio.rest import Client\nfrom twilio.base.exceptions import TwilioRestException\n"
    + "client = Client(project, token)\nclient.api.base_url = space\n"
)


def environment_of(client: str) -> Path:
    """The Python of a virtual environment that holds one client, made once from its hashed requirements."""
    wanted = REPOSITORY / "requirements" / f"clients-{client}.txt"
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]
    folder = REPOSITORY / ".cache" / "clients" / f"{client}-{digest}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        made = [sys.executable, "-m", "uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)]
        filled = [
            *(sys.executable, "-m", "uv", "pip", "sync", "--quiet", "--require-hashes"),
            *("--python", str(python), str(wanted)),
        ]
        for command in (made, filled):
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
            if done.returncode:
                pytest.skip(f"the environment of {client} cannot be made here: {done.stderr.strip()[-200:]}")
        (folder / "ready").touch()
    return python


class Files(ThreadingHTTPServer):
    """What customers have on a web server of theirs, behind an authority of its own: a picture and a page."""

    def __init__(self, folder: Path) -> None:
        page = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(page)
        there = {"/a.png": PICTURE, "/b.pdf": page.getvalue()}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = there.get(self.path, b"")
                self.send_response(200 if content else 404)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        super().__init__(("127.0.0.1", 0), Handler)
        made = Authority(folder / "files").server_files()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made.chain, made.key)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server_port}"
        self.ca = folder / "files" / "ca.pem"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Tls:
    """`privity serve --tls` beside the running server: the same installation, behind an authority of its own."""

    def __init__(self, server: Server, folder: Path, **more: str) -> None:
        self.files = Files(folder)
        more |= {"SSL_CERT_FILE": str(self.files.ca), "PRIVITY_EGRESS_HOSTS": "127.0.0.1"}
        more |= {"PRIVITY_EGRESS_LOOPBACK": "true"}
        self._output = folder / "output"
        environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ} | more
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [*PROGRAM, "serve", "--tls", "--port", "0", "--data", str(server.data.path)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
            )
        port = wait_for(self._ready, READY_WITHIN).rpartition(":")[2]
        self.url = f"https://localhost:{port}"
        self.ca = server.data.path / "tls" / "ca.pem"
        # The way in that changes no script: a folder on the path whose sitecustomize tells certifi where to look.
        self.shim = folder / "shim"
        self.shim.mkdir()
        (self.shim / "sitecustomize.py").write_text(f"import certifi\ncertifi.where = lambda: {str(self.ca)!r}\n")

    def _ready(self) -> str | None:
        said = self._output.read_text(encoding="utf-8")
        assert self._process.poll() is None, said
        return next((line.split()[1] for line in said.splitlines() if line.startswith("ready ")), None)

    def stop(self) -> None:
        self.files.shutdown()
        self.files.server_close()
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)

    def run(self, client: str, script: str, office: Office) -> None:
        """Run a customer's script to its end."""
        given = {
            "PATH": os.environ.get("PATH", ""),
            "PROJECT": str(office.tenant.project),
            "TOKEN": office.token,
            "NUMBER": office.number,
            "SPACE": self.url,
            "FILES": self.files.url,
            "NO_PROXY": "*",
        }
        trust = {"PYTHONPATH": str(self.shim)} if client == "signalwire" else {}
        trust = trust or {"REQUESTS_CA_BUNDLE": str(self.ca)}
        done = subprocess.run(
            [str(environment_of(client)), "-c", script],
            env=given | trust,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module", name="tls")
def behind_tls(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tls]:
    served = Tls(server, tmp_path_factory.mktemp("tls"))
    yield served
    served.stop()


@promise("A15", sabotage="key_of_a_redacted_text_stays")
@pytest.mark.parametrize("client", ["signalwire", "twilio"])
def test_the_customers_loop_leaves_nothing_of_texts_and_media(
    client: str, tls: Tls, both: tuple[Office, Office], server: Server
) -> None:
    office = both[0 if client == "signalwire" else 1]
    spoken = f"the password of {client} is swordfish"
    messages = office.receive(
        *(f"{spoken} {number}" for number in range(3)), sender="+17045550188", media=(PICTURE,) * 2
    )
    kept = server.rows("SELECT id, blob FROM tenant.media WHERE parent_id = ANY(%s::uuid[])", messages)
    secrets = [key for message in messages if (key := office.key("message_body", message))]
    secrets += [key for media, _ in kept if (key := office.key("media", str(media)))]
    assert len(secrets) == 3 + 6
    assert set(secrets) == {each for each in secrets for _, content in server.bytes_at_rest() if each in content}
    script = SIGNALWIRE if client == "signalwire" else TWILIO
    tls.run(client, script + LOOP, office)
    office.erased()
    for _, content in server.bytes_at_rest():
        assert not any(each in content for each in secrets), "a key of what was erased is still there"
        assert b"swordfish" not in content
    assert not [blob for _, blob in kept if blob and (server.data.blobs / blob).exists()]
    assert "swordfish" not in server.output()
    for message in messages:
        history = server.call("GET", f"/v1/messages/{message}/history", office.token).json()
        assert history["redacted_by"] == f"service:{office.token_id}"
        assert {trace["deleted_by"] for trace in history["media"]} == {f"service:{office.token_id}"}
        assert history["redacted_at"] <= datetime.now(UTC).isoformat()
    tls.run(client, script + LOOP, office)  # what is blank already stays blank, and nothing fails
    tls.run(client, script + REST + (FAXES if client == "signalwire" else ""), office)
