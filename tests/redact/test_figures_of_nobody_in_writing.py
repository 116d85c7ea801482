"""What programs, price lists, forms and notes write in figures stays readable; what stands beside it is hidden."""

import pytest

from privity.redact import Redactor

SHOWN = (
    "2024-11-02 09:14:23,118 DEBUG http - 404 upstream, took=87ms",
    "Is my rail pass valid in Austria?",
    "The population of Chile grew by 2 percent.",
    "Our new shop in Portugal opens on Monday.",
    "Her visa for Ghana runs out soon.",
    "Ticket prices: adults 12,000 won, children half.",
    "Ticket prices: adults RMB 45.",
    "Error after the update to 12.3.4, code 0x80070005.",
    "She was seen by the first-aider.",
    "Be frank about it, please.",
)
BESIDE = (
    (
        "2024-11-02 09:14:22,117 ERROR billing - card 4111111111111111 declined code=51",
        "[DATE] 09:14:22,117 ERROR billing - card [CARD] declined code=51",
    ),
    (
        "login failed user=mkessler ip=10.20.30.40:8443 reason=wrong_password attempts=4",
        "login failed user=[USERNAME] ip=[IP]:8443 reason=wrong_password attempts=4",
    ),
    (
        "Mrs Anna Tull (MRN 00418227) seen. paracetamol 1 g QDS. BP 134/82, HR 91, sats 96%.",
        "Mrs [NAME] (MRN [MRN]) seen. paracetamol 1 g QDS. BP 134/82, HR 91, sats 96%.",
    ),
    (
        "VIN 1HGCM82633A004352, mileage 61,400, previous keeper Tom Hale.",
        "VIN [VEHICLE], mileage 61,400, previous keeper [NAME].",
    ),
    ("I am free after 7 p.m. RD JH-223344.", "I am free after 7 p.m. RD [ID]."),
    ("See you there. Best, Olga", "See you there. Best, [NAME]"),
    ("Our cook from Italy, Marco, left.", "Our cook from [LOCATION], [NAME], left."),
    ("She lives in Germany.", "She lives in [LOCATION]."),
)
HIDDEN = (
    ("My account number: 12,345,678.", "12,345,678"),
    ("Policy no. HR 88417 is hers.", "HR 88417"),
    ("Password: attempts42", "attempts42"),
    ("Patients: Best, Olga (ward 3)", "Best, Olga"),
    ("His user name is wrong_way77", "wrong_way77"),
)


@pytest.mark.parametrize("text", SHOWN)
def test_figures_and_countries_of_nobody_stay(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text
    assert shown.replace("[DATE]", "2024-11-02") == text


@pytest.mark.parametrize(("text", "shown"), BESIDE)
def test_what_is_somebodys_is_hidden_beside_them(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(("text", "value"), HIDDEN)
def test_what_only_looks_like_them_stays_hidden(redactor: Redactor, text: str, value: str) -> None:
    assert value not in redactor.redact_text(text).text
