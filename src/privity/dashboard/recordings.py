"""`/app/recordings`: the list; one recording with what is silenced on a time line; hearing it; deletion."""

from collections import Counter
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.links import Linked, make_link
from privity.custody import Content
from privity.custody.telephony import FileFormat, Recording, consent_of_recording, pauses_of
from privity.dashboard.consent import ConsentShown, consent_shown
from privity.dashboard.forms import end_of_id, require_end_of_id
from privity.dashboard.frame import Frames
from privity.dashboard.hidden import SaidTurn, cut
from privity.dashboard.lists import ask_of, day_in, end_of_day_in, older_than
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.dashboard.touches import Touch, touches_of
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.redact import Finding
from privity.running import Installation, entries_about

_HERE: Final = "/app/recordings"
_BARS: Final = 200
_CRUMBS: Final = (("Calls", "/app/calls"), ("Recordings", _HERE))


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A recording in the list; `silenced` counts the regions that are not heard, once they are known."""

    id: UUID
    call: UUID
    state: str
    duration_ms: int | None
    silenced: int | None
    created_at: datetime


class Recordings(msgspec.Struct, frozen=True, kw_only=True):
    """Recordings without their audio, newest first; `older` goes into `after` for the next page."""

    recordings: list[Listed]
    older: str
    call: str
    made_from: str
    made_until: str
    did: str


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that is not heard, in milliseconds of the recording: a pause, or something that was found."""

    start_ms: int
    end_ms: int
    paused: bool


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A state that was entered, and at which millisecond of the call."""

    state: str
    call_ms: int
    how: str


class OneRecording(msgspec.Struct, frozen=True, kw_only=True):
    """One recording. `link` is where it is heard for five minutes, when that was asked for.

    Then what is loud of its silenced rendition stands in `wave`, 0 to 100, and what was written down of it in `turns`.
    """

    recording: Listed
    regions: list[Region]
    steps: list[Step]
    consent: ConsentShown
    touches: list[Touch]
    may_hear: bool
    may_delete: bool
    typed: str
    link: Linked | None
    wave: list[int]
    turns: list[SaidTurn]
    findings: list[Finding]
    labels: dict[str, int]


@get(_HERE, opt=act(Action.RECORDING_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    call: Annotated[str, QueryParameter(name="call")] = "",
    made_from: Annotated[str, QueryParameter(name="from")] = "",
    made_until: Annotated[str, QueryParameter(name="until")] = "",
    after: Annotated[str, QueryParameter(name="after")] = "",
    did: Annotated[str, QueryParameter(name="did")] = "",
) -> Response[bytes]:
    """List the project's recordings, or those of one call."""
    asked = {
        "call": parse_id(call, "`call`") if call else None,
        "made_from": day_in(made_from, "`from`"),
        "made_until": end_of_day_in(made_until, "`until`"),
    }
    found = await installation.telephony.recordings.page(access, asked, ask_of(installation, access, after))
    facts = Recordings(
        recordings=[_listed(each) for each in found.records],
        older=older_than(installation, access, found),
        call=call,
        made_from=made_from,
        made_until=made_until,
        did="deleted" if did == "deleted" else "",
    )
    page = Page(template="recordings.html", title="Recordings", facts=facts, door="calls", crumbs=_CRUMBS[:1])
    return await frames.answer(request, access, page)


@get("/app/recordings/{id:str}", opt=act(Action.RECORDING_READ, named(resources.recording), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show one recording, what is silenced in it, and who touched it; hearing it is another act."""
    return await _page(request, access, installation, frames)


@post(
    "/app/recordings/{id:str}/hear",
    status_code=200,
    opt=act(Action.RECORDING_SIGN, named(resources.recording), people=True),
)
async def hear(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show the recording with what was written down of it, and where it is heard, silenced, for five minutes."""
    telephony = installation.telephony
    content = await telephony.listening.of_recording(access)
    link = make_link(installation, access, FileFormat.MP3, original=False)
    return await _page(request, access, installation, frames, link, content)


@post(
    "/app/recordings/{id:str}/delete",
    status_code=303,
    opt=act(Action.RECORDING_DELETE, named(resources.recording), people=True),
)
async def delete(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Delete one recording with what was written down of it, once the end of its id has been typed."""
    await require_end_of_id(request, access)
    await installation.telephony.recordings.delete(access)
    return go_on(f"{_HERE}?did=deleted")


def regions_of(recording: Recording) -> list[Region]:
    """Return what is not heard of a recording, in its order: pauses that were kept as silence, and findings."""
    pauses = pauses_of(recording.timeline)
    found = [(start, end) for start, end in recording.silences or [] if (start, end) not in pauses]
    regions = [Region(start_ms=start, end_ms=end, paused=True) for start, end in pauses if end > start]
    regions += [Region(start_ms=start, end_ms=end, paused=False) for start, end in found]
    return sorted(regions, key=lambda region: (region.start_ms, region.end_ms))


async def _page(
    request: Request[Any, Any, Any],
    access: Access,
    installation: Installation,
    frames: Frames,
    link: Linked | None = None,
    content: Content | None = None,
) -> Response[bytes]:
    recordings = installation.telephony.recordings
    recording = await recordings.read(access)
    findings = list(content.findings) if content else []
    this, names = resources.recording(recording.id), await frames.names(access)
    hears, deletes = await installation.gate.may(
        access.caller, [(Action.RECORDING_SIGN, this), (Action.RECORDING_DELETE, this)]
    )
    facts = OneRecording(
        recording=_listed(recording),
        regions=regions_of(recording),
        steps=[Step(state=each.state, call_ms=each.call_ms, how=each.how) for each in recording.timeline],
        consent=consent_shown(await consent_of_recording(access, recording), names, recording.law),
        touches=touches_of(await entries_about(installation, access, [recording.id]), names),
        may_hear=hears and recording.blob is not None and recording.silences is not None,
        may_delete=deletes,
        typed=end_of_id(recording.id),
        link=link,
        wave=await recordings.waveform(access.tenant, recording, _BARS) if link else [],
        turns=cut(content.turns, findings) if content else [],
        findings=findings,
        labels=dict(Counter(str(finding.label) for finding in findings).most_common()),
    )
    page = Page(template="recording.html", title="Recording", facts=facts, door="calls", crumbs=_CRUMBS)
    return await frames.answer(request, access, page)


def _listed(recording: Recording) -> Listed:
    return Listed(
        id=recording.id,
        call=recording.call_id,
        state=recording.state,
        duration_ms=recording.duration_ms,
        silenced=None if recording.silences is None else len(regions_of(recording)),
        created_at=recording.created_at,
    )


HANDLERS: Final = (list_them, show, hear, delete)
