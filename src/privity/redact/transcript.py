"""A conversation as the detectors see it: one folded text, its turns, and who speaks when.

Turns are laid one after the other with a TURN_BREAK between them. Where a plain text says who speaks ("Agent: ..."),
its lines become turns and the speaker's name is blanked, so that "Caller:" never stands between two halves of a number.
Labels and tokens that an earlier redaction left, such as `[CARD]`, are blanked as well: what is hidden is not judged
again. Every change keeps the length, so a place in `folded` is the same place in the text that came in.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from privity.redact.folding import TURN_BREAK, fold
from privity.redact.labels import Label
from privity.redact.turns import Turn

_SPEAKER = re.compile(r"^[ \t]*([A-Za-z][\w .'-]{0,24}?)[ \t]?:(?=[ \t]|$)", re.MULTILINE | re.ASCII)
_LABEL = re.compile(rf"\[(?:{'|'.join(Label)})(?::[a-z]{{24}})?\]", re.ASCII)
_WORD = re.compile(r"(?<!')\b[a-z]+(?:'(?!s\b)[a-z]+)?", re.ASCII)
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_SMALL = bytes(range(ord("a"), ord("z") + 1))


class Stretch(Struct, frozen=True):
    """One turn's place in the transcript, and who speaks; `speaker` is empty where nobody is named."""

    start: int
    end: int
    speaker: str


class Transcript:
    """The folded text of a conversation with its turns. `cased` keeps capitals, `folded` is all lower case."""

    def __init__(self, cased: str, stretches: Sequence[Stretch]) -> None:
        if "[" in cased:
            cased = _LABEL.sub(lambda label: " " * len(label[0]), cased)
        self.cased = cased
        self.folded = cased.lower()
        self.octets = self.folded.encode("ascii")
        self.stretches = tuple(stretches)
        self._starts = [stretch.start for stretch in self.stretches]

    def turn_at(self, place: int) -> int:
        """The index of the turn that a place stands in."""
        return max(0, bisect_right(self._starts, place) - 1)

    @cached_property
    def words(self) -> tuple[list[str], list[int], list[int]]:
        """The words in lower case without a possessive 's, where each begins, and where each ends."""
        found = [(word[0], word.start(), word.end()) for word in _WORD.finditer(self.folded)]
        return [word for word, _, _ in found], [start for _, start, _ in found], [end for _, _, end in found]

    @cached_property
    def has_case(self) -> bool:
        """Whether capitals tell anything: some words are capitalised, and most are not."""
        capitals = len(self.cased) - len(self.cased.encode("ascii").translate(None, _CAPITALS))
        letters = len(self.octets) - len(self.octets.translate(None, _SMALL))
        return 0 < capitals < letters * 0.3


def transcript_of_text(text: str) -> Transcript:
    """Return the transcript of a text, in turns if at least two of its lines say who speaks."""
    cased = fold(text)
    speakers = list(_SPEAKER.finditer(cased)) if ":" in cased else []
    if len(speakers) < 2 or len({speaker[1].lower() for speaker in speakers}) > max(2, len(speakers) // 2):
        return Transcript(cased, [Stretch(0, len(cased), "")])
    letters = list(cased)
    stretches = [Stretch(0, max(0, speakers[0].start() - 1), "")] if speakers[0].start() else []
    ends = [speaker.start() - 1 for speaker in speakers[1:]] + [len(cased)]
    for speaker, end in zip(speakers, ends, strict=True):
        letters[speaker.start() : speaker.end()] = " " * (speaker.end() - speaker.start())
        stretches.append(Stretch(speaker.start(), end, speaker[1].lower()))
    for stretch in stretches[:-1]:
        letters[stretch.end] = TURN_BREAK
    return Transcript("".join(letters), stretches)


def transcript_of_turns(turns: Sequence[Turn]) -> Transcript:
    """Return the transcript of turns; `stretches` has one stretch for each, in order."""
    stretches: list[Stretch] = []
    at = 0
    for turn in turns:
        stretches.append(Stretch(at, at + len(turn.text), turn.speaker))
        at += len(turn.text) + 1
    return Transcript(TURN_BREAK.join(fold(turn.text) for turn in turns), stretches)
