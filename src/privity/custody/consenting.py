"""What people do on a live call that its recording hangs on: announce it, join, leave, agree, refuse.

An answer that is spoken is heard in memory, after the announcement and before consent, for its yes or no alone; the
words are kept nowhere. An answer that was given otherwise is written down by whoever took it.
"""

from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.call_consent import ANSWERED, CallConsent, CallEvent, CallParty, Happened
from privity.custody.call_events import CallEvents
from privity.custody.live_calls import CHANNELS, LiveCalls
from privity.custody.numbers import parse_number
from privity.custody.renditions import pcm_of
from privity.errors import BadInput, Conflict, NotFound, TooLarge, Unreadable
from privity.gate import Access
from privity.rules import Answer, Demand, announcement, answer_in, parse_place, place_of
from privity.speech import Recognizer
from privity.store import TenantTransaction

_LONGEST_ANNOUNCEMENT: Final = 60 * 8000 * 2 * CHANNELS
_MOST_PARTIES: Final = 100


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a call stands with the law: what it asks, who is there, and who has yet to agree."""

    demand: Demand
    parties: list[CallParty]
    announcement: str
    announced_ms: int | None
    refused_by: int | None
    lacking: list[int]
    may_record: bool
    position_ms: int


class Heard(msgspec.Struct, frozen=True):
    """At which millisecond the call is, and what was answered, where an answer was listened for and understood."""

    position_ms: int
    answer: Answer | None


class Consenting:
    """Takes in what happens on live calls, and lets their recordings follow."""

    def __init__(
        self, live_calls: LiveCalls, events: CallEvents, recognizer: Recognizer, clock: Clock, *, deadline: float
    ) -> None:
        self._live_calls = live_calls
        self._events = events
        self._recognizer = recognizer
        self._clock = clock
        self._deadline = deadline

    async def standing(self, access: Access) -> Standing:
        """Return how the call stands that the access is for."""
        call = UUID(access.resource_id)
        async with access.transaction() as tx:
            return self._standing(call, await self._events.load(tx, access, call))

    async def announce(self, access: Access, file: bytes, version: str) -> Standing:
        """Play an announcement, a WAV file that says the text of this version, to everybody on the call."""
        call, text, audio = UUID(access.resource_id), announcement(version), pcm_of(file, CHANNELS)
        if len(audio) > _LONGEST_ANNOUNCEMENT:
            raise TooLarge("the announcement is longer than a minute", advice="Play the text of the announcement.")
        if not audio:
            raise Unreadable("the announcement is silent", advice="Play a WAV file that says its text.")
        async with self._live_calls.closed_on_failure(access, call), access.transaction() as tx:
            consent = await self._events.load(tx, access, call)
            played = self._live_calls.feed(call, audio)
            self._live_calls.remember_announcement(call, audio)
            await self._add(tx, access, call, consent, Happened.ANNOUNCED, detail=text.id, call_ms=played)
            return self._standing(call, consent)

    async def join(self, access: Access, number: str, place: str) -> Standing:
        """Note that somebody joins, from a number, a place, both, or none that is known."""
        joined = place_of(parse_number(number, "`number`")) if number else ""
        named = parse_place(place) if place else ""
        call = UUID(access.resource_id)
        async with self._live_calls.closed_on_failure(access, call), access.transaction() as tx:
            consent = await self._events.load(tx, access, call)
            party = len(consent.parties) + 1
            if party > _MOST_PARTIES:
                raise Conflict("there are too many on this call", advice="Begin another one.")
            first = joined or named or place_of("")
            await self._add(tx, access, call, consent, Happened.JOINED, party=party, place=first)
            if joined and named:
                await self._add(tx, access, call, consent, Happened.PLACED, party=party, place=named)
            return self._standing(call, consent)

    async def place(self, access: Access, party: int, place: str) -> Standing:
        """Note that a party is, or may be, in a place; the law of where it was thought to be counts on."""
        named = parse_place(place)
        return await self._about(access, party, Happened.PLACED, place=named)

    async def leave(self, access: Access, party: int) -> Standing:
        """Note that a party has left; the law of its place counts on."""
        return await self._about(access, party, Happened.LEFT)

    async def answer(self, access: Access, party: int, answer: Answer) -> Standing:
        """Write down what a party answered: a no ends the recording of the call and erases what there is of it."""
        call = UUID(access.resource_id)
        async with self._live_calls.closed_on_failure(access, call), access.transaction() as tx:
            consent = await self._events.load(tx, access, call)
            _require(consent, party)
            await self._answered(tx, access, call, consent, party, answer, "told")
            return self._standing(call, consent)

    async def listen(self, access: Access, file: bytes, party: int) -> Heard:
        """Play what a party says into the call, and hear in it whether that party agrees, if that is asked."""
        call, audio = UUID(access.resource_id), pcm_of(file, CHANNELS)
        async with access.transaction(settles=False) as tx:
            consent = await self._events.load(tx, access, call)
            _require(consent, party)
        asked = consent.announced_ms is not None and party in consent.lacking(self._demand(consent))
        position = self._live_calls.feed(call, audio)
        answer = await self._heard(file) if asked else None
        if answer is None:
            return Heard(position, None)
        async with self._live_calls.closed_on_failure(access, call), access.transaction() as tx:
            consent = await self._events.load(tx, access, call)
            _require(consent, party)
            await self._answered(tx, access, call, consent, party, answer, "spoken")
        return Heard(position, answer)

    async def _heard(self, file: bytes) -> Answer | None:
        buffer = bytearray(file)
        try:
            transcript = await self._recognizer.transcribe(buffer, deadline_s=self._deadline)
        except Unreadable:
            return None
        answers = {answer_in(turn.text) for turn in transcript.turns} - {None}
        del transcript
        return Answer.NO if Answer.NO in answers else Answer.YES if answers else None

    async def _answered(
        self,
        tx: TenantTransaction,
        access: Access,
        call: UUID,
        consent: CallConsent,
        party: int,
        answer: Answer,
        how: str,
    ) -> None:
        await self._add(tx, access, call, consent, ANSWERED[answer], party=party, detail=how)
        access.outcome["answer"] = str(answer)
        if answer is Answer.NO:
            access.outcome["wiped"] = await self._live_calls.wipe(tx, access, call, f"party {party} refused")

    async def _about(self, access: Access, party: int, happened: Happened, *, place: str = "") -> Standing:
        call = UUID(access.resource_id)
        async with self._live_calls.closed_on_failure(access, call), access.transaction() as tx:
            consent = await self._events.load(tx, access, call)
            _require(consent, party)
            await self._add(tx, access, call, consent, happened, party=party, place=place)
            return self._standing(call, consent)

    async def _add(
        self,
        tx: TenantTransaction,
        access: Access,
        call: UUID,
        consent: CallConsent,
        happened: Happened,
        *,
        party: int = 0,
        place: str = "",
        detail: str = "",
        call_ms: int | None = None,
    ) -> None:
        event = CallEvent(
            happened=happened,
            party=party,
            place=place,
            call_ms=self._live_calls.position(call) if call_ms is None else call_ms,
            by=access.caller.principal,
            detail=detail,
        )
        await self._events.add(tx, access, call, consent, event)
        if happened is not Happened.REFUSED:
            await self._live_calls.follow(tx, access, call, consent)

    def _demand(self, consent: CallConsent) -> Demand:
        return consent.demand(self._clock.now().date())

    def _standing(self, call: UUID, consent: CallConsent) -> Standing:
        demand = self._demand(consent)
        return Standing(
            demand=demand,
            parties=consent.parties,
            announcement=consent.announcement,
            announced_ms=consent.announced_ms,
            refused_by=consent.refused_by,
            lacking=consent.lacking(demand),
            may_record=consent.may_record(demand),
            position_ms=self._live_calls.position(call),
        )


def parse_answer(text: str) -> Answer:
    """Return an answer as it was named; raises BadInput for any other than yes and no."""
    if text not in set(Answer):
        raise BadInput("there is no such answer", advice="Send yes or no.")
    return Answer(text)


def _require(consent: CallConsent, party: int) -> None:
    if not consent.has(party):
        raise NotFound("there is nobody of this number on the call", advice="GET /v1/calls/{id}/consent lists who is.")
