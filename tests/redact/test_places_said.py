"""Addresses are hidden over turns and with what was said in error; where a firm is, and what only looks so, stays."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("send a new one to thirty East Fifth Lane", "send a new one to [ADDRESS]"),
        ("it's 107 no 97 west 42nd street", "it's [ADDRESS]"),
        ("it's seven eighteen no sorry seven seventeen oak drive", "it's [ADDRESS] no sorry [ADDRESS]"),
        ("It's about 900 Maple St. There was a leak.", "It's about [ADDRESS] There was a leak."),
        ("A: to 12 oak lane\nB: okay\nA: then baton rouge louisiana", "A: to [ADDRESS]\nB: okay\nA: then [LOCATION]"),
        ("A: dayton ohio\nB: okay\nA: and then four five four five three", "A: [LOCATION]\nB: okay\nA: and then [ZIP]"),
        ("we live in apartment five", "we live in apartment [ADDRESS]"),
        ("send it to suite 302 please", "send it to suite [ADDRESS] please"),
        ("it's Building C, number 304", "it's [ADDRESS]"),
        ("please come early we're in suite two fifty five", "please come early we're in suite two fifty five"),
        ("you're all set, that's in building 7, suite 493", "you're all set, that's in building 7, suite 493"),
        ("our office has moved and i live in suite four nine", "our office has moved and i live in suite [ADDRESS]"),
        (
            "so you're confirmed for nine thirty suite two eleven",
            "so you're confirmed for nine thirty suite two eleven",
        ),
        ("i applied for unit three twenty nine", "i applied for unit three twenty nine"),
        ("Boarding at noon from gate S 11, please", "Boarding at noon from gate S 11, please"),
        ("what address\nany damage on your 2019 honda\nno", "what address\nany damage on your 2019 honda\nno"),
        ("A: is that all\nB: tacoma washington\nA: yes", "A: is that all\nB: [LOCATION]\nA: yes"),
        ("i see one for 31 75 we'll close the card", "i see one for 31 75 we'll close the card"),
        ("They closed in April I think.", "They closed in April I think."),
    ],
)
def test_an_address_is_hidden_in_all_its_pieces(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


def test_the_number_of_something_else_is_no_house(redactor: Redactor) -> None:
    said = "someone comes to 91 oak lane friday your order number is one twelve five fifty five"
    assert redactor.redact_text(said).text.endswith("your order number is one twelve five fifty five")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("i was in mobile that day", "i was in [LOCATION] that day"),
        ("we're moving from reading and have to be out", "we're moving from [LOCATION] and have to be out"),
        ("my sister lives in phoenix now", "my sister lives in [LOCATION] now"),
        ("he moved to boulder last year", "he moved to [LOCATION] last year"),
        ("she is in surprise and we are in concord with it", "she is in surprise and we are in concord with it"),
        ("it's in mobile apps and in reading the file", "it's in mobile apps and in reading the file"),
        (
            "two queens run one hundred ninety eight dollars a night",
            "two queens run one hundred ninety eight dollars a night",
        ),
        ("where shall post go\nsixty six ninety two juniper way flat twelve", "where shall post go\n[ADDRESS]"),
        (
            "where are you located\n56 main street\norder 6383 5603 cancel 59 hours ahead",
            "where are you located\n[ADDRESS]\norder 6383 5603 cancel 59 hours ahead",
        ),
    ],
)
def test_towns_that_are_words_and_numbers_that_are_no_houses(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
