"""Numbers of claims, cases, badges, meters, plates and users in the ways in which they are said and written."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("It'll be Officer Renner, badge 3391.", ("3391",)),
        ("hello this is dispatcher four one seven", ("four", "seven")),
        ("We have it as case eight forty two oh six six.", ("eight", "six")),
        ("Re: claim D20933881", ("D20933881",)),
        ("Re: claim 20933881K", ("20933881", "K")),
        ("He works for the harbor, claim no. c448120933, and is off.", ("448120933",)),
        ("She's a member, number two two nine oh eight one, since fall.", ("two two", "one")),
        ("A: Meter number, it's on the dial?\nB: 23805954.", ("23805954",)),
        ("A: and the health card number, for the new form?\nB: 4000-381-324.", ("4000", "381")),
        ("NI no. QQ 12 34 56 C was given.", ("QQ", "12 34")),
        ("Court file 3:21-cv-04418 was closed.", ("04418",)),
        ("Kennzeichen B-KL 221, blau", ("B-KL", "221")),
        ("04:53:21 INFO auth: user=oduya.h ip=10.1.2.3 result=ok", ("oduya",)),
        ("A: Is it the line ending in double four nine eight?\nB: yes", ("four", "nine")),
        ("is it the phone ending in 47", ("47",)),
        ("A: what's your number, just the last four\nB: two oh one six\nA: thanks", ("oh", "six")),
        ("A: nice\nB: send the receipt by text to four oh one five five five oh one six oh", ("four", "oh")),
        ("A: number?\nB: 906, let me think, 555-6644.", ("906", "6644")),
        (
            "account number\nfour four two oh one seven seven eight\nall nine digits\nthere's a three on the end",
            ("three",),
        ),
        ("A: and the plate?\nB: Let me see, three George Larry foxtrot two nine nine.", ("three", "George", "Larry")),
        ("A: your plate?\nB: it's henry yankee william dash two oh eight one.", ("henry", "william", "one")),
    ],
)
def test_numbers_of_somebody_are_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    "text",
    [
        "in any case five or six people come",
        "in case 25 people come we have chairs",
        "we filed form i seven sixty five last week",
        "the receipt says 4471",
        "user=admin result=ok",
        "A: nice tag\nB: it says four for us and two for them",
        "there's a three on the end of the title",
        "the road ending in 47 miles",
    ],
)
def test_what_only_looks_like_them_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
