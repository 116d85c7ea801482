"""No complete card number, social security number or security code survives, whatever stands between its digits."""

import re

import pytest

from privity.redact import Redactor, Turn

CARDS = (
    "first part is six two two zero, second group is eight six seven four, third set is 5581, fourth part is 7372",
    "charge it to 46 39 nine four double five seventy six two five you know eighty-one yeah eight seven",
    f"card: press 4, {', '.join(['press 1'] * 15)}",
    "charge it to 4233|0917|3246|9002",
    "4111$1111$1111$1111",
    "4111%1111%1111%1111",
    "q=4111%201111%201111%201111&x=y",
    "q=3782+822463+10005&x=y",
    "`5` `1` `0` `3` `0` `1` `4` `4` `1` `2` `6` `6` `8` `0` `0` `2`",
    "it's 36&nbsp;37&nbsp;31&nbsp;28&nbsp;15&nbsp;33&nbsp;59",
    "four\nfour\none\neight\nfour\nnine\nthree\nthree\none\nnine\neight\nseven\nnine\nfive\nthree\nseven and that's it",
    "36 06 76 B6 06 52 33",
    "number 44BB 3960 O866 9",
    "FourFiveNineNineEightOneFiveEightFourTwoFourThreeFiveZeroEightSevenEightNineTwo",
)
NUMBERS_OF_PEOPLE = (
    "ss# three nine zero, nine three five, three seven six",
    "SSN: first set is three six, second set is 36, third group is one four, fourth group is 723",
    "ss# 71 | 87 | 81 | 925",
    "q=123%2D45%2D6789&x=y",
    "my ssn is press 7, press 9, press 3, press 1, press 1, press 7, press 6, press 9, press 8",
    "my sin is 046454286",
    "ss# (519665942)",
    "ss# 237-7I-7961",
    "my social is onezeroonesixthreesevenfiveeightzero",
    "a: your social please\nb: three seven zero six seven nine\na: sorry, what was that last part?\nb: four five six",
    "a: the ssn please\nb: 122.\na: could you say that more slowly\nb: my glasses, 736.\na: mm\nb: the dog, 648",
    "a: your social please\nb: 370 67\na: sorry, what was that last part?\nb: 9456",
)
CODES = (
    "cvv number is three hundred and forty-six",
    "cvc: nine one followed by nine",
    "my security code's first part is five, second group is 45",
    "security code is one so eight you know seven",
    "cvv number is O59",
    "cvv number is first part is 284",
    "cvv is fiveseveneight",
    "the code on the back\nFourOhOne\nthanks",
)
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "hundred", "forty"]


def left(text: str) -> int:
    return sum(map(str.isdigit, text)) + sum(word in DIGITS for word in re.findall("[a-z]+", text.lower()))


@pytest.mark.parametrize("between", ["sorry, what was that last part?", "one moment, the system is slow today", "mm"])
def test_a_card_goes_on_behind_an_aside(redactor: Redactor, between: str) -> None:
    pieces = ("six oh one", "then one nine nine", "two three five", "two five nine", "the dog barks, five three three")
    said = f"\na: {between}\nb: ".join((*pieces, "six"))
    redacted = redactor.redact_text(f"a: what's the card number\nb: {said}")
    assert left(redacted.text.replace(between, "")) == 0


@pytest.mark.parametrize("text", CARDS)
def test_no_card_number_survives(redactor: Redactor, text: str) -> None:
    redacted = redactor.redact_text(text)
    assert left(redacted.text) == 0
    assert "CARD" in {span.finding.label for span in redacted.spans}


@pytest.mark.parametrize("text", NUMBERS_OF_PEOPLE)
def test_no_social_security_number_survives(redactor: Redactor, text: str) -> None:
    redacted = redactor.redact_text(text)
    assert left(redacted.text) == 0
    assert {span.finding.label for span in redacted.spans} == {"SSN"}


@pytest.mark.parametrize("text", CODES)
def test_no_security_code_survives(redactor: Redactor, text: str) -> None:
    redacted = redactor.redact_text(text)
    assert left(redacted.text) == 0
    assert {span.finding.label for span in redacted.spans} == {"CVV"}


def test_a_card_goes_on_while_the_other_side_repeats_every_digit(redactor: Redactor) -> None:
    digits = ["four", *["one"] * 15]
    turns = [Turn(speaker="caller", text="charge it to")]
    for digit in digits:
        turns += [Turn(speaker="caller", text=digit), Turn(speaker="agent", text=f"{digit}, i'm listening")]
    said = " ".join(turn.text for turn in redactor.redact_turns(turns).turns if turn.speaker == "caller")
    assert left(said) == 0


def test_numbers_of_nothing_in_a_row_stay(redactor: Redactor) -> None:
    for text in (
        "blood pressure 120 over 80, pulse 72, temperature 98.6, weight 180 pounds, height 71 inches",
        "press 1 for sales, press 2 for service, press 3 for billing, press 4 for parts, press 5 for anything else",
        "it's a sin to waste 3 hours",
        "the first one is 40, the second is 45 and the third is 50 dollars",
    ):
        assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1EG4 TE5 MK73", "HEALTH_PLAN"),
        ("RAMQ TREM 8501 1512", "HEALTH_PLAN"),
        ("TREM85011512", "HEALTH_PLAN"),
        ("ohip 1234 567 890", "HEALTH_PLAN"),
        ("001A.2B3C.4D5E", "DEVICE"),
        ("postgres://user:secret@db/main", "URL"),
        ("Authorization: Bearer abcdef123456", "PASSWORD"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----", "PASSWORD"),
    ],
)
def test_written_forms_of_health_numbers_and_secrets_go(redactor: Redactor, text: str, label: str) -> None:
    [span] = redactor.detect_text(text)
    assert (span.finding.label, span.end) == (label, len(text))
