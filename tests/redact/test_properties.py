"""What holds for every text: spans in order and in range, nothing shown twice, no value in any reason."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import privity
from privity.errors import BadInput
from privity.redact import PCI_DSS, KeyedTokens, Label, Redactor, Style, Turn, WayToHide, policy_named
from privity.redact.reading.folding import fold

_REDACTOR = Redactor()
_WORDS = st.sampled_from([
    "my", "card", "number", "is", "visa", "cvv", "code", "expires", "social", "phone", "call", "me", "at", "mrn",
    "record", "born", "date", "of", "birth", "name", "john", "smith", "mary", "okafor", "four", "one", "double",
    "triple", "oh", "eleven", "twenty", "nine", "hundred", "thousand", "4111", "1111", "12/29", "3/3/1980",
    "212-555-0147", "march", "third", "nineteen", "eighty", "oak", "street", "14", "springfield", "il", "62704",
    "and", "uh", "mm-hm", "no", "sorry", "room", "order", "dose", "mg", "$", ".", ",", "?", "[CARD]", "[NAME]", "Dr.",
    "Will", "May", "Ann.Lee@example.org", "dot", "com", "s", "m", "i", "t", "h", "élan", "Ünal", "Петров",
    "\u200b", "\x1e", "\n", "\U0001f44b",
])  # fmt: skip
_TEXTS = st.one_of(st.lists(_WORDS, max_size=40).map(" ".join), st.text(max_size=120))
_TURNS = st.lists(
    st.tuples(st.sampled_from(["agent", "caller"]), st.lists(_WORDS, max_size=12).map(" ".join)), max_size=8
)


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded.isascii()


@pytest.mark.parametrize("text", ["you will get", "x as in x", "the code is four x as in x"])
def test_what_breaks_off_is_read_to_its_end(text: str) -> None:
    for end in range(len(text) + 1):
        assert all(span.end <= end for span in _REDACTOR.detect_text(text[:end]))


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_are_sorted_in_range_and_apart(text: str) -> None:
    at = 0
    for span in _REDACTOR.detect_text(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end


@given(st.lists(_TEXTS, max_size=6))
@example(["3/3/1980 s", "four"])
@example(["Петров my", "Ͱ0Ͱ0Ҋ"])
@example(["john no no", "AAA"])
@example(["Aa'", ""])
@example(["name", ':"AO'])
@example(["four", "s john"])
@example(["cvv call mg thousand hundred", ""])
@example(["card 62704", "mg"])
@example(["card", "code 212-555-0147"])
@example(["born 3/3/1980", "thousand"])
@example(["visa nine nineteen phone Ünal", "\n"])
@example(["street 1111", ""])
@example(["room", "12/29 1111"])
@example(["î", "four hundred s cvv"])
@example(["my", "Петров May Петров at me"])
@example(["Y", "'Xay"])
@example(["ab0", "0YA"])
@example(["-YAa\nA", ".."])
@example(["date four four", "four"])
@example(["born room mg eleven 12/29", ""])
@example(["Ms. Oyelowska left early.", "Apt. 512"])
@example(["Apt. 512", "Ms. Oyelowska left early."])
@example(["10/29", "10/29"])
@example(["9/22-9/27", "9/22-9/27"])
@example(["seen today", "Mark Iyanda, 62"])
@example(["Graves was positive", "they pulled the Hickman", "seen"])
@example(["élan Will m social four call il élan", "élan"])
@example(["registration m1831", "C"])
@example(["T.M.", "1,"])
@example(["three tree four three e t at a three or o", "record number"])
@example(["21826. o", "ho"])
@example(["", "-One Zero Seven\n14k"])
@example(["", "acct 0ine\nr: capital h\nd:"])
@example(["to Paris?ebooked", "Flight"])
@example(["license A1461402", "CUST: for one transfer"])
@settings(max_examples=150, deadline=None)
def test_a_batch_says_of_each_text_what_the_text_alone_says(texts: list[str]) -> None:
    assert _REDACTOR.detect_texts(texts) == [_REDACTOR.detect_text(text) for text in texts]


@given(st.text(alphabet=st.characters(), max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_code_points_are_judged(text: str) -> None:
    redacted = _REDACTOR.redact_text("\ud800" + text)
    assert all(span.end <= len(text) + 1 for span in redacted.spans)


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_mask_keeps_the_length_and_everything_else(text: str) -> None:
    redacted = _REDACTOR.redact_text(text, Style.MASK)
    assert len(redacted.text) == len(text)
    hidden = {place for span in redacted.spans for place in range(span.start, span.end)}
    assert all(shown == ("*" if place in hidden else text[place]) for place, shown in enumerate(redacted.text))


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_reason_holds_a_value(text: str) -> None:
    for span in _REDACTOR.detect_text(text):
        value = text[span.start : span.end]
        if sum(character.isdigit() for character in value) >= 4:
            assert value not in f"{span.finding.why} {span.finding.detector} {span.finding.label}"


@given(_TURNS)
@settings(max_examples=200, deadline=None)
def test_spans_of_turns_stay_in_their_turn(turns: list[tuple[str, str]]) -> None:
    given_turns = [Turn(speaker=speaker, text=text) for speaker, text in turns]
    redacted = _REDACTOR.redact_turns(given_turns)
    assert [turn.speaker for turn in redacted.turns] == [speaker for speaker, _ in turns]
    for turn, spans in zip(given_turns, redacted.spans, strict=True):
        at = 0
        for span in spans:
            assert at <= span.start < span.end <= len(turn.text)
            at = span.end


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("style", [Style.LABEL, Style.MASK, KeyedTokens(b"k" * 32)], ids=["label", "mask", "hash"])
def test_redacting_again_changes_nothing(seed: int, style: Style | WayToHide) -> None:
    rng = random.Random(seed)
    lines = [
        "card four one one one one one one one one one one one one one one one expires twelve twenty nine code 737",
        "this is Mary Okafor, born 3/3/1980, at 14 Oak Street, Springfield, IL 62704",
        "call me at two one two five five five oh one four seven or jane at example dot com",
        "record number m r n four four eight two one nine and order number 448219",
        "thanks john smith s m i t h, my social is one two three four five six seven eight nine",
        "I'll come at three on Tuesday with two kids",
    ]
    text = "\n".join(f"{rng.choice(['Agent', 'Caller'])}: {line}" for line in rng.sample(lines, 4))
    once = _REDACTOR.redact_text(text, style).text
    assert once != text
    assert _REDACTOR.redact_text(once, style).text == once


def test_policies_choose_what_is_hidden() -> None:
    text = "my name is john smith and my card is 4111111111111111"
    assert Redactor(PCI_DSS).redact_text(text).text == "my name is john smith and my card is [CARD]"
    assert policy_named("pci-dss") is PCI_DSS
    with pytest.raises(BadInput) as refused:
        policy_named("john smith")
    assert "john" not in str(refused.value)
    assert "calls" in refused.value.advice


def test_every_label_can_be_shown() -> None:
    assert all(_REDACTOR.redact_text(f"[{label}]").text == f"[{label}]" for label in Label)


@pytest.mark.parametrize(
    "text", ["1", "1 ", "one ", "a.", "my name is ", "0-", "john smith ", "card 4111 ", "a: 4 1\n b: 5 1\n"]
)
def test_repetitions_take_no_more_than_seconds(text: str) -> None:
    start = time.perf_counter()
    _REDACTOR.redact_text(text * 5000)
    assert time.perf_counter() - start < 20  # linear work takes well under one second; quadratic work takes minutes


@pytest.mark.parametrize("letters", ["a", "ha", "\u4e2d", "a\u200b"])
def test_one_long_word_takes_no_more_than_seconds(letters: str) -> None:
    start = time.perf_counter()
    _REDACTOR.redact_text("the order came from our own office. " + letters * 200_000)
    assert time.perf_counter() - start < 20  # as above


def test_importing_the_room_loads_no_other() -> None:
    source = str(Path(privity.__file__).parent.parent)
    program = (
        f"import sys; sys.path.insert(0, {source!r}); import privity.redact; "
        "heavy = {'psycopg', 'litestar', 'uvicorn', 'faster_whisper', 'av', 'cryptography', 'socket', 'asyncio'}; "
        "rooms = {m.split('.')[1] for m in sys.modules if m.startswith('privity.')} - {'redact', 'errors'}; "
        "print(sorted(heavy & set(sys.modules)), sorted(rooms))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], env={}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
