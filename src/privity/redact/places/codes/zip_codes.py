"""ZIP codes behind their state or city, maybe some turns later, "dayton ohio / okay / four five four five three".

Five or nine digits close the address there, whatever the other one says in between; a number of another length is none.
Where a ZIP code was asked for, or its state stands before it, one of its digits may have been heard as another word:
"eight zero five to eight", "free one four six seven".
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from privity.redact.claims import Claim
from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import LISTS, MOST_NAMES, StreetWords
from privity.redact.reading.cues import Cues
from privity.redact.reading.folding import TURN_BREAK
from privity.redact.reading.lexicon import NUMERAL, Asked, Bit
from privity.redact.reading.misheard import HOMOPHONES, among_numbers
from privity.redact.reading.small_words import AN_URGE, URGES
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, PLURALS, UNITS, spoken_digits
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Needed, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

# The last word of each, "north dakota five eight one oh two", but not "quebec oh five": it is spelled with.
_LAST_WORDS = LISTS.states | LISTS.states_named_too | {state.split()[-1] for state in LISTS.states_of_words}
_STATES = _LAST_WORDS - vocabulary().spelling_words
_OPENS = "uh|um|er|and|then|the|zip|zip code|code|postal code|is|it's|that's|so"
_SAID = Triggered(
    (
        rf"\b(?:{'|'.join(sorted(_STATES))})\b(?:[\s.,?!\x1e]+(?:{AN_URGE}|huh|{_OPENS})\b){{0,8}}[\s.,?!\x1e]+"
        rf"(?:[0-9]|(?:{one_of(NUMBER_WORDS)})\b)"
    ).encode(),
    needs=(" ".join(sorted(_STATES)), A_NUMBER),
)
_ASKED = Triggered(rb"\bzip(?:\s+codes?)?\b", needs=("zip",))
_A_NUMBER = Needed(A_NUMBER)
SAID = Group(_ASKED, _A_NUMBER)
"""Without these there is no ZIP code in a text."""

_TOWN = Asked(lambda bits: bits & Bit.KNOWN_PLACE != 0 and not bits & (Bit.FUNCTION | Bit.FREQUENT_GIVEN))
_SMALL = frozenset(" ".join(URGES).split() + _OPENS.replace("|", " ").split()) | {
    "huh", "ma'am", "sir", "correct", "exactly", "oh", "yup", "now",
}  # fmt: skip
_BEFORE_TOWN = _SMALL | {"in", "and", "that's", "that", "is", "it's", "city"}
_NO_TOWNS = LISTS.no_names | LISTS.unit_words
# What digits of a ZIP code are taken for; beside four others nothing else can be meant.
_MISHEARD: Final = {"free": "3", "tree": "3", "sex": "6", "to": "2", "too": "2", "for": "4", "won": "1", "ate": "8"}
_TIMES: Final = {"double": 2, "triple": 3}
_LENGTHS = frozenset({5, 9})
_AND_FOUR = re.compile(r"-[0-9]{4}\b", re.ASCII)
_SHORT = 5
_MOST_TURNS = 4
_MOST_SMALL = 8  # words between a place and its code
_FAR = 140  # characters between a question for it and a code that something else was said before
_LONGEST = 12  # words
_ZIP = finding(Label.ZIP, "zip-behind-state", "five digits in a turn behind that of a state", 0.86, "context")
_BEHIND_PLACE = finding(Label.ZIP, "zip-behind-place", "five digits in a turn behind that of a place", 0.8, "context")
_ANSWERED = finding(Label.ZIP, "zip-answered", "five digits where a ZIP code was asked for", 0.8, "context")


def claims(transcript: Transcript, read: StreetWords, cues: Cues, places: Iterable[int]) -> Iterator[Claim]:
    """Return the ZIP codes behind states, towns and `places`, which is where these end, in whatever turn they come."""
    words, codes = transcript.words, _Codes(transcript, read)
    for match in _SAID.finditer(transcript.octets):
        at = words.at_or_behind(match.end()) - 1
        if match[0].count(TURN_BREAK.encode()) <= _MOST_TURNS and words.bits[at] & NUMERAL:
            yield from codes.at(at, _ZIP, misheard=True)
    for state in words.where_said(_STATES):
        if (at := codes.behind_aside(state)) > state:
            yield from codes.at(at, _ZIP, misheard=False)
    for match in _ASKED.finditer(transcript.octets):
        at = codes.next_number(words.at_or_behind(match.end()), match.end() + _FAR)
        if at and not cues.between(match.end(), words.starts[at]):
            yield from codes.at(at, _ANSWERED, misheard=True)
    if not _A_NUMBER.can_occur(transcript.octets):
        return
    behind = {at + 1 for at in words.where(_TOWN)} | {words.at_or_behind(end) for end in places}
    for first in sorted(behind):
        at = codes.beyond(first)
        if at > first:
            yield from codes.at(at, _BEHIND_PLACE, misheard=False)


class _Codes:
    """Reads the codes of one transcript; a place is the index of a word."""

    def __init__(self, transcript: Transcript, read: StreetWords) -> None:
        self._transcript, self._read = transcript, read
        self._words = transcript.words
        self._count = len(self._words.said)

    def at(self, at: int, why: Finding, *, misheard: bool) -> Iterator[Claim]:
        """Yield the code that begins at a word, where nothing goes on with its digits."""
        end, digits = self._digits(at, misheard=misheard)
        if len(digits) in _LENGTHS:
            behind = self._words.end(end - 1)
            and_four = _AND_FOUR.match(self._transcript.folded, behind) if len(digits) == _SHORT else None
            yield Claim(((self._words.starts[at], and_four.end() if and_four else behind),), why)

    def _digits(self, at: int, *, misheard: bool) -> tuple[int, str]:
        words, digits, end, wrong = self._words, "", at, 0
        while end < self._count and end - at < _LONGEST and (end == at or self._read.adjoins(end)):
            word = words.said[end]
            if word in _TIMES and self._read.adjoins(end + 1) and len(spoken_digits(words.said[end + 1])) == 1:
                digits, end = digits + spoken_digits(words.said[end + 1]) * _TIMES[word], end + 2
                continue
            heard = word not in HOMOPHONES or among_numbers(words, end)
            piece = word if word.isdigit() else (heard and spoken_digits(word)) or PLURALS.get(word, "")
            if not piece and misheard and len(digits) < _SHORT and self._is_misheard(end):
                piece, wrong = _MISHEARD[word], wrong + 1
            if not piece:
                break
            tens = len(digits) > 1 and digits[-1] == "0" and words.said[end - 1].endswith("ty")
            digits = digits[:-1] + piece if tens and word in UNITS and piece != "0" else digits + piece
            end += 1
        return (end, digits) if wrong < 2 else (at, "")

    def _is_misheard(self, at: int) -> bool:
        """Whether a word stands where a digit should: beside a number."""
        word = self._words.said[at]
        if word not in _MISHEARD:
            return False
        before = self._read.adjoins(at) and self._words.bits[at - 1] & NUMERAL
        behind = at + 1 < self._count and self._read.adjoins(at + 1) and self._words.bits[at + 1] & NUMERAL
        return bool(before or behind) if word in {"free", "sex"} else bool(before and behind)

    def next_number(self, at: int, limit: int) -> int:
        """Return the next number word, or a word that was heard for one, before a place of the same document; or 0."""
        document = self._transcript.document_at(min(limit, self._words.starts[at])) if at < self._count else 0
        while at < self._count and self._words.starts[at] < limit:
            if self._transcript.document_at(self._words.starts[at]) != document:
                return 0
            if self._words.bits[at] & NUMERAL or (self._words.said[at] in {"free", "sex"} and self._is_misheard(at)):
                return at
            at += 1
        return 0

    def behind_aside(self, state: int) -> int:
        """Return the number that opens the second turn behind a state that closes its own, or the state itself."""
        turns, starts = self._transcript.stretches, self._words.starts
        own = self._transcript.turn_at(starts[state])
        if own + 2 >= len(turns) or turns[own + 2].document != turns[own].document:
            return state
        closes = state + 1 >= self._count or starts[state + 1] >= turns[own].end
        at = self._words.at_or_behind(turns[own + 2].start)
        return at if closes and at < self._count and self._words.bits[at] & NUMERAL else state

    def beyond(self, first: int) -> int:
        """Return the number behind small words, and maybe a town, that follow a place; or `first`."""
        if first >= self._count or first == 0:
            return first
        at, starts = self._past_small(first), self._words.starts
        town = at
        while town - at < MOST_NAMES and town < self._count and self._names_town(town):
            town += 1
        if town > at and any(self._words.bits[i] & (Bit.PLACE | Bit.UNKNOWN) for i in range(at, town)):
            at = self._past_small(town)
        if at == first or at >= self._count or not self._words.bits[at] & NUMERAL:
            return first
        turns = self._transcript.turn_at(starts[at]) - self._transcript.turn_at(starts[first - 1])
        same = self._transcript.document_at(starts[at]) == self._transcript.document_at(starts[first - 1])
        return at if same and turns <= _MOST_TURNS else first

    def _past_small(self, at: int) -> int:
        first = at
        while at < self._count and at - first < _MOST_SMALL and self._words.said[at] in _BEFORE_TOWN:
            at += 1
        return at

    def _names_town(self, at: int) -> bool:
        return self._read.may_name(at) and self._words.said[at] not in _NO_TOWNS
