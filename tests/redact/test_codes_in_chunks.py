"""Codes in chunks of letters and figures, their repeats, and numbers beside them that are none."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Agent: Confirmation is QX4 TB9.\nCaller: QX4-TB9. Thanks.", ("QX4", "TB9")),
        ("A: card?\nB: four two four two day four two four two", ("four", "two")),
        ("A: social?\nB: five one nine days forty two seventy seven oh one", ("five", "nine", "one")),
        ("your locator is H2WWQP and my wife's H2T4NC, dinner at 7", ("H2WWQP", "H2T4NC")),
        ("confirmation is qx4 tb9\nqx4 tb9 thanks", ("qx4", "tb9")),
        ("Agent: and the serial on the back?\nCaller: AH-417-022.", ("AH", "417", "022")),
        ("we'll open a case 38kd2290 and someone calls you", ("38kd2290",)),
        ("Your ticket is 22 AT 9041.", ("22", "AT", "9041")),
        ("Approved. Authorization number 30 J C 7718, good for ten visits.", ("30 J C", "7718")),
        ("my number is two two four nine one k okay thanks", ("two two", "one", " k ")),
        ("a red Mazda (lic. 4HHK702) hit the gate", ("4HHK702",)),
        ("SSN: XXX-XX-7731", ("7731",)),
        ("Accession MR-24-220714. Claim WC-0931-24-KD.", ("220714", "0931", "KD")),
        ("Booking 3RT77K. We have a request.", ("3RT77K",)),
        ("locator H2WWQP, ours is H2T4NC", ("H2WWQP", "H2T4NC")),
        ("case 4471 902 is still open", ("4471", "902")),
        ("inmate no. 00718326", ("00718326",)),
        ("DL# K410-2236-0090", ("K410", "2236", "0090")),
        ("my card is 5500 0055 5555 5559, pin 4821 number", ("4821",)),
        ("the lot is apartment d in dover 19901", ("19901",)),
        ("a blue Corsa, registration MK14 RTB?", ("MK14", "RTB")),
    ],
)
def test_codes_are_hidden_whole(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my truck's a two thousand eleven f one fifty", "two thousand eleven f one fifty"),
        ("booking number is pending, booking for dinner", "booking number is pending, booking for dinner"),
        ("call the eight hundred number on the back of the card", "eight hundred number"),
        ("Can you verify the last four of the card?\n6042. And the one on the back is 331?", "And the one on the back"),
        ("the reference is REF 2 of 3 PAGES", "REF 2 of 3"),
        ("license number\nit's four four one two nine oh that's alberta", "that's"),
        ("authorization number four four k b two one and a receipt for me please", "and a receipt"),
        ("date of birth\nmarch third nineteen sixty\nand the copay is thirty two sixty one", "thirty two sixty one"),
        (
            "card number\nnine\nthe new card comes in three to five days to ninety one twelve old mill road",
            "three to five days to",
        ),
    ],
)
def test_what_is_said_beside_it_stays(redactor: Redactor, text: str, kept: str) -> None:
    assert kept in redactor.redact_text(text).text


def test_a_state_behind_its_number_is_nobody(redactor: Redactor) -> None:
    found = redactor.redact_text("license number\nit's four four one two nine oh that's nevada").spans
    assert [span.finding.label for span in found if span.finding.label == "NAME"] == []


@pytest.mark.parametrize(
    "text",
    ["my extension is four four one oh that's virginia in billing\nokay", "Bed 14, that's Georgia, with the fever."],
)
def test_who_stands_behind_another_number_is_no_state(redactor: Redactor, text: str) -> None:
    assert [span.finding.label for span in redactor.detect_text(text)][-1] == "NAME"


def test_a_code_that_opens_like_a_filler_keeps_its_opening(redactor: Redactor) -> None:
    assert "OK" not in redactor.redact_text("Agent: your policy number?\nCaller: OK-4419-20.").text


def test_words_of_sentences_in_capitals_are_no_chunks(redactor: Redactor) -> None:
    text = "FOR YOUR POLICY NUMBER CALL DESK 24 HRS A DAY"
    assert redactor.redact_text(text).text == text
    assert redactor.redact_text("POLICY NUMBER IS AB 12 CD 34 THANKS").text == "POLICY NUMBER IS [HEALTH_PLAN] THANKS"
