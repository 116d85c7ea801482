"""What the law asks before a call is recorded: each place of the table, the strictest of several, the unknown."""

from datetime import date

import phonenumbers
import pytest
from phonenumbers.geodata import GEOCODE_DATA

from privity.errors import BadInput
from privity.rules import UNKNOWN, Answer, announcements, answer_in, demand_of, laws, objects_in, parse_place, place_of
from privity.rules.places import area_codes
from promises import promise

TODAY = date(2026, 11, 26)
# fmt: off
ALL_PARTY = [
    "CA", "CT", "DE", "FL", "IL", "MD", "MA", "MI", "MT", "NV", "NH", "OR", "PA", "WA",
]
ONE_PARTY = [
    "AL", "AK", "AZ", "AR", "CO", "DC", "GA", "HI", "ID", "IN", "IA", "KS", "KY", "LA", "ME", "MN", "MS", "MO",
    "NE", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WV", "WI",
    "WY",
]
PROVINCES = [
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT",
]
# fmt: on


def test_table_speaks_of_every_state_once_and_of_every_province() -> None:
    named = [place for law in laws() for place in law.places]
    assert len(named) == len(set(named)) == 51 + 13
    assert set(named) == {f"US-{s}" for s in ALL_PARTY + ONE_PARTY} | {f"CA-{p}" for p in PROVINCES}


@promise("A24", sabotage="one_party_is_enough_everywhere")
@pytest.mark.parametrize("place", [f"US-{s}" for s in ALL_PARTY] + [f"CA-{p}" for p in PROVINCES] + [UNKNOWN])
def test_everybody_has_to_agree_where_the_table_says_so(place: str) -> None:
    assert demand_of([place], TODAY).everybody
    assert demand_of(["US-TX", place, "US-NY"], TODAY).everybody, "the strictest of any participant governs"


@pytest.mark.parametrize("place", [f"US-{s}" for s in ONE_PARTY])
def test_one_partys_consent_is_enough_elsewhere(place: str) -> None:
    demand = demand_of([place], TODAY)
    assert (demand.everybody, demand.rules) == (False, ("us-one-party",))


def test_nobody_known_is_asked_for_as_strictly_as_any() -> None:
    assert demand_of([], TODAY) == demand_of([UNKNOWN], TODAY)
    assert not demand_of([UNKNOWN], TODAY).staying
    assert demand_of(["US-PR", "US-TX"], TODAY).rules == ("unknown-place", "us-one-party")


@promise("A24", sabotage="staying_counts_everywhere")
def test_staying_on_the_line_counts_only_where_the_table_says_so() -> None:
    counts = {place for law in laws() for place in law.places if demand_of([place], TODAY).everybody and law.staying}
    assert counts == {"US-MA", "US-MT", "US-WA"}
    assert demand_of(["US-MA", "US-WA", "US-TX"], TODAY).staying
    assert not demand_of(["US-MA", "US-CA"], TODAY).staying
    assert not demand_of(["CA-ON"], TODAY).staying


def test_washington_wants_the_announcement_in_the_recording() -> None:
    assert demand_of(["US-WA"], TODAY).recorded
    assert demand_of(["US-TX", "US-WA"], TODAY).recorded
    assert not demand_of(["US-CA", "US-FL"], TODAY).recorded


def test_every_rule_names_its_source_and_every_decision_its_rules_and_their_version() -> None:
    assert all(law.source and law.confidence in {"high", "medium"} for law in laws())
    assert {law.places[0] for law in laws() if law.confidence == "medium"} == {"US-CT", "US-MI", "US-OR"}
    demand = demand_of(["US-WA", "US-TX"], TODAY)
    assert (demand.rules, demand.version) == (("us-one-party", "us-wa-announced"), "2026-1")


def testarea_codes_are_those_that_the_numbering_plan_gives_each_place() -> None:
    # The library's prefixes name towns with their state, and whole codes by the state's name: the first is compared.
    differs = set()
    for code, place in area_codes().items():
        country, _, short = place.partition("-")
        assert phonenumbers.region_code_for_number(phonenumbers.parse(f"+1{code}2345678")) == country
        known = [GEOCODE_DATA.get(f"1{code}{three:03d}", {}).get("en", "") for three in range(1000)]
        states = {text.rpartition(", ")[2] for text in known if ", " in text}
        if states and short not in states:
            differs.add(code)
    assert differs == set()


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("+12065550100", "US-WA"),
        ("+15125550100", "US-TX"),
        ("+13055550100", "US-FL"),
        ("+12025550147", "US-DC"),
        ("+14165550100", "CA-ON"),
        ("+18005550100", UNKNOWN),
        ("+17875550100", UNKNOWN),
        ("+447700900123", UNKNOWN),
        ("72345", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_place_of_a_number_is_that_of_its_area_code(number: str, place: str) -> None:
    assert place_of(number) == place


def test_places_are_named_as_states_or_provinces() -> None:
    assert parse_place(" us-fl ") == "US-FL"
    assert parse_place("CA-NU") == "CA-NU"
    for bad in ("FL", "US-ZZ", "unknown", "", "US-FL; DROP"):
        with pytest.raises(BadInput) as refused:
            parse_place(bad)
        assert not bad or bad not in refused.value.message


def test_announcement_says_that_it_is_recorded_what_for_and_what_else_there_is() -> None:
    for each in announcements().values():
        assert all(words in each.text for words in ("recorded", "so that", "say no"))


@promise("A24", sabotage="a_no_is_a_yes")
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Yes.", Answer.YES),
        ("I agree", Answer.YES),
        ("yes, that's fine, go ahead", Answer.YES),
        ("No problem", Answer.YES),
        ("I don\u2019t mind", Answer.YES),
        ("s\u00ed, claro", Answer.YES),
        ("no", Answer.NO),
        ("No, thanks", Answer.NO),
        ("yes, I do mind", Answer.NO),
        ("yes no maybe", Answer.NO),
        ("I do not agree", Answer.NO),
        ("please stop recording", Answer.NO),
        ("not really", Answer.NO),
        ("yes, but why?", None),
        ("do you record this?", None),
        ("yes if you delete it tomorrow", None),
        ("yes so I was calling about the thing that I bought from you on Monday in the other shop", None),
        ("um", None),
        ("yesterday I knew", None),
        ("", None),
    ],
)
def test_answers_are_read_from_what_was_said(said: str, answer: Answer | None) -> None:
    assert answer_in(said) is answer


def test_objections_are_heard_in_whatever_else_was_said() -> None:
    assert objects_in("wait, I don\u2019t want to be recorded, all right?")
    assert objects_in("could you stop the recording please")
    assert not objects_in("I want to record the birth of my son")
    for each in announcements().values():
        assert not objects_in(each.text), "whoever reads the announcement aloud objects to nothing"
