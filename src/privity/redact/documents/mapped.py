"""Text that is scattered over a source, with the place of each character, so that hiding it leaves the rest whole."""

from collections.abc import Sequence

from privity.redact.findings import Span


class Mapped:
    """A text that is put together from pieces of a source; characters may stand for several of the source's."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._places: list[tuple[int, int]] = []

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

    def cuts(self, spans: Sequence[Span], insteads: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return which stretches of the source are to be replaced by what.

        Of a span that goes over markup only the text is taken out; what replaces it stands at its beginning.
        """
        cuts: list[tuple[int, int, str]] = []
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


def replaced(source: str, cuts: Sequence[tuple[int, int, str]]) -> str:
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
