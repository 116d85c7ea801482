"""How digits are read from speech, and where they came from."""

import pytest

from privity.redact import Redactor
from privity.redact.reading.numerals import runs_of
from privity.redact.reading.transcript import transcript_of_texts


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("four one one one", "4111"),
        ("oh zero o five", "0005"),
        ("seven nought double nought three", "70003"),
        ("double four triple two", "44222"),
        ("forty-one eleven", "4111"),
        ("four thousand one hundred eleven", "4111"),
        ("twenty-two hundred", "2200"),
        ("nineteen eighty", "1980"),
        ("nineteen oh five", "1905"),
        ("two thousand and nine", "2009"),
        ("one hundred and twenty", "120"),
        ("4111 one one one one", "41111111"),
        ("4111-1111", "41111111"),
        ("4,111,111", "4111111"),
        ("four uh one dash one okay one", "4111"),
        ("four one no sorry six", "416"),
        ("four one four ones triple sevens", "411111777"),
        ("two zeros five ohs", "0000000"),
    ],
)
def test_spoken_digits(text: str, digits: str) -> None:
    (run,) = runs_of(transcript_of_texts([text]))
    assert run.digits == digits
    assert (run.start, run.end) == (0, len(text))


@pytest.mark.parametrize("text", ["one moment please", "hold on one second", "it's one of them", "nothing here"])
def test_words_that_are_no_digits(text: str) -> None:
    assert runs_of(transcript_of_texts([text])) == []


def test_every_digit_knows_its_place() -> None:
    text = "it's twenty-one and double four"
    (run,) = runs_of(transcript_of_texts([text]))
    assert [(text[group.start : group.end], group.digits) for group in run.groups] == [
        ("twenty-one", "21"),
        ("double four", "44"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "it's one seventy ninety nine an hour for four men",
        "i live on one thousand eight hundred ninety one a month",
        "your liability is 80 thousand per person",
    ],
)
def test_what_is_paid_for_each_is_an_amount(redactor: Redactor, said: str) -> None:
    text = f"card number please\n4111 1111 1111 1111\nokay\n{said}"
    assert redactor.redact_text(text).text == f"card number please\n[CARD]\nokay\n{said}"


def test_an_amount_behind_a_code_is_none_of_it(redactor: Redactor) -> None:
    shown = redactor.redact_text("what's your zip code\nnine two one nine one it's two hundred eighty a week").text
    assert shown == "what's your zip code\n[ZIP] it's two hundred eighty a week"
