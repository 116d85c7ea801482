"""Numbers that are read in pieces behind their cue, with letters, restarts, and words that a recognizer misheard.

"four one time time zero one", "y y d ... y y d six six oh oh", "CKVM 318": what follows a question for a number is read
as a whole, from its first piece to its last, as long as hardly anything but pieces is said. The mask is generous by
intent: behind such a question a piece that stays readable gives a part of the number away.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.numbers.of_things import are_hours, is_of_thing
from privity.redact.reading.cues import Cue, Cues
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.misheard import HEARD_WITHIN
from privity.redact.reading.numerals import are_ranges
from privity.redact.reading.spoken_numbers import COUNTS, PLURALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_RECORDS = RECORDS | {Label.IBAN}
LABELS = _RECORDS | {Label.CARD, Label.SSN, Label.PHONE, Label.EXPIRY, Label.ZIP}
_VOCABULARY = vocabulary()
_LETTERS = Bit.SPELLING | Bit.CAPITALS
# Of these bits a word has one that may be a piece.
_POSSIBLE = dict.fromkeys(LABELS, NUMERAL) | dict.fromkeys(_RECORDS, NUMERAL | _LETTERS)
_POSSIBLE[Label.EXPIRY] |= Bit.CALENDAR
_TURNS = 6  # behind a question
_TURNS_MORE = 3  # behind each piece
_MOST_TURNS = 20
_LEAST = 3  # pieces
_LEAST_ALONE = 2  # pieces that are all of a turn
_MOST_WORDS = 4  # between two pieces
_LONGEST_WORD = 4  # letters of one that was misheard
_LONGEST_PREFIX = 4  # letters that are read before the digits
_BREAK = 4  # turns between the first piece and the next
_LONGEST_CODE = 5  # capital letters that open a record number
_MOST = 60  # words of a turn that are looked at
_BETWEEN = frozenset(word for phrase in _VOCABULARY.fillers for word in phrase.split()) | {
    "as", "in", "like", "then", "shoot", "followed", "by", "gosh",
}  # fmt: skip
_OPENS = _BETWEEN - {"a", "i"} | {"it", "is", "was", "that", "the", "says", "number"}
_BETWEEN_LETTERS = frozenset({"a", "i"})
_ENDS = frozenset(
    {
        "about", "all", "an", "are", "at", "back", "be", "boy", "but", "by", "call", "can", "cost", "date", "did",
        "do", "does", "due", "from", "get", "give", "got", "had", "has", "have", "he", "her", "him", "his", "how",
        "i'll", "i'm", "if", "it", "just", "let", "me", "my", "need", "not", "now", "off", "on", "one's", "only",
        "or", "our", "out", "owe", "paid", "pay", "room", "said", "same", "say", "says", "see", "she", "that",
        "the", "them", "they", "this", "till", "too", "up", "us", "use", "was", "we", "what", "when", "who", "why",
        "will", "with", "yet", "you", "your",
    }
)  # fmt: skip
_SPANS = frozenset(
    {"day", "days", "week", "weeks", "hours", "minutes", "months", "business"}
)  # "in five to seven days"
_FEW = 2  # pieces that say how long
_UNITS_SPELLED = (["a", "m"], ["p", "m"], ["m", "g"], ["m", "l"], ["c", "c"])
_BY = frozenset({"by", "before", "after", "until", "till"})  # and then a time of day
_MEASURES = frozenset({"point", "over"})  # "one twenty five over sixty five"
_CREDITS = frozenset({"credit", "debit"})  # "i can credit nineteen ninety nine"
_SCALES = frozenset({"hundred", "thousand"})
_LONGEST_AMOUNT = 6  # words
_LONGEST_PRICE = 4  # words
_TENS = frozenset({"ten", "eleven", "twelve"})
_SIGNS = frozenset(",.;:?!")
_NEVER_WITHIN = frozenset('\n$|";{}')
_COUNTED = frozenset(
    {"new", "this", "that", "the", "another", "which", "last", "only", "good", "best", "right", "other"}
)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-5][0-9]\s?[ap]\.?m\b", re.ASCII)
_COMPLETE = re.compile(r"(?:\s?[#:]|\s(?:is|no\.?|number))*\s?([a-z]{0,4}[0-9][0-9a-z-]{4,})[.;)](?:\s|$)", re.ASCII)
_LEAST_COMPLETE = 6  # digits
_ONE_OF = frozenset({"word", "moment", "second", "sec", "minute", "more", "thing", "of"})


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return what is read in pieces behind the cues of numbers, in their turn and in those that answer."""
    every = list(cues)
    turn, lines = -1, False
    for at, cue in enumerate(every):
        if cue.label is not None and cue.label in LABELS and cue.phrase not in _CREDITS:
            asked = transcript.turn_at(cue.start)
            if asked != turn:  # looked at once for all cues of a turn
                turn, lines = asked, _in_lines(transcript, asked)
            for claim in _behind(transcript, cue, cue.label, _limit(transcript, every, at), lines=lines):
                if not _of_something_else(transcript, cues, claim.parts[0][0]):
                    yield claim


