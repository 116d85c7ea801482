"""Card data in runs of digits: primary account numbers, expiry, security codes (PCI DSS v4.0.1 §3).

A number whose issuer, length and Luhn digit hold is a card wherever it stands. In payment context (card, code or expiry
are spoken of within 60 words) any run of 13 to 19 digits is taken for one, because a digit may have been misheard, and
so is a part of seven digits and more; where only paying is spoken of, as many digits as a card has. Behind a card, MMYY
is its expiry and three digits are its code.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from privity.redact import checks
from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.numbers.letters_in_numbers import Reading, readings
from privity.redact.reading.cues import PAYMENT_REACH, Cue, Cues
from privity.redact.reading.numerals import Group, alike, digits_of, exactly
from privity.redact.reading.transcript import Transcript

_LENGTHS = (16, 15, 14, 13, 19, 18, 17, 12)
_FEWEST_IN_CONTEXT = 7  # digits of a part of a card, the days beside it not counted
_FEWEST_OF_NUMBER = 12  # digits that answer "the number, the date and the code"
_VERIFIES = frozenset({"verification code", "verification number", "verification"})  # of messages too, without a card
_LONGEST_CODE = 4  # digits
_SURE_CODE = 0.98  # more than a password behind the same words, which may be kept under a token
_WHOLE = range(13, 20)  # digits of a number that one of was misheard
_PAYS = re.compile(r"\b(?:pay(?:s|ing|ments?)?|paid)\b", re.ASCII)
_AFTER_CARD = 240  # characters, about 40 words, in which a bare MM/YY or three digits belong to the card
_ENDING = re.compile(r"\b(?:ending|ends|end|last four|last 4|last three)\b", re.ASCII)
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?,?(?:\s+of)?\s+$",
    re.ASCII,
)
_NO_CODE = re.compile(r"[a-z]|\s+(?:to|or)\s+(?:[0-9]|[a-z]+ty\b|[a-z]+teen\b|one\s+hundred\b)", re.ASCII)  # "401k"
_DATED = re.compile(r"\b[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})\b", re.ASCII)  # "on 4/12/2026, 5/12/2026"
_WHEN = re.compile(r"\b(?:after|before|until|till|around|by)\s+$", re.ASCII)  # and then a time of day

Judged = tuple[int, Finding]  # the index behind the groups that were judged, and what they are


class Cards:
    """Judges card data in one transcript; remembers where cards ended, for what is said behind them."""

    def __init__(self, transcript: Transcript, cues: Cues) -> None:
        self._transcript = transcript
        self._text = transcript.folded
        self._cues = cues
        self._ended: list[tuple[int, int]] = []  # where cards ended, and how many digits their codes have

    def valid(self, groups: Sequence[Group], at: int, cue: Cue | None) -> Judged | None:
        """Judge whether a number with a known issuer and a valid Luhn digit begins at group `at`."""
        rest = len(digits_of(groups, at))
        if rest < min(_LENGTHS):
            return None
        # Of an announced number with a misheard digit, a shorter part can pass by chance; that part is not the number.
        announced = cue is not None and cue.label is Label.CARD and rest >= _natural_length(groups, at)
        least = _natural_length(groups, at) if announced else min(_LENGTHS)
        for length in _LENGTHS:
            after = exactly(groups, at, length) if length >= least else None
            if after and checks.card(digits_of(groups, at, after)):
                return self._number(groups, at, after, cue, valid=True)
        for reading in readings(self._text, groups, at):
            last = _card_in(reading)
            if last is not None:
                return self._number(groups, at, last + 1, cue, valid=True)
        return None

    def confirmed(self, groups: Sequence[Group], at: int, after: int) -> Judged:
        """Return the judgement of groups that hold a number with a known issuer and a valid Luhn digit."""
        return self._number(groups, at, after, None, valid=True)

    def announced(self, groups: Sequence[Group], at: int, cue: Cue) -> Judged | None:
        """Judge digits that the cue "card" announces; few of them only when they are a part of a number."""
        if len(digits_of(groups, at)) < 7 and not self.is_part(groups, at, cue):
            return None
        return self._number(groups, at, _natural_end(groups, at), cue, valid=False)

    def is_part(self, groups: Sequence[Group], at: int, cue: Cue) -> bool:
        """Whether a few digits are a part of what the cue announces: "ending in", or read one by one."""
        between = self._text[max(cue.end, groups[at].start - 40) : groups[at].start]
        ending = _ENDING.search(between) or _ENDING.search(
            self._text,
            max(self._transcript.documents[self._transcript.document_at(cue.start)], cue.start - 20),
            cue.end,
        )
        return bool(ending) or sum(len(group.digits) == 1 and group.spoken for group in groups[at:]) >= 4

    def verified_by(self, groups: Sequence[Group], at: int, cue: Cue | None) -> Judged | None:
        """Judge what a "verification code" is behind a card: its code, where it has no more digits than one."""
        if cue is None or cue.phrase not in _VERIFIES or len(digits_of(groups, at)) > _LONGEST_CODE:
            return None
        size = self._code_awaited(groups[at].start)
        code = _code(groups, at, size) if size is not None else None
        return (code[0], replace(code[1], score=_SURE_CODE, cue=cue.phrase)) if code is not None else None

    def in_context(self, groups: Sequence[Group], at: int, cue: Cue | None) -> Judged | None:
        """Judge what payment context makes of digits that no other cue governs."""
        start, rest = groups[at].start, len(digits_of(groups, at))
        code = None if self._counts(start, groups[-1].end) else self._code_awaited(start)
        if code is not None and (cue is None or cue.label in {Label.CARD, Label.CVV, Label.EXPIRY}):
            behind = self.expiry(groups, at, None) or _code(groups, at, code)
            if behind is not None:
                return behind
        details = cue is not None and cue.label in {Label.CVV, Label.EXPIRY} and rest >= _FEWEST_OF_NUMBER
        if rest < _FEWEST_IN_CONTEXT or (cue is not None and not details):
            return None
        if not self._cues.payment_near(start, groups[-1].end) and not self._paid_near(groups, at, rest):
            return None
        if rest - self._dated(start, groups[-1].end) < _FEWEST_IN_CONTEXT:
            return None
        whole = digits_of(groups, at)
        if rest < 13 and (checks.nanp(whole) or (rest == 9 and checks.ssn(whole))):
            return None
        return self._number(groups, at, _natural_end(groups, at), None, valid=False)

    def _paid_near(self, groups: Sequence[Group], at: int, rest: int) -> bool:
        """Whether paying is spoken of within 60 words of as many digits as a card has: "i will pay with 4111 ..."."""
        natural = _natural_length(groups, at)
        grouped = exactly(groups, at, 4) is not None and exactly(groups, at, natural) is not None
        if rest not in _WHOLE and not (rest > natural and (grouped or len(groups[at].digits) == natural)):
            return False  # "pay me at 617 555 0142 508 555 0199"
        document = self._transcript.document_at(groups[at].start)
        first = max(self._transcript.documents[document], groups[at].start - PAYMENT_REACH)
        last = min(self._transcript.document_end(document), groups[-1].end + PAYMENT_REACH)
        return _PAYS.search(self._text, first, last) is not None

    def _dated(self, start: int, end: int) -> int:
        """Return how many of the digits from one place to another are of days in full."""
        return sum(sum(map(str.isdigit, day.group())) for day in _DATED.finditer(self._text, start, end))

    def _counts(self, start: int, end: int) -> bool:
        """Whether digits from one place to another are no code: "before five", "a 401k", "529 to 69", "12,213"."""
        counted = _WHEN.search(self._text, max(0, start - 12), start) or _NO_CODE.match(self._text, end)
        return bool(counted) or (self._text[start - 1 : start] == "," and self._text[start - 2 : start - 1].isdigit())

    def ended_before(self, start: int, end: int) -> bool:
        """Whether a card number ended so shortly before a place that its security code may stand there."""
        document = self._transcript.documents[self._transcript.document_at(start)]
        return any(document <= ended <= end and start - ended <= _AFTER_CARD for ended, _ in self._ended[-4:])

    def _code_awaited(self, start: int) -> int | None:
        """Return how many digits the code of the card has that ended before a place, or None if none did."""
        for end, size in reversed(self._ended[-4:]):
            if 0 <= start - end <= _AFTER_CARD:
                same = self._transcript.document_at(end) == self._transcript.document_at(start)
                return size if same else None
        return None

    def expiry(self, groups: Sequence[Group], at: int, cue: Cue | None) -> Judged | None:
        """Judge a month and a year; without a cue they have to be read in one breath."""
        because = f'cue "{cue.phrase}"' if cue is not None else "behind a card number"
        score = 0.9 if cue is not None else 0.85
        said = cue.phrase if cue is not None else ""
        found = finding(Label.EXPIRY, "expiry", f"month and year, {because}", score, "context", said, "month ok")
        if self.month_before(groups[at].start) < groups[at].start:
            after = exactly(groups, at, 4) or exactly(groups, at, 2)
            return (after, found) if after else None
        for length in (6, 4, 5, 3):
            after = exactly(groups, at, length)
            if not after or not _month_and_year(digits_of(groups, at, after)):
                continue
            if after == at + 1 and groups[at].spoken and len(groups[at].digits) == 3:
                continue  # "one hundred twenty"
            # "one two three" behind a card is its code, "three twenty-nine" a month and a year.
            if cue is not None or (alike(groups[at:after]) and (length > 3 or after - at == 2)):
                return after, found
        return None

    def month_before(self, start: int) -> int:
        """Return where the name of a month begins that stands right before a place, or the place itself."""
        month = _MONTH.search(self._text, max(0, start - 18), start)
        return month.start() if month else start

    def _number(self, groups: Sequence[Group], at: int, after: int, cue: Cue | None, *, valid: bool) -> Judged:
        digits = digits_of(groups, at, after)
        spoken = "spoken " if any(group.spoken for group in groups[at:after]) else ""
        turns = len({self._transcript.turn_at(group.start) for group in groups[at:after]})
        over = f" over {turns} turns" if turns > 1 else ""
        check = "Luhn ok" if valid else "the Luhn check fails" if len(digits) >= 12 else "part of a card number"
        announced = cue is not None and cue.label is Label.CARD
        context = "issuer number known" if valid else "card data are spoken of nearby"
        because = f'cue "{cue.phrase}"' if cue is not None and announced else context
        why = f"{len(digits)} {spoken}digits{over}, {check}, {because}"
        score = 0.99 if valid else 0.9 if announced else 0.7
        self._ended.append((groups[after - 1].end, 4 if digits[:2] in {"34", "37"} else 3))
        said = cue.phrase if cue is not None and announced else ""
        return after, finding(Label.CARD, "card", why, score, "digits", said, check)


def _card_in(reading: Reading) -> int | None:
    """Return the index of the group in which a valid card ends that begins in the first group of a reading, or None."""
    for first in range(bisect_right(reading.of, reading.of[0])):
        for length in _LENGTHS:
            after = exactly(reading.pieces, first, length)
            if after and checks.card(digits_of(reading.pieces, first, after)):
                return reading.of[after - 1]
    return None


def _code(groups: Sequence[Group], at: int, size: int) -> Judged | None:
    after = exactly(groups, at, size) or exactly(groups, at, 3)
    if after == at + 1 and groups[at].spoken:
        return None  # "one hundred twenty" is an amount
    if not after or len(digits_of(groups, at)) > 9 or not alike(groups[at:after]):
        return None
    if after < len(groups) and groups[after].gap == "":
        return None  # "three oh six fifty two" is a price
    why = f"{size} digits within 40 words behind a card number"
    return after, finding(Label.CVV, "cvv-behind-card", why, 0.8, "context", "", "length ok")


def _natural_length(groups: Sequence[Group], at: int) -> int:
    return 15 if digits_of(groups, at)[:2] in {"34", "37"} else 16


def _natural_end(groups: Sequence[Group], at: int) -> int:
    """Return where a card number ends that no check digit confirms: at its natural length, or with the run."""
    natural = _natural_length(groups, at)
    total = 0
    for index in range(at, len(groups)):
        total += len(groups[index].digits)
        if total >= natural:
            return index + 1
    return len(groups)


def _month_and_year(digits: str) -> bool:
    """Whether digits read as MMYY, MYY, MMYYYY or MYYYY of a card's life."""
    year = digits[-4:] if len(digits) >= 5 else digits[-2:]
    month = digits[: len(digits) - len(year)]
    return 1 <= int(month) <= 12 and (2015 <= int(year) <= 2045 if len(year) == 4 else 20 <= int(year) <= 45)
