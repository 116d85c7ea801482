"""Numbers that are read in pieces behind a question: with letters, restarts, and words that were misheard."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("my phone number is two zero time, time, time, seven, one time, three", "my phone number is"),
        (
            "agent: the case number please\ncaller: a seven k let me start over a seven k two\nagent: ok",
            "let me start over",
        ),
        ("agent: your member i d\ncaller: b as in in boat r r\nagent: go on\ncaller: b r r six oh", "go on"),
        ("Clerk: And the plate?\nDriver: I wrote it down, it's QKVM 407, Ohio.\nClerk: Thanks.", "I wrote it down"),
        ("agent: and the member id on the card\ncaller: it's b r r\nagent: go on\ncaller: six oh two", "go on"),
        ("agent: last four of your social insurance number\ncaller: seven oh two\nagent: thanks", "thanks"),
    ],
)
def test_no_piece_of_a_number_stays(redactor: Redactor, text: str, stays: str) -> None:
    shown = redactor.redact_text(text).text
    assert stays in shown
    answer = shown.lower().replace(",", " ").replace(".", " ").split()
    pieces = {"two", "zero", "time", "seven", "one", "three", "k", "b", "r", "boat", "six", "oh", "qkvm", "407"}
    assert not pieces & set(answer)


@pytest.mark.parametrize(
    "text",
    [
        "my membership is three hundred eighty nine dollars and i pay nine to seven",
        "the account was charged one point two five million",
        "i have a new policy and a new one to go with it at two or three",
        "the case has two or three bottles in it and the plate is hot",
        "your account is fine and the cutoff for it is two p m",
        "on the account we looked at the g t i they want thirty for it",
        "what is the serial number. i have none. a man comes between 9 and 12. fine",
        "do you have the citation? no. okay, be there at 2:15 in department 7.",
        "with your case number he's in room two oh five",
        "is that on your record, mostly fours and fives, one or two",
        "do you have the tag? it's lost, it's a 2017 Corolla.",
        "and which range is your age: 18 to 34, 35 to 54, 55 to 64, or 65 and above?",
        "what is your jersey number nineteen was taken",
    ],
)
def test_amounts_behind_the_same_words_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
