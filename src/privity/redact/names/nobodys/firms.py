"""Firms that are called like people and places, where a greeting says that the firm answers: they name nobody.

"harper and lowe how may i direct your call", "the law offices of baxter and stone", "oak park pediatrics this is mark",
"thanks for calling netlink", "calling from johnson heating". Elsewhere "oak park" is a place, "baxter" is somebody, and
"maria's insurance" is hers; who is introduced, "this is faith", is never part of the firm.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim, Covering
from privity.redact.labels import Label
from privity.redact.names.parts import NameParts
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_LABELS = frozenset({Label.NAME, Label.LOCATION})
_TRADES = vocabulary().trades | {
    "air", "airlines", "airways", "bbq", "bistro", "cardiology", "casualty", "chiropractic", "chrysler", "cooling",
    "dental", "dentistry", "dermatology", "diner", "energy", "ford", "gynecology", "honda", "hyundai", "internet",
    "medicine", "mortgage", "mutual", "neurology", "nissan", "optical", "optometry", "orthodontics", "orthopedics",
    "pediatrics", "physiotherapy", "pizza", "pizzeria", "properties", "realtors", "rentals", "restaurant", "subaru",
    "telecom", "title", "toyota", "travel", "urology", "wireless", "support", "broadband",
}  # fmt: skip
_GREETS = frozenset({"morning", "afternoon", "evening", "hello", "hi", "day", "desk", "reached", "records"})
_AT = frozenset({"at", "from", "with", "calling", "to", "of", "the"})
_SAYS_WHO = frozenset(
    {"this", "my", "how", "can", "may", "i'm", "if", "please", "are", "what", "who", "where", "is", "good"}
)
_ANSWERS = re.compile(
    r"\b(?:how\s+(?:may|can)|(?:may|can)\s+i\s+help|speaking|thanks?(?:\s+you)?\s+for\s+(?:calling|holding|choosing)|"
    r"you(?:'ve|\s+have)\s+(?:reached|got)|this\s+is|good\s+(?:morning|afternoon|evening)|hello|hi|my\s+name\s+is|"
    r"leave\s+a\s+message|can\s+you\s+hold|please\s+hold)\b",
    re.ASCII,
)
_HOUSES = frozenset({"pizza", "pizzeria", "diner", "bistro", "bakery", "bbq"})
_FAMILY = frozenset({"son", "sons", "daughter", "daughters", "company", "co", "family", "associates"})
_LONGEST = 5  # words
_OPENING = 240  # characters from the start of a conversation


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without names and places that are those of a firm that is greeted with or called from."""
    firms: Covering | None = None
    for claim in claims:
        if claim.finding.label not in _LABELS:
            yield claim
            continue
        if firms is None:
            firms = Covering(_firms(transcript))
        start, end = claim.parts[0][0], claim.parts[-1][1]
        if not firms.holds(start, end):
            yield claim


def _firms(transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield where firms stand that answer, or from which somebody calls."""
    parts = transcript.once(NameParts)
    said = parts.said
    for number, start in enumerate(transcript.documents):
        first = transcript.words.at_or_behind(start)
        turn = transcript.stretches[transcript.turn_at(start)]
        close = min(turn.end, start + _OPENING)
        if _ANSWERS.search(transcript.folded, start, close) is None:
            continue  # a note, a letter: where somebody was seen tells of him
        for at in range(first, min(transcript.words.at_or_behind(close), parts.behind(number))):
            surname = parts.bits[at] & Bit.SURNAME and not _is_owned(parts, at)  # "hello nkechi ford"
            if said[at] in _TRADES and not surname:
                begins = _of_trade(parts, at, first)
                if begins < at:
                    yield parts.starts[begins], parts.end(at)
            elif said[at] == "and":
                yield from _of_two(parts, at, first)
            elif said[at] == "calling" and at > first + 1 and said[at - 1] == "for":
                yield from _called(parts, at)


def _is_owned(parts: NameParts, at: int) -> bool:
    """Whether a trade is a house where one eats that is called after its owner: "tony's pizza"."""
    return parts.said[at] in _HOUSES and parts.before(at).endswith("'s")


def _ends(parts: NameParts, last: int) -> bool:
    """Whether a firm ends with a word: its turn does, or who answers says who he is."""
    behind = last + 1
    if parts.closes(last) or not parts.adjoins(behind):
        return True
    return parts.said[behind] in _SAYS_WHO or parts.bits[behind] & Bit.GIVEN != 0


def _of_trade(parts: NameParts, at: int, opening: int) -> int:
    """Return the first word of a firm that ends with its trade, or the trade where somebody is introduced."""
    first = at
    while first > opening and at - first < _LONGEST and (parts.adjoins(first) or parts.before(first)):
        before = parts.said[first - 1]
        if before in _AT or before in _GREETS or (parts.bits[first - 1] & Bit.FUNCTION and before != "and"):
            break
        first -= 1
    opened = first == opening or not parts.adjoins(first) or parts.said[first - 1] in _AT | _GREETS
    # "hello john dental called", "good morning mister okonkwo dental is on line two"
    person = parts.bits[first] & (Bit.FREQUENT_GIVEN | Bit.TITLE) and not _is_owned(parts, at)
    return first if opened and not person and _ends(parts, at) else at


def _of_two(parts: NameParts, joint: int, opening: int) -> Iterator[tuple[int, int]]:
    """Yield two surnames that are joined and all of what is said before the one who speaks: "harper and lowe"."""
    first, last = joint - 1, joint + 1
    if not (parts.adjoins(joint) and parts.adjoins(last)) or first < opening:
        return
    pair = parts.bits[first], parts.bits[last]
    if (
        parts.said[last] in _FAMILY
        or not all(bits & Bit.SURNAME for bits in pair)
        or all(bits & Bit.FREQUENT_GIVEN for bits in pair)
    ):
        return
    before = parts.said[first - 1] if first > opening else ""
    offices = before == "of" and parts.said[first - 2] in {"office", "offices"}
    thanks = before == "calling" and parts.said[first - 2] == "for"
    opened = first == opening or offices or thanks or before in {"morning", "afternoon", "evening"}
    if opened and (_ends(parts, last) or parts.said[last + 1] == "law"):
        yield parts.starts[first], parts.end(last)


def _called(parts: NameParts, calling: int) -> Iterator[tuple[int, int]]:
    """Yield what follows "thanks for calling" up to the one who speaks."""
    first = last = calling + 1
    while parts.adjoins(last) and last - first < _LONGEST and parts.said[last] not in _SAYS_WHO:
        last += 1
    speaking = "speaking" in parts.said[first:last]
    last = first + parts.said[first:last].index("speaking") - 1 if speaking else last
    bits = parts.bits[first] if first < parts.count else Bit.FREQUENT_GIVEN
    alone = (
        last - first == 1 and bits & (Bit.GIVEN | Bit.SURNAME) and not bits & Bit.WORD
    )  # "thanks for calling sunita"
    if last > first and not alone and not bits & Bit.FREQUENT_GIVEN:
        yield parts.starts[first], parts.end(last - 1)
