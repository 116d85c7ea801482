"""Decimals, hours, prices, ages and fields beside an open question for a number are no digits of it."""

import pytest

from privity.redact import Redactor

_CARD = "A: card number\nB: 4111 1111 1111 1111\nA: exp\nB: 11/29\n"
_HIDDEN = "A: card number\nB: [CARD]\nA: exp\nB: [EXPIRY]\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            f"{_CARD}A: her hemoglobin was eleven point eight and it was twelve point five in may",
            f"{_HIDDEN}A: her hemoglobin was eleven point eight and it was twelve point five in may",
        ),
        (f"{_CARD}A: I moved it to my 401k", f"{_HIDDEN}A: I moved it to my 401k"),
        (
            "A: last four of your social\nB: sure, my kids are five and sixteen, hold on\nB: four four one two",
            "A: last four of your social\nB: sure, my kids are five and sixteen, hold on\nB: [SSN]",
        ),
        (
            "A: What's the account number?\nB: it said five hundred fifty six ninety nine on the bill",
            "A: What's the account number?\nB: it said five hundred fifty six ninety nine on the bill",
        ),
        ("A: and your pin?\nB: 12:55", "A: and your pin?\nB: [PASSWORD]"),
        ("A: and a pin for pickup\nB: she gets out at 12:55", "A: and a pin for pickup\nB: she gets out at 12:55"),
        (
            "A: your license and when does it expire\nB: they close at four thirty",
            "A: your license and when does it expire\nB: they close at four thirty",
        ),
        (
            "A: the three on the back\nB: is that the 3 on the back? 903",
            "A: the three on the back\nB: is that the 3 on the back? [CVV]",
        ),
        (
            "A: the desk shuts at five. Call three one two five five five oh one nine nine.",
            "A: the desk shuts at five. Call [PHONE].",
        ),
        ("A: the phone's 312 555 0199. Oh no, wait.", "A: the phone's [PHONE]. Oh no, wait."),
        (
            "She came in a nineteen ninety eight Corolla, plate K L M four two seven.",
            "She came in a nineteen ninety eight Corolla, plate [VEHICLE].",
        ),
        (
            "A: your email?\nB: oduya at icloud dot com\nA: let me read it back phonetically. oduya at icloud dot com?",
            "A: your email?\nB: [EMAIL]\nA: let me read it back phonetically. [EMAIL]?",
        ),
        (
            "A: your email?\nB: oduya at icloud dot com\nA: Is it still oduya at icloud dot com?",
            "A: your email?\nB: [EMAIL]\nA: Is it still [EMAIL]?",
        ),
        (
            "A: my lottery numbers are four, forty one, nineteen, thirty one, six",
            "A: my lottery numbers are four, forty one, nineteen, thirty one, six",
        ),
        ("A: On the box the barcode reads 700351884209.", "A: On the box the barcode reads 700351884209."),
        ("A: Which code year?\nB: We're on the 2021 rules", "A: Which code year?\nB: We're on the 2021 rules"),
        (
            "A: they have real plates\nB: and dumbbells up to one twenty",
            "A: they have real plates\nB: and dumbbells up to one twenty",
        ),
        (
            "The plate was KLM 427. She drives a red 2014 Corolla.",
            "The plate was [VEHICLE]. She drives a red 2014 Corolla.",
        ),
        ("A: your plate?\nB: the plates are BXV 229", "A: your plate?\nB: the plates are [VEHICLE]"),
        ("Our model RX-530 needs 12 V and 3.1 amps", "Our model RX-530 needs 12 V and 3.1 amps"),
        ("our desk\nO: (312) 555-0177 | F: 312.555.0178", "our desk\nO: [PHONE] | F: [PHONE]"),
        ("Passport no. 448698344 | Sex F", "Passport no. [LICENSE] | Sex F"),
        ("tel +31 20 794 0011; 9 crates on a pallet", "tel [PHONE]; 9 crates on a pallet"),
        ('{"phone":"312-555-0144","color":"red","rooms":3}', '{"phone":"[PHONE]","color":"red","rooms":3}'),
        ("A: Load number?\nB: 7730162", "A: Load number?\nB: 7730162"),
        (
            "A: another ninety nine fifty\nB: till what time\nA: nine thirty at the latest",
            "A: another ninety nine fifty\nB: till what time\nA: nine thirty at the latest",
        ),
    ],
)
def test_what_is_no_digit_of_a_number_stays(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "A: the card number\nB: four one one one\nA: mm hmm\nB: two two\nA: yes\nB: two two three three",
        "A: the unit number\nB: six nine b\nA: yep\nB: nine nine eight four four",
        "A: the code on the back\nB: it's four two oh",
        "A: what stands below the barcode?\nB: q nine four w two two seven nine four\nA: q nine four w fine",
        "A: your pin?\nB: it's seven two nine one",
        "A: account number\nB: five hundred fifty six ninety nine twelve eleven",
    ],
)
def test_digits_that_are_read_on_stay_hidden(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text
    assert not {"four", "nine", "two"} & {*shown.replace("\n", " ").split()}
