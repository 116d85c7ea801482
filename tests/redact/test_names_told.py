"""Names that are told by what is said of them: explained, spelled right beside, addressed, abbreviated."""

import pytest

from privity.redact.redactor import Redactor

TOLD = (
    ("ma'am who is this\nit's clover\nmiss clover you're in room nine\nyes", ["clover", "clover"]),
    ("What's your name, sir?\nBasil Undershaft.\nOkay.\nThanks.", ["Basil Undershaft"]),
    ("name as printed\njoel tobias goodwater\nokay\nthanks", ["joel tobias goodwater"]),
    ("this is deputy ransome to county\ngo ahead ransome\nokay\nbye", ["ransome", "ransome"]),
    ("we'll send tamika down with a light", ["tamika"]),
    ("i'm out at the hollister place\nokay", ["hollister"]),
    ("it's for may fairweather\nis that may like the month\nm a e", ["may fairweather", "may", "m a e"]),
    ("and your name\nsunday oyewole\nsunday like the day", ["sunday oyewole", "sunday"]),
    ("his first name's royal\nis that royal like the family\nyes", ["royal", "royal"]),
    ("young is my first name\nokay", ["young"]),
    ("sorry ash is her last name\nokay", ["ash"]),
    ("come on in and ask for me i'm ford but i sell trucks", ["ford"]),
    ("just ask for my name's skip at the counter", ["skip"]),
    ("hey there grace how are you\nfine", ["grace"]),
    ("it's o'gallachoir o apostrophe g a l l a c h o i r", ["gallachoir", "g a l l"]),
    ("my last name is dough d o u g h", ["dough", "d o u g h"]),
    ("it's under bulls b u l l s okay", ["bulls", "b u l l s"]),
    ("I'm running late, it's the 7:15 for Obi, O-B-I.", ["Obi", "O-B-I"]),
    ("And mother's maiden name?\nSzabo. S-Z-something.", ["Szabo", "S-Z"]),
    ("It's Olga Szymczak. S-Z-Y...\nS-V?\nS-Z as in zebra, Y-M.", ["Olga Szymczak", "S-Z-Y", "S-V"]),
    ("oh man okay it says susan h got it", ["susan h"]),
    ("you can ask for maria k at the desk", ["maria k"]),
    ("It'll say R. J. Abernathy, and that's it.", ["R. J. Abernathy"]),
    ("And your last four?\nSummer Delgado, born here.", ["Summer Delgado"]),
    ("thanks for calling this is cash\nhey cash uh i ordered four of them", ["cash", "cash"]),
    ("your name\nrich okafor\nalright rich i'll see you then", ["rich okafor", "rich"]),
    ("okay miss della come around the back", ["della"]),
)
NOBODY = (
    "Farmer: The Kubota won't prime.\nMechanic: Is it Tier 4?\nFarmer: It is.\nMechanic: Then wait.",
    "Does it include LabCorp?\nIt does, and it's June, August, or October.",
    "You need Western Civ and Math 151.\nIs AP Calc enough?",
    "Is it harder than Eagle Rock?\nEasier, and shorter than Mirror Lake.",
    "I can match it, since White Dove is close.\nAnd the Alabaster in eggshell?",
    "Then go to File, Options, Trust Center.\nIt's set to Manual.",
    "One Hawaiian and two orders of Buffalo wings, with a Caesar salad.",
    "It's $162 a tire, 235/65R17, mounted and balanced.",
    "When's the Fourth of July thing at the pool?\nNoon to four, and you can park in Lot C.",
    "who is this\nit's the pharmacy\noh hi\nhi",
    "your name\ncorrect\nokay\nbye",
    "turn off that breaker if you can and it oughta be fine",
    "they teach you how to belay\nokay",
    "the patient's on vitamin d and takes fish oil",
    "the plan b we talked about is fine",
    "i got to hope you can do it",
    "is it cold like the season we had",
    "what's the name on the box\ngot it go ahead",
    "thanks hon\nyou too sweetie\nsure dude",
    "Two pets max, under 50 pounds.",
    "Yes, the two-week Acuvue kind. I took them out.",
    "I'm going to send in Polytrim drops, one every four hours.",
    "They use Jira and Figma, and they do not meet on Fridays.",
    "Is it the black Jetta? Yeah, it's here.",
    "it says record locator on the slip and the applicator is inside",
    "T-V and A-C are included, and the U-S too.",
)


@pytest.mark.parametrize(("text", "hidden"), TOLD)
def test_names_that_are_told_by_what_is_said_of_them(redactor: Redactor, text: str, hidden: list[str]) -> None:
    found = [text[span.start : span.end] for span in redactor.detect_text(text)]
    assert [name for name in hidden if not any(name in each for each in found)] == []


@pytest.mark.parametrize("text", NOBODY)
def test_what_looks_like_it_names_nobody(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
