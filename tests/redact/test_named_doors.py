"""Codes of doors that were named some words before are hidden; prices, hours, sizes and years near doors stay."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("A: So at the gate you punch in #5520, and wait a second.\nB: #5520, okay.", ("5520",)),
        (
            "the gate you punch in pound four one seven seven and pull\npound forty one seventy seven okay",
            ("four one", "seven", "pound", "forty"),
        ),
        ("A: The alarm, you get 45 seconds. It's 8812. My son chose it.\nB: 8812, fine.", ("8812",)),
        (
            "there's a lockbox it's under the bench and it's six one nine two oh\nso that's six one nine to oh",
            ("six one nine", "two oh", "to oh"),
        ),
        ("A: And the alarm?\nB: You get a minute. It's 3391.", ("3391",)),
        ("the side door sticks a little but it's nine to eight zero\nnine two eight zero", ("nine", "zero")),
        ("okay so the garage, if the opener dies, you put in forty four nineteen on the pad", ("forty", "nineteen")),
        ("the safe is behind the painting it's one nine seven seven", ("one nine", "seven")),
        ("to get in the garage hit six six one two and lift", ("six", "two")),
        ("the keypad on the side door, four four one two then pound", ("four", "two")),
        ("the alarm it's her anniversary backwards so oh six one four and it beeps", ("oh six", "four")),
        ("and the spare key is in a little safe on the meter, 5 1 5 0", ("5 1", "5 0")),
        ("the unit's just a keypad now four four one nine star", ("four", "nine")),
        ("to unlock the tablet it's double four double nine", ("double", "nine")),
        ("you need the building code it's 4419 then the elevator", ("4419",)),
        ("the alarm word is gherkin if anybody calls", ("gherkin",)),
        ("you key in pound 2203 at the side door", ("pound", "2203")),
        ("A: what do i do about the alarm\nB: it'll beep. just enter 8854 and it stops", ("8854",)),
    ],
)
def test_a_code_goes_that_is_told_some_words_behind_its_door(
    redactor: Redactor, text: str, gone: tuple[str, ...]
) -> None:
    shown = redactor.redact_text(text).text
    assert "[PASSWORD]" in shown
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    "text",
    [
        "the garage it's 1250 a month",
        "we replaced the garage door and it's 1,850 all in",
        "put in 2500 for the garage remodel",
        "The shed is by the fence, and it's 1040 square feet.",
        "The door is old. It's 1962, the house.",
        "the shed is old it's nineteen eighty two i think",
        "The gate closes early, it's ten thirty.",
        "the buzzer's broken, it's 1140 in the morning and nobody's here",
        "my alarm goes off early, it's four forty five",
        "The alarm. You've got 30 seconds. It's loud.",
        "Flight 1842 leaves from gate B9, and it's 1145 now, boarding soon.",
        "she's at gate 22 and it's 1340 already",
        "the gate opens at 5 and it's 2200 steps to the top",
        "Take the door on the left, it's room 2204.",
        "Put in 4500 for the amount please.",
        "the door sticks so dial 9 then pound",
        "the safe harbor rule, section 1 2 3 4",
        "next door they have it too, it's 4417 and 4419",
        "the truck door, that's 1450 with paint",
        "lock the door and use 1500 psi",
        "what gate is one seven seven oh",
        "the gate code isn't it 45 dollars",
        "unlock the phone and it's twelve hundred bucks",
        "is the gate open? it's about 1400 people",
    ],
)
def test_other_figures_near_doors_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
