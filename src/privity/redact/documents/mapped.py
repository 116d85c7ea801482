"""Text that is scattered over a source, with the place of each character, so that hiding it leaves the rest whole."""

import re
from collections.abc import Callable, Iterable, Sequence

from privity.redact.findings import Span

Cut = tuple[int, int, str]
"""A stretch of a source, from where to where, and what stands there instead."""


class Mapped:
    """A text that is put together from pieces of a source; characters may stand for several of the source's."""

    def __init__(self, text: Iterable[str] = (), places: Iterable[tuple[int, int]] = ()) -> None:
        self._text = list(text)
        self._places = list(places)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._text)

    def take(self, source: str, start: int, end: int) -> None:
        """Add a stretch of the source as it stands there."""
        self._text += source[start:end]
        self._places += [(at, at + 1) for at in range(start, end)]

    def put(self, text: str, start: int, end: int) -> None:
        """Add text that a stretch of the source stands for, such as a character for its entity."""
        self._text += text
        self._places += [(start, end)] * len(text)

    def part(self, text: str) -> None:
        """Add text that stands nowhere in the source, such as a line's end for a tag."""
        self._text += text
        self._places += [(-1, -1)] * len(text)

    def read_as(self, pattern: re.Pattern[str], sign: Callable[[re.Match[str]], str]) -> "Mapped | None":
        """Return the text with what matches read as something else, or None where nothing does."""
        text, made, places, at = self.text, list[str](), list[tuple[int, int]](), 0
        for match in pattern.finditer(text):
            start, end = match.span()
            instead = sign(match)
            stands = [place for place in self._places[start:end] if place[0] >= 0]
            made += (text[at:start], instead)
            places += self._places[at:start]
            places += [(stands[0][0], stands[-1][1]) if stands else (-1, -1)] * len(instead)
            at = end
        if at == 0:
            return None
        return Mapped([*made, text[at:]], [*places, *self._places[at:]])

    def cuts(self, spans: Sequence[Span], insteads: Sequence[str]) -> list[Cut]:
        """Return which stretches of the source are to be replaced by what.

        Of a span that goes over markup only the text is taken out; what replaces it stands at its beginning.
        """
        cuts: list[Cut] = []
        for span, instead in zip(spans, insteads, strict=True):
            first = True
            for start, end in self._places[span.start : span.end]:
                if start < 0:
                    continue
                if not first and cuts and cuts[-1][1] >= start:
                    cuts[-1] = (cuts[-1][0], max(end, cuts[-1][1]), cuts[-1][2])
                else:
                    cuts.append((start, end, instead if first else ""))
                first = False
        return cuts


def replaced(source: str, cuts: Sequence[Cut]) -> str:
    """Return the source with its cuts replaced; where two of them meet, both are hidden."""
    parts: list[str] = []
    at = 0
    for start, end, instead in sorted(cuts):
        if start >= at:
            parts.append(source[at:start])
        parts.append(instead)
        at = max(at, end)
    parts.append(source[at:])
    return "".join(parts)


def merged(cuts: Sequence[Cut]) -> list[Cut]:
    """Return cuts in order, those that overlap as one that shows what the first of them does."""
    made: list[Cut] = []
    for start, end, instead in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if made and start < made[-1][1]:
            first, last, shown = made[-1]
            made[-1] = (first, max(last, end), shown or instead)
        else:
            made.append((start, end, instead))
    return made
