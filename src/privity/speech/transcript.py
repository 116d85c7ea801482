"""What was heard: words with their times, grouped into turns, in the order in which people spoke.

All of this is plaintext of a conversation. Its `repr` shows sizes only, so that a log line, a traceback or an assertion
message cannot carry what was said.
"""

import msgspec


class SpokenWord(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One word: its text, start and end in milliseconds of the recording, and confidence from 0 to 1."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float

    def __repr__(self) -> str:
        return f"SpokenWord(start_ms={self.start_ms}, end_ms={self.end_ms})"


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker said without another speaking: the text, and its words in order."""

    speaker: str
    text: str
    words: tuple[SpokenWord, ...] = ()

    def __repr__(self) -> str:
        return f"Segment(words={len(self.words)})"


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """All that was heard in one recording, turn by turn; `language` is an ISO 639-1 code."""

    turns: tuple[Segment, ...]
    duration_ms: int
    language: str

    def __repr__(self) -> str:
        return f"Transcript(turns={len(self.turns)}, duration_ms={self.duration_ms}, language={self.language!r})"
