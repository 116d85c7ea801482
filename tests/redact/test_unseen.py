"""Characters that nobody sees change nothing, wherever they stand."""

import pytest

from privity.redact import Redactor, Style, Turn, Word

UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u034f\u202e\u2066\u0301\ufe0f\u20e3\u3164\U000e0020"
SAID = [
    ("123-45-6789", "[SSN]"),
    ("mail ann@example.org now", "mail [EMAIL] now"),
    ("my name is john smith", "my name is [NAME]"),
    ("my card is four one one one one one one one one one one one one one one one", "my card is [CARD]"),
]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_nobody_sees_parts_no_value(redactor: Redactor, unseen: str) -> None:
    for said, shown in SAID:
        text = unseen + unseen.join(said) + unseen
        assert redactor.redact_text(text).text.replace(unseen, "") == shown
        [span] = redactor.detect_text(text)
        assert (
            redactor.redact_text(text, Style.MASK).text
            == text[: span.start] + "*" * (span.end - span.start) + text[span.end :]
        )


def test_turns_and_words_too(redactor: Redactor) -> None:
    text = "it's 123-\u200b45-6789\u200b ok"
    words = (
        Word(text="it's", start_ms=0, end_ms=100, start=0, end=4),
        Word(text="123-\u200b45-6789\u200b", start_ms=200, end_ms=900, start=5, end=18),
        Word(text="ok", start_ms=1000, end_ms=1100, start=19, end=21),
    )
    [turn] = redactor.redact_turns([Turn(speaker="caller", text=text, words=words)]).turns
    assert turn.text == "it's [SSN]\u200b ok"
    assert [word.text for word in turn.words] == ["it's", "[SSN]", "ok"]
