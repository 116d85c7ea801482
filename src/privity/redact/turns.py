"""A conversation as it comes in and goes out: turns of speakers, words with times."""

from msgspec import Struct

from privity.redact.findings import Finding, Span


class Word(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One recognized word: milliseconds from the start of the audio, code points within its turn's text.

    `confidence` is how sure its recognizer is of it, from 0 to 1; None when it does not say. Anything else counts as 0.
    """

    text: str
    start_ms: int
    end_ms: int
    start: int
    end: int
    confidence: float | None = None

    def __repr__(self) -> str:
        return f"Word({self.start_ms}-{self.end_ms} ms)"


class Turn(Struct, frozen=True, kw_only=True):
    """What one party said before another spoke. `words` may be empty; when given, they are hidden with the text."""

    speaker: str
    text: str
    words: tuple[Word, ...] = ()

    def __repr__(self) -> str:
        return f"Turn({len(self.text)} characters, {len(self.words)} words)"


def words_are_placed(turn: Turn) -> bool:
    """Return whether every word stands where it says, in order, without overlap, and is heard in that order too."""
    at = heard = 0
    for word in turn.words:
        if word.start < at or turn.text[word.start : word.end] != word.text:
            return False
        if word.start_ms < heard or word.end_ms < word.start_ms:
            return False
        at, heard = word.end, word.start_ms
    return True


class RedactedTurns(Struct, frozen=True, kw_only=True):
    """The same turns with their identifiers hidden.

    `spans` has one tuple for each turn, in code points of that turn's original text. A word of `turns` that stands for
    hidden speech reaches from the first to the last word of its span, so its times are the window to silence.
    `statement` is what the result may say of itself under its policy; empty when that is nothing.
    """

    turns: tuple[Turn, ...]
    spans: tuple[tuple[Span, ...], ...]
    statement: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in order of appearance, each once however many turns it goes over."""
        return tuple(span.finding for turn in self.spans for span in turn if not span.continues)
