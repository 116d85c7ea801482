"""Recordings and transcriptions in the vendors' form: start, pause, resume, stop, list, hear, delete."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.api.answers import gone
from privity.custody.telephony import FileFormat, NotLive, Page, Pausing, Recording, State, TranscriptionRow
from privity.errors import BadInput, Conflict
from privity.gate import Access, Action, Resource, resources
from privity.identity import Caller, Scope
from privity.laml.answers import VERSION, answer, ask_of, page_answer, rfc2822, site_of, uri_of
from privity.laml.asking import check_can_be_done, check_query, dates_in, form_of, sid_in
from privity.laml.doorman import chosen, paths, sid, sid_of
from privity.laml.problems import NOT_RECORDING, Coded
from privity.running import Installation

_CURRENT: Final = "Twilio.CURRENT"
_WANTED: Final = {"paused": State.PAUSED, "in-progress": State.RECORDING, "stopped": State.STOPPED}
_SHOWN_AS: Final = {
    State.ANNOUNCED: "in-progress",
    State.CONSENTED: "in-progress",
    State.RECORDING: "in-progress",
    State.PAUSED: "paused",
    State.STOPPED: "completed",
    State.ABSENT: "absent",
}


def _format(request: Request[Any, Any, Any]) -> FileFormat | None:
    ending = str(request.path_params["sid"]).rpartition(".")[2]
    return FileFormat(ending) if ending in set(FileFormat) else None


def _hearing(request: Request[Any, Any, Any], caller: Caller) -> Action:
    """Return the act that reading a recording is: of its facts, of what may be heard, or of the original."""
    if _format(request) is None:
        return Action.RECORDING_READ
    original = Scope.RECORDINGS_ORIGINAL in caller.scopes
    return Action.RECORDING_ORIGINAL if original else Action.RECORDING_OPEN


def _controlled(request: Request[Any, Any, Any]) -> Resource:
    """Return the recording that is to be changed, or the call whose present one is."""
    current = str(request.path_params["sid"]).removesuffix(".json") == _CURRENT
    return resources.call(sid_of(request, "call")) if current else resources.recording(sid_of(request))


@get(paths("Recordings"), opt=act(Action.RECORDING_LIST, callers_own(resources.own_project)), include_in_schema=False)
async def list_recordings(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the project's recordings, newest first, by `CallSid`, `ConferenceSid` and `DateCreated`."""
    check_query(request, "CallSid", "ConferenceSid", "IncludeSoftDeleted", date="DateCreated")
    if request.query_params.get("ConferenceSid"):  # there are no conferences here, and so no recordings of one
        cursors, none = installation.telephony.cursors, Page[Recording]([], None, None)
        return page_answer(
            request, "recordings", none, _shown_here(request, installation), cursors, access.project, "Recordings"
        )
    return await _listed(request, access, installation, sid_in(request, "CallSid"), "Recordings")


