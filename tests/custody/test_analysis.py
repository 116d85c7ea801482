"""Counting what is kept: exact, the same each time, and without a word of what was hidden."""

import json

import pytest
from scene import Place, secrets_of
from server import application, token_for

from privity.custody import analysis_of
from privity.custody.content import Content, kept_of
from privity.identity import Scope
from privity.redact import Redactor, Turn
from promises import promise

SAID = [
    ("agent", "Thank you for calling the dental clinic, can I have your name please?"),
    ("caller", "My name is Maria Gonzalez, my number is 415-555-0123."),
    ("agent", "And what is the appointment about?"),
    ("caller", "The crown came loose. The crown hurts, the molar hurts too."),
]


def content() -> Content:
    return kept_of(Redactor().redact_turns([Turn(speaker=speaker, text=text) for speaker, text in SAID]))


@promise("E51", sabotage="marks_are_words")
def test_counts_durations_talk_ratio_and_keywords_of_redacted_text() -> None:
    counted = analysis_of(content(), 60_000)
    assert (counted.turns, counted.questions, counted.duration_ms) == (4, 2, 60_000)
    agent, caller = counted.talk
    assert (agent.speaker, agent.turns, agent.words, agent.questions) == ("agent", 2, 19, 2)
    assert (caller.speaker, caller.words, caller.longest_turn_words) == ("caller", 19, 11)
    assert counted.words == agent.words + caller.words
    assert counted.words_per_minute == counted.words
    assert abs(agent.share + caller.share - 1) < 0.001
    assert agent.speaking_ms == round(60_000 * agent.words / counted.words)
    words = [each.word for each in counted.keywords]
    assert (words[0], words[1]) == ("crown", "hurts")
    assert {"dental", "clinic", "appointment", "molar"} <= set(words)
    assert not {"name", "phone", "maria", "gonzalez", "the", "415"} & set(words), "neither values nor their marks"
    assert counted.hidden == len(content().findings) == sum(counted.hidden_by_label.values())
    assert analysis_of(content(), 60_000) == counted


def test_text_has_no_pace_and_silence_has_no_talk() -> None:
    counted = analysis_of(content(), None)
    assert (counted.duration_ms, counted.words_per_minute, counted.talk[0].speaking_ms) == (None, None, None)
    empty = analysis_of(Content((), ()), 0)
    assert (empty.words, empty.talk, empty.keywords, empty.words_per_minute) == (0, [], [], None)


@pytest.mark.slow
async def test_nothing_hidden_is_in_an_analysis_and_who_may_not_read_gets_none(held: Place) -> None:
    said = secrets_of()
    async with held.opened() as inside:
        conversation = await inside.bring(said.text)
        await inside.work()
        reads = await token_for(inside.installation, held.birch.id, Scope.CONVERSATIONS_READ)
        writes = await token_for(inside.installation, held.birch.id, Scope.CONVERSATIONS_WRITE)
        other = await token_for(inside.installation, held.cedar.id, Scope.CONVERSATIONS_READ)
        async with application(inside.installation) as client:
            path = f"/v1/conversations/{conversation}/analysis"

            async def ask(token: str) -> tuple[int, str]:
                answer = await client.get(path, headers={"Authorization": f"Bearer {token}"})
                return answer.status_code, answer.text

            status, text = await ask(reads.text)
            assert status == 200
            assert "clinic" in text, "the search finds what is there"
            spoken = [*said.name.lower().split(), said.card, said.social, said.mail.partition("@")[0]]
            assert not [each for each in spoken if each in text.lower()]
            assert (await ask(writes.text))[0] == 403
            assert (await ask(other.text))[0] == 404


ABOUT_HOMES = [
    ("agent", "Hello, this is Maria Gonzalez, which apartment are you calling about?"),
    ("caller", "The two bedroom on Lake Street. Is it a white neighborhood?"),
    ("agent", "You'd be happier in a different neighborhood, more of your people, Mr. Okafor."),
    ("agent", "It has a white kitchen and a family room."),
]


@promise("D23", sabotage="homes_are_not_analysed")
@pytest.mark.slow
async def test_steering_is_a_finding_with_class_and_span_of_redacted_text_by_http(held: Place) -> None:
    async with held.opened() as inside:
        brought = {"turns": [{"speaker": speaker, "text": text} for speaker, text in ABOUT_HOMES]}
        conversation = await inside.bring(json.dumps(brought).encode())
        await inside.work()
        reads = await token_for(inside.installation, held.birch.id, Scope.CONVERSATIONS_READ)
        async with application(inside.installation) as client:
            bearer = {"Authorization": f"Bearer {reads.text}"}
            answer = (await client.get(f"/v1/conversations/{conversation}/analysis", headers=bearer)).json()
            shown = (await client.get(f"/v1/conversations/{conversation}", headers=bearer)).json()
    asked, steered = answer["housing"]
    assert (asked["turn"], asked["speaker"], asked["kind"], asked["classes"]) == (1, "caller", "preference", ["race"])
    assert (steered["turn"], steered["speaker"], steered["action"]) == (2, "agent", "block")
    assert (steered["kind"], steered["classes"]) == ("steering", ["race", "national_origin"])
    assert steered["source"].startswith("24 CFR 100.70(c)")
    text = shown["turns"][2]["text"]
    assert text[steered["start"] : steered["end"]] == steered["said"]
    assert "more of your people" in steered["said"]
    assert "Okafor" not in str(answer)
    assert answer["housing_rules"]


@promise("D23", sabotage="homes_are_not_analysed")
def test_what_is_said_of_people_counts_where_homes_are_spoken_of() -> None:
    def statements(*texts: str) -> list[str]:
        turns = [Turn(speaker="agent", text=text) for text in texts]
        return [each.kind for each in analysis_of(kept_of(Redactor().redact_turns(turns)), None).housing]

    assert statements("The apartment is free.", "No children, please.") == ["limitation"]
    assert statements("The patient has no children.", "A seventy year old Hispanic male.") == []
    assert statements("You would be happier with your own kind.") == ["steering"]


def test_voice_without_words_is_no_word() -> None:
    turns = [Turn(speaker="caller", text="[inaudible] the crown [inaudible]")]
    assert analysis_of(kept_of(Redactor().redact_turns(turns)), None).keywords[0].word == "crown"
