r"""Texts as a reader sees them: without what nobody sees, and with what stands for a sign read as that sign.

Characters of no width, of direction, of variation, and accents that stand by themselves part nothing for a reader, so
they must part nothing for a detector: "4111<U+200B>1111" is one number, and "J<U+00AD>ohn" a name. "&nbsp;", "&#8211;"
and, within a number, "\u00a0" or "%20" are what a page, a program or an address made of a blank or a dash. The times
between two subtitles are seen and part nothing that is said; nothing that is found goes over them. What parts nothing
within values only, and words elsewhere, `parted_values` finds. Texts are judged as they are seen, and what was found is
placed in the text as it is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge
from html import unescape
from operator import itemgetter
from typing import Final

from msgspec.structs import replace

from privity.redact.findings import Span
from privity.redact.reading.parted_values import UNSEEN, parting

_UNSEEN: Final = f"[{UNSEEN}]+"
_NAMED: Final = r"&(?:amp;|#38;)?(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}[0-9]{0,2});"
_ESCAPED: Final = (
    r"(?<=[0-9 -])\\(?:[nrt]|u00[aA]0|u00[aA][dD]|u20[0-4][0-9a-fA-F]|u2212|u[fF][eE][fF][fF])(?=[0-9 \\-])"
)
_OF_ADDRESS: Final = r"(?<=[0-9])%(?:20|2[dD]|[cC]2%[aA]0)(?=[0-9])"
_QUOTED: Final = r"(?<=[0-9-])\r?\n>[> ]{0,8}(?=[0-9])"
_TIME: Final = r"(?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3}"
_CUE: Final = (
    r"(?:(?:\r?\n[ \t]*){2,4}(?P<number>[0-9]{1,6})[ \t]*\r?\n[ \t]*|(?:\r?\n[ \t]*){2,4})"
    rf"{_TIME}[ \t]*-->[ \t]*{_TIME}[^\r\n]*\r?\n"
)
_EMPHASIS: Final = r"</?(?:[biu]|em|strong|c(?:\.[\w.]{1,40})?)>"
_SAID_SO: Final = re.compile(rf"{_NAMED}|{_ESCAPED}|{_OF_ADDRESS}|{_QUOTED}|{_CUE}|{_EMPHASIS}|<[wW]?[bB][rR]\s*/?>")
# Where some subtitles end as sentences do, one that ends otherwise goes on in the next; so does one that ends with a
# word behind which something has to follow.
_SENTENCE: Final = re.compile(r"[a-z][.?!]['\"]?[ \t]*\r?\n[ \t]*\r?\n")
_ENDS: Final = frozenset(".?!:;'\"]})")
_OPEN_ENDED: Final = re.compile(
    r"\b(?:dot|at|the|an?|of|in|my|your|his|her|our|their|underscore|dash|doctor|dr\.|january|february|march|april|may|june|"
    r"july|august|september|october|november|december)$",
    re.IGNORECASE,
)
_LONGEST_END: Final = 12
_HEAD: Final = re.compile(r"\s*(?:[-\[(]|<v|>>|[A-Za-z][\w .'-]{0,30}:\s)")
_NOT_AS_SEEN: Final = re.compile(rf"{_UNSEEN}|{_SAID_SO.pattern}")
_INVISIBLE: Final = re.compile(_UNSEEN)
_SIGNS: Final = ("&", "\\", "<", "\n>", "-->")
_SIGNS_OF_ADDRESSES: Final = ("%2", "%c", "%C")  # a share is followed by no digit and no letter
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}


def seen(text: str) -> str:
    """Return what a reader sees of a text: the very same object when that is all that is in it."""
    within = parting(text)
    if not within and not _may_differ(text):
        return text
    shown = "".join(instead for _, _, instead in _pieces(text, within))
    return text if shown == text else shown


def placed(text: str, shown: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans of what is seen of a text as spans of the text; one that goes over times is parted there."""
    if shown is text or not spans:
        return tuple(spans)
    starts: list[int] = []
    ends: list[int] = []
    cues: list[int] = []
    for start, end, instead in _pieces(text, parting(text)):
        if end - start == len(instead):
            starts += range(start, end)
            ends += range(start + 1, end + 1)
            continue
        if text.find("-->", start, end) >= 0:
            cues.append(len(starts))
        starts += [start] * len(instead)
        ends += [end] * len(instead)
    return tuple(
        replace(part, start=starts[part.start], end=ends[part.end - 1])
        for span in spans
        for part in _without_times(span, cues)
    )


def _without_times(span: Span, cues: Sequence[int]) -> list[Span]:
    """Return a span as those of what stands between the times that it goes over."""
    first, last = bisect_left(cues, span.start), bisect_left(cues, span.end)
    if first == last:
        return [span]
    starts = [span.start, *(at + 1 for at in cues[first:last])]
    ends = [*cues[first:last], span.end]
    parts = [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
    return [
        replace(span, start=start, end=end, continues=span.continues or at > 0) for at, (start, end) in enumerate(parts)
    ]


def _may_differ(text: str) -> bool:
    if not text.isascii() and _INVISIBLE.search(text) is not None:
        return True
    holds = text.__contains__
    signs = any(map(holds, _SIGNS)) or ("%" in text and any(map(holds, _SIGNS_OF_ADDRESSES)))
    return signs and _SAID_SO.search(text) is not None


def _pieces(text: str, within: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a text with what is seen of each; `within` are those within values."""
    at = 0
    for start, end, instead in merge(within, _signs(text), key=itemgetter(0)):
        if start >= at:
            yield at, start, text[at:start]
            yield start, end, instead
            at = end
    yield at, len(text), text[at:]


def _signs(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is not as it is seen, wherever it stands, and what is seen of it."""
    first = text.find("-->")
    sentences = first >= 0 and _SENTENCE.search(text) is not None
    counted = 0
    for match in _NOT_AS_SEEN.finditer(text):
        start, end = match.span()
        if "-->" in match[0]:
            number = int(match["number"] or 0)
            follows = number == 0 or number == counted + 1 or number == 2 > counted
            counted = number or counted
            if start < first or not follows or not _goes_on(text, start, end, sentences=sentences):
                continue
        yield start, end, _seen_of(match[0])


def _goes_on(text: str, start: int, end: int, *, sentences: bool) -> bool:
    """Whether what a subtitle says goes on behind the times that stand from one place to another."""
    if _HEAD.match(text, end):
        return False
    return (sentences and text[start - 1] not in _ENDS) or _OPEN_ENDED.search(
        text, max(0, start - _LONGEST_END), start
    ) is not None


def _seen_of(said: str) -> str:
    """Return the sign that something stands for; nothing of what nobody sees, and itself where it is no such sign."""
    first = said[0]
    if first == "&":
        sign = unescape(unescape(said))
        return said if len(sign) > 1 else "" if _INVISIBLE.fullmatch(sign) else sign
    if first == "\\":
        sign = _ESCAPES.get(said[1]) or chr(int(f"0x{said[2:]}", 0))
        return "" if _INVISIBLE.fullmatch(sign) else sign
    if first == "%":
        return "-"  # a blank would end the address
    if first == "<":
        return "\n" if said[1:3] in {"br", "BR", "Br", "bR"} else ""
    if first in "\r\n":
        return " " if "-->" in said else "\n"
    return ""
