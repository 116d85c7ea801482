"""Says what runs of digits are: cards, security codes, phones, numbers of records; spoken or written, over many turns.

A run goes on over turns of one speaker while the other side only says "mm-hm" or reads back. It is then cut from left
to right: a valid card first, then what the governing cue announces, then what the digits themselves show. A cue masks
even when the check digit fails, because recognizers mishear digits; the reason then says so. Harmless cues and units
("order", "$", "mg") keep a run readable unless it is a valid card.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from privity.redact import checks
from privity.redact.claims import Claim, Part
from privity.redact.cues import LEAST_DIGITS, Cue, Cues
from privity.redact.findings import Finding
from privity.redact.labels import Label
from privity.redact.numerals import FILLERS, Group, Run
from privity.redact.transcript import Transcript

_UNIT = re.compile(
    r"\s*(?:%|percent|dollars?|bucks|cents|euros?|pounds|mg|mcg|ml|milligrams?|grams?|units?|a\.?m\b|p\.?m\b|o'clock|"
    r"minutes?|hours?|days?|weeks?|months?|years?|people|persons?|miles?|kilometers?|feet|inches|degrees|points?|times|"
    r"rooms?|tickets?|items?|pieces?|stars?|nights?|guests?|adults?|children|kids|passengers|seats?)\b|\s*%",
    re.ASCII,
)
_MONEY = re.compile(r"[$\xa3]\s*$|\b(?:usd|eur|gbp)\s*$", re.ASCII)
_ENDING = re.compile(r"\b(?:ending|ends|end|last four|last 4|last three)\b", re.ASCII)
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?,?(?:\s+of)?\s+$",
    re.ASCII,
)
_WORDS = re.compile(r"[a-z']+", re.ASCII)
_OPAQUE = re.compile(r"[A-Za-z0-9+/=_-]{32,}", re.ASCII)
_CARD_LENGTHS = (16, 15, 14, 13, 19, 18, 17, 12)
_GOING_ON = frozenset(" ".join(FILLERS).split()) | frozenset("the rest is part and it ends ending with".split())
_AFTER_CARD = 240  # characters, about 40 words, in which a bare MM/YY or three digits belong to the card
_SHORT_TURN = 5  # words that the other side may say without ending a number


class Figures:
    """Judges the runs of one transcript."""

    def __init__(self, transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> None:
        self._transcript = transcript
        self._text = transcript.folded
        self._cues = cues
        self._runs = runs
        self._run_starts = [run.start for run in runs]
        self._card_ends: list[tuple[int, int]] = []  # where cards ended, and how long their codes are

    def claims(self) -> list[Claim]:
        """Return what is known of the runs of digits."""
        found: list[tuple[str, Claim]] = []
        for run in self._joined():
            short = len(run.digits) < 3 and self._with_month(run.start) == run.start
            if not short and not self._opaque(run):
                found.extend(self._cut(run))
        return [claim for _, claim in found] + list(self._repeated(found))

    # Runs over turns

    def _joined(self) -> list[Run]:
        """Join runs that one speaker breaks off and goes on with."""
        chains: list[list[Run]] = []
        for run in self._runs:
            chain = None
            if chains and self._opens_turn(run):
                chain = next((c for c in reversed(chains[-4:]) if self._goes_on(c[-1], run)), None)
            if chain is None:
                chains.append([run])
            else:
                chain.append(run)
        return [Run(tuple(group for run in chain for group in run.groups)) for chain in chains]

    def _opens_turn(self, run: Run) -> bool:
        """Whether nothing but fillers stands before the run in its turn, and the run is no amount."""
        start = self._transcript.stretches[self._transcript.turn_at(run.start)].start
        opening = self._text[start : run.start]
        return len(opening) < 60 and _GOING_ON.issuperset(_WORDS.findall(opening)) and not self._measured(run)

    def _goes_on(self, run: Run, later: Run) -> bool:
        stretches = self._transcript.stretches
        first, last = self._transcript.turn_at(run.start), self._transcript.turn_at(later.start)
        if first == last or last - first > 6 or stretches[first].speaker != stretches[last].speaker:
            return False
        return (
            not self._cues.between(run.end, stretches[first].end)
            and not self._cues.between(stretches[last].start, later.start)
            and self._words(run.end, stretches[first].end) <= 3
            and all(self._interjected(turn, run) for turn in range(first + 1, last))
        )

    def _interjected(self, turn: int, run: Run) -> bool:
        """Whether a turn between two halves of a number only urges on, or reads back what was said."""
        stretch = self._transcript.stretches[turn]
        if self._cues.between(stretch.start, stretch.end):
            return False
        first = bisect_left(self._run_starts, stretch.start)
        last = bisect_left(self._run_starts, stretch.end)
        inside = [read for read in self._runs[first:last] if len(read.digits) > 1]
        if inside:
            return all(read.digits in run.digits for read in inside)
        return self._words(stretch.start, stretch.end) <= _SHORT_TURN

    def _words(self, start: int, end: int) -> int:
        return len(self._text[start:end].split())

    # One run

    def _cut(self, run: Run) -> Iterator[tuple[str, Claim]]:
        groups = run.groups
        cue = self._cues.governing(run.start, self._end_of_first_turn(run))
        harmless = (cue is not None and cue.label is None) or self._measured(run)
        last: tuple[str, Claim] | None = None
        at = begun = 0
        while at < len(groups):
            judged = self._judge(groups, at, cue, harmless=harmless)
            if judged is None:
                # A digit too many, read in one breath with the rest, still belongs to the number before it.
                if last is not None and groups[at].spoken and groups[at].gap == "":
                    value, claim = last
                    grown = groups[begun : at + 1]
                    last = value + groups[at].digits, Claim(self._parts(grown, claim.parts[0][0]), claim.finding)
                at += 1
                continue
            if last is not None:
                yield last
            after, finding = judged
            taken = groups[at:after]
            start = self._with_month(taken[0].start) if finding.label is Label.EXPIRY else taken[0].start
            begun = at
            last = "".join(g.digits for g in taken), Claim(self._parts(taken, start), finding)
            if finding.label is Label.CARD:
                amex = taken[0].digits.startswith("3") and taken[0].digits[:2] not in {"30", "36", "38", "39"}
                self._card_ends.append((taken[-1].end, 4 if amex else 3))
            at = after
            if cue is not None and cue.label is finding.label:
                cue = None
        if last is not None:
            yield last

    def _judge(
        self, groups: Sequence[Group], at: int, cue: Cue | None, *, harmless: bool
    ) -> tuple[int, Finding] | None:
        """Return the end of the identifier that begins at group `at`, and what it is."""
        for length in _CARD_LENGTHS:
            after = _exactly(groups, at, length)
            if after and checks.card(_digits(groups, at, after)):
                return after, self._card(groups, at, after, cue, valid=True)
        if harmless:
            return None
        return self._announced(groups, at, cue) or self._of_a_card(groups, at, cue) or self._evident(groups, at)

    def _card(self, groups: Sequence[Group], at: int, after: int, cue: Cue | None, *, valid: bool) -> Finding:
        count = len(_digits(groups, at, after))
        spoken = "spoken " if any(g.spoken for g in groups[at:after]) else ""
        turns = len({self._transcript.turn_at(g.start) for g in groups[at:after]})
        reasons = [f"{count} {spoken}digits" + (f" over {turns} turns" if turns > 1 else "")]
        check = "Luhn ok" if valid else "the Luhn check fails" if count >= 12 else "part of a card number"
        announced = cue is not None and cue.label is Label.CARD
        reasons += [check, f'cue "{cue.phrase}"' if cue is not None and announced else "card data are spoken of nearby"]
        if valid and not announced:
            reasons[-1] = "issuer number known"
        score = 0.99 if valid else 0.9 if announced else 0.7
        return Finding(label=Label.CARD, detector="card", why=", ".join(reasons), score=score)

    def _announced(self, groups: Sequence[Group], at: int, cue: Cue | None) -> tuple[int, Finding] | None:
        if cue is None or cue.label is None:
            return None
        if cue.phrase == "code" and not self._cues.payment_near(cue.start, cue.end):
            return None
        label, rest = cue.label, len(_digits(groups, at, len(groups)))
        if rest < LEAST_DIGITS[label]:
            return self._expiry(groups, at, cue) if label is Label.EXPIRY else None
        if label is Label.EXPIRY:
            return self._expiry(groups, at, cue)
        if label is Label.CARD:
            if rest < 7 and not self._partial(groups, at, cue):
                return None
            after = _card_end(groups, at)
            return after, self._card(groups, at, after, cue, valid=False)
        if label is Label.CVV and rest > 6 and _exactly(groups, at, 3) is None:
            return None
        if label is Label.PHONE and rest < 7 and not self._partial(groups, at, cue):
            return None
        after, check = _extent(label, groups, at)
        spoken = "spoken digits" if any(g.spoken for g in groups[at:after]) else "digits"
        count = len(_digits(groups, at, after))
        why = f'{count} {spoken}, {check}, cue "{cue.phrase}"'
        score = 0.97 if check.endswith("ok") else 0.85
        return after, Finding(label=label, detector=f"{label.lower().replace('_', '-')}-number", why=why, score=score)

    def _partial(self, groups: Sequence[Group], at: int, cue: Cue) -> bool:
        """Whether few digits still belong to the cue: "ending in", or read one by one."""
        between = self._text[max(cue.end, groups[at].start - 40) : groups[at].start]
        return bool(_ENDING.search(between) or _ENDING.search(self._text, max(0, cue.start - 20), cue.end)) or (
            sum(len(g.digits) == 1 and g.spoken for g in groups[at:]) >= 4
        )

    def _of_a_card(self, groups: Sequence[Group], at: int, cue: Cue | None) -> tuple[int, Finding] | None:
        """Judge what is said in payment context: expiry, security code, cards with a misheard digit."""
        start = groups[at].start
        rest = len(_digits(groups, at, len(groups)))
        last = next(((end, code) for end, code in reversed(self._card_ends) if 0 <= start - end <= _AFTER_CARD), None)
        if last is not None and (cue is None or cue.label in {Label.CARD, Label.CVV, Label.EXPIRY}):
            expiry = self._expiry(groups, at, None)
            if expiry is not None:
                return expiry
            after = _exactly(groups, at, last[1]) or _exactly(groups, at, 3)
            if after and rest <= 9 and _alike(groups[at:after]):
                why = f"{last[1]} digits within 40 words after a card number"
                return after, Finding(label=Label.CVV, detector="cvv-after-card", why=why, score=0.8)
        if rest >= 7 and cue is None and self._cues.payment_near(start, groups[-1].end):
            whole = _digits(groups, at, len(groups))
            if rest >= 13 or not (checks.nanp(whole) or (rest == 9 and checks.ssn(whole))):
                after = _card_end(groups, at)
                return after, self._card(groups, at, after, None, valid=False)
        return None

    def _expiry(self, groups: Sequence[Group], at: int, cue: Cue | None) -> tuple[int, Finding] | None:
        because = f'cue "{cue.phrase}"' if cue is not None else "after a card number"
        why = f"month and year, {because}"
        finding = Finding(label=Label.EXPIRY, detector="expiry", why=why, score=0.9 if cue is not None else 0.85)
        if self._with_month(groups[at].start) < groups[at].start:
            after = _exactly(groups, at, 4) or _exactly(groups, at, 2)
            return (after, finding) if after else None
        for length in (6, 4, 5, 3):
            after = _exactly(groups, at, length)
            if after and cue is None and (not _alike(groups[at:after]) or (length == 3 and after - at != 2)):
                continue  # "one two three" behind a card is its code, "three twenty-nine" a month and a year
            if after and _month_and_year(_digits(groups, at, after)):
                return after, finding
        return None

    def _evident(self, groups: Sequence[Group], at: int) -> tuple[int, Finding] | None:
        """Judge by the digits alone: a grouping like 3-2-4, an assigned area code, many digits read aloud."""
        whole = _digits(groups, at, len(groups))
        spoken = any(g.spoken for g in groups[at:])
        sizes = tuple(len(g.digits) for g in groups[at:])
        if at and groups[at].gap in {"", "-"} and not spoken:
            return None  # the tail of a run that nothing explained
        if sizes == (3, 2, 4) and checks.ssn(whole):
            return len(groups), Finding(label=Label.SSN, detector="ssn-form", why="grouped 3-2-4, ranges ok", score=0.9)
        for length in (11, 10):
            after = _exactly(groups, at, length)
            if after and checks.nanp(_digits(groups, at, after)) and (spoken or after == len(groups)):
                why = f"{length} {'spoken ' if spoken else ''}digits, area and exchange ok"
                return after, Finding(label=Label.PHONE, detector="phone-form", why=why, score=0.7)
        if not spoken and len(sizes) >= 2 and 8 <= len(whole) <= 13 and min(sizes) >= 2 and _alike(groups[at:]):
            years = all(1900 <= int(g.digits) <= 2100 for g in groups[at:])
            if not years and not any(g.gap == "," for g in groups[at + 1 :]):
                why = f"{len(whole)} digits in groups without a harmless cue"
                return len(groups), Finding(label=Label.PHONE, detector="grouped-digits", why=why, score=0.5)
        if spoken and len(whole) >= 7:
            why = f"{len(whole)} spoken digits without a harmless cue"
            return len(groups), Finding(label=Label.ID, detector="spoken-number", why=why, score=0.5)
        return None

    # Places

    def _repeated(self, found: Sequence[tuple[str, Claim]]) -> Iterator[Claim]:
        """Claim every other run that repeats four or more digits of a value: a read-back, or "again, it's ..."."""
        claimed = {part[0] for _, claim in found for part in claim.parts}
        for run in self._runs:
            digits = run.digits
            if len(digits) < 4 or self._measured(run) or not _alike(run.groups):
                continue
            cue = self._cues.governing(run.start, run.end)
            if cue is not None and cue.label is None:
                continue
            for value, claim in found:
                label = claim.finding.label
                whole = digits == value and len(value) >= 7 and claim.parts[0][0] < run.start
                if run.start in {start for start, _ in claim.parts} or digits not in value:
                    continue
                if run.start not in claimed or whole:
                    why = f"repeats digits of a {label} found elsewhere"
                    score = 0.975 if whole else 0.75
                    finding = Finding(label=label, detector="repeated-value", why=why, score=score)
                    yield Claim(self._parts(run.groups, run.start), finding)
                    break

    def _parts(self, groups: Sequence[Group], start: int) -> tuple[Part, ...]:
        parts: list[Part] = []
        turn = -1
        for group in groups:
            place = self._transcript.turn_at(group.start)
            if place == turn:
                parts[-1] = (parts[-1][0], group.end)
            else:
                parts.append((group.start if parts else start, group.end))
                turn = place
        return tuple(parts)

    def _with_month(self, start: int) -> int:
        month = _MONTH.search(self._text, max(0, start - 18), start)
        return month.start() if month else start

    def _end_of_first_turn(self, run: Run) -> int:
        turn = self._transcript.turn_at(run.start)
        return max(g.end for g in run.groups if self._transcript.turn_at(g.start) == turn)

    def _measured(self, run: Run) -> bool:
        """Whether the run is an amount: a currency before it or a unit behind it."""
        return bool(_UNIT.match(self._text, run.end)) or bool(
            _MONEY.search(self._text, max(0, run.start - 5), run.start)
        )

    def _opaque(self, run: Run) -> bool:
        """Whether the run lies within a UUID, a digest or a token of 32 characters and more."""
        if len(self._text) < 32:
            return False
        left = max(0, run.start - 64)
        for token in _OPAQUE.finditer(self._text, left, min(len(self._text), run.end + 64)):
            if token.start() <= run.start and run.end <= token.end() and any(c.isalpha() for c in token[0]):
                return True
        return False


def _digits(groups: Sequence[Group], at: int, after: int) -> str:
    return "".join(group.digits for group in groups[at:after])


def _exactly(groups: Sequence[Group], at: int, length: int) -> int | None:
    """Return the index behind the groups that have exactly so many digits, or None where none end there."""
    for after in range(at, len(groups)):
        length -= len(groups[after].digits)
        if length <= 0:
            return after + 1 if length == 0 else None
    return None


def _alike(groups: Sequence[Group]) -> bool:
    """Whether the groups were read in one breath: all words or all figures, with nothing said between them."""
    return len({group.spoken for group in groups}) == 1 and all(group.gap != "~" for group in groups[1:])


def _card_end(groups: Sequence[Group], at: int) -> int:
    """Return where a card number ends that no check digit confirms: its natural length, or the end of the run."""
    natural = 15 if _digits(groups, at, at + 3)[:2] in {"34", "37"} else 16
    after = _exactly(groups, at, natural)
    if after:
        return after
    total = 0
    for index in range(at, len(groups)):
        total += len(groups[index].digits)
        if total > natural:
            return index + 1
    return len(groups)


def _extent(label: Label, groups: Sequence[Group], at: int) -> tuple[int, str]:
    """Return how far an announced number reaches, and what its check says."""
    checked = {
        Label.SSN: ((9, checks.ssn, "ranges ok"), (4, None, "last four")),
        Label.PHONE: ((11, checks.nanp, "area ok"), (10, checks.nanp, "area ok"), (10, None, "area not assigned")),
        Label.CVV: ((4, None, "length ok"), (3, None, "length ok")),
        Label.BANK_ACCOUNT: ((9, checks.aba, "routing check digit ok"),),
        Label.LICENSE: ((10, checks.npi, "NPI check digit ok"),),
        Label.DOB: ((8, None, "length ok"),),
    }.get(label, ())
    rest = len(_digits(groups, at, len(groups)))
    for length, check, outcome in checked:
        after = _exactly(groups, at, length)
        if not after or (check is not None and not check(_digits(groups, at, after))):
            continue
        if length == 4 and rest != 4:
            continue
        return after, outcome
    return len(groups), "no check digit" if not checked else "the check fails"


def _month_and_year(digits: str) -> bool:
    """Whether digits read as MMYY, MYY, MMYYYY or MYYYY of a card's life."""
    year = digits[-4:] if len(digits) >= 5 else digits[-2:]
    month = digits[: len(digits) - len(year)]
    return 1 <= int(month) <= 12 and (2015 <= int(year) <= 2045 if len(year) == 4 else 20 <= int(year) <= 45)
