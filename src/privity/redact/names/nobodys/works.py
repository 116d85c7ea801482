"""Films, plays, songs and books that are called like a person or a place: "the musical, Annie", "watch Fargo".

Lists and capitals make somebody or some place of such a name; what stands around it tells that it is a work. Of either
it does where the work is said to be called so, is played on a speaker, is shown at an hour where it was asked what is
on, or is judged by critics. Of a place less is enough, if films or songs are spoken of close by: "two tickets for
Henry" are his, "two tickets for Fargo" are for no town. What was played, shown or judged once in a document is a work
again; behind "in", "near" or "to" a place stays a place.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.names.nobodys.weak_rules import WEAK, WEAK_NAMES, WEAK_PLACES
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Needed, Triggered

_REACH = 72  # characters before a name that are looked at
_BEHIND = 48  # and behind it
_NEXT = 240  # characters of what is answered
_NEAR = 200  # characters between the name of a place and what tells of films

# Of persons and places.
_TOLD = Needed("play playing queue shuffle showing on good worth")
_KINDS = ("called", "theme", "musical", "opera", "ballet")  # of which `_CALLED` holds one
_CALLED = re.compile(
    r"(?:\b(?:musical|opera|ballet)(?:\s+(?:is|was|called)|'s|,|:)?|"
    r"\b(?:book|cartoon|film|movie|novel|play|series|show|sitcom)\s+called|\btheme(?:'s|\s+is|\s+was))\s+[\"']?$",
    re.ASCII,
)
_PLAYED = re.compile(
    r"\b(?:play|playing|queue(?:\s+up)?|shuffle)\s+(?:(?:me|us|the)\s+)?"
    r"(?:(?!(?:against|and|for|from|to|with)\b)[a-z]+\s+){0,2}$",  # "playing with grace in the living room"
    re.ASCII,
)
_ON_SOMETHING = re.compile(
    r"(?:\s+(?!(?:is|was|will|has|can)\b)[a-z]+){0,2}?\s+(?:on|in|through|over)\s+(?:the|my|our)\s+(?:[a-z]+\s+){0,2}"
    r"(?:speakers?|kitchen|bedroom|bathroom|living room|office|den|garage|basement|patio|stereo|sonos|echo|tv|car|"
    r"radio|headphones|downstairs|upstairs)\b",
    re.ASCII,
)
_BY_WHOM = re.compile(r"[.?!]?\s[^\n\x1d\x1e]{0,20}\bby\s+[a-z .'&-]{2,40}\?", re.ASCII)
_WHAT_IS_ON = re.compile(
    r"\bwhat(?:'s|\s+is|\s+else\s+is)\s+"
    r"(?:playing|showing|on(?=\s+(?:at|channel|screen|stage|tonight|tv)\b))\b[^\n\x1d\x1e]{0,60}$",  # not "for today"
    re.ASCII,
)
_SHOWN = re.compile(
    r"(?:'s)?(?:\s+[a-z]+){0,3}?(?:,|\s+(?:at|in|is\s+on|is\s+(?:playing|showing)))\s[^\n\x1d\x1e]{0,50}"
    r"\b[0-9]{1,2}(?::[0-9]{2})?\s?(?:[ap]\.?m|o'clock)",
    re.ASCII,
)
_ASKED = re.compile(r"\b(?:is|was)\s+(?:[a-z]+\s+){0,2}[\"']?$", re.ASCII)
_ANY_GOOD = re.compile(
    r"(?:'s)?(?:\s+[a-z]+){0,2}?\s+(?:any\s+good|worth\s+(?:seeing|watching|reading|it))\b", re.ASCII
)
_JUDGED = re.compile(
    r"\b(?:reviewers?|critics|movie|film|album|song|novel|(?:the|this|that)\s+(?:book|show)|watch(?:ed)?|(?:saw|read)\s+it)\b",
    re.ASCII,
)
_SOMEBODY = re.compile(r"\b(?:he|she|he's|she's|him|her|his|hers|they're)\b", re.ASCII)

# Of places alone.
_FILMS = (
    "movie movies film films screening screenings showtime showtimes showing showings cinema theater theatre imax "
    "soundtrack album song songs playing plays directed starring reviewer reviewers review reviews spotify playlist "
    "trailer matinee listen"
)
_SPOKEN_OF = Triggered(rf"\b(?:{_FILMS.replace(' ', '|')})\b".encode(), needs=(_FILMS,))
_REQUESTED = re.compile(
    r"(?:\b(?:(?:tickets?|seats?)\s+for|(?:watch|watching|watched|seen|see|seeing|saw|play|heard\s+of|listen\s+to)|"
    r"(?:movie|film|song|track|show|musical)(?:\s+(?:called|is|named))?|"
    r"(?:screenings?|showings?|trailer)\s+(?:of|for\s+the\s+film))|[0-9]+\s+tickets?,)\s+[\"']?$",
    re.ASCII,
)
_OPENS = re.compile(r"(?:^|[\x1d\x1e\n.:])\s*[\"']?$", re.ASCII)
_GOES_ON = re.compile(
    r"[\"']?,?\s+(?:at\s+(?:the\s+)?[a-z]|is\s+(?:playing|showing|on)|(?:any|worth|a)\s+(?:good|seeing|watching)\b|by\s+[a-z]|"
    r"(?:regular|imax|3d|matinee)\b|(?:starts|begins|plays)\b)",
    re.ASCII,
)
_STILL_ON = re.compile(
    r"(?:\s+[a-z']+){0,3}[\"']?\s+(?:any\s+good|worth\s+(?:it|seeing|watching)|still\s+playing|playing|showing|out)\b",
    re.ASCII,
)
_PLACED = re.compile(r"\b(?:in|near|to|from|around|of|at|outside|downtown|live|lives)\s+(?:the\s+)?$", re.ASCII)
_ANY = Group(_TOLD, _SPOKEN_OF)

Work = tuple[int, str]  # the document, and what is called so


def is_called_so(before: str) -> bool:
    """Return whether what stands before a name says that a work is called so: "the spring musical, Annie"."""
    return any(map(before.__contains__, _KINDS)) and _CALLED.search(before) is not None


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without names and places that lists or capitals made of a work."""
    if not _ANY.can_occur(transcript.octets):
        yield from claims
        return
    listed = list(claims)
    works = set(_works(transcript, listed))
    for claim in listed:
        if not works or claim.finding.detector not in WEAK or len(claim.parts) > 1:
            yield claim
            continue
        [(start, end)] = claim.parts
        again = (transcript.document_at(start), transcript.folded[start:end]) in works
        if not again or (claim.finding.detector in WEAK_PLACES and _is_placed(transcript.before(start, _REACH))):
            yield claim


