"""Passwords that are said with their capital go; capitals and big things in other talk stay readable."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    "text",
    [
        "i've set a temporary one it's big f falcon thirty three thirty one exclamation point",
        "upper case f then a l c o n thirty three exclamation mark",
        "put it in twice redwood all caps two five five star",
        "capital s sunshine double four one hashtag",
    ],
)
def test_a_password_goes_from_its_capital_to_its_last_sign(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text
    assert shown.endswith("[PASSWORD]")
    said = ("falcon", "c o n", "redwood", "sunshine", "thirty", "five", "exclamation")
    assert not [word for word in said if word in shown]


@pytest.mark.parametrize(
    "text",
    [
        "it was a big deal and i had a big a lot of things for 20 dollars",
        "vitamin with a capital d is on page 22",
        "write the heading in all caps on page 22",
        "the big b is next to exit 22",
    ],
)
def test_other_capitals_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("what's your password\ncinnamon two seven star", "what's your password\n[PASSWORD]"),
        ("what password are you using\nit's butterscotch seven", "what password are you using\nit's [PASSWORD]"),
        ("what's your password\ni don't know it", "what's your password\ni don't know it"),
        ("send it to deshawn dot booker one nine at me dot com", "send it to [EMAIL]"),
    ],
)
def test_answers_in_the_next_line(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
