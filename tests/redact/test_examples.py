"""The examples that the domain rules list for Safe Harbor and PCI, and those of recognizers' output."""

import pytest

from privity.redact import Label, Redactor

CARDS = [
    "4111111111111111",
    "4111-1111 1111.1111",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "3782 822463 10005",
    "6011111111111117",
    "3530111333300000",
    "30569309025904",
    "6200000000000005",
    "4222222222222",
    "6759649826438453",
    "PAN=4012888888881881;",
    "%B4111111111111111^DOE/JOHN^2912101?",
    ";4111111111111111=29121010000?",
    "order4111111111111111X",
    "4111_1111_1111_1111",
    "4111\u00a01111\u00a01111\u00a01111",
    "4111\u200b1111\u200b1111\u200b1111",
    "\u0664\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661",
]
NO_CARDS = [
    "4111111111111112",
    "1234567890123456",
    "0000000000000000",
    "IMEI 490154203237518",
    "353879234252633",
    "ISBN 9780306406157",
    "1764000000000",
    "9400111899223197428490",
    "550e8400-e29b-41d4-a716-446655440000",
    "a4f13e4111111111111111e5b6c7d8e9f0a1b2c3d4",
    "555-0100 555-0101",
]
SPOKEN_CARDS = [
    "it's four one one one uh one one one one one one one one one one double one",
    "my card is forty-one eleven eleven eleven eleven eleven eleven eleven",
    "my card is four thousand one hundred eleven eleven eleven eleven eleven eleven eleven",
    "visa 4111 one one one one 1111 triple one one",
    "card number is four one one one no sorry four one one two one one one one one one one one one one one one",
    "the card is 4,111,111,111,111,111.",
    "my card number is 4111-1111-1111-1112",
    "the card number is four two four two four two four two four two",
]
READABLE = [
    "Parkinson's disease",
    "she has Parkinson's disease and an Apgar score of nine",
    "Apgar score 9",
    "Dr. Pepper",
    "the patient is 45",
    "room temperature is 98.6",
    "take 500 mg twice a day",
    "i take five hundred milligrams",
    "ICD E11.9",
    "ICD 250",
    "CPT 99213",
    "billing NPI 1234567893",
    "you may go",
    "it may rain in the afternoon",
    "he has Down syndrome",
    "room 123",
    "a 3-digit extension",
    "Press 2, then extension 495.",
    "order number 448219",
    "my order number is four four eight two one nine",
    "version 3.11.7 of the app",
    "version 1.2.3.4",
    "the total is $4,111.50",
    "I'll come at three on Tuesday",
    "we need two tickets for three people at seven thirty",
    "can you hold on one second",
    "press one for sales or two for support",
    "two kids on the way",
    "will you mark it for me",
    "that is seven to ten business days",
    "two beds one and a half baths nine hundred square feet",
    "see you at nine twenty on friday",
    "the receipt number is four four eight two one nine",
    "The Princess Royal arrived this morning.",
    "Fatigue on Lisinopril; the Framingham score is low.",
    "blood pressure one twenty over eighty",
]
HIDDEN = [
    ("born 3/4/1980", "born [DOB]"),
    ("born 3/4/1980, admitted March 3rd 2026", "born [DOB], admitted [DATE]"),
    ("my date of birth is oh three oh three nineteen eighty", "my date of birth is [DOB]"),
    ("birthday is march third nineteen eighty", "birthday is [DOB]"),
    ("she was born on the third of march two thousand and one", "she was born on [DOB]"),
    ("seen on March 3rd, 1980 and 3/3/1980", "seen on [DATE] and [DATE]"),
    ("she is ninety-three years old", "she is [AGE] years old"),
    ("aged 104", "aged [AGE]"),
    ("my phone is four one five five five five oh one nine nine", "my phone is [PHONE]"),
    ("call me at (415) 555-0199", "call me at [PHONE]"),
    ("fax 212.555.0199 x12", "fax [PHONE]"),
    ("+44 20 7946 0958", "[PHONE]"),
    ("my social is one two three forty-five sixty-seven eighty-nine", "my social is [SSN]"),
    ("123-45-6789", "[SSN]"),
    ("the last four of your social is six seven eight nine", "the last four of your social is [SSN]"),
    ("cvv is seven three seven", "cvv is [CVV]"),
    ("code on the back is 737", "code on the back is [CVV]"),
    ("card 4111111111111111 12/29", "card [CARD] [EXPIRY]"),
    ("mi tarjeta es cuatro uno uno uno", "mi tarjeta es [CARD]"),
    ("ma carte est quatre un un un merci", "ma carte est [CARD] merci"),
    ("the three digits on the back are 7 3 7", "the three digits on the back are [CVV]"),
    ("it expires december twenty nine", "it expires [EXPIRY]"),
    ("expiry oh three two eight", "expiry [EXPIRY]"),
    ("record number MRN 4 4 8 2 1 9", "record number MRN [MRN]"),
    ("medical record number is m r n four four eight two one nine", "medical record number is m r n [MRN]"),
    ("MRN: ST-998877", "MRN: [MRN]"),
    ("member id is x y z one two three four five six", "member id is [HEALTH_PLAN]"),
    ("routing number oh two one oh oh oh oh two one", "routing number [BANK_ACCOUNT]"),
    ("account number one two three four five six seven eight", "account number [ACCOUNT]"),
    ("license number d one two three four five six seven", "license number [LICENSE]"),
    ("my plate is seven a b c one two three", "my plate is [VEHICLE]"),
    ("VIN 1HGCM82633A004352", "VIN [VEHICLE]"),
    ("GB82 WEST 1234 5698 7654 32", "[IBAN]"),
    ("I live at 1420 Maple Avenue, Springfield, IL 62704.", "I live at [ADDRESS]."),
    ("in Springfield, IL 62704", "in [LOCATION] [ZIP]"),
    ("fourteen oak street", "[ADDRESS]"),
    ("twenty two hundred west elm street apartment four", "[ADDRESS]"),
    ("my zip is nine four one oh three", "my zip is [ZIP]"),
    ("K1A 0B1", "[ZIP]"),
    ("email jane underscore doe at yahoo dot com", "email [EMAIL]"),
    ("write to jane.doe@example.org", "write to [EMAIL]"),
    ("see https://example.org/a?b=1 and www dot example dot com", "see [URL] and [URL]"),
    ("from 192.168.1.20 and 2001:db8::ff00:42:8329", "from [IP] and [IP]"),
    ("my username is jdoe7 and the password is hunter2", "my username is [USERNAME] and the password is [PASSWORD]"),
    ("My name is Ann Lee and my phone is 212-555-0147.", "My name is [NAME] and my phone is [PHONE]."),
    ("this is doctor patel from cardiology", "this is doctor [NAME] from cardiology"),
    ("speaking with mrs okafor", "speaking with mrs [NAME]"),
    ("JOHN SMITH CALLED ABOUT MRN 448219", "[NAME] CALLED ABOUT MRN [MRN]"),
    ("my name is smith s m i t h", "my name is [NAME] [NAME]"),
    ("Szöllösy Krisztián called", "[NAME] called"),
    ("this is priya nandakumar calling", "this is [NAME] calling"),
    ("his name is agapito winter", "his name is [NAME]"),
    ("last name p a w as in william l u kilo", "last name [NAME]"),
    ("member id is t alpha c one two six five nine", "member id is [HEALTH_PLAN]"),
    ("my plate is five v d as in dog zero nine five", "my plate is [VEHICLE]"),
    ("email catlover two eight at yahoo dot com", "email [EMAIL]"),
    ("email t a delta h like hotel at aol dot com", "email [EMAIL]"),
    ("my cell is two one two five five five oh one ate nine", "my cell is [PHONE]"),
    ("call me at 212-555-0147 extension three nine five", "call me at [PHONE] extension [PHONE]"),
    ("my birthday is the nineteen of november nineteen eighty seven", "my birthday is [DOB]"),
    ("She lives at Via delle Coste 41, Apt. 9, Montafia, Italy 39767.", "She lives at [ADDRESS]."),
    ("Send it to PSC 1437, Box 3833\nAPO AA 66791", "Send it to [ADDRESS]"),
    ("I am in Tujetsch with Sigrid Nyström.", "I am in [LOCATION] with [NAME]."),
]


