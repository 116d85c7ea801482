"""Codes of several pieces behind the word that says what they number, in letters, forms and files."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Our ref: QTB/FNK.5582-3\nDear Ms Oyelaran,", "QTB/FNK.5582-3"),
        ("Class VII-C, Admn. No. KL/23/5071, absent", "KL/23/5071"),
        ("an order in file 31-PA-FA-22-4417, good for two years", "31-PA-FA-22-4417"),
        ("Taken: one laptop, s/n 8KR2ZM5, and a bag", "8KR2ZM5"),
        ("Her registration (PH 229385) is current.", "PH 229385"),
        ("The tenancy is registered with the board as RT-3312-558219.", "RT-3312-558219"),
        ("wasted 50 mcg, witness #P31825.", "P31825"),
        ("RUN 25-229941  UNIT Medic 4", "25-229941"),
        ("Employee No. 0059-BRN-842", "0059-BRN-842"),
        ("OPD No. Z-2917/25", "Z-2917/25"),
        ("we pay the lienholder, loan 8841153729-L2, first", "8841153729-L2"),
    ],
)
def test_a_code_behind_what_it_numbers_is_hidden(redactor: Redactor, text: str, gone: str) -> None:
    assert gone not in redactor.redact_text(text).text


@pytest.mark.parametrize(
    "text",
    [
        "See ref. 2.4 of the manual, reg. 5, and file 3.2.",
        "Ref: 45 CFR 164.514, and Form 7734BX",
        "certificate with SHA-256, serial port COM3, run 3x/day",
        "the part no. AB-1234-C and the model no. X-2200/4",
        "complaint 24-hour line, case-insensitive, member since 2019-20",
        "in file utils2024.py the case was 3-2-1",
    ],
)
def test_what_numbers_things_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
