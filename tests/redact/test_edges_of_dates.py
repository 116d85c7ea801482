"""A date ends before the time of day or the amount behind it; the article of a day in words goes with the day."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("You are booked for October 9, 20:15.", "You are booked for [DATE], 20:15."),
        ("Dr. Moe can see you August 3, 19:10.", "Dr. [NAME] can see you [DATE], 19:10."),
        ("We meet November 4, 11:00 a.m. sharp", "We meet [DATE], 11:00 a.m. sharp"),
        ("how about november 4, 11 am", "how about [DATE], 11 am"),
        ("ok may 2 10 45 a m then", "ok [DATE] 10 45 a m then"),
        ("in may we sold ninety and in june five hundred", "in may we sold ninety and in june five hundred"),
        ("the last was february sixth, twenty six dollars", "the last was [DATE], twenty six dollars"),
        ("it passed february sixth, twenty twenty six", "it passed [DATE]"),
        ("it was February 6, 20, I think", "it was [DATE], I think"),
        ("from the 4th thru the 8th of april", "from the [DATE] thru [DATE]"),
        ("it's 4th-8th of april", "it's [DATE]-[DATE]"),
        ("his birthday\nNovember 4th, 09:30", "his birthday\n[DOB], 09:30"),
        ("her birthday\nNovember 16th, 8:10 pm", "her birthday\n[DOB], 8:10 pm"),
        ("dob 24 May 1955 in 507A", "dob [DOB] in 507A"),
        ("it runs out, that expires october 31st next year", "it runs out, that expires [EXPIRY] next year"),
        ("2024-04-25 04:53:21 INFO auth: ok", "[DATE] 04:53:21 INFO auth: ok"),
        ("2024-04-25T04:53:21Z WARN disk is full", "[DATE]T04:53:21Z WARN disk is full"),
        ("When: 2024-04-25 04:53:21", "When: [DATE]"),
        ("January 9, 20:15, call 617 555 0142", "[DATE], 20:15, call [PHONE]"),
        ("0:31 Speaker 2\n19 February 1965.\n\n", "0:31 Speaker 2\n[DATE].\n\n"),
        ("0:31 Speaker 2\nJuly the 21st is fine.\n\n", "0:31 Speaker 2\n[DATE] is fine.\n\n"),
    ],
)
def test_a_date_ends_before_a_time_or_an_amount(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("i see him thursday the twelfth at ten", "i see him thursday [DATE] at ten"),
        ("monday the sixteenth at eight or the eighteenth at two", "monday [DATE] at eight or [DATE] at two"),
        ("they won't pay till the twenty sixth", "they won't pay till [DATE]"),
        (
            "you are with us till the seventeenth\neighteenth i changed it",
            "you are with us till [DATE]\n[DATE] i changed it",
        ),
        ("A: till the seventeenth?\nB: eighteenth, i changed it", "A: till [DATE]?\nB: [DATE], i changed it"),
        ("A: on the twelfth?\nB: first i need a name", "A: on [DATE]?\nB: first i need a name"),
        ("since she passed in may on the tenth", "since she passed in [DATE]"),
        ("I can do Tuesday the 21st at 4", "I can do Tuesday the [DATE] at 4"),
        ("we are on the twelfth floor", "we are on the twelfth floor"),
    ],
)
def test_the_article_of_a_day_in_words_goes_with_it(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("I'll be ninety-four in the fall. Ninety-three now.", "I'll be [AGE] in the fall. [AGE] now."),
        ("how old is she\nB: 94\nA: 94, okay", "how old is she\nB: [AGE]\nA: [AGE], okay"),
        ("how old is she\nB: one hundred two\nA: one hundred two.", "how old is she\nB: [AGE]\nA: [AGE]."),
        ("she is 94. Ninety dollars is a lot.", "she is [AGE]. Ninety dollars is a lot."),
        ("she is 94.\nA: 94 percent of them are", "she is [AGE].\nA: 94 percent of them are"),
    ],
)
def test_an_age_over_89_is_hidden_where_it_is_said_again(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("user: a table for the 9th of june\nassistant: sure", "user: a table for the [DATE]\nassistant: sure"),
        ("user: when\nassistant: the eighth of march", "user: when\nassistant: [DATE]"),
        ("Agent: when\nCaller: the 9th of June", "Agent: when\nCaller: [DATE]"),
    ],
)
def test_what_is_typed_to_a_program_shows_the_article_of_a_date_in_digits(
    redactor: Redactor, said: str, shown: str
) -> None:
    assert redactor.redact_text(said).text == shown
