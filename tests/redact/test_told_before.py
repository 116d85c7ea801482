"""Parts of numbers that are said before what they are a part of."""

import pytest

from privity.redact.redactor import Redactor

TOLD = (
    ("it's 3157, the last four of my social", "it's [SSN], the last four of my social"),
    ("it's three one five seven the last four of her social", "it's [SSN] the last four of her social"),
    ("3157 those are the last four digits of his ssn", "[SSN] those are the last four digits of his ssn"),
    ("thirty one fifty seven is what my social ends in", "[SSN] is what my social ends in"),
    ("yeah 3157 and that's my last four", "yeah [SSN] and that's my last four"),
    ("my last four is three one five oh", "my last four is [SSN]"),
    ("i can give you the last four, 3157", "i can give you the last four, [SSN]"),
    ("318 are the first three of my social", "[SSN] are the first three of my social"),
    ("3157, the last four of my account number", "[ACCOUNT], the last four of my account number"),
    ("six one eight those are the three digits on the back", "[CVV] those are the three digits on the back"),
)
INNOCENT = (
    "it costs 3157 and i forgot the last four of my social",
    "room 3157, the last four of my social i won't say",
    "in 2019 the last four of my social got out",
    "3157 is my last four payments together",
    "the last four are 2019 models",
    "that's thirty one fifty for the last four of your orders",
    "it was 30 degrees the first of my account worries",
    "i paid $3157, the last four of my account statements say so",
)


@pytest.mark.parametrize(("text", "shown"), TOLD)
def test_digits_are_hidden_before_what_they_are(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize("text", INNOCENT)
def test_digits_of_other_things_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
