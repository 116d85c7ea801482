"""Analysis of what is kept: counts, durations, talk ratio and keywords of redacted text, for whoever may read it."""

import asyncio
from typing import Final

from litestar import get
from litestar.di import NamedDependency

from privity.api.acts import act, named
from privity.custody import Analysis, analysis_of
from privity.errors import Conflict
from privity.gate import Access, Action, resources
from privity.running import Installation


@get("/v1/conversations/{id:str}/analysis", opt=act(Action.CONVERSATION_READ, named(resources.conversation)))
async def analyse_conversation(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Analysis:
    """Count what a conversation's redacted text tells; the same for the same text."""
    return await conversation_analysis(installation, access)


@get("/v1/transcriptions/{id:str}/analysis", opt=act(Action.TRANSCRIPTION_READ, named(resources.transcription)))
async def analyse_transcription(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Analysis:
    """Count what the redacted transcription of a recording tells."""
    listening = installation.telephony.listening
    row = await listening.read(access)
    content = await listening.content(access.tenant, row)
    if content is None:
        raise Conflict("nothing was written down of this recording", advice="There is nothing to count.")
    return await asyncio.to_thread(analysis_of, content, row.duration_ms)


async def conversation_analysis(installation: Installation, access: Access) -> Analysis:
    """Return the analysis of the conversation that the access is for; raises Conflict while nothing of it is kept."""
    opened = await installation.conversations.read(access)
    if opened.content is None:
        raise Conflict("nothing of this conversation is kept", advice="Ask again once its state is kept.")
    return await asyncio.to_thread(analysis_of, opened.content, opened.conversation.duration_ms)


HANDLERS: Final = (analyse_conversation, analyse_transcription)
