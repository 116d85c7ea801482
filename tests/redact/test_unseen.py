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


PARTS = (
    "&nbsp;",
    "&#160;",
    "&#xA0;",
    "&thinsp;",
    "&#8239;",
    "&ndash;",
    "&#8211;",
    "&amp;nbsp;",
    "\\u00a0",
    "%20",
)
INVISIBLE = ("\u200b", "\u00ad", "\u2060", "&shy;", "&ZeroWidthSpace;", "&#8203;", "<wbr>")


@pytest.mark.parametrize("part", PARTS + INVISIBLE)
def test_what_stands_for_a_sign_parts_no_number(redactor: Redactor, part: str) -> None:
    social, card = part.join(("536", "27", "8841")), part.join(("4532", "0151", "1283", "0366"))
    assert redactor.redact_text(f"Here it is: {social}, thanks.").text == "Here it is: [SSN], thanks."
    assert redactor.redact_text(f"Please use {card} today.").text == "Please use [CARD] today."
    assert redactor.redact_text(f"my social is {part.join('536278841')} ok").text == "my social is [SSN] ok"


def test_what_is_harmless_stays_as_it_is_written(redactor: Redactor) -> None:
    text = "5&nbsp;mg &amp; 12&ndash;14 units; R&D; Q&A; &nosuch; C:\\new\\table 5%20 of &#99999999;"
    assert redactor.redact_text(text).text == text


def test_names_and_addresses_too(redactor: Redactor) -> None:
    text = "Tom O&#39;Brien&nbsp;called from https://a.example/?x=5%205&amp;y=2 &lt;today&gt;"
    assert redactor.redact_text(text).text == "[NAME]&nbsp;called from [URL] &lt;today&gt;"


@pytest.mark.parametrize("text", ["> it is 536-27-\n> 8841 ok", "it is 536<br>27<br>8841 ok"])
def test_a_number_goes_on_in_the_next_line_of_a_quotation_or_page(redactor: Redactor, text: str) -> None:
    assert not any(map(str.isdigit, redactor.redact_text(text).text))


def _subtitles(*said: str) -> str:
    times = (f"{at + 1}\n00:00:0{at},000 --> 00:00:0{at},900\n{text}\n" for at, text in enumerate(said))
    return "\n".join(times)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            ("Good morning.", "I live at 31", "Willow Bend Road, okay."),
            ("Good morning.", "I live at [ADDRESS]", ", okay."),
        ),
        (("Well, hello.", "I was born on April", "9th, 1961."), ("Well, hello.", "I was born on [DOB]", ".")),
        (("Go ahead.", "It's lena dot brook", "at mail dot com."), ("Go ahead.", "It's [EMAIL]", ".")),
        (("<i>call me at 415</i>", "<i>555 2671</i>", "ok"), ("<i>call me at [PHONE]</i>", "<i></i>", "ok")),
        (("write to lena dot", "brook at mail dot", "com"), ("write to [EMAIL]", "", "")),
        (("i was born on april", "ninth nineteen sixty one", "ok"), ("i was born on [DOB]", "", "ok")),
        (("it costs 45", "dollars at 5 p.m.", "bye"), ("it costs 45", "dollars at 5 p.m.", "bye")),
    ],
)
def test_times_between_subtitles_part_no_value_and_stay(
    redactor: Redactor, said: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    assert redactor.redact_text(_subtitles(*said)).text == _subtitles(*shown)
    assert redactor.redact_text(_subtitles(*said).replace("\n", "\r\n")).text.count("-->") == len(said)


def test_speakers_of_subtitles_are_told_apart(redactor: Redactor) -> None:
    text = _subtitles("Agent: may I have your number", "Caller: it's 415", "Agent: okay", "Caller: 555 2671")
    assert not {"2671", "415"} & {*redactor.redact_text(text).text.split()}
