"""Names that are nobody's because of the place where they stand: a film that is on, a song that is played, a country.

"Is Annie Hall any good? Reviewers gave it nine", "queue Peggy Sue on the kitchen speaker", "in Virginia or Georgia",
"tango Charlie seven", "how much are the Hendersons?" of goods: lists and capitals made somebody of such a name, and
what stands around it says that it is a work, a place, a letter. Whoever is announced by a cue or a title stays hidden,
and so does a name that stands anywhere else.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Needed
from privity.redact.reading.vocabulary import one_of

_WEAK = frozenset({"name-beside", "name-capitals", "name-heard", "name-listed", "name-pair"})
_AGAIN = frozenset({*_WEAK, "name-learned"})
_REACH = 72  # characters before a name that are looked at
_BEHIND = 48  # and behind it
_NEXT = 240  # characters of what is answered

# Works: what is played, what is on, what is asked about.
_OF_WORKS = Needed("play playing queue shuffle showing on good worth")
_PLAYED = re.compile(r"\b(?:play|playing|queue(?:\s+up)?|shuffle)\s+(?:(?:me|us|the)\s+)?(?:[a-z]+\s+){0,2}$", re.ASCII)
_ON_SOMETHING = re.compile(
    r"(?:\s+[a-z]+){0,2}?\s+(?:on|in|through|over)\s+(?:the|my|our)\s+(?:[a-z]+\s+){0,2}"
    r"(?:speakers?|kitchen|bedroom|bathroom|living room|office|den|garage|basement|patio|stereo|sonos|echo|tv|car|"
    r"radio|headphones|downstairs|upstairs)\b",
    re.ASCII,
)
_BY_WHOM = re.compile(r"[.?!]?\s[^\n\x1d\x1e]{0,20}\bby\s+[a-z .'&-]{2,40}\?", re.ASCII)
_WHAT_IS_ON = re.compile(r"\bwhat(?:'s|\s+is|\s+else\s+is)\s+(?:playing|showing|on)\b[^\n\x1d\x1e]{0,60}$", re.ASCII)
_SHOWN = re.compile(
    r"(?:'s)?(?:\s+[a-z]+){0,3}?(?:,|\s+(?:at|in|is\s+on|is\s+(?:playing|showing)))\s[^\n\x1d\x1e]{0,50}"
    r"\b[0-9]{1,2}(?::[0-9]{2})?\s?(?:[ap]\.?m|o'clock)",
    re.ASCII,
)
_ASKED = re.compile(r"\b(?:is|was)\s+(?:[a-z]+\s+){0,2}$", re.ASCII)
_ANY_GOOD = re.compile(
    r"(?:'s)?(?:\s+[a-z]+){0,2}?\s+(?:any\s+good|worth\s+(?:seeing|watching|reading|it))\b", re.ASCII
)
_OF_WORK = re.compile(
    r"\b(?:reviewers?|critics|reviews?|rated|movie|film|show|album|song|book|novel|watch(?:ed)?|saw\s+it|read\s+it)\b",
    re.ASCII,
)
_SOMEBODY = re.compile(r"\b(?:he|she|he's|she's|him|her|his|hers|they're)\b", re.ASCII)

# Goods whose price is asked.
_PRICED = re.compile(r"\bhow\s+much\s+(?:(?:is|are)\s+(?:the|an?|those|these|your)|are)\s+(?:[a-z]+\s+)?$", re.ASCII)
_ENDS = re.compile(r"\s*(?:[?.!,\n\x1d\x1e]|$)|\s+(?:now|each|apiece|then|per)\b", re.ASCII)

# Letters, as pilots and mechanics say them.
_LETTERS = frozenset(
    {"charlie", "india", "juliet", "juliett", "juliette", "mike", "oscar", "romeo", "sierra", "victor"}
)
_ALPHABET = _LETTERS | {
    "alfa", "alpha", "bravo", "delta", "echo", "foxtrot", "golf", "hotel", "kilo", "lima", "november", "papa", "quebec",
    "tango", "uniform", "whiskey", "whisky", "xray", "yankee", "zulu",
}  # fmt: skip
_WORD_BEFORE = re.compile(r"([a-z]+)[ -]$", re.ASCII)
_WORD_BEHIND = re.compile(r"[ -]([a-z]+)\b", re.ASCII)

# Sides of a building.
_SIDES = frozenset({"east", "north", "south", "west"})
_OF_BUILDINGS = re.compile(r"\s(?:wing|tower|ward|unit|bed|building|entrance|elevators?|lobby|annex)\b", re.ASCII)

# Countries and states that are also given names.
_REGION_BEFORE = re.compile(r"\b((?:(?:new|north|south|west) )?([a-z]+))(?:,|,? (?:or|and)) $", re.ASCII)
_REGION_BEHIND = re.compile(r",? (?:or|and) (([a-z]+)(?: [a-z]+)?)\b", re.ASCII)
_SOMEWHERE = re.compile(r"\b(?:in|near|through|across|somewhere|anywhere)(?:\s+[a-z]+)?,?\s+$", re.ASCII)
_GOES = re.compile(
    rf"\b(?:{one_of(('travel', 'traveled', 'travelled', 'traveling', 'travelling', 'travels'))}|trips?|been|"
    r"flights?(?:\s+[a-z]{0,2}\s?[0-9]+)?|fly|flying|flew|flown|emigrated|immigrated|deployed|relocated|returned)"
    r"\s+(?:back\s+)?to\s+$|\bborders?\s+with\s+$",
    re.ASCII,
)
_TEAM = re.compile(
    r"\b(?:team|side|squad|men|women|champions)\b[^.?!\n\x1d\x1e]{0,24}\b(?:beat|beats|beating|defeated|lost\s+to|"
    r"drew\s+with|tied\s+with|plays?|played|faces?|faced)\s+$",
    re.ASCII,
)

Work = tuple[int, str]  # the document, and what is called so


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without names that lists or capitals made of a work, goods, a letter, a side or a country."""
    works: set[Work] | None = None
    listed = list(claims)
    for claim in listed:
        if claim.finding.detector not in _AGAIN or len(claim.parts) > 1:
            yield claim
            continue
        if works is None:
            works = set(_works(transcript, listed))
        [(start, end)] = claim.parts
        if (transcript.document_at(start), transcript.folded[start:end]) in works:
            continue
        if claim.finding.detector not in _WEAK or not _is_nobodys(transcript, start, end):
            yield claim


