"""Names that are said twice, told goodbye, signed with, or said with a surname where somebody is introduced."""

import pytest

from privity.redact.redactor import Redactor

NAMED = (
    ("it's may, just may", "it's [NAME], just [NAME]"),
    ("it's rose, rose park", "it's [NAME], [NAME]"),
    ("IT'S ROSE, ROSE PARK", "IT'S [NAME], [NAME]"),
    ("hello this is tolvin park calling about my bill", "hello this is [NAME] calling about my bill"),
    ("THIS IS TOLVIN PARK CALLING", "THIS IS [NAME] CALLING"),
    ("see you then mark bye", "see you then [NAME] bye"),
    ("talk soon rose take care", "talk soon [NAME] take care"),
    ("Seen by K. May NP today", "Seen by [NAME] NP today"),
)
INNOCENT = (
    "it may just may rain",
    "it's fine, fine print",
    "that's hope, hope helps",
    "this is central station calling",
    "this is valet park only",
    "see you monday bye",
    "see you in the market bye",
    "I took vitamin D. I do feel well",
    "this is just a park",
)


@pytest.mark.parametrize(("text", "shown"), NAMED)
def test_such_names_are_hidden(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize("text", INNOCENT)
def test_words_that_are_nobody_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