def _of_something_else(transcript: Transcript, cues: Cues, start: int) -> bool:
    """Whether a harmless word stands right before a number: "he's in room two oh five"."""
    at = transcript.words.at_or_behind(start) - 1
    named = cues.within(transcript.words.starts[at], start) if at >= 0 else []
    return any(cue.label is None and cue.end == transcript.words.end(at) for cue in named)


def _in_lines(transcript: Transcript, turn: int) -> bool:
    """Whether a turn is a document of several lines."""
    start, end = transcript.stretches[turn].start, transcript.stretches[turn].end
    alone = start in transcript.documents and transcript.next_turn(start) is None
    return alone and "\n" in transcript.cased[start:end]


def _is_complete(transcript: Transcript, cue: Cue) -> bool:
    """Whether all that one turn says of a number is written right behind its cue, where the sentence ends with it."""
    value = _COMPLETE.match(transcript.folded, cue.end)
    whole = value is not None and sum(map(str.isdigit, value[1])) >= _LEAST_COMPLETE
    return (
        whole
        and transcript.stretches[transcript.turn_at(cue.start)].start in transcript.documents
        and (transcript.next_turn(cue.start) is None)
    )


def _limit(transcript: Transcript, cues: list[Cue], at: int) -> int:
    """Return where the next cue ends what one announced; "we need it for the gate" in the same turn does not."""
    turn = transcript.turn_at(cues[at].start)
    for behind in range(at + 1, len(cues)):
        cue = cues[behind]
        said_too = cue.label is None and " " not in cue.phrase and transcript.turn_at(cue.start) == turn
        if not said_too:
            return cue.start
    return len(transcript.folded)


def _behind(transcript: Transcript, cue: Cue, label: Label, limit: int, *, lines: bool) -> Iterator[Claim]:
    words, stretches = transcript.words, transcript.stretches
    asked = transcript.turn_at(cue.start)
    pending: list[tuple[int, int]] = []
    began = -_BREAK - 1  # the turn in which the last piece stood
    complete = lines or (label in RECORDS and _is_complete(transcript, cue))
    if complete and not words.bits[words.at_or_behind(cue.start)] & Bit.PLAIN:
        return  # notes and letters, in which other numbers follow
    last_turn, possible = asked + _TURNS, _POSSIBLE[label].__and__
    for turn in range(asked, min(asked + _MOST_TURNS + 1, len(stretches))):
        if turn > last_turn or stretches[turn].document != stretches[asked].document:
            return
        start, end = max(cue.end, stretches[turn].start), min(limit, stretches[turn].end)
        if limit <= start:
            return
        first = words.at_or_behind(start)
        behind = min(words.at_or_behind(end), first + _MOST)
        if not pending and not any(map(possible, words.bits[first:behind])):
            continue
        read = _Reading(transcript, label, first, behind)
        found = list(read.sequences(sure=turn <= asked + 1))
        opening = read.alone() if not found and limit >= stretches[turn].end else None
        begun = [opening] if opening is not None else []
        if begun and turn - began > _BREAK:
            pending, began = begun, turn  # "K K", and the digits in one of the next turns
            continue
        for begins, last in (*pending, *found, *begun):
            why = f'cue "{cue.phrase}", then pieces of a number'
            part = (words.starts[begins], words.end(last))
            yield Claim((part,), finding(label, "read-in-pieces", why, 0.45, "context", cue.phrase))
        if found:
            pending, began, last_turn = [], turn, max(last_turn, turn + _TURNS_MORE)


