"""Redacts files and standard input for `privity redact`; loads no more than the work at hand needs.

A pipe of JSON lines pays for no terminal, no parser of documents and no other command: those are imported where they
are used.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from privity.cli.inputs import STANDARD_INPUT
from privity.cli.redacting_lines import redact_lines
from privity.cli.redaction_choice import chosen_policy, chosen_way
from privity.clock import SystemClock
from privity.errors import TooLarge, Unreadable
from privity.redact import Redacted, Redactor, Style, WayToHide

if TYPE_CHECKING:
    from privity.redact.documents import Kind

_TEXT_LIMIT: Final = 64 * 1024 * 1024


def redact_files(
    files: Sequence[Path],
    *,
    jsonl: bool = False,
    form: "Kind | None" = None,
    policy: str = "calls",
    style: str = "label",
    key_file: Path | None = None,
    hide: Sequence[str] = (),
    keep: Sequence[str] = (),
    allow: Sequence[str] = (),
    deny: Sequence[str] = (),
    explain: bool = False,
    as_json: bool = False,
) -> None:
    """Write the files, or standard input when none is named, redacted to standard output; see `redacting.redact`.

    Raises BadInput for options that do not fit, Unreadable and TooLarge for input that cannot be judged.
    """
    redactor = Redactor(
        chosen_policy(policy, hide=hide, keep=keep, allow=allow, deny=deny), as_of=SystemClock().now().date()
    )
    way = chosen_way(Style(style), key_file)
    for name, stream in _inputs(files):
        if jsonl:
            redact_lines(redactor, way, stream)
        else:
            _redact_whole(redactor, way, form, name, stream, as_json=as_json, explain=explain)


def _redact_whole(
    redactor: Redactor,
    way: Style | WayToHide,
    form: "Kind | None",
    name: str,
    stream: Any,
    *,
    as_json: bool,
    explain: bool,
) -> None:
    from privity.redact.documents import Kind, kind_of_name  # noqa: PLC0415 - loads the parsers of e-mail and markup

    raw, kind = stream.read(_TEXT_LIMIT + 1), form or kind_of_name(getattr(stream, "name", "") or "")
    if kind is not Kind.TEXT:
        _redact_document(redactor, way, kind, name, _bounded(raw), as_json=as_json, explain=explain)
        return
    redacted = redactor.redact_text(_text(_bounded(raw)), way)
    if as_json:
        said = {"statement": redacted.statement} if redacted.statement else {}
        _print_json({"text": redacted.text, "findings": redacted.findings} | said)
        return
    sys.stdout.write(redacted.text)
    if explain:
        from privity.cli.explaining import print_why  # noqa: PLC0415 - a pipe must not pay for a terminal

        print_why(name, redacted)


def _inputs(files: Sequence[Path]) -> Iterator[tuple[str, Any]]:
    for number, file in enumerate(files or (STANDARD_INPUT,), 1):
        if file == STANDARD_INPUT:
            yield "standard input", sys.stdin.buffer
            continue
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
    redactor: Redactor, way: Style | WayToHide, kind: "Kind", name: str, raw: bytes, *, as_json: bool, explain: bool
) -> None:
    from privity.redact.documents import redact_document  # noqa: PLC0415 - loads the parsers of e-mail and markup

    document = redact_document(redactor, kind, raw, way)
    if as_json:
        said = {"statement": document.statement} if document.statement else {}
        text = document.content.decode("utf-8", errors="replace")
        _print_json({"text": text, "findings": document.findings} | said)
        return
    sys.stdout.buffer.write(document.content)
    sys.stdout.buffer.flush()
    if explain:
        from privity.cli.explaining import print_why  # noqa: PLC0415 - a pipe must not pay for a terminal

        print_why(name, Redacted(text="", spans=(), statement=document.statement), document.findings)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the input is not UTF-8 text: byte {error.start} does not fit", advice="Save it as UTF-8."
        ) from None


def _print_json(value: Any) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
