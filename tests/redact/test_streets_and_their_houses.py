"""Streets and their houses: with a direction, with a half, asked for, behind a sign, and without a number."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("agent: Can you tell me your home address?\ncaller: unit it for Madison Road.", ("Madison", "Road")),
        ("Agent: Can you tell me your home address?\nCaller: , park street.\nAgent: Thank you.", ("park", "street")),
        ("Agent: And your address?\nCaller: I live in willow park street.\nAgent: Thank you.", ("willow", "street")),
        ("agent: home address?\ncaller: uh blue heron lane um number nine", ("heron", "lane")),
        ("send it to 1400 NE 8th, number 211", ("1400", "8th", "211")),
        ("I'm at 633 E 12th, Apt 5", ("633", "12th", "Apt 5")),
        ("meet me at 1318 E. Tamarind", ("1318", "Tamarind")),
        ("it's 2212 1/2 N. Vermont I think", ("2212", "1/2", "Vermont")),
        ("Ship it to 512 1/2 E 9th, please.", ("512", "1/2", "9th")),
        ("my apartment number is two one six and the buzzer's 208", ("two", "208")),
        ("Your unit is 5813 and the gate is locked.", ("5813",)),
        ("i'm by the bank the cross street's sedgwick", ("sedgwick",)),
        ("the bakery on Halsted Rd, or the one near Juniper Dr", ("Halsted", "Rd", "Juniper", "Dr")),
        ("she rents above the bakery on 9th St SE with Ana", ("9th", "St", "SE")),
        ("my mom's at 3100 Centennial #207", ("3100", "#207")),
        (
            "which street\nit's cedar hollow lane\nokay and what number\ntwenty two oh nine",
            ("cedar", "twenty", "nine"),
        ),
    ],
)
def test_the_house_goes_with_its_street(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("agent: your address\ncaller: i'm on the road right now", "on the road"),
        ("agent: your address\ncaller: so park behind the church drive slowly", "church drive slowly"),
        (
            "agent: your address?\ncaller: It's the next street over, a busy street.",
            "It's the next street over, a busy street",
        ),
        ("agent: the address and the best way to reach you\ncaller: the best way is by phone", "the best way"),
        ("the apartment is 1250, plus heat", "is 1250, plus"),
        (
            "my unit is 12 years old and the condo is 900 square feet",
            "is 12 years old and the condo is 900 square feet",
        ),
        ("my apartment is two bedrooms", "two bedrooms"),
        ("CT of the chest by Main, by Rd or by Ct", "CT of the chest by Main, by Rd or by Ct"),
        ("2 N. Korean officials", "2 N. Korean"),
    ],
)
def test_what_is_said_beside_it_stays(redactor: Redactor, text: str, kept: str) -> None:
    assert kept in redactor.redact_text(text).text
