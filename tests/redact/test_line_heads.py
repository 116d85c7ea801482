"""What stands at the head of a transcript's lines, times and who speaks, is no part of what is said."""

import pytest

from privity.redact import Redactor
from privity.redact.labels import Label
from privity.redact.reading.line_heads import heads_of
from privity.redact.reading.rare_heads import rare_heads

HEADS = [
    ("agent: ", "caller: "),
    ("agent : ", "caller : "),
    ("A> ", "B> "),
    ("[00:04] Agent: ", "[00:09] Caller: "),
    ("(0:04) spk_0: ", "(1:09) spk_1: "),
    ("00:04.1 <left> ", "01:09.7 <right> "),
    ("00:00:04 speaker 1: ", "00:01:09 speaker 2: "),
    ("[CH1] ", "[CH0] "),
    ("[agent] ", "[customer] "),
    ("[Speaker:0] ", "[Speaker:1] "),
    ("00:04.2 spk1 | ", "00:09.9 spk2 | "),
    ("[00:04.260 --> 00:09.100]  ", "[00:09.100 --> 00:12.333]  "),
    ("[00:04.260 --> 00:09.100]  Agent: ", "[00:09.100 --> 00:12.333]  Caller: "),
    ("00:04 ", "00:09 "),
    (">> ", ">> "),
    ("00:04 >> ", "00:09 >> "),
    ("- ", "- "),
    ("Speaker 1  0:04\n", "Speaker 2  1:09\n"),
    ("0:04 Speaker 1\n", "1:09 Speaker 2\n"),
    ("[00:00:04] Caller\n", "[00:01:09] Agent\n"),
    ("agent ", "caller "),
    ("help desk\t", "employee 2\t"),
    ("**Agent:** ", "**Caller:** "),
    ("<v Agent>", "<v Caller>"),
    ("• Agent: ", "• Caller: "),
    ("3. Agent: ", "4. Caller: "),
    ("Agent - ", "Caller - "),
    ("Agent — ", "Caller — "),
    ("AGENT\n", "CALLER\n"),
    ("@agent ", "@caller "),
    ("{agent} ", "{caller} "),
    ("Q. ", "A. "),
    ("A ", "B "),
    ("[4.12s - 9.01s] Agent: ", "[9.01s - 12.2s] Caller: "),
    ("[4.12s -> 9.01s] ", "[9.01s -> 12.2s] "),
    ("4.12 9.01 agent: ", "9.01 12.2 caller: "),
    ("Agent [0:04]: ", "Caller [0:09]: "),
    ("[10:00:04 AM] Agent: ", "[10:00:09 AM] Caller: "),
    ("[speaker_A] (0.5s): ", "[speaker_B] (4.5s): "),
    ("Speaker 1 ", "Speaker 2 "),
]
SAID = [  # a value that goes on shows its label once
    ("can i have the card number please", "can i have the card number please"),
    ("five one oh five", "[CARD]"),
    ("okay", "okay"),
    ("one oh five one", ""),
    ("mm hmm", "mm hmm"),
    ("oh five one oh", ""),
    ("yes", "yes"),
    ("five one oh oh", ""),
    ("and your date of birth", "and your date of birth"),
    ("may third nineteen seventy one", "[DOB]"),
]


@pytest.mark.parametrize("heads", HEADS, ids=lambda heads: heads[0].strip())
def test_heads_stay_and_part_no_value(redactor: Redactor, heads: tuple[str, str]) -> None:
    text = "\n".join(heads[number % 2] + said for number, (said, _) in enumerate(SAID))
    shown = "\n".join(heads[number % 2] + kept for number, (_, kept) in enumerate(SAID))
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize("who", ["", "Caller: ", "[00:02] Caller: ", "C: ", "Speaker 1: "])
def test_what_one_party_says_is_read_as_speech(redactor: Redactor, who: str) -> None:
    said = "hi its oyelaran from the desk this is for luis s tanaka"
    assert redactor.redact_text(who + said).text == f"{who}hi its [NAME] from the desk this is for [NAME]"


