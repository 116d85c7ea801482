"""What may not be said of homes and the people in them, and where somebody says it (42 USC 3604; 24 CFR part 100).

The rules stand in `fair_housing.toml`, each with its source. They speak of what an ordinary listener would understand,
whatever was meant (24 CFR 100.75). Phrases that are known to be harmless are looked for first, and what they cover is
out of the question; they excuse nothing beside them. Matching takes linear time (RE2).

This reads statements; it does not know who makes them, nor what a place has by law to itself, such as housing for older
persons. Nothing here is legal advice.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Any, Final

import msgspec

from privity.rules.phrases import Phrases
from privity.rules.said_words import SaidWords, readings
from privity.rules.tables import table


class Action(StrEnum):
    """What the rule asks for before such words are sent to anybody, from the mildest on."""

    FLAG = "flag"  # ambiguous: a person looks at it
    REWRITE = "rewrite"  # said of people, could be said of the home
    BLOCK = "block"  # may not be said


class Kind(StrEnum):
    """What the words do."""

    PROXY = "proxy"  # may stand for people without naming them
    TERMS = "terms"  # other terms for some, 24 CFR 100.65
    PREFERENCE = "preference"  # a preference or a description of people, 100.75
    LIMITATION = "limitation"  # some are not wanted, 100.75, 100.50
    UNAVAILABLE = "false-unavailability"  # 100.80
    BLOCKBUSTING = "blockbusting"  # 100.85
    STEERING = "steering"  # 100.70(c)


class HousingFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One statement: its rule and source, what it does, whom it is about, and its place in code points of the text."""

    rule: str
    kind: Kind
    classes: tuple[str, ...]
    action: Action
    source: str
    start: int
    end: int


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: Kind
    action: Action
    source: str
    phrases: tuple[str, ...]
    classes: tuple[str, ...] = ()


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]
    of: str = ""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    reviewed_on: str
    harmless: tuple[str, ...]
    homes: tuple[str, ...]
    homes_too: tuple[str, ...]
    list: dict[str, _Words]
    fragment: dict[str, str]
    rule: tuple[_Rule, ...]


_ACTIONS: Final = list(Action)
_KINDS: Final = list(Kind)
_HIDDEN: Final = "_"  # in the place of each letter of what is harmless


class FairHousing:
    """The rules of one table, compiled."""

    def __init__(self) -> None:
        read = table("fair_housing.toml", _Table)
        phrases = Phrases({name: each.words for name, each in read.list.items()}, read.fragment)
        self.version = read.version
        self.rules = read.rule
        self._class_of = {name: each.of for name, each in read.list.items()}
        self._phrases = phrases
        self._harmless = phrases.compiled(read.harmless)
        self._homes = phrases.compiled(read.homes)
        self._homes_too = phrases.compiled(read.homes_too)
        self._compiled = [(rule, phrases.compiled(rule.phrases)) for rule in read.rule]

    def findings(self, text: str) -> tuple[HousingFinding, ...]:
        """Return the statements in a text, in order and apart; of several about the same words the gravest."""
        found = [each for pieces in readings(text) for each in self._in(SaidWords(self._phrases.marked(pieces)))]
        return tuple(_apart(found))

    def speak_of_homes(self, texts: Iterable[str]) -> bool:
        """Return whether texts speak of homes at all."""
        hints = 0
        for text in texts:
            line = SaidWords(self._phrases.marked(next(readings(text)))).line
            hints += sum(1 for _ in self._homes_too.finditer(line))
            if hints > 1 or self._homes.search(line):
                return True
        return False

    def _in(self, reading: SaidWords) -> Iterator[HousingFinding]:
        line = self._harmless.sub(_covered, reading.line)
        for rule, pattern in self._compiled:
            for match in pattern.finditer(line):
                start, end = reading.place(*match.span())
                yield HousingFinding(
                    rule=rule.id,
                    kind=rule.kind,
                    classes=self._classes(rule, match),
                    action=rule.action,
                    source=rule.source,
                    start=start,
                    end=end,
                )

    def _classes(self, rule: _Rule, match: Any) -> tuple[str, ...]:
        """Return the classes that are named in a match, or those of its rule where it names none."""
        named = (self._class_of[name] for name in Phrases.lists_in(match))
        return tuple(dict.fromkeys(each for each in named if each)) or rule.classes


def _covered(match: Any) -> str:
    """Return as many signs as were matched, with their blanks, in which nothing is found any more."""
    return "".join(_HIDDEN if sign != " " else sign for sign in match[0])


def findings(text: str) -> tuple[HousingFinding, ...]:
    """Return what a text says that fair housing law speaks of, in order and apart, with places in code points."""
    return _fair_housing().findings(text)


def speak_of_homes(texts: Iterable[str]) -> bool:
    """Return whether the texts of a conversation speak of homes: elsewhere "no children" says something else."""
    return _fair_housing().speak_of_homes(texts)


def version() -> str:
    """Return the version of the table that `findings` goes by."""
    return _fair_housing().version


@cache
def _fair_housing() -> FairHousing:
    return FairHousing()


def _apart(found: Iterable[HousingFinding]) -> Iterator[HousingFinding]:
    """Yield one finding for each stretch of words that findings share, with the classes of all of them."""
    last: HousingFinding | None = None
    reach = -1
    for each in sorted(found, key=lambda finding: (finding.start, finding.end)):
        if last is None or each.start >= reach:
            if last is not None:
                yield last
            last, reach = each, each.end
            continue
        graver = max(last, each, key=_gravity)
        classes = tuple(dict.fromkeys((*last.classes, *each.classes)))
        last = msgspec.structs.replace(graver, classes=classes, start=last.start, end=max(last.end, each.end))
        reach = last.end
    if last is not None:
        yield last


def _gravity(finding: HousingFinding) -> tuple[int, int, int]:
    return _ACTIONS.index(finding.action), _KINDS.index(finding.kind), finding.end - finding.start
