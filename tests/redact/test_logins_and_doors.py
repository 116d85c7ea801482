"""Users, mailboxes, networks and doors in the ways in which calls name them."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("REP: I sent a code to your mobile. Could you read it?\nCUSTOMER: It says 904 118.", ("904", "118")),
        ("its Sn0wdrop&Elk i hope the sign works", ("Sn0wdrop", "Elk")),
        ("with aranciata!1977 it opens", ("aranciata", "1977")),
        ("my gitlab is t-okoro and skype: bram.h.9", ("okoro", "bram")),
        ("the password is seven seven two one mom", ("seven", "mom")),
        ("my password is seven dad nine nine", ("dad", "nine")),
        ("my password is nine uncle bob seven", ("uncle", "seven")),
        ("my login is fine and the password is gate", ("gate",)),
        ("A: your pin code please?\nB: 24.40", ("24", "40")),
        ("acct under bram.hallgren, she is mad", ("bram", "hallgren")),
        ("He uses p.okafor for that.", ("okafor",)),
        ("my apple id is tess_moreau@icloud", ("tess", "icloud")),
        ("follow me @tessm.42", ("tessm", "42")),
        ("yeah the wifi is blue heron forty one no spaces", ("heron", "forty")),
        ("the alarm when you go in is oh three one seven then hit off", ("oh three", "seven")),
        ("SUPPORT: Log-in name?\nCALLER: okaforj7.", ("okaforj7",)),
    ],
)
def test_what_opens_an_account_or_a_door_is_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("see config.json, then auth.service", "config.json, then auth.service"),
        ("could you email it to me tess dot moreau at yahoo dot com", "email it to me"),
        ("my email's fine tess dot moreau at yahoo dot com", "email's fine"),
        ("upload them at w w w dot lakeshore dot org", "upload them at"),
        ("the wifi is two bars", "two bars"),
        ("you had a 15% code, so it's 12.20 apiece, times two is 24.40", "24.40"),
        ("Is there a gate code?\nNo gate. Just come up.", "No gate."),
        ("what's the email\nthat's gonna be maria underscore lopez at aol dot com", "that's gonna be"),
        ("the alarm is four one oh two dad turns eighty", "dad turns eighty"),
        (
            "AT&T owes P&G2024 and total$500, a^2*b3, rock&roll99",
            "AT&T owes P&G2024 and total$500, a^2*b3, rock&roll99",
        ),
        ("my github is down and my skype is slow", "my github is down and my skype is slow"),
    ],
)
def test_what_is_said_beside_it_stays(redactor: Redactor, text: str, kept: str) -> None:
    assert kept in redactor.redact_text(text).text
