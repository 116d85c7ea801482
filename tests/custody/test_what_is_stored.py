"""What lies under the seal, opened with the tenant's key: a voicemail without its person, a call without a card."""

import json
import re
from uuid import UUID

import pytest
from scene import Inside, Place

from privity.custody.content import kept_of
from privity.custody.sealed_content import open_content
from privity.custody.sources import SourceKind, parse_turns
from privity.custody.spoken import turn_of
from privity.errors import Unreadable
from privity.redact import Redactor, Stream, Turn
from privity.speech import ScriptedRecognizer, Segment, SpokenWord, Transcript
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
DOUBTED = frozenset({"for", "the", "want"})
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


@promise("D5", sabotage="confidences_are_dropped")
@pytest.mark.parametrize("brought", ["audio", "text"])
def test_what_a_recognizer_doubts_of_an_answer_is_kept_nowhere(brought: str) -> None:
    said = [("agent", "what is your card number"), ("caller", "for the want of a tree")]
    if brought == "audio":
        segments = [Segment(speaker=speaker, text=text, words=spoken(text)) for speaker, text in said]
        turns = [turn for segment in segments if (turn := turn_of(segment)) is not None]
    else:
        words = [[{"text": word.text, "confidence": word.confidence} for word in spoken(text)] for _, text in said]
        given = [{"speaker": who, "text": text, "words": words[at]} for at, (who, text) in enumerate(said)]
        turns = [*parse_turns(SourceKind.TURNS, json.dumps({"turns": given}).encode())]
    kept = kept_of(Redactor().redact_turns(turns))
    assert [turn.text for turn in kept.turns] == [said[0][1], "[UNCERTAIN] of a tree"]


def spoken(text: str) -> tuple[SpokenWord, ...]:
    """Words of which the first three of an answer are doubted."""
    return tuple(
        SpokenWord(text=word, start_ms=at * 100, end_ms=at * 100 + 90, confidence=0.1 if word in DOUBTED else 0.9)
        for at, word in enumerate(text.split())
    )


@pytest.mark.parametrize(
    "words",
    [
        [{"text": "other", "confidence": 0.1}],
        [{"text": "other", "confidence": "?"}],
        [{"text": "fine", "confidence": True}],
        [{"text": "fine", "confidence": 7}],
        [{"text": "fine", "confidence": "nan"}],
        [{"text": "fine", "confidence": 10**30}],
        [{"text": "fine"}, {"text": "fine", "conf": 0.1}],
        [{"text": "", "confidence": 0.1}],
    ],
)
def test_doubted_words_that_are_not_those_of_their_text_hide_the_answer(words: list[object]) -> None:
    for brought, answer in ((words, "[UNCERTAIN]"), ([{"text": "other"}], "fine")):
        asked = {"speaker": "agent", "text": "your social please"}
        given = [asked, {"speaker": "caller", "text": "fine", "words": brought}]
        turns = parse_turns(SourceKind.TURNS, json.dumps({"turns": given}).encode())
        assert [turn.text for turn in Redactor().redact_turns(turns).turns] == ["your social please", answer]


