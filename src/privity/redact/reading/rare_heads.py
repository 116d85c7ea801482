"""Heads of lines in forms that are rare, and believed only where nearly every line of a text has one.

    **Agent:** ...    <v Agent>...    • Agent: ...    1. Agent: ...    Agent - ...    @agent ...    Q. ...    A ...
    [4.12s - 9.01s] Agent: ...    4.12 9.01 agent: ...    Agent [0:04]: ...    [4.12s -> 9.01s] ...
    4.12 (tab) 9.01 (tab) agent (tab) ...    2026-05-01T10:04:07Z Agent: ...
    2026-05-01 10:04:07 Agent: ...    (of which the day is no part of the head, and read as what it is)

Any of these may be a list, a sum or a sentence; but a few parties that take turns at the front of line after line are
those who speak.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_LEAST = 4  # lines
_MOST_PARTIES = 6
_SHARE = 5  # one line in so many may have no head
_MOST_DIGITS = 3  # in what says who speaks
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?(?:[ \t]?[AaPp]\.?[Mm]\b\.?|Z)?"
_SECONDS = r"[0-9]{1,4}(?:\.[0-9]{1,3}s?|s)"
_ONE = rf"(?:{_CLOCK}|{_SECONDS})"
_TIME = rf"[\[(]?{_ONE}(?:[ \t]*(?:-{{1,2}}>?|,)[ \t]*{_ONE}|[ \t]{_SECONDS})?[\])]?"
_WHO = r"[A-Za-z][\w .'-]{0,24}?"
_BULLET = r"(?:[*_>.#-]{1,3}[ \t]*|#?[0-9]{1,4}[.)]?[ \t]+)?"
_DAY = re.compile(r"[ \t]*\[?[0-9]{4}-[0-9]{2}-[0-9]{2}[ \tT]", re.ASCII)
_RARE = re.compile(
    rf"[ \t]*{_BULLET}(?:{_TIME}(?:[ \t]*[:|-])?[ \t]+)?(?:"
    rf"[*_\"]{{0,2}}({_WHO})[*_\"]{{0,2}}(?:[ \t]*{_TIME})?[ \t]*(?:[:;=/]|[ \t]-[ \t])[*_]{{0,2}}(?:[ \t]+|(?=\S))"
    rf"|[\[({{<]({_WHO})[\])}}>](?:[ \t]*{_TIME})?[ \t]*:?[ \t]+"
    rf"|@({_WHO})[ \t]+"
    rf"|(?<=\t)({_WHO})\t[ \t]*"
    rf"|<v(?:\.\w+)*[ \t]+({_WHO})>[ \t]*"
    r"|([A-Za-z](?:[0-9]|\.)?)[ \t]+"
    r")",
    re.ASCII,
)
_TIMED = re.compile(rf"[ \t]*{_BULLET}{_TIME}(?:[ \t]*[:|-])?[ \t]+", re.ASCII)


def take_turns(parties: Sequence[str]) -> bool:
    """Return whether a few parties, named in the order in which they speak, take turns."""
    return 1 < len(set(parties)) <= len(parties) // 2


def rare_heads(text: str) -> list[tuple[int, int, int, str]]:
    """Return for each line that begins a turn its start, the end of its head, and where and how it is said who speaks.

    Empty unless nearly all lines have such a head, with a few parties that come again, or with nothing but times.
    """
    lines = list(_lines(text))
    if len(lines) < _LEAST:
        return []
    return _parties(text, lines) or _times(text, lines)


def _parties(text: str, lines: list[int]) -> list[tuple[int, int, int, str]]:
    heads: list[tuple[int, int, int, str]] = []
    without = 0
    for at in lines:
        day = _DAY.match(text, at)
        match = _RARE.match(text, day.end() if day else at)
        form = match.lastindex if match else None
        if match is None or form is None or sum(map(str.isdigit, match[form])) > _MOST_DIGITS:
            without += 1
            if without * _SHARE > len(lines):
                return []
            continue
        heads.append((match.start(), match.end(), match.start(form), match[form]))
    parties = [label.lower() for _, _, _, label in heads]
    turns = Counter(parties)
    return heads if take_turns(parties) and len(turns) <= _MOST_PARTIES and min(turns.values()) > 1 else []


def _times(text: str, lines: list[int]) -> list[tuple[int, int, int, str]]:
    matches = [_TIMED.match(text, at) for at in lines]
    if not all(matches):
        return []
    return [(match.start(), match.end(), match.end(), "") for match in matches if match]


def _lines(text: str) -> Iterator[int]:
    """Yield where the lines of a text begin in which something stands."""
    start = 0
    while True:
        end = text.find("\n", start)
        if text[start : end if end >= 0 else None].strip():
            yield start
        if end < 0:
            return
        start = end + 1
