"""Ages of 90 and more in the short forms of notes, and numbers beside them that are none."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("93F with chest pain", "[AGE]F with chest pain"),
        ("Pt is a 91M, COPD, here for follow-up.", "Pt is a [AGE]M, COPD, here for follow-up."),
        ("Seen today. 101 F presents from home.", "Seen today. [AGE] F presents from home."),
        ("my aunt is in her late nineties", "my aunt is in her [AGE]"),
        ("a man in his 90s", "a man in his [AGE]"),
        ("he is a nonagenarian", "he is a [AGE]"),
        ("children, ages 3, 45 and 92", "children, ages 3, 45 and [AGE]"),
        ("residents aged eighty to ninety-five", "residents aged eighty to [AGE]"),
        ("age (years) = 97", "age (years) = [AGE]"),
        ("Age/Sex: 94/F", "Age/Sex: [AGE]/F"),
    ],
)
def test_short_forms(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "temp is 98F with chills", "Tmax 101 F, then it broke", "they raised 95M with two firms",
        "set it to 95f with the fan",
        "songs of the nineties", "back in the 90s", "88F with chest pain", "children, ages 3, 45 and 89",
        "it is 99F, so hot",
        "ages 4 and 6, room 93", "age 45, weight 98", "over 90 percent", "aged cheddar, 95 cents", "in her eighties",
    ],
)  # fmt: skip
def test_what_is_no_such_age_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