SAID_WORD = {"text": "quincewort", "confidence": 0.9}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (7, "`$.turns[1].words` is not"),
        ("quincewort", "`$.turns[1].words` is not"),
        (None, "`$.turns[1].words` is not"),
        ({"quincewort": 1}, "`$.turns[1].words` is not"),
        ([SAID_WORD, 7], "`$.turns[1].words[1]` is not"),
        ([SAID_WORD, "quincewort"], "`$.turns[1].words[1]` is not"),
        ([None], "`$.turns[1].words[0]` is not"),
        ([[SAID_WORD]], "`$.turns[1].words[0]` is not"),
        ([{"confidence": 0.1}], "`$.turns[1].words[0]` has no text"),
        ([{"text": 7, "quincewort": 1}], "`$.turns[1].words[0]` has no text"),
        ([SAID_WORD | {"start_ms": -1}], "`$.turns[1].words[0]` has a `start_ms` that is no time"),
        ([SAID_WORD | {"start": "quincewort"}], "`$.turns[1].words[0]` has a `start` that is no time"),
        ([SAID_WORD | {"end": [1]}], "`$.turns[1].words[0]` has a `end` that is no time"),
        ([SAID_WORD | {"end_ms": True}], "`$.turns[1].words[0]` has a `end_ms` that is no time"),
        ([SAID_WORD | {"startTime": "nan"}], "`$.turns[1].words[0]` has a `startTime` that is no time"),
        ([SAID_WORD | {"start_time": 10**40}], "`$.turns[1].words[0]` has a `start_time` that is no time"),
        (
            [SAID_WORD | {"start": 5, "end": 4}],
            "`$.turns[1].words[0]` has a `end` that is before what came before",
        ),
        (
            [SAID_WORD | {"start_ms": 50, "end_ms": 90}, SAID_WORD | {"start_ms": 40, "end_ms": 95}],
            "`$.turns[1].words[1]` has a `start_ms` that is before what came before",
        ),
        ([SAID_WORD] * 200, "`$.turns[1].words` has more words than its text of 4 characters can have"),
    ],
)
def test_words_that_are_none_are_refused_by_their_turn_and_without_being_told(words: object, told: str) -> None:
    given = [{"speaker": "agent", "text": "hello"}, {"speaker": "caller", "text": "fine", "words": words}]
    with pytest.raises(Unreadable) as refused:
        parse_turns(SourceKind.TURNS, json.dumps({"turns": given}).encode())
    assert told in refused.value.message
    assert "quincewort" not in f"{refused.value.message} {refused.value.advice}"


@pytest.mark.parametrize("number", [b"NaN", b"1e999", b"-Infinity", b"9" * 6000])
def test_numbers_that_are_none_are_refused_likewise(number: bytes) -> None:
    word = b'{"text": "quincewort", "confidence": %b}' % number
    with pytest.raises(Unreadable) as refused:
        parse_turns(SourceKind.TURNS, b'{"turns": [{"speaker": "a", "text": "b", "words": [%b]}]}' % word)
    assert "quincewort" not in f"{refused.value.message} {refused.value.advice}"


def test_words_of_any_recognizer_are_taken() -> None:
    words = [
        {"text": "fine", "confidence": 0.9, "start_ms": 0, "end_ms": 90},
        {"word": "it", "probability": "0.8", "start": 0.5, "end": 0.7, "speaker": 1},
        {"content": "is", "conf": 0.7, "start_time": "0.04", "end_time": "0.31"},
        {"text": "so", "score": 0.6, "startTime": "1.400s", "endTime": "1.700s"},
        {"text": "then"},
    ]
    given = [{"speaker": "a", "text": "fine it is so then", "words": words}]
    [turn] = parse_turns(SourceKind.TURNS, json.dumps({"turns": given}).encode())
    assert [(word.text, word.confidence) for word in turn.words] == [
        ("fine", 0.9), ("it", 0.8), ("is", 0.7), ("so", 0.6), ("then", None),
    ]  # fmt: skip


def test_a_flood_of_words_is_refused_before_it_fills_the_memory() -> None:
    flood = b",".join([b"{}"] * 1_000_000)
    with pytest.raises(Unreadable, match="more words"):
        parse_turns(SourceKind.TURNS, b'{"turns": [{"speaker": "a", "text": "b", "words": [%b]}]}' % flood)


@pytest.mark.slow
@promise("D5", "E1", sabotage="audio_is_taken_without_its_words")
async def test_a_recording_is_kept_without_what_was_doubted_in_it(held: Place) -> None:
    turns = [
        Segment(speaker=speaker, text=text, words=spoken(text))
        for speaker, text in (("agent", "what is your card number"), ("caller", "for the want of a tree"))
    ]
    script = ScriptedRecognizer(then=[Transcript(turns=tuple(turns), duration_ms=2_000, language="en")])
    async with held.opened(recognizer=script) as inside:
        conversation = await inside.bring(b"RIFF\x00\x00\x00\x00WAVE" + bytes(100), channel="call")
        await inside.work()
        assert await stored(inside, held, conversation) == (
            "agent: what is your card number\ncaller: [UNCERTAIN] of a tree"
        )
