"""Codes that are letters and hardly a digit, and each echo of a number in pieces; and words that are neither."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "and the swift or bic code\nk as in kilo w as in whiskey x x\nokay",
            "and the swift or bic code\n[BANK_ACCOUNT]\nokay",
        ),
        (
            "so the swift code\nit's h lima tango u papa lima three\nokay",
            "so the swift code\nit's [BANK_ACCOUNT]\nokay",
        ),
        ("your n i number\nq q one two three four five six c\nokay", "your n i number\n[ID]\nokay"),
        ("i need the iban\npapa lima four two two eight forty two eighty one\nokay", "i need the iban\n[IBAN]\nokay"),
        (
            "we swapped the swift for a van and bic pens cost 12 dollars",
            "we swapped the swift for a van and bic pens cost 12 dollars",
        ),
    ],
)
def test_codes_of_letters(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_every_echo_of_a_number_in_pieces_is_hidden(redactor: Redactor) -> None:
    said = ("what's a good number", "413", "413", "555", "555", "2298", "2298, thanks", "anything else")
    speakers = ("Agent", "Caller") * 4
    text = "\n".join(f"{speaker}: {line}" for speaker, line in zip(speakers, said, strict=True))
    shown = redactor.redact_text(text).text
    assert not [piece for piece in ("413", "555", "2298") if piece in shown]


def test_other_small_numbers_near_a_number_in_pieces_stay(redactor: Redactor) -> None:
    text = "Agent: your phone number\nCaller: 413\nAgent: uh huh\nCaller: 555 2298\nAgent: 55 people wait before you"
    assert redactor.redact_text(text).text.endswith("55 people wait before you")
