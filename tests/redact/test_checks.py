"""Check digits against the examples of their standards."""

import pytest

from privity.redact import Redactor, checks


@pytest.mark.parametrize(
    ("brand", "number"),
    [
        ("Visa", "4111111111111111"),
        ("Mastercard", "5555555555554444"),
        ("Mastercard", "2223003122003222"),
        ("American Express", "378282246310005"),
        ("Discover", "6011111111111117"),
        ("Diners Club", "30569309025904"),
        ("JCB", "3530111333300000"),
        ("UnionPay", "6200000000000005"),
        ("Maestro", "6759649826438453"),
        ("Mir", "2200000000000004"),
    ],
)
def test_brands(brand: str, number: str) -> None:
    assert checks.card_brand(number) == brand
    assert checks.card(number)
    assert not checks.card(number[:-1] + str((int(number[-1]) + 1) % 10))


def test_no_brand_no_card() -> None:
    assert checks.luhn("490154203237518")
    assert checks.card_brand("490154203237518") is None
    assert not checks.card("0000000000000000")


def test_other_numbers() -> None:
    assert checks.ssn("123456789")
    assert not any(checks.ssn(number) for number in ("000456789", "666456789", "123006789", "123450000", "12345678"))
    assert checks.nanp("2125550147")
    assert checks.nanp("12125550147")
    assert not checks.nanp("1125550147")
    assert checks.aba("021000021")
    assert not checks.aba("021000022")
    assert checks.iban("GB82WEST12345698765432")
    assert not checks.iban("GB82WEST12345698765433")
    assert checks.vin("1HGCM82633A004352")
    assert not checks.vin("1HGCM82633A004353")
    assert checks.dea("AB1234563")
    assert not checks.dea("AB1234564")
    assert checks.npi("1234567893")
    assert not checks.npi("1234567890")


@pytest.mark.parametrize("behind", ["", " every month", " then", "-", ".", " from now on", " please"])
def test_an_iban_ends_where_its_country_says(redactor: Redactor, behind: str) -> None:
    """The numbers of Sweden fill their last group of four, so that the word behind them looks like one more."""
    for number in ("SE45 5000 0000 0583 9825 7466", "SE4550000000058398257466", "NL91 ABNA 0417 1643 00"):
        assert redactor.redact_text(f"send it to {number}{behind}").text == f"send it to [IBAN]{behind}"
