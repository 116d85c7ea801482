"""Patterns are searched wherever they can match: what is skipped to save time would not have been found."""

import importlib
from random import Random
from typing import Any

import pytest

from privity.redact import Redactor, triggers
from privity.redact.cues import Cues
from privity.redact.patterns import Patterns
from privity.redact.transcript import transcript_of_texts
from privity.redact.triggers import Octets, Triggered

_PATTERNS = tuple(triggers._all)
_EVERY = frozenset(range(len(_PATTERNS)))
_OF_CATEGORY = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "7", "CATEGORY_WORD": "k", "CATEGORY_NOT_WORD": " "}
_TRIES, _MOST_TRIES = 20, 1000
_regex: Any = importlib.import_module("re._parser")  # reads a pattern into its parts; no public module does


class _Writer:
    """Writes texts that a pattern may match, at random."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def text(self, pattern: Triggered) -> str:
        return self._of(_regex.parse(pattern.pattern.decode("ascii")))

    def _of(self, parts: Any) -> str:
        return "".join(self._of_part(str(code), argument) for code, argument in parts)

    def _of_part(self, code: str, argument: Any) -> str:
        match code:
            case "LITERAL":
                return chr(argument)
            case "IN":
                return self._of_class(argument)
            case "BRANCH":
                return self._of(self._random.choice(argument[1]))
            case "SUBPATTERN":
                return self._of(argument[3])
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, part = argument
                times = self._random.randint(least, min(most, least + 2))
                return "".join(self._of(part) for _ in range(times))
            case "AT":
                return ""
        raise AssertionError(code)

    def _of_class(self, items: Any) -> str:
        code, argument = self._random.choice(items)
        match str(code):
            case "LITERAL":
                return chr(argument)
            case "RANGE":
                return chr(self._random.randint(*argument))
            case "CATEGORY":
                return _OF_CATEGORY[str(argument)]
        return "b"  # of a class that says what it has not


@pytest.mark.parametrize("pattern", _PATTERNS, ids=lambda pattern: str(pattern.number))
def test_a_pattern_is_searched_wherever_it_matches(pattern: Triggered) -> None:
    writer = _Writer(pattern.number)
    matched = 0
    for _ in range(_MOST_TRIES):
        text = f"so {writer.text(pattern)} then".encode("ascii")
        if pattern.search(text) is not None:  # of plain bytes, nothing is skipped
            matched += 1
            assert pattern.can_occur(Octets(text.lower())), text
        if matched == _TRIES:
            break
    assert matched, "the texts are none that the pattern matches"


def test_answers_are_those_of_patterns_that_are_all_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    redactor = Redactor()
    texts = _texts()
    skipping = [redactor.detect_text(text) for text in texts]
    monkeypatch.setattr(Octets, "possible", _EVERY)
    assert [redactor.detect_text(text) for text in texts] == skipping
    monkeypatch.setattr(Octets, "possible", frozenset[int]())  # control: these texts show it when too much is skipped
    assert (
        sum(redactor.detect_text(text) != spans for text, spans in zip(texts, skipping, strict=True)) > len(texts) / 3
    )


def test_a_pass_that_was_given_up_skips_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"good morning"
    made = triggers._Filter()
    assert made.possible(text) < _EVERY
    for given_up in ("_filter", "_set"):
        with monkeypatch.context() as patched:
            patched.setattr(made, given_up, _GivenUp())
            assert made.possible(text) == _EVERY


def test_forms_are_found_when_their_set_was_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    transcript, patterns = transcript_of_texts(["call me at 415-555-2671"]), Patterns()
    cues = Cues(transcript)
    found = list(patterns.claims(transcript, cues))
    assert found
    monkeypatch.setattr(patterns, "_occurring", _GivenUp())
    assert list(patterns.claims(transcript, cues)) == found


class _GivenUp:
    """A pass of RE2 that ran out of memory: it says of everything that it is not there."""

    def Match(self, _octets: bytes, *_potential: bool) -> list[int]:  # noqa: N802 - the name of RE2's binding
        return []


def _texts() -> list[str]:
    """Turns of a call with what the patterns look for, and turns without."""
    random = Random(3)
    fillers = ["okay", "thank you so much", "let me see", "yes i did", "and then", "um", "my name is", "at", "number"]
    texts = []
    for number in range(2):
        writer = _Writer(number)
        for pattern in _PATTERNS:
            said = writer.text(pattern).replace("\x1e", "\n").replace("\x1d", "\n")
            turns = [random.choice(fillers), f"{random.choice(fillers)} {said} {random.choice(fillers)}"]
            texts.append("\n".join([*turns, random.choice(fillers), random.choice(fillers)]))
    return texts
