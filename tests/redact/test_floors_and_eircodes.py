"""Floors and buildings before a street, and Irish postal codes."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("4th Floor, Wheat Exchange House, 9 Quay Street, Leeds LS1 4AB", ("4th", "Wheat", "Quay", "LS1 4AB")),
        ("write to Flat 3, Harbour Court, 12 Marine Road, Bray, A98 K7X4", ("Flat 3", "Harbour", "Marine", "A98 K7X4")),
        ("Suite 400, Lincoln Tower, 88 Pine St, Denver", ("Suite 400", "Lincoln Tower", "Pine")),
        ("She lives in Carrigaline, Co. Cork, P43 XV28.", ("P43 XV28",)),
        ("deliver to D6W NH73 please", ("D6W NH73",)),
    ],
)
def test_what_is_written_around_a_street_is_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for piece in gone:
        assert piece not in shown


@pytest.mark.parametrize("text", ["valves T12 and A98, pump D6W", "the code a12 wk93 of the valve"])
def test_what_only_looks_so_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
