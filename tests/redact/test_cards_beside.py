"""Cards with something beside them: letters that look like digits, codes said first, ages, tokens of programs."""

import pytest
from msgspec.structs import replace

from privity.redact import Redactor, policy_named
from privity.redact.policies.policy import LooksFor

CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "4242 4242 4242 4242", "6011-1111-1111-1117")
LOOKALIKES = "loBIOSZ"


@pytest.fixture(scope="module")
def pci(redactor: Redactor) -> Redactor:
    return redactor.under(policy_named("pci-dss"))


@pytest.fixture(scope="module")
def forms(redactor: Redactor) -> Redactor:
    return redactor.under(replace(policy_named("calls"), looks_for=LooksFor.WRITTEN_FORMS))


@pytest.mark.parametrize("card", CARDS)
def test_a_letter_that_looks_like_a_digit_uncovers_no_card(redactor: Redactor, pci: Redactor, card: str) -> None:
    for letter in LOOKALIKES:
        for text in (f"we saw {card}{letter} there", f"order {letter}{card} ok", f"order_{card}{letter}"):
            for judge in (redactor, pci):
                redacted = judge.redact_text(text).text
                assert not any(map(str.isdigit, redacted)), text


@pytest.mark.parametrize(
    "text",
    [
        "part 4111Z 1111 1111 1111",
        "order 4111111111111111Z5 ok",
        "see BOSS4111111111111111 there",
        "parcel 55B4111111111111111lS ok",
        "|4111|1111|1111|1111Z|",
        "order l4111111111111111l",
    ],
)
def test_letters_within_a_word_of_a_card_uncover_nothing(pci: Redactor, text: str) -> None:
    assert not any(map(str.isdigit, pci.redact_text(text).text))


def test_codes_with_letters_that_are_no_card_stay(pci: Redactor) -> None:
    for text in ("order 4111111111111112Z ok", "part 12B4S678901234l ok", "lot 55Z5 555o 1234 9876 S"):
        assert pci.redact_text(text).text == text


@pytest.mark.parametrize(
    "text",
    ["4111111111111112 12/05/26 visa", "visa 12/05/26 4111 1111 1111 1112", "the card 12/5/2026 4111-1111-1111-1112"],
)
def test_a_date_behind_a_misheard_card_uncovers_nothing_of_it(redactor: Redactor, pci: Redactor, text: str) -> None:
    for judge in (redactor, pci):
        assert "111" not in judge.redact_text(text).text


SAID_WRONG = "four two four two four two four two four two four two four two four three"


@pytest.mark.parametrize(
    "text",
    [
        "i'd like to pay, 4242424242424243",
        "can we do the payment with 4242 4242 4242 4243",
        f"he was paying it by {SAID_WRONG}",
        f"agent: how will you pay\ncaller: {SAID_WRONG}",
        "5500-0000-0000-0005 is what we pay our bills with",
    ],
)
def test_where_paying_is_spoken_of_a_misheard_card_is_one(redactor: Redactor, pci: Redactor, text: str) -> None:
    for judge in (redactor, pci):
        assert {span.finding.label for span in judge.redact_text(text).spans} == {"CARD"}


def test_paying_makes_no_card_of_other_numbers(pci: Redactor) -> None:
    for text in (
        "you may pay when you call 617-555-0142 or 508-555-0199",
        "pay the invoice, its number is invoice 4242424242424243",
        "we pay 415 a month for 12 months",
        "the paypal batch 4242424242424243",
        "package 9400111899223197428490 came before the payment",
        "nothing here says what 4242424242424243 is",
    ):
        assert pci.redact_text(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "381 on the back, and the card is 4242 4242 4242 4242",
        "so three eight one is on the back of my mastercard 5555 5555 5555 4444",
        "3 8 1 are the numbers on the back, 4242424242424242",
        "on the back it says 381, the visa is 4242 4242 4242 4242",
        "it reads three eighty one on the back, card 4242 4242 4242 4242",
        "agent: what is on the back?\ncaller: 381\nagent: and the card?\ncaller: 4242 4242 4242 4242",
    ],
)
def test_a_code_told_by_the_back_of_the_card_goes(redactor: Redactor, pci: Redactor, text: str) -> None:
    for judge in (redactor, pci):
        redacted = judge.redact_text(text)
        assert [span.finding.label for span in redacted.spans] == ["CVV", "CARD"]
        assert not any(word in redacted.text.split() for word in ("381", "eight", "eighty", "8"))


def test_what_stands_on_the_back_of_other_things_stays(pci: Redactor) -> None:
    for text in (
        "the jersey had 381 on the back",
        "381 on the back of the couch, and you may keep the card",
        "page 381 on the back, by the card",
        "they paid $381 on the back, card to follow",
        "there are 38 on the back of the card",
    ):
        assert pci.redact_text(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "4242_4242_4242_4242",
        "4242  4242  4242  4242",
        "42_4242424_2424_242",
        "4242 - 4242 - 4242 - 4242",
        "37  8282  246310005",
    ],
)
def test_written_forms_find_cards_with_any_separator(forms: Redactor, text: str) -> None:
    assert forms.redact_text(f"at {text} then").text == "at [CARD] then"


@pytest.mark.parametrize(
    "token",
    [
        "42424242-4242-4242-b716-424242424242",
        "4242424242424242ab9c0e1d2f8a7b6c",
        "Zx4AbYiTqnC0rvIxWUwbABegPkBNffqe4242424242424242",
        "9+73J4242424242424242SHM9I3qbzvmFG5e4qcBPq+ZNwJx",
    ],
)
def test_tokens_of_programs_are_no_cards(redactor: Redactor, pci: Redactor, forms: Redactor, token: str) -> None:
    for judge in (redactor, pci, forms):
        assert "CARD" not in {span.finding.label for span in judge.redact_text(f"id {token} end").spans}


@pytest.mark.parametrize(
    "text",
    [
        "order4242424242424242X",
        "GET /shop.example/pay/4242424242424242/12/2027/381/abcdefgh",
        "customerOrderNumberOfLastWeek4242424242424242Confirmed",
        "path/order/4242424242424242Z/abcdefghijklmnop/1/2/3",
        "customer_order_4242424242424242_of_last_week_2027",
    ],
)
def test_a_card_in_a_long_word_is_no_token(redactor: Redactor, pci: Redactor, forms: Redactor, text: str) -> None:
    for judge in (redactor, pci, forms):
        assert "4242" not in judge.redact_text(text).text
