"""Codes of banks, letters or by their check, plates of cars, each echo of a number in pieces; and what is neither."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "and the swift or bic code\nk as in kilo w as in whiskey x x\nokay",
            "and the swift or bic code\n[BANK_ACCOUNT]\nokay",
        ),
        (
            "so the swift code\nit's h lima tango u papa lima three\nokay",
            "so the swift code\nit's [BANK_ACCOUNT]\nokay",
        ),
        ("your n i number\nq q one two three four five six c\nokay", "your n i number\n[ID]\nokay"),
        ("i need the iban\npapa lima four two two eight forty two eighty one\nokay", "i need the iban\n[IBAN]\nokay"),
        ("from 83-07-06 00914488 weekly", "from [BANK_ACCOUNT] weekly"),
        ("paid by 03-1734-0088299-00 today", "paid by [BANK_ACCOUNT] today"),
        ("receipt WAC-24-190-51188", "receipt [ID]"),
        ("I'll open a case, it's H25-4477.", "I'll open a case, it's [ID]."),
        ("I need a refill, the number is 7318044, please", "I need a refill, the number is [ID], please"),
        ("your number is five hundred fifteen, up from 48", "your number is five hundred fifteen, up from 48"),
        ("ring from the car park: 0131 496 0788", "ring from the car park: [PHONE]"),
        ("My number is 0151 2345 0688, if it is locked", "My number is [PHONE], if it is locked"),
        ("wire it with 011000015 acct pending", "wire it with [BANK_ACCOUNT] acct pending"),
        ("part 011000015 is in stock", "part 011000015 is in stock"),
        ("the bank has 011000016 of them", "the bank has 011000016 of them"),
        ("a grey Camry, 7XKJ902, is in my spot", "a grey Camry, [VEHICLE], is in my spot"),
        ("the Golf GTI 2019 and a Ford F150", "the Golf GTI 2019 and a Ford F150"),
        (
            "we swapped the swift for a van and bic pens cost 12 dollars",
            "we swapped the swift for a van and bic pens cost 12 dollars",
        ),
    ],
)
def test_codes_of_letters(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_every_echo_of_a_number_in_pieces_is_hidden(redactor: Redactor) -> None:
    said = ("what's a good number", "413", "413", "555", "555", "2298", "2298, thanks", "anything else")
    speakers = ("Agent", "Caller") * 4
    text = "\n".join(f"{speaker}: {line}" for speaker, line in zip(speakers, said, strict=True))
    shown = redactor.redact_text(text).text
    assert not [piece for piece in ("413", "555", "2298") if piece in shown]


def test_other_small_numbers_near_a_number_in_pieces_stay(redactor: Redactor) -> None:
    text = "Agent: your phone number\nCaller: 413\nAgent: uh huh\nCaller: 555 2298\nAgent: 55 people wait before you"
    assert redactor.redact_text(text).text.endswith("55 people wait before you")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (
            "phone number please\nit's four one three\ngot it\nfive five five\nokay\nninety-eight ninety-five\nthanks",
            ("five", "ninety"),
        ),
        (
            "your phone\nfour one three five five five\nhang on my screen froze go ahead\nthen two two nine eight",
            ("five", "nine"),
        ),
        (
            "read me the v i n\nfour j h\nand then\np r eight\nokay\nuh nine four d\nyes\nfive two seven\nright\nnine",
            ("j h", "eight", "four", "five", "nine"),
        ),
        (
            "i need the mac address\nfour echo\nokay\nthen seven delta\nmm hmm\nand then three seven",
            ("echo", "delta", "three"),
        ),
        (
            "the zip code on it\nthree seven one five four\nso that's three seven two five four\nno three seven one",
            ("three",),
        ),
        ("what's the r x number on the bottle\nsixty six oh one two five six", ("sixty", "two")),
        ("my chart number is seven three seven four zero two\nending in zero two", ("zero",)),
        ("my phone is 415 555 9056 or 415 555 2298\nokay i have the 9056 one", ("9056",)),
        ("my phone is 555 2298\nand the area code first please\n415", ("415",)),
        ("it's 614-555-0631 right\nwell, not six three one. Six four one.\nah", ("six", "four")),
        ("is this 07107.183.632", ("183",)),
        ("the receipt is IOE0921462719", ("0921",)),
    ],
)
def test_no_piece_of_a_number_is_left(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text.lower()
    assert not [piece for piece in gone if piece in shown], shown


@pytest.mark.parametrize(
    "text",
    [
        "we only serve area code 415 and 510",
        "count to three with me one two three done",
        "give me the red one or the blue one",
        "ages eighteen to thirty four thirty five to fifty four",
    ],
)
def test_what_is_no_piece_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
