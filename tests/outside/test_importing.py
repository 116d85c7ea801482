"""Bringing a vendor's account in and blanking it there: one project is the vendor, another tenant brings in.

A small proxy stands before the vendor and does what vendors do on bad days.
"""

import io
import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import httpx
import pikepdf
import pytest
from PIL import Image
from server import PROGRAM, Server, Tenant
from vendor import OTHER_SIDE, Office

from privity.custody.renditions import wav
from privity.custody.telephony import Draft, FaxDraft, Pausing, State
from privity.delivery.egress import Egress
from privity.delivery.vendor import Vendor, VendorAccount
from privity.errors import BadInput
from privity.gate import Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.running import Installation
from privity.running.importing import Importing, Report
from privity.vault import Secret
from promises import promise

pytestmark = pytest.mark.slow

NUMBER = "+15055550188"
CARD = "4111 1111 1111 1111"
ROWS = "SELECT kind, sid, record_id, verified_at IS NOT NULL, blanked_at IS NOT NULL FROM tenant.imported"


def picture(red: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), (red, 90, 160)).save(file, "PNG")
    return file.getvalue()


def paper() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file)
    return file.getvalue()


class Account:
    """The second project of a tenant as an account at a vendor, and the tenant that brings it in."""

    def __init__(self, here: Office, there: Office) -> None:
        self.server: Server = there.server
        self.there, self.here = there, here
        self.auth = (str(there.tenant.other_project), there.tenant.other_token)
        self.prefix = f"/2010-04-01/Accounts/{there.tenant.other_project}"

        async def claim(installation: Installation) -> None:
            operator = there.operator(installation)
            project = resources.project(there.tenant.other_project)
            async with installation.gate.open(operator, Action.NUMBER_CREATE, project) as access:
                await installation.telephony.own_numbers.add(access, NUMBER)

        there.beside.run(claim)

    def receive(self, body: str, *media: bytes) -> str:
        async def arrive(installation: Installation) -> str:
            project = resources.project(self.there.tenant.other_project)
            operator = self.there.operator(installation)
            async with installation.gate.open(operator, Action.MESSAGE_RECEIVE, project) as access:
                draft = Draft(from_number=OTHER_SIDE, to_number=NUMBER, body=body, attachments=media)
                return str(await installation.telephony.writing.receive(access, draft, installation.ids.new()))

        return self.there.beside.run(arrive)

    def receive_fax(self) -> str:
        async def arrive(installation: Installation) -> str:
            project = resources.project(self.there.tenant.other_project)
            operator = self.there.operator(installation)
            async with installation.gate.open(operator, Action.FAX_RECEIVE, project) as access:
                draft = FaxDraft(from_number=OTHER_SIDE, to_number=NUMBER, paper=paper())
                return str(await installation.telephony.faxes.receive(access, draft))

        return self.there.beside.run(arrive)

    def record(self, audio: bytes) -> str:
        async def call(installation: Installation) -> str:
            gate, telephony = installation.gate, installation.telephony
            operator, project = self.there.operator(installation), resources.project(self.there.tenant.other_project)
            async with gate.open(operator, Action.RECORDING_ENABLE, project) as access:
                await telephony.recordings.permit(access, allowed=True)
            async with gate.open(operator, Action.CALL_CREATE, project) as access:
                made = await telephony.calls.begin(access, OTHER_SIDE, NUMBER, inbound=True, transport="memory")
            async with gate.open(operator, Action.RECORDING_START, resources.call(made)) as access:
                recording = (await telephony.live_calls.start(access)).id
            async with gate.open(operator, Action.CALL_PLAY, resources.call(made)) as access:
                await telephony.live_calls.play(access, wav(audio, 2))
            async with gate.open(operator, Action.RECORDING_CONTROL, resources.recording(recording)) as access:
                await telephony.live_calls.control(access, State.STOPPED, Pausing.SILENCE)
            return str(recording)

        return self.there.beside.run(call)

    def get(self, path: str) -> Any:
        return self.server.call("GET", f"{self.prefix}/{path}", auth=self.auth)

    def body(self, sid: str) -> str:
        """What the vendor still has of a text."""
        return str(self.get(f"Messages/{sid}.json").json()["body"])

    def media(self, sid: str) -> list[str]:
        """The media of a message that the vendor still has."""
        return [each["sid"] for each in self.get(f"Messages/{sid}/Media.json").json()["media_list"]]

    def brought(self) -> dict[str, tuple[str, bool, bool]]:
        """What was brought in: by sid, the id here, whether it was read back, and whether it is blank there."""
        rows = self.server.rows(ROWS + " WHERE tenant_id = %s", self.here.tenant.id)
        return {sid: (str(record), verified, blanked) for _, sid, record, verified, blanked in rows}

    def ours(self, path: str) -> httpx.Response:
        """Read something of the project that it was brought into, originals and all."""
        mine: Tenant = self.here.tenant
        auth = (str(mine.other_project), mine.other_token)
        return self.server.call("GET", f"/2010-04-01/Accounts/{mine.other_project}/{path}", auth=auth)

    def change(self, method: str, path: str, **form: str) -> None:
        """Change something of the project that it was brought into."""
        mine: Tenant = self.here.tenant
        auth, base = (str(mine.other_project), mine.other_token), f"/2010-04-01/Accounts/{mine.other_project}"
        answer = self.server.call(method, f"{base}/{path}", auth=auth, data=form)
        assert answer.is_success, answer.text

    def command(self, url: str, *more: str) -> subprocess.CompletedProcess[str]:
        mine = self.here.tenant
        told = ["--tenant", "cedar", "--project", str(mine.other_project), "--url", url, "--account", self.auth[0]]
        loopback = {"PRIVITY_EGRESS_HOSTS": "127.0.0.1", "PRIVITY_EGRESS_LOOPBACK": "true"}
        return subprocess.run(
            [*PROGRAM, "import", "signalwire", *told, "--json", *more, "--data", str(self.server.data.path)],
            capture_output=True,
            text=True,
            env=os.environ | loopback | {"PRIVITY_IMPORT_SECRET": self.auth[1]},
            timeout=120,
            check=False,
        )

    def run(self, url: str, *, blank: bool = False) -> Report:
        """Do in this process what the command does."""

        async def act(installation: Installation) -> Report:
            operator = operator_of_this_machine(self.here.tenant.id, Origin(request_id=installation.ids.new()))
            egress = Egress(["127.0.0.1"], loopback=True)
            secret = Secret(self.auth[1].encode())
            there = VendorAccount(Vendor.SIGNALWIRE, url, self.auth[0], secret, egress, sleep=no_time)
            try:
                importing = Importing(installation, operator, there, UUID(str(self.here.tenant.other_project)))
                await importing.bring_in()
                if blank:
                    await importing.blank()
                return importing.report
            finally:
                await there.close()
                egress.close()

        return self.here.beside.run(act)


