"""`/v1/messages`: what the compatible face has no words for."""

from litestar import get
from litestar.di import NamedDependency

from privity.api.acts import act, named
from privity.gate import Access, Action, resources
from privity.running import Installation, MessageHistory, message_history


@get("/v1/messages/{id:str}/history", opt=act(Action.MESSAGE_HISTORY, named(resources.message)))
async def read_message_history(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> MessageHistory:
    """List every touch of one message and its media, and say who redacted what, and when."""
    return await message_history(installation, access)
