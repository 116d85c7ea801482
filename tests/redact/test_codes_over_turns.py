"""Codes of letters and digits that are read over several turns, interrupted, doubted, and read back as one word."""

import pytest

from privity.redact import Redactor

CODES = {
    """A: your member id
B: yeah it's w hold on let me find the card
A: sure
B: w as in walter
A: okay
B: three one nine
A: three one nine
B: double four eight""": (" w ", "walter", "nine", "eight"),
    """A: the claim number
B: it starts with r k
A: mm-hm
B: seven seven two
A: yes
B: one nine oh""": ("r k",),
    """A: the case number
B: d p d
A: d p d
B: two four one one seven
A: okay
B: dash oh four""": ("dash", "oh"),
    """A: the permit number
B: b l d two four
A: yes
B: oh oh one nine
A: yes
B: and then an r""": (" r",),
    """A: serial number
B: nine one one four two and then i can't tell if it's an eight or a b
A: it should be a digit so eight
B: okay eight then seven seven""": ("eight",),
    """A: the license number
B: d two two eight
A: yes
B: is it a one or an x
A: an x
B: x six""": (" one ", " x"),
    """Do you have the reference?
Yes, it's J K, four four.
Go on.
T, nine two, C as in Charlie.
JK44T92C. Thank you.""": ("JK44", "92C"),
    """A: do you have the file reference it should start with the airport code
B: yeah it's k x w b
A: okay
B: one nine four four three
A: k x w b one nine four four three thank you""": ("k x w b", "four"),
    """A: i ran the vin you gave me that was one h g c m eight two six let me see
B: okay""": ("one h g", "six"),
    """A: Do you have the juror number? It's above the bar code.
B: 1100482937.""": ("1100482937",),
    """A: there's a gate the code is four four star nine
B: four four star nine and who am i asking for""": ("star nine",),
    """A: and the confirmation
B: n as in nancy
A: n
B: v as in victor
A: v
B: two
A: two
B: six
A: six
B: p as in peter""": ("nancy", "victor", "two", "six", "peter"),
    """A: a reference number?
B: C B L, slash, oh nine, slash...
A: Go on.
B: four four one seven.
A: CBL/09/4417, thanks.""": ("CBL", "09", "4417", "slash"),
}


@pytest.mark.parametrize(("text", "gone"), CODES.items())
def test_what_is_left_of_a_code_is_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A: your claim number\nB: r k seven seven two one nine oh\nA: all right you have a good one", "a good one"),
        ("A: the confirmation code six letters\nB: q w three four t r\nA: thanks four that", "code six letters"),
        (
            "A: your account number\nB: seven seven two one nine oh\nA: how many miles\nB: nine thousand",
            "nine thousand",
        ),
        (
            "A: the vin\nB: one h g c m eight two six\nA: is it a one or a two bedroom you rent",
            "a one or a two bedroom",
        ),
        ("A: your case number\nB: seven seven two one nine oh\nA: does he have\nB: two point nine", "two point nine"),
        ("A: What do you drive?\nB: A 2017 Mazda 3. Red.", "A 2017 Mazda 3. Red."),
        ("A: what's the price\nB: is it a five or a nine\nA: a nine", "is it a five or a nine"),
    ],
)
def test_what_is_said_beside_a_code_stays(redactor: Redactor, text: str, kept: str) -> None:
    assert kept in redactor.redact_text(text).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call 617-555-0142 and 781-555-0163 now", "call [PHONE] and [PHONE] now"),
        ("from 10.44.3.20 and 2001:db8::ff00:41:7719 again", "from [IP] and [IP] again"),
    ],
)
def test_two_codes_side_by_side_are_not_said_again(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
