"""`/v1/recordings`: list, show with pauses and silences, delete; `links` signs the addresses by which one is heard."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.answers import DeletionAccepted, deletion_of
from privity.api.lists import After, Limit, ask_of, moment_of, next_of
from privity.custody.telephony import Recording, pauses_of
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.running import Installation


class RecordingOut(msgspec.Struct, frozen=True, kw_only=True):
    """A recording. Times in it are milliseconds from its beginning.

    `pauses` are kept as silence; `silences` is where something was found that may not be heard, None until then.
    """

    id: UUID
    call: UUID
    state: str
    channels: int
    duration_ms: int | None
    pauses: list[tuple[int, int]]
    silences: list[tuple[int, int]] | None
    created_at: datetime
    stopped_at: datetime | None
    updated_at: datetime


class RecordingPage(msgspec.Struct, frozen=True):
    """Recordings, newest first; `next` goes into `after` for the following page."""

    recordings: list[RecordingOut]
    next: str | None


@get("/v1/recordings", opt=act(Action.RECORDING_LIST, callers_own(resources.own_project)))
async def list_recordings(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    call: Annotated[str | None, QueryParameter(name="call")] = None,
    made_from: Annotated[str | None, QueryParameter(name="created_from")] = None,
    made_until: Annotated[str | None, QueryParameter(name="created_until")] = None,
    after: After = None,
    limit: Limit = 50,
) -> RecordingPage:
    """List recordings, of one call or of the project, newest first; times are RFC 3339."""
    asked = {
        "call": None if call is None else parse_id(call, "`call`"),
        "made_from": moment_of(made_from, "`created_from`"),
        "made_until": moment_of(made_until, "`created_until`"),
    }
    page = await installation.telephony.recordings.page(access, asked, ask_of(installation, access, after, limit))
    return RecordingPage([_shown(each) for each in page.records], next_of(installation, access, page))


@get("/v1/recordings/{id:str}", opt=act(Action.RECORDING_READ, named(resources.recording)))
async def show_recording(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> RecordingOut:
    """Show one recording; nothing that was said."""
    return _shown(await installation.telephony.recordings.read(access))


@delete("/v1/recordings/{id:str}", status_code=202, opt=act(Action.RECORDING_DELETE, named(resources.recording)))
async def delete_recording(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> DeletionAccepted:
    """Delete one recording and what was written down of it."""
    await installation.telephony.recordings.delete(access)
    return deletion_of(access)


def _shown(recording: Recording) -> RecordingOut:
    return RecordingOut(
        id=recording.id,
        call=recording.call_id,
        state=recording.state,
        channels=recording.channels,
        duration_ms=recording.duration_ms,
        pauses=pauses_of(recording.timeline),
        silences=recording.silences,
        created_at=recording.created_at,
        stopped_at=recording.stopped_at,
        updated_at=recording.updated_at,
    )


HANDLERS: Final = (list_recordings, show_recording, delete_recording)
