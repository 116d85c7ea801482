"""Names as they come up in calls: asked for, stammered, corrected; and the same words where they name nobody."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("okay\nand who's the attending physician\nbasil thornby\nthank you", ["basil thornby"]),
        ("hi\nwhat name is it under\nit's under prudence\nokay", ["prudence"]),
        ("hi\nname on the reservation please\nkeita\ngot it", ["keita"]),
        ("the table is under ostrander for six people tonight", ["ostrander"]),
        ("can i speak to cy cyrus moazzami about the roof", ["cy cyrus moazzami"]),
        ("yes hello this is r j thibodeaux about the invoice", ["r j thibodeaux"]),
        ("her last name is nwosu dash okonjo and she is ten", ["nwosu dash okonjo"]),
        ("my name's sky how can i help you today", ["sky"]),
        ("i want flowers for the yamamoto funeral on sunday", ["yamamoto"]),
        ("my husband earnest just got out of hospital", ["earnest"]),
        ("i would like to speak to miss birch about the lease", ["birch"]),
        (
            "Who's the beneficiary?\nHyacinth Baptiste-Moreau.\nAnd how much?\nTwo hundred.",
            ["Hyacinth Baptiste-Moreau"],
        ),
        ("okay is this the office of leander uh papadakis for the will", ["leander uh papadakis"]),
        ("Good morning, front desk.\nHi there.\nAnd the patient's name?\nWren.\nThank you.", ["Wren"]),
    ],
)
def test_names_said_in_calls(redactor: Redactor, text: str, hidden: list[str]) -> None:
    spans = redactor.detect_text(text)
    assert [text[span.start : span.end] for span in spans if span.finding.label == "NAME"] == hidden


@pytest.mark.parametrize(
    "text",
    [
        "my name is wrong on the bill and my name is spelled with a k",
        "who's your insurance carrier\nuh it's the blue one i think\nokay",
        "the boxes are under the table and it's under warranty",
        "his cousin ran a fever and my wife will call you back",
        "meet me by the wendy's or at the penny arcade on april morning",
        "the printhead is broken so call our hotline or the onsite desk about the callback",
        "oh jesus i forgot the toyotas",
        "it says error zero x c one nine a again",
        "then count slowly twenty eight twenty nine thirty and plug it in",
        "the silver one has got sixty one thousand miles on it",
        "Law clerk: Please sit down.\nRenter: Thank you.\nLaw clerk: And the form?\nRenter: Here it is.",
        "rph: hello\ncaller: hi\nrph: what can i do\ncaller: nothing",
        "what's the order number\nit's one one four dash three nine oh two\nokay",
        "i miss the office and we had to miss church",
    ],
)
def test_the_same_words_that_name_nobody(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize("noise", ["[static]", "(dog barking)", "[phone ringing]"])
def test_noises_part_no_number(redactor: Redactor, noise: str) -> None:
    text = f"my phone number is four one five {noise} five five five {noise} zero one seven two"
    [span] = redactor.detect_text(text)
    assert text[span.start : span.end].startswith("four one five")
    assert text[span.start : span.end].endswith("zero one seven two")


@pytest.mark.parametrize(
    "text",
    [
        "i traded the sienna for a silverado with new tires",
        "she takes metamucil and some karo syrup at night",
        "they found it with the Holter monitor last week.",
        "Do you want the Guinness or the Tanqueray?",
        "we painted it with benjamin moore from the sherwin williams store",
        "take the zolvarin twice a day and keep the zolvarin in the fridge",
        "i'd frank that envelope and could you nick it off the list",
        "they gave us plovazine and sold him a tarvelo for the yard",
        "is it the f as in frank plan or the n like nancy plan",
        "she called and said your l d l was high again",
        "Agent: what about Canada?\nCaller: Canada and Mexico are included I think.",
        "and this is the message\nokay buddy\nha\nwho's listening\nthis call's recorded",
    ],
)
def test_things_with_names_stay_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("is this missus okonkwo from the bank\nyes it is\nokay", ["okonkwo"]),
        ("last name please\nlindqvist like the pianist\nthank you", ["lindqvist"]),
        ("your name please\nlike oona oona birch\nokay\nlike i said", ["oona oona birch"]),
        ("my name is sienna how can i help you today", ["sienna"]),
        ("doctor venkatesan said your l d l was high", ["venkatesan"]),
    ],
)
def test_nothing_but_the_name_is_hidden(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("hey bill it's me from next door\nhi there", ["bill"]),
        ("hello it's pat from the garage your tires are in", ["pat"]),
        ("front desk this is clover\nhi i have a booking\nokay", ["clover"]),
        ("my sister juniper she's picking up the keys", ["juniper"]),
        ("my ex husband sterling still has a key", ["sterling"]),
        ("agent: is this faith\ncaller: faith ostrander yes", ["faith", "faith ostrander"]),
        ("we tried under bev and then under mo", ["bev"]),
        ("it's the gundersons next door again", ["gundersons"]),
        ("Is there anything under that?\nYes, Ginger Oyelaran.\nOkay.\nThanks.", ["Ginger Oyelaran"]),
        ("good morning this is temperance from the county clerk\nhi", ["temperance"]),
        ("yeah it's wren like the bird\nokay\nthanks\nbye", ["wren"]),
        ("welcome this is storm who am i speaking with\nhi", ["storm"]),
        ("so that is odell freeman junior on the loan", ["odell freeman junior"]),
        ("My landlord is Mr. Ping and my son Prince pays.", ["Ping", "Prince"]),
        ("put my sister reba tully sparks nine three", ["reba tully", "sparks"]),
        ("what's his name\nvernon a rademacher\nthank you", ["vernon a rademacher"]),
    ],
)
def test_the_course_of_the_talk_tells_names(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden


@pytest.mark.parametrize(
    "text",
    [
        "hey will it work if i call back\nsure",
        "welcome back this is great\nhi yes it is",
        "parts counter this is dispatch\nhi there",
        "my wife said she's on her way and my mom thinks he's late",
        "they mow in April through November and came back in June.",
        "it looks like the bird and that feels like the season",
        "my brother has the hughes dish and wants the takis",
        "it's rich with flavor and it's hope that counts",
    ],
)
def test_the_course_of_the_talk_makes_no_name_of_other_words(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("thank you for calling this is linda\nhi and you blinda right\nyes", ["linda", "blinda"]),
        ("my name is benjamin ortiz\nokay ben jamin how are you", ["benjamin ortiz", "ben jamin"]),
        ("this is okonkwo speaking\nhello mister okonkow\nyes", ["okonkwo", "okonkow"]),
        ("this is linda at the desk\nthank you linda park is on the left", ["linda", "linda"]),
    ],
)
def test_a_name_is_known_again_although_it_was_misheard(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden


def test_somebody_who_is_called_like_a_thing_is_hidden_and_the_thing_is_not(redactor: Redactor) -> None:
    text = "my name is sienna\nthanks sienna\nis it the sienna or the corolla\nokay sienna bye"
    shown = redactor.redact_text(text).text.splitlines()
    assert shown == ["my name is [NAME]", "thanks [NAME]", "is it the sienna or the corolla", "okay [NAME] bye"]
    assert redactor.redact_text("wait is that the linda i know from work").text == (
        "wait is that the [NAME] i know from work"
    )
    known = redactor.redact_text("this is linda at the desk\nhi is that the linda from before\nyes\nokay").text
    assert "linda" not in known


def test_words_that_sound_like_a_name_and_are_known_stay(redactor: Redactor) -> None:
    text = "this is karen at the desk\nplease take the blinders down and keep the lindane away"
    assert redactor.redact_text(text).text == text.replace("karen", "[NAME]")


@pytest.mark.parametrize("part", ["Nana", "Hydro", "biz", "cpa", "Plumber", "abuela"])
def test_who_speaks_for_a_firm_or_a_family_is_not_named(redactor: Redactor, part: str) -> None:
    text = f"{part}: how are you\nAgent: fine\n{part}: good to hear\nAgent: yes"
    assert redactor.redact_text(text).text == text
