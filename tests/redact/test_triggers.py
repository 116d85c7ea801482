"""Patterns are searched wherever they can match: what is skipped to save time would not have been found."""

import importlib
import sys
from random import Random
from typing import Any

import pytest
import re2

from privity.redact import Redactor
from privity.redact.forms.patterns import MARKED, Patterns
from privity.redact.forms.rule import Rule
from privity.redact.forms.table import RULES
from privity.redact.reading import triggers
from privity.redact.reading.cues import Cues
from privity.redact.reading.transcript import transcript_of_texts
from privity.redact.reading.triggers import A_DIGIT, Octets, Triggered

_PATTERNS = tuple(triggers.all_patterns)
_OF_CATEGORY = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "7", "CATEGORY_WORD": "k", "CATEGORY_NOT_WORD": " "}
_TRIES, _MOST_TRIES = 20, 1000
_NEEDING = tuple(
    module
    for name, module in sorted(sys.modules.items())
    if name.startswith("privity.redact.") and hasattr(module, "NEEDS")
)
_ONLY_BESIDE_OTHERS = {"_TRIED", "_CHOSEN", "_FIELDS", "_COMPACT"}  # searched where something was found, or spoken of
_regex: Any = importlib.import_module("re._parser")  # reads a pattern into its parts; no public module does


class _Writer:
    """Writes texts that a pattern may match, at random."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def text(self, pattern: Triggered) -> str:
        return self.of(_regex.parse(pattern.pattern.decode("ascii")))

    def of(self, parts: Any) -> str:
        """Return a text for a pattern that was read into its parts."""
        return "".join(self._of_part(str(code), argument) for code, argument in parts)

    def _of_part(self, code: str, argument: Any) -> str:
        match code:
            case "LITERAL":
                return chr(argument)
            case "IN":
                return self._of_class(argument)
            case "BRANCH":
                return self.of(self._random.choice(argument[1]))
            case "SUBPATTERN":
                return self.of(argument[3])
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, part = argument
                times = self._random.randint(least, min(most, least + 2))
                return "".join(self.of(part) for _ in range(times))
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


@pytest.mark.parametrize("pattern", _PATTERNS, ids=lambda pattern: str(_PATTERNS.index(pattern)))
def test_a_pattern_is_searched_wherever_it_matches(pattern: Triggered) -> None:
    writer = _Writer(_PATTERNS.index(pattern))
    matched = 0
    for _ in range(_MOST_TRIES):
        text = f"so {writer.text(pattern)} then".encode("ascii")
        if pattern.search(text) is not None:  # of plain bytes, nothing is skipped
            matched += 1
            assert pattern.can_occur(Octets(text.lower())), text
        if matched == _TRIES:
            break
    assert matched, "the texts are none that the pattern matches"


@pytest.mark.parametrize(
    "pattern",
    [pattern for pattern in _PATTERNS if not pattern.pattern.endswith(rb"\W*$")],  # that one is searched up to a place
    ids=lambda pattern: str(_PATTERNS.index(pattern)),
)
def test_a_pattern_matches_in_a_text_of_a_batch_as_in_the_text_alone(pattern: Triggered) -> None:
    """No match takes the sign at which a text ends that the next one needs, or asks that nothing stands behind it."""
    writer = _Writer(_PATTERNS.index(pattern))
    for _ in range(_TRIES):
        text = writer.text(pattern).encode("ascii").lower().strip(b"\x1d\x1e")
        alone = [match.span() for match in pattern.finditer(text)] if b"\x1d" not in text else []
        behind = len(text) + 1
        found = [match.span() for match in pattern.finditer(b"\x1d".join([text, text]))]
        for start, end in [*alone, *((start + behind, end + behind) for start, end in alone)]:
            assert any(begins <= start + 1 and end <= ends + 1 for begins, ends in found), text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.detector))
def test_a_written_form_is_searched_wherever_it_matches(rule: Rule) -> None:
    writer, pattern = _Writer(7), re2.compile(rule.pattern.encode())
    parts = _regex.parse(rule.pattern)
    found = [text for _ in range(_MOST_TRIES) if pattern.search(text := writer.of(parts).encode()) is not None]
    assert found, "the texts are none that the rule matches"
    assert all(map(MARKED.search, found))


def test_answers_are_those_of_patterns_that_are_all_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    redactor = Redactor()
    texts = _texts()
    skipping = [redactor.detect_text(text) for text in texts]
    monkeypatch.setattr(Octets, "told", -1)  # every bit: all patterns are searched
    assert [redactor.detect_text(text) for text in texts] == skipping
    monkeypatch.setattr(Octets, "told", 0)  # control: these texts show it when too much is skipped
    assert (
        sum(redactor.detect_text(text) != spans for text, spans in zip(texts, skipping, strict=True)) > len(texts) / 4
    )


@pytest.mark.parametrize("module", _NEEDING, ids=lambda module: str(module.__name__))
def test_what_a_detector_needs_is_in_every_text_that_one_of_its_patterns_can_match(module: Any) -> None:
    for name, pattern in vars(module).items():
        if isinstance(pattern, Triggered) and name not in _ONLY_BESIDE_OTHERS:
            for way in pattern.ways:
                assert any(way & needed == needed for needed in module.NEEDS.ways), name


def test_words_are_told_apart_as_patterns_do_it() -> None:
    pattern = Triggered(rb"\bhe\b.*\bninety[a-z]*|\bhe\b.*\b9[0-9]", needs=("he", f"ninety* {A_DIGIT}"))
    try:
        for text in (b"he's ninetyish", b"so-he is a97b", b"'he' 90", b"is he\x1eninety"):
            assert pattern.can_occur(Octets(text))
        for text in (b"the ninety", b"he is old", b"hello 90", b""):
            assert not pattern.can_occur(Octets(text))
    finally:
        triggers.all_patterns.remove(pattern)


def test_a_pattern_with_branches_needs_the_words_of_one_of_them() -> None:
    pattern = Triggered(rb"\bon [0-9]/[0-9]|\bask for \w", needs=("on for",), either=(("/", A_DIGIT), ("ask",)))
    try:
        for text in (b"on 3/4", b"ask for lee", b"for 3/4"):
            assert pattern.can_occur(Octets(text))
            assert triggers.Group(pattern).can_occur(Octets(text))
        for text in (b"on 3 of 4", b"ask lee", b"3/4", b"for lee / on"):
            assert not pattern.can_occur(Octets(text))
            assert not triggers.Group(pattern).can_occur(Octets(text))
            assert pattern.finditer(Octets(text)) == ()
    finally:
        triggers.all_patterns.remove(pattern)


@pytest.mark.parametrize("behind", ["", " and so on" * 600])
def test_forms_are_found_when_their_set_was_given_up(monkeypatch: pytest.MonkeyPatch, behind: str) -> None:
    transcript, patterns = transcript_of_texts([f"call me at 415-555-2671{behind}"]), Patterns()
    cues = Cues(transcript)
    found = list(patterns.claims(transcript, cues))
    assert found
    monkeypatch.setattr(patterns._occurring, "_patterns", _GivenUp())
    monkeypatch.setattr(patterns._signs, "_patterns", _GivenUp())
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
