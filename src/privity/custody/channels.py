"""Channels: what kind of conversation it is, fixed when it comes in; the channel decides what may ever be kept."""

from enum import StrEnum

from privity.errors import BadInput


class Channel(StrEnum):
    """On each of these only redacted text is kept; the source is sealed on arrival and gone after processing."""

    UPLOAD = "upload"
    CALL = "call"
    MESSAGE = "message"


def parse_channel(text: str) -> Channel:
    """Return the channel of that name; raises BadInput, which lists the channels there are."""
    try:
        return Channel(text)
    except ValueError:
        raise BadInput("there is no such channel", advice=f"Choose from {', '.join(Channel)}.") from None
