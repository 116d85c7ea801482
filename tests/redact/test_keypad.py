"""Keys of a telephone in transcripts: what is keyed in is hidden as card data, a choice in a menu is not."""

import pytest

from privity.redact.labels import Label
from privity.redact.redactor import Redactor
from privity.redact.turns import Turn
from promises import promise

CARD = "4012888888881881"
NOTED = (
    f"[DTMF: {CARD}]",
    f"(keypad tones) {' '.join(CARD)}",
    f"the caller pressed {' '.join(CARD)} pound",
    "\n".join(f"[DTMF {digit}]" for digit in CARD),
    "".join(f"<dtmf>{digit}</dtmf>" for digit in CARD),
    "agent: key it in now\n" + "\n".join(f"DTMF: {digit}" for digit in CARD) + "\nagent: thank you",
    "[dtmf] 7 0 3 1 5 8",
    "<dtmf 7 3 1 5>",
    "agent: your security code please\n[DTMF 7]\n[DTMF 3]\n[DTMF 7]\nagent: thank you",
)
MENUS = (
    "press one for yes or two for no\n[DTMF 1]\nthank you\nbye",
    "the caller pressed 2 for billing",
    "he entered 2 rooms and typed 3 lines",
)


@promise("D5", sabotage="keys_that_were_pressed_are_shown")
@pytest.mark.parametrize("noted", NOTED)
def test_keys_that_were_pressed_are_hidden_as_card_data(redactor: Redactor, noted: str) -> None:
    redacted = redactor.redact_text(noted)
    assert not any(map(str.isdigit, redacted.text)), redacted.text
    assert {span.finding.label for span in redacted.spans} <= {Label.CARD, Label.CVV}


@promise("D5", sabotage="keys_that_were_pressed_are_shown")
def test_keys_are_hidden_where_they_are_turns_of_their_own(redactor: Redactor) -> None:
    turns = [Turn(speaker="agent", text="go ahead"), *(Turn(speaker="dtmf", text=digit) for digit in "703158")]
    shown = "".join(turn.text for turn in redactor.redact_turns(turns).turns)
    assert not any(map(str.isdigit, shown))


@pytest.mark.parametrize("menu", MENUS)
def test_choices_in_a_menu_stay_readable(redactor: Redactor, menu: str) -> None:
    assert redactor.redact_text(menu).text == menu
