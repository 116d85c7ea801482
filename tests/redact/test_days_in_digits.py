"""Dates without the name of a month: eight digits in a row, a month and a day behind a birth or a visit."""

import pytest

from privity.redact import Redactor, policy_named
from privity.redact.documents import redact_document


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Date of service: 20240118.", "Date of service: [DATE]."),
        ("Admitted 20240118, discharged 20240121.", "Admitted [DATE], discharged [DATE]."),
        ("Dates of service 20240118-20240121", "Dates of service [DATE]"),
        ("date of order 20240118", "date of order [DATE]"),
        ("Her last visit was on 20240118 with labs", "Her last visit was on [DATE] with labs"),
        ("When was the surgery? 20240118", "When was the surgery? [DATE]"),
        ("fecha de ingreso: 20240118", "fecha de ingreso: [DATE]"),
        ("arrived 202401180930 by ambulance", "arrived [DATE] by ambulance"),
        ("born 19460731", "born [DOB]"),
        ("The visit was logged by build 20240118", "The visit was logged by build 20240118"),
        ("We started with version 20240118 on Monday", "We started with version 20240118 on Monday"),
    ],
)
def test_eight_digits_are_a_day(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_of_eight_digits_the_year_stays_under_safe_harbor(redactor: Redactor) -> None:
    harbor = redactor.under(policy_named("hipaa-safe-harbor"))
    assert harbor.redact_text("Date of service: 20240118").text == "Date of service: 2024"


def test_eight_digits_under_a_name_of_days_are_a_day(redactor: Redactor) -> None:
    rows = redact_document(redactor, "csv", b"id,date,dx\n1,20240118,flu\n2,20241399,flu\n").content
    assert rows == b"id,date,dx\n1,[DATE],flu\n2,20241399,flu\n"
    fields = redact_document(redactor, "json", b'{"createdDate": 20240118, "build": "20240118"}').content
    assert b'"[DATE]"' in fields
    assert b'"20240118"' in fields


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("DOB: 6/6", "DOB: [DOB]"),
        ("d.o.b. 2/3", "d.o.b. [DOB]"),
        ("her birthday: 2/3.", "her birthday: [DOB]."),
        ("My birthday is on 10/10, yes", "My birthday is on [DOB], yes"),
        ("Next appointment 2/3", "Next appointment [DATE]"),
        ("Appt: 2/3 10:30", "Appt: [DATE] 10:30"),
        ("last seen 4/4 for a cough", "last seen [DATE] for a cough"),
        ("We have seen 2/3 of the film", "We have seen 2/3 of the film"),
        ("The appointment book is 3/4 full", "The appointment book is 3/4 full"),
    ],
)
def test_a_month_and_a_day_behind_a_birth_or_a_visit(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("it happened on may twenty two thousand three", "it happened on [DATE]"),
        ("discharged october thirty two thousand and eleven and then rehab", "discharged [DATE] and then rehab"),
        ("his birthday is the twenty of june two thousand six", "his birthday is [DOB]"),
        ("in august twenty two thousand people came", "in august twenty two thousand people came"),
        ("sales in april thirty two thousand dollars", "sales in april thirty two thousand dollars"),
    ],
)
def test_a_ten_before_two_thousand_is_a_day(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_the_year_of_a_day_that_is_a_ten_is_read(redactor: Redactor) -> None:
    harbor = redactor.under(policy_named("hipaa-safe-harbor"))
    assert harbor.redact_text("seen on june thirty nineteen ninety two").text == "seen on 1992"
    assert harbor.redact_text("fell on may twenty two thousand three").text == "fell on 2003"
