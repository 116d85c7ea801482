"""Films, plays and songs that are called like a place: "two tickets for Fargo", "is Manchester by the Sea any good".

A listed place is one of them where it stands as such do, behind a ticket or "watch" or before where and when it is
shown, and films or songs are spoken of close by. What was a title once in a document is one again. Behind "in", "near"
or "to" a place stays a place.
"""

import re
from bisect import bisect_left

from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_SPOKEN_OF = Triggered(
    rb"\b(?:movies?|films?|screenings?|showtimes?|showings?|cinema|theat(?:er|re)|imax|soundtrack|album|songs?|playing|"
    rb"plays|directed|starring|reviewers?|reviews?|spotify|playlist|trailer|matinee|listen)\b",
    needs=(
        (
            "movie movies film films screening screenings showtime showtimes showing showings cinema theater theatre "
            "imax soundtrack album song songs playing plays directed starring reviewer reviewers review reviews "
            "spotify playlist trailer matinee listen"
        ),
    ),
)
_REACH = 200  # characters between a title and what tells of films
_BEFORE = re.compile(
    r"(?:\b(?:(?:tickets?|seats?)\s+for|(?:watch|watching|watched|seen|see|seeing|saw|play|heard\s+of|listen\s+to)|"
    r"(?:movie|film|song|track|show|musical)(?:\s+(?:called|is|named))?|(?:screenings?|showings?|trailer)\s+(?:of|for\s+the\s+film))|"
    r"[0-9]+\s+tickets?,)\s+[\"']?$",
    re.ASCII,
)
_ASKED = re.compile(r"\b(?:is|was)\s+[\"']?$", re.ASCII)
_BEHIND = re.compile(
    r"[\"']?,?\s+(?:at\s+(?:the\s+)?[a-z]|is\s+(?:playing|showing|on)|(?:any|worth|a)\s+(?:good|seeing|watching)\b|by\s+[a-z]|"
    r"(?:regular|imax|3d|matinee)\b|(?:starts|begins|plays)\b)",
    re.ASCII,
)
_GOOD = re.compile(
    r"(?:\s+[a-z']+){0,3}[\"']?\s+(?:any\s+good|worth\s+(?:it|seeing|watching)|still\s+playing|playing|showing|out)\b",
    re.ASCII,
)
_PLACED = re.compile(r"\b(?:in|near|to|from|around|of|at|outside|downtown|live|lives)\s+(?:the\s+)?$", re.ASCII)
_OPENS = re.compile(r"(?:^|[\x1d\x1e\n.:])\s*[\"']?$", re.ASCII)
_BESIDE = 40  # characters


class Titles:
    """Tells of the listed places of one transcript whether they are titles; asked in the order of the text."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._spoken_of_at = (
            [match.start() for match in _SPOKEN_OF.finditer(transcript.octets)]
            if _SPOKEN_OF.can_occur(transcript.octets)
            else []
        )
        self._known: set[tuple[int, str]] = set()

    def is_title(self, start: int, end: int) -> bool:
        """Return whether the listed place between two places is the title of something."""
        if not self._spoken_of_at:
            return False
        text = self._transcript.folded
        document = self._transcript.document_at(start)
        before = text[max(self._transcript.documents[document], start - _BESIDE) : start]
        name = (document, text[start:end])
        tickets = _BEFORE.search(before)
        if tickets is None and _PLACED.search(before):
            return False
        if name in self._known:
            return True
        behind = text[end : end + _BESIDE]
        shown = _OPENS.search(before) and _BEHIND.match(behind)
        asked = _ASKED.search(before) and _GOOD.match(behind)
        if not (tickets or shown or asked) or not self._is_spoken_of(start, document):
            return False
        self._known.add(name)
        return True

    def _is_spoken_of(self, start: int, document: int) -> bool:
        """Whether films or songs are spoken of close to a place, in its document."""
        at = bisect_left(self._spoken_of_at, max(start - _REACH, self._transcript.documents[document]))
        return at < len(self._spoken_of_at) and self._spoken_of_at[at] < min(
            start + _REACH, self._transcript.document_end(document)
        )
