"""Dates of Spanish and French; weekdays and quarters under Safe Harbor; ZIP codes that are said by digits."""

import pytest

from privity.redact import Redactor, policy_named


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("admise le 4 mars 2025", "admise le [DATE]"),
        ("ingresó el 6 de mayo de 2025", "ingresó el [DATE]"),
        ("née le 4 mars 1931", "née le [DOB]"),
        ("opération 7 août", "opération [DATE]"),
        ("we ate 4 mars bars and 3 mayo packets", "we ate 4 mars bars and 3 mayo packets"),
    ],
)
def test_days_with_a_month_of_another_language(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("né le 5/6/1950, admis le 4 mars 2025", "né le [DOB], admis le 2025"),
        ("nous l'avons vue jeudi dernier", "nous l'avons vue [DATE]"),
        ("el miércoles pasado", "el [DATE]"),
        ("depuis février", "depuis [DATE]"),
        ("labs were worse in the third quarter", "labs were worse in the [DATE]"),
        ("a quarter of the tablet", "a quarter of the tablet"),
        ("her zip code is six zero six one four", "her zip code is 606"),
        ("her zip code is eight three one oh five", "her zip code is 000"),
    ],
)
def test_what_only_safe_harbor_takes_for_a_date_or_leaves(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.under(policy_named("hipaa-safe-harbor")).redact_text(text).text == shown
