"""Names that are English words, where the talk has a place for a name, and names that are spelled in pieces."""

import pytest

from privity.redact.redactor import Redactor

SAID = (
    ("hi my name is art rice and i'm calling about a bill", ["rice"]),
    ("hello my name is olga church i'm with the school", ["olga church"]),
    ("hi this uh is ruby west returning your call", ["ruby west"]),
    ("this message is for tamika church this is the dentist", ["tamika church"]),
    ("willow counseling you've got hope are you calling for yourself", ["hope"]),
    ("member services autumn here hi i got a bill", ["autumn"]),
    ("good morning sunrise dental hope speaking\nhi\nhello\nyes", ["hope"]),
    ("thank you for calling this is rose may i have your number\nyes\nokay\nsure", ["rose"]),
    ("name of the patient\nprice hunter\nthank you\nbye", ["price hunter"]),
    ("may i have your name\nlast name is bishop first name is summer\nokay\nyes", ["bishop", "summer"]),
    ("what's your last name\nng n g\nthank you\nsure", ["ng", "n g"]),
    ("it looks like doctor long has an opening", ["long"]),
    ("you are to see doctor hilton on monday", ["hilton"]),
    ("you are to see miss church on monday", ["church"]),
    ("okay joy i can put you on the next flight", ["joy"]),
    ("don't forget mark's birthday is soon", ["mark"]),
    ("the witness is dawn she saw it all", ["dawn"]),
    ("i'm grace brown's mom and my kid is sick", ["grace brown"]),
    ("last name is t h o m p s\nuh huh\num o n\nthank you", ["t h o m p s", "o n"]),
    ("my name is mei xu that's x u and i live here", ["mei xu", "x u"]),
)
NOBODY = (
    "okay will i need to bring anything",
    "this is great news for everyone may i go",
    "the price is right and the day is long",
    "i will park in the lot and cook at home",
    "we love rose king size beds",
    "my son will be there with my wife at noon",
    "the patient is young and healthy",
    "have a good day will you",
    "it was a long day okay thank you bill is paid",
    "okay hope i can help",
    "a two liter of dr pepper please",
    "last name first please\nokay\nsure\nyes",
    "okay okay go ahead\nuh huh\num i see\nyes",
)


@pytest.mark.parametrize(("text", "hidden"), SAID)
def test_words_that_are_names_where_a_name_is_said(redactor: Redactor, text: str, hidden: list[str]) -> None:
    found = [text[span.start : span.end] for span in redactor.detect_text(text)]
    assert [name for name in hidden if not any(name in each for each in found)] == []


@pytest.mark.parametrize("text", NOBODY)
def test_the_same_words_elsewhere_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_what_joins_the_parts_of_a_spelled_name_stays(redactor: Redactor) -> None:
    said = "can you spell that\nt h u y and then n g u y e n\nthank you\nsure"
    assert redactor.redact_text(said).text == "can you spell that\n[NAME] and then [NAME]\nthank you\nsure"


@pytest.mark.parametrize(
    "text",
    [
        "good morning harper and lowe how may i direct your call\ni need a lawyer\nokay\nsure",
        "the law offices of baxter and stone\nhi\nhow may i help\nthanks",
        "oak park pediatrics can you hold please\nyes\nokay\nsure",
        "hello tony's pizza\nwhere's my order\nit's coming\nokay",
        "How many devices do you have?\nAbout 19, and 3 TVs.\nIt's the Netgear R 7000.\nOkay, thanks.",
    ],
)
def test_firms_that_answer_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_who_speaks_for_a_firm_is_hidden(redactor: Redactor) -> None:
    said = "thanks for calling netlink robert speaking\nhi this is sarah miller\noakley dental\nsure"
    assert redactor.redact_text(said).text.count("[NAME]") == 2
    assert "netlink" in redactor.redact_text(said).text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("who did you speak with\ni spoke with summer\nokay\nsure", ["summer"]),
        ("can you transfer me to dawn please\nsure\nokay\nbye", ["dawn"]),
        ("it's under rich stone\nokay", ["rich stone"]),
        ("spell your last name\nc as in cat\nuh huh\nh as in henry\nokay\nu n g\ngot it", ["c as in cat", "u n g"]),
    ],
)
def test_who_is_spoken_with_and_spelled(redactor: Redactor, text: str, hidden: list[str]) -> None:
    found = [text[span.start : span.end] for span in redactor.detect_text(text)]
    assert [name for name in hidden if name not in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "Re: Nkechi Ford\nDate of visit: 3 May 2021",
        "hello nkechi ford this is mark from the clinic",
        "my daughter nkechi's insurance denied the claim",
        "hello i need nkechi's dental records please",
        "hi nkechi's insurance denied it",
        "Mr. Akar was transferred from Harborview Dental on Monday.",
        "seen at Northgate Pediatrics. The patient will walk",
    ],
)
def test_a_note_tells_of_its_hospital_and_a_trade_may_be_a_surname(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text.lower()
    assert not [word for word in ("nkechi", "ford", "harborview", "northgate") if word in shown]
