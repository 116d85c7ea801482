"""Request bodies as streams: multipart parsed as it arrives, so that nothing of it ever spools to a disk."""

from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec
from litestar import Request
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from privity.api.json_bodies import body_within, decoded
from privity.custody import Channel, parse_channel
from privity.errors import BadInput, PackedContent, Unreadable

_LONGEST_FIELD: Final = 64
_PACKED_AS: Final = "Content-Transfer-Encoding"
_AS_IT_IS: Final = frozenset({"7bit", "8bit", "binary"})
_FORMS: Final = 'Send multipart/form-data with `file` and `channel`, or JSON {"channel": "upload", "turns": [...]}.'


_WORD: Final = {
    "type": "object",
    "description": "A word of the text, in order. Without `confidence` it is not read; times have to go forward.",
    "properties": {
        "text": {"type": "string"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "start_ms": {"type": "number", "minimum": 0},
        "end_ms": {"type": "number", "minimum": 0},
    },
    "required": ["text"],
}
_TURN: Final = {
    "type": "object",
    "properties": {
        "speaker": {"type": "string"},
        "text": {"type": "string"},
        "words": {"type": "array", "items": _WORD},
    },
    "required": ["speaker", "text"],
}
_CHANNEL: Final = {"enum": list(Channel), "default": str(Channel.UPLOAD)}
FORMS: Final = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "properties": {"file": {"type": "string", "format": "binary"}, "channel": _CHANNEL},
            "required": ["file"],
        }
    },
    "application/json": {
        "schema": {
            "type": "object",
            "properties": {"channel": _CHANNEL, "turns": {"type": "array", "items": _TURN, "minItems": 1}},
            "required": ["turns"],
            "additionalProperties": False,
        }
    },
}
LONGEST_REPLAY_KEY: Final = 255
REPLAY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same request again with the same key brings nothing new; for other content it is refused.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_REPLAY_KEY},
}
"""How a conversation is sent, as `/openapi.json` says it."""


class _JsonBody(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing beside these: a misspelled `channel` would be another one, which decides what may be kept."""

    channel: str = Channel.UPLOAD
    turns: msgspec.Raw = msgspec.Raw()


class Upload:
    """The content of one request; `channel` is known once `chunks` has been read to its end."""

    def __init__(self, request: Request[Any, Any, Any], *, text_limit: int) -> None:
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        self._request = request
        self._fields: dict[str, bytes] = {}
        self._text_limit = text_limit
        if kind == "multipart/form-data" and options.get("boundary"):
            self._parser = PushMultipartParser(options["boundary"], max_header_size=4096, max_segment_count=8)
            self.chunks = self._multipart()
        elif kind == "application/json":
            self.chunks = self._json()
        else:
            raise BadInput("the content type is not one that is taken here", advice=_FORMS)

    @property
    def channel(self) -> Channel:
        """The channel that the request names, `upload` when it names none; raises BadInput for an unknown one."""
        return parse_channel(self._fields.get("channel", b"upload").decode("ascii", "replace"))

    async def _json(self) -> AsyncIterator[bytes]:
        body = await body_within(self._request, self._text_limit, advice="Split the conversation.")
        self._fields["channel"] = (await decoded(body, _JsonBody, advice=_FORMS)).channel.encode()
        yield bytes(body)

    async def _multipart(self) -> AsyncIterator[bytes]:
        segment: MultipartSegment | None = None
        files = 0
        try:
            async for piece in self._request.stream():
                for event in self._parser.parse(piece):
                    if isinstance(event, MultipartSegment):
                        segment = event
                        self._check_part(segment)
                        files += segment.name == "file"
                        if files > 1:
                            raise BadInput("more than one file was sent", advice="Send one conversation a request.")
                    elif event and segment is not None:
                        if segment.name == "file":
                            yield bytes(event)
                        else:
                            self._keep_field(segment.name, event)
            self._parser.close()
        except MultipartError:
            raise Unreadable("the multipart body is cut short or malformed", advice=_FORMS) from None
        if not files:
            raise BadInput("no `file` was sent", advice=_FORMS)

    def _check_part(self, part: MultipartSegment) -> None:
        """Raise for a part that is not as it stands there, or that somebody else could take for another one."""
        headers = dict(part.headerlist)
        if headers.get(_PACKED_AS, "8bit").lower() not in _AS_IT_IS:
            raise PackedContent("a part of the form is packed, and nothing is unpacked here", advice=_FORMS)
        if len(headers) < len(part.headerlist):
            raise Unreadable("a part of the form says one thing twice", advice=_FORMS)
        if part.name == "channel":
            if "channel" in self._fields:
                raise BadInput("the form field `channel` was sent twice", advice=_FORMS)
            self._fields["channel"] = b""

    def _keep_field(self, name: str | None, piece: bytes | bytearray) -> None:
        if name != "channel":
            raise BadInput("a form field is not one that is taken here", advice=_FORMS)
        self._fields[name] += bytes(piece)
        if len(self._fields[name]) > _LONGEST_FIELD:
            raise BadInput("the form field `channel` is too long", advice=_FORMS)
