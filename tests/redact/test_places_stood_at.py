"""Crossings that something stands at, streets that one goes along, days and holidays with what befell somebody."""

import pytest

from privity.redact.redactor import Redactor

HIDDEN = (
    ("yeah i can see a sign so i'm just past ashby and winslow there's a wendy's", ["ashby and winslow"]),
    ("he ran the feed store down on carver and chestnut and you'd go there", ["carver and chestnut"]),
    ("We're at the shelter over by Fremont and Church.", ["Fremont and Church"]),
    ("i remember it was at the kroger on sycamore and mulberry i was sitting there", ["sycamore and mulberry"]),
    ("The vet is on Locust and Spring, in Tulsa.", ["Locust and Spring"]),
    ("the graveside's at the one on lowell and larkspur yes the old one", ["lowell and larkspur"]),
    (
        "i was on weatherly going what is that north\ntoward halstead road\ntoward halstead right",
        ["weatherly", "halstead"],
    ),
    ("going what is that north\nToward Chestnut Street, right.", ["Chestnut Street"]),
    ("He did all of Dogwood Rd for me.", ["Dogwood Rd"]),
    ("I see you're calling from Maple St, is this about the outage?", ["Maple St"]),
    (
        "[cust] ocala florida\n[agent] one moment i'm typing okay\n[cust] three four four six six",
        ["three four four six six"],
    ),
    ("we talked i want to say thursday maybe the twenty fourth", ["the twenty fourth"]),
    ("the doctor saw him yesterday the second", ["the second"]),
    ("so do the thirteenth march thirteenth for on and off", ["the thirteenth", "march thirteenth"]),
    ("We talked Wednesday, maybe the 3rd? Anyway.", ["3rd"]),
    ("At the Kroger. On Chestnut and Halstead. I was there.", ["Chestnut and Halstead"]),
    ("It's 212 Queen's Road?\nNo no, I'm 185. One eight five.", ["185", "One eight five"]),
    ("it's on tremont street in ocala\nso it's not ocala city it's the county", ["ocala", "ocala"]),
    ("My wife May and me had our wedding there.", ["May"]),
    ("you can email her memory like the word yes", ["memory"]),
    ("my mom came in the second with a fall", ["the second"]),
    ("she went to the or the third with doctor lee", ["the third"]),
    ("My wife left on New Year's Day.", ["New Year's Day"]),
    ("his dad died on christmas eve in the hospital", ["christmas eve"]),
    ("and my great uncle chip her brother he ran the barber shop", ["chip"]),
    ("member services i've got a marlon dumont on the line", ["marlon dumont"]),
    ("that's all i needed appreciate it wren\nmy pleasure", ["wren"]),
)
READABLE = (
    "down on luck and money, just past noon and midnight, right on time and budget",
    "the light is on and off, the store is on sale and clearance, the house is on fire and burning",
    "over at walgreens and cvs, up on aspirin and ibuprofen, down on metformin and lisinopril",
    "she is on prednisone and albuterol, the home is on gas and water",
    "i was on hold going crazy and i was on vacation driving around",
    "toward the end, toward my deductible, toward medicare, towards retirement",
    "yesterday the second floor flooded, tomorrow the first thing i do, yesterday the third guy",
    "i can do the first, you do the second option, she came in the second door",
    "are you open on christmas eve and closed on thanksgiving, what's left on christmas orders",
    "my sister hit her brother and my great job he said",
    "i've got a customer service on the line, there's a long wait on the phone",
    "appreciate it man, appreciate it bud, appreciate you calling, how's it going buddy",
    "i already told the other fella everything",
    "On Oak and pine. On Monday and Tuesday. At Walmart and Target. On Aspirin and Warfarin.",
    "it sounds like the word, just like the word, it reads like the word",
    "My mom Sunday called and not inner city but it's fine",
)


@pytest.mark.parametrize(("text", "hidden"), HIDDEN)
def test_what_somebody_stands_at_and_when_is_hidden(redactor: Redactor, text: str, hidden: list[str]) -> None:
    found = [text[span.start : span.end] for span in redactor.detect_text(text)]
    assert [each for each in hidden if not any(each in one for one in found)] == []


@pytest.mark.parametrize("text", READABLE)
def test_what_is_said_in_the_same_words_of_nobody_stays_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
