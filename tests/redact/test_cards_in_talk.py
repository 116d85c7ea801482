"""Cards that people read while other things are spoken of: none is saved by the words around it."""

import pytest

from privity.redact import CALLS, Label, Redactor, VaultTokens, policy_named

PCI = Redactor(policy_named("pci-dss"))
KEEPING = {
    "pci-dss": PCI,
    "logs": Redactor(policy_named("logs")),
    "limited-data-set": Redactor(policy_named("limited-data-set")),
    "without-phones": Redactor(CALLS.overridden(keep=[Label.PHONE, Label.ACCOUNT, Label.DEVICE, Label.ZIP, Label.ID])),
}
CARD = "4556 7375 8689 9855"
SAID = "four five five six seven three seven five eight six eight nine nine eight five five"


@pytest.mark.parametrize("policy", KEEPING)
@pytest.mark.parametrize(
    "text",
    [
        f"Agent: I can do that over the phone.\nCaller: Let's use another one, it's {CARD}.",
        f"my phone died, so put it on the green one {CARD.replace(' ', '')}",
        f"the serial number of the unit is on file, bill the joint one {CARD}",
        f"what's your account number\nit's on the old one, {SAID}",
        f"Agent: what's your zip code?\nCaller: take the business one {CARD}",
        f"call back number is extension twelve, {SAID}",
        f"account 20 {CARD} 7",
    ],
)
def test_a_card_is_one_whatever_cue_governs_its_digits(policy: str, text: str) -> None:
    shown = KEEPING[policy].redact_text(text).text
    assert "[CARD]" in shown
    assert CARD[-9:] not in shown
    assert "9855" not in shown
    assert "nine eight five" not in shown


def test_one_is_a_digit_where_a_number_begins_with_it(redactor: Redactor) -> None:
    assert redactor.redact_text("the phone number is one 404 555 0132").text == "the phone number is [PHONE]"
    assert redactor.redact_text("my account is one four four zero nine two one").text == "my account is [ACCOUNT]"
    assert redactor.redact_text("this is member number one 4409 2213").text.endswith(("number [ID]", "[HEALTH_PLAN]"))


def test_accounts_stay_where_a_policy_hides_cards_alone() -> None:
    for text in ("my account number is 4409 2213 8841 0075", "call me at 404 555 0132", "member 1 4409 2213 8841"):
        assert PCI.redact_text(text).text == text


@pytest.mark.parametrize("label", [Label.PHONE, Label.ID, Label.ACCOUNT, Label.DEVICE, Label.NAME])
@pytest.mark.parametrize("value", [f"one {CARD}", SAID, f"22-{CARD}-1", f"maria {CARD}"])
def test_a_card_is_sealed_under_no_label(label: Label, value: str) -> None:
    class Nothing:
        def seal(self, token: str, label: Label, value: str) -> None:
            raise AssertionError

    assert VaultTokens(Nothing(), channel="message", randomness=bytes).instead(label, value) == f"[{label}]"


@pytest.mark.parametrize(
    "text",
    [
        f"my mastercard is {CARD} and the verification code is 518",
        f"Agent: the card?\nCaller: {CARD}\nAgent: and its verification number\nCaller: five one eight",
        f"Agent: the card?\nCaller: {CARD}\nAgent: thanks, now the verification code\nCaller: um okay it's 518",
    ],
)
def test_a_verification_code_behind_a_card_is_its_code(redactor: Redactor, text: str) -> None:
    for judge in (PCI, redactor):
        shown = judge.redact_text(text).text
        assert shown.endswith("[CVV]"), shown


def test_a_verification_code_of_a_message_is_no_card_data() -> None:
    for text in (
        "they texted me a verification code, it's 518 402",
        f"{'so we talked about the weather. ' * 9} the verification code is 518",
    ):
        assert PCI.redact_text(text).text == text


CHATTER = ("sorry, the cat is on my lap", "mine does that too, no hurry", "there, she's off now", "where were we?")
HALVES = ["it's 4556 7375", *CHATTER, "8689 9855"]


@pytest.mark.parametrize(
    "text",
    [
        "Agent: How do you want to pay?\nCaller: 4556 7375 8688, no wait, 8689 9855.",
        "Agent: How do you want to pay?\nCaller: 0556 sorry 4556 7375 8689 9851.",
        (
            "Agent: to pay?\nCaller: four five five six\nAgent: okay\nCaller: seven three six five, let me start over, "
            "seven three seven five\nAgent: yep\nCaller: eight six eight nine\nAgent: mhm\nCaller: nine eight five five"
        ),
        ">> i can charge it now\n>> 4556\n>> 4556 mm-hm\n>> 7375\n>> 7375 got it\n>> 8689\n>> 8689 okay\n>> 9854",
        (
            "how will you pay okay four five five six four five five six yep seven three seven five "
            "seven three seven five mm-hm eight six eight nine eight six eight nine got it nine eight five four thanks"
        ),
        (
            "Agent: I take payments over the phone.\nCaller: sure it's 4556\nAgent: yes\nCaller: 7375\nAgent: yes\n"
            "Caller: 8689, I mean 8688\nAgent: okay\nCaller: 9855"
        ),
        "\n".join(f"{'AC'[at % 2 == 0]}: {said}" for at, said in enumerate([*HALVES[:1], *CHATTER[:3], HALVES[-1]])),
    ],
)
def test_digits_that_may_be_a_card_are_one_where_somebody_pays(text: str) -> None:
    shown = PCI.redact_text(text).text
    assert not any(digit in shown for digit in "0456789"), shown
    assert "eight" not in shown
    assert "five" not in shown


@pytest.mark.parametrize("policy", ["pci-dss", "calls", "gdpr", "hipaa-safe-harbor"])
def test_an_aside_and_a_read_back_end_no_card_in_text_without_speakers(policy: str) -> None:
    said = (
        "we'd need a payment to keep the room\nit would be 51 uh let's see 0530\nokay so 14412\n14412 and\nthen 66807"
    )
    shown = Redactor(policy_named(policy)).redact_text(said).text
    assert not any(map(str.isdigit, shown)), shown


@pytest.mark.parametrize(
    "text",
    [
        "Agent: how do you want to pay?\nCaller: from checking, the routing is 021000021, the account 4409221388412",
        "to pay, call 415 555 0132 or 415 555 0199 any day",
        "payments on 4/12/2026, 5/12/2026 and 6/12/2026",
        "I paid 552 40 and 553 20 and then 441 15",
        "I paid for order 4409 2213 8841 0075 last week",
        "invoice 55132213 was paid, invoice 44102213 was paid",
        "they charged me 40 in 2021, 50 in 2022, 60 in 2023 and 70 in 2024",
        "Agent: and to pay you, what's your number?\nCaller: 415 555 0132\nAgent: 415 555 0132?\nCaller: yes",
    ],
)
def test_other_numbers_stay_where_somebody_pays_and_cards_alone_are_hidden(text: str) -> None:
    assert PCI.redact_text(text).text == text
