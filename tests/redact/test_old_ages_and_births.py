"""Ages of 90 and more in other languages and with their months, and years of birth, however they are told."""

import pytest

from privity.redact import Redactor, policy_named


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mi abuelo tiene 94 años", "mi abuelo tiene [AGE] años"),
        ("tengo noventa y dos años", "tengo [AGE] años"),
        ("Edad: 97", "Edad: [AGE]"),
        ("elle a quatre-vingt-douze ans", "elle a [AGE] ans"),
        ("il a cent deux ans", "il a [AGE] ans"),
        ("es nonagenaria", "es [AGE]"),
        ("tiene ochenta y nueve años", "tiene ochenta y nueve años"),
        ("elle a quatre-vingts ans", "elle a quatre-vingts ans"),
        ("hace 94 años", "hace 94 años"),
        ("il y a cent ans", "il y a cent ans"),
        ("el centenario de la ciudad", "el centenario de la ciudad"),
        ("patient, 104 years and 2 months old", "patient, [AGE] years and 2 months old"),
        ("ninety one years, five months of age", "[AGE] years, five months of age"),
        ("the house is 104 years and 2 months old", "the house is 104 years and 2 months old"),
        ("she's what ninety two now ninety three in june", "she's what [AGE] now [AGE] in [DATE]"),
        ("he's the young one i'm ninety five ha ha", "he's the young one i'm [AGE] ha ha"),
        ("it is ninety three in june out there", "it is ninety three in june out there"),
    ],
)
def test_ages_of_ninety_and_more(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("he was born around 1923", "he was born around [DOB]"),
        ("she was born about nineteen twenty one", "she was born about [DOB]"),
        ("b. 1923", "b. [DOB]"),
        ("née en 1923", "née en [DOB]"),
        ("née vers 1923", "née vers [DOB]"),
        ("né le 3/4/1923", "né le [DOB]"),
        ("nacida el 3/4/1923", "nacida el [DOB]"),
        ("the clinic opened around 1923", "the clinic opened around 1923"),
        ("she was born around 1900 hours", "she was born around 1900 hours"),
    ],
)
@pytest.mark.parametrize("policy", ["calls", "hipaa-safe-harbor"])
def test_years_of_birth(redactor: Redactor, policy: str, text: str, shown: str) -> None:
    assert redactor.under(policy_named(policy)).redact_text(text).text == shown
