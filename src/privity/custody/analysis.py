"""What can be told of a conversation: turns, words, who spoke how much, what it was about, what was said of homes.

It is computed from what is kept, redacted text, at the moment it is asked for, and stored nowhere. The function takes
nothing else than `Content`, in which an original has no place. The same text always gives the same answer.
"""

import re
from collections import Counter
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from privity.custody.content import Content
from privity.custody.housing import HousingStatement, housing_statements
from privity.custody.search import words_of
from privity.rules import fair_housing

_KEYWORDS: Final = 10
_SHORTEST: Final = 3
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_MARK: Final = re.compile(r"\[(?:[A-Z_ ]+|inaudible)\]")
_MINUTE_MS: Final = 60_000


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """How much one speaker said; `share` is of all words, from 0 to 1. Hidden spans count as one word each."""

    speaker: str
    turns: int
    words: int
    share: float
    questions: int
    longest_turn_words: int
    speaking_ms: int | None


class Keyword(msgspec.Struct, frozen=True):
    """A word that stands out, folded, and how often it was said."""

    word: str
    count: int


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """Counts, durations, talk ratio and keywords of redacted text.

    `duration_ms` is that of the audio, None for text. `speaking_ms` of a speaker is the duration by share of words.
    `housing` are statements that fair housing law speaks of, by the table of the version `housing_rules`.
    """

    turns: int
    words: int
    duration_ms: int | None
    words_per_minute: float | None
    questions: int
    hidden: int
    hidden_by_label: dict[str, int]
    talk: list[Talk]
    keywords: list[Keyword]
    housing: list[HousingStatement]
    housing_rules: str


def analysis_of(content: Content, duration_ms: int | None) -> Analysis:
    """Return what can be counted of what is kept."""
    words = [_words(turn.text) for turn in content.turns]
    total = sum(words)
    asked = [turn.text.count("?") for turn in content.turns]
    labels = Counter(str(finding.label) for finding in content.findings)
    talk = []
    for speaker in dict.fromkeys(turn.speaker for turn in content.turns):
        own = [place for place, turn in enumerate(content.turns) if turn.speaker == speaker]
        said = sum(words[place] for place in own)
        share = said / total if total else 0.0
        talk.append(
            Talk(
                speaker=speaker,
                turns=len(own),
                words=said,
                share=round(share, 4),
                questions=sum(asked[place] for place in own),
                longest_turn_words=max(words[place] for place in own),
                speaking_ms=None if duration_ms is None else round(duration_ms * share),
            )
        )
    return Analysis(
        turns=len(content.turns),
        words=total,
        duration_ms=duration_ms,
        words_per_minute=round(total * _MINUTE_MS / duration_ms, 1) if duration_ms else None,
        questions=sum(asked),
        hidden=len(content.findings),
        hidden_by_label=dict(labels.most_common()),
        talk=talk,
        keywords=_keywords(content),
        housing=housing_statements(content),
        housing_rules=fair_housing.version(),
    )


def _words(text: str) -> int:
    return len(_WORD.findall(_MARK.sub(" hidden ", text)))


def _keywords(content: Content) -> list[Keyword]:
    """Return the words that are said most and are no common ones; of equals, the one that came up first."""
    counted: Counter[str] = Counter()
    for turn in content.turns:
        for word in _WORD.findall(_MARK.sub(" ", turn.text)):
            counted.update(part for part in words_of([word]) if _tells(part))
    return [Keyword(word, count) for word, count in counted.most_common(_KEYWORDS)]


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST and not any(each.isdigit() for each in word) and word not in _common()


@cache
def _common() -> frozenset[str]:
    lines = resources.files("privity.custody").joinpath("common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