async def no_time(_: float) -> None:
    """Wait as a test does."""


@pytest.fixture(scope="module", name="account")
def an_account(both: tuple[Office, Office]) -> Account:
    return Account(both[1], both[0])


class Proxy(ThreadingHTTPServer):
    """Passes everything on to the vendor, two records a page, unless `fault` names something to do instead."""

    daemon_threads = True

    def __init__(self, server: Server) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.vendor = server
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.fault: Callable[[str, str], str | None] = lambda _, __: None
        self.asked: list[tuple[str, str]] = []
        self.authorized: list[str | None] = []
        self.last_page: bytes = b""
        self.victim: Callable[[], int] | None = None
        self.elsewhere = ""


class _Passing(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        proxy, body = self.server, self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxy.asked.append((self.command, self.path))
        proxy.authorized.append(self.headers.get("Authorization"))
        fault = proxy.fault(self.command, self.path)
        if fault in {"429", "500"}:
            self._say(int(fault), b"", {"Retry-After": "0"})
            return
        if fault == "elsewhere":
            self._say(307, b"", {"Location": proxy.elsewhere + self.path})
            return
        if fault == "again":
            self._say(200, proxy.last_page)
            return
        path = self.path.replace("PageSize=50", "PageSize=2")
        kept = {
            name: self.headers[name] for name in ("Authorization", "Accept", "Content-Type") if name in self.headers
        }
        answer = proxy.vendor.call(self.command, path, content=body, headers=kept)
        if fault == "kill":
            assert proxy.victim is not None
            os.kill(proxy.victim(), signal.SIGKILL)
            self.close_connection = True
            return
        content = answer.content.replace(b"CARDHERE", CARD.encode())
        if b"next_page_uri" in content:
            proxy.last_page = content
        if fault == "broken":
            content = content[:-20]
        self._say(answer.status_code, content, cut=fault == "half")

    do_GET = do_POST = do_DELETE = _pass  # noqa: N815 - the names that the library calls

    def _say(self, status: int, content: bytes, headers: dict[str, str] | None = None, *, cut: bool = False) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if cut else content)
        self.close_connection = cut

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(name="proxy")
def a_proxy(server: Server) -> Iterator[Proxy]:
    with Proxy(server) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join(10)


