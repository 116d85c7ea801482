"""What answers in calls: codes in chunks, days in figures, ages of ninety, states, and what is said beside them."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Agent: Confirmation is QX4 TB9.\nCaller: QX4-TB9. Thanks.", ("QX4", "TB9")),
        ("confirmation is qx4 tb9\nqx4 tb9 thanks", ("qx4", "tb9")),
        ("Agent: and the serial on the back?\nCaller: AH-417-022.", ("AH", "417", "022")),
        ("we'll open a case 38kd2290 and someone calls you", ("38kd2290",)),
        ("Your ticket is 22 AT 9041.", ("22", "AT", "9041")),
        ("Approved. Authorization number 30 J C 7718, good for ten visits.", ("30 J C", "7718")),
        ("Agent: When did it start?\nCaller: 9/9, around noon.", ("9/9",)),
        ("Do you recall the date?\nI think 4/19.", ("4/19",)),
        ("Does Monday work?\nThen 6/22, two to six.", ("6/22",)),
        ("it expired oh four nineteen twenty four so there's a fee", ("four nineteen",)),
        ("Adjuster: When did you first see it?\nInsured: It was the 3rd, around noon.", ("3rd",)),
        ("REP: I sent a code to your mobile. Could you read it?\nCUSTOMER: It says 904 118.", ("904", "118")),
        ("my number is two two four nine one k okay thanks", ("two two", "one", " k ")),
        ("acct under bram.hallgren, she is mad", ("bram", "hallgren")),
        ("He uses p.okafor for that.", ("okafor",)),
        ("seen in ED 9/4 by the resident", ("9/4",)),
        ("Incident 5/11 21:05, two units went", ("5/11",)),
        ("Advised f/u w/ Dr. Weiss 12/19.", ("Weiss", "12/19")),
        ("a red Mazda (lic. 4HHK702) hit the gate", ("4HHK702",)),
        ("Bed alarm on. T. Ostrander, RN", ("T.", "Ostrander")),
        ("Name? Aurelio, middle initial V, Banks.", ("Aurelio", " V", "Banks")),
        ("First: Kasper   MI: W", ("Kasper", " W")),
        ("SSN: XXX-XX-7731", ("7731",)),
        ("Pt is 97 and walks alone", ("97",)),
        ("shes 93 and needs a wheelchair", ("93",)),
        ("Accession MR-24-220714. Claim WC-0931-24-KD.", ("220714", "0931", "KD")),
        ("Booking 3RT77K. We have a request.", ("3RT77K",)),
        ("locator H2WWQP, ours is H2T4NC", ("H2WWQP", "H2T4NC")),
        ("case 4471 902 is still open", ("4471", "902")),
        ("inmate no. 00718326", ("00718326",)),
        ("Thank you for your letter of the 2nd", ("2nd",)),
        ("My last cleaning was in December.", ("December",)),
        ("my anniversary is 7/11", ("7/11",)),
        ("admitted 3/8, discharged 3/12", ("3/8", "3/12")),
        ("DL# K410-2236-0090", ("K410", "2236", "0090")),
        ("my apple id is tess_moreau@icloud", ("tess", "icloud")),
        ("follow me @tessm.42", ("tessm", "42")),
        ("send it to 1400 NE 8th, number 211", ("1400", "8th", "211")),
        ("I'm at 633 E 12th, Apt 5", ("633", "12th", "Apt 5")),
        ("meet me at 1318 E. Tamarind", ("1318", "Tamarind")),
        ("it's 2212 1/2 N. Vermont I think", ("2212", "1/2", "Vermont")),
        ("Ship it to 512 1/2 E 9th, please.", ("512", "1/2", "9th")),
        ("my mom's at 3100 Centennial #207", ("3100", "#207")),
        ("Hi, this is for Brandy Ostrowski. Brandy, it's the office.", ("Brandy",)),
        ("yeah the wifi is blue heron forty one no spaces", ("heron", "forty")),
        ("the alarm when you go in is oh three one seven then hit off", ("oh three", "seven")),
        (
            "which street\nit's cedar hollow lane\nokay and what number\ntwenty two oh nine",
            ("cedar", "twenty", "nine"),
        ),
        ("how old are you now maam im ninety six ninety six oh wow", ("ninety", "six")),
        ("my aunt went to a hundred and three", ("hundred", "three")),
        ("we're planning grandpa's ninety third, in june", ("ninety", "third")),
        ("for her 95th birthday", ("95",)),
        ("a blue Corsa, registration MK14 RTB?", ("MK14", "RTB")),
        ("SUPPORT: Log-in name?\nCALLER: okaforj7.", ("okaforj7",)),
        ("okay now let me see here i have amara ibekwe\nyes thats me", ("amara", "ibekwe")),
        ("thanks for calling harbor dental you're speaking with grace may i have your name", ("grace",)),
    ],
)
def test_what_answers_is_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Agent: how far is it?\nCaller: 3/4 of the way", "3/4 of the way"),
        ("when do we add milk?\nthen 1/2 cup of it", "1/2 cup"),
        ("A: When did he arrive?\nB: He was the first to arrive.", "the first to"),
        ("when did it start\nit was the second time this month", "the second time"),
        ("i was in the navy from ninety six to two thousand three", "ninety six to two thousand three"),
        ("see config.json, then auth.service", "config.json, then auth.service"),
        ("turkey with jack cheese and sixteen penny nails", "jack cheese and sixteen penny nails"),
        ("my truck's a two thousand eleven f one fifty", "two thousand eleven f one fifty"),
        ("my middle initial is on the form", "my middle initial is on"),
        ("booking number is pending, booking for dinner", "booking number is pending, booking for dinner"),
        ("hes 95 percent sure", "95 percent"),
        ("could you email it to me tess dot moreau at yahoo dot com", "email it to me"),
        ("my email's fine tess dot moreau at yahoo dot com", "email's fine"),
        ("upload them at w w w dot lakeshore dot org", "upload them at"),
        ("A: who do i ask for if i call back\nB: ask for sue", "i ask for if"),
        ("A: your name please last name first\nB: young cody", "last name first"),
        ("he's 93rd in line and she's 95th on the list", "93rd in line and she's 95th on"),
        ("the wifi is two bars", "two bars"),
        ("2 N. Korean officials", "2 N. Korean"),
        ("call the eight hundred number on the back of the card", "eight hundred number"),
        ("Can you verify the last four of the card?\n6042. And the one on the back is 331?", "And the one on the back"),
        ("im ninety percent sure", "ninety percent"),
        ("it was the ninety ninth time", "ninety ninth"),
        ("the reference is REF 2 of 3 PAGES", "REF 2 of 3"),
        ("license number\nit's four four one two nine oh that's alberta", "that's"),
        ("okay see you soon", "soon"),
        ("authorization number four four k b two one and a receipt for me please", "and a receipt"),
        ("you had a 15% code, so it's 12.20 apiece, times two is 24.40", "24.40"),
        ("Is there a gate code?\nNo gate. Just come up.", "No gate."),
        (">> And your name?\n>> First name and last, Monique Kealoha.", "First name and last"),
        ("what's the email\nthat's gonna be maria underscore lopez at aol dot com", "that's gonna be"),
        ("the alarm is four one oh two dad turns eighty", "dad turns eighty"),
        ("date of birth\nmarch third nineteen sixty\nand the copay is thirty two sixty one", "thirty two sixty one"),
        (
            "card number\nnine\nthe new card comes in three to five days to ninety one twelve old mill road",
            "three to five days to",
        ),
    ],
)
def test_what_is_said_beside_it_is_not(redactor: Redactor, text: str, kept: str) -> None:
    assert kept in redactor.redact_text(text).text


def test_a_state_behind_its_number_is_nobody(redactor: Redactor) -> None:
    found = redactor.redact_text("license number\nit's four four one two nine oh that's nevada").spans
    assert [span.finding.label for span in found if span.finding.label == "NAME"] == []


def test_a_mailbox_that_opens_like_a_filler_keeps_it(redactor: Redactor) -> None:
    assert "OK" not in redactor.redact_text("Agent: your policy number?\nCaller: OK-4419-20.").text


def test_a_party_that_no_list_has_speaks_where_a_known_one_answers(redactor: Redactor) -> None:
    shown = redactor.redact_text(
        "store thanks for calling the bike barn\ncaller hi do you have a bell\nstore we do whats the name\n"
        "caller patrice\nstore how many\ncaller two"
    ).text
    assert "patrice" not in shown
    assert shown.count("caller") == 3


@pytest.mark.parametrize(
    "text",
    ["my extension is four four one oh that's virginia in billing\nokay", "Bed 14, that's Georgia, with the fever."],
)
def test_who_stands_behind_another_number_is_no_state(redactor: Redactor, text: str) -> None:
    assert [span.finding.label for span in redactor.detect_text(text)][-1] == "NAME"
