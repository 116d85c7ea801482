"""Hidden spans in redacted text: where a label stands, and the finding that it stands for. The value is nowhere."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from privity.custody.content import KeptTurn
from privity.redact import Finding, Label

_LABELS: Final = "|".join(sorted(Label, key=len, reverse=True))
_MARKED: Final = re.compile(rf"\[({_LABELS})\]")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a turn: plain text, or the label of a hidden span with the number of its finding, if it has one."""

    text: str = ""
    label: str | None = None
    finding: int | None = None


class SaidTurn(msgspec.Struct, frozen=True):
    """One turn, cut where something is hidden."""

    speaker: str
    pieces: list[Piece]


def cut(turns: Sequence[KeptTurn], findings: Sequence[Finding]) -> list[SaidTurn]:
    """Return the turns with each label tied to its finding.

    The n-th label of a kind is the n-th finding of that kind. Where the two do not count alike, because somebody said
    such a word in brackets or the last filter hid one more, no label of the kind is tied: better no reason than a
    wrong one.
    """
    written = Counter(found[1] for turn in turns for found in _MARKED.finditer(turn.text))
    known = Counter(str(finding.label) for finding in findings)
    numbers: dict[str, Iterator[int]] = {
        label: iter([number for number, finding in enumerate(findings) if finding.label == label])
        for label, count in known.items()
        if written[label] == count
    }
    return [SaidTurn(turn.speaker, list(_pieces(turn.text, numbers))) for turn in turns]


def _pieces(text: str, numbers: dict[str, Iterator[int]]) -> Iterator[Piece]:
    at = 0
    for found in _MARKED.finditer(text):
        if found.start() > at:
            yield Piece(text=text[at : found.start()])
        yield Piece(label=found[1], finding=next(numbers.get(found[1], iter(())), None))
        at = found.end()
    if at < len(text):
        yield Piece(text=text[at:])
