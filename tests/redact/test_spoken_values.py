"""Values as callers say them, in words of our own: days without months, births in pieces, ages."""

import pytest

from privity.redact.labels import Label
from privity.redact.redactor import Redactor

SAID = (
    ("can you come in on the fourteenth", Label.DATE, "fourteenth"),
    ("let's do tuesday the sixth instead", Label.DATE, "sixth"),
    ("it moved from the third to the seventeenth", Label.DATE, "seventeenth"),
    ("the eighteenth or the ninth\nninth please\nokay\nbye", Label.DATE, "ninth"),
    ("we need the form the second week of october", Label.DATE, "the second week of october"),
    ("birthday\num the ninth of the fourth sixty eight\nokay\nthanks", Label.DOB, "ninth of the fourth sixty eight"),
    (
        "date of birth\none moment\nnovember uh the eleventh thirty three\nthanks",
        Label.DOB,
        "november uh the eleventh thirty three",
    ),
    ("my dad he's turning ninety one", Label.AGE, "ninety one"),
    ("how old is your mother\nninety four\noh my\nyes", Label.AGE, "ninety four"),
)
INNOCENT = (
    "it's on the second floor and the third door",
    "this is the fourth time and the fifth one broke",
    "just a second i'll take the first or the third",
    "he's in the tenth grade and she came in fifth",
    "that's ninety two dollars or ninety percent of it",
)


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor()


@pytest.mark.parametrize(("text", "label", "value"), SAID)
def test_what_is_said_is_hidden_as_what_it_is(redactor: Redactor, text: str, label: Label, value: str) -> None:
    found = [(span.finding.label, text[span.start : span.end]) for span in redactor.detect_text(text)]
    assert (label, value) in found


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_sounds_alike_stays_readable(redactor: Redactor, text: str) -> None:
    assert redactor.detect_text(text) == ()
