"""What a recognizer doubts is hidden where an identifier was asked for, and nowhere else."""

import json
import re

import pytest

from privity.errors import BadInput
from privity.redact import (
    CALLS,
    PCI_DSS,
    KeyedTokens,
    Label,
    Redactor,
    Stream,
    Style,
    Surrogates,
    Turn,
    VaultTokens,
    Window,
    Word,
    policy_from_yaml,
    policy_named,
    windows_to_silence,
)
from privity.redact.documents import Kind, redact_document
from promises import promise

KEY = bytes(range(32))
CARD_ASKED = "what is your card number?"


def heard(text: str, at: int = 0) -> Turn:
    """A turn whose words say how sure their recognizer was, where that is not very: "for~.1" is a word of 0.1."""
    words, said = [], ""
    for token in text.split():
        word, _, sure = token.partition("~")
        start = len(said) + bool(said)
        said = f"{said} {word}".lstrip()
        words.append(
            Word(text=word, start=start, end=len(said), start_ms=at, end_ms=at + 90, confidence=float(sure or 0.95))
        )
        at += 100
    return Turn(speaker="speaker", text=said, words=tuple(words))


def call(*texts: str) -> list[Turn]:
    return [heard(text, 10_000 * number) for number, text in enumerate(texts)]


def shown(redactor: Redactor, *texts: str) -> list[str]:
    return [turn.text for turn in redactor.redact_turns(call(*texts)).turns]


@promise("D5", sabotage="what_is_doubted_is_shown")
@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        ((CARD_ASKED, "for~.1 the~.2 want~.2 tree~.3"), "[UNCERTAIN]"),
        ((CARD_ASKED, "fort~.1 bore the~.2 done please"), "[UNCERTAIN] done please"),
        ((CARD_ASKED, "it's~.9 lemon~.1 uh"), "it's [UNCERTAIN] uh"),
        (("read me the long number on your credit card", "mm hm", "ate~.1 want~.1"), "[UNCERTAIN]"),
        (("can you tell me your social", "sure~.3 tree~.2"), "[UNCERTAIN]"),
        (("and the three digits on the back", "knife~.39 whale~.1"), "[UNCERTAIN]"),
        (("what is your last name", "the~.9 roll~.1 fur~.2"), "the [UNCERTAIN]"),
        (("my card number is for~.2 the~.2 bore~.2",), "my card number is [UNCERTAIN]"),
        (("what is your card number for the deposit", "for~.1 the~.2 want~.2 tree"), "[UNCERTAIN] tree"),
        (("my card number for the order is bore~.1 the~.2",), "my card number for the order is [UNCERTAIN]"),
        ((CARD_ASKED, "[inaudible]~0"), "[UNCERTAIN]"),
        ((CARD_ASKED, "[inaudible]~0 four one one one"), "[UNCERTAIN] [CARD]"),
        (("my social is 219-09-9999 bore~.2",), "my social is [SSN] [UNCERTAIN]"),
        ((CARD_ASKED, "late~.1 okay"), "[UNCERTAIN] okay"),
        ((CARD_ASKED, "lemon~.2 thank you very much"), "[UNCERTAIN] thank you very much"),
        ((CARD_ASKED, "four one one lemon~.1 thank you very much"), "[CARD] [UNCERTAIN] thank you very much"),
        ((CARD_ASKED, "do you want~.1 my work number"), "do you [UNCERTAIN] my work number"),
        (("what is your last name", "her lemon~.2 tree house"), "her [UNCERTAIN] tree house"),
    ],
)
def test_what_is_doubted_is_hidden_where_an_identifier_was_asked_for(
    redactor: Redactor, texts: tuple[str, ...], answer: str
) -> None:
    redacted = redactor.redact_turns(call(*texts))
    assert redacted.turns[-1].text == answer
    assert [word.text for word in redacted.turns[-1].words] == re.findall(r"\S+", answer)
    assert Label.UNCERTAIN in {finding.label for finding in redacted.findings}
    assert not any("want" in finding.why for finding in redacted.findings)