@pytest.mark.parametrize("text", CARDS)
@pytest.mark.parametrize("around", ["{}", "we got {} from him"])
def test_cards_are_hidden_wherever_they_stand(redactor: Redactor, text: str, around: str) -> None:
    redacted = redactor.redact_text(around.format(text))
    assert Label.CARD in {finding.label for finding in redacted.findings}
    assert not any(character.isdigit() for character in redacted.text)


@pytest.mark.parametrize("text", NO_CARDS)
def test_numbers_that_only_look_like_cards_are_not_taken_for_cards(redactor: Redactor, text: str) -> None:
    assert Label.CARD not in {finding.label for finding in redactor.redact_text(text).findings}


@pytest.mark.parametrize("text", SPOKEN_CARDS)
def test_spoken_and_misheard_cards_are_hidden_whole(redactor: Redactor, text: str) -> None:
    redacted = redactor.redact_text(text)
    assert "[CARD]" in redacted.text
    words = set(redacted.text.lower().replace("[card]", "").replace("[cvv]", "").split())
    assert words.isdisjoint({"one", "two", "four", "eleven", "triple"})
    assert not any(character.isdigit() for character in redacted.text)


@pytest.mark.parametrize("text", READABLE)
def test_what_identifies_nobody_stays_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(("text", "expected"), HIDDEN)
def test_identifiers_are_hidden_in_every_form(redactor: Redactor, text: str, expected: str) -> None:
    assert redactor.redact_text(text).text == expected


def test_a_cue_masks_though_the_check_digit_fails_and_the_reason_says_so(redactor: Redactor) -> None:
    (finding,) = redactor.redact_text("my card number is 4111 1111 1111 1112").findings
    assert finding.label is Label.CARD
    assert finding.why == '16 digits, the Luhn check fails, cue "card number"'
    assert finding.score < 0.95


@pytest.mark.parametrize(
    "text",
    ["CVV2 795", "my cvc2 is: 795", "cvn 7951", "cvv2 nine seventeen", "505146391 (SSN)",
     "SS# 505146391", "soc sec 505146391",
     "it's 505146391 for my social", "five oh five fourteen sixty-three ninety one is what i have for the social"],
)  # fmt: skip
def test_names_with_a_digit_and_names_behind_announce_too(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text
    assert "[CVV]" in shown or "[SSN]" in shown
    assert not any(value in shown for value in ("795", "505", "nine seventeen", "fourteen", "ninety"))


def test_a_diagnosis_code_is_no_door_code(redactor: Redactor) -> None:
    assert redactor.redact_text("ICD-10 code 250, ICD10 code 250").findings == ()
