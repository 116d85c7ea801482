"""Card and social security numbers that are read out in hard ways: nothing of them stays readable."""

import sys
from pathlib import Path

import pytest

from privity.redact.redactor import Redactor

BENCH = Path(__file__).resolve().parents[2] / "bench" / "redact"

READ = (
    ("what's the number on the card\nfour five my bad five four six\nokay\nsix one", "four five|five four six|six one"),
    ("what's your social\nit's seven not six\nright\none one let me start over one two", "seven|six|one one|one two"),
    ("i'll take the card number\nhold on three five\nsorry the cat jumped\nwhere was i two oh", "three five|two oh"),
    ("the cvv please\nit's four oh two\nwas that four oh two\nyes", "four oh two"),
    ("read me the social\n622\nand then\neight two wait no eight three\nso i have three", "622|eight two|eight three"),
    (
        "what's your social\nokay six twenty\nright\nafter that it's o o four ate to\nthanks",
        "six twenty|o o four ate to",
    ),
    (
        "the long number across the front please\nfive thousand one hundred twelve dash eighty one",
        "thousand|eighty one",
    ),
    ("what's the credit card number\nsure it's a visa for nineteen one six eight oh two four", "for|nineteen|two four"),
    (
        (
            "on my visa\nand the three digits off the back\nlet me flip it over it's worn off i think it's nine four"
            " either eight or six it's nine four eight"
        ),
        "nine four|eight or six",
    ),
    ("and her number if you have it\n7 1 4 2 2 5 i think 8 8 0\nokay", "7 1 4 2 2 5|8 8 0"),
    ("let me see what's the last four\neight two two nine\nit was accepted", "eight two two nine"),
    ("card is four one one one then four ones four ones and two fives and two twos", "four ones|two fives|two twos"),
    ("so exp 04/27, 737 cvv", "737"),
)
INNOCENT = (
    ("what's your social\none moment please\nhow many kids do you have\ntwo", "two"),
    ("what's the card number\nlet me look\nthat comes to twelve dollars", "twelve"),
    ("count with me\n1 2 3 4 5 6 7", "1 2 3 4 5 6 7"),
    ("could i have that in cash please\nsure four fives and three ones", "four fives and three ones"),
    ("how many of the last four visits were late\nall of the 1200", "1200"),
    ("can i get a card number to hold it\nsure is the six thirty slot free at six thirty", "six thirty"),
)


@pytest.mark.parametrize(("text", "read"), READ)
def test_every_digit_of_a_reading_is_hidden(redactor: Redactor, text: str, read: str) -> None:
    assert all(value in text for value in read.split("|"))
    shown = redactor.redact_text(text).text
    assert not [value for value in read.split("|") if value in shown]


@pytest.mark.parametrize(("text", "said"), INNOCENT)
def test_a_reading_ends_where_something_else_is_spoken_of(redactor: Redactor, text: str, said: str) -> None:
    assert redactor.redact_text(text).text.endswith(said) or f"{said} dollars" in redactor.redact_text(text).text


def test_nothing_survives_of_numbers_that_are_made_up_and_read_in_hard_ways(
    redactor: Redactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])
    from kinds import documents

    made = list(documents("numbers_read", 20260, 120))
    assert sum(span.kind in {"card", "ssn", "cvv"} for document in made for span in document.spans) > 500
    for document, found in zip(made, redactor.detect_texts([each.text for each in made]), strict=True):
        hidden = {place for span in found for place in range(span.start, span.end)}
        for gold in document.spans:
            if gold.kind in {"card", "ssn", "cvv"} and gold.label != "IGNORE":
                places = range(gold.start, gold.end)
                assert all(place in hidden or not document.text[place].isalnum() for place in places), document.text