@get(
    paths("Calls/{call:str}/Recordings"),
    opt=act(Action.RECORDING_LIST, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def list_recordings_of_call(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the recordings of one call."""
    check_query(request, date="DateCreated")
    call = sid_of(request, "call")
    return await _listed(request, access, installation, call, f"Calls/{call}/Recordings")


@post(
    paths("Calls/{call:str}/Recordings"),
    status_code=201,
    opt=act(Action.RECORDING_START, sid(resources.call, "call")),
    include_in_schema=False,
)
async def start_recording(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Begin to record a live call, after its announcement; off unless a person has permitted it in the project."""
    check_can_be_done(await form_of(request))
    try:
        return answer(shown(await installation.telephony.live_calls.start(access), site_of(request, installation)), 201)
    except NotLive as error:
        raise Coded(NOT_RECORDING, error.message, advice=error.advice) from None


@post(
    paths("Calls/{call:str}/Recordings/{sid:str}", item=True),
    status_code=200,
    opt=act(Action.RECORDING_CONTROL, _controlled),
    include_in_schema=False,
)
async def control_recording(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Pause, resume or stop: `Status` is paused, in-progress or stopped; a stopped recording never resumes."""
    form = await form_of(request)
    wanted, behavior = _WANTED.get(form.one("Status") or ""), form.one("PauseBehavior")
    if wanted is None:
        raise BadInput("there is no such status of a recording", advice=f"Send Status as {', '.join(_WANTED)}.")
    if behavior is not None and (behavior not in set(Pausing) or wanted is not State.PAUSED):
        raise BadInput("PauseBehavior does not fit", advice="Send skip or silence, and only with Status=paused.")
    pausing = Pausing(behavior) if behavior else Pausing.SILENCE
    try:
        changed = await installation.telephony.live_calls.control(access, wanted, pausing, _parent(request, "call"))
    except Conflict as error:
        raise Coded(NOT_RECORDING, error.message, advice=error.advice) from None
    return answer(shown(changed, site_of(request, installation)))


@get(
    [*paths("Recordings/{sid:str}", item=True), *paths("Calls/{call:str}/Recordings/{sid:str}", item=True)],
    opt=chosen(Action.RECORDING_READ, sid(resources.recording), _hearing),
    include_in_schema=False,
)
async def read_recording(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Show a recording, or with `.wav` or `.mp3` what may be heard of it: whatever was found in it is silent."""
    recordings = installation.telephony.recordings
    form = _format(request)
    if form is None:
        found = await recordings.read(access, _parent(request, "call"))
        return answer(shown(found, site_of(request, installation)))
    original = access.action is Action.RECORDING_ORIGINAL
    file = await recordings.file(access, form, original=original, call=_parent(request, "call"))
    return Response(file, media_type=form.media_type)


@delete(
    [*paths("Recordings/{sid:str}", item=True), *paths("Calls/{call:str}/Recordings/{sid:str}", item=True)],
    opt=act(Action.RECORDING_DELETE, sid(resources.recording)),
    include_in_schema=False,
)
async def delete_recording(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[None]:
    """Erase a recording and what was written down of it."""
    await installation.telephony.recordings.delete(access, _parent(request, "call"))
    return gone(access)


@get(
    [*paths("Transcriptions"), *paths("Recordings/{recording:str}/Transcriptions")],
    opt=act(Action.TRANSCRIPTION_LIST, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def list_transcriptions(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List transcriptions, of the project or of one recording, redacted."""
    check_query(request)
    telephony = installation.telephony
    recording = _parent(request, "recording")
    page = await telephony.listening.page(access, recording, ask_of(request, telephony.cursors, access.project))
    texts = {row.id: await _text(installation, access, row) for row in page.records}

    def show(row: TranscriptionRow) -> Mapping[str, Any]:
        return written_down(row, texts[row.id])

    below = "Transcriptions" if recording is None else f"Recordings/{recording}/Transcriptions"
    return page_answer(request, "transcriptions", page, show, telephony.cursors, access.project, below)


@get(
    [
        *paths("Transcriptions/{sid:str}", item=True),
        *paths("Recordings/{recording:str}/Transcriptions/{sid:str}", item=True),
    ],
    opt=act(Action.TRANSCRIPTION_READ, sid(resources.transcription)),
    include_in_schema=False,
)
async def read_transcription(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Show one transcription, redacted."""
    row = await installation.telephony.listening.read(access, _parent(request, "recording"))
    return answer(written_down(row, await _text(installation, access, row)))


@delete(
    [
        *paths("Transcriptions/{sid:str}", item=True),
        *paths("Recordings/{recording:str}/Transcriptions/{sid:str}", item=True),
    ],
    opt=act(Action.TRANSCRIPTION_DELETE, sid(resources.transcription)),
    include_in_schema=False,
)
async def delete_transcription(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[None]:
    """Erase one transcription; its recording stays."""
    await installation.telephony.listening.delete(access, _parent(request, "recording"))
    return gone(access)


async def _listed(
    request: Request[Any, Any, Any], access: Access, installation: Installation, call: UUID | None, below: str
) -> Response[bytes]:
    telephony = installation.telephony
    earliest, latest = dates_in(request, "DateCreated")
    asked = {"call": call, "made_from": earliest, "made_until": latest}
    page = await telephony.recordings.page(access, asked, ask_of(request, telephony.cursors, access.project))
    show = _shown_here(request, installation)
    return page_answer(request, "recordings", page, show, telephony.cursors, access.project, below)


def _parent(request: Request[Any, Any, Any], parameter: str) -> UUID | None:
    """Return under which call or recording the path looks for a thing, or None where it stands by itself."""
    return sid_of(request, parameter) if parameter in request.path_params else None


async def _text(installation: Installation, access: Access, row: TranscriptionRow) -> str | None:
    content = await installation.telephony.listening.content(access.tenant, row)
    return None if content is None else content.redacted_text


def _shown_here(
    request: Request[Any, Any, Any], installation: Installation
) -> Callable[[Recording], Mapping[str, Any]]:
    site = site_of(request, installation)
    return lambda recording: shown(recording, site)


def shown(recording: Recording, site: str) -> Mapping[str, Any]:
    """Return a recording with the vendors' keys; `media_url` is whole, as scripts fetch it."""
    uri = uri_of(recording.project_id, f"Recordings/{recording.id}")
    duration = None if recording.duration_ms is None else str(recording.duration_ms // 1000)
    return {
        "sid": str(recording.id),
        "account_sid": str(recording.project_id),
        "api_version": VERSION,
        "call_sid": str(recording.call_id),
        "conference_sid": None,
        "channels": recording.channels,
        "date_created": rfc2822(recording.created_at),
        "date_updated": rfc2822(recording.updated_at),
        "start_time": rfc2822(recording.created_at),
        "end_time": rfc2822(recording.stopped_at),
        "duration": duration,
        "price": None,
        "price_unit": "USD",
        "status": _SHOWN_AS[recording.state],
        "source": "StartCallRecordingAPI",
        "track": "both",
        "error_code": None,
        "encryption_details": None,
        "media_url": f"{site}{uri}.wav" if recording.state is State.STOPPED else None,
        "uri": f"{uri}.json",
        "subresource_uris": {"transcriptions": f"{uri}/Transcriptions.json"},
    }


def written_down(row: TranscriptionRow, text: str | None) -> Mapping[str, Any]:
    """Return a transcription with the vendors' keys; its text is redacted."""
    return {
        "sid": str(row.id),
        "account_sid": str(row.project_id),
        "api_version": VERSION,
        "recording_sid": str(row.recording_id),
        "status": row.status,
        "duration": str(row.duration_ms // 1000),
        "price": None,
        "price_unit": "USD",
        "transcription_text": text,
        "type": "fast",
        "date_created": rfc2822(row.created_at),
        "date_updated": rfc2822(row.created_at),
        "uri": f"{uri_of(row.project_id, f'Transcriptions/{row.id}')}.json",
    }
