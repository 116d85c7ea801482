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
