"""Styles, scripts and fonts: read once, compressed once, at an address that names their content."""

import gzip
import hashlib
from importlib import resources
from typing import Final

import msgspec

_KINDS: Final = {
    "css": "text/css",
    "js": "text/javascript",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
}
_STYLES: Final = ("tokens.css", "base.css", "components.css", "pages.css")
_ALREADY_SMALL: Final = "woff2"


class Asset(msgspec.Struct, frozen=True):
    """A file as it is sent: its media type, its bytes, and its bytes as gzip unless it is compressed by itself."""

    media_type: str
    plain: bytes
    small: bytes | None


class Assets:
    """Every file by its name, such as `css/privity.css`; `digest` is a part of each address."""

    def __init__(self) -> None:
        static = resources.files("privity.dashboard") / "static"
        files = {
            f"{folder.name}/{file.name}": file.read_bytes()
            for folder in static.iterdir()
            if folder.is_dir()
            for file in folder.iterdir()
            if file.name.rpartition(".")[2] in _KINDS
        }
        # One style sheet, in the order in which later rules rest on earlier ones: one request instead of four.
        files["css/privity.css"] = b"".join(files.pop(f"css/{name}") for name in _STYLES)
        whole = b"".join(name.encode() + hashlib.sha256(files[name]).digest() for name in sorted(files))
        self.digest = hashlib.sha256(whole).hexdigest()[:12]
        self._assets = {name: _asset(name, content) for name, content in files.items()}

    def find(self, name: str) -> Asset | None:
        """Return the file of that name, or None."""
        return self._assets.get(name)

    def url(self, name: str) -> str:
        """Return the address of a file; a name that does not exist is an error in a template."""
        if name not in self._assets:
            raise LookupError(name)
        return f"/app/static/{self.digest}/{name}"


def _asset(name: str, content: bytes) -> Asset:
    ending = name.rpartition(".")[2]
    small = None if ending == _ALREADY_SMALL else gzip.compress(content, 9, mtime=0)
    return Asset(_KINDS[ending], content, small)
