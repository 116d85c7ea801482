"""Characters that nobody sees: of no width, of direction, of variation, and accents that stand by themselves.

They part nothing for a reader, so they must part nothing for a detector: "4111<U+200B>1111" is one number, and
"J<U+00AD>ohn" a name. Texts are judged without them, and what was found is placed in the text as it is.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from privity.redact.findings import Span

# Default-ignorable code points (Unicode 16, DerivedCoreProperties), combining marks of Latin letters, and keycaps.
_UNSEEN: Final = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)


def seen(text: str) -> str:
    """Return what a reader sees of a text: the very same object when there is nothing else in it."""
    return text if text.isascii() or _UNSEEN.search(text) is None else _UNSEEN.sub("", text)


def placed(text: str, shown: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans of what is seen of a text as spans of the text."""
    if shown is text or not spans:
        return tuple(spans)
    hidden = {at for stretch in _UNSEEN.finditer(text) for at in range(*stretch.span())}
    places = [at for at in range(len(text)) if at not in hidden]
    return tuple(replace(span, start=places[span.start], end=places[span.end - 1] + 1) for span in spans)
