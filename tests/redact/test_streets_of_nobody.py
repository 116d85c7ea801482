"""Numbers and words that only look like a street, or stand beside one, stay readable; the address itself is hidden."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    "said",
    [
        "A: where do they sleep\nB: we have four labradors and a husky",
        "A: what's your address\nB: i told them ten times already",
        "A: the fine\nB: two hundred eleven plus court costs",
        "A: how big is the house\nB: forty one hundred square feet",
        "A: What's the estimate on lot 512?\nB: Lot 77 is a clock.",
        "A: which one\nB: there's a recall, lot C30117",
        "A: which bus\nB: route 41 stop six",
        "Which table of ESMO 2021 lists it?",
        "He is survived by his aunt Delphine and four cousins.",
    ],
)
def test_what_is_no_street_stays(redactor: Redactor, said: str) -> None:
    found = redactor.redact_text(said)
    assert [span.finding.label.value for span in found.spans if span.finding.label.value in {"ADDRESS", "ZIP"}] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "A: Where are you staying?\nB: At 410 West Harbor Street. Room 212, under my name.",
            "A: Where are you staying?\nB: At [ADDRESS]. Room 212, under my name.",
        ),
        ("A: yes\nB: three vans corner of elm street", "A: yes\nB: three vans corner of [ADDRESS]"),
        (
            "A: what address\nB: 992 Granite Circle\nA: It's showing an old one, 992 Granite Circle.",
            "A: what address\nB: [ADDRESS]\nA: It's showing an old [ADDRESS], [ADDRESS]",
        ),
        (
            "Bonjour, je m'appelle Luc Petit, j'habite 14, boulevard Carnot, 11972 Cahors.",
            "Bonjour, je m'appelle [NAME], j'habite [ADDRESS].",
        ),
        ("A: what county\nB: it says maricopa", "A: what county\nB: it says [LOCATION]"),
        ("A: where do you live\nB: lot fourteen at the pines", "A: where do you live\nB: lot [ADDRESS] at the pines"),
        ("Lay it by the gate of 412 North Elm Drive. Press four.", "Lay it by the gate of [ADDRESS] Press four."),
    ],
)
def test_an_address_ends_where_it_ends(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown
