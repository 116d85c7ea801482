"""Card data and social security numbers of which a part is said, corrected, misheard or read back: nothing stays."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.redact import Redactor
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from promises import promise

_REDACTOR = Redactor()
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_URGES = st.sampled_from(["mm hm", "go ahead", "okay", "yes", "uh huh", "got it"])
_PAUSES = st.sampled_from(["", "", "", "uh", "um", "and then", "let me see", "dash", "hang on"])
_NUMBERS = st.one_of(
    st.sampled_from(["4539578763621486", "5425233430109903", "374245455400126", "6011000990139424"]).map(
        lambda number: ("what is the card number", number)
    ),
    st.integers(1, 665).map(lambda area: ("can i have your social", f"{area:03}451879")),
)


@st.composite
def _calls(draw: st.DrawFn) -> tuple[str, str]:
    """A question for a number, the number in pieces over turns, perhaps a slip of the tongue, and a read-back."""
    question, number = draw(_NUMBERS)
    lines, at, slip = [f"agent: {question}"], 0, draw(st.integers(0, 3))
    said = "caller: "
    while at < len(number):
        size = draw(st.integers(2, 5))
        group = number[at : at + size]
        words = " ".join(_DIGITS[int(digit)] for digit in group)
        if slip == 0 and at and len(group) > 2:
            wrong = " ".join(_DIGITS[(int(digit) + 1) % 10] for digit in group)
            words, slip = f"{wrong} no sorry {words}", 1
        said += f"{draw(_PAUSES)} {words} "
        at += size
        if at < len(number) and draw(st.booleans()):
            lines += [said, f"agent: {draw(_URGES)}"]
            said = "caller: "
    lines.append(said)
    if draw(st.booleans()):
        lines.append(f"agent: so that ends in {' '.join(_DIGITS[int(digit)] for digit in number[-4:])}")
    lines.append("caller: that is right")
    return "\n".join(lines), number


def left(text: str) -> list[str]:
    """The words of numbers and the figures that are readable in what is shown of a text."""
    shown = _REDACTOR.redact_text(text).text
    return [word for word in re.findall(r"[a-z]+|\d+", shown) if word in NUMBER_WORDS or word.isdigit()]


@promise("E25")
@given(_calls())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_digit_of_a_card_or_social_security_number_stays(call: tuple[str, str]) -> None:
    assert left(call[0]) == []


@promise("E25", sabotage="topics_are_closed_at_once")
@pytest.mark.parametrize(
    "text",
    [
        (
            "agent: the card number\n"
            "caller: four five three nine five seven eight seven\n"
            "agent: go on\n"
            "caller: six three six two one four eight six\n"
            "agent: and the last group again\n"
            "caller: fourteen eighty six"
        ),
        (
            "agent: card verification code\n"
            "caller: it's seven ninety one\n"
            "agent: seven nine one perfect\n"
            "caller: no it's seven nine one"
        ),
        "my debit card is 4539 5787 6362 1486 code two three to",
        (
            "agent: your social\n"
            "caller: sure three ninety nine\n"
            "agent: mm hm\n"
            "caller: twenty\n"
            "agent: got it\n"
            "caller: hang on ninet een twenty three"
        ),
        "read me your social security number yes three oh nine four oh thirty eight forty two correct it's yours",
        (
            "agent: the number and the code please\n"
            "caller: 4539 5787 6362 1486 and then seven nine won\n"
            "agent: thank you"
        ),
    ],
)
def test_what_is_left_over_beside_a_number_is_a_part_of_it(text: str) -> None:
    assert left(text) == []


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("my card is 4539578763621486 thanks, that comes to twelve ninety nine", ["twelve", "ninety", "nine"]),
        ("card 4539578763621486\nyour order number is 448219", ["448219"]),
        ("what are the three digits on the back\nseven nine one\nsee you at three", ["three", "three"]),
        ("the card is 4539578763621486 and we are two adults and three kids", ["two", "three"]),
        ("card 4539578763621486. I am one short, give me one moment", ["one", "one"]),
    ],
)
def test_numbers_of_other_things_stay_readable(text: str, stays: list[str]) -> None:
    assert left(text) == stays