@pytest.mark.parametrize(
    "texts",
    [
        ("how are you today?", "fin~.1 thanks~.2"),
        ("what is your order number?", "for~.1 the~.2 want~.2"),
        ("which room is it", "the~.1 lemon~.1 room"),
        ("what was the price", "tree~.2 fifty~.3"),
        ("my phone number for the order", "and the order number is~.9 lemon~.1"),
        (CARD_ASKED, "i do not have it with me"),
        ("what is your social~.1 security~.2 number",),
        (CARD_ASKED, "thank~.2 you when does the card expire"),
        ("what is your phone number", "so~.2 what would be the best phone number to reach you"),
        (CARD_ASKED, "we can~.2 come on tuesday at noon"),
    ],
)
def test_elsewhere_it_stays(redactor: Redactor, texts: tuple[str, ...]) -> None:
    turns = call(*texts)
    assert redactor.redact_turns(turns).turns == tuple(turns)


def test_without_confidences_nothing_is_doubted(redactor: Redactor) -> None:
    for texts in ((CARD_ASKED, "for~.1 the~.2 want~.2"), (CARD_ASKED, "four~.1 one one one six two")):
        turns = call(*texts)
        bare = [Turn(speaker=turn.speaker, text=turn.text) for turn in turns]
        unsaid = [
            Turn(
                speaker=turn.speaker,
                text=turn.text,
                words=tuple(
                    Word(text=word.text, start=word.start, end=word.end, start_ms=word.start_ms, end_ms=word.end_ms)
                    for word in turn.words
                ),
            )
            for turn in turns
        ]
        assert redactor.detect_turns(unsaid) == redactor.detect_turns(bare)
        assert Label.UNCERTAIN not in {span.finding.label for turn in redactor.detect_turns(bare) for span in turn}


@promise("E1", sabotage="what_is_doubted_is_shown")
def test_audio_is_silent_from_the_first_doubted_word_of_an_answer_to_the_last(redactor: Redactor) -> None:
    turns = call("so the card number please", "i will read it now for~.1 uh two want~.1 done thank you very much")
    spans = redactor.detect_turns(turns)
    assert windows_to_silence(turns, spans, duration_ms=20_000) == (Window(10_000, 11_390),)


@promise("E1", sabotage="what_is_doubted_is_shown")
def test_voice_without_words_is_silent_where_a_card_was_asked_for_and_heard_elsewhere(redactor: Redactor) -> None:
    said = Word(text="[inaudible]", start=0, end=11, start_ms=5_000, end_ms=9_000, confidence=0.0)
    voice = Turn(speaker="caller", text="[inaudible]", words=(said,))
    for question, windows in ((CARD_ASKED, (Window(4_500, 9_500),)), ("how are you?", ())):
        turns = [heard(question), voice]
        assert windows_to_silence(turns, redactor.detect_turns(turns), duration_ms=20_000) == windows


@pytest.mark.parametrize("confidence", [-0.1, 1.01, 87.0, float("nan"), float("inf")])
def test_what_is_no_confidence_counts_as_none(redactor: Redactor, confidence: float) -> None:
    assert shown(redactor, CARD_ASKED, f"want~{confidence}") == [CARD_ASKED, "[UNCERTAIN]"]


def test_doubted_words_that_stand_nowhere_hide_their_turn(redactor: Redactor) -> None:
    lost = Word(text="nowhere", start=3, end=10, start_ms=10_000, end_ms=10_900, confidence=0.1)
    for text, hidden in (("it was a fine day", True), ("my card number is tree", True)):
        turns = [heard(CARD_ASKED), Turn(speaker="caller", text=text, words=(lost,))]
        assert (redactor.redact_turns(turns).turns[1].text == "[UNCERTAIN]") is hidden
        assert windows_to_silence(turns, redactor.detect_turns(turns), duration_ms=20_000) == (Window(9_500, 11_400),)
    turns = [heard("how are you"), Turn(speaker="caller", text="it was a fine day", words=(lost,))]
    assert redactor.redact_turns(turns).turns[1].text == "it was a fine day"


