"""People who are mentioned by where they live, what they do next, whose they are or how they are called for short."""

import pytest

from privity.redact.redactor import Redactor

MENTIONED = (
    ("hi am i speaking with the guardian of tafadzwa\nyes this is his uncle", ["tafadzwa"]),
    ("And is there anyone else on the policy, a Ngaire?\nMy partner.", ["Ngaire"]),
    ("the papers came from the landlord, this Brandvold guy, on monday", ["Brandvold"]),
    ("it was this mendelbaum guy who fixed it last time i think", ["mendelbaum"]),
    ("oh next door shaz has the spare key", ["shaz"]),
    ("it's upstairs trev's dog that barks all night", ["trev"]),
    ("grace next door has a key if i'm out", ["grace"]),
    ("Don't come back for it. Wade can drop it by.", ["Wade"]),
    ("Who was with you?\nHeather. She works in the canteen.", ["Heather"]),
    ("okay we'll get huw to look at the boiler", ["huw"]),
    ("fine i'll send corwin with the ladder then", ["corwin"]),
    ("I talked to a Solveig about this already.", ["Solveig"]),
    ("and don't forget lex's birthday is on the way", ["lex"]),
    ("hiya i'm dot short for dorothea", ["dot", "dorothea"]),
    ("whats her name its chidubem okezie sorry say again", ["chidubem okezie"]),
    ("my name is eoghan mac an bhaird and it's about the bill", ["eoghan mac an bhaird"]),
    ("Her surname's Gaelic, she's Caitlín Nic an Ghoill on the form.", ["Caitlín Nic an Ghoill"]),
    ("is that mister dahl\nyeah dahl per dahl\nthanks", ["dahl", "dahl per dahl"]),
    ("who am i asking for\nmay just may i'm home all day", ["may", "may"]),
    ("his first name is memory like the word", ["memory"]),
)
NOBODY = (
    "is there anyone else on the account, a spouse?\nno",
    "Is there a Walmart at this address? Is there a Zelle here?",
    "it was this cable guy, that FedEx guy, some delivery guy",
    "that usps lady and some medicare lady and this hvac guy called",
    "next door has a dog and the people next door are loud",
    "next door airbnb is loud and upstairs wifi is down",
    "upstairs bathroom has a leak and downstairs neighbours said so too",
    "You want it? Mail can bring it by. Maintenance can drop it by. Art can help you relax.",
    "Sweet. He's coming then. Clear. She works nights. Whatever. He's gone.",
    "What colour was it? Amber. She has the sticker.",
    "get hvac to look at it and ask fedex to check the label",
    "i'll send tylenol with him and i'll send docs by friday",
    "I spoke to a Spanish speaker, then I talked to a Verizon rep and to a paralegal.",
    "the guardian of record, the mother of two boys, the parents of toddlers, mother of all storms",
    "bp is short for blood pressure and it's an app short for application",
    "what's the name of it its called netflix and her name its on the form",
    "no just no, right just right, white just white, pepper just pepper",
    "flour like the word and it's mac and cheese",
    "the id's number and the tv's account",
    "her cousin has it but my sister will call for him and my mom will see you",
    "you're on the five hundred meg plan",
    "it was this insurance guy, this cable guy",
)


@pytest.mark.parametrize(("text", "names"), MENTIONED)
def test_who_is_only_mentioned_is_hidden(redactor: Redactor, text: str, names: list[str]) -> None:
    found = [text[span.start : span.end] for span in redactor.detect_text(text)]
    assert [name for name in names if not any(name in each for each in found)] == []


@pytest.mark.parametrize("text", NOBODY)
def test_such_phrases_without_a_name_stay_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_what_follows_a_name_is_none_of_it(redactor: Redactor) -> None:
    shown = redactor.redact_text("she went with doctor okonjo hemiarthroplasty no complications").text
    assert shown == "she went with doctor [NAME] hemiarthroplasty no complications"
    shown = redactor.redact_text("this message is for oluwaseun i hope i'm saying that right").text
    assert shown == "this message is for [NAME] i hope i'm saying that right"


def test_surnames_that_are_words_behind_will_stay_hidden(redactor: Redactor) -> None:
    assert "brown" not in redactor.redact_text("my brother will brown called about it").text
