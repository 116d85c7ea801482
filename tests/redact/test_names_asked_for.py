"""Names that are asked for, said again, initialled, and words beside them that are nobody's."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Bed alarm on. T. Ostrander, RN", ("T.", "Ostrander")),
        ("Name? Aurelio, middle initial V, Banks.", ("Aurelio", " V", "Banks")),
        ("First: Kasper   MI: W", ("Kasper", " W")),
        ("Hi, this is for Brandy Ostrowski. Brandy, it's the office.", ("Brandy",)),
        ("okay now let me see here i have amara ibekwe\nyes thats me", ("amara", "ibekwe")),
        ("thanks for calling harbor dental you're speaking with grace may i have your name", ("grace",)),
    ],
)
def test_who_it_is_is_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("turkey with jack cheese and sixteen penny nails", "jack cheese and sixteen penny nails"),
        ("my middle initial is on the form", "my middle initial is on"),
        ("A: who do i ask for if i call back\nB: ask for sue", "i ask for if"),
        ("A: your name please last name first\nB: young cody", "last name first"),
        ("okay see you soon", "soon"),
        (">> And your name?\n>> First name and last, Monique Kealoha.", "First name and last"),
    ],
)
def test_what_is_said_beside_it_stays(redactor: Redactor, text: str, kept: str) -> None:
    assert kept in redactor.redact_text(text).text
