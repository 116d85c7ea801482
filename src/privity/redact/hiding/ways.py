"""Puts something else in the place of every span, in texts and in words with times.

What is put there is a way to hide: the label of its kind or a mask (here), a keyed token or a vault token (`tokens`),
a surrogate (`surrogates`). Where the policy lets a part of a value stay (`coarsening`), that part is shown instead.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, runtime_checkable

from msgspec.structs import replace

from privity.errors import BadInput
from privity.redact.findings import Span
from privity.redact.hiding.coarsening import coarsened
from privity.redact.hiding.conversation import Conversation, Hidden
from privity.redact.labels import Label, Style
from privity.redact.policies.policy import Ages, Dates, Policy, Zips
from privity.redact.turns import Turn, Word, words_are_placed

MASK_CHARACTER = "*"


class WayToHide(Protocol):
    """Says what stands in the place of a hidden value.

    `derived` is True when that is made from the value, which Safe Harbor does not permit; `keeps_length` is True when
    every character is replaced by one, so that nothing of the value may be shown in its place.
    """

    derived: bool
    keeps_length: bool

    def instead(self, label: Label, value: str) -> str:
        """Return what stands for a whole value, whose parts are joined by blanks when it goes over several places."""
        ...

    def going_on(self, part: str) -> str:
        """Return what stands in the second and later places of one value."""
        ...


@runtime_checkable
class ToldByConversation(Protocol):
    """A way to hide to which the rest of a conversation tells more: what else is hidden, how dates are written."""

    def within(self, conversation: Conversation) -> WayToHide:
        """Return the way as it hides in one conversation."""
        ...


class Labelled:
    """Shows the kind of a value in brackets, once."""

    derived = keeps_length = False

    def instead(self, label: Label, _value: str) -> str:
        """Return the label in brackets."""
        return f"[{label}]"

    def going_on(self, _part: str) -> str:
        """Return nothing: the label stands at the first place."""
        return ""


class Masked:
    """Shows an asterisk for every character, so that lengths and offsets stay."""

    derived, keeps_length = False, True

    def instead(self, _label: Label, value: str) -> str:
        """Return as many asterisks as there are characters."""
        return MASK_CHARACTER * len(value)

    def going_on(self, part: str) -> str:
        """Return as many asterisks as there are characters."""
        return MASK_CHARACTER * len(part)


LABELLED = Labelled()
MASKED = Masked()


def way_of(style: Style | WayToHide) -> WayToHide:
    """Return the way of a style that needs no key; raises BadInput for one that does, and for a name of none."""
    if isinstance(style, str):
        style = _style_named(style)
    if not isinstance(style, Style):
        return style
    if style is Style.LABEL:
        return LABELLED
    if style is Style.MASK:
        return MASKED
    raise BadInput(
        f"the style {style} needs a key", advice="Pass KeyedTokens(key) or Surrogates(key); never a hash without a key."
    )


def _style_named(name: str) -> Style:
    try:
        return Style(name)
    except ValueError:
        raise BadInput("there is no style of that name", advice=f"Choose one of: {', '.join(Style)}.") from None


def way_within(
    way: WayToHide, texts: Sequence[str], spans: Sequence[Sequence[Span]], others: Iterable[str] = ()
) -> WayToHide:
    """Return a way as it hides in texts that were judged together; `others` are such as who speaks."""
    if not isinstance(way, ToldByConversation) or not any(spans):
        return way
    wholes = _wholes(texts, spans)
    hidden = [
        Hidden(span.finding.label, wholes[row, column], row, span.start, span.end)
        for row, found in enumerate(spans)
        for column, span in enumerate(found)
        if (row, column) in wholes
    ]
    return way.within(Conversation(texts, hidden, others))


def hide(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], way: WayToHide, policy: Policy, as_of: date | None = None
) -> list[list[str]]:
    """Return for each text what stands in the place of each of its spans. Parts of one value are treated as one."""
    way = way_within(way, texts, spans)
    wholes = _wholes(texts, spans) if any(span.continues for found in spans for span in found) else {}
    coarse = not way.keeps_length and (policy.dates, policy.zips, policy.ages) != (Dates.HIDE, Zips.HIDE, Ages.HIDE)
    insteads: list[list[str]] = []
    for row, (text, found) in enumerate(zip(texts, spans, strict=True)):
        insteads.append([])
        for column, span in enumerate(found):
            part = text[span.start : span.end]
            if span.continues:
                insteads[-1].append(way.going_on(part))
                continue
            whole = part if way.keeps_length else wholes.get((row, column), part)
            kept = coarsened(policy, span.finding.label, whole, as_of) if coarse else None
            insteads[-1].append(way.instead(span.finding.label, whole) if kept is None else kept)
    return insteads


def _wholes(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> dict[tuple[int, int], str]:
    """Return the whole value of each span that others continue, by text and span: those with its very finding."""
    places: dict[int, tuple[int, int]] = {}
    parts: dict[tuple[int, int], list[str]] = {}
    for row, (text, found) in enumerate(zip(texts, spans, strict=True)):
        for column, span in enumerate(found):
            if not span.continues:
                places[id(span.finding)] = (row, column)
            parts.setdefault(places.get(id(span.finding), (row, column)), []).append(text[span.start : span.end])
    return {place: " ".join(values) for place, values in parts.items()}


def hide_text(text: str, spans: Sequence[Span], insteads: Sequence[str]) -> str:
    """Return the text with `insteads` in the places of the spans, which are sorted and do not overlap."""
    parts: list[str] = []
    at = 0
    for span, instead in zip(spans, insteads, strict=True):
        parts += text[at : span.start], instead
        at = span.end
    parts.append(text[at:])
    return "".join(parts)


def hide_turn(turn: Turn, spans: Sequence[Span], insteads: Sequence[str]) -> Turn:
    """Return the turn with every span hidden in its text and in its words.

    All words that touch a span become one word, timed from the first to the last of them. When the words do not say
    where they stand in the text, nothing can be placed among them: then one hidden word covers the whole turn.
    """
    text = hide_text(turn.text, spans, insteads)
    return Turn(speaker=turn.speaker, text=text, words=_hide_words(turn, spans, insteads, len(text)))


def _hide_words(turn: Turn, spans: Sequence[Span], insteads: Sequence[str], length: int) -> tuple[Word, ...]:
    words = turn.words
    if not words:
        return ()
    if not words_are_placed(turn):
        return (_cover(words, MASK_CHARACTER * length, 0),)
    out: list[Word] = []
    shift = at = first = 0
    before = 0  # where the span before ends
    for span, instead in zip(spans, insteads, strict=True):
        joins = first < at and span.start < words[at - 1].end  # "van-dyke", of which both halves are hidden
        while at < len(words) and words[at].end <= span.start:
            out.append(_move(words[at], shift))
            at += 1
        first = first if joins else at
        while at < len(words) and words[at].start < span.end:
            at += 1
        if at == first:  # what was hidden is heard in no word, so it may be heard in any
            return (_cover(words, MASK_CHARACTER * length, 0),)
        shown, start = instead, span.start + shift
        if joins:
            joined = out.pop()
            shown, start = joined.text + turn.text[before : span.start] + instead, joined.start
        out.append(_cover(words[first:at], shown, start))
        shift += len(instead) - (span.end - span.start)
        before = span.end
    out.extend(_move(word, shift) for word in words[at:])
    return tuple(out)


def _cover(words: Sequence[Word], text: str, start: int) -> Word:
    return Word(
        text=text,
        start_ms=min(word.start_ms for word in words),
        end_ms=max(word.end_ms for word in words),
        start=start,
        end=start + len(text),
    )


def _move(word: Word, shift: int) -> Word:
    return replace(word, start=word.start + shift, end=word.end + shift)
