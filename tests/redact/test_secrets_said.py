"""Passwords, PINs and user names as they are given on the phone, read back, chosen anew; and the talk around them."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "your temporary password is walrus thirty two star got that",
            "your temporary password is [PASSWORD] got that",
        ),
        ("the password is teapot nine perfect thank you", "the password is [PASSWORD] perfect thank you"),
        (
            "it's a temporary password it's teapot walrus four four hold on is the first letter a capital",
            "it's a temporary password it's [PASSWORD] hold on is the first letter a capital",
        ),
        (
            "there's a security word on this account can you tell me what it is\ni think it's tulip sixty\nokay",
            "there's a security word on this account can you tell me what it is\ni think it's [PASSWORD]\nokay",
        ),
        (
            "which password are you typing for the wi fi i'm typing walrus delta sixteen and it says incorrect",
            "which password are you typing for the wi fi i'm typing [PASSWORD] and it says incorrect",
        ),
        (
            "what is your telephone passcode green walrus excellent okay",
            "what is your telephone passcode [PASSWORD] excellent okay",
        ),
        ("choose a four digit p i n\n3120\nthanks\ngreat", "choose a four digit p i n\n[PASSWORD]\nthanks\ngreat"),
        (
            "what's the code word on file?\nIs it Periwig? Or maybe Gherkin, that's the cat.\nThanks.\nBye.",
            "what's the code word on file?\nIs it [PASSWORD]? Or maybe [PASSWORD], that's the cat.\nThanks.\nBye.",
        ),
        (
            "you should get a text with six digits\nokay 552 917\n552 917, thanks\nbye",
            "you should get a text with six digits\nokay [PASSWORD]\n, thanks\nbye",
        ),
        (
            "my seed phrase is bottle anchor drift lemon pottery clutch please never share that",
            "my seed phrase is [PASSWORD] please never share that",
        ),
    ],
)
def test_a_secret_goes_and_what_is_said_behind_it_stays(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("i'll make it teapot ninety one star i'll remember that", "i'll make it [PASSWORD] i'll remember that"),
        ("i've been using winter teapot eighty seven and it's wrong", "i've been using [PASSWORD] and it's wrong"),
        ("okay i'm resetting it. It's WalrusTulip735. Got it?", "okay i'm resetting it. It's [PASSWORD]. Got it?"),
        ("i'll use the form ten forty", "i'll use the form ten forty"),
        ("try it one more time slowly", "try it one more time slowly"),
        ("let's try page three of the manual", "let's try page three of the manual"),
        ("can i use the kitchen phone at six?", "can i use the kitchen phone at six?"),
    ],
)
def test_what_is_chosen_where_a_password_is_the_topic_goes(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(f"i forgot my password. {text}").text == f"i forgot my password. {shown}"


@pytest.mark.parametrize(
    "again",
    ["tulipwalrus 77", "tulip walrus seventy seven", "t u l i p w a l r u s 7 7", "capital tulip walrus double seven"],
)
def test_a_user_name_is_known_in_any_form(redactor: Redactor, again: str) -> None:
    text = f"you're logging in as tulipwalrus77\nyes {again}\nthank you\nsure"
    assert again not in redactor.redact_text(text).text
    assert redactor.redact_text(again).text == again


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "what user name do you sign in with it's admin seventy run a speed test",
            "what user name do you sign in with it's [USERNAME] run a speed test",
        ),
        (
            "what's your handle on the platform it's gherkin walrus six two no spaces",
            "what's your handle on the platform it's [USERNAME] no spaces",
        ),
        ("your gate is e forty seven but that can change", "your gate is e forty seven but that can change"),
        ("the revenue code is 550, that's pharmacy", "the revenue code is 550, that's pharmacy"),
    ],
)
def test_user_names_go_and_gates_stay(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_a_school_that_nobody_asked_for_opens_no_answer(redactor: Redactor) -> None:
    text = "for security i record this\ni took typing in high school\nreceipt number\nokay"
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "A: and the password?\nB: same as always, gherkin four\nA: gherkin four okay",
            "A: and the password?\nB: same as always, [PASSWORD]\nA: [PASSWORD] okay",
        ),
        (
            "A: secret word on the account\nB: um I think gherkin maybe\nA: yep",
            "A: secret word on the account\nB: um I think [PASSWORD] maybe\nA: yep",
        ),
        ("A: memorable word?\nB: gherkin", "A: memorable word?\nB: [PASSWORD]"),
        (
            "i'm locked out, the old one was gherkin sixty two and the new one's heron sixty three",
            "i'm locked out, the old one was [PASSWORD] and the new one's [PASSWORD]",
        ),
        ("A: did you reset your password\nB: yeah twenty minutes ago", None),
        ("A: change the password\nB: i tried it twice. Step two fails.", None),
        ("A: can i have the password\nB: okay so call me in five", None),
        ("A: do you have the password\nB: yes. I have two.", None),
        ("A: please don't tell me your password\nB: port eighty\nA: okay", None),
    ],
)
def test_what_answers_for_a_secret_goes_behind_how_one_knows_it(
    redactor: Redactor, text: str, shown: str | None
) -> None:
    assert redactor.redact_text(text).text == (shown or text)


def test_a_secret_that_is_not_told_hides_nothing(redactor: Redactor) -> None:
    for text in ("My password isn't working anymore.", "a combination of two drugs", "i'd not want to sue anybody"):
        assert redactor.redact_text(text).text == text
    assert redactor.redact_text("the combo they gave me was seven one seven nine").text.endswith("was [PASSWORD]")
    assert redactor.redact_text("i'd like to talk to sue please").text == "i'd like to talk to [NAME] please"
    for text in ("she listened to rob about the lease", "could rob come by"):
        assert "[NAME]" in redactor.redact_text(text).text