def test_the_day_in_the_head_of_a_line_is_hidden(redactor: Redactor) -> None:
    lines = ("your card number", "five one oh five", "okay", "one oh five one")
    text = "\n".join(
        f"2026-05-01 10:00:0{n} {'Agent' if n % 2 == 0 else 'Caller'}: {line}" for n, line in enumerate(lines)
    )
    shown = redactor.redact_text(text).text
    assert "2026-05-01" not in shown
    assert "10:00:00 Agent: your card number" in shown
    assert "five" not in shown


def test_a_day_before_each_line_is_a_date_in_all_of_them(redactor: Redactor) -> None:
    said = ("how can i help", "my lamp is broken", "since when", "since noon")
    text = "\n".join(
        f"2026-05-01 10:00:0{n} {'Agent' if n % 2 == 0 else 'Caller'}: {line}" for n, line in enumerate(said)
    )
    assert {span.finding.label for span in redactor.redact_text(text).spans} == {Label.DATE}


@pytest.mark.parametrize(
    "text",
    [
        "Rice: two cups\nSalt: a pinch\nOil: a spoon\nBay: one leaf",
        "A man came in. He sat.\nB road was closed.\nA dog barked at him.\nNobody came.",
        "1. Open the lid.\n2. Take the wheel out.\n3. Rinse it.\n4. Close the lid.",
    ],
)
def test_lists_have_no_rare_heads(text: str) -> None:
    assert rare_heads(text) == []


@pytest.mark.parametrize("who", ["", "Agent: ", "<v Agent>"])
def test_subtitles_stay_and_part_no_value(redactor: Redactor, who: str) -> None:
    def cues(lines: list[str]) -> str:
        return "\n".join(
            f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{who}{line}\n" for n, line in enumerate(lines, 1)
        )

    text, shown = cues([said for said, _ in SAID]), cues([kept for _, kept in SAID])
    assert redactor.redact_text(text).text == shown


def test_a_number_before_the_times_of_subtitles_that_counts_nothing_is_read(redactor: Redactor) -> None:
    said = ("what's the code on the back", "734", "thanks")
    text = "\n".join(f"{line}\n00:0{n},000 --> 00:0{n},900" for n, line in enumerate(said)) + "\nbye"
    assert "734" not in redactor.redact_text(text).text


def test_a_speaker_in_brackets_may_be_named(redactor: Redactor) -> None:
    text = "[Marisol] good morning\n[Agent] hello marisol\n[Marisol] is it raining\n[Agent] no"
    assert (
        redactor.redact_text(text).text
        == "[[NAME]] good morning\n[Agent] hello [NAME]\n[[NAME]] is it raining\n[Agent] no"
    )


@pytest.mark.parametrize(
    "text",
    [
        "We met at noon.\n(a) the roof leaks\nand the door sticks\nas it did before.\nThat is all.\nThank you.",
        "12:30 lunch with the team",
        "My notes.\n[draft] not for sale\nThe second line is longer.\nThe third line as well.\nAnd one more.",
        "Name: somebody\nPhone: some number\nAgent: a third",
    ],
)
def test_few_brackets_and_times_are_no_heads(text: str) -> None:
    assert heads_of(text) == []


def test_a_time_at_the_head_of_lines_is_no_number(redactor: Redactor) -> None:
    """A time follows each question for a number, and looks like the rest of one."""
    text = (
        "[00:12.300 --> 00:14.500]  And the security code?\n[00:14.500 --> 00:16.869]  Eight two one.\n"
        "[00:16.869 --> 00:18.200]  Thank you.\n[00:18.200 --> 00:20.000]  Is there anything else?"
    )
    assert redactor.redact_text(text).text == text.replace("Eight two one", "[CVV]")


