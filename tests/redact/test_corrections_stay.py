"""Words by which a value is corrected stay readable; what was wrong is hidden as what is right."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "call me at eight two six six eight two zero nine one no wait eight two six six six eight two zero one",
            "call me at [PHONE] no wait [PHONE]",
        ),
        (
            "my ssn is one two three four five oh no sorry four five six seven eight nine",
            "my ssn is [SSN] no sorry [SSN]",
        ),
        ("the policy is j z v six three eight um i mean j z v six three nine", "the policy is [ID] um i mean [ID]"),
        (
            "my birthday is june seventh ninety three excuse me six slash eight slash ninety three",
            "my birthday is [DOB] excuse me [DOB]",
        ),
        ("on the twelfth of october scratch that october eighth", "on [DATE] scratch that [DATE]"),
        ("i live at seventeen no sorry nineteen oak street", "i live at [ADDRESS] no sorry [ADDRESS]"),
        ("my phone is four one five um five five five zero one seven two", "my phone is [PHONE]"),
    ],
)
def test_words_that_correct_stay(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "i live at 12 wait street",
        "it's five oh oh wait oh five oh six six one two",
        "nine oh oh no one four one two two",
    ],
)
def test_a_digit_or_a_name_is_no_correction(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text
    assert " oh" not in shown
    assert "street" not in shown
