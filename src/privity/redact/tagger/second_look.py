"""What the tagger makes of what the rules found: it finds what they missed, and lets go what they hid for little.

The rules come first. What they are sure of stays, and so does what a policy names, cards, bank and social security
numbers, secrets, and more than a few digits: of other claims those words are let go that the tagger takes for nobody's,
at their edges or all of them. What it finds beside the claims is hidden, unless words say that a number is harmless.
It has learned English, and is not asked of other languages.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.languages.readable import Reading, windows
from privity.redact.reading.cues import Cues
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.misheard import HEARD_WITHIN, HOMOPHONES
from privity.redact.reading.spoken_numbers import digits_said
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.vocabulary import vocabulary
from privity.redact.tagger.seen import Numbers, Seen
from privity.redact.tagger.weights import KINDS, Weights

NEEDS: Final = frozenset({Label.NAME, Label.ADDRESS, Label.LOCATION, Label.DATE, Label.PHONE, Label.ID})
"""The labels that have to be looked for: the tagger judges beside all rules, or not at all."""

_FINDS = 0.2  # how likely a word has to identify somebody in talk
_FINDS_OTHERWISE = 0.4  # in writing, where capitals and punctuation tell the rules more, and a word of the dictionary
_FINDS_MONTH, _FINDS_FIGURE = 0.7, 0.5  # of a month, and of one or two digits as a place or date, by themselves
_FIGURE = 2  # digits
_MOSTLY = 0.2  # the pieces of a code on average
_LETS_GO = 0.3  # how likely a word may identify somebody that is let go
_LETS_GO_NAME, _LETS_GO_ONLY = 0.03, 0.005  # one that may be a name too, and one that is nothing else in any list
_AT_ONCE = 4096  # words, so that much text takes no more memory than some
_FEWEST = 4  # words of a text: fewer have nothing around them
_SURE = 0.96  # scores from which on a rule is
_FEW_DIGITS = 6
_LONGEST = 24  # words of one value
_STAYS = frozenset(
    {Label.IBAN, Label.PASSWORD, Label.EMAIL, Label.URL, Label.IP, Label.OTHER_LANGUAGE, Label.UNCERTAIN}
)
_IN_WORDS = frozenset({Label.NAME, Label.ADDRESS, Label.LOCATION})
_IN_DIGITS = frozenset({Label.CARD, Label.CVV, Label.EXPIRY, Label.SSN, Label.BANK_ACCOUNT})
_OF_HOUSES = frozenset({"facility", "practice", "station", "named-building"})  # of which authors have no one mind
_WITHIN = frozenset({"uh", "um", "er", "erm", "and", "then", "the", "of", "dash", "dot"})  # of one number
_MISHEARD = frozenset({*HOMOPHONES, *HEARD_WITHIN})
_PIECE = NUMERAL | Bit.SPELLING | Bit.SIGN
_SMALL = Bit.FUNCTION | Bit.TITLE
_APART = 3  # characters between words of one value, at most
_JOINS = frozenset("-./_")
_OTHERWISE = 0.9  # how innocent a piece of a code has to be to be none
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_UNITS = vocabulary().units
_NAME, _PLACE, _DATE, _NUMBER = range(1, len(KINDS))
_LABELS = {_NAME: Label.NAME, _PLACE: Label.LOCATION, _DATE: Label.DATE, _NUMBER: Label.ID}


class SecondLook:
    """Judges what the rules found; where it `lets_go` of nothing it only finds more, as Safe Harbor asks for."""

    def __init__(self, weights: Weights, *, lets_go: bool = True) -> None:
        self._weights, self._lets_go = weights, lets_go

    def judged(self, transcript: Transcript, cues: Cues, claims: list[Claim]) -> tuple[list[Claim], list[Claim]]:
        """Return what is left of claims, which do not overlap, and what the tagger finds beside them."""
        words, weights = transcript.words, self._weights
        plain = list(map(weights.plain.__contains__, words.said))
        if not claims and all(plain):
            return claims, []
        seen = Seen(transcript, claims)
        hidden = seen.labels != 0
        judges = (~np.array(plain, bool) | hidden) & (seen.company >= _FEWEST)
        for window in transcript.once(windows):
            judges[window.first : window.behind] &= window.reading is Reading.ENGLISH
        [asked] = judges.nonzero()
        if not len(asked):
            return claims, []
        innocent = (~hidden).astype(np.float32)
        kinds = np.full(len(words.said), _NUMBER, np.int8)  # what is not asked about is at most a piece of a code
        for first in range(0, len(asked), _AT_ONCE):
            some = asked[first : first + _AT_ONCE]
            shares = weights.shares(seen.slots(some))
            innocent[some], kinds[some] = shares[:, 0], shares[:, 1:].argmax(1) + 1
        if self._lets_go and claims:
            least = np.choose(seen.namelike, (_LETS_GO, _LETS_GO_NAME, _LETS_GO_ONLY, 0))
            nobodys = (innocent > 1 - least).tolist()
            claims = [left for claim in claims for left in _kept(transcript, claim, nobodys)]
        likely = ~hidden & (innocent < 1 - _FINDS)
        if not likely.any():
            return claims, []
        [found] = (likely & (innocent < 1 - np.where(seen.talk & ~seen.dictionary, _FINDS, _FINDS_OTHERWISE))).nonzero()
        stretches = _stretches(transcript, _whole(transcript, found.tolist(), ~hidden, innocent), kinds)
        found_of = (_claim(transcript, cues, stretch, kind, innocent) for stretch, kind in stretches)
        return claims, [claim for claim in found_of if claim is not None]


def _whole(transcript: Transcript, found: Sequence[int], free: Numbers, innocent: Numbers) -> Iterator[int]:
    """Yield the words that were found, and of a number or a code all its pieces or none."""
    words, behind = transcript.words, 0
    for word in found:
        if word < behind:
            continue
        if not words.bits[word] & _PIECE:
            yield word
            continue
        first, behind = word, word + 1
        while first and _goes_on(transcript, first - 1) and free[first - 1]:
            first -= 1
        while behind < len(words.said) and _goes_on(transcript, behind - 1) and free[behind]:
            behind += 1
        if innocent[first:behind].mean() < 1 - _MOSTLY:
            yield from range(first, behind)


def _goes_on(transcript: Transcript, word: int) -> bool:
    """Whether a piece of a code is followed by another one in its turn."""
    words = transcript.words
    if not (words.bits[word] & _PIECE and words.bits[word + 1] & _PIECE):
        return False
    between = transcript.folded[words.end(word) : words.starts[word + 1]]
    return len(between) <= _APART and between.isprintable()


def _kept(transcript: Transcript, claim: Claim, nobodys: Sequence[bool]) -> Iterator[Claim]:
    """Yield what is left of a claim, if anything."""
    told, words = claim.finding, transcript.words
    if told.label in _STAYS or told.detector in _OF_HOUSES or not told.tier:
        yield claim
        return
    places = [_words_in(transcript, start, end) for start, end in claim.parts]
    if not any(nobodys[word] for first, behind in places for word in range(first, behind)):
        yield claim
        return
    sure, digits = told.score >= _SURE or bool(told.validator), _digits(transcript, claim)
    if sure and (not digits or told.label in _IN_WORDS):
        yield claim
        return
    guarded = sure or told.label in _IN_DIGITS or digits > _FEW_DIGITS
    parts: list[Part] = []
    for (start, end), (first, behind) in zip(claim.parts, places, strict=True):
        lets_go = [nobodys[word] and not (guarded and _may_tell(words, word)) for word in range(first, behind)]
        if not any(lets_go):
            parts.append((start, end))
            continue
        for at, (left, right) in enumerate(_held(words, first, lets_go, whole=told.label in _IN_WORDS)):
            if at and parts:
                yield Claim(tuple(parts), told)  # what was said before a correction is a value by itself
                parts = []
            parts.append(
                (words.starts[left] if left > first else start, words.end(right) if right + 1 < behind else end)
            )
    if parts:
        yield claim if parts == [*claim.parts] else Claim(tuple(parts), told)


def _held(words: Words, first: int, lets_go: Sequence[bool], *, whole: bool) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of what stays of a place, whose words from `first` on may go or not.

    At its edges no number goes; within it none, nor what may be of one, and nothing at all where it stays `whole`.
    Small words at its beginning stay: whether titles and articles go with a value is a matter of the rules.
    """
    if all(lets_go):
        return
    goes = {first + at for at, word in enumerate(lets_go) if word and not words.bits[first + at] & NUMERAL}
    left, right = first, first + len(lets_go) - 1
    while left in goes:
        left += 1
    while right in goes:
        right -= 1
    within = (word for word in range(left, right) if word in goes and not whole)
    begins = first if all(words.bits[word] & _SMALL for word in range(first, left)) else left
    for word in within:
        if not _may_tell(words, word) and words.said[word] not in _WITHIN:
            if word > begins:
                yield begins, word - 1
            begins = word + 1
    yield begins, right


