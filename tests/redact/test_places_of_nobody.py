"""States, countries, films, goods and stations that are nobody's place stay readable; what may be one is hidden."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    "said",
    [
        "A: is it allowed in nevada\nB: it is",
        "A: where is she\nB: with my sister in ohio until the spring",
        "A: what tag\nB: it's an iowa plate on a grey van",
        "A: what car\nB: A black F-250, Idaho plate.",
        "A: where to\nB: someplace quiet, norway or maine",
        "A: is it the same\nB: would it differ in virginia or kansas",
        "A: and the licence is issued in\nB: kentucky expires in may",
        "A: where is home\nB: we moved here from south dakota last year",
        "A: who gets it\nB: It goes to my cousin in the Gambia.",
        "May a nurse give this in Oregon without an order?",
        "The team beat Uruguay last night.",
        "The train to Austria leaves at noon, and the border with Slovakia is open.",
    ],
)
def test_a_state_or_country_by_itself_stays(redactor: Redactor, said: str) -> None:
    assert redactor.redact_text(said).text == said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("A: where are you\nB: in dayton ohio", "A: where are you\nB: in [LOCATION]"),
        ("A: hi\nB: i live in muddy fork kentucky", "A: hi\nB: i live in [LOCATION]"),
        ("A: hi\nB: Arbor Glen, Arkansas, by the river", "A: hi\nB: [LOCATION], by the river"),
        ("A: the state?\nB: ohio\nA: zip?\nB: 44118", "A: the state?\nB: [LOCATION]\nA: zip?\nB: [ZIP]"),
        ("A: city?\nB: toledo\nA: uh huh\nB: ohio", "A: city?\nB: [LOCATION]\nA: uh huh\nB: [LOCATION]"),
        ("A: who is it\nB: virginia called", "A: who is it\nB: [NAME] called"),
        ("A: hi\nB: you can call chad or georgia", "A: hi\nB: you can call [NAME] or [NAME]"),
        ("State: Ohio", "State: [LOCATION]"),
        ("She lives in Portugal with her cat.", "She lives in [LOCATION] with her cat."),
        ("We mean to move to Denmark in a year.", "We mean to move to [LOCATION] in a year."),
        ("A: hi\nB: He lives in Paris, France", "A: hi\nB: He lives in [LOCATION], [LOCATION]"),
    ],
)
def test_a_state_of_somebody_is_hidden(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "A: what's on at the cinema in Tulsa?\nB: Chicago at the old mill, 7 pm.\nA: Two tickets for Chicago.",
            "A: what's on at the cinema in [LOCATION]?\nB: Chicago at the old mill, 7 pm.\nA: Two tickets for Chicago.",
        ),
        (
            "A: which theater\nB: near Seattle, and I live in Fargo.",
            "A: which theater\nB: near [LOCATION], and I live in [LOCATION].",
        ),
        (
            "user: play Boston on the kitchen speaker\nbot: Playing Boston.",
            "user: play Boston on the kitchen speaker\nbot: Playing Boston.",
        ),
        (
            "A: Tulsa bored us.\nB: The film?\nA: Two tickets for Tulsa all the same.\nB: So you live in Tulsa?",
            "A: Tulsa bored us.\nB: The film?\nA: Two tickets for Tulsa all the same.\nB: So you live in [LOCATION]?",
        ),
        ("A: 2 tickets for Boston please\nB: bus or train?", "A: 2 tickets for [LOCATION] please\nB: bus or train?"),
        (
            "A: which seat\nB: it is b for boston, not d like denver",
            "A: which seat\nB: it is b for boston, not d like denver",
        ),
        ("A: we have Memphis smoked ribs\nB: from Memphis?", "A: we have Memphis smoked ribs\nB: from [LOCATION]?"),
        ("A: what is it\nB: a Winchester model 70", "A: what is it\nB: a Winchester model 70"),
        (
            "A: how many head\nB: nine Suffolk ewes and Norway rats",
            "A: how many head\nB: nine Suffolk ewes and Norway rats",
        ),
        ("Does St. John's wort interact with it?", "Does St. John's wort interact with it?"),
        (
            "Relatives with factor V Leiden, and is a Hickman safe?",
            "Relatives with factor V Leiden, and is a Hickman safe?",
        ),
        ("Ask Mr. Hickman of St. John's.", "Ask Mr. [NAME] of [LOCATION]."),
    ],
)
def test_films_goods_and_medicine_are_no_places(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("A: which one\nB: Tulsa Downtown Station, at noon.", "A: which one\nB: [LOCATION] Downtown Station, at noon."),
        ("A: which one\nB: It leaves from Downtown Station.", "A: which one\nB: It leaves from Downtown Station."),
        ("A: which one\nB: It leaves from King Street Station.", "A: which one\nB: It leaves from [LOCATION]."),
        ("A: yes\nB: good morning alaska airlines", "A: yes\nB: good morning alaska airlines"),
        ("good morning county clerk traffic division", "good morning county clerk traffic division"),
    ],
)
def test_what_is_no_name_of_a_station_or_city_stays(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown
