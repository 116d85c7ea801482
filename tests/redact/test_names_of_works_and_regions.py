"""Names of works, goods, letters and countries stay readable; those of people beside them do not."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    "text",
    [
        "User: is Molly Hartnell any good\nBot: Critics gave it 3 of 5.",
        "user: queue maria delgado on the kitchen speaker\nbot: playing maria delgado.\nuser: quieter",
        "user: shuffle sarah crewe\nbot: by the lanterns?\nuser: yes",
        "user: what's showing tonight?\nbot: henry caulder at cinema four, 8:15 pm.\nuser: 3 seats for henry caulder",
        "do the rules differ in virginia or georgia",
        "user: somewhere warm, india or arizona, in spring\nbot: which of the two?\nuser: the nearer one",
        "She travelled to Jordan and has a fever.",
        "Flight 82 to Chad boards at gate 4.",
        "The Dutch side beat Jordan 4-1.",
        "it says tango charlie eight on the tail",
        "Move her to the West wing, bed 3.",
        "so be frank with me is it dead",
        "How much are the Brentanos now?",
        "the end of april works for me\nokay",
        "as of june we closed the account\nokay",
        "Calltaker: Go ahead.\nCaller: Nothing.\nCalltaker: Okay.",
        "She drives a bus and used to be a nurse. Denies dizziness.",
        "Tagalog or Khmer, we have both.",
        "Imaging fits Fournier's gangrene; Rinne and Weber were normal.",
        "the Jehovah's Witness form is in the folder",
    ],
)
def test_what_is_nobodys_stays_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("User: is Molly Hartnell any good\nBot: She repaired my roof.", ["Molly Hartnell"]),
        ("A: is Molly Hartnell any good\nB: it's hard to say", ["Molly Hartnell"]),
        ("user: play me the message from maria delgado on the kitchen speaker", ["maria delgado"]),
        ("3 tickets for Henry Caulder please", ["Henry Caulder"]),
        ("i told virginia and georgia to come over", ["virginia", "georgia"]),
        ("I gave the spare keys to Jordan.", ["Jordan"]),
        ("I beat Jordan 21 to 14.", ["Jordan"]),
        ("please tell charlie the gate works", ["charlie"]),
        ("how much is katarzyna asking for it", ["katarzyna"]),
        ("is katarzyna free\nno she's out", ["katarzyna"]),
        ("Pt Fiona Lindqvist has a rash.", ["Fiona Lindqvist"]),
        ("is Tess Calloway any good? The reviews are great.", ["Tess Calloway"]),
        ("is Tess Calloway any good? You can book online.", ["Tess Calloway"]),
        ("i was playing cards with daniel in the kitchen when she fell", ["daniel"]),
        ("let the kids play maria is in the kitchen", ["maria"]),
        ("What's on for today? Tess Calloway at 7:30 pm.", ["Tess Calloway"]),
        ("The mother of April called about the bill.", ["April"]),
        ("she's a friend of april ludgate and she is ill\nokay", ["april ludgate"]),
        ("i'm calling on behalf of jun\nokay", ["jun"]),
        ("no that's it see you dawn", ["dawn"]),
        ("Mrs. Last and her daughter came in.", ["Last"]),
        ("We spoke to Dr. Middle and the nurse.", ["Middle"]),
        ("I met Ms. Abara Lincoln High School last year.", ["Abara Lincoln High"]),
        ("this is frank from billing\nokay frank i'm going to be frank with you", ["frank", "frank"]),
    ],
)
def test_people_beside_them_are_hidden(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden


def test_who_is_titled_is_no_part_of_the_firm(redactor: Redactor) -> None:
    text = "good morning mister okonkwo dental is on line two\nhello"
    assert "okonkwo" not in redactor.redact_text(text).text
