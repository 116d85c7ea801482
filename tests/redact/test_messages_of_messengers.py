"""What messengers write before each line: the day, the hour and who wrote it."""

import pytest

from privity.redact import Redactor, policy_named

FORMS = (
    "{day}, 19:02 - {who}: ",
    "[{day}, 19:02:13] {who}: ",
    "[{day}, 7:02:13 PM] ~ {who}: ",
    "{day}, 7:02 PM - {who}: ",
    "[{day} 19:02] {who}: ",
)
DAYS = ("21/12/2025", "12/21/25", "21.12.25", "2025-12-21", "21/12")
SAID = ("what was the card", "4242 4242", "and then", "4242 4242 yes", "thank you so much")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("day", DAYS)
def test_lines_of_messengers_are_turns_and_their_days_are_hidden(redactor: Redactor, form: str, day: str) -> None:
    who = ("Oyelaran", "Birgitta Sund")
    text = "\n".join(form.format(day=day, who=who[at % 2]) + said for at, said in enumerate(SAID))
    redacted = redactor.redact_text(text).text
    assert not any(value in redacted for value in (day, *who, "4242"))
    assert "02" in redacted, "the hour stays"
    assert "what was the card" in redacted
    assert "thank you so much" in redacted


def test_the_day_of_a_message_keeps_its_year_where_years_stay(redactor: Redactor) -> None:
    lines = ("02 - Oyelaran: hello there", "03 - Birgitta: hello", "04 - Oyelaran: so")
    text = "\n".join(f"21/12/2025, 19:{line}" for line in lines)
    redacted = redactor.under(policy_named("hipaa-safe-harbor")).redact_text(text).text
    assert "21/12" not in redacted
    assert "Oyelaran" not in redacted


def test_a_log_is_no_talk(redactor: Redactor) -> None:
    text = "2025-12-21 19:02:11 ERROR: disk full\n2025-12-21 19:02:12 WARN: retry\n2025-12-21 19:02:13 ERROR: disk full"
    assert "ERROR: disk full" in redactor.redact_text(text).text
