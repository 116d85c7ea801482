"""The heads of a transcript's lines: when something is said, and by whom, as recognizers and people write it.

    Agent: ...      Agent> ...      [00:12] Agent: ...      00:12.3 <left> ...      [CH1] ...      spk1 | ...
    [00:12.300 --> 00:15.000]  ...      >> ...      - ...
    21/12/2026, 19:02 - Ana: ...      [21/12/26, 19:02:13] ~ Ana: ...
    Speaker 1  0:15 or 0:15  Speaker 1 (and what is said below it)

    agent ...      speaker 1 ...      (and nothing behind it, where each line has such a head)
    12 and 00:12,300 --> 00:15,000 in lines of their own, as in subtitles

A head in brackets, before a bar or a tab or with nothing but a time may be many other things, so half of the lines must
have one. Where no line says who speaks, each line of what is plainly talk is a turn.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from privity.redact.reading.inline_heads import inline_heads
from privity.redact.reading.rare_heads import rare_heads, take_turns
from privity.redact.reading.small_words import AN_URGE

_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3}|[ \t]?[AaPp]\.?[Mm]\b)?"
_DAY = r"(?:[0-9]{1,2}[./-][0-9]{1,2}(?:[./-](?:[0-9]{4}|[0-9]{2}))?|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_STAMP = rf"(?:[\[(]{_DAY},?[ \t]+{_CLOCK}[\])](?:[ \t]*~)?|{_DAY},[ \t]+{_CLOCK}[ \t]+-(?=[ \t]))"  # of a messenger
_TIME = rf"(?:{_STAMP}|[\[(]?{_CLOCK}(?:[ \t]*-->?[ \t]*{_CLOCK})?[\])]?(?:[ \t]*-(?=[ \t]))?)"
_WHO = r"[A-Za-z][\w .'-]{0,24}?"
_HEAD = re.compile(
    rf"[ \t]*(?:{_TIME}(?=[ \t<(\[]|$)[ \t]*)?(?:"
    rf"(?:<v )?({_WHO}|\[[A-Z_]+(?::[a-z]{{24}})?\])(?:[ \t]?\([^)\n]{{0,24}}\))?[ \t]?[:>](?=[ \t]|$)"
    r"|(- )(?=\S)|(>>)(?=[ \t])"
    rf"|[\[<(]({_WHO}(?::[0-9]{{1,2}})?)[\])>](?:[ \t]?\([^)\n]{{0,24}}\))?(?:[ \t]?[:|](?=[ \t]|$)|(?=[ \t]))"
    rf"|({_WHO})[ \t]?\|(?=[ \t]|$)"
    rf"|({_WHO})[ \t]+[\[(]?{_CLOCK}[\])]?[ \t]*$"
    rf"|({_WHO})\t+(?=\S)"
    r")",
    re.MULTILINE | re.ASCII,
)
_DAY_OF_STAMP = re.compile(rf"[ \t]*[\[(]?({_DAY}),?[ \t]+{_CLOCK}", re.ASCII)
_ONLY_TIME = re.compile(rf"[ \t]*{_TIME}(?=[ \t]|$)", re.MULTILINE | re.ASCII)
_CLEAR_FORMS = 3  # of the groups of `_HEAD`: heads that are told from anything else by themselves
_ONLY_TURNS = (2, 3)  # of them: they say that somebody else speaks, not who
_TIME_BEHIND = 6  # the one with its time at the end of the line
_MOST_DIGITS = 3  # of what says who speaks, "channel 12"; more may be somebody's number, and are read like the rest
_SIGNS = (":", "- ", "|", "]", ">", "\t")  # each head has one of them
_FIELD = re.compile(
    r"\b(?:ssn|social|card|number|phone|tel|fax|cell|dob|birth|born|cvv|code|account|acct|mrn|address|e-?mail|password|"
    r"pin|zip|date|name|re|subject|expires|exp|street|town|city|country|postcode)\b|\brent$",
    re.ASCII | re.IGNORECASE,
)
_PARTY = (
    r"(?:(?:speaker|spkr?|channel|party|voice)[ _-]?[0-9a-d]|agent|ai|applicant|attorney|bot|caller|candidate|client|"
    r"clerk|counselor|customer|dispatch|dispatcher|doctor|driver|guest|host|ivr|interviewer|nurse|officer|operator|"
    r"patient|pharmacist|provider|receptionist|recruiter|rep|representative|support|tech|technician|teller|tenant|therapist|"
    r"user)"
)
_CUE = re.compile(
    rf"^(?:([0-9]{{1,4}})[ \t]*\r?\n)?{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?:[ \t]+[a-z]+:[0-9a-z,%]+)*[ \t]*\r?\n",
    re.MULTILINE | re.ASCII,
)
_MOST_JOINED = 9  # subtitles that one sentence goes over
_VOICE = re.compile(rf"<v(?:\.\w+)*[ \t]+({_WHO})>", re.ASCII)
_CLOCK_FIRST = re.compile(rf"[ \t]*{_TIME}[ \t]", re.ASCII)
_TIMED_PARTY = re.compile(rf"[ \t]*{_TIME}[ \t]+({_WHO})[ \t]*$", re.MULTILINE | re.ASCII)
_PARTIES = re.compile(rf"[ \t]*({_PARTY})(?=[ \t]|$)", re.MULTILINE | re.ASCII | re.IGNORECASE)
_ONE_PARTY = re.compile(rf"{_PARTY}|[A-Z]", re.ASCII | re.IGNORECASE)
_LEAST_OF_OTHER = 3  # lines
_LONGEST_PREAMBLE = 400  # characters
_PREAMBLE = re.compile(
    r"(?:(?:[a-z]+[ _]){0,2}(?:date|time|duration|length|queue|channel|id|number|recorded|recording|started|start|end|"
    r"language|file|topic|subject|title|type|location|campaign|skill|agent id|direction)[ ]?:[^\n]{0,80}\n+)+",
    re.ASCII | re.IGNORECASE,
)
_LINE = re.compile(r"^(?=.)", re.MULTILINE)
_LEAST_LINES = 4
_LONG_LINE = 300  # characters; a longer one is seldom a turn of a call
_SELDOM = 10  # one in so many lines
_SHORT_TURN = 120  # characters; most paragraphs are longer
_URGES = re.compile(rf"{AN_URGE}[.,!?]?", re.ASCII | re.IGNORECASE)
_SIGN_OF_SENTENCES = re.compile(r"[.,;:?!](?:\s|$)")
_LINE_ENDS = (".", "?", "!", "-", ",", "\u2026")
LONGEST_HEAD: Final = 60
"""Characters in which a head ends, times and all."""


class Head(NamedTuple):
    """Where a line begins and its head ends, and what it says of who speaks: "" at `place` `end` when nothing."""

    start: int
    end: int
    place: int
    label: str


def days_of(text: str, heads: Iterable[Head]) -> Iterator[tuple[int, int]]:
    """Yield where days stand in the heads of a text, as messengers write them."""
    for head in heads:
        if stamp := _DAY_OF_STAMP.match(text, head.start, head.end):
            yield stamp.span(1)


def head_of(line: str, at: int = 0) -> Head | None:
    """Return the head of the line that begins at a place of a text; None when it has none or only a time."""
    match = _HEAD.match(line, at)
    return _head(match) if match else None


def heads_of(text: str) -> list[Head]:
    """Return the heads of the lines of a text that begin a turn, each line of bare talk; empty for any other text."""
    if "\n" not in text.strip():
        return _inline(text) or _alone(text)
    heads = _cued(text) if "-->" in text else []
    if len(heads) > 1:
        return heads
    heads = _of_lines(text)
    parties = {head.label.lower() for head in heads}
    if any(map(_FIELD.search, parties)):
        return _below_preamble(text)  # or a form: "Here's my SSN: ..."
    if len(heads) >= 2 and len(parties) <= max(2, len(heads) // 2):
        return heads
    return _below_preamble(text) or _inline(text) or _of_talk(text)


def _of_lines(text: str) -> list[Head]:
    """Return the heads of lines that may say who speaks or when, in any form."""
    heads = _timed(text) or (_told(text) if any(sign in text for sign in _SIGNS) else [])
    if len(heads) < _LEAST_LINES:
        heads = [Head(*found) for found in rare_heads(text)] or _bare(text) or heads
    return heads


def _inline(text: str) -> list[Head]:
    """Return the heads within the lines of a text that has more of them than lines."""
    heads = [Head(*found) for found in inline_heads(text)]
    fields = any(_FIELD.search(head.label) for head in heads)
    return heads if len(heads) > text.count("\n") and not fields else []


def _of_talk(text: str) -> list[Head]:
    """Return where each line of bare talk begins, with no head."""
    spaced = "\n\n" in text
    bare = text.count("\n") > 2 and (_is_spaced_talk(text) if spaced else _is_talk(text))
    return [Head(line.start(), line.start(), line.start(), "") for line in _LINE.finditer(text)] if bare else []


def _below_preamble(text: str) -> list[Head]:
    """Return the heads of a transcript below what is told of a call before it begins: "Date: ...", "Duration: 2:26".

    That ends at the first blank line, or with the last field at the top; below it a few parties take turns.
    """
    blank = text.find("\n\n", 0, _LONGEST_PREAMBLE)
    fields = _PREAMBLE.match(text)
    for start in (blank + 2 if blank > 0 else 0, fields.end() if fields else 0):
        below = text[start:]
        heads = _of_lines(below) if start else []
        labels = [head.label.lower() for head in heads]
        timed = not any(labels) and all(any(map(str.isdigit, below[head.start : head.end])) for head in heads)
        turns = take_turns(labels) or (timed and len(heads) >= _LEAST_LINES)
        if turns and not any(map(_FIELD.search, set(labels))):
            return [Head(head.start + start, head.end + start, head.place + start, head.label) for head in heads]
    return []


def _told(text: str) -> list[Head]:
    """Return the heads by which lines say who speaks or when."""
    clear, all_of_them, lines = [], [], 0
    for at in _line_starts(text):
        match = _HEAD.match(text, at)
        if match and match.lastindex and match.lastindex <= _CLEAR_FORMS:
            clear.append(_head(match))
            all_of_them.append(clear[-1])
        elif match:
            all_of_them.append(_head(match))
            if match.lastindex == _TIME_BEHIND and not all_of_them[-1].label:
                behind = match.end(_TIME_BEHIND) + 1  # the time is a head of its own, so that no number runs into it
                all_of_them.append(Head(behind, match.end(), match.end(), ""))
        elif text[at : at + 1] in "[(0123456789 \t" and (time := _ONLY_TIME.match(text, at)):
            all_of_them.append(Head(time.start(), time.end(), time.end(), ""))
        lines += text[at : at + 1] not in {"", "\n"}
    return all_of_them if len(all_of_them) * 2 >= lines else clear


def _alone(text: str) -> list[Head]:
    """Return the head of a text of one turn, which says only by a known part who speaks: "Caller: hi, this is"."""
    head = head_of(text) if ":" in text[:LONGEST_HEAD] else None
    return [head] if head is not None and _ONE_PARTY.fullmatch(head.label) else []


def _cued(text: str) -> list[Head]:
    """Return the heads of subtitles: the times, the number before them where it counts, and who speaks behind them."""
    heads: list[Head] = []
    counted = 0
    for number, match in enumerate(_CUE.finditer(text), 1):
        told = int(match[1] or 0)
        counts = match[1] is not None and (told in {number, number - 1} or 0 < told - counted <= _MOST_JOINED)
        counted = told if counts else counted
        start = match.start() if counts or match[1] is None else match.end(1) + 1
        voice = _VOICE.match(text, match.end())
        head = _head(voice) if voice else head_of(text, match.end())
        if head is None or head.start != match.end():
            head = Head(match.end(), match.end(), match.end(), "")
        heads.append(head._replace(start=start))
    return heads


def _bare(text: str) -> list[Head]:
    """Return the heads of a text each line of which begins with one of a few parties, or follows such a line."""
    found = []
    named = False  # whether a line said who speaks, and no more
    other = _other_party(text)
    for at in _line_starts(text):
        match = _PARTIES.match(text, at) or (other.match(text, at) if other else None)
        if match is not None:
            found.append(match)
        elif text[at : at + 1] not in {"", "\n"} and not named:
            return []
        named = match is not None and text[match.end() : match.end() + 1] in {"", "\n"}
    if not take_turns([match[1].lower() for match in found]):
        return []
    return [Head(match.start(), match.end(), match.start(1), match[1]) for match in found]


def _other_party(text: str) -> "re.Pattern[str] | None":
    """Return what finds the one word that opens each line where no known party does: "store ...", "caller ..."."""
    others = [
        text[at:].split(None, 1)[0]
        for at in _line_starts(text)
        if text[at : at + 1].isalpha() and not _PARTIES.match(text, at)
    ]
    alone = len(set(others)) == 1 and len(others) >= _LEAST_OF_OTHER and others[0].isalpha()
    return re.compile(rf"[ \t]*({others[0]})(?=[ \t]|$)", re.MULTILINE | re.ASCII) if alone else None


def _timed(text: str) -> list[Head]:
    """Return the heads of a text in which each line with a time at its front says who speaks below it, and no more."""
    if not _CLOCK_FIRST.match(text):
        return []
    heads: list[Head] = []
    lines = 0
    for at in _line_starts(text):
        match = _TIMED_PARTY.match(text, at)
        if match is not None:
            heads.append(_head(match))
        elif _ONLY_TIME.match(text, at) and at < len(text):
            return []
        lines += text[at : at + 1] not in {"", "\n"}
    parties = {head.label.lower() for head in heads}
    return heads if len(parties) * 2 <= len(heads) and len(heads) * 2 <= lines else []


def _head(match: "re.Match[str]") -> Head:
    form = match.lastindex or 0
    if form in _ONLY_TURNS:
        return Head(match.start(), match.end(), match.end(), "")
    place, label = match.start(form), match[form]
    if not label.isalpha() and sum(map(str.isdigit, label)) > _MOST_DIGITS:
        return Head(match.start(), place, place, "")
    return Head(match.start(), match.end(), place, label)


def _line_starts(text: str) -> Iterator[int]:
    start = 0
    while start >= 0:
        yield start
        start = text.find("\n", start) + 1 or -1


def voices_of(text: str, heads: Sequence[Head]) -> Iterator[tuple[int, str]]:
    """Yield where it is said who speaks, and how: with what stands behind it in brackets."""
    for head in heads:
        if head.label:
            yield head.place, text[head.place : head.end]


def _is_spaced_talk(text: str) -> bool:
    """Whether each line with a blank one behind it is a turn: some urge on or ask, and hardly one is long."""
    lines = [line.strip() for line in text.strip().split("\n")]
    said = lines[::2]
    if len(said) < _LEAST_LINES or any(lines[1::2]) or not _is_talk("\n".join(said)):
        return False
    short = sum(len(line) < _SHORT_TURN for line in said) * 3 >= len(said) * 2
    return short and any(_URGES.fullmatch(line) for line in said)


def _is_talk(text: str) -> bool:
    """Whether each line is a turn of bare speech: without capitals or signs, or with sentences that ask something."""
    if text.islower() or text.isupper():
        return True
    lines = text.rstrip().split("\n")
    if len(lines) < _LEAST_LINES:
        return False
    if not _SIGN_OF_SENTENCES.search(text):
        # prose that is broken at its margin has signs
        return sum(line[:1].islower() for line in lines) * 2 > len(lines)
    asked = sum(line.rstrip().endswith("?") for line in lines)
    closed = sum(line.rstrip().endswith(_LINE_ENDS) and line[:1].isalnum() for line in lines)
    long = sum(len(line) >= _LONG_LINE for line in lines)
    return asked > 0 and closed * 5 >= len(lines) * 4 and long * _SELDOM <= len(lines)
