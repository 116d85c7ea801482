"""The heads of turns within one line, where a transcript was written without line breaks or was joined to a line.

    agent: ... caller: ... agent: ...      Speaker 1: ... Speaker 2: ...      [00:12] A: ... [00:15] B: ...
    [agent] ... [caller] ...               [00:12] ... [00:15] ...

A word before a colon may be a field of a form or a sentence, so they are heads only where the text begins with one and
a few parties take turns: known ones, the one that begins, and others that come three times.
"""

import re
from collections import Counter

from privity.redact.reading.rare_heads import take_turns
from privity.redact.reading.vocabulary import vocabulary

_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?"
_STAMP = rf"(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK})"
_WHO = r"[A-Za-z][A-Za-z.'-]{0,20}(?:[ _-]?[0-9]{1,2})?"
_HEAD = re.compile(
    rf"(?:{_STAMP}[ \t]+)?(?:({_WHO})[ \t]?:|[\[<(]({_WHO})[\])>]:?)(?=\s|$)|[\[(]{_CLOCK}[\])](?=\s|$)", re.ASCII
)
_LEAST = 4  # heads
_MOST_PARTIES = 6
_OFTEN = 3  # times, by which a word that is no known party is one
_COUNTED = re.compile(r"([a-z]+)[ _-]?[0-9]{1,2}", re.ASCII)
_CHANNELS = frozenset({"channel", "ch", "party"})
_SIGNS = ":[("


def inline_heads(text: str) -> list[tuple[int, int, int, str]]:
    """Return for each turn of a line the start and the end of its head, and where and how it is said who speaks.

    Empty unless the text begins with a head and a few parties take turns, or each turn has nothing but its time.
    """
    if sum(map(text.count, _SIGNS)) < _LEAST:
        return []
    found = [match for match in _HEAD.finditer(text) if match.start() == 0 or text[match.start() - 1].isspace()]
    if len(found) < _LEAST or text[: found[0].start()].strip():
        return []
    labels = [(match[1] or match[2] or "").lower() for match in found]
    if not any(labels):
        return [(match.start(), match.end(), match.end(), "") for match in found]
    times = Counter(labels)
    told = {match[1].lower() for match in found if match[1]}  # a word in brackets may be anything: "[DTMF 4]"
    told = {label for label in told if label == labels[0] or times[label] >= _OFTEN}
    parties = {label for label in times if label in told or _is_party(label)}
    heads = [(match, label) for match, label in zip(found, labels, strict=True) if label in parties]
    if len(heads) < _LEAST or len(parties) > _MOST_PARTIES or not take_turns([label for _, label in heads]):
        return []
    return [(match.start(), match.end(), match.start(match.lastindex or 0), _said(match)) for match, _ in heads]


def _is_party(label: str) -> bool:
    counted = _COUNTED.fullmatch(label)
    kind = counted[1] if counted else label
    return len(label) == 1 or kind in vocabulary().speaker_roles or (counted is not None and kind in _CHANNELS)


def _said(match: "re.Match[str]") -> str:
    return str(match[match.lastindex or 0])
