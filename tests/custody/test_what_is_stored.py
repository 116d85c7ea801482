"""What lies under the seal, opened with the tenant's key: a voicemail without its person, a call without a card."""

import re
from uuid import UUID

import pytest
from scene import Inside, Place

from privity.custody.sealed_content import open_content
from privity.redact import Redactor, Stream, Turn
from promises import promise

ROW = "SELECT content, key_rows FROM tenant.conversation WHERE id = %s"
VOICEMAIL = (
    b"hi this is maria gonzalez date of birth march third nineteen eighty my medical record number is four four eight "
    b"two one nine i was told that my blood pressure is high please call me back at four one five five five five oh "
    b"one nine nine"
)
PAN = "4539148803436467"
WORDS = dict(
    zip("0123456789", ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], strict=True)
)
SPANISH = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
SAID = {
    "digits": ["it is 4539 1488", "0343 6467"],
    "words": ["it is four five three nine one four eight eight", "oh three four three six four six seven"],
    "pairs": ["forty five thirty nine fourteen eighty eight", "oh three forty three sixty four sixty seven"],
    "one after the other": [f"{WORDS[digit]}" for digit in PAN],
    "in spanish": ["cuatro cinco tres nueve uno cuatro ocho ocho", "cero tres cuatro tres seis cuatro seis siete"],
}
ASKED = {"in spanish": "cual es el numero de su tarjeta por favor"}
URGED = {"in spanish": "si muy bien"}


def call(said: str) -> list[Turn]:
    turns = [Turn(speaker="agent", text=ASKED.get(said, "what is your card number please"))]
    for part in SAID[said]:
        turns += [Turn(speaker="caller", text=part), Turn(speaker="agent", text=URGED.get(said, "mm-hm"))]
    return turns


def longest_run(text: str) -> int:
    """Return how many digits of the card the caller says one after the other in a text, written or in words."""
    text = " ".join(line.partition("caller: ")[2] for line in text.splitlines())
    known = {word: digit for digit, word in WORDS.items()} | {"zero": "0"}
    known |= {word: str(digit) for digit, word in enumerate(SPANISH)}
    tens = {"fourteen": "14", "thirty": "3", "forty": "4", "fifty": "5", "sixty": "6", "eighty": "8"}
    read = "".join(known.get(word) or tens.get(word) or word for word in re.findall(r"[a-z]+|[0-9]+", text.lower()))
    found = [size for size in range(1, 17) if any(PAN[at : at + size] in read for at in range(17 - size))]
    return max(found, default=0)


async def stored(inside: Inside, held: Place, conversation: UUID) -> str:
    """Return what is kept of a conversation, as it lies under its seal."""
    [(content, key_rows)] = held.rows(ROW, conversation)
    opened = await open_content(inside.installation.keys, held.birch.id, conversation, key_rows, content)
    return "\n".join(f"{turn.speaker}: {turn.text}" for turn in opened.turns)


@pytest.mark.slow
@promise("D3", sabotage="what_was_said_is_stored")
async def test_a_voicemail_is_stored_without_who_it_is_about(held: Place) -> None:
    async with held.opened() as inside:
        conversation = await inside.bring(VOICEMAIL, channel="call")
        await inside.work()
        kept = await stored(inside, held, conversation)
    assert {"[NAME]", "[DOB]", "[MRN]", "[PHONE]"} <= {*kept.split()}
    assert "my blood pressure is high" in kept, "what is kept can still be used"
    assert not {"maria", "gonzalez", "eighty", "four", "nine"} & {*kept.split()}


@pytest.mark.slow
@promise("D5", sabotage="what_was_said_is_stored")
async def test_no_call_is_stored_with_a_card(held: Place) -> None:
    async with held.opened() as inside:
        brought = {}
        for said in SAID:
            text = "\n".join(f"{turn.speaker}: {turn.text}" for turn in call(said))
            assert longest_run(text) >= 7, "the search finds what was said"
            brought[said] = await inside.bring(text.encode(), channel="call")
        await inside.work()
        runs = {said: longest_run(await stored(inside, held, conversation)) for said, conversation in brought.items()}
    assert max(runs.values()) < 3, runs


@promise("D5", sabotage="numbers_are_shown_while_they_go_on")
@pytest.mark.parametrize("said", SAID)
def test_no_call_is_shown_with_a_card_while_it_is_spoken(said: str) -> None:
    stream, shown = Stream(Redactor()), []
    for turn in call(said):
        shown.append(stream.partial(turn))
        shown += [released.turn.text for released in stream.add(turn)]
    released, finished = stream.finish()
    shown += [each.turn.text for each in released] + [turn.text for turn in finished.redacted.turns]
    assert max(longest_run(f"caller: {text}") for text in shown) < 7
    assert longest_run("\n".join(f"caller: {turn.text}" for turn in finished.redacted.turns)) < 3
