"""Made-up calls to try things on: one that goes on, and one that was recorded, paused, and written down."""

import math
import struct
from typing import Final
from uuid import UUID

from privity.custody.renditions import wav
from privity.custody.telephony import Pausing, State
from privity.gate import Action, resources
from privity.identity import Caller, worker
from privity.rules import Answer
from privity.running.installation import Installation
from privity.speech import ScriptedRecognizer, Segment, SpokenWord, Transcript

_RATE: Final = 8000
_SAID: Final = (
    ("agent", 0, "thank you for calling the birch clinic who is speaking"),
    ("caller", 4000, "this is Maria Gonzalez I would like to pay"),
    ("agent", 12000, "thank you the payment went through see you on Thursday"),
)
_WORD_MS: Final = 300


async def make_sample_calls(installation: Installation, operator: Caller, number: str, other: str) -> list[UUID]:
    """Return a call that goes on and a recording that is finished; recording is off afterwards if it was before."""
    telephony, gate = installation.telephony, installation.gate
    made = []
    for inbound in (True, False):
        sender, recipient = (other, number) if inbound else (number, other)
        async with gate.open(operator, Action.CALL_CREATE, resources.own_project()) as access:
            made.append(await telephony.calls.begin(access, sender, recipient, inbound=inbound, transport="memory"))
    recorded = made[1]
    async with gate.open(operator, Action.RECORDING_ENABLE, resources.own_project()) as access:
        switched = await telephony.recordings.permit(access, allowed=True)
    async with gate.open(operator, Action.CALL_ANNOUNCE, resources.call(recorded)) as access:
        await telephony.consenting.announce(access, _hum(2), "1")
    async with gate.open(operator, Action.CALL_CONSENT, resources.call(recorded)) as access:
        await telephony.consenting.answer(access, 2, Answer.YES)
    async with gate.open(operator, Action.RECORDING_START, resources.call(recorded)) as access:
        recording = (await telephony.live_calls.start(access)).id
    for wanted, seconds in ((None, 8), (State.PAUSED, 4), (State.RECORDING, 4), (State.STOPPED, 0)):
        if wanted is not None:
            async with gate.open(operator, Action.RECORDING_CONTROL, resources.recording(recording)) as access:
                await telephony.live_calls.control(access, wanted, Pausing.SILENCE)
        if seconds:
            async with gate.open(operator, Action.CALL_PLAY, resources.call(recorded)) as access:
                await telephony.live_calls.play(access, _hum(seconds))
    if switched:
        async with gate.open(operator, Action.RECORDING_ENABLE, resources.own_project()) as access:
            await telephony.recordings.permit(access, allowed=False)
    async with gate.open(operator, Action.CALL_UPDATE, resources.call(recorded)) as access:
        await telephony.calls.end(access, "completed")
    await _write_down(installation, operator, recording)
    return [made[0], recording]


async def _write_down(installation: Installation, operator: Caller, recording: UUID) -> None:
    assert operator.tenant is not None
    turns = tuple(Segment(speaker=speaker, text=text, words=_timed(text, at)) for speaker, at, text in _SAID)
    script = ScriptedRecognizer(then=[Transcript(turns=turns, duration_ms=16_000, language="en")])
    caller = worker("settle_recording", operator.tenant, None, operator.origin)
    async with installation.gate.open(caller, Action.RECORDING_SETTLE, resources.recording(recording)) as access:
        await installation.telephony.listening_by(script).settle(access, None)


def _timed(text: str, at: int) -> tuple[SpokenWord, ...]:
    return tuple(
        SpokenWord(text=word, start_ms=at + place * _WORD_MS, end_ms=at + (place + 1) * _WORD_MS, confidence=0.9)
        for place, word in enumerate(text.split())
    )


def _hum(seconds: int) -> bytes:
    """Return a WAV file with a quiet tone: what a sample sounds like."""
    wave = (round(3000 * math.sin(2 * math.pi * 440 * at / _RATE)) for at in range(_RATE * seconds))
    return wav(b"".join(struct.pack("<hh", level, level // 2) for level in wave), 2)
