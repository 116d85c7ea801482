"""Addresses that are read over several turns, asked for part by part, confirmed, or told by whoever calls."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("A: what's the service address\nB: four twelve west\nA: uh huh\nB: sycamore", ("west", "sycamore")),
        ("A: what's the address there\nB: it's 2218\nA: 2218\nB: larkmoor\nA: thanks", ("2218", "larkmoor")),
        (
            "A: where do we deliver it\nB: sixteen forty\nA: okay\nB: southeast\nA: okay\nB: alder",
            ("southeast", "alder"),
        ),
        ("the street address\n\nseven thirty one\n\nokay\n\nnorth\n\nmm-hm\n\ngranger", ("seven", "north", "granger")),
        ("A: so 31 tilden street is that upstairs or downstairs\nB: downstairs", ("upstairs", "downstairs")),
        ("A: okay 31 tilden is that a lane or a drive\nB: it's a drive\nA: your address\nB: 31 tilden", ("tilden",)),
        ("A: the address?\nB: 14 Kettle Lane.\nA: Lane or court?\nB: Lane.", ("Lane", "court")),
        ("A: your address?\nB: 18 Larkspur.\nA: Larkspur Court?\nB: Court, yes, unit 4.", ("Court", "unit 4")),
        ("A: ship it where?\nB: 31 Kettle Street.\nA: apartment\nB: nine f as in frank", ("nine f", "frank")),
        ("hi stan it's nora over at four fifteen willow you fixed our sink", ("fifteen", "willow")),
        ("hi this is june at nine twelve cedar", ("nine", "cedar")),
        ("It's Gretchen next door. I'm at 318, you know, with the green door.", ("318",)),
        ("you have 15 kestrel court\nno it's fifty kestrel court like five oh", ("fifty", "five oh")),
        (
            "i live at nine twelve county road forty-seven, zip code two seven oh sixty-one",
            ("forty", "seven", "sixty", "one"),
        ),
        ("A: you're at 41 Quarry?\nB: No, 14. One four.", ("14", "four")),
        ("A: I have you at 41 Quarry Road.\nB: It's 14, not 41.", ("14", "41")),
        ("A: so twelve oak street is that right\nB: no it's twenty one\nA: okay", ("twelve", "twenty")),
        ("A: And the street address?\nB: Forty-four twenty Larkspur.", ("Forty", "Larkspur")),
    ],
)
def test_every_piece_of_an_address_is_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A: what's the address\nB: my email address you mean\nA: okay\nB: sycamore", "sycamore"),
        ("A: the delivery address\nB: twelve oak street\nA: okay\nB: tomorrow", "tomorrow"),
        ("A: where does it hurt is it the upper or the lower back\nB: lower", "the upper or the lower back"),
        ("A: i like a court or a drive better\nB: drive", "a court or a drive"),
        ("it's maria from five star plumbing", "from five star plumbing"),
        ("A: where should we deliver\nB: two boxes\nA: okay\nB: fridge", "fridge"),
        ("A: 12 oak street\nB: is that east or west of here\nA: east", "is that east or west of here"),
        ("this is amy at seven eleven store", "at seven eleven store"),
        ("it's raj from one eight hundred flowers", "one eight hundred flowers"),
        ("this is dana at two forty today", "at two forty today"),
        ("this is lee from three hundred miles north", "three hundred miles north"),
        ("we're at nine the corner store opens", "at nine the corner store"),
        ("A: to 12 oak street\nB: it's 45 dollars\nA: okay", "it's 45 dollars"),
        ("A: ship to 12 oak street\nB: yes please\nA: it's 20\nB: okay", "it's 20"),
        ("we live at 12 oak street like 5 minutes away", "like 5 minutes away"),
    ],
)
def test_what_is_no_piece_of_one_stays(redactor: Redactor, text: str, kept: str) -> None:
    assert kept in redactor.redact_text(text).text
