"""What claims to be a PDF is looked through at the cost of its own size, however many streams it says it has."""

import zlib
from typing import Any

import pytest

from privity.custody import documents
from privity.errors import BadInput, TooLarge, Unreadable

UNPACKER = zlib.decompressobj
TINY = zlib.compress(b"x")
BROKEN = zlib.compress(bytes(8 * 1024 * 1024))[:-6] + b"broken"


class Counting:
    """Counts what is unpacked and what that takes."""

    took = 0
    gave = 0

    def __init__(self) -> None:
        self._inner = UNPACKER()

    def decompress(self, piece: bytes, most: int) -> bytes:
        Counting.took += len(piece)
        found = self._inner.decompress(piece, most)
        Counting.gave += len(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@pytest.mark.parametrize(
    ("unit", "refused"),
    [
        (b"/ObjStm /FlateDecode>>stream\n", Unreadable),
        (b"/XRef\nstream\n" + TINY, Unreadable),
        (b"/ObjStm stream\n" + BROKEN, TooLarge),
    ],
    ids=["no streams at all", "streams that end at once", "streams that break late"],
)
def test_many_streams_cost_no_more_than_they_are_long(
    unit: bytes, refused: type[BadInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zlib, "decompressobj", Counting)
    Counting.took = Counting.gave = 0
    content = b"%PDF-1.7\n" + unit * (400_000 // len(unit))
    with pytest.raises(BadInput) as raised:
        documents.inspect(content)
    assert type(raised.value) is refused
    assert 0 < Counting.took < 40 * len(content)
    assert Counting.gave < 80 * 1024 * 1024


def test_more_streams_than_anybody_has_are_refused() -> None:
    with pytest.raises(TooLarge):
        documents.inspect(b"%PDF-1.7\n" + b"/XRef\nstream\n" * 30_000)
