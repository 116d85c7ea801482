"""The machine of consent and the recorder that follows it: who has to agree, who joined, what pauses and resumes."""

from datetime import date

import pytest

from privity.custody.call_consent import STAY_MS, CallConsent, CallEvent, Happened
from privity.custody.recorder import Pausing, Recorder, State
from privity.errors import Conflict

TODAY = date(2026, 11, 26)


def happened(what: Happened, party: int = 0, place: str = "", at: int = 0, detail: str = "") -> CallEvent:
    return CallEvent(happened=what, party=party, place=place, call_ms=at, by="service:one", detail=detail)


def state(recorder: Recorder) -> str:
    return str(recorder.state)


def may(consent: CallConsent) -> bool:
    return consent.may_record(consent.demand(TODAY))


def test_one_party_is_enough_between_two_one_party_states_until_somebody_objects() -> None:
    consent = CallConsent("US-TX", "US-TX")
    assert may(consent)
    consent.take(happened(Happened.REFUSED, 2))
    assert not may(consent)


def test_everybody_has_to_agree_after_an_announcement_where_one_place_asks_for_it() -> None:
    consent = CallConsent("US-TX", "US-WA")
    assert not may(consent)
    consent.take(happened(Happened.AGREED, 2, detail="told"))
    assert not may(consent), "nothing was announced"
    consent.take(happened(Happened.ANNOUNCED, at=4000, detail="1"))
    assert may(consent)
    consent.take(happened(Happened.JOINED, 3, "US-TX"))
    assert not may(consent), "whoever joins hears it anew"
    consent.take(happened(Happened.ANNOUNCED, at=9000, detail="1"))
    assert consent.lacking(consent.demand(TODAY)) == [3]
    consent.take(happened(Happened.AGREED, 3, detail="spoken"))
    assert may(consent)


def test_somebody_who_joins_from_florida_makes_everybody_have_to_agree() -> None:
    consent = CallConsent("US-TX", "US-TX")
    consent.take(happened(Happened.JOINED, 3, "US-FL"))
    assert not may(consent)
    consent.take(happened(Happened.ANNOUNCED, detail="1"))
    assert consent.lacking(consent.demand(TODAY)) == [2, 3]


def test_transfer_keeps_the_strictest_law() -> None:
    consent = CallConsent("US-TX", "US-CA")
    consent.take(happened(Happened.JOINED, 3, "US-TX"))
    consent.take(happened(Happened.LEFT, 2))
    assert consent.demand(TODAY).everybody
    assert consent.lacking(consent.demand(TODAY)) == [3]


def test_a_named_place_adds_law_and_takes_none_away() -> None:
    consent = CallConsent("US-TX", "US-TX")
    consent.take(happened(Happened.PLACED, 2, "US-CA"))
    assert consent.demand(TODAY).everybody
    consent = CallConsent("US-TX", "US-CA")
    consent.take(happened(Happened.PLACED, 2, "US-TX"))
    assert consent.demand(TODAY).everybody


def test_staying_counts_by_law_and_by_the_project_and_never_after_a_refusal() -> None:
    consent = CallConsent("US-TX", "US-WA", [happened(Happened.ANNOUNCED, at=5000, detail="1")])
    demand = consent.demand(TODAY)
    assert consent.stay_until(demand, counts=True) == 5000 + STAY_MS
    assert consent.stay_until(demand, counts=False) is None
    consent.take(happened(Happened.REFUSED, 2))
    assert consent.stay_until(demand, counts=True) is None
    strict = CallConsent("US-TX", "US-CA", [happened(Happened.ANNOUNCED, at=5000, detail="1")])
    assert strict.stay_until(strict.demand(TODAY), counts=True) is None


def test_a_refusal_takes_everybodys_consent_back() -> None:
    consent = CallConsent("US-CA", "US-CA", [happened(Happened.ANNOUNCED, detail="1")])
    consent.take(happened(Happened.JOINED, 3, "US-CA"))
    consent.take(happened(Happened.ANNOUNCED, detail="1"))
    for party in (2, 3):
        consent.take(happened(Happened.AGREED, party, detail="told"))
    assert may(consent)
    consent.take(happened(Happened.REFUSED, 3))
    consent.take(happened(Happened.AGREED, 3, detail="told"))
    assert not may(consent)
    assert consent.lacking(consent.demand(TODAY)) == [2]


def test_recorder_keeps_nothing_while_it_is_suspended_and_opens_with_the_announcement() -> None:
    recorder = Recorder(1, at_ms=0, by="service:one")
    assert recorder.consent("service:one", "told", b"\x07" * 1600) == b"\x07" * 1600
    recorder.feed(b"\x01" * 16_000)
    recorder.suspend("service:one", "somebody joined")
    assert recorder.feed(b"\x02" * 64_000) == b""
    with pytest.raises(Conflict):
        recorder.resume("service:one")
    recorder.consent("service:one", "told")
    recorder.feed(b"\x03" * 1600)
    assert recorder.stop("service:one") == b"\x03" * 1600, "the second before somebody joined is lost"
    with pytest.raises(Conflict):
        recorder.suspend("service:one", "late")


def test_what_was_paused_stays_paused_when_consent_comes_back() -> None:
    recorder = Recorder(1, at_ms=0, by="service:one")
    recorder.consent("service:one", "told")
    recorder.pause("service:one", Pausing.SKIP)
    recorder.suspend("service:one", "somebody joined")
    recorder.consent("service:one", "told")
    assert state(recorder) == State.PAUSED
    assert recorder.feed(b"\x01" * 64_000) == b""
    recorder.resume("service:one")
    assert state(recorder) == State.RECORDING


def test_a_step_pauses_and_only_its_end_resumes() -> None:
    recorder = Recorder(1, at_ms=0, by="service:one")
    recorder.consent("service:one", "told")
    recorder.begin_step("payment", "service:one")
    recorder.begin_step("identity", "service:one")
    for _ in range(3600):
        recorder.feed(b"\x01" * 1600)
    assert state(recorder) == State.PAUSED, "no pause ends by itself"
    with pytest.raises(Conflict):
        recorder.resume("service:one")
    recorder.end_step("payment", "service:one")
    assert state(recorder) == State.PAUSED
    recorder.end_step("identity", "service:one")
    assert state(recorder) == State.RECORDING
    recorder.pause("service:one", Pausing.SILENCE)
    recorder.begin_step("payment", "service:one")
    recorder.end_step("payment", "service:one")
    assert state(recorder) == State.PAUSED, "a pause by hand ends by hand"


def test_a_step_that_began_before_the_recording_keeps_it_paused() -> None:
    recorder = Recorder(1, at_ms=0, by="service:one")
    recorder.begin_step("payment", "service:one")
    recorder.consent("service:one", "told")
    assert state(recorder) == State.PAUSED
    recorder.end_step("payment", "service:one")
    assert state(recorder) == State.RECORDING