class _Reading:
    """The words of one turn, from index `first` to before `behind`, as pieces of a number."""

    def __init__(self, transcript: Transcript, label: Label, first: int, behind: int) -> None:
        self._words = transcript.words
        self._said, self._bits = self._words.said, self._words.bits
        self._cased, self._folded = transcript.cased, transcript.folded
        self._first, self._behind = first, behind
        self._dated = label is Label.EXPIRY
        self._plate = label in {Label.VEHICLE, Label.LICENSE}
        self._letters = label in _RECORDS
        self._possible = _POSSIBLE[label]

    def sequences(self, *, sure: bool) -> Iterator[tuple[int, int]]:
        """Yield the first and the last word of what is read; not `sure` of a turn, it must hold nothing else."""
        at = self._first
        others = 0
        found: list[tuple[int, int, int]] = []
        while at < self._behind:
            if not self._bits[at] & self._possible or not self._is_piece(at):
                others += self._said[at] not in _BETWEEN and not self._explains(at)
                if not sure and others > 1:
                    return
                at += 1
                continue
            last, pieces = self._read(at)
            found.append((at, last, pieces))
            at = last + 1
        least = _LEAST if others else _LEAST_ALONE
        for begins, last, pieces in found:
            later = begins > found[0][0]
            if (
                pieces >= least
                and not self._is_amount(begins, last)
                and not (later and self._may_be_price(begins, last))
            ):
                yield begins, last

    def alone(self) -> tuple[int, int] | None:
        """Return the first and the last word of letters, or of one digit, that are all of a turn, or None."""
        if not self._letters:
            return None
        pieces: list[int] = []
        for at in range(self._first, self._behind):
            if self._explains(at) or self._said[at] in _OPENS:
                continue
            capitals = self._bits[at] & Bit.CAPITALS and not self._bits[at] & (Bit.FUNCTION | Bit.PLAIN)
            letter = self._bits[at] & Bit.SPELLING and self._said[at].isalpha()
            longest = _LONGEST_CODE if self._plate else _LONGEST_PREFIX
            if not (letter or (capitals and len(self._said[at]) <= longest) or self._is_number(at)):
                return None
            pieces.append(at)
        digits = sum(map(self._is_number, pieces)) * (1 if self._plate else 2)
        if (
            not 0 < len(pieces) <= _LONGEST_PREFIX
            or digits > 1
            or _BETWEEN_LETTERS.issuperset(map(self._said.__getitem__, pieces))
        ):
            return None
        if is_of_thing(self._words, pieces[0], pieces[-1]):
            return None
        return pieces[0], max(pieces[-1], self._explanation(pieces[-1]))

    def _read(self, first: int) -> tuple[int, int]:
        """Return the last piece of what is read from a word on, and how many pieces it has."""
        last, pieces, digits = self._explanation(first), self._weight(first), self._is_number(first)
        at = last + 1
        while at < self._behind and at - last <= _MOST_WORDS:
            word = self._said[at]
            between = self._cased[self._words.end(at - 1) : self._words.starts[at]]
            if not _NEVER_WITHIN.isdisjoint(between) or (")" in between and self._opened_before(first, at)):
                break
            if between[:1] in _SIGNS and word not in _BETWEEN and not self._is_piece(at) and self._written(at):
                break  # "MRN 480213, gout w/ K 5.1"
            if self._is_piece(at) and (explains := self._explanation(at)) > at:
                last, pieces, at = explains, pieces + _LEAST_ALONE, explains + 1
                continue
            if self._is_piece(at):
                last, pieces, digits = at, pieces + self._weight(at), digits or self._is_number(at)
            elif word in HEARD_WITHIN and pieces >= _LEAST_ALONE:
                last = at
            elif (
                word in _ENDS
                or (word in _SPANS and pieces <= _FEW)
                or (len(word) > _LONGEST_WORD and word not in _BETWEEN and not self._explains(at))
            ):
                break
            at += 1
        model = not digits and self._words.beside(first, -1) in {"a", "an", "the"}  # "the c r v"
        return last, pieces if (digits or pieces >= _LEAST) and not model else 0

    def _written(self, at: int) -> bool:
        """Whether signs divide what is said, for somebody wrote it."""
        return not self._bits[at] & Bit.PLAIN

    def _opened_before(self, first: int, at: int) -> bool:
        """Whether a parenthesis that closes before a word was opened before what is read: "(MRN 750938), K 5.8"."""
        return "(" not in self._cased[max(0, self._words.starts[first] - 1) : self._words.starts[at]]

    def _explanation(self, at: int) -> int:
        """Return the word that explains a letter, "donut" of "d as in in donut", or the letter itself."""
        letter, said = self._said[at], self._said
        if len(letter) > 1 or said[at + 1 : at + 3] != ["as", "in"]:
            return at
        near = (behind for behind in range(at + 3, min(at + 5, self._behind)) if said[behind][0] == letter)
        return next(near, at)

    def _weight(self, at: int) -> int:
        """How many pieces a word counts as: letters that open a code, or are explained, leave less doubt."""
        if self._is_number(at) or len(self._said[at]) > 1:
            return 1 + (not self._is_number(at))
        behind = self._said[at + 1 : at + 4]
        explained = behind[:2] == ["as", "in"] or (behind[:1] in (["for"], ["like"]) and behind[1:2] != [])
        return _LEAST_ALONE if explained else 1

    def _is_number(self, at: int) -> bool:
        return self._bits[at] & NUMERAL != 0

    def _is_piece(self, at: int) -> bool:
        bits, word = self._bits[at], self._said[at]
        if bits & NUMERAL or (self._dated and bits & Bit.CALENDAR):
            counted = word == "one" and self._words.beside(at, -1) in _COUNTED
            counted = counted or (word == "one" and self._words.beside(at, 1) in _ONE_OF)
            counted = counted or (word in PLURALS and self._words.beside(at, -1) not in COUNTS)
            return word not in HEARD_WITHIN and not counted
        if not self._letters:
            return False
        if bits & Bit.SPELLING and len(word) > 1:
            return self._is_said_letter(at)
        if len(word) == 1:
            if word == "e" and self._words.beside(at, 1) == "mail":
                return False
            return word not in _BETWEEN_LETTERS or self._is_letter(at)
        opens = bits & Bit.CAPITALS and len(word) <= _LONGEST_CODE and not bits & (Bit.WORD | Bit.FUNCTION)
        return bool(opens) and at + 1 < self._behind and self._is_number(at + 1)  # "CKVM 318"

    def _is_said_letter(self, at: int) -> bool:
        """Whether a word that stands for a letter is read: "four echo", "golf uniform whiskey"."""
        beside = (index for index in (at - 1, at + 1) if self._first <= index < self._behind)
        return any(self._is_number(index) or self._bits[index] & Bit.SPELLING for index in beside)

    def _is_letter(self, at: int) -> bool:
        """Whether "a" or "i" is a letter that is read: beside another one, or a number."""
        beside = [
            index
            for index in (at - 1, at + 1)
            if self._first <= index < self._behind and (len(self._said[index]) == 1 or self._is_number(index))
        ]
        ends = self._said[at] == "a" and at + 1 == self._behind and at - 1 in beside  # "... seven four a", and no more
        return len(beside) > 1 or at + 1 in beside or ends

    def _explains(self, at: int) -> bool:
        """Whether a word explains a letter: "k as in kilo"."""
        if at <= self._first + 1 or self._said[at - 1] != "in":
            return at > self._first and self._said[at - 1] in {"for", "like"}
        return len(self._said[at - 2]) == 1 or self._said[at - 2] in {"as", "is"}

    def _may_be_price(self, first: int, last: int) -> bool:
        """Whether a few words that follow a number may be an amount or a time: "twelve ninety nine"."""
        said = self._said[first : last + 1]
        return len(said) <= _LONGEST_PRICE and any(word in _TENS or word.endswith(("teen", "ty")) for word in said)

    def _is_amount(self, first: int, last: int) -> bool:
        words = self._words
        said = words.said[first : last + 1]
        start = words.starts[first]
        if are_ranges(self._folded, start, words.ends[last]) or _CLOCK.match(self._folded, start):
            return True
        if are_hours(said, words.beside(first, -1)) or is_of_thing(words, first, last):
            return True
        if said == ["a", "one", "c"] or (words.beside(first, -1) in _BY and len(said) <= _LONGEST_PRICE):
            return True
        if said[-2:] in _UNITS_SPELLED or (said[-1] in {"am", "pm"} and len(said) <= _LONGEST_PRICE):
            return True
        scaled = not _SCALES.isdisjoint(said) and len(said) <= _LONGEST_AMOUNT
        if scaled or not _MEASURES.isdisjoint(said) or (len(said) == _LEAST and said[1] in {"to", "or", "and"}):
            return True
        follows = words.beside(last, 1)
        near = follows != "" and words.starts[last + 1] - words.end(last) <= 1
        money = self._cased[max(0, words.starts[first] - 1) : words.starts[first]] == "$"
        return (
            money
            or words.beside(last, 1) == "over"
            or (near and (follows in _VOCABULARY.units or (follows in {"a", "p"} and last > first)))
        )
