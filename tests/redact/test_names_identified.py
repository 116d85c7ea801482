"""Names that are told by the number, date or age behind them, and those that a hyphen or a particle makes longer."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BLOOM, NOLAN MRN 771203 ADM", "BLOOM, NOLAN"),
        ("MERCER, DAISY MRN 44-1209", "MERCER, DAISY"),
        ("Admit note: Mark Okafor, SSN 212-34-5678, stable.", "Mark Okafor"),
        ("IRIS LONG 11/27/1979 - is the film back?", "IRIS LONG"),
        ("STONE, IVAN MRN 55 ATT Adeyemi RM 12", "Adeyemi"),
        ("The plan covers Guy Bishop and his son.", "Guy Bishop"),
        ("Pt came in with Mi-sook, her aunt.", "Mi-sook"),
        ("what did they decide about van Dijk's drain?", "van Dijk"),
    ],
)
def test_names_are_hidden_with_all_that_belongs_to_them(redactor: Redactor, text: str, name: str) -> None:
    assert name in [text[span.start : span.end] for span in redactor.detect_text(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Follow Up and Page Two are in the Summer Camp folder.",
        "the Yankauer-tip broke, use the Foley-cath",
        "Post Op, MRN pending",
    ],
)
def test_what_is_no_name_stays_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
