"""Redacts JSON lines as they come: each line in has one line out, in order, whatever is wrong with it.

All lines that have arrived are one batch, because a batch costs little more than a line. A line that cannot be judged
is answered by its number and what is wrong, never by what stands in it; the others are redacted all the same, and the
run ends with an error.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from privity.errors import MALFORMED_JSON, Unreadable
from privity.redact import Redacted, Redactor, Style, WayToHide

LONGEST_LINE: Final = 64 * 1024 * 1024  # bytes
_BLOCK: Final = 256 * 1024  # bytes of lines that are redacted together
_FORM: Final = 'Each line is {"id": "…", "text": "…"}.'
_NAMED: Final = 20  # broken lines whose numbers the error tells
_TOO_LONG: Final = f"longer than {LONGEST_LINE} bytes"
_MALFORMED: Final = "not what was expected"


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


class _Broken(msgspec.Struct, frozen=True):
    line: int
    error: str


_DECODER = msgspec.json.Decoder(_Line)


def redact_lines(redactor: Redactor, way: Style | WayToHide, stream: Any) -> None:
    """Write each line of a stream redacted to standard output, {"id","text","spans"}, or {"line","error"}.

    Raises Unreadable when all is written and lines could not be judged: malformed, without id or text, not UTF-8,
    longer than LONGEST_LINE.
    """
    out, encode = sys.stdout.buffer, msgspec.json.Encoder().encode
    number, broken = 0, 0
    numbers: list[str] = []
    for lines in _arriving(stream):
        read = [_read(raw, number + at) for at, raw in enumerate(lines, 1) if raw is None or raw.strip()]
        number += len(lines)
        whole = [line for line in read if isinstance(line, _Line)]
        redacted = iter(redactor.redact_texts([line.text for line in whole], way))
        for line in read:
            if isinstance(line, _Broken):
                broken += 1
                numbers += [str(line.line)] if len(numbers) < _NAMED else []
                out.write(encode(line) + b"\n")
            else:
                out.write(encode(_Out.of(line, next(redacted))) + b"\n")
        out.flush()
    if broken:
        which = f"line {numbers[0]} is" if broken == 1 else f"{broken} lines are"
        more = "" if broken == 1 else f": {', '.join(numbers)}{', …' if broken > len(numbers) else ''}"
        raise Unreadable(f"{which} not what was expected{more}", advice=_FORM)


def _arriving(stream: Any) -> Iterator[Sequence[bytes | None]]:
    """Yield the lines that have arrived, again and again; None for one that is too long, of which nothing is kept."""
    begun: list[bytes] = []  # of a line whose end has not arrived: joined once, so that a long line takes linear time
    size = 0
    while block := stream.read1(_BLOCK):
        first, *others = block.split(b"\n")
        size += len(first)
        if size <= LONGEST_LINE:
            begun.append(first)
        else:
            begun.clear()
        if not others:
            continue
        *whole, rest = others
        yield [None if size > LONGEST_LINE else b"".join(begun), *whole]
        begun, size = [rest], len(rest)
    yield [None if size > LONGEST_LINE else b"".join(begun)]


def _read(raw: bytes | None, number: int) -> _Line | _Broken:
    if raw is None:
        return _Broken(number, _TOO_LONG)
    try:
        return _DECODER.decode(raw)
    except MALFORMED_JSON:
        return _Broken(number, _MALFORMED)