def _around(transcript: Transcript, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a name within its document."""
    document = transcript.document_at(start)
    text, opening, close = transcript.folded, transcript.documents[document], transcript.document_end(document)
    return text[max(opening, start - _REACH) : start], text[end : min(close, end + _BEHIND)]


def _is_nobodys(transcript: Transcript, start: int, end: int) -> bool:
    before, behind = _around(transcript, start, end)
    said = transcript.folded[start:end]
    if "how" in before and _PRICED.search(before) and _ENDS.match(behind):
        return True
    if said in _LETTERS:
        beside = (_WORD_BEFORE.search(before), _WORD_BEHIND.match(behind))
        if any(word is not None and word[1] in _ALPHABET for word in beside):
            return True
    if said in _SIDES:
        return _OF_BUILDINGS.match(behind) is not None
    return bool(lexicon().of(said) & Bit.REGION) and _is_region(before, behind)


def _is_region(before: str, behind: str) -> bool:
    """Whether a country or state is one by what stands beside it: another one, a journey, a team that was beaten."""
    if _GOES.search(before) or _TEAM.search(before):
        return True
    earlier, later = _REGION_BEFORE.search(before), _REGION_BEHIND.match(behind)
    for other, opening in ((earlier, before[: earlier.start(1)] if earlier else ""), (later, before)):
        known = _named(other[1], other[2]) if other else 0
        if known & Bit.REGION and (not known & Bit.GIVEN or _SOMEWHERE.search(opening)):
            return True
    return False


def _named(phrase: str, word: str) -> int:
    """Return what is known of a region of two words, or of the one that stands beside the name."""
    both = lexicon().of(phrase)
    return both if both & Bit.REGION else lexicon().of(word)


def _works(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Work]:
    """Yield what is called like somebody and is played, shown or asked about in a conversation."""
    if not _OF_WORKS.can_occur(transcript.octets):
        return
    for claim in claims:
        if claim.finding.detector in _WEAK and len(claim.parts) == 1:
            [(start, end)] = claim.parts
            if _is_work(transcript, start, end):
                yield transcript.document_at(start), transcript.folded[start:end]


def _is_work(transcript: Transcript, start: int, end: int) -> bool:
    before, behind = _around(transcript, start, end)
    played = "play" in before or "queue" in before or "shuffle" in before
    if played and _PLAYED.search(before) and (_ON_SOMETHING.match(behind) or _BY_WHOM.search(_answer(transcript, end))):
        return True
    if _SHOWN.match(transcript.folded, end, end + _NEXT) and _is_on(transcript, start):
        return True
    if not (("good" in behind or "worth" in behind) and _ANY_GOOD.match(behind) and _ASKED.search(before)):
        return False
    answer = _answer(transcript, end)
    return _OF_WORK.search(answer) is not None and _SOMEBODY.search(answer) is None


def _is_on(transcript: Transcript, start: int) -> bool:
    """Whether the turn before a name asks what is on, or this one says so."""
    turn = transcript.turn_at(start)
    opening = transcript.stretches[max(0, turn - 1)].start
    return _WHAT_IS_ON.search(transcript.folded[opening:start].rpartition("?")[0] or "") is not None


def _answer(transcript: Transcript, end: int) -> str:
    """Return what is said right behind a name, at most to the end of the next turn."""
    turn = transcript.turn_at(end)
    last = transcript.stretches[min(turn + 1, len(transcript.stretches) - 1)]
    return transcript.folded[end : min(last.end, end + _NEXT)]
