"""The certificate of a deletion as a page: PDF/A-2b, for files that outlive this program.

The page shows what the JSON document proves and names what it takes to check it; the document remains the certificate.
It is set by typst with a font of our own, and without those of the machine: in PDF/A a glyph that the font lacks is an
error and not an empty space.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import typst

from privity.ledger import Checkpoint, LogProof
from privity.lifecycle.certificates import CertificateDocument, digest_of, verify_certificate

_PAGES: Final = Path(__file__).parent / "pages"
_FONTS: Final = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_PAGES / "fonts"])

_NAMED: Final = 12  # more ids than this are counted on the page
_KINDS: Final = {
    "message": "Message",
    "message-text": "Text of message",
    "media": "Media",
    "fax": "Fax",
    "call": "Call",
    "recording": "Recording",
    "transcription": "Transcription",
    "payment": "Payment",
}


def certificate_pdf(document: CertificateDocument) -> bytes:
    """Return the certificate as PDF/A-2b (ISO 19005-2), the same bytes for the same document.

    Takes some tenths of a second of CPU. Raises VerificationError for a document that does not prove itself: a page is
    believed more easily than it is checked.
    """
    verify_certificate(document)
    told, proof = document.certificate, LogProof.read(document.proof)
    checkpoint = Checkpoint.unverified(proof.checkpoint)  # `verify_certificate` has looked at its signature
    shown = {
        "records": _records(told),
        "tenant": told["tenant"],
        "deletion": told["deletion"],
        "keys": _named(told["keys_destroyed"], "keys") or "none was left",
        "rows_left": str(told["rows_left"]),
        "blobs_left": str(told["blobs_left"]),
        "keys_left": str(told["keys_left"]),
        "requested_at": told["requested_at"],
        "purged_at": told["purged_at"],
        "backups": told["backups"],
        "requested_by": told["requested_by"],
        "decision": told["decision"],
        "digest": digest_of(told),
        "log": checkpoint.origin,
        "index": str(proof.index),
        "size": str(checkpoint.size),
        "root": checkpoint.root.hex(),
        "signature": proof.checkpoint.rstrip("\n").rpartition(" ")[2],
        "key": document.vkey,
        "witnessed": "No. The log is signed, not witnessed.",
    }
    page: bytes = typst.compile(
        _PAGES / "certificate.typ",
        format="pdf",
        font_paths=_FONTS,
        ignore_system_fonts=True,
        sys_inputs={"told": msgspec.json.encode(shown).decode()},
        pdf_standards="a-2b",
        timestamp=datetime.fromisoformat(told["purged_at"]).replace(microsecond=0),
    )
    return page


def _records(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is gone as rows of the page: a conversation by the hash of its id, other records kind by kind."""
    if "records" not in told:
        return [("Record (SHA-256 of its id)", told["record_sha256"])]
    kinds: dict[str, list[str]] = {}
    for record in told["records"]:
        kinds.setdefault(str(record["kind"]), []).append(str(record["id"]))
    rows = [(_KINDS.get(kind, kind), _named(ids, "records")) for kind, ids in kinds.items()]
    return rows + ([("In bulk redaction", told["redaction"])] if "redaction" in told else [])


def _named(ids: Sequence[str], what: str) -> str:
    return ", ".join(ids) if len(ids) <= _NAMED else f"{len(ids)} {what}, which the JSON document names"
