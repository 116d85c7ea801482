"""Who speaks may be named: names are hidden in what says so, parts such as "Agent" stay."""

import pytest

from privity.redact import Redactor, Style, Turn


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Maria", "[NAME]"),
        ("Dr. Patel", "Dr. [NAME]"),
        ("Nurse Kelly", "Nurse [NAME]"),
        ("maria gonzalez", "[NAME]"),
        ("MARIA GONZALEZ", "[NAME]"),
        ("Ngozi", "[NAME]"),
        ("Ann Hill", "[NAME]"),
        ("Mark", "[NAME]"),
        ("Agent (Maria)", "Agent ([NAME])"),
        ("Agent Maria", "Agent [NAME]"),
    ],
)
def test_a_speaker_who_is_named_is_hidden_in_text_and_turns(redactor: Redactor, name: str, shown: str) -> None:
    said = ["how are you", "I am fine", "good to hear", "yes"]
    text = "\n".join(f"{who}: {line}" for who, line in zip([name, "Caller"] * 2, said, strict=True))
    assert redactor.redact_text(text).text == text.replace(f"{name}:", f"{shown}:")
    turns = [Turn(speaker=who, text=line) for who, line in zip([name, "caller"] * 2, said, strict=True)]
    redacted = redactor.redact_turns(turns)
    assert [turn.speaker for turn in redacted.turns] == [shown, "caller", shown, "caller"]
    assert [turn.text for turn in redacted.turns] == said


@pytest.mark.parametrize(
    "part",
    ["Agent", "CALLER", "customer", "Nurse", "Speaker 1", "A", "spk_0", "IVR", "Doctor", "Agent 2", "Dockmaster"],
)
def test_the_parts_of_speakers_stay(redactor: Redactor, part: str) -> None:
    text = f"{part}: how are you\nOther: fine\n{part}: good to hear\nOther: yes"
    assert redactor.redact_text(text).text == text
    assert redactor.redact_turns([Turn(speaker=part, text="fine")]).turns[0].speaker == part


def test_the_name_of_a_speaker_is_hidden_wherever_it_is_said(redactor: Redactor) -> None:
    text = "Ngozi: hello\nAgent: hello, how can I help you, ngozi\nNgozi: my order\nAgent: yes"
    assert redactor.redact_text(text).text.lower().count("ngozi") == 0
    turns = [Turn(speaker="Ngozi Adeyemi", text="hello"), Turn(speaker="agent", text="how can i help you ngozi")]
    assert redactor.redact_turns(turns).turns[1].text == "how can i help you [NAME]"


def test_what_was_hidden_once_still_says_who_speaks(redactor: Redactor) -> None:
    text = "Maria: the card is four one one one\nAgent: yes\nMaria: one one one one one one one one one one one one"
    once = redactor.redact_text(text).text
    assert redactor.redact_text(once).text == once


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("+12125550147", "[PHONE]"),
        ("2125550147", "[PHONE]"),
        ("5550147", "[PHONE]"),
        ("caller 212-555-0147", "caller [PHONE]"),
        ("Mary Johnson (+1 212 555 0147)", "[NAME] ([PHONE])"),
        ("sip:2125550147@pbx", "sip:[PHONE]@pbx"),
        ("mary.johnson@example.com", "[EMAIL]"),
        ("078-05-1120", "[SSN]"),
        ("4111 1111 1111 1111", "[CARD]"),
        ("MRN 48151623", "MRN [MRN]"),
        ("patient born 3/4/1971", "patient born [DOB]"),
        ("12 Elm Street, Springfield", "[ADDRESS]"),
        ("agent 4471", "agent 4471"),
        ("SPEAKER_00", "SPEAKER_00"),
    ],
)
def test_who_speaks_is_not_told_by_a_number_or_an_address(redactor: Redactor, said: str, shown: str) -> None:
    once = redactor.redact_turns([Turn(speaker=said, text="my bill"), Turn(speaker="agent", text="yes")]).turns
    assert [turn.speaker for turn in once] == [shown, "agent"]
    assert redactor.redact_turns(once).turns == once
    masked = redactor.redact_turns([Turn(speaker=said, text="my bill")], Style.MASK).turns[0].speaker
    assert len(masked) == len(said)
    assert ("*" in masked) == (said != shown)
