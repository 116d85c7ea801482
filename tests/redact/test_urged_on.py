"""Numbers that are read while somebody urges on, in one line that does not say who speaks."""

import pytest

from privity.redact.redactor import Redactor

READ = (
    (
        "what's your social it's two okay next four one sorry i missed that three hold on eight eight could you slow"
        " six six oh one thanks => two|four one|three|eight eight|six six oh one"
    ),
    (
        "can i get the account number sure four seven let me find a pen okay two thousand one hundred fifteen go ahead"
        " nine oh okay and your appointment is at nine thirty => four seven|two thousand one hundred fifteen|nine oh"
    ),
    (
        "a callback number please it's 4 1 5 say that again five five five the line is bad twelve mm-hm sixty six okay"
        " => 4 1 5|five five five|twelve|sixty six"
    ),
    (
        "read me the card number five one two say that again four two two six seven okay got that one mm-hm okay thirty"
        " could you speak up five hundred and fifty i'm listening five two nine thanks"
        " => five one two|four two two six seven|one|thirty|fifty|five two nine"
    ),
)
INNOCENT = (
    "you can reach me at the office okay any time right after five okay",
    "what's the account number okay we're open nine to five okay call before two",
    "the card went through okay go ahead with two adults okay three kids and one infant",
    "my phone broke okay i had it two years okay paid nine hundred for it okay and now one crack",
    "my account is late okay it's two hundred dollars and then fifty more okay and nine in fees",
)


@pytest.mark.parametrize("told", READ)
def test_every_piece_is_hidden_whatever_urges_on_between(redactor: Redactor, told: str) -> None:
    text, _, read = told.partition(" => ")
    shown = f" {redactor.redact_text(text).text} "
    assert not [value for value in read.split("|") if f" {value} " in shown]


def test_what_is_said_behind_a_number_stays(redactor: Redactor) -> None:
    price = "okay that's nineteen ninety nine a month"
    text = f"my social is four two okay seven one okay eight eight go on two one three {price}"
    assert redactor.redact_text(text).text.endswith(price)


@pytest.mark.parametrize("text", INNOCENT)
def test_numbers_of_other_things_beside_such_words_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
