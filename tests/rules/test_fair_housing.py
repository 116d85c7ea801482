"""What fair housing law speaks of is found in what people say, by its kind and class, and innocent talk passes."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.rules import fair_housing
from privity.rules.fair_housing import Action, Kind, findings, speak_of_homes
from privity.rules.phrases import Phrases
from promises import promise

SENTENCES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "fair_housing_sentences.toml").read_text(encoding="utf-8")
)
# fmt: off
LISTED = [
    ("No children", "block", "familial_status"), ("no kids under 12", "block", "familial_status"),
    ("max two children", "block", "familial_status"), ("Adults only", "block", "familial_status"),
    ("Ideal for singles", "rewrite", "familial_status"), ("perfect for a young couple", "rewrite", "familial_status"),
    ("great for empty nesters", "rewrite", "familial_status"), ("Perfect for families", "rewrite", "familial_status"),
    ("Mature persons preferred", "block", "familial_status"),
    ("Not suitable for kids because of the pool", "rewrite", "familial_status"),
    ("We charge extra deposit per child", "block", "familial_status"), ("Christian home", "block", "religion"),
    ("near our church family, Christians preferred", "block", "religion"),
    ("Muslims may not feel at home here", "block", "religion"), ("White neighbourhood", "block", "race"),
    ("predominantly Hispanic building", "block", "race"),
    ("no Section 8 types, if you know what I mean", "block", "source_of_income"),
    ("English speakers only", "block", "national_origin"), ("must be a US citizen", "flag", "citizenship"),
    ("Able-bodied tenants", "block", "disability"), ("must be able to live independently", "block", "disability"),
    ("no wheelchairs", "block", "disability"), ("no mentally ill", "block", "disability"),
    ("No service animals", "block", "disability"), ("ESA not accepted", "block", "disability"),
    ("Female tenant preferred", "block", "sex"),
    ("You'd be happier on the east side with your own people", "block", ""),
    ("That area has changed a lot, you know who is moving in", "block", ""),
    ("It's a safe neighbourhood", "flag", ""), ("low crime", "flag", ""), ("good schools", "flag", ""),
    ("nice people, quiet folks like you", "flag", ""), ("Exclusive community", "flag", ""),
    ("traditional community", "flag", ""), ("private community", "flag", ""), ("integrated neighbourhood", "flag", ""),
    ("Walking distance to St. Mary's Church", "flag", "religion"), ("No voucher holders", "block", "source_of_income"),
    ("55+ community", "block", "familial_status"), ("adults 62 and older", "block", "familial_status"),
    ("white family home", "block", "race"), ("no Irish", "block", "national_origin"), ("no Jews", "block", "religion"),
    ("you'd be happier in a different neighbourhood, more of your people", "block", ""),
]
DISGUISED = [
    ("n0 k1ds", "familial_status"), ("no chil-dren", "familial_status"), ("n o  k i d s", "familial_status"),
    ("No ch\u00edldren", "familial_status"), ("nc (no c)", "familial_status"),
    ("child-free building", "familial_status"), ("empty-nester's dream", "familial_status"),
    ("prefer professionals without little ones", "familial_status"), ("tenants of the book", "religion"),
    ("FHA-approved skin", ""), ("sin ni\u00f1os", "familial_status"), ("solo cristianos", "religion"),
]
# fmt: on
HARMLESS = [
    "master bedroom",
    "white kitchen cabinets",
    "black granite",
    "Brown Street",
    "Church Street",
    "Temple Avenue",
    "single vanity",
    "single-family home",
    "family room",
    "kids' pool",
    "handicap parking available",
    "Indian Hills",
    "English garden",
    "Mexican tile",
    "French doors",
    "Polish the floors",
    "adult education centre",
    "bachelor's degree not needed",
    "walk score 90",
    "able to move in Friday",
    "no smoking",
    "disabled alarm system",
    "race track nearby",
    "colour of the walls",
    "Jewish rye at the deli",
    "senior discount at the gym",
    "couples massage room",
    "gentle slope",
    "native plants",
    "safe in the wall",
    "secure entry",
    "no pets",
    "0.4 miles from Lincoln Elementary",
    "We welcome everyone, families with children included",
    "Equal housing opportunity, we do not discriminate by race, religion or national origin",
    "rare find",
    "desirable neighborhood",
    "mother-in-law suite",
    "bachelor apartment",
    "great view",
    "fourth-floor walk-up",
    "walk-in closets",
    "jogging trails",
    "walk to bus-stop",
    "quiet streets",
    "two bedroom",
    "cozy",
    "no bicycles allowed",
    "non-smoking",
    "sober",
    "kosher meals available",
    "apartment complex with chapel",
    "Merry Christmas",
    "Happy Easter",
    "Santa Claus",
    "Easter Bunny",
    "Valentine",
    "wheelchair ramp",
    "accessible features",
]


@pytest.mark.parametrize(("said", "action", "about"), LISTED)
def test_listed_statements_are_found_with_what_is_asked_for(said: str, action: str, about: str) -> None:
    for text in (said, said.lower(), said.upper(), f"the place is open. {said}. call me"):
        found = findings(text)
        assert max(map(list(Action).index, (each.action for each in found))) == list(Action).index(Action(action))
        assert not about or about in {each for finding in found for each in finding.classes}


@pytest.mark.parametrize(("said", "about"), DISGUISED)
def test_disguised_statements_are_found(said: str, about: str) -> None:
    found = findings(said)
    assert found
    assert not about or about in {each for finding in found for each in finding.classes}


@promise("D23", sabotage="harmless_words_are_held_against_people")
def test_harmless_words_pass() -> None:
    held_against = [
        text
        for said in HARMLESS
        for text in (said, said.lower(), f"the home has {said} and is open on sunday")
        if findings(text)
    ]
    assert held_against == []


def test_what_is_harmless_excuses_nothing_beside_it() -> None:
    [found] = findings("a white kitchen, a family room, but no kids please")
    assert (found.kind, found.classes) == (Kind.LIMITATION, ("familial_status",))


def found_in(name: str) -> tuple[float, float]:
    """The part of the statements of a set that is found, and of its innocent sentences that is taken for one."""
    said = [text for kind, texts in SENTENCES[name].items() if kind != "innocent" for text in texts]
    innocent = SENTENCES[name]["innocent"]
    return sum(map(bool, map(findings, said))) / len(said), sum(map(bool, map(findings, innocent))) / len(innocent)


@promise("D23", sabotage="steering_is_not_looked_for")
@pytest.mark.parametrize("name", ["seen", "held_out"])
def test_paraphrases_are_found_and_innocent_talk_passes(name: str) -> None:
    found, mistaken = found_in(name)
    assert found >= 0.97
    assert mistaken <= 0.03


@pytest.mark.parametrize(("name", "least"), [("second", 0.97), ("third", 0.97), ("fourth", 0.85), ("fifth", 0.65)])
def test_what_was_learned_of_oblique_statements_stays(name: str, least: float) -> None:
    found, mistaken = found_in(name)
    assert found >= least
    assert mistaken <= 0.07


@promise("D23", sabotage="steering_is_not_looked_for")
def test_a_finding_has_its_rule_class_and_place() -> None:
    text = "Well \u2013 I think you'd be happier in a different neighborhood, more of your people. It has a pool."
    [found] = findings(text)
    assert (found.kind, found.action, found.classes) == (Kind.STEERING, Action.BLOCK, ("race", "national_origin"))
    assert text[found.start : found.end] == "you'd be happier in a different neighborhood, more of your people"
    assert "100.70(c)" in found.source
    assert found.rule in {rule["id"] for rule in table()["rule"]}


def table() -> dict[str, Any]:
    path = Path(fair_housing.__file__).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_each_rule_has_a_name_and_a_source_of_its_own() -> None:
    rules = table()["rule"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(any(law in rule["source"] for law in ("CFR", "USC", "HUD", "Laws of states")) for rule in rules)
    assert fair_housing.version() == table()["version"]


@pytest.mark.parametrize(
    ("said", "homes"),
    [
        (["the apartment is on the second floor"], True),
        (["we have a unit", "in the next building"], True),
        (["please call me at home"], False),
        (["no children", "seventy year old male, discharged home"], False),
    ],
)
def test_whether_homes_are_spoken_of(said: list[str], homes: bool) -> None:
    assert speak_of_homes(said) is homes


_PIECES = (
    "no kids your own people white black happier with east side mosque St . , - n0 k1ds \u00e9 \u4e2d [NAME] won't"
)
_WORDS = st.sampled_from([*_PIECES.split(), "\n"])


@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_findings_lie_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for found in findings(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end


@pytest.mark.parametrize("phrase", ["[open", "closed]", "two (signs)", "a|b]"])
def test_a_phrase_that_is_not_well_formed_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"in: |not closed"):
        Phrases({"list": ["word"]}, {}).compiled([phrase])
