"""Codes of several pieces are hidden from their first to their last, and what a lock opens with."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Agent: Your case is HM-FR-30718, all right?", ("HM", "FR", "30718")),
        ("It's case 19-TR-04471. They can recall it.", ("19-", "TR", "04471")),
        ("My aunt has a policy. OH-B-6630127.", ("OH", "B-", "6630127")),
        ("Agent: What is the matter number?\nCaller: FAM/3381/GT.", ("FAM", "3381", "GT")),
        ("the claim's GL-66-30194, and thanks", ("GL", "66", "30194")),
        ("Rep: He's employee 40912. He works nights.", ("40912",)),
        ("agent: they're deputy five one oh four i believe", ("five", "oh", "four")),
        ("the lock on it, so the lock is 2-9-0-6.", ("2-9-0-6",)),
        ("agent: and the locker?\ncaller: 5 5 1 9", ("5 5 1 9",)),
        ("it's by password. and what is it. pumpernickel. okay wonderful", ("pumpernickel",)),
        ("write to anneke at vlindertuin dot nl okay", ("anneke at", "vlindertuin", "dot nl")),
        ("it's rhys dot owen at plasnewydd dot cymru", ("rhys", "plasnewydd", "cymru")),
        ("it's tatenda at masvingo dot co dot zw", ("tatenda", "masvingo", "zw")),
    ],
)
def test_a_code_is_hidden_whole(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for piece in gone:
        assert piece not in shown


@pytest.mark.parametrize(
    "text",
    [
        "the lock is 5 years old and the lock is 12-inch",
        "she's an employee 3 days a week, and he's a driver 20 years",
        "this case's 12 months old",
        "they were safe, 5510 doors were not",
        "what's your password. what is it. i don't know. i forgot",
        "Fraud Dept: Good morning.\nCustomer: Yes?\nFraud Dept: A question.\nCustomer: Go on.",
    ],
)
def test_what_stands_beside_codes_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
