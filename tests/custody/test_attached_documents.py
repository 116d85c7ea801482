"""What is attached is looked at for about the cost of its own size, whatever it claims to be and to hold."""

import io
import zlib
from typing import Any

import pytest
from PIL import Image, ImageFile

from privity.custody import documents
from privity.custody.renditions import pcm_of, wav
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


def jpeg(side: int, *, scans_more: int = 0) -> bytes:
    """A progressive JPEG whose last scan is there more than once."""
    file = io.BytesIO()
    Image.new("L", (side, side), 128).save(file, "JPEG", progressive=True)
    content = file.getvalue()
    return content[:-2] + content[content.rindex(b"\xff\xda") : -2] * scans_more + content[-2:]


def test_picture_that_is_drawn_over_and_over_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert documents.inspect(jpeg(500, scans_more=3)) == documents.Document("image/jpeg", 1)

    def decoded(*_: object) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decoded)
    with pytest.raises(TooLarge):
        documents.inspect(jpeg(2000, scans_more=600))


def test_picture_of_several_pictures_as_cameras_make_it_is_a_jpeg() -> None:
    file = io.BytesIO()
    Image.new("RGB", (60, 40)).save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])
    assert documents.inspect(file.getvalue()).content_type == "image/jpeg"


def test_text_that_is_longer_than_anybody_sends_is_refused() -> None:
    assert documents.inspect(b"a " * 100_000).content_type == "text/plain"
    with pytest.raises(TooLarge):
        documents.inspect(b"a " * 200_000)


def test_names_of_streams_without_streams_are_not_looked_through_again_and_again() -> None:
    with pytest.raises(TooLarge):
        documents.inspect(b"%PDF-1.7\n" + b"/ObjStm " * 100_000)


def test_audio_is_not_looked_for_behind_very_many_parts() -> None:
    file = wav(b"\1\2\3\4" * 100, 2)
    assert pcm_of(file, 2) == b"\1\2\3\4" * 100
    assert pcm_of(wav(b"\1\2\3\4", 1), 2) == b"\1\2\1\2\3\4\3\4"

    def behind(parts: int) -> bytes:
        rest = b"WAVE" + b"LIST\0\0\0\0" * parts + file[12:]
        return b"RIFF" + len(rest).to_bytes(4, "little") + rest

    assert pcm_of(behind(50), 2) == b"\1\2\3\4" * 100
    with pytest.raises(Unreadable):
        pcm_of(behind(200), 2)
