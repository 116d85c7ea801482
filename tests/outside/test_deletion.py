"""A deletion is what it says: invisible at once, then gone from the raw bytes, dead in every copy, and certified."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import psycopg
import pytest
from scene import Place, Server, Stage, clear, copied, secrets_of, staged

from privity.errors import VerificationError
from privity.lifecycle import CertificateDocument, verify_certificate
from privity.lifecycle.certificate_pages import certificate_pdf
from promises import promise

pytestmark = pytest.mark.slow

WRAPPED = "SELECT key_id, wrapped FROM keys.record_key WHERE row_id = %s"


@pytest.fixture(scope="module")
def busy(template: Place) -> Iterator[tuple[Stage, Server]]:
    with staged(template) as stage, stage.serving() as server:
        yield stage, server


def holds(folder: Path, value: bytes) -> list[str]:
    """Return the files of a cluster that hold some bytes, the write-ahead log included."""
    found = []
    for path in folder.rglob("*"):
        try:
            if path.is_file() and value in path.read_bytes():
                found.append(path.relative_to(folder).parts[0])
        except FileNotFoundError:  # the server has just removed it
            continue
    return sorted(set(found))


def checkpoint(place: Place) -> None:
    for side in ("data", "keys"):
        with place.behind_the_walls(side) as connection:
            connection.execute("CHECKPOINT")


@promise("C11", sabotage="lists_show_what_is_deleted")
def test_a_deleted_conversation_is_invisible_at_once(busy: tuple[Stage, Server]) -> None:
    stage, server = busy
    kept, deleted = (server.bring(secrets_of().text) for _ in range(2))
    # The purge has to wait for the keys, so that only the request can have made it invisible.
    with stage.place.behind_the_walls("keys") as other, other.transaction():
        other.execute("LOCK TABLE keys.record_key IN ACCESS EXCLUSIVE MODE")
        deletion = server.delete(deleted)
        assert stage.place.rows("SELECT state FROM tenant.conversation WHERE id = %s", deleted) == [("deleting",)]
        listed = [found["id"] for found in server.get("/v1/conversations").json()["conversations"]]
        assert kept in listed
        assert deleted not in listed
        for path in ("", "/history"):
            assert server.get(f"/v1/conversations/{deleted}{path}").status_code == 404
        with server.client() as client:
            assert client.delete(f"/v1/conversations/{deleted}").status_code == 404
    assert json.loads(server.certificate(deletion))["certificate"]["keys_left"] == 0
    assert server.get(f"/v1/conversations/{kept}").status_code == 200


@promise("C11", "E43", sabotage="deletion_keeps_the_key")
def test_a_deleted_key_is_in_no_byte_of_the_key_cluster(busy: tuple[Stage, Server]) -> None:
    stage, server = busy
    conversation = server.bring(secrets_of().text)
    clusters = stage.place.data.path / "clusters"
    [(key_id, wrapped)] = stage.place.rows(WRAPPED, conversation, side="keys")
    [(content,)] = stage.place.rows("SELECT content FROM tenant.conversation WHERE id = %s", conversation)
    checkpoint(stage.place)
    assert "base" in holds(clusters / "keys", wrapped), "the search itself finds nothing"
    ends = {where for end in (content[:64], content[-64:]) for where in holds(clusters / "data", end)}
    assert ends == {"base", "pg_wal"}, "a page of the log may begin in the middle of the content, and not at both ends"
    deletion = server.delete(conversation)
    certificate = json.loads(server.certificate(deletion, within=10))["certificate"]
    assert certificate["keys_destroyed"] == [str(key_id)]
    assert certificate["rows_left"] == certificate["blobs_left"] == 0
    checkpoint(stage.place)
    assert holds(clusters / "keys", wrapped) == []
    assert stage.place.rows(WRAPPED, conversation, side="keys") == []
    assert stage.place.rows("SELECT 1 FROM tenant.conversation WHERE id = %s", conversation) == []
    tombstone = "SELECT state, conversation_id, project_id FROM tenant.deletion WHERE id = %s"
    assert stage.place.rows(tombstone, deletion) == [("purged", None, stage.place.birch.project)]
    assert conversation not in json.dumps(certificate), "a certificate names its record by a hash"


@promise("C14", sabotage="pages_show_unproved_certificates")
def test_a_certificate_is_a_page_too(busy: tuple[Stage, Server], tmp_path: Path) -> None:
    stage, server = busy
    deletion = server.delete(server.bring(secrets_of().text))
    document = CertificateDocument.read(server.certificate(deletion))
    with server.client() as client:
        answer = client.get(f"/v1/deletions/{deletion}/certificate", headers={"Accept": "application/pdf"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    page = tmp_path / "certificate.pdf"
    done = stage.command("certificate", deletion, "--tenant", "birch", "-o", str(page))
    assert done.returncode == 0, done.stderr
    for content in (answer.content, page.read_bytes()):
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
            fonts = {str(font.BaseFont) for font in pdf.objects if _is_font(font)}
            assert fonts
            assert all("+Inter-" in name for name in fonts), "a font that is not ours, or is not embedded"
    assert certificate_pdf(document) == certificate_pdf(document)
    changed = CertificateDocument(
        certificate={**document.certificate, "requested_by": "nobody"}, vkey=document.vkey, proof=document.proof
    )
    with pytest.raises(VerificationError):
        certificate_pdf(changed)


def _is_font(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"


@promise("C14", sabotage="certificates_commit_to_nothing")
def test_a_certificate_is_checked_offline_and_fails_when_a_byte_of_it_changes(busy: tuple[Stage, Server]) -> None:
    _, server = busy
    conversation = server.bring(secrets_of().text)
    text = server.certificate(server.delete(conversation))
    document = CertificateDocument.read(text)
    assert verify_certificate(document) > 0
    for name, value in document.certificate.items():
        changed = {**document.certificate, name: value + 1 if isinstance(value, int) else f"{value}!"}
        altered = CertificateDocument(certificate=changed, vkey=document.vkey, proof=document.proof)
        with pytest.raises(VerificationError):
            verify_certificate(altered)
    other = CertificateDocument.read(server.certificate(server.delete(server.bring(secrets_of().text))))
    for mixed in (
        CertificateDocument(certificate=document.certificate, vkey=document.vkey, proof=other.proof),
        CertificateDocument(certificate=other.certificate, vkey=document.vkey, proof=document.proof),
        CertificateDocument(certificate={"share": 0.5}, vkey=document.vkey, proof=document.proof),
    ):
        with pytest.raises(VerificationError):
            verify_certificate(mixed)


@promise("E43", "C11", sabotage="deletion_keeps_the_key")
def test_a_copy_of_the_data_from_before_cannot_be_read_with_todays_keys(template: Place) -> None:
    with staged(template) as stage:
        with stage.serving() as server:
            conversation, kept = (server.bring(secrets_of().text) for _ in range(2))
        before = copied(stage.place)
        try:
            with stage.serving() as server:
                json.loads(server.certificate(server.delete(conversation), within=10))
            data = stage.place.data.path / "clusters" / "data"
            clear(data)
            (before.data.path / "clusters" / "data").rename(data)
            with stage.serving() as server:
                assert stage.place.rows("SELECT state FROM tenant.conversation WHERE id = %s", conversation) == [
                    ("kept",)
                ]
                assert server.get(f"/v1/conversations/{conversation}").status_code == 404
                assert server.get(f"/v1/conversations/{kept}").json()["redacted_text"], "the copy itself is good"
        finally:
            clear(before.folder)


def test_deletions_hold_no_content(busy: tuple[Stage, Server]) -> None:
    stage, server = busy
    secrets = secrets_of()
    server.certificate(server.delete(server.bring(secrets.text)))
    rows = stage.place.rows("SELECT row_to_json(d)::text FROM tenant.deletion d")
    assert rows
    assert not [value for value in secrets.all for (row,) in rows if value in row]
    with pytest.raises(psycopg.errors.CheckViolation):
        stage.place.rows("UPDATE tenant.deletion SET state = 'requested' RETURNING 1")
