"""Cues are read with wide blanks, as one word, shortened, and behind their number."""

import pytest

from privity.redact import Redactor, policy_named
from privity.redact.reading.cues import Cues
from privity.redact.reading.transcript import transcript_of_texts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("security   code   737", "security   code   [CVV]"),
        ("the code on\t the   back  is 737", "the code on\t the   back  is [CVV]"),
        ("securityCode=737", "securityCode=[CVV]"),
        ("use 828 for the cvv", "use [CVV] for the cvv"),
        ("code de s\u00e9curit\u00e9 : 737", "code de s\u00e9curit\u00e9 : [CVV]"),
        ("sec code 737", "sec code [CVV]"),
        ("put 828 as my security code", "put [CVV] as my security code"),
        ("soc. sec. no. 392217909", "soc. sec. no. [SSN]"),
        ("my soc is 392217909", "my soc is [SSN]"),
        ("SSAN 392217909", "SSAN [SSN]"),
        ("SS : 392217909", "SS : [SSN]"),
        ("SS  :392217909", "SS  :[SSN]"),
        ("socialSecurityNumber: 392217909", "socialSecurityNumber: [SSN]"),
    ],
)
def test_the_number_is_hidden(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
    if "[CVV]" in shown:
        assert redactor.under(policy_named("pci-dss")).redact_text(text).text == shown


def test_a_card_is_asked_for_by_its_sixteen_digits(redactor: Redactor) -> None:
    asked = "agent: read me the sixteen digits\ncaller: sure, {}\nagent: mm-hm\ncaller: {}"
    told = redactor.redact_text(asked.format("six five one six oh forty three", "twelve zero one seven seven six"))
    assert told.text == asked.format("[CARD]", "")


@pytest.mark.parametrize("text", ["use 828 for the door", "call 800 for the manager", "the   order   number  is 31255"])
def test_other_numbers_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_a_cue_stands_where_it_is_in_the_text() -> None:
    texts = [
        "the  card \t number is 5",
        "my   date  of birth, his  member   id  on the card",
        "a card",
        "an  order   number",
    ]
    narrow = [" ".join(text.split()) for text in texts]
    wide = transcript_of_texts(texts)
    cues = list(Cues(wide))
    assert [" ".join(wide.folded[cue.start : cue.end].split()) for cue in cues] == [cue.phrase for cue in cues]
    assert [cue.phrase for cue in cues] == [cue.phrase for cue in Cues(transcript_of_texts(narrow))]
