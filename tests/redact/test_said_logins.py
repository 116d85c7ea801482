"""User names go behind what is done with them, and where they are said again; what else one logs in with stays."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (
            "A: what're you logging in with\nB: what i always do m okafor\nA: m o k a f o r okay",
            ("m", "okafor", "k a f"),
        ),
        (
            "A: What are you signing in with?\nB: Same as always. halloran.m.\nA: halloran.m. Okay.",
            ("halloran", ".m"),
        ),
        ("A: what do you log in with\nB: it's brennan d\nA: allow three days", ("brennan", " d\n")),
        (
            "what're you logging in with what i always do teapot nadia twenty six teapotnadia twenty six okay and",
            ("teapot", "twenty"),
        ),
        ("A: it wants a name and password\nB: i put s okafor and it said no", (" s ", "okafor")),
        (
            "find her on instagram it's walrus nadia forty four she posts a lot\nwalrus nadia forty four okay",
            ("walrus", "forty"),
        ),
        (
            "Just find him on Instagram, it's halloran th two oh oh. He posts.\nH a l l o r a n th two oh oh. Okay.",
            ("halloran", "oh", "H a"),
        ),
        ("you'd log in with j moreau and then it sends a code", (" j ", "moreau")),
        ("A: And the login you're using?\nB: It's nadia.li.\nA: Okay.", ("nadia", "li.")),
        ("Venmo me at teapot six eight four. Talk later.", ("teapot", "four")),
        ("my cash app's dollar sign gherkin cakes", ("gherkin", "cakes")),
        ("log in with fitzhalloran nineteen seventy two then wait", ("fitz", "two")),
    ],
)
def test_a_user_name_goes_that_nothing_announces(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    assert "[USERNAME]" in shown
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    "text",
    [
        "log in with your email",
        "log in with face id or google",
        "log in with two factor",
        "log in with a code i text you",
        "sign in with windows ten",
        "log in with 4 devices",
        "you can sign in with a brown badge",
        "i'm logged in as admin and it says denied",
        "log in with the app, i put twenty in and it said no",
        "A: what are you logging in with\nB: my phone",
        "A: what do you log in with\nB: It's the same one. I told you.",
        "find her on insta it's crazy how many pictures she has",
        "on facebook, she's like forty years old",
        "on instagram it's almost nineteen dollars",
        "venmo me at five",
        "cash app is fifty dollars",
        "cash app doesn't take the dollar sign menu",
        "follow him at ten tomorrow",
        "we signed on with a lender",
    ],
)
def test_what_else_one_logs_in_with_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
