"""Versions, threads, lines of sources and zones of hours in logs are nobody's, whatever was announced before them."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            'GET /x?dob=1988-02-09 HTTP/1.1" 302 0 "-" "Mozilla/5.0" Firefox/128.4.0',
            'GET /x?dob=[DOB] HTTP/1.1" 302 0 "-" "Mozilla/5.0" Firefox/128.4.0',
        ),
        ("[pool-9080-thread-3] ssn=532-11-4407 rejected", "[pool-9080-thread-3] ssn=[SSN] rejected"),
        ("phone 415 555 0199 at Intake.save(Intake.java:88)", "phone [PHONE] at Intake.save(Intake.java:88)"),
        ("at 17:42 +0530, call +354 555 0194", "at 17:42 +0530, call [PHONE]"),
        ("listening on 127.0.0.1, from 198.51.100.23", "listening on 127.0.0.1, from [IP]"),
    ],
)
def test_figures_of_programs_stay(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("member-88213-x is in room/415-555-0199", ("88213", "0199")),
        ("card/4111111111111111, ssn/532-11-4407", ("4111", "532")),
    ],
)
def test_numbers_of_people_do_not(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for piece in gone:
        assert piece not in shown
