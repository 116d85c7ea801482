"""Documents within addresses (RFC 2397, `data:`): what they hold is redacted in its own form, or taken out.

    data:text/plain;base64,NTM2...    data:text/html,%3Cb%3E...    data:image/png;base64,iVBO...

Text and markup are decoded, judged, and encoded as they were. Fonts stay. Of everything else nobody can tell what it
shows, and `[REMOVED]` stands in its place, as where a part of a mail is taken out.
"""

import base64
import binascii
import re
from collections.abc import Callable
from html import unescape
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from privity.redact.documents.mapped import Cut

REMOVED: Final = "[REMOVED]"
_HEAD: Final = r"\bdata:(?P<media>[\w.+-]{1,80}/[\w.+-]{1,80})?(?P<rest>(?:;[^;,\s\"'()<>]{1,80}){0,8}),"
_ENCODED: Final = r";\s?(?P<encoded>base64),"  # behind what is no address any more
URL: Final = re.compile(rf"(?:{_HEAD}|{_ENCODED})(?P<payload>[^\s\"'()<>\\]*+)", re.IGNORECASE)
"""An address that stands among other things."""
WHOLE: Final = re.compile(rf"\s*{_HEAD}(?P<encoded>)(?P<payload>.*)", re.IGNORECASE | re.DOTALL)
"""An address that is all there is, such as the value of an attribute."""
_MARKUP: Final = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"})
_TEXTS: Final = frozenset({
    "application/json", "application/ld+json", "application/javascript", "application/ecmascript", "application/csv",
    "application/x-www-form-urlencoded", "application/yaml", "application/x-javascript",
})  # fmt: skip
_FONTS: Final = ("font/", "application/font", "application/x-font", "application/vnd.ms-fontobject")


def redacted_payload(url: re.Match[str], markup: Callable[[str], str], text: Callable[[str], str]) -> list[Cut]:
    """Return what is to be replaced of the payload of an address; `markup` and `text` redact such documents."""
    media = (url["media"] or ("text/html" if url["encoded"] else "text/plain")).lower()
    start, end = url.span("payload")
    if start == end or media.startswith(_FONTS):
        return []
    is_text = media.startswith("text/") or media in _TEXTS or media.endswith(("+json", "+xml"))
    in_base64 = bool(url["encoded"]) or url["rest"].lower().endswith(";base64")
    inner = _decoded(unescape(url["payload"]), in_base64=in_base64) if is_text or media in _MARKUP else None
    if inner is None:
        return [(start, end, REMOVED)]
    shown = markup(inner) if media in _MARKUP else text(inner)
    if shown == inner:
        return []
    return [(start, end, base64.b64encode(shown.encode()).decode() if in_base64 else quote(shown, safe="[]*"))]


def _decoded(payload: str, *, in_base64: bool) -> str | None:
    raw = unquote_to_bytes(payload)
    try:
        if in_base64:
            plain = b"".join(raw.split()).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
            raw = base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
        return raw.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
