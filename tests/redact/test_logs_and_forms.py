"""Lines of logs, records and letterheads: values are hidden, and the field behind them stays readable."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("auth ok user=moe_lind7 ip=10.1.2.3", "auth ok user=[USERNAME] ip=[IP]"),
        ("login user=root uid=nobody", "login user=root uid=nobody"),
        ('login="k.moe" failed', 'login="[USERNAME]" failed'),
        ('payload={"phone":"206-555-0142","plan":"gold","qty":5}', 'payload={"phone":"[PHONE]","plan":"gold","qty":5}'),
        ("Passport no. C01X95MB9 | Sex M", "Passport no. [LICENSE] | Sex M"),
        ("phone 06 92 48 37 52; 4 boxes, 14 kg", "phone [PHONE]; 4 boxes, 14 kg"),
        ("phone +46 70-388 67 23; 7 boxes, 17 kg", "phone [PHONE]; 7 boxes, 17 kg"),
        ("my number is 617; 555; 0142", "my number is [PHONE]"),
        ("call me at 617;555;0142", "call me at [PHONE]"),
        ("Works at the mill, claim no. C397335, closed", "Works at the mill, claim no. [ID], closed"),
        ("Re: claim 36201922U", "Re: claim [ID]"),
        ("they claim 20 percent off", "they claim 20 percent off"),
        ("NI no. QQ 25 00 77 C", "NI no. [ID]"),
        ("Docket 2:24-cv-06792 was closed", "Docket [ID] was closed"),
    ],
)
def test_a_value_is_hidden_and_the_field_behind_it_is_not(redactor: Redactor, written: str, shown: str) -> None:
    assert redactor.redact_text(written).text == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Sam, Exit Realty, (617) 555-0142", "[NAME], Exit Realty, [PHONE]"),
        ("the desk at table 4 has 617-555-0142", "the desk at table 4 has [PHONE]"),
        ("about the order, text me on my registered 617-555-0142", "about the order, text me on my registered [PHONE]"),
        ("we are on Maple Lane: 617-555-0142", "we are on [ADDRESS]: [PHONE]"),
        ("order number is 617-555-0142", "order number is 617-555-0142"),
        ("the part no. 617-555-0142 fits", "the part no. 617-555-0142 fits"),
        ("O: 1-617-555-0142 | F: +1 617 555 0143", "O: [PHONE] | F: [PHONE]"),
        ("the order was placed from 203.0.113.77 at noon", "the order was placed from [IP] at noon"),
        ("forty dollars were charged from IP 198.51.100.7", "forty dollars were charged from IP [IP]"),
        ("we run version 10.2.3.4 now", "we run version 10.2.3.4 now"),
    ],
)
def test_a_whole_phone_number_is_silenced_only_right_behind_what_is_harmless(
    redactor: Redactor, written: str, shown: str
) -> None:
    assert redactor.redact_text(written).text == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Model RX-1750 needs 240 V", "Model RX-1750 needs 240 V"),
        ("Rx 7714302 is ready", "Rx [ID] is ready"),
        ("DOB 8/24/60 ADM 05/28/2024 RM 244B", "DOB [DOB] ADM [DOB] RM 244B"),
        ("he died 2/12 at home", "he died [DATE] at home"),
    ],
)
def test_models_and_rooms_stay_and_prescriptions_do_not(redactor: Redactor, written: str, shown: str) -> None:
    assert redactor.redact_text(written).text == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "Sehr geehrte Frau Weber, Ihre neue Anschrift lautet Lindenallee 9, 81824 Bamberg.",
            "Sehr geehrte Frau [NAME], Ihre neue Anschrift lautet [ADDRESS].",
        ),
        (
            "Bitte überweisen Sie den Betrag. Rechnung an Otto Moe",
            "Bitte überweisen Sie den Betrag. Rechnung an [NAME]",
        ),
        ("Rechnung: bitte an Frau Neue, Betrag offen", "Rechnung: bitte an Frau [NAME], Betrag offen"),
        ("Kennzeichen fehlt. Kundin Anna Halter, wohnhaft hier", "Kennzeichen fehlt. Kundin [NAME], wohnhaft hier"),
        ("Sie Neue is my friend", "[NAME] is my friend"),
    ],
)
def test_german_words_are_no_names_in_a_german_text(redactor: Redactor, written: str, shown: str) -> None:
    assert redactor.redact_text(written).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Opened: 2025-03-04 16:42 EST by okoye_w, model X200.", "Opened: [DATE] EST by [USERNAME], model X200."),
        ("the temporary password Kestrel@Moor#17, then change it", "the temporary password [PASSWORD], then change it"),
        ("the wifi is ours, the key is heron-lane-88. ok", "the wifi is ours, the key is [PASSWORD]. ok"),
        ("the password for x@example.com is known", "the password for [EMAIL] is known"),
        ("Firmware 7.2.4.1 and then 10.9.8.7 answered", "Firmware 7.2.4.1 and then [IP] answered"),
        ("his PAN (ZXCPK4821M), the Aadhaar (4821 9034 1177)", "his PAN ([SSN]), the Aadhaar ([SSN])"),
        ("Your aunt, being 94, cannot be covered.", "Your aunt, being [AGE], cannot be covered."),
        ("being 94 percent sure is enough for us", "being 94 percent sure is enough for us"),
        ("A: the code?\nB: hm\nA: scanned at 22:40, left", "A: the code?\nB: hm\nA: scanned at 22:40, left"),
    ],
)  # fmt: skip
def test_tickets_and_letters(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
