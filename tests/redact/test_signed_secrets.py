"""Passwords with a sign behind their digits are hidden in passing, and plain words that somebody tells to say."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "i'm locked out again it's cornfield nineteen eighty eight bang with that exact spelling",
            "i'm locked out again it's [PASSWORD] with that exact spelling",
        ),
        ("i wrote it down it's capital walrus one too three at sign so", "i wrote it down it's [PASSWORD] so"),
        (
            "A: the login, grandma it's tulip walrus ninety dollar sign.\nB: Walrus?",
            "A: the login, grandma it's [PASSWORD].\nB: Walrus?",
        ),
        ("the password's teapot one to three question mark she uses it", "the password's [PASSWORD] she uses it"),
        (
            "they call and the password's gherkin just say that and they leave",
            "they call and the password's [PASSWORD] just say that and they leave",
        ),
        (
            "the login's at home, he made it walrus pond nineteen fifty no spaces",
            "the login's at home, he made it [PASSWORD] no spaces",
        ),
        (
            "i can't log in. i typed dragonfly twenty twenty four and it's expired",
            "i can't log in. i typed [PASSWORD] and it's expired",
        ),
        (
            "your temporary password like is WalrusPond93@, [laughter] that's case sensitive.",
            "your temporary password like is [PASSWORD], [laughter] that's case sensitive.",
        ),
        (
            "For security, your first pet's name? Noodle. Perfect.",
            "For security, your first pet's name? [PASSWORD]. Perfect.",
        ),
        (
            "A: wifi password?\nB: all lowercase, heron pond, no space, seven seven",
            "A: wifi password?\nB: all lowercase, [PASSWORD]",
        ),
        ("the password's teapot she uses it for all of them", "the password's [PASSWORD] she uses it for all of them"),
    ],
)
def test_a_password_goes_with_its_sign(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "i can't log in, is it page two question mark",
        "the password's just say nothing to them",
        "try admin and the password's did you ever change it",
        "the password's fine just tell him",
        "the wifi is fifty dollars plus tax, for two exclamation point",
        "was the meeting in room twelve question mark",
        "can you log in there are forty people in room two no spaces left",
        "i can't log in i tried chrome ninety and i tried windows ten",
        "password reset page, i typed page two",
        "For security, what was your first car? Take your time. Okay.",
        "ask them if forty were sold question mark",
    ],
)
def test_figures_before_the_name_of_a_sign_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