def _may_tell(words: Words, at: int) -> bool:
    """Whether a word may be of a number, as it is or misheard, or is no plain word at all: a letter, month or name."""
    bits = words.bits[at]
    return (
        words.said[at] in _MISHEARD
        or bits & (_PIECE | Bit.CALENDAR | Bit.MIXED | Bit.UNKNOWN) != 0
        or not bits & (Bit.WORD | Bit.FUNCTION)
    )


def _digits(transcript: Transcript, claim: Claim) -> int:
    """Return how many digits a whole claim holds, said, written or within codes."""
    pieces = [transcript.folded[start:end] for start, end in claim.parts]
    return sum(max(len(digits_said(piece)), sum(map(str.isdigit, piece))) for piece in pieces)


def _words_in(transcript: Transcript, start: int, end: int) -> tuple[int, int]:
    """Return the first word of a place, in which it may stand in part, and that behind the last one."""
    words = transcript.words
    first = words.at_or_behind(start)
    return (first - 1 if first and words.end(first - 1) > start else first), words.at_or_behind(end)


def _stretches(transcript: Transcript, found: Iterable[int], kinds: Numbers) -> Iterator[tuple[list[int], int]]:
    """Yield the words that were found and their kind, those of one kind together that stand beside each other."""
    words, text = transcript.words, transcript.folded
    stretch: list[int] = []
    for word in found:
        if stretch:
            last = stretch[-1]
            between = text[words.end(last) : words.starts[word]]
            beside = word == last + 1 and len(between) <= _APART and between.isprintable()
            if not beside or kinds[last] != kinds[word] or len(stretch) == _LONGEST:
                yield stretch, int(kinds[last])
                stretch = []
        stretch.append(word)
    if stretch:
        yield stretch, int(kinds[stretch[-1]])


