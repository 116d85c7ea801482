"""Given names that are words or rare, where talk parts, invites, sends somebody or asks about kin."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("glad it worked\nmy pleasure mark bye bye", ["mark"]),
        ("that's all thank you hope take care", ["hope"]),
        ("you're welcome art bye", ["art"]),
        ("okay bill talk soon", ["bill"]),
        ("is mark coming or just the two of us", ["mark"]),
        ("i'll send mark on thursday with the ladder", ["mark"]),
        ("put down dinner with mark, the usual place", ["mark"]),
        ("text grace at 303 555 0142 that we are late", ["grace", "303 555 0142"]),
        ("get five seats then, olive wants to come", ["olive"]),
        ("how's your sister\nneo's fine she moved", ["neo"]),
        ("well my wife hope will drive me home", ["hope"]),
        ("the surgeon is dr long fax is on the sheet", ["long"]),
        ("What's the name on it?\nGrant, Grant Hollis.", ["Grant", "Grant Hollis"]),
        ("Agent: May I have a name and number?\nUser: White, 919-555-0131", ["White", "919-555-0131"]),
    ],
)
def test_given_names_in_places_of_talk_are_hidden(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden


@pytest.mark.parametrize(
    "text",
    [
        "is spring coming early this year",
        "i'll send bill and receipt by mail",
        "i'll send payment on thursday",
        "thank you love take care",
        "no problem man take care",
        "how's your mom\nwork is good she says",
        "my son can call you back",
        "anything else today\nno",
        "okay perfect see you",
    ],
)
def test_words_there_stay_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
