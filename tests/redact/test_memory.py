"""What stays in memory of a text that was redacted: nothing, and not only after the collector has come."""

import gc
import re
from collections.abc import Iterator

import pytest

from privity.redact import Redactor, Turn
from privity.redact.reading.lexicon import lexicon
from privity.redact.reading.transcript import Transcript
from promises import promise

TURNS = (
    Turn(speaker="agent", text="thank you for calling, can i have your name and your card number please"),
    Turn(speaker="caller", text="sure it's amara okafor, o k a f o r, and the card is 4111 1111 1111 1111"),
    Turn(speaker="caller", text="i live at forty two cedar lane in springfield and my birthday is march third"),
)


@pytest.fixture
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@promise("E28", sabotage="readings_hold_their_text")
def test_no_text_waits_for_the_collector() -> None:
    redactor = Redactor()
    before = sum(type(thing) is Transcript for thing in gc.get_objects())
    assert "[CARD]" in redactor.redact_turns(TURNS).turns[1].text
    redactor.redact_texts([turn.text for turn in TURNS])
    assert sum(type(thing) is Transcript for thing in gc.get_objects()) == before


def patterns() -> list[str]:
    """The texts in what the interpreter remembers by tuples, as it does the patterns that were compiled."""
    keys = [key for holder in gc.get_objects() if isinstance(holder, dict) for key in list(dict.keys(holder))]
    return [part for key in keys if isinstance(key, tuple) for part in key if isinstance(part, str)]


def holding(*words: str) -> list[str]:
    """What holds a text or octets with one of these words in it, except for these very words."""
    own = set(map(id, words))
    found = []
    for holder in gc.get_objects():
        keys = list(dict.keys(holder)) if isinstance(holder, dict) else []  # which the collector passes over
        for thing in (*gc.get_referents(holder), *keys):
            if isinstance(thing, str | bytes) and id(thing) not in own:
                found += [type(holder).__name__] * _has(thing, words)
    return found


def _has(thing: str | bytes, words: tuple[str, ...]) -> bool:
    """Whether one of the words is in a text; no cell holds the text, in which it would be found once more."""
    text = (thing if isinstance(thing, str) else thing.decode("utf-8", "replace")).lower()
    return not {text.find(word) for word in words} <= {-1}


@pytest.mark.usefixtures("uncollected")
@promise("E28", sabotage="unlisted_words_are_remembered")
@promise("E28", sabotage="told_words_are_remembered")
def test_no_word_is_remembered_that_is_on_no_list() -> None:
    name = "".join(map(chr, (122, 117, 98, 114, 105, 108, 107, 97)))
    number = "".join(map(chr, (52, 49) * 8))
    assert not lexicon().of(name)
    redactor = Redactor()
    said = [f"my name is {name} {name.title()} and my card is {number}, that is {name}'s card"]
    assert "[CARD]" in redactor.redact_turns([Turn(speaker="caller", text=said[0])]).turns[0].text
    redactor.redact_texts(said)
    assert holding(name, number) == ["list"], "the search finds what is there"
    said.clear()
    assert holding(name, number) == []


@pytest.mark.usefixtures("uncollected")
def test_no_pattern_is_remembered_of_what_was_said() -> None:
    mailbox = "".join(map(chr, (113, 117, 105, 120, 98, 111, 116)))
    street = "".join(map(chr, (122, 121, 120, 119, 111)))
    secret = "".join(map(chr, (118, 111, 120, 98, 117, 115, 107)))
    lines: tuple[str, ...] = (
        *("your email please", f"j p underscore {mailbox} at gmail dot com", f"j p underscore {mailbox} got it"),
        *("where do you live", f"44 {street} lane", f"{street} okay", f"yes 44 {street}", f"{mailbox} 77"),
        *("what's your password", f"it's {secret} nine", f"so {secret} nine", "yes"),
    )
    code, age = "".join(map(chr, (113, 32, 122, 32, 106))), "".join(map(chr, (57, 55)))
    lines = (
        *lines,
        *(
            "your member number",
            "w k p 4 4 1 9 2",
            f"no the first part is {code}",
            f"{code} okay",
            "how old is she",
            f"{age}. {age} now",
        ),
    )
    said = ["\n".join(lines)]
    del lines
    shown = Redactor().redact_texts(said)[0].text
    assert mailbox not in shown
    assert street not in shown
    assert secret not in shown
    said.clear()
    assert re.compile("what is remembered").pattern in patterns(), "the search finds what is there"
    assert holding(mailbox, street, secret) == []
    assert not [text for text in patterns() if mailbox in text or street in text or secret in text or code in text]
    assert not [text for text in patterns() if f"({age})" in text]
