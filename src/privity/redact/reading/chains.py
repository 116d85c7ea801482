"""Joins runs of digits that one speaker breaks off and goes on with in later turns, and parts those of several lines.

A number goes on while the other side only says a few words ("mm-hm", "go ahead") or reads back what was said, and the
turn that goes on opens with it. PCI detection of spoken cards rests on this (a card is seldom said in one breath).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from privity.redact.reading.cues import Cues
from privity.redact.reading.numerals import LONGEST_RUN, Run, is_amount, is_time
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_GOING_ON = vocabulary().going_on.union(*(phrase.split() for phrase in vocabulary().fillers))
_WORD = re.compile(r"[a-z'-]+", re.ASCII)
_SHORT_TURN = 5  # words that the other side may say without ending a number
_LONG_TURN = 14  # words behind which somebody is told to go on
_GO_AHEAD = re.compile(r"\b(?:go ahead|go on|continue|i'm ready)[\s.!?]*$", re.ASCII)
_LONGEST_BREAK = 6  # turns between two halves
_LONGEST_OPENING = 60  # characters before the second half


def on_lines(run: Run, text: str) -> list[Run]:
    """Return what stands of a run on each line of a text: what is harmless on one says nothing of the next."""
    groups = run.groups
    breaks = [at for at in range(1, len(groups)) if "\n" in text[groups[at - 1].end : groups[at].start]]
    return [Run.of(groups[first:behind]) for first, behind in pairwise([0, *breaks, len(groups)])]


class Chains:
    """Joins the runs of one transcript."""

    def __init__(self, transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> None:
        self._transcript = transcript
        self._text = transcript.folded
        self._cues = cues
        self._runs = runs
        self._starts = [run.start for run in runs]

    def joined(self) -> list[Run]:
        """Return the runs, those that continue each other as one."""
        chains: list[list[Run]] = []
        for run in self._runs:
            chain = None
            if self._opens_turn(run):
                chain = next((chain for chain in reversed(chains[-4:]) if self._goes_on(chain[-1], run)), None)
            if chain is None or sum(len(part.groups) for part in chain) > LONGEST_RUN:
                chains.append([run])
            else:
                chain.append(run)
        return [
            chain[0] if len(chain) == 1 else Run.of([group for run in chain for group in run.groups])
            for chain in chains
        ]

    def _opens_turn(self, run: Run) -> bool:
        """Whether nothing but fillers stands before the run in its turn, and the run is no amount."""
        turn = self._transcript.turn_at(run.start)
        stretch = self._transcript.stretches[turn]
        if turn == 0 or run.start - stretch.start > _LONGEST_OPENING:
            return False
        if self._transcript.stretches[turn - 1].document != stretch.document:
            return False  # there is nothing in its document that could go on
        if not _GOING_ON.issuperset(_WORD.findall(self._text, stretch.start, run.start)):
            return False
        behind = self._words(run.end, stretch.end)
        if len(run.digits) <= 2 and behind > 2:  # "that's twelve tablets of the blue ones"
            return False
        if behind > 1 and is_time(run.groups):  # "nine thirty at the latest"
            return False
        return not is_amount(self._text, run)

    def _goes_on(self, run: Run, later: Run) -> bool:
        stretches = self._transcript.stretches
        first, last = self._transcript.turn_at(run.start), self._transcript.turn_at(later.start)
        if not 0 < last - first <= _LONGEST_BREAK or stretches[first].speaker != stretches[last].speaker:
            return False
        if stretches[first].document != stretches[last].document:
            return False
        behind = _WORD.findall(self._text, run.end, stretches[first].end) if len(run.digits) <= 2 else ()
        if any(len(word) > 1 and word not in _GOING_ON for word in behind):
            return False  # "three and a dog", but "six nine b"
        return (
            not self._cues.between(run.end, stretches[first].end)
            and not self._cues.between(stretches[last].start, later.start)
            and self._words(run.end, stretches[first].end) <= 3
            and not is_amount(self._text, run)
            and all(self._interjected(turn, run) for turn in range(first + 1, last))
        )

    def _interjected(self, turn: int, run: Run) -> bool:
        """Whether a turn between two halves only urges on, or reads back what was said."""
        stretch = self._transcript.stretches[turn]
        if self._cues.between(stretch.start, stretch.end):
            return False
        first, last = bisect_left(self._starts, stretch.start), bisect_left(self._starts, stretch.end)
        read_back = [read for read in self._runs[first:last] if len(read.digits) > 1]
        if read_back:
            return all(read.digits in run.digits for read in read_back)
        said = self._words(stretch.start, stretch.end)
        return said <= _SHORT_TURN or (
            said <= _LONG_TURN and _GO_AHEAD.search(self._text, stretch.start, stretch.end) is not None
        )

    def _words(self, start: int, end: int) -> int:
        return len(self._text[start:end].split())
