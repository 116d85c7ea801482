"""Towns, streets and exits are told by the words right around them, and words like them are none."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("A: yes\nB: i sent it to your laramie office", "A: yes\nB: i sent it to your [LOCATION] office"),
        ("A: yes\nB: they closed the red deer branch", "A: yes\nB: they closed the [LOCATION] branch"),
        (
            "A: the address\nB: nine ten ferris boulevard\nA: is that in ferguson\nB: no",
            "A: the address\nB: [ADDRESS]\nA: is that in [LOCATION]\nB: no",
        ),
        (
            "A: the address\nB: three oh two alder circle\nA: got it\nB: whitehorse\nA: and the postal code",
            "A: the address\nB: [ADDRESS]\nA: got it\nB: [LOCATION]\nA: and the postal code",
        ),
        (
            "user: one train ticket\nbot: from where?\nuser: truro",
            "user: one train ticket\nbot: from where?\nuser: [LOCATION]",
        ),
        ("A: Where?\nB: tulsa.\nA: Fine.", "A: Where?\nB: [LOCATION].\nA: Fine."),
        ("A: okay where to\nB: um in bend\nA: fine", "A: okay where to\nB: um in [LOCATION]\nA: fine"),
        ("A: Where?\nB: Upstairs.\nA: Fine.", "A: Where?\nB: Upstairs.\nA: Fine."),
        ("A: the city where uh you were born\nB: elko", "A: the city where uh you were born\nB: [LOCATION]"),
        ("A: yes\nB: the site's on kercheval near the bank", "A: yes\nB: the site's on [ADDRESS] near the bank"),
        ("A: yes\nB: the gate is off tillicum alley", "A: yes\nB: the gate is off [ADDRESS]"),
        ("A: yes\nB: out of town on county line road", "A: yes\nB: out of town on [ADDRESS]"),
        ("A: yes\nB: that is double two one nine oak drive", "A: yes\nB: that is [ADDRESS]"),
        (
            "A: where\nB: he hit us on i eighty by the muddy hollow exit",
            "A: where\nB: he hit us on [ADDRESS] by the [LOCATION] exit",
        ),
        ("address: 81 mill hill, reading rg9 9ep", "address: [ADDRESS], [LOCATION] [ZIP]"),
    ],
)
def test_what_stands_beside_a_place_tells_it(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    "said",
    [
        "A: yes\nB: our main office, your sales office and the toyota dealership",
        "A: is this in stock\nB: it's in network",
        "A: yes\nB: go over to billing and then down to receiving",
        "A: how did you find us\nB: online\nA: from where?\nB: online",
        "A: yes\nB: by the gift shop exit, or use the fire exit by the main exit",
        "A: yes\nB: i went on i forty times told you",
        "A: yes\nB: we're on the wrong way in a big way",
    ],
)
def test_words_like_them_stay(redactor: Redactor, said: str) -> None:
    assert redactor.redact_text(said).text == said
