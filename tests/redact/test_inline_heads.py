"""Transcripts in one line: who speaks is told within it, and questions are answered as they are over lines."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            (
                "operator: whose name is it under caller: it's under ingrid haugland operator: and the spelling "
                "caller: h a u g l a n d operator: thanks caller: bye"
            ),
            (
                "operator: whose name is it under caller: it's under [NAME] operator: and the spelling "
                "caller: [NAME] operator: thanks caller: bye"
            ),
        ),
        (
            (
                "[00:02] AGENT: Your number? [00:06] CALLER: 660. [00:09] AGENT: 660, yes, [00:12] CALLER: 396-8226. "
                "[00:15] AGENT: Okay?"
            ),
            (
                "[00:02] AGENT: Your number? [00:06] CALLER: [PHONE]. [00:09] AGENT: [PHONE], yes, [00:12] CALLER: . "
                "[00:15] AGENT: Okay?"
            ),
        ),
        (
            "[agent] who am i speaking to [caller] desta [agent] and are you well [caller] no [agent] okay",
            "[agent] who am i speaking to [caller] [NAME] [agent] and are you well [caller] no [agent] okay",
        ),
        (
            "Speaker 1: a number Speaker 2: five five one two Speaker 1: yes Speaker 2: three oh nine Speaker 1: bye",
            "Speaker 1: a number Speaker 2: [ID] Speaker 1: yes Speaker 2:  Speaker 1: bye",
        ),
        (
            "[00:01] and your name? [00:03] Ottoline. [00:05] Thank you. [00:08] We close at 5:30, Ottoline.",
            "[00:01] and your name? [00:03] [NAME]. [00:05] Thank you. [00:08] We close at 5:30, [NAME].",
        ),
    ],
)
def test_a_line_of_many_turns_is_read_in_turns(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "Assessment: stable. Plan: rest. Note: back at 5:30. Plan: again. Note: none",
        "We met at 5:30: she said: hello. The ratio 3:1 was: fine. He said: yes. She said: no.",
    ],
)
def test_words_before_colons_are_no_parties(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_names_of_speakers_within_a_line_are_hidden(redactor: Redactor) -> None:
    shown = redactor.redact_text("Ingrid: hi. Desta: yes? Ingrid: it's me. Desta: oh. Ingrid: so?").text
    assert "Ingrid" not in shown
    assert "Desta" not in shown