def test_the_threshold_is_a_key_of_the_policy(redactor: Redactor) -> None:
    lenient = policy_from_yaml("name: x\nextends: calls\nuncertain_below: 0.1")
    strict = policy_from_yaml("name: x\nextends: calls\nuncertain_below: 1")
    assert shown(redactor.under(lenient), CARD_ASKED, "want~.3")[1] == "want"
    assert shown(redactor.under(strict), CARD_ASKED, "want~.99")[1] == "[UNCERTAIN]"
    readable = CALLS.overridden(keep=[Label.UNCERTAIN])
    assert shown(redactor.under(readable), CARD_ASKED, "want~.3")[1] == "want"
    for wrong in ("0", "1.5", ".nan", "-1"):
        with pytest.raises(BadInput, match="uncertain_below"):
            policy_from_yaml(f"name: x\nextends: calls\nuncertain_below: {wrong}")


def test_a_policy_doubts_what_it_hides(redactor: Redactor) -> None:
    cards = redactor.under(PCI_DSS)
    assert shown(cards, CARD_ASKED, "want~.3")[1] == "[UNCERTAIN]"
    assert shown(cards, "what is your last name", "want~.3")[1] == "want"


def test_safe_harbor_is_not_claimed_where_doubted_words_stay() -> None:
    policy = policy_named("hipaa-safe-harbor")
    assert Redactor(policy.overridden(keep=[Label.UNCERTAIN])).statement().startswith("Not Safe Harbor")


def test_what_was_doubted_is_never_made_up_or_sealed(redactor: Redactor) -> None:
    class Nothing:
        def seal(self, *_: object) -> None:
            raise AssertionError("it was sealed")

    vault = VaultTokens(Nothing(), channel="message", randomness=bytes)
    turns = call(CARD_ASKED, "want~.3")
    for way, answer in ((vault, "[UNCERTAIN]"), (Surrogates(KEY), "[UNCERTAIN]"), (Style.MASK, "****")):
        assert redactor.redact_turns(turns, way).turns[1].text == answer
    assert redactor.redact_turns(turns, KeyedTokens(KEY)).turns[1].text.startswith("[UNCERTAIN:")
    once = redactor.redact_turns(turns).turns
    assert redactor.redact_turns(once).turns == once


def test_it_is_hidden_while_people_speak(redactor: Redactor) -> None:
    stream = Stream(redactor)
    said = [released for turn in call(CARD_ASKED, "want~.3 tree~.3", "thanks") for released in stream.add(turn)]
    released, finished = stream.finish()
    assert [each.turn.text for each in (*said, *released)] == [CARD_ASKED, "[UNCERTAIN]", "thanks"]
    assert finished.corrected == ()


@pytest.mark.parametrize("key", ["confidence", "probability", "conf"])
@pytest.mark.parametrize("sure", [0.2, "0.2", "low"])
def test_json_of_recognizers_is_doubted_too(redactor: Redactor, key: str, sure: object) -> None:
    def piece(text: str, confidence: object) -> dict[str, object]:
        words = [{"word": word, key: confidence} for word in text.split()]
        return {"start": 0.0, "text": text, "words": words}

    pieces = [piece(CARD_ASKED, 0.9), piece("for the want", sure)]
    read = redact_document(redactor, Kind.JSON, json.dumps({"segments": pieces}).encode()).content
    answer = json.loads(read)["segments"][1]
    assert answer["text"] == "[UNCERTAIN]"
    assert [word["word"] for word in answer["words"]] == ["[UNCERTAIN]", "", ""]
    said = [("my", 0.9), ("card", 0.9), ("number", 0.9), ("is", "0.9"), ("for", sure), ("want", sure)]
    items = [{"alternatives": [{key: confidence, "content": word}]} for word, confidence in said]
    read = redact_document(redactor, Kind.JSON, json.dumps({"items": items}).encode()).content
    words = [item["alternatives"][0]["content"] for item in json.loads(read)["items"]]
    assert words == ["my", "card", "number", "is", "[UNCERTAIN]", ""]
