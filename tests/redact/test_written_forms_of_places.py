"""Fields of addresses, crossings and telephone numbers as they are written: what their form tells is hidden."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Street: Blue Center\nNo.: 12\nUnit: Ste. 4\nTown: Gent\nPostcode: 9000\nCountry: Belgium",
            (
                "Street: [ADDRESS]\nNo.: [ADDRESS]\nUnit: [ADDRESS]\nTown: [LOCATION]\nPostcode: [ZIP]\n"
                "Country: [LOCATION]"
            ),
        ),
        ("Address line 1: 4 Elm Road\nAddress line 2: #9", "Address line 1: [ADDRESS]\nAddress line 2: [ADDRESS]"),
        (
            "Address line 1: 4 Elm Road\nAddress line 2: #9\nCity: Leuven",
            "Address line 1: [ADDRESS]\nAddress line 2: [ADDRESS]\nCity: [LOCATION]",
        ),
        ("No.: 12\nUnit: 4\nCountry: Belgium", "No.: 12\nUnit: 4\nCountry: [LOCATION]"),
        ("Billing ZIP: C1425DKF", "Billing ZIP: [ZIP]"),
        ("ZIP/Postal code: 1017 AB", "ZIP/Postal code: [ZIP]"),
        ("Postcode 4416 has no lamps.", "Postcode [ZIP] has no lamps."),
        ("do you deliver to sw1a 2aa?", "do you deliver to [ZIP]?"),
        ("we deliver to 4000 customers", "we deliver to 4000 customers"),
        ("Call 193 7691 now.", "Call [PHONE] now."),
        ("Voicemail from 8-985-556-63-15: hello", "Voicemail from [PHONE]: hello"),
        ("Call 911, then call 2024-01-20 the day of it.", "Call 911, then call [DATE] the day of it."),
        ("8 Gartenweg, Ulm, Germany 89073\n058 797 73 09", "[ADDRESS]\n[PHONE]"),
    ],
)
def test_a_field_is_believed_beside_others(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The bar is on the corner of Quai Est and Rue Foch, they say.", "The bar is on [ADDRESS], they say."),
        ("Let's meet at Elm Causeway and Tyrsova ulice.", "Let's meet at [ADDRESS]."),
        ("Turn left on Farrow Isle and right on Bell Hills.", "Turn left on [ADDRESS] and right on [ADDRESS]."),
        ("Take the tram to Plum Mews.", "Take the tram to [ADDRESS]."),
        ("Then walk up to number 98.", "Then walk up to number [ADDRESS]."),
        ("I am on Elm Street and I've called twice.", "I am on [ADDRESS] and I've called twice."),
        ("We dined at Salt and Pepper Grill.", "We dined at Salt and Pepper Grill."),
        ("Go to number 4 of the list.", "Go to number 4 of the list."),
    ],
)  # fmt: skip
def test_a_crossing_has_a_street(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_fields_of_other_documents_tell_nothing(redactor: Redactor) -> None:
    street, number = redactor.redact_texts(["Street: Blue Center\nTown: Gent", "No.: 12\nUnit: 4"])
    assert street.text == "Street: [ADDRESS]\nTown: [LOCATION]"
    assert number.text == "No.: 12\nUnit: 4"


def test_an_amount_in_euros_is_an_amount(redactor: Redactor) -> None:
    said = "Top up from 4532015112830366 with €3693 please"
    assert redactor.redact_text(said).text == "Top up from [CARD] with €3693 please"
