"""`privity redact`: the redactor alone, on files or standard input; loads no database, web or speech package."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from privity.cli.bulk import redact_bulk
from privity.cli.redaction_choice import chosen_policy, chosen_way
from privity.clock import SystemClock
from privity.errors import TooLarge, Unreadable
from privity.redact import Finding, Redacted, Redactor, Style, WayToHide
from privity.redact.documents import Kind, kind_of_name, redact_document

_TEXT_LIMIT: Final = 64 * 1024 * 1024


_BLOCK: Final = 256 * 1024  # bytes of lines that are redacted together


class _Line(msgspec.Struct, frozen=True):
    id: str | int
    text: str


class _Found(msgspec.Struct, frozen=True):
    start: int
    end: int
    label: str
    score: float
    detector: str


class _Out(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    spans: list[_Found]

    @classmethod
    def of(cls, line: _Line, redacted: Redacted) -> "_Out":
        spans = [
            _Found(span.start, span.end, found.label, found.score, found.detector)
            for span in redacted.spans
            for found in (span.finding,)
        ]
        return cls(line.id, redacted.text, spans)


_DECODER = msgspec.json.Decoder(_Line)


def redact(
    *files: Path,
    jsonl: Annotated[bool, Parameter(negative=())] = False,
    as_: Annotated[Kind | None, Parameter(name="--as")] = None,
    policy: str = "calls",
    style: Literal["label", "mask", "surrogate", "hash"] = "label",
    key_file: Path | None = None,
    hide: Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False)] = (),
    keep: Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False)] = (),
    allow: Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False)] = (),
    deny: Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False)] = (),
    bulk: Annotated[bool, Parameter(negative=())] = False,
    workers: int = 0,
    cluster: str = "",
    explain: Annotated[bool, Parameter(negative=())] = False,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Hide what identifies people in texts; reads standard input when no file is named.

    Parameters
    ----------
    jsonl
        Lines {"id","text"} in, lines {"id","text","spans"} out; offsets in code points of the input.
    as_
        The form of the files: text, json, csv, html, markdown, email, vtt, srt. Without it their extensions tell.
    policy
        Which kinds of identifiers to hide: the name of a shipped policy, or a file that ends in .yaml.
    style
        label writes [CARD], mask writes asterisks, surrogate makes something up, hash writes a keyed token.
    key_file
        The key of surrogate and hash: at least 16 random bytes.
    hide
        Hide this label too; may be given more than once.
    keep
        Leave this label readable; may be given more than once.
    allow
        Let these words through; may be given more than once. Card numbers and security codes stay hidden.
    deny
        Hide these words wherever they stand; may be given more than once.
    bulk
        Redact a collection: the two arguments are its source and its destination, folders or S3 addresses. JSON lines,
        CSV and Parquet. When it was killed, the same command goes on where it was.
    workers
        How many processes work on a collection; all cores by default.
    cluster
        The address of a Ray cluster that is to work on a collection.
    explain
        Say for every hidden span which rule found it and why.
    """
    if bulk:
        changed = bool(hide or keep or allow or deny or jsonl or as_)
        redact_bulk(files, policy, style, key_file, workers=workers, cluster=cluster, as_json=json, overridden=changed)
        return
    redactor = Redactor(
        chosen_policy(policy, hide=hide, keep=keep, allow=allow, deny=deny), as_of=SystemClock().now().date()
    )
    way = chosen_way(Style(style), key_file)
    for name, stream in _inputs(files):
        if jsonl:
            _redact_lines(redactor, way, stream)
            continue
        raw, kind = stream.read(_TEXT_LIMIT + 1), as_ or kind_of_name(getattr(stream, "name", "") or "")
        if kind is not Kind.TEXT:
            _redact_document(redactor, way, kind, name, _bounded(raw), as_json=json, explain=explain)
            continue
        redacted = redactor.redact_text(_text(_bounded(raw)), way)
        if json:
            said = {"statement": redacted.statement} if redacted.statement else {}
            _print_json({"text": redacted.text, "findings": redacted.findings} | said)
        else:
            sys.stdout.write(redacted.text)
        if explain and not json:
            _print_why(name, redacted)


def _inputs(files: tuple[Path, ...]) -> Iterator[tuple[str, Any]]:
    if not files:
        yield "standard input", sys.stdin.buffer
    for number, file in enumerate(files, 1):
        try:
            with file.open("rb") as stream:
                yield f"file {number}", stream
        except OSError as error:
            raise Unreadable(f"file {number} cannot be read: {error.strerror}", advice="Check the path.") from None


def _bounded(raw: bytes) -> bytes:
    if len(raw) > _TEXT_LIMIT:
        raise TooLarge(
            f"a text is larger than {_TEXT_LIMIT} bytes", advice="Use --jsonl, one document a line, or --bulk."
        )
    return raw


def _redact_document(
    redactor: Redactor, way: Style | WayToHide, kind: Kind, name: str, raw: bytes, *, as_json: bool, explain: bool
) -> None:
    document = redact_document(redactor, kind, raw, way)
    if as_json:
        said = {"statement": document.statement} if document.statement else {}
        text = document.content.decode("utf-8", errors="replace")
        _print_json({"text": text, "findings": document.findings} | said)
        return
    sys.stdout.buffer.write(document.content)
    sys.stdout.buffer.flush()
    if explain:
        _print_why(name, Redacted(text="", spans=(), statement=document.statement), document.findings)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the input is not UTF-8 text: byte {error.start} does not fit", advice="Save it as UTF-8."
        ) from None


def _redact_lines(redactor: Redactor, way: Style | WayToHide, stream: Any) -> None:
    """Redact lines as they come: all that have arrived are one batch, because a batch costs little more than a line."""
    out, encode = sys.stdout.buffer, msgspec.json.Encoder().encode
    rest, number = b"", 0
    while True:
        block = stream.read1(_BLOCK)
        *lines, rest = (rest + block).split(b"\n") if block else (rest, b"")
        if len(rest) > _TEXT_LIMIT:
            raise TooLarge(f"line {number + len(lines) + 1} is larger than {_TEXT_LIMIT} bytes", advice="Split it.")
        read = [_read_line(raw, number + at) for at, raw in enumerate(lines, 1) if raw.strip()]
        number += len(lines)
        redacted = redactor.redact_texts([line.text for line in read], way)
        out.writelines(encode(_Out.of(line, one)) + b"\n" for line, one in zip(read, redacted, strict=True))
        out.flush()
        if not block:
            return


def _read_line(raw: bytes, number: int) -> _Line:
    try:
        return _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Unreadable(
            f"line {number} is not what was expected", advice='Each line is {"id": "…", "text": "…"}.'
        ) from None


def _print_json(value: Any) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def _print_why(name: str, redacted: Redacted, findings: Sequence[Finding] = ()) -> None:
    to = Console(stderr=True, highlight=False, soft_wrap=True)
    counts = Counter(finding.label for finding in findings or redacted.findings)
    to.print(
        Text.assemble(("hidden", "bold"), f"  {name}: ", " · ".join(f"{k} {v}" for k, v in counts.items()) or "nothing")
    )
    for span in redacted.spans:
        finding = span.finding
        to.print(
            Text.assemble(
                (f"  {span.start:>6}–{span.end:<6} ", "dim"),
                (f"[{finding.label}]", "reverse"),
                f" {finding.why} ",
                (f"{finding.detector} {finding.score:.2f}", "dim"),
            )
        )
    if redacted.statement:
        to.print(Text.assemble(("states", "bold"), f"  {redacted.statement}"))