def once(*faults: tuple[str, str, str]) -> Callable[[str, str], str | None]:
    """Do each fault at the first request that has its method and the piece of its path."""
    left = list(faults)

    def fault(method: str, path: str) -> str | None:
        found = next((each for each in left if each[0] == method and each[1] in path), None)
        if found is None:
            return None
        left.remove(found)
        return found[2]

    return fault


def test_an_account_comes_in_whole_and_is_blank_afterwards(account: Account, proxy: Proxy) -> None:
    said = "Maria Gonzalez, card CARDHERE, see you on Thursday"
    text = account.receive(said)
    pictures = account.receive("two pictures", picture(1), picture(2))
    attached = account.media(pictures)
    fax = account.receive_fax()
    pages = account.get(f"Faxes/{fax}/Media/{account.get(f'Faxes/{fax}').json()['media_sid']}").content
    assert pages.startswith(b"%PDF-")
    recording = account.record(b"\x10\x20\x30\x40" * 16_000)
    sealed = account.get(f"Recordings/{recording}.wav").content
    sent = account.get(f"Messages/{text}.json").json()["date_sent"]

    refused = account.command(proxy.url, "--blank-source")
    assert refused.returncode == 2, refused.stderr
    assert account.body(text) == said

    done = account.command(proxy.url, "--blank-source", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert sum(report["blanked"].values()) == sum(report["to_blank"].values()) > 0
    assert (account.body(text), account.body(pictures), account.media(pictures)) == ("", "", [])
    assert account.get(f"Faxes/{fax}").json()["media_sid"] is None
    assert account.get(f"Recordings/{recording}.json").status_code == 404

    brought = account.brought()
    shown = account.ours(f"Messages/{brought[text][0]}.json").json()
    assert (shown["from"], shown["to"], shown["date_sent"]) == (OTHER_SIDE, NUMBER, sent)
    assert "Maria Gonzalez" in shown["body"]
    assert CARD not in shown["body"]
    here = brought[pictures][0]
    listed = account.ours(f"Messages/{here}/Media.json").json()["media_list"]
    assert {each["parent_sid"] for each in listed} == {here}
    assert {each["sid"] for each in listed} == {brought[sid][0] for sid in attached}
    read = {account.ours(f"Messages/{here}/Media/{each['sid']}").content for each in listed}
    assert read == {picture(1), picture(2)}
    (faxed,) = (each for each in account.ours("Faxes").json()["faxes"] if each["num_pages"] == 1)
    assert account.ours(f"Faxes/{faxed['sid']}/Media/{faxed['media_sid']}").content == pages
    assert account.ours(f"Recordings/{brought[recording][0]}.wav").content == sealed

    before = account.brought()
    again = account.run(proxy.url, blank=True)
    assert sum(again.brought.values()) == sum(again.blanked.values()) == len(again.failures) == 0
    assert account.brought() == before
    for canary in ("Gonzalez", "4111"):
        assert canary not in done.stdout + done.stderr + refused.stdout + refused.stderr


def test_bad_days_lose_nothing_and_what_stays_bad_is_named(account: Account, proxy: Proxy) -> None:
    texts = [account.receive(f"a bad day, number {place}") for place in range(6)]
    pictures = account.receive("good and bad", picture(3), picture(4))
    good, bad = account.media(pictures)
    transient = once(
        ("GET", "/Messages.json", "429"),
        ("GET", "/Messages.json", "half"),
        ("GET", "/Messages.json", "broken"),
        ("GET", "PageToken", "again"),
        ("GET", f"/Media/{good}", "500"),
        ("GET", f"/Media/{good}", "half"),
    )
    proxy.fault = lambda method, path: "429" if f"/Media/{bad}" in path else transient(method, path)
    report = account.run(proxy.url, blank=True)
    assert [(each.kind, each.sid) for each in report.failures] == [("media", bad)]
    assert "429" in report.failures[0].reason
    brought = account.brought()
    assert {*texts, pictures, good} <= {sid for sid, (_, verified, blanked) in brought.items() if verified and blanked}
    assert account.media(pictures) == [bad]
    assert {account.body(text) for text in texts} == {""}

    proxy.fault = lambda _, __: None
    assert account.run(proxy.url, blank=True).failures == []
    assert account.media(pictures) == []
    assert len(account.ours(f"Messages/{brought[pictures][0]}/Media.json").json()["media_list"]) == 2


@promise("A22", sabotage="media_come_to_what_was_redacted")
def test_no_media_come_to_a_message_that_was_redacted_or_deleted_here(account: Account, proxy: Proxy) -> None:
    sids = [account.receive("redacted here", picture(7)), account.receive("deleted here", picture(8))]
    proxy.fault = lambda _, path: "500" if "/Media/" in path else None
    assert [each.kind for each in account.run(proxy.url).failures] == ["media", "media"]
    redacted, deleted = (account.brought()[sid][0] for sid in sids)
    account.change("POST", f"Messages/{redacted}.json", Body="")
    account.change("DELETE", f"Messages/{deleted}.json")
    proxy.fault = lambda _, __: None
    failed = account.run(proxy.url).failures
    assert [(each.kind, each.reason) for each in failed] == [("media", "its message was redacted or deleted here")] * 2
    media = "SELECT 1 FROM tenant.media WHERE parent_id IN (%s, %s)"
    assert account.server.rows(media, redacted, deleted) == []
    for sid in sids:  # the next test has no need of it
        assert account.server.call("DELETE", f"{account.prefix}/Messages/{sid}.json", auth=account.auth).is_success
    with account.server.superuser() as connection:
        done = "UPDATE tenant.imported SET verified_at = now(), blanked_at = now() WHERE sid = %s"
        connection.execute(done, sids[:1])
        connection.execute("DELETE FROM tenant.imported WHERE sid = %s", sids[1:])


def test_a_list_that_goes_round_is_not_believed(account: Account, proxy: Proxy) -> None:
    for place in range(4):
        account.receive(f"round and round {place}")
    proxy.fault = lambda _, path: "again" if "/Messages.json" in path and "PageToken" in path else None
    report = account.run(proxy.url)
    assert [(each.kind, each.sid) for each in report.failures] == [("message", "")]
    assert "twice" in report.failures[0].reason


@promise("A22", sabotage="what_was_not_read_back_is_blanked")
def test_what_does_not_open_here_as_it_is_there_is_not_blanked(account: Account, proxy: Proxy) -> None:
    text, other = account.receive("this one is damaged here"), account.receive("this one is well")
    assert account.run(proxy.url).failures == []
    brought = account.brought()
    with account.server.superuser() as connection:
        swap = "UPDATE tenant.message SET body = (SELECT body FROM tenant.message WHERE id = %s) WHERE id = %s"
        connection.execute(swap, (brought[other][0], brought[text][0]))
        connection.execute("UPDATE tenant.imported SET verified_at = NULL WHERE sid = %s", (text,))
    report = account.run(proxy.url, blank=True)
    assert (account.body(text), account.body(other)) == ("this one is damaged here", "")
    assert [(each.kind, each.sid) for each in report.failures] == [("message", text)]
    with account.server.superuser() as connection:  # the next test has no need of it
        connection.execute("UPDATE tenant.imported SET verified_at = now(), blanked_at = now() WHERE sid = %s", (text,))


@promise("A22", sabotage="records_come_in_twice")
def test_killed_anywhere_it_goes_on_and_nothing_comes_twice(account: Account, proxy: Proxy) -> None:
    first, second = account.receive("killed once", picture(5)), account.receive("killed twice", picture(6))
    (attached,) = account.media(first)
    mine = account.here.tenant.other_project

    def killed_at(method: str, piece: str) -> None:
        proxy.fault = once((method, piece, "kill"))
        told = ["--tenant", "cedar", "--project", str(mine), "--url", proxy.url, "--account", account.auth[0]]
        loopback = {"PRIVITY_EGRESS_HOSTS": "127.0.0.1", "PRIVITY_EGRESS_LOOPBACK": "true"}
        flags = ["--blank-source", "--yes", "--json"]
        with subprocess.Popen(
            [*PROGRAM, "import", "signalwire", *told, *flags, "--data", str(account.server.data.path)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | loopback | {"PRIVITY_IMPORT_SECRET": account.auth[1]},
        ) as process:
            proxy.victim = lambda: process.pid
            assert process.wait(120) == -signal.SIGKILL
        brought = account.brought()
        for sid in (first, second):
            assert account.body(sid) or brought[sid][1]
            assert account.media(sid) or all(brought[each][1] for each in brought if each == attached)

    killed_at("GET", f"/Media/{attached}")  # its message is here and was not read back
    assert account.brought()[first][1] is False
    killed_at("POST", f"/Messages/{first}")  # blank over there, and not noted here
    assert account.body(first) == ""
    assert account.brought()[first][1:] == (True, False)

    assert account.run(proxy.url, blank=True).failures == []
    assert all(verified and blanked for _, verified, blanked in account.brought().values())
    assert (account.body(second), account.media(first), account.media(second)) == ("", [], [])
    counted = "SELECT count(*) FROM tenant.{} WHERE project_id = %s"
    for kind, table in (("message", "message"), ("media", "media")):
        noted = account.server.rows(ROWS + " WHERE project_id = %s AND kind = %s", mine, kind)
        extra = "" if table == "message" else " AND parent_kind = 'message'"
        assert account.server.rows(counted.format(table) + extra, mine)[0][0] == len(noted)


def test_the_secret_goes_to_the_vendor_and_to_nobody_else(account: Account, proxy: Proxy, server: Server) -> None:
    text = account.receive("stored elsewhere", picture(7))
    (attached,) = account.media(text)
    with Proxy(server) as elsewhere:
        thread = threading.Thread(target=elsewhere.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        elsewhere.fault = lambda _, __: "500"
        proxy.elsewhere = elsewhere.url
        proxy.fault = lambda _, path: "elsewhere" if f"/Media/{attached}" in path else None
        report = account.run(proxy.url)
        elsewhere.shutdown()
        thread.join(10)
    assert [each.sid for each in report.failures] == [attached]
    assert elsewhere.asked
    assert set(elsewhere.authorized) == {None}
    assert None not in proxy.authorized

    with pytest.raises(BadInput, match="none that may be called"):
        VendorAccount(Vendor.TWILIO, "https://api.twilio.com", "AC1", Secret(b"x"), Egress(["127.0.0.1"]))
