"""Whatever is deleted, by whichever face, leads to a certificate that names it and nothing of what was in it."""

import json
import uuid
from typing import Any

import pytest
from server import Server, wait_for
from vendor import SETTLED_WITHIN, Office

from privity.ledger import Verifier
from privity.lifecycle import CertificateDocument, verify_certificate
from promises import promise

pytestmark = pytest.mark.slow

TEXT = "Maria Gonzalez would like to move her appointment, please call 415-555-0199"
NOTE = b"a note about the mole on her shoulder"
SENDER = "+15035550161"


class Bureau:
    """Where certificates come from, and how a stranger checks them."""

    def __init__(self, office: Office, server: Server) -> None:
        self.office, self.server = office, server
        head = server.call("GET", "/v1/ledger/checkpoint", office.token).json()
        self.key = Verifier.from_vkey(head["vkey"])

    def document(self, deletion: str) -> CertificateDocument:
        path = f"/v1/deletions/{deletion}/certificate"
        answer = wait_for(lambda: (a := self.server.call("GET", path, self.office.token)).is_success and a, 120)
        assert isinstance(answer, object)
        text = self.server.call("GET", path, self.office.token).content
        assert not [word for word in (b"Gonzalez", b"415-555", b"mole", SENDER.encode()) if word in text]
        document = CertificateDocument.read(text)
        assert verify_certificate(document, [self.key]) > 0
        return document

    def told(self, answer: Any) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Return the certificate that the answer to a deletion leads to, and the kinds and ids in it."""
        assert answer.is_success, answer.text
        told = self.document(answer.headers["privity-deletion"]).certificate
        assert (told["keys_left"], told["blobs_left"], told["rows_left"]) == (0, 0, 0)
        return told, sorted((record["kind"], record["id"]) for record in told["records"])

    def of(self, record: str) -> list[dict[str, Any]]:
        answer = self.server.call("GET", "/v1/deletions", self.office.token, params={"record": record})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["deletions"]
        return found


@pytest.fixture(name="bureau")
def a_bureau(office: Office, server: Server) -> Bureau:
    return Bureau(office, server)


@promise("C14", sabotage="certificates_name_nothing")
def test_each_kind_of_record_is_certified(bureau: Bureau, office: Office, server: Server) -> None:
    first, second = office.receive(TEXT, TEXT, media=(NOTE, NOTE), sender=SENDER)
    one, two = (each["sid"] for each in office.get(f"Messages/{first}/Media.json")["media_list"])
    three, four = (each["sid"] for each in office.get(f"Messages/{second}/Media.json")["media_list"])
    fax = office.receive_fax()
    (pages,) = (each["sid"] for each in office.get(f"Faxes/{fax}/Media")["media"])
    dialled = office.call("POST", "Calls.json", data={"From": office.number, "To": SENDER}).json()["sid"]
    office.call("POST", f"Calls/{dialled}.json", data={"Status": "completed"})

    deleted = {
        f"Messages/{first}/Media/{one}.json": [("media", one)],
        f"Messages/{second}.json": sorted([("media", three), ("media", four), ("message", second)]),
        f"Faxes/{fax}/Media/{pages}.json": [("media", pages)],
        f"Faxes/{fax}": [("fax", fax)],
        f"Calls/{dialled}.json": [("call", dialled)],
    }
    answers = {path: office.call("DELETE", path) for path in deleted}
    redacted = office.call("POST", f"Messages/{first}.json", data={"Body": ""})
    again = office.call("POST", f"Messages/{first}.json", data={"Body": ""})
    assert "privity-deletion" not in again.headers, "there was nothing left to erase"

    me = f"service:{office.token_id}"
    for path, records in deleted.items():
        told, named = bureau.told(answers[path])
        assert named == records
        assert told["requested_by"] == me
        assert told["blobs_wiped"] == sum(kind == "media" for kind, _ in records)
        assert len(told["keys_destroyed"]) == len(records) + (path == f"Messages/{second}.json")
    told, named = bureau.told(redacted)
    assert (named, told["requested_by"]) == ([("message-text", first)], me)
    assert [each["records"] for each in bureau.of(first)] == [{"message-text": 1}]
    assert bureau.of(second) == [each for each in bureau.of(three) if each["id"] == told_of(answers, second)]
    history = server.call("GET", f"/v1/messages/{first}/history", office.token).json()
    assert [each["kind"] for each in history["deletions"]] == ["media", "message-text"]
    assert {each["id"] for each in history["deletions"]} >= {redacted.headers["privity-deletion"]}
    assert two in {each["id"] for each in history["media"] if each["deleted_at"] is None}


def told_of(answers: dict[str, Any], message: str) -> str:
    return str(answers[f"Messages/{message}.json"].headers["privity-deletion"])


def test_a_bulk_redaction_is_certified_batch_by_batch(bureau: Bureau, office: Office, server: Server) -> None:
    sender = "+15035550162"
    messages = office.receive(*[TEXT] * 3, sender=sender, media=(NOTE,))
    made = server.call("POST", "/v1/redactions", office.token, json={"from": sender}).json()["id"]
    path = f"/v1/redactions/{made}"
    wait_for(lambda: server.call("GET", path, office.token).json()["state"] == "done", SETTLED_WITHIN)
    (deletion,) = bureau.of(made)
    assert deletion["records"] == {"message-text": 3, "media": 3}
    told = bureau.document(deletion["id"]).certificate
    assert told["redaction"] == made
    assert {record["id"] for record in told["records"] if record["kind"] == "message-text"} == set(messages)
    assert told["requested_by"] == f"service:{office.token_id}", "whoever ordered it, not the worker"
    history = server.call("GET", f"/v1/messages/{messages[0]}/history", office.token).json()
    assert history["redacted_by"] == f"service:{office.token_id}"


def test_the_command_line_finds_and_proves_it(bureau: Bureau, office: Office, server: Server) -> None:
    (message,) = office.receive(TEXT)
    deletion = office.call("DELETE", f"Messages/{message}.json").headers["privity-deletion"]
    document = bureau.document(deletion)
    tenant = ("--tenant", str(office.tenant.id))
    (listed,) = server.command("deletions", *tenant, "--record", message)["deletions"]
    assert (listed["id"], listed["certified"], listed["records"]) == (deletion, True, {"message": 1})
    told = json.loads(server.printed("certificate", deletion, *tenant))
    assert told["certificate"] == document.certificate
    proof = server.command("prove", deletion, *tenant)
    assert proof["kind"] == "certificate"
    assert "prove" not in server.printed("prove", str(uuid.uuid4()), *tenant, code=1)


def test_nobody_else_sees_what_was_deleted(bureau: Bureau, office: Office, elsewhere: Office, server: Server) -> None:
    (message,) = office.receive(TEXT)
    deletion = office.call("DELETE", f"Messages/{message}.json").headers["privity-deletion"]
    bureau.document(deletion)
    for token in (elsewhere.token, office.tenant.other_token):
        found = server.call("GET", "/v1/deletions", token, params={"record": message}).json()
        assert found["deletions"] == []
        assert server.call("GET", f"/v1/deletions/{deletion}/certificate", token).status_code == 404
