"""Which form a document has, and its redaction."""

from enum import StrEnum
from pathlib import PurePath
from typing import Final

from msgspec import Struct

from privity.errors import BadInput, Unreadable
from privity.redact.documents.csv_form import redact_csv
from privity.redact.documents.cues import redact_cues
from privity.redact.documents.json_form import JsonForm
from privity.redact.documents.mail import redact_mail
from privity.redact.documents.markup import Markup
from privity.redact.findings import Finding
from privity.redact.hiding.ways import WayToHide, way_of
from privity.redact.labels import Style
from privity.redact.redactor import Redactor


class Kind(StrEnum):
    """A form that documents have."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    MARKDOWN = "markdown"
    EMAIL = "email"
    VTT = "vtt"
    SRT = "srt"


_SUFFIXES: Final = {
    ".txt": Kind.TEXT,
    ".json": Kind.JSON,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".eml": Kind.EMAIL,
    ".vtt": Kind.VTT,
    ".srt": Kind.SRT,
}
_MEDIA_TYPES: Final = {
    "text/plain": Kind.TEXT,
    "text/html": Kind.HTML,
    "text/csv": Kind.CSV,
    "text/markdown": Kind.MARKDOWN,
    "text/vtt": Kind.VTT,
    "application/json": Kind.JSON,
}


class RedactedDocument(Struct, frozen=True, kw_only=True):
    """A document with its identifiers hidden, what was found, and what the result may say of itself."""

    content: bytes
    findings: tuple[Finding, ...]
    statement: str = ""


def kind_of_name(name: str) -> Kind:
    """Return the form that a file's name tells; plain text where it tells nothing."""
    return _SUFFIXES.get(PurePath(name).suffix.lower(), Kind.TEXT)


def redact_document(
    redactor: Redactor, kind: Kind | str, raw: bytes, style: Style | WayToHide = Style.LABEL
) -> RedactedDocument:
    """Return a document redacted in its own form, which may also be given by its name, "json".

    Raises BadInput for a form that is not known, and Unreadable for what is not of that form or not UTF-8 (e-mail names
    its own character sets). Nothing is let through because a part of it could not be read.
    """
    way = way_of(style)
    findings: list[Finding] = []
    content = _redacted(redactor, way, _known(kind), raw, findings)
    return RedactedDocument(content=content, findings=tuple(findings), statement=redactor.statement(way))


def _known(kind: str) -> Kind:
    """Return the form of a name; one that is not known must not be read as text, which it may only look like."""
    try:
        return Kind(kind)
    except ValueError:
        raise BadInput("there is no such form of documents", advice=f"Choose one of: {', '.join(Kind)}.") from None


def _redacted(redactor: Redactor, way: WayToHide, kind: Kind, raw: bytes, findings: list[Finding]) -> bytes:
    form, markup = JsonForm(redactor, way), Markup(redactor, way)
    try:
        if kind is Kind.EMAIL:
            return redact_mail(raw, lambda media, part: _part(redactor, way, media, part, findings), form.named)
        if kind is Kind.JSON:
            return form.redact(raw)
        text = _text(raw)
        if kind is Kind.CSV:
            shown = redact_csv(form, text, redactor.policy.hides)
        elif kind is Kind.HTML:
            shown = markup.html(text)
        elif kind is Kind.MARKDOWN:
            shown = markup.markdown(text)
        elif kind in {Kind.VTT, Kind.SRT}:
            shown, found = redact_cues(redactor, way, text)
            findings += found
        else:
            shown = form.text(text)
        return shown.encode("utf-8")
    finally:
        findings += [*form.findings, *markup.findings]


def _part(redactor: Redactor, way: WayToHide, media: str, part: bytes, findings: list[Finding]) -> bytes | None:
    if media not in _MEDIA_TYPES:
        return None
    try:
        return _redacted(redactor, way, _MEDIA_TYPES[media], part, findings)
    except Unreadable:
        return None


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the input is not UTF-8 text: byte {error.start} does not fit", advice="Save it as UTF-8."
        ) from None
