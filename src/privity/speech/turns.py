"""Words heard on separate tracks become turns of one conversation, in the order in which people spoke.

Words with no pause between them are one utterance, and utterances are put in order by their start. So a "mm-hm" within
a card number parts it into turns as it was spoken, and two people talking at once are not shuffled word by word.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from privity.speech.transcript import Segment, SpokenWord

PAUSE_MS = 600
"""A longer silence ends an utterance."""

Utterance = tuple[str, list[SpokenWord]]
"""Who spoke, and the words."""


def utterances(words: Sequence[SpokenWord]) -> list[list[SpokenWord]]:
    """Return the words of one track, parted where the track was silent for more than the pause."""
    parted: list[list[SpokenWord]] = []
    for word in words:
        if parted and word.start_ms - parted[-1][-1].end_ms <= PAUSE_MS:
            parted[-1].append(word)
        else:
            parted.append([word])
    return parted


def in_turns(spoken: Iterable[Utterance]) -> tuple[Segment, ...]:
    """Return the turns: utterances of all speakers by their start, neighbours of one speaker joined."""
    ordered = sorted(spoken, key=lambda utterance: utterance[1][0].start_ms)
    turns = []
    for speaker, of_speaker in groupby(ordered, key=lambda utterance: utterance[0]):
        words = tuple(word for _, utterance in of_speaker for word in utterance)
        turns.append(Segment(speaker=speaker, text=" ".join(word.text for word in words), words=words))
    return tuple(turns)
