"""Words that announce what comes next: "card number", "date of birth", and those that say it is harmless, "room".

The phrases stand in `lists/cues.toml`. A cue governs a number when it is the nearest one before it in the same turn, or
in the turns just before (a question types its answer), or right behind it ("... is my card number"). A harmless cue
that is nearer wins.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

import ahocorasick_rs
import msgspec
from msgspec import Struct

from privity.redact.labels import Label
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of, packaged, vocabulary

REACH = 70  # characters between a cue and its value in one turn: "card number that I have here with me is ..."
_CODE_REACH = 240  # nobody has the security code at hand: the card is fetched, turned, held to the light
QUESTION_REACH = 160
QUESTION_TURNS = 4
_BEHIND_REACH = 30
PAYMENT_REACH = 360
"""Characters, about 60 words: the payment context of a card number."""
_BEHIND = re.compile(
    r"[\s,.]*(?:is|was|that's|that is|it's|and that's|those are|these are|that would be|would be)\s+"
    r"(?:the|my|her|his|our|their|your)?\s*$",
    re.ASCII,
)
_BESIDE = re.compile(r"[\s,.(]*(?:(?:for|as)\s+(?:the|my|your|his|her|that)\s+)?", re.ASCII)
_OF_STREETS = frozenset({"lane", "route", "highway", "exit"})
_LINKED = re.compile(
    r"(?:[\s#:.(=-]|\b(?:is|was|are|number|numbers|no|num|id|it's|its|that's|the|for|your|my|this|of|uh|um)\b)*",
    re.ASCII,
)
_NEGATED = re.compile(r"(?:not|isn't|don't have|no)\s+(?:a|an|the|my|your)?\s*$", re.ASCII)
_NUMERAL = one_of(vocabulary().number_words)
# "not my ssn 219456783": whoever says that it is none has still read out a number that may be one
_VALUE = re.compile(rf"[\s:#]*(?:(?:number|is|was)[\s:#]+)?(?:[0-9]{{3}}|(?:{_NUMERAL})\s+(?:{_NUMERAL})\s)", re.ASCII)
_THINGS_TOO = frozenset({"phone", "cell", "cell phone", "mobile", "mobile phone"})
_USED = re.compile(r"\b(?:with|of) (?:the|this|that|my|your|a) $", re.ASCII)  # "happy with your phone"
_OF_NUMBER = re.compile(r"\b(?:that|this|last|first|next|other|second|middle) $", re.ASCII)  # "let me redo that part"
_FILLERS = frozenset(word for phrase in vocabulary().fillers for word in phrase.split()) | {"or", "through"}
_VERBS = frozenset({"charged", "paid", "costs", "weighs", "press", "dial", "charge"})  # "my card 4111 was charged"
_NO_KIND = Bit.FUNCTION | Bit.NUMBER | Bit.DIGITS | Bit.CALENDAR
_SHORTEST_KIND = 3
_LONG_ANSWER = 9  # digits that are no number of an order
TRACKING = frozenset({"tracking", "tracking number"})
_COUNTED = frozenset({"percent", "percent off", "miles", "square feet"})  # they stand behind their number
SMALL = frozenset(
    {
        "room", "rooms", "room number", "rm", "floor", "flight", "flight number", "gate", "seat", "page", "chapter",
        "step", "dose", "dosage", "score", "temperature", "aisle", "booth", "terminal", "dock", "courtroom", "channel",
        "speed", "pulse", "heart rate", "breaths", "respirations", "oxygen", "size", "what time", "what year", "lane",
        "exit", "highway", "route", "bus", "train", "platform", "table", "level", "grade", "class", "episode", "season",
        "question", "option", "apgar", "weight", "height", "weighs", "blood pressure", "that game", "the game",
        "final score", "rating", "percent", "miles", "square feet", "extension", "ext", "counter", "lot", "lots",
        "press", "dial",
    }
)  # fmt: skip
"""What is harmless and has few digits: of nine that stand apart from it, it says nothing."""
"""What announces the numbers of parcels, which are longer than others that are harmless."""
ANY_CODE = frozenset({"code", "pin", "pin number", "pin code", "p i n", "p i n number", "p i n code"})
"""What announces the codes of doors and telephones too."""
_PAYMENT = frozenset({Label.CARD, Label.CVV, Label.EXPIRY})


class Cue(Struct, frozen=True, gc=False):
    """A phrase that announces identifiers of a kind; `label` is None where it says that what follows is harmless."""

    start: int
    end: int
    label: Label | None
    phrase: str


class _Announcement(Struct, frozen=True, forbid_unknown_fields=True):
    phrases: tuple[str, ...]
    least: int = 99


_ANNOUNCED = msgspec.toml.decode(packaged("privity.redact", "lists/cues.toml"), type=dict[str, _Announcement])
LEAST_DIGITS = {Label(name): cue.least for name, cue in _ANNOUNCED.items() if name != "HARMLESS"}
_MEANS = {
    phrase: None if name == "HARMLESS" else Label(name) for name, cue in _ANNOUNCED.items() for phrase in cue.phrases
}
_RIGHT_BEFORE = re.compile(
    rf"(?:\s*[#:,]|\s+(?:is|was|says|for|number|no\.?|[a-z]))*\s*(?:[0-9]|(?:{one_of(vocabulary().number_words)})\b)",
    re.ASCII,
)
# "SS#" announces a number, and so does the Canadian "SIN" right before one; the words alone are others, as those of
# "i need it for the new form", "it's on the dial", "text the receipt to".
_ENDS_ASKING = re.compile(r"(?:\s+please)?\s*[?.,]?\s*\x1e", re.ASCII)
_ONLY_BEFORE = {
    **dict.fromkeys(
        (
            "the last four",
            "last four",
            "the last 4",
            "last 4",
            "last four digits",
            "last 4 digits",
            "last four numbers",
            "last four of the",
            "the last four of the",
        ),
        _ENDS_ASKING,
    ),
    **dict.fromkeys(("lot", "the group", "your group", "my group"), _RIGHT_BEFORE),
    "rx": re.compile(r"(?<!\bmodel rx)(?<!\bmodels rx)", re.ASCII),
    "plates": re.compile(
        "|".join(rf"(?<=\b{whose} plates)" for whose in ("the", "my", "your", "his", "her", "their", "our", "its"))
        + f"|{_RIGHT_BEFORE.pattern}",
        re.ASCII,
    ),
    "soc": re.compile("|".join(rf"(?<=\b{whose} soc)" for whose in ("my", "your", "his", "her", "the")), re.ASCII),
    "form": _RIGHT_BEFORE,
    "cc": re.compile(r"(?!\s*:\s*[^\s0-9])", re.ASCII),  # of a letter: "Cc: hr@..."
    "code": re.compile(r"(?<!\bbar code)", re.ASCII),  # "it's above the bar code"
    "part": re.compile(
        "".join(rf"(?<!\b{which} part)" for which in ("last", "first", "middle", "second", "end")), re.ASCII
    ),
    "chart": re.compile(r"(?!\s+(?:of|for|review|reviewed|check|notes?)\b)", re.ASCII),
    "receipt": _RIGHT_BEFORE,
    "dial": _RIGHT_BEFORE,
    "ss": re.compile("#", re.ASCII),
    "mr": re.compile(r"\s?#", re.ASCII),
    "sin": re.compile(
        rf"(?:\s*[#:]|\s+(?:is|it's|number|no\.?))*\s*(?:[0-9]|{one_of(vocabulary().number_words)}\b)", re.ASCII
    ),
}
LETTERS_ALONE = frozenset(
    phrase for phrase in _ANNOUNCED["BANK_ACCOUNT"].phrases if {"swift", "bic"} & {*phrase.split()}
)
"""What announces codes of letters in which hardly a digit stands."""
_KINDLESS = frozenset({"number", "numbers"})
_MEANS |= dict.fromkeys(_KINDLESS)
_PHRASES = sorted(_MEANS)
# All phrases at once, each behind a blank; the possessive 's is a blank in the text that is searched.
_FINDER = ahocorasick_rs.AhoCorasick(
    [" " + phrase.replace("'s ", "   ") for phrase in _PHRASES],
    matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    implementation=ahocorasick_rs.Implementation.DFA,
)
_WIDE = re.compile(r"(?<=[a-z0-9])[ \t]{2,}(?=[a-z0-9])", re.ASCII)  # as tables and scans have them


def _narrowed(flat: str, wide: Sequence[re.Match[str]], first: int) -> tuple[str, Callable[[int], int]]:
    """Return a text with single blanks for wide ones, and what tells where a place of it was; `flat` has one more.

    The blank before a text of which `first` is the place takes the place of what stands before it.
    """
    parts: list[str] = []
    places, lost, at = [0], [0], 0
    for gap in wide:
        start, end = gap.start() - first + 1, gap.end() - first + 1
        parts += flat[at:start], " "
        at = end
        places.append(start + 1 - lost[-1])
        lost.append(lost[-1] + end - start - 1)
    parts.append(flat[at:])
    return "".join(parts), lambda place: place + lost[bisect_right(places, place) - 1]


class Cues:
    """The cues of one transcript, in order."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._cues = list(self._find())
        self._starts = [cue.start for cue in self._cues]
        self._payments = [cue.start for cue in self._cues if cue.label in _PAYMENT and cue.phrase not in ANY_CODE]

    def __iter__(self) -> Iterator[Cue]:
        return iter(self._cues)

    def _find(self) -> Iterator[Cue]:
        transcript, flat = self._transcript, self._transcript.words.flat
        for document, first in enumerate(transcript.documents):
            yield from self._within(first, f" {flat[first : transcript.document_end(document)]} ")

    def _within(self, first: int, flat: str) -> Iterator[Cue]:
        """Yield the cues of a document that begins at a place."""
        text = self._transcript.folded
        limit = first + len(flat) - 2
        blanks = text.find("  ", first, limit) >= 0 or text.find("\t", first, limit) >= 0
        wide = list(_WIDE.finditer(text, first, limit)) if blanks else []
        if wide:
            flat, narrow = _narrowed(flat, wide, first)
        for index, opens, closes in _FINDER.find_matches_as_indexes(flat):
            start, end = opens, closes
            phrase = _PHRASES[index]
            if flat[end] != " ":  # "card coded" announces no card code, and yet a card
                phrase = phrase.rpartition(" ")[0]
                end = start + 1 + len(phrase)
                if phrase not in _MEANS:
                    continue
            if wide:
                start, end = narrow(start + 1) - 1, narrow(end - 1) + 1
            start, end = start + first, end + first
            if phrase in _ONLY_BEFORE and not _ONLY_BEFORE[phrase].match(text, end - 1):
                continue
            if phrase in _KINDLESS:
                start, phrase = self._kind(start, phrase)  # the noun before it belongs to the cue
                if not phrase:
                    continue
            counted = phrase in _COUNTED and self._is_counted(start)
            used = phrase in _THINGS_TOO and _USED.search(text, max(0, start - 12), start)
            used = used or (phrase == "part" and _OF_NUMBER.search(text, max(0, start - 8), start))
            if not counted and not used and not self._is_negated(start, end - 1, phrase):
                yield Cue(start, end - 1, _MEANS.get(phrase, Label.ID), phrase)

    def _is_negated(self, start: int, end: int, phrase: str) -> bool:
        """Whether a cue is said not to be there, and no value stands right behind it all the same."""
        text = self._transcript.folded
        if not _NEGATED.search(text, max(0, start - 14), start):
            return False
        return _MEANS.get(phrase, Label.ID) is None or not _VALUE.match(text, end)

    def _is_counted(self, start: int) -> bool:
        """Whether a number stands right before a word that begins at a place."""
        words = self._transcript.words
        at = words.at_or_behind(start)
        return at > 0 and words.bits[at - 1] & NUMERAL != 0

    def _kind(self, start: int, phrase: str) -> tuple[int, str]:
        """Return where "parcel number" begins of which "number" begins at a place, and the whole; or ""."""
        words = self._transcript.words
        at = words.at_or_behind(start)
        if at == 0 or self._transcript.folded[words.ends[at - 1] : start].rstrip(" \t") not in {"", "'s"}:
            return start, ""
        noun, bits = words.said[at - 1], words.bits[at - 1]
        if len(noun) < _SHORTEST_KIND or noun in vocabulary().not_numbered or bits & _NO_KIND:
            return start, ""
        return words.starts[at - 1], f"{noun} {phrase}"

    def governing(self, start: int, end: int) -> Cue | None:
        """Return the cue that says what the number from `start` to `end` is, or None where no cue speaks."""
        turn_at, stretches = self._transcript.turn_at, self._transcript.stretches
        turn = turn_at(start)
        before = self._before(start)
        here = before is not None and before.start >= stretches[turn].start
        code = before is not None and before.label is Label.CVV and before.phrase not in ANY_CODE
        if before is not None and here and start - before.end <= (_CODE_REACH if code else REACH):
            if before.label is not None or not self._spent(before, start):
                return before
            return self._behind(end, stretches[turn].end)
        behind = self._behind(end, stretches[turn].end)
        if behind is not None or before is None or here or before.label is None:
            return behind
        if start - before.end > (_CODE_REACH if code else QUESTION_REACH):
            return None
        asked = turn_at(before.start)
        near = turn - asked <= QUESTION_TURNS and stretches[asked].document == stretches[turn].document
        return before if near else None

    def _spent(self, cue: Cue, start: int) -> bool:
        """Whether a harmless cue has had its number, and other things were said since: "order 0 and pills, call".

        A line below the one of both is something else too.
        """
        words, text = self._transcript.words, self._transcript.folded
        first, numbered = words.at_or_behind(cue.end), 0
        for at in range(first, words.at_or_behind(start)):
            number = words.bits[at] & NUMERAL
            if numbered and not number and len(words.said[at]) > 1 and words.said[at] not in _FILLERS:
                return True
            numbered = numbered or (words.ends[at] if number else 0)
        return numbered > 0 and "\n" in text[numbered:start] and "\n" not in text[cue.end : numbered]

    def asked_harmless(self, start: int, digits: int) -> bool:
        """Whether the turn before asked for something harmless last: "which room is it" types its answer too.

        It is so of few digits only, but where what is asked for is long.
        """
        before = self._before(start)
        if before is None or before.label is not None:
            return False
        stretches = self._transcript.stretches
        asked, turn = self._transcript.turn_at(before.start), self._transcript.turn_at(start)
        if asked != turn - 1 or stretches[asked].document != stretches[turn].document:
            return False
        return digits < _LONG_ANSWER or before.phrase in TRACKING

    def is_harmless_before(self, place: int) -> bool:
        """Whether a harmless cue stands right before a place: "confirmation" of "confirmation 6383 5603"."""
        cue = self._before(place)
        return cue is not None and cue.label is None and not self._transcript.folded[cue.end : place].strip(" #:,")

    def is_right_before(self, cue: Cue, place: int) -> bool:
        """Whether hardly anything stands between a cue and a place: "order number is", not "lane books, our phone"."""
        linked = cue.phrase not in _OF_STREETS and _LINKED.fullmatch(self._transcript.folded, cue.end, place)
        return bool(linked)

    def payment_near(self, start: int, end: int) -> bool:
        """Whether card, security code or expiry are spoken of within about 60 words (PCI detection context)."""
        at = bisect_left(self._payments, start - PAYMENT_REACH)
        if at >= len(self._payments) or self._payments[at] > end + PAYMENT_REACH:
            return False
        document = self._transcript.document_at(start)
        at = bisect_left(self._payments, self._transcript.documents[document], at)
        last = min(self._transcript.document_end(document), end + PAYMENT_REACH)
        return at < len(self._payments) and self._payments[at] <= last

    def within(self, start: int, end: int) -> list[Cue]:
        """Return the cues that begin from one place to before another."""
        return self._cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def between(self, start: int, end: int) -> bool:
        """Whether any cue stands between two places."""
        at = bisect_left(self._starts, start)
        return at < len(self._cues) and self._cues[at].end <= end

    def begins(self, place: int) -> bool:
        """Whether a cue begins at a place."""
        at = bisect_left(self._starts, place)
        return at < len(self._starts) and self._starts[at] == place

    def covered(self, start: int, end: int) -> bool:
        """Whether a place lies within a cue: "three" of "three digit code"."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._cues[at].end

    def _before(self, place: int) -> Cue | None:
        """The nearest cue that ends before a place; cues do not overlap, so only the last one can reach beyond it."""
        at = bisect_right(self._starts, place) - 1
        if at >= 0 and self._cues[at].end > place:
            at -= 1
        return self._cues[at] if at >= 0 else None

    def _behind(self, end: int, limit: int) -> Cue | None:
        at, text = bisect_left(self._starts, end), self._transcript.folded
        if at >= len(self._cues) or self._cues[at].start >= min(limit, end + _BEHIND_REACH):
            return None
        cue = self._cues[at]
        if cue.phrase in _VERBS:
            return None
        if cue.label is Label.CVV and cue.phrase not in ANY_CODE and _BESIDE.fullmatch(text, end, cue.start):
            return cue  # "04/27, 737 cvv": of no other number that is so short is it said so
        return cue if _BEHIND.fullmatch(text, end, cue.start) else None
