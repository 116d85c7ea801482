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
        (
            "routing number\n220 010 807\ni wrote down 220 010 800\nyou said 800 should be 807\noops sorry",
            ("800", "807"),
        ),
        (
            "read me the number\nfive four one nine o two one one more time five four one nine o two one",
            ("five", "nine"),
        ),
        (
            "no that's old the new one is plus fifty two fifty five nine six three seven one five nine",
            ("plus", "fifty"),
        ),
        (
            "routing number\n061\n061\n092\n092\n38\nand the end was 36\nclose it's 38\ngot it",
            ("061", "092", "36", "38"),
        ),
        (
            "your member id\nw three one one\nfive eight oh two\nthe last two were five two\nno no oh two\nsorry",
            ("five", "eight", "oh two"),
        ),
        (
            "A: your number\nB: 661 555 2458\nA: so 669 555 2458\nB: no, the first part is 661\nA: got it, 661",
            ("661", "669"),
        ),
        (
            "A: phone number\nB: 718 555 0141\nA: 719 555 0141\nB: no, the end is oh one four one\nA: oh one four one",
            ("oh", "four"),
        ),
        (
            "A: Your license?\nB: J J 421 903\nA: So J K 421 903?\nB: almost, the first part is jj\nA: got it jj",
            ("J", "jj"),
        ),
        ("number please\n647 922 2000\nreading back 647 912 2000\nit's 922 i said 922\nokay", ("922", "912")),
    ],
)
def test_what_corrects_a_number_goes_with_it(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    assert not [digits for digits in gone if digits in shown], shown


def test_what_calls_for_a_repetition_is_no_part_of_a_number(redactor: Redactor) -> None:
    text = (
        "call eight eight eight three five three five one six three right away again eight eight eight three five three"
    )
    shown = redactor.redact_text(f"{text} five one six three").text
    assert shown == "call [PHONE] right away again [PHONE]"


@pytest.mark.parametrize(
    "text",
    [
        "my number is 261-554-3544\nthanks\nno 300 dollars is too much for that",
        "my number is 261-554-3544\nokay\nsorry 250 people are before you in the queue",
        "my number is 261-554-3544\nokay\nthe end is near\nno it's 9 to 5 on weekdays",
        "my phone bill\nthe last one was 90 dollars\nno it's 35",
        "the balance is forty\nno it's 350 at the end of the month",
    ],
)
def test_an_amount_corrects_nothing(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text.rsplit("\n", 1)[-1] == text.rsplit("\n", 1)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "okay i see three charges one for 521 75 and one for 84 dollars",
        "your order number is t one fifteen four twenty\nlet me write that down t one fifteen four twenty",
        "what age group are you in eighteen to thirty four thirty five to fifty four or over fifty five",
        "what is the last four of your social\n4412\nthe meter shows nine hundred ninety two kilowatt hours",
        "how happy are you with your phone\nten no five",
        "tracking number\nuh it's one z eight five u nine zero three nine zero six four three five seven three",
        "what are you driving\nit's a twenty seventeen silver camry",
        "looks like they used code nine nine two one four and it went to your deductible",
        "there's a fiber cut crew number twenty two\nagain it happened thursday",
        "i can credit nineteen ninety nine\ni want twenty five twenty five",
        "it's a ford f one fifty",
        "my pressure was one twenty five over sixty five yesterday",
        "the bottle says lot number k thirty three nine and it looks different",
        "is that the main office\nyes suite four zero four on the second floor",
        "yeah two hundred m g twice a day\nyour a one c came back at six point two",
        "i'll call you back by eight forty five ask for me",
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
            "what are the three digits on the back\n9 9 2\nit took it that's $134.75 for the lessons",
            "what are the three digits on the back\n[CVV]\nit took it that's $134.75 for the lessons",
        ),
        (
            "what is the security code\none five four\nthirty five to forty minutes\ncheers",
            "what is the security code\n[CVV]\nthirty five to forty minutes\ncheers",
        ),
        (
            "call us at 212 555 0147 we're open seven thirty to four thirty",
            "call us at [PHONE] we're open seven thirty to four thirty",
        ),
    ],
)
def test_times_beside_a_number_stay_readable(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "license plate?\nB.\nGo ahead.\nThen H as in Henry Z 8088.\nthanks",
        "agent: what's the policy number\ncaller: k k\nagent: okay\ncaller: sixteen forty four seven seven",
    ],
)
def test_what_is_read_piece_by_piece_goes_from_its_first_letter_on(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text
    assert "k k" not in shown
    assert "B." not in shown


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("my neighbor is ninety seven and on oxygen", "ninety seven"),
        ("the great aunt who is coming is a hundred and three", "a hundred and three"),
    ],
)
def test_ages_of_relatives_and_neighbors(redactor: Redactor, text: str, age: str) -> None:
    assert age not in redactor.redact_text(text).text


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (
            "your reference number is t one fifteen four twenty\nlet me write that down t one fifteen four twenty",
            "fifteen",
        ),
        ("what's the confirmation\nyeah it's k two two three oh nine five", "three"),
        ("the case reference for this call is three seventy five two thirty eight", "seventy"),
        (
            "your ticket number is eight two o one\neight hang on eight two o one okay\nyes ticket eight two o one",
            "two o",
        ),
        ("your case is number six seven one oh\nsix seven one oh\nyes case six seven one oh keep it", "seven"),
        ("You're all set, confirmation FZ3F5R.", "FZ3F5R"),
        ("Your table is confirmed, number 620471.", "620471"),
        ("the ticket is INC-48213 if you call again", "48213"),
    ],
)
def test_what_a_case_or_call_is_known_by_is_hidden(redactor: Redactor, text: str, gone: str) -> None:
    assert gone not in redactor.redact_text(text).text


def test_what_a_ticket_costs_and_what_is_confirmed_stays(redactor: Redactor) -> None:
    text = "the ticket is 45 dollars\nand the confirmation goes out in 10 minutes\nwith reference to the 3 chairs"
    assert redactor.redact_text(text).text == text
