"""Numbers that look like somebody's and tell of things: hours, codes on a screen, models; and those that are."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    "text",
    [
        "bring your insurance card we're open eight a m to six monday through friday",
        "can we call between ten thirty a m and four fifteen p m",
        "what's the best number to reach you at\ni have bread in the oven at three twenty five\nsure\nno rush",
        "your member number\nhe was in the navy from fifty two to fifty six\nsure\nokay",
        "read me the v i n all seventeen",
        "your security code please\nit said code one one eight on my screen\nsure\nthanks",
        "we're a five oh one c three so your gift counts",
        "is it the j h ninety five ninety two p or the other one",
        "okay so there's a sticker it says u z s oh four nine two",
        "what's the reading on the display\nit's 13 529\nthanks\nokay",
        "your employee number\nno idea\ndid you see that game\n43 11",
        "i'll need the passport number too",
        "your phone number please\nzero zero zero\nsorry i didn't get that\nokay",
        "your social security number\nno idea\nwow it's only 75 here",
        "is there another number\ncard is broken\nhow many miles\n81947",
    ],
)
def test_numbers_of_things_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("your member number\nfive two to five six nine oh one", "your member number\n[HEALTH_PLAN]"),
        ("your security code please\nit says code one one eight", "your security code please\nit says code [CVV]"),
        (
            "we sent a code\nit says code six two nine four on my screen",
            "we sent a code\nit says code [PASSWORD] on my screen",
        ),
        ("we sent a code\nit says code 629418 on my phone", "we sent a code\nit says code [PASSWORD] on my phone"),
        (
            "your security code\nit says code five one eight on the side",
            "your security code\nit says code [CVV] on the side",
        ),
        ("your passport number\nk k u zero two three two", "your passport number\n[LICENSE]"),
        ("is that right\nmy member number is j h 95 92 p", "is that right\nmy member number is [HEALTH_PLAN]"),
        (
            "your phone number\noh yeah it's five five five four one three two two nine eight",
            "your phone number\noh yeah it's [PHONE]",
        ),
        ("your zip code four four three nine eight i think", "your zip code [ZIP] i think"),
        ("your zip code\noh four one oh one thanks", "your zip code\n[ZIP] thanks"),
    ],
)
def test_those_of_somebody_go(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
