"""Values of which one turn, one part or one of two is told: octets, months, the same number but its end, names."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("A: the ip of the camera\nB: one seven two dot sixteen\nA: okay\nB: dot nine\nA: yes\nB: dot forty", ("dot",)),
        ("Agent: What IP do you see?\nCaller: 192.168,\nAgent: Yes.\nCaller: .50.21.", ("192", "168", "50", "21")),
        ("A: what's the rest\nB: one nine two dot one six eight\nA: yes\nB: dot fifty dot two one", ("dot", "fifty")),
        ("A: when was your last day\nB: august\nA: mm-hm\nB: the thirty first", ("august", "thirty")),
        ("A: when did he start\nB: january um the sixth i think", ("january", "sixth")),
        ("A: date of birth\nB: march\nA: okay\nB: fourth\nA: okay\nB: fifty one", ("march", "fourth", "fifty")),
        ("A: birthday?\nB: The fourth.\nA: Yes.\nB: Of March.\nA: Okay.\nB: 1951.", ("fourth", "March", "1951")),
        ("the coverage is effective the first", ("first",)),
        ("so thursday december second one thirty works", ("december", "second")),
        ("i'm at six one four five five five oh one three three and his is the same but oh one nine two", ("nine",)),
        ("A: the card number\nB: i have the last part\nA: what is the last part\nB: seven seven oh two", ("seven",)),
        ("benefits office this is representative five two nine can i help", ("five",)),
        ("A: who's logged in there\nB: it says j ortega two", ("ortega two",)),
        ("the driver was curtis hale i think or hall", ("hale", "hall")),
        ("her name is jill baker or becker i'm not sure", ("baker", "becker")),
        ("i saw the flat on juniper\nthe one at 12 juniper way is gone", ("juniper",)),
    ],
)  # fmt: skip
def test_each_piece_of_a_value_is_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    "text",
    [
        "my score on the network test is 3\nokay\nand .5 points more\nyes\nright",
        "the coverage is effective the first time you pay",
        "your rate starts the second you sign",
        "the price is the same but twenty dollars more",
        "may i have a word\nfirst please\nokay\nyes",
        "i'm a specialist three days a week",
        "this is your agent two hundred dollars over the limit",
        "i'm logged in and it says you need to pay",
        "what's the part number\nfour four one two",
        "do you want mark or money",
        "A: what's your date of birth\nB: in march\nA: okay and how many tickets\nB: four",
    ],
)
def test_what_is_like_one_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize("kept", ["or dinner", "or just wait", "or bring it"])
def test_what_is_offered_beside_a_name_stays(redactor: Redactor, kept: str) -> None:
    assert kept in redactor.redact_text(f"ask davide {kept}").text
