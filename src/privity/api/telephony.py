"""`/v1/messages` and `/v1/calls`: what the compatible face has no words for."""

from typing import Any, Final

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, named
from privity.errors import TooLarge
from privity.gate import Access, Action, resources
from privity.running import Installation, MessageHistory, message_history

_LARGEST: Final = 64 * 1024 * 1024


class Played(msgspec.Struct, frozen=True):
    """At which millisecond the call is after the audio."""

    position_ms: int


@get("/v1/messages/{id:str}/history", opt=act(Action.MESSAGE_HISTORY, named(resources.message)))
async def read_message_history(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> MessageHistory:
    """List every touch of one message and its media, and say who redacted what, and when."""
    return await message_history(installation, access)


@post("/v1/calls/{id:str}/audio", status_code=200, opt=act(Action.CALL_PLAY, named(resources.call)))
async def play_into_call(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Played:
    """Play a WAV file into a live call of the loopback carrier."""
    file = bytearray()
    async for piece in request.stream():
        file += piece
        if len(file) > _LARGEST:
            raise TooLarge(f"the audio is larger than {_LARGEST} bytes", advice="Play it in parts.")
    return Played(await installation.telephony.live_calls.play(access, bytes(file)))