def _claim(transcript: Transcript, cues: Cues, stretch: list[int], kind: int, innocent: Numbers) -> Claim | None:
    """Return the claim of words that were found, without small ones at their edges; None where they are harmless."""
    words = transcript.words
    while stretch and words.bits[stretch[0]] & _SMALL:
        stretch = stretch[1:]
    while stretch and words.bits[stretch[-1]] & _SMALL:
        stretch = stretch[:-1]
    if not stretch or any(
        _is_of_other(transcript, at, by, innocent) for at, by in ((stretch[0], -1), (stretch[-1], 1))
    ):
        return None
    start, end = words.starts[stretch[0]], words.end(stretch[-1])
    numeric = any(words.bits[word] & NUMERAL for word in stretch)
    if kind == _PLACE and all(words.bits[word] & Bit.REGION for word in stretch):
        return None
    if numeric and kind in {_NUMBER, _DATE} and _is_harmless(transcript, cues, start, end):
        return None
    label = Label.ADDRESS if kind == _PLACE and numeric else _LABELS[kind]
    sure = round(1 - float(innocent[stretch].min()), 1)
    if sure < _least_alone(transcript, stretch, kind):
        return None
    why = f"a trained model takes it for a {KINDS[kind]}, by the words around it"
    return Claim(((start, end),), finding(label, "tagger", why, sure, "learned"))


def _least_alone(transcript: Transcript, stretch: Sequence[int], kind: int) -> float:
    """Return how likely a month, or one or two digits, have to identify somebody where they stand by themselves."""
    bits, said = transcript.words.bits, transcript.words.said
    if all(bits[word] & Bit.CALENDAR for word in stretch):
        return _FINDS_MONTH
    if kind == _NUMBER or not all(bits[word] & NUMERAL for word in stretch):
        return 0
    return _FINDS_FIGURE if len(digits_said(" ".join(said[word] for word in stretch))) <= _FIGURE else 0


def _is_harmless(transcript: Transcript, cues: Cues, start: int, end: int) -> bool:
    """Whether words say that a number is none of anybody, a unit stands behind it, or it is a year by itself."""
    words, behind = transcript.words, transcript.words.at_or_behind(end)
    if _YEAR.fullmatch(transcript.folded, start, end):
        return True
    if words.starts[behind : behind + 1] == [end + 1] and words.said[behind] in _UNITS:
        return True
    cue = cues.governing(start, end)
    if cue is not None:
        return cue.label is None
    return cues.asked_harmless(start, len(digits_said(transcript.folded[start:end])))


def _is_of_other(transcript: Transcript, word: int, by: int, innocent: Numbers) -> bool:
    """Whether a word is a piece of a code with another piece beside it that is nobody's: "B" of "B-26"."""
    words, text = transcript.words, transcript.folded
    other = word + by
    if not 0 <= other < len(words.said) or innocent[other] < _OTHERWISE:
        return False
    first, last = (other, word) if by < 0 else (word, other)
    between = text[words.end(first) : words.starts[last]]
    return between in _JOINS and bool((words.bits[word] | words.bits[other]) & NUMERAL)
