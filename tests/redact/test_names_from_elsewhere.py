"""Given names that no census of English-speaking countries lists, alone where a list has to know them."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Did the roofers come?\nRakesh always sends them on Mondays.", ["Rakesh"]),
        ("Is the lift working?\nGurdeep, the code again please.", ["Gurdeep"]),
        ("Left it with Tigist by the door.", ["Tigist"]),
        ("so it's either soyeon or the intern who locks up", ["soyeon"]),
        ("Harpreet: Did the parcel come?\nAgent: Not yet.", ["Harpreet"]),
    ],
)
def test_given_names_from_elsewhere_are_hidden(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden
