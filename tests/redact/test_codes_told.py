"""Codes of doors and of messages are hidden where the talk names what they open; digits of other things stay."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("A: anything the driver should know\nB: There's a gate, it's 4471.\nA: 4471. Got it.", ("4471",)),
        ("A: Is the key still in the lockbox?\nB: Yes, 7719. The dog is friendly.", ("7719",)),
        ("A: and the gate\nB: six one three nine my cousin is home\nA: six one three nine okay", ("six", "nine")),
        (
            "A: Punch in oh five oh nine, then the star.\nB: Oh five oh nine. Nothing.\nA: Try thirty one forty two.",
            ("nine", "thirty", "two"),
        ),
        ("A: the alarm codes double zero three five\nB: double zero three five thanks", ("double", "five")),
        ("The lockbox is 5538 if I'm late.\nB: 5538, okay.", ("5538",)),
        ("A: Enter the code we texted to (312) 555-0188.\nB: 558120", ("558120",)),
        ("A: We texted a code to your cell ending 4431.\nB: Wait.\nB: Got it, 558120.", ("558120",)),
        (
            "A: i sent a code to area code 312 555 0188 can you read it\nB: five five eight one two oh\nA: great",
            ("five", "oh"),
        ),
        ("A: I've reset it. The temporary one is Falcon83!.\nB: Falcon83!. It says expired.", ("Falcon",)),
        (
            "A: what does the text say\nB: six one four five three oh sorry that's wrong six one four double five oh",
            ("six one", "three oh", "double"),
        ),
        ("A: what does the text say\nB: yeah six double one zero four seven\nA: okay", ("six", "double", "seven")),
        ("A: did you get a six digit number\nB: yeah 440192", ("440192",)),
        ("A: it texted me something\nB: read it to me\nA: four four oh one nine two", ("four", "two")),
        ('The user said: "I typed GreenOtter_41 and it says invalid."', ("GreenOtter",)),
    ],
)
def test_a_code_goes_where_it_is_told_tried_or_said_again(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    assert "[PASSWORD]" in shown
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    "text",
    [
        "A: what gate is\nB: gate 52, terminal 4",
        "A: how big is it\nB: the garage is 1200 square feet",
        "A: when was it built\nB: the garage is 1962",
        "A: and the gate\nB: it closes at five thirty",
        "A: how do i get there\nB: try 4 more blocks, then the gate",
        "A: did you get the code we sent\nB: two of them, and neither works",
        "A: did you get a six digit number on the invoice?\nB: 4 of them",
        "A: i'll text you\nB: ok\nA: read it to me\nB: fine",
        "A: what does the text say\nB: 4 new messages",
        "A: what does the message say\nB: it says 1200 dollars due",
        "He typed the letter and it says thank you.",
    ],
)
def test_other_digits_beside_doors_and_messages_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
