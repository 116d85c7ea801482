"""Birth dates in steps, read back and corrected; days in numbers where a day is told; "may" that is a verb."""

import pytest

from privity.redact import Redactor

_ASKED = "agent: and your date of birth\ncaller: {}\nagent: {}\ncaller: {}\nagent: thank you"


@pytest.mark.parametrize(
    "year",
    [
        "nineteen sixty four",
        "uh seventy one",
        "'58",
        "oh, two thousand six",
        "1991",
        "that was eighty",
        "oh four",
        "12",
    ],
)
def test_the_year_that_answers_belongs_to_the_date(redactor: Redactor, year: str) -> None:
    for day in ("october third", "the third of october", "october 3rd"):
        for asks in ("mm hmm and what year", "okay and the year", "what year was that"):
            text = redactor.redact_text(_ASKED.format(day, asks, year)).text
            assert f"caller: [DOB]\nagent: {asks}\n" in text
            assert not set(year.split()) & set(text.split("\n")[3].split()) - {"uh", "oh,", "that", "was"}


def test_the_year_is_found_in_one_running_text_and_behind_a_day_in_numbers(redactor: Redactor) -> None:
    said = "your birthday march twelve mm hmm and what year nineteen eighty one great and your order"
    assert "eighty" not in redactor.redact_text(said).text
    text = _ASKED.format("six ten", "and what year", "fifty nine")
    assert "six" not in redactor.redact_text(text).text
    assert "fifty" not in redactor.redact_text(text).text


def test_a_year_of_birth_is_found_behind_a_day_that_was_read_back(redactor: Redactor) -> None:
    text = "agent: your birthday\ncaller: eleven twenty\nagent: eleven twenty what year\ncaller: nineteen ninety"
    assert "ninety" not in redactor.redact_text(text).text


@pytest.mark.parametrize(
    "text",
    [
        "agent: what year is the car\ncaller: seventy nine\nagent: okay",
        "agent: we like it in june\ncaller: what year\nagent: thirty people came",
    ],
)
def test_other_years_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    "again",
    [
        "so that's eleven oh four sixty two",
        "let me read that back eleven dash four dash nineteen sixty two",
        "one one slash oh four slash sixty two",
        "11 04 62",
        "oh four eleven nineteen sixty two correct",
        "eleven, four, sixty-two",
    ],
)
def test_a_birth_date_in_numbers_is_hidden_when_it_is_said_again(redactor: Redactor, again: str) -> None:
    text = redactor.redact_text(_ASKED.format("november fourth nineteen sixty two", again, "yes that's right")).text
    assert not {"four", "04", "62", "sixty", "four,", "sixty-two"} & set(text.split("\n")[2].split())


def test_a_corrected_birth_date_is_hidden_whole(redactor: Redactor) -> None:
    text = "caller: my birthday is june fifth 1970 no scratch that 06 15 70\nagent: got it"
    assert redactor.redact_text(text).text in {
        "caller: my birthday is [DOB]\nagent: got it",
        "caller: my birthday is [DOB] no scratch that [DOB]\nagent: got it",
    }


def test_a_short_year_with_its_zero_closes_a_date(redactor: Redactor) -> None:
    assert (
        redactor.redact_text("born on the second of may oh three is that right").text == "born on [DOB] is that right"
    )
    assert redactor.redact_text("february first of oh one").text == "[DATE]"
    assert redactor.redact_text("on may second oh one moment").text == "on [DATE] oh one moment"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("i called you on thursday oh seven eleven twenty three", "i called you on thursday [DATE]"),
        ("nobody has answered since 6 4 2024", "nobody has answered since [DATE]"),
        ("pick me up on 08 21 25.", "pick me up on [DATE]."),
        ("the warranty expired on six thirty twenty two", "the warranty expired on [DATE]"),
        ("it was issued 2/7, for two of us", "it was issued [DATE], for two of us"),
        ("that'd be 9/6", "that'd be [DATE]"),
        ("what day is it, the twentieth may i ask", "what day is it, [DATE] may i ask"),
        ("we fly on 6 may and are back by 9 may", "we fly on [DATE] and are back by [DATE]"),
        ("we met on april 2nd in 1998", "we met on [DATE]"),
    ],
)
def test_days_in_numbers_are_hidden_where_a_day_is_told(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "i have a meeting at 4 may i call you later",
        "a fee of up to $35 may apply",
        "at least 12 may want one",
        "that's for november. first name and last name please",
        "on 5 10 20 gauge wires",
        "monday two ten and four",
    ],
)
def test_may_and_first_are_often_no_date(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_a_seat_is_no_year(redactor: Redactor) -> None:
    assert redactor.redact_text("you fly april ninth in 12 c").text == "you fly [DATE] in 12 c"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (
            "agent: your date of birth\ncaller: july the eighteenth\nagent: okay\ncaller: eighty eight\nagent: bye",
            "eighty",
        ),
        ("A: Date of birth?\nB: September the ninth.\nA: Mm hmm.\nB: Oh four.\nA: Thank you.", "Oh four"),
        ("A: Date of birth?\nB: September the ninth.\nA: Got it.\nB: 88.\nA: Thank you.", "88"),
    ],
)
def test_a_year_in_a_turn_of_its_own_belongs_to_a_birth(redactor: Redactor, text: str, gone: str) -> None:
    assert gone not in redactor.redact_text(text).text


def test_a_number_behind_a_whole_birth_is_no_year(redactor: Redactor) -> None:
    text = "agent: your birthday\ncaller: july eighth nineteen eighty\nagent: okay\ncaller: twelve of us are coming"
    assert redactor.redact_text(text).text.endswith("caller: twelve of us are coming")
