"""Days as British notes have them, the day before the month, and days of the month behind a weekday in short."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GP please: sutures out 14/01, bloods in 2/52.", "GP please: sutures out [DATE], bloods in 2/52."),
        ("Apixaban withheld since 19/9, eGFR 41.", "Apixaban withheld since [DATE], eGFR 41."),
        ("Supervision on Fri 12th.", "Supervision on Fri [DATE]."),
        ("reviewed Thurs 14th and Wed 3rd", "reviewed Thurs [DATE] and Wed [DATE]"),
        ("open 24/7 on 16/9 screens, sight 20/10", "open 24/7 on 16/9 screens, sight 20/10"),
        ("He scored 18/20, pain 15/10", "He scored 18/20, pain 15/10"),
        ("Mon 1st floor, the 12th floor, Fri 9am", "Mon 1st floor, the 12th floor, Fri 9am"),
    ],
)
def test_days_are_told_from_figures(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