def _works(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Work]:
    """Yield what is called like somebody or some place and is a work where it stands."""
    spoken_of: list[int] | None = None
    for claim in claims:
        place = claim.finding.detector in WEAK_PLACES
        if not (place or claim.finding.detector in WEAK_NAMES) or len(claim.parts) > 1:
            continue
        [(start, end)] = claim.parts
        is_work = _is_work(transcript, start, end)
        if place and not is_work:
            if spoken_of is None:
                spoken_of = [match.start() for match in _SPOKEN_OF.finditer(transcript.octets)]
            is_work = _is_spoken_of(transcript, start, spoken_of) and _is_asked_for(transcript, start, end)
        if is_work:
            yield transcript.document_at(start), transcript.folded[start:end]


def _is_work(transcript: Transcript, start: int, end: int) -> bool:
    """Whether what stands around a name tells that it is neither a person nor a place."""
    before, behind = transcript.before(start, _REACH), transcript.behind(end, _BEHIND)
    played = "play" in before or "queue" in before or "shuffle" in before
    if played and _PLAYED.search(before) and (_ON_SOMETHING.match(behind) or _BY_WHOM.search(_answer(transcript, end))):
        return True
    if _SHOWN.match(transcript.folded, end, end + _NEXT) and _is_on(transcript, start):
        return True
    if not (("good" in behind or "worth" in behind) and _ANY_GOOD.match(behind) and _ASKED.search(before)):
        return False
    answer = _answer(transcript, end)
    return _JUDGED.search(answer) is not None and _SOMEBODY.search(answer) is None


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


def _is_asked_for(transcript: Transcript, start: int, end: int) -> bool:
    """Whether a place stands as works do: behind a ticket or "watch", before where it is shown, in "is it any good"."""
    before, behind = transcript.before(start, _REACH), transcript.behind(end, _BEHIND)
    if _is_placed(before):
        return False
    if _REQUESTED.search(before) or (_OPENS.search(before) and _GOES_ON.match(behind)):
        return True
    return _ASKED.search(before) is not None and _STILL_ON.match(behind) is not None


def _is_placed(before: str) -> bool:
    """Whether what stands before a place says that it is one, and none of a film: "live in", but not "tickets for"."""
    return _PLACED.search(before) is not None and _REQUESTED.search(before) is None


def _is_spoken_of(transcript: Transcript, start: int, spoken_of: list[int]) -> bool:
    """Whether films or songs are spoken of close to a place, in its document."""
    document = transcript.document_at(start)
    at = bisect_left(spoken_of, max(start - _NEAR, transcript.documents[document]))
    return at < len(spoken_of) and spoken_of[at] < min(start + _NEAR, transcript.document_end(document))
