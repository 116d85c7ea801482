"""A few digits that correct a number belong to it; the same few digits in other talk stay readable."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (
            "my number is 261-554-3544\nso that's 261 554 3244\nno it's 3544 at the end\noh 3544 got it",
            ("3544", "3244"),
        ),
        ("it's 602 555 8482\ni have 607 555 8482 is that right\nclose but it's 602\nmy mistake", ("602", "607")),
        ("policy number is 26 r 150 75\ni have 26 r 750 75\nno 1507 not 7507\ngot it i fixed that", ("1507", "7507")),
    ],
)
def test_what_corrects_a_number_goes_with_it(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    assert not [digits for digits in gone if digits in shown], shown


@pytest.mark.parametrize(
    "text",
    [
        "my number is 261-554-3544\nthanks\nno 300 dollars is too much for that",
        "my number is 261-554-3544\nokay\nsorry 250 people are before you in the queue",
        "the balance is forty\nno it's 350 at the end of the month",
    ],
)
def test_an_amount_corrects_nothing(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text.rsplit("\n", 1)[-1] == text.rsplit("\n", 1)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "okay i see three charges one for 521 75 and one for 84 dollars",
        "your reference number is t one fifteen four twenty\nlet me write that down t one fifteen four twenty",
        "what's the confirmation\nyeah it's k two two three oh nine five",
        "what age group are you in eighteen to thirty four thirty five to fifty four or over fifty five",
        "what is the last four of your social\n4412\nthe meter shows nine hundred ninety two kilowatt hours",
        "how happy are you with your phone\nten no five",
    ],
)
def test_numbers_of_things_stay_readable(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text
    assert shown == text.replace("4412", "[SSN]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "the medical record number\nit's 276 5867\nhe has 3:10 p.m. free",
            "the medical record number\nit's [MRN]\nhe has 3:10 p.m. free",
        ),
        (
            "the card is 4111 1111 1111 1111\nit will be ready wednesday after two twenty",
            "the card is [CARD]\nit will be ready wednesday after two twenty",
        ),
        (
            "call us at 212 555 0147 we're open seven thirty to four thirty",
            "call us at [PHONE] we're open seven thirty to four thirty",
        ),
    ],
)
def test_times_beside_a_number_stay_readable(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