def test_speech_that_a_recognizer_wrote_without_signs_is_told_by_its_lines() -> None:
    text = "thanks for calling Norland Tile\nhi I want to return two boxes\nokay what's the order\nI think it's 77"
    assert len(heads_of(text)) == 4
    prose = (
        "The tiles were laid in May and,\nas far as we know, never sealed. Rain came\nthrough the porch,\nmoss grew."
    )
    assert not heads_of(prose)


@pytest.mark.parametrize("form", ["{}: ", "{}> ", "[{}] ", "<{}> ", "{} | ", "[00:04] {}: ", "{}  0:04\n"])
@pytest.mark.parametrize("number", ["Caller 2125550147", "x4111111111111111", "Ann 536-22-8727", "Line 4155550199"])
def test_a_number_in_a_head_is_hidden(redactor: Redactor, form: str, number: str) -> None:
    lines = [
        form.format(who) + said for who, said in [(number, "hi"), ("Agent", "hello"), (number, "bye"), ("Agent", "ok")]
    ]
    shown = redactor.redact_text("\n".join(lines)).text
    assert number[-8:] not in shown
    assert "hello" in shown


@pytest.mark.parametrize(
    "preamble", ["", "Date: March 3, 2031\nDuration: 2:10\n\n", "Call date: 3/4/2031\n", "Call 7\n\n"]
)
@pytest.mark.parametrize(
    "form",
    ["{who}: {said}", "{at}.0\t{at}.9\t{who}\t{said}", "0:0{at}\t{who}: {said}", "(00:0{at}) {who}: {said}",
     "{at}. {who}: {said}", "2031-05-01T10:04:0{at}Z {who}: {said}", "{who} [00:0{at}]\n{said}"],
)  # fmt: skip
def test_what_is_told_of_a_call_before_it_begins_is_no_turn(redactor: Redactor, preamble: str, form: str) -> None:
    turns = [("spk_0", "the card number?"), ("spk_1", "4242 4242"), ("spk_0", "uh huh"), ("spk_1", "4242 4242")] * 2
    lines = [form.format(who=who, said=said, at=at) for at, (who, said) in enumerate(turns)]
    shown = redactor.redact_text(preamble + "\n".join(lines) + "\n").text
    assert shown.count("spk_0") == shown.count("spk_1") == 4
    assert "4242" not in shown
    assert all(line.split("spk")[0].removeprefix("2031-05-01") in shown for line in lines)  # the day is read


def test_a_form_above_a_call_is_hidden_like_any_other(redactor: Redactor) -> None:
    shown = redactor.redact_text(
        "Name: Ruth Calder\nSSN: 536-22-8727\n\nAgent: hello\nCaller: hi\nAgent: your pin?\nCaller: 4471\nAgent: ok"
    ).text
    for value in ("Ruth", "Calder", "8727", "4471"):
        assert value not in shown
    assert shown.count("Agent") == 3


def test_a_party_that_no_list_has_speaks_where_a_known_one_answers(redactor: Redactor) -> None:
    shown = redactor.redact_text(
        "store thanks for calling the bike barn\ncaller hi do you have a bell\nstore we do whats the name\n"
        "caller patrice\nstore how many\ncaller two"
    ).text
    assert "patrice" not in shown
    assert shown.count("caller") == 3


@pytest.mark.parametrize(
    "lines",
    [
        ["can i have the unit number", "okay", "four fourteen", "thanks"],
        ["What's the unit number?", "Mm-hm.", "Four fourteen.", "Right.", "Was it the rear one?"],
    ],
)
def test_lines_of_talk_with_blank_ones_between_are_turns(lines: list[str]) -> None:
    assert len(heads_of("\n\n".join(lines))) == len(lines)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["Dear Ruth,", "the flat is free.", "Call me.", "Yours"],  # nobody urges on
        ["it was late", "okay", "she went home " * 20, "and slept " * 30],  # long paragraphs
        ["okay", "milk\neggs", "yes", "bread"],  # a list
    ],
)
def test_paragraphs_of_prose_are_no_turns(paragraphs: list[str]) -> None:
    assert heads_of("\n\n".join(paragraphs)) == []
