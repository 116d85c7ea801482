"""E-mail addresses, user names and passwords in pieces: answered between, corrected, and read back."""

import pytest

from privity.redact.redactor import Redactor

PIECES = (
    (
        "i'll send the intake form to guitar 7\nokay go ahead\num at comcast dot net\nthanks",
        ["guitar 7", "comcast dot net"],
    ),
    (
        "what's a good email\nsure sullivan g\nmm hmm\nand then at gmail dot com\nokay",
        ["sullivan g", "gmail dot com"],
    ),
    ("what email\nit's m zhao that's all together at hotmail dot com\nok\nyes", ["m zhao", "at hotmail dot com"]),
    (
        "your email\nsure pumpkin seventy five at gmail dot com\nokay pumpkin seventy five\nyes",
        ["pumpkin seventy five"],
    ),
    ("what email\np n o v a k at outlook dot com no sorry aol dot com\nok\nyes", ["aol dot com"]),
    ("where should i e mail it\nto hao h underscore two two at comcast dot net\nok\nyes", ["hao h underscore two two"]),
    (
        "what's your user name for online banking\nit's happy fox one nine\nso happy fox nineteen\nyes",
        ["happy fox nineteen"],
    ),
    ("what's your user name\nyeah so it's a stavros fifty nine\nokay\nsure", ["a stavros fifty nine"]),
    ("go to my dot officecloud dot com and log in", ["my dot officecloud dot com"]),
    (
        "a password\nmake it capital s sunshine four double one star\nokay sunshine with a capital s four one one star",
        ["sunshine with a capital s four one one star"],
    ),
)
AROUND = (
    ("i'll email the forms to brian coffee at aol dot com good", "i'll email the forms to [EMAIL] good"),
    ("use patrick dot lowe at comcast dot net i see it", "use [EMAIL] i see it"),
    ("what email\njose two oh\nmm hm\nthen at comcast dot net\nyes", "what email\n[EMAIL]\nmm hm\nthen \nyes"),
)


@pytest.mark.parametrize(("text", "hidden"), PIECES)
def test_what_is_said_in_pieces_is_hidden(redactor: Redactor, text: str, hidden: list[str]) -> None:
    covered = {at for span in redactor.detect_text(text) for at in range(span.start, span.end)}
    last = [(text.rindex(piece), len(piece)) for piece in hidden]
    assert [
        at for start, size in last for at in range(start, start + size) if text[at].isalnum() and at not in covered
    ] == []


@pytest.mark.parametrize(("text", "shown"), AROUND)
def test_what_stands_around_an_address_stays(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
