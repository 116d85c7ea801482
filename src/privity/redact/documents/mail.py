"""E-mail (RFC 5322, MIME): headers, text and HTML parts are redacted; a part that cannot be judged is taken out.

Addresses, their names and message ids are hidden whole. What is attached in a form that is known here is redacted in
that form; pictures, sound and all else leave a line that says what kind of part was there.
"""

from collections.abc import Callable
from email import policy
from email.errors import HeaderParseError, MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from typing import Final, cast

from privity.errors import Unreadable

_PEOPLE: Final = frozenset({
    "from", "to", "cc", "bcc", "sender", "reply-to", "return-path", "delivered-to", "resent-from", "resent-to",
    "resent-cc", "x-original-to", "envelope-to", "disposition-notification-to", "errors-to",
})  # fmt: skip
_CODES: Final = frozenset(
    {"message-id", "in-reply-to", "references", "resent-message-id", "content-id", "thread-index"}
)
_OF_THE_FORM: Final = frozenset({"mime-version", "content-type", "content-transfer-encoding", "content-disposition"})
_CONTAINERS: Final = frozenset({"mixed", "alternative", "related", "digest"})
_DEEPEST: Final = 20
_LONGEST_OF_THE_FORM: Final = 4096  # characters; the library takes quadratic time for such headers
_MOST_PEOPLE: Final = 100  # of one header that are counted


class _Bounded(policy.EmailPolicy):
    """How mail is parsed: what tells the form of a part is not read when it is too long to be that."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if name.lower() in _OF_THE_FORM and len(value) > _LONGEST_OF_THE_FORM:
            raise HeaderParseError(f"{name.title()} is too long")
        return name, value


_BOUNDED: Final = _Bounded(linesep="\r\n")

RedactPart = Callable[[str, bytes], bytes | None]
"""Redacts a part of a media type; None when it is not of a form that can be judged."""


RedactLine = Callable[[str, str], str]
"""Redacts a line: the value of a header, whose name may tell what it is, or with no name the name itself."""


def redact_mail(raw: bytes, redact_part: RedactPart, redact_line: RedactLine) -> bytes:
    """Return a message redacted. Raises Unreadable for what is none."""
    try:
        message = cast("EmailMessage", BytesParser(policy=_BOUNDED).parsebytes(raw))
        if not message.keys():
            raise Unreadable("the input is no e-mail: it has no headers", advice="Give the message as it was received.")
        redacted = _message(message, redact_part, redact_line, 0)
        return redacted.as_bytes(policy=policy.SMTP)
    except (MessageError, LookupError, ValueError, RecursionError, AttributeError, TypeError, IndexError):
        # The library's own parser raises any of these for headers and parts that are not what they say.
        raise Unreadable("the e-mail cannot be read", advice="Give the message as it was received.") from None


def _message(message: MIMEPart, redact_part: RedactPart, redact_line: RedactLine, depth: int) -> EmailMessage:
    out = EmailMessage(policy=policy.SMTP)
    for name, value in message.raw_items():
        if name.lower() not in _OF_THE_FORM:
            out[redact_line("", name)] = _header(name.lower(), str(value), redact_line)
    if message.is_multipart() and message.get_content_maintype() == "multipart" and depth < _DEEPEST:
        out.make_mixed()
        for part in message.iter_parts():
            out.attach(_message(part, redact_part, redact_line, depth + 1))
        kind = message.get_content_subtype()
        kind = kind if kind in _CONTAINERS else "mixed"  # what was signed is not what it was
        out.replace_header("Content-Type", f'multipart/{kind}; boundary="privity-parts-{depth}"')
        return out
    if message.get_content_type() == "message/rfc822" and depth < _DEEPEST:
        inner = message.get_content()
        out.set_content(_message(inner, redact_part, redact_line, depth + 1))
        return out
    _leaf(message, out, redact_part)
    return out


def _header(name: str, value: str, redact_line: RedactLine) -> str:
    if name in _PEOPLE:  # who it is does not matter, and is not parsed
        return ", ".join(["[EMAIL]"] * min(max(1, value.count("@")), _MOST_PEOPLE))
    if name in _CODES:
        return "[ID]"
    line = str(_BOUNDED.header_fetch_parse(name, value))
    return redact_line(name, " ".join(line.split()))


def _leaf(message: MIMEPart, out: EmailMessage, redact_part: RedactPart) -> None:
    kind = message.get_content_type()
    payload = message.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if message.get_content_maintype() == "text":
        charset = message.get_content_charset("utf-8")
        content = content.decode(charset, errors="replace").encode("utf-8")
    redacted = redact_part(kind, content)
    if redacted is None:
        out.set_content(f"[REMOVED: {kind}]\n")
        return
    maintype, _, subtype = kind.partition("/")
    if maintype == "text":
        out.set_content(redacted.decode("utf-8"), subtype=subtype, charset="utf-8")
    else:
        out.set_content(redacted, maintype=maintype, subtype=subtype)
