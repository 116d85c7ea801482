"""Puts a label or a mask in the place of every span, in texts and in words with times."""

from collections.abc import Sequence

from privity.redact.findings import Span
from privity.redact.labels import Style
from privity.redact.turns import Turn, Word

MASK_CHARACTER = "*"


def hide_text(text: str, spans: Sequence[Span], style: Style) -> str:
    """Return the text with every span hidden. `spans` are sorted and do not overlap."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += text[at : span.start], _instead(span, style)
        at = span.end
    parts.append(text[at:])
    return "".join(parts)


def hide_turn(turn: Turn, spans: Sequence[Span], style: Style) -> Turn:
    """Return the turn with every span hidden in its text and in its words.

    All words that touch a span become one word, timed from the first to the last of them. When the words do not say
    where they stand in the text, nothing can be placed among them: then one hidden word covers the whole turn.
    """
    return Turn(speaker=turn.speaker, text=hide_text(turn.text, spans, style), words=_hide_words(turn, spans, style))


def _instead(span: Span, style: Style) -> str:
    if style is Style.MASK:
        return MASK_CHARACTER * (span.end - span.start)
    return "" if span.continues else f"[{span.finding.label}]"


def _hide_words(turn: Turn, spans: Sequence[Span], style: Style) -> tuple[Word, ...]:
    words = turn.words
    if not words:
        return ()
    if not _placed(turn):
        return (_cover(words, MASK_CHARACTER * len(hide_text(turn.text, spans, style)), 0),)
    out: list[Word] = []
    shift = at = 0
    for span in spans:
        while at < len(words) and words[at].end <= span.start:
            out.append(_move(words[at], shift))
            at += 1
        first = at
        while at < len(words) and words[at].start < span.end:
            at += 1
        instead = _instead(span, style)
        if at > first:
            out.append(_cover(words[first:at], instead, span.start + shift))
        shift += len(instead) - (span.end - span.start)
    out.extend(_move(word, shift) for word in words[at:])
    return tuple(out)


def _placed(turn: Turn) -> bool:
    """Whether every word stands where it says, in order, without overlap."""
    at = 0
    for word in turn.words:
        if word.start < at or turn.text[word.start : word.end] != word.text:
            return False
        at = word.end
    return True


def _cover(words: Sequence[Word], text: str, start: int) -> Word:
    return Word(
        text=text,
        start_ms=min(word.start_ms for word in words),
        end_ms=max(word.end_ms for word in words),
        start=start,
        end=start + len(text),
    )


def _move(word: Word, shift: int) -> Word:
    return Word(
        text=word.text,
        start_ms=word.start_ms,
        end_ms=word.end_ms,
        start=word.start + shift,
        end=word.end + shift,
    )
