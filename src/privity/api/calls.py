"""`/v1/calls`: what happens on a live call of the loopback carrier: audio, and all that its recording hangs on."""

from datetime import date
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from privity.api.acts import act, named
from privity.api.description import WAV, takes
from privity.api.people.exchange import body_of
from privity.custody.telephony import Standing, parse_answer
from privity.errors import BadInput, TooLarge
from privity.gate import Access, Action, resources
from privity.rules import Law, laws
from privity.running import Installation

_LARGEST: Final = 64 * 1024 * 1024


class Played(msgspec.Struct, frozen=True):
    """At which millisecond the call is after the audio, and what was answered, where an answer was listened for."""

    position_ms: int
    answer: str | None


class Party(msgspec.Struct, frozen=True):
    """Somebody on a call; the own side is 1. `places` are where they may be; `agreed` says how they agreed, if so."""

    party: int
    own: bool
    here: bool
    places: list[str]
    agreed: str


class ConsentShown(msgspec.Struct, frozen=True, kw_only=True):
    """What the law asks before this call is recorded, by which rules, and how far that is done.

    `everybody` has to agree, or one party's consent is enough; `lacking` names who has yet to.
    """

    everybody: bool
    staying_may_count: bool
    announcement_is_recorded: bool
    rules: list[str]
    rules_version: str
    announcement: str | None
    announced_ms: int | None
    parties: list[Party]
    lacking: list[int]
    refused_by: int | None
    may_be_recorded: bool
    position_ms: int


class Joining(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who joins, by number or place or neither; or with `party`, a place where somebody there may be."""

    number: str = ""
    place: str = ""
    party: int | None = None


class Answered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which party answered, and what: `yes` or `no`."""

    party: int
    answer: str


class Delicate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A delicate step, such as `payment`, that has `begun` or `ended`."""

    step: str
    state: str


class Stepped(msgspec.Struct, frozen=True):
    """The state of the call's recording after the step; `off` when there is none."""

    recording: str


class LawShown(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: where it holds, who has to agree there, by which source, since and until when."""

    id: str
    places: list[str]
    parties: str
    staying: bool
    recorded: bool
    source: str
    confidence: str
    effective_from: date | None
    effective_to: date | None


class LawsShown(msgspec.Struct, frozen=True):
    """The table of laws. It is no legal advice."""

    laws: list[LawShown]


@post("/v1/calls/{id:str}/audio", status_code=200, opt=act(Action.CALL_PLAY, named(resources.call)) | takes(WAV))
async def play_into_call(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    party: Annotated[int | None, QueryParameter(ge=1, le=100)] = None,
) -> Played:
    """Play a WAV file into a live call. With `party`, as that party: its answer to the announcement is listened for."""
    file, telephony = await _file(request), installation.telephony
    if party is None:
        return Played(await telephony.live_calls.play(access, file), None)
    heard = await telephony.consenting.listen(access, file, party)
    return Played(heard.position_ms, None if heard.answer is None else str(heard.answer))


@post(
    "/v1/calls/{id:str}/announcement",
    status_code=200,
    opt=act(Action.CALL_ANNOUNCE, named(resources.call)) | takes(WAV),
)
async def announce_recording(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    text: FromQuery[str] = "1",
) -> ConsentShown:
    """Play a WAV file that says the announcement of this version to everybody on the call."""
    return _shown(await installation.telephony.consenting.announce(access, await _file(request), text))


@get("/v1/calls/{id:str}/consent", opt=act(Action.CALL_READ, named(resources.call)))
async def show_consent(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> ConsentShown:
    """Show what the law asks before this live call is recorded, and who has yet to agree."""
    return _shown(await installation.telephony.consenting.standing(access))


@post(
    "/v1/calls/{id:str}/consent", status_code=200, opt=act(Action.CALL_CONSENT, named(resources.call)) | takes(Answered)
)
async def write_down_consent(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> ConsentShown:
    """Write down what a party answered. A `no` ends the recording and erases what there is of it."""
    data = await body_of(request, Answered)
    answer = parse_answer(data.answer)
    return _shown(await installation.telephony.consenting.answer(access, data.party, answer))


@post(
    "/v1/calls/{id:str}/parties", status_code=200, opt=act(Action.CALL_PARTIES, named(resources.call)) | takes(Joining)
)
async def join_call(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> ConsentShown:
    """Note that somebody joins, or where a party may be; the recording waits if the law now asks for more."""
    data, consenting = await body_of(request, Joining), installation.telephony.consenting
    if data.party is None:
        return _shown(await consenting.join(access, data.number, data.place))
    if data.number or not data.place:
        raise BadInput("a party that is there can be given a place", advice='Send {"party", "place"}.')
    return _shown(await consenting.place(access, data.party, data.place))


@delete("/v1/calls/{id:str}/parties/{party:int}", status_code=200, opt=act(Action.CALL_PARTIES, named(resources.call)))
async def leave_call(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> ConsentShown:
    """Note that a party has left. The law of its place still counts: a transfer keeps the strictest."""
    return _shown(await installation.telephony.consenting.leave(access, int(request.path_params["party"])))


@post(
    "/v1/calls/{id:str}/steps",
    status_code=200,
    opt=act(Action.RECORDING_CONTROL, named(resources.call)) | takes(Delicate),
)
async def take_step(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Stepped:
    """Note that a delicate step begins or has ended: the recording is paused meanwhile, and nothing else resumes it."""
    data = await body_of(request, Delicate)
    if data.state not in {"begun", "ended"} or not data.step.isidentifier() or len(data.step) > 40:
        raise BadInput("the step cannot be read", advice='Send {"step": "payment", "state": "begun" or "ended"}.')
    begins = data.state == "begun"
    return Stepped(await installation.telephony.live_calls.step(access, data.step, begins=begins))


@get("/v1/recording-laws", opt=act(Action.CALLER_READ, lambda _: resources.own_tenant()))
async def list_recording_laws(access: NamedDependency[Access]) -> LawsShown:  # noqa: ARG001 - the act is recorded
    """List what each place asks before a call is recorded, with sources. It is no legal advice."""
    return LawsShown([_law(law) for law in laws()])


async def _file(request: Request[Any, Any, Any]) -> bytes:
    file = bytearray()
    async for piece in request.stream():
        file += piece
        if len(file) > _LARGEST:
            raise TooLarge(f"the audio is larger than {_LARGEST} bytes", advice="Play it in parts.")
    return bytes(file)


def _shown(standing: Standing) -> ConsentShown:
    demand = standing.demand
    return ConsentShown(
        everybody=demand.everybody,
        staying_may_count=demand.everybody and demand.staying,
        announcement_is_recorded=demand.recorded,
        rules=list(demand.rules),
        rules_version=demand.version,
        announcement=standing.announcement or None,
        announced_ms=standing.announced_ms,
        parties=[Party(each.number, each.own, each.here, each.places, each.agreed) for each in standing.parties],
        lacking=standing.lacking,
        refused_by=standing.refused_by,
        may_be_recorded=standing.may_record,
        position_ms=standing.position_ms,
    )


def _law(law: Law) -> LawShown:
    return LawShown(
        id=law.id,
        places=list(law.places),
        parties=law.parties,
        staying=law.staying,
        recorded=law.recorded,
        source=law.source,
        confidence=law.confidence,
        effective_from=None if law.effective_from == date.min else law.effective_from,
        effective_to=None if law.effective_to == date.max else law.effective_to,
    )


HANDLERS: Final = (
    play_into_call,
    announce_recording,
    show_consent,
    write_down_consent,
    join_call,
    leave_call,
    take_step,
    list_recording_laws,
)
