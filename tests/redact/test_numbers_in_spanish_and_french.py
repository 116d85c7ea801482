"""Written numbers behind what Spanish and French call them are hidden, however short the sentence is."""

import random
from collections.abc import Callable

import pytest

from privity.redact import Label, Redactor, policy_named

DRAWN = random.Random(7)


def digits(pattern: str) -> Callable[[], str]:
    """Return what draws a value: a 0 is any digit, an A any letter, all else stays."""
    kinds = {"0": "0123456789", "A": "BCDFGHJKLMNPQRSTVWXZ"}
    return lambda: "".join(DRAWN.choice(kinds.get(sign, sign)) for sign in pattern)


ANNOUNCED = {
    "mi código postal es {}": (Label.ZIP, digits("00000")),
    "CP {}": (Label.ZIP, digits("00000")),
    "mi código postal: {}": (Label.ZIP, digits("00000")),
    "mon code postal est le {}": (Label.ZIP, digits("A0A 0A0")),
    "llámeme al {}": (Label.PHONE, digits("600000000")),
    "mi móvil: {}": (Label.PHONE, digits("600 00 00 00")),
    "mon portable c'est le {}": (Label.PHONE, digits("06.00.00.00.00")),
    "la tarjeta de crédito es {}": (Label.CARD, digits("4000 0000 0000 0000")),
    "ma carte bancaire est la {}": (Label.CARD, digits("5000000000000000")),
    "mi cuenta es {}": (Label.BANK_ACCOUNT, digits("0000 0000 00 0000000000")),
    "mon compte est le {}": (Label.BANK_ACCOUNT, digits("00000000")),
    "mi NSS es {}": (Label.SSN, digits("00 00 00 0000 0")),
    "NIR {}": (Label.SSN, digits("1 85 05 78 006 000 00")),
    "mon NAS est {}": (Label.SSN, digits("000000000")),
    "la CURP de mi hijo es {}": (Label.SSN, digits("AAAA000000HAAAAA00")),
    "mi RFC es {}": (Label.SSN, digits("AAAA000000AA0")),
    "mi DNI es {}": (Label.SSN, digits("00.000.000-A")),
    "mi NIE es {}": (Label.SSN, digits("X 0000000 A")),
    "mi expediente es {}": (Label.MRN, digits("000000")),
    "ma RAMQ est {}": (Label.HEALTH_PLAN, digits("AAAA 0000 0000")),
    "mi pasaporte es {}": (Label.LICENSE, digits("AAA000000")),
    "la matrícula es {}": (Label.VEHICLE, digits("0000 AAA")),
}
ANNOUNCED_BY = list(ANNOUNCED)


@pytest.mark.parametrize("lower", [False, True])
@pytest.mark.parametrize("sentence", ANNOUNCED_BY)
def test_any_value_is_hidden(redactor: Redactor, sentence: str, lower: bool) -> None:
    _, drawn = ANNOUNCED[sentence]
    values = [drawn() for _ in range(40)]
    texts = [sentence.format(value) for value in values]
    values, texts = ([each.lower() for each in row] if lower else row for row in (values, texts))
    shown = [redacted.text for redacted in redactor.redact_texts(texts)]
    assert [text for value, text in zip(values, shown, strict=True) if value[-3:] in text] == []


def test_safe_harbor_leaves_three_digits_of_a_postcode_at_most(redactor: Redactor) -> None:
    strict = redactor.under(policy_named("hipaa-safe-harbor"))
    texts = [f"mi código postal es {DRAWN.randrange(10_000, 100_000)}" for _ in range(60)]
    assert not [each.text for each in strict.redact_texts(texts) if sum(map(str.isdigit, each.text)) > 3]


@pytest.mark.parametrize(
    "text",
    [
        "dental plaque was 12 mm thick on the left",
        "CP diagnosed at age 3, uses a walker",
        "see RFC 7231 and RFC 2616, then the NAS at rack 12",
        "el expediente del 2019 ya no existe",
    ],
)
def test_years_amounts_and_measures_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
