"""A recording that is going on in this process: the machine, the law it goes by, and what comes out, sealed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from privity.custody.call_consent import CallConsent
from privity.custody.recorder import Recorder, State
from privity.gate import Access
from privity.rules import Demand
from privity.vault import StreamSealer


class Taking:
    """A recording that is going on: the machine, and the task that writes what comes out of it, sealed."""

    def __init__(self, recording: UUID, call: UUID, recorder: Recorder, sealer: StreamSealer) -> None:
        self.recording = recording
        self.call = call
        self.recorder = recorder
        self.turn = asyncio.Lock()
        self._sealer = sealer
        self._pieces: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.writing: asyncio.Task[str] | None = None
        self.law: dict[str, object] = {}

    def decide(self, access: Access, consent: CallConsent, on: date, announcement: bytes | bytearray) -> None:
        """Begin, suspend or go on, as what has happened on the call and the law want it.

        The announcement becomes the opening of the recording where it has to be recorded.
        """
        demand, who = consent.demand(on), access.caller.principal
        self.law = {"everybody": demand.everybody, "rules": list(demand.rules), "version": demand.version}
        access.outcome["law"] = {"rules": list(demand.rules), "version": demand.version}
        may = consent.may_record(demand)
        if self.recorder.state is State.ANNOUNCED and may:
            opening = bytes(announcement) if demand.recorded else b""
            self.put(self.recorder.consent(who, _agreed_how(consent, demand), opening))
        elif self.recorder.state in {State.RECORDING, State.PAUSED} and not may:
            self.recorder.suspend(who, "somebody has yet to be told and to agree")

    def told(self, now: datetime) -> dict[str, object]:
        """Return what its row says of it."""
        timeline = Jsonb(msgspec.to_builtins(self.recorder.timeline))
        return {"state": str(self.recorder.state), "timeline": timeline, "law": Jsonb(self.law), "now": now}

    def put(self, audio: bytes) -> None:
        """Seal audio and let it be written."""
        if audio:
            self._pieces.put_nowait(self._sealer.update(audio))

    def finish(self) -> None:
        """Let the writing end."""
        self._pieces.put_nowait(self._sealer.finish())
        self._pieces.put_nowait(None)

    async def abandon(self) -> None:
        """Leave nothing of what was written so far."""
        if self.writing is not None:
            self.writing.cancel()
            await asyncio.gather(self.writing, return_exceptions=True)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield what is to be written, until the end."""
        while (piece := await self._pieces.get()) is not None:
            yield piece


def told_of(consent: CallConsent) -> str:
    """Return how those on the call know of the recording, for its timeline."""
    if consent.announced_ms is None:
        return "to its own side alone: one party's consent is enough"
    return f"announcement {consent.announcement}"


def _agreed_how(consent: CallConsent, demand: Demand) -> str:
    if not demand.everybody:
        return "one party's consent"
    return ", ".join(
        f"party {party.number} {party.agreed}" for party in consent.parties if party.here and not party.own
    )
