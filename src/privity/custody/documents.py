"""Attachments and fax pages, looked at before they are kept: what they are by their bytes, and whether they open.

A name or a declared type is not believed. What unpacks to more than anyone sends, or cannot be opened whole, is
refused: custody of a file that no program can read again is custody of nothing.
"""

import re
import warnings
import zlib
from io import BytesIO
from typing import Final

import msgspec
import pikepdf
from PIL import Image, UnidentifiedImageError

from privity.errors import TooLarge, Unreadable

LARGEST: Final = 20 * 1024 * 1024
_MOST_PAGES: Final = 1000
_MOST_PIXELS: Final = 400_000_000  # over all pages: about a hundred of a fax in superfine
_MOST_UNPACKED: Final = 64 * 1024 * 1024
_MOST_PACKED: Final = 20_000  # streams; what people send has some hundreds
_FIRST_PIECE, _LARGEST_PIECE = 512, 64 * 1024
_IMAGES: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "TIFF": "image/tiff"}
_NAMED: Final = re.compile(rb"/(?:ObjStm|XRef)\b")
_STREAM: Final = re.compile(rb"stream\r?\n")
_LONGEST_DICTIONARY: Final = 400
_LONGEST_TEXT: Final = 256 * 1024
_SCAN: Final = b"\xff\xda"
_MOST_DECODED: Final = 2_000_000_000  # pixels; a JPEG that is drawn in scans costs its whole size for each of them
_ACCEPTED: Final = "Send PDF, TIFF, PNG, JPEG, GIF, WAV, MP3 or UTF-8 text."


class Document(msgspec.Struct, frozen=True):
    """What an attachment turned out to be; an image of one frame and a text have one page."""

    content_type: str
    pages: int


def inspect(content: bytes) -> Document:
    """Return what an attachment is. Takes a while: call it in a thread.

    Raises Unreadable for what is damaged, encrypted or of no known kind, TooLarge for what is too large, also once it
    is unpacked.
    """
    if len(content) > LARGEST:
        raise TooLarge(f"an attachment is larger than {LARGEST} bytes", advice="Send it in parts.")
    if content.startswith(b"%PDF-"):
        return Document("application/pdf", _pages_of_pdf(content))
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        return _image(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return Document("audio/wav", 1)
    if content.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xe3")):
        return Document("audio/mpeg", 1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\x00"
    if len(text) > _LONGEST_TEXT:
        raise TooLarge(f"a text is longer than {_LONGEST_TEXT} characters", advice="Send it in parts, or as a PDF.")
    if not text.strip() or "\x00" in text:
        raise Unreadable("an attachment is of no kind that is taken here", advice=_ACCEPTED)
    return Document("text/vcard" if text.startswith("BEGIN:VCARD") else "text/plain", 1)


def _pages_of_pdf(content: bytes) -> int:
    _refuse_packed_bombs(content)
    try:
        with pikepdf.open(BytesIO(content)) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError:
        raise Unreadable("a PDF is encrypted", advice="Send it without a password: it is sealed here.") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise Unreadable("a PDF is damaged", advice="Save it anew and send it again.") from None
    if not 0 < pages <= _MOST_PAGES:
        raise TooLarge(f"a PDF has no pages or more than {_MOST_PAGES}", advice="Send it in parts.")
    return pages


def _refuse_packed_bombs(content: bytes) -> None:
    """Unpack the streams that a reader of PDF has to unpack to find its way, up to a limit for all of them.

    They are fed in pieces that grow, so that many small or broken ones cost no more than their own size.
    """
    left = _MOST_UNPACKED
    last = 0
    for number, named in enumerate(_NAMED.finditer(content)):
        if number >= _MOST_PACKED:
            raise _unpacks_to_too_much()
        begins = _STREAM.search(content, named.end(), named.end() + _LONGEST_DICTIONARY)
        if begins is None or begins.end() == last:
            continue
        unpacker, at, size = zlib.decompressobj(), begins.end(), _FIRST_PIECE
        last = at
        while not unpacker.eof and at < len(content):
            try:
                left -= len(unpacker.decompress(content[at : at + size], left))
            except zlib.error:
                break  # not packed this way, or damaged: then opening it says so
            if left <= 0 or unpacker.unconsumed_tail:
                raise _unpacks_to_too_much()
            at, size = at + size, min(2 * size, _LARGEST_PIECE)


def _unpacks_to_too_much() -> TooLarge:
    return TooLarge("a PDF unpacks to more than is taken here", advice="Save it anew and send it again.")


def _image(content: bytes) -> Document:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd but readable is kept as it is
            return _frames(content)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError, KeyError):
        raise Unreadable("an image is damaged or too large to be opened", advice="Save it anew and send it.") from None
    except (TypeError, IndexError, ZeroDivisionError, zlib.error, OverflowError):  # decoders raise what they please
        raise Unreadable("an image is damaged", advice="Save it anew and send it again.") from None


def _frames(content: bytes) -> Document:
    with Image.open(BytesIO(content), formats=list(_IMAGES)) as image:
        kind, pages, pixels = str(image.format), getattr(image, "n_frames", 1), 0
        kind = "JPEG" if kind == "MPO" else kind  # cameras put several pictures into one JPEG
        scans = content.count(_SCAN) if kind == "JPEG" else 1
        if pages > _MOST_PAGES:
            raise TooLarge(f"an image has more than {_MOST_PAGES} pages", advice="Send it in parts.")
        for page in range(pages):
            image.seek(page)
            pixels += image.width * image.height
            if pixels > _MOST_PIXELS or pixels * scans > _MOST_DECODED:
                raise TooLarge("an image unpacks to more than is taken here", advice="Send it smaller, or in parts.")
            image.load()
    return Document(_IMAGES[kind], pages)
