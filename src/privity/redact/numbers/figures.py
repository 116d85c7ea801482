"""Says what runs of digits are: cards, phones, numbers of people and records; spoken or written, over many turns.

A run is cut from left to right: a valid card first, then what the governing cue announces, then what payment context
and the digits themselves show. A cue masks even when the check digit fails, because recognizers mishear digits; the
reason then says so. Harmless cues and units ("order", "$", "mg") keep a run readable unless it is a valid card.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from privity.redact import checks
from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.numbers import (
    card_turns,
    dialled,
    echoes,
    held_cards,
    of_nobody,
    paid_with,
    phone_pieces,
    urged_on,
    whole_numbers,
)
from privity.redact.numbers.cards import Cards, Judged
from privity.redact.numbers.evident import FEWEST_EVIDENT, evident, is_cardinal
from privity.redact.numbers.lengths import extent
from privity.redact.numbers.opaque_tokens import OpaqueTokens
from privity.redact.numbers.open_topics import OpenTopics
from privity.redact.numbers.values import LEAST_REPEATED, Value, Values
from privity.redact.reading.chains import Chains, on_lines
from privity.redact.reading.cues import ANY_CODE, LEAST_DIGITS, SMALL, Cue, Cues
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.numerals import Group, Run, alike, digits_of, exactly, is_amount, is_counted
from privity.redact.reading.spelling import explains_letter
from privity.redact.reading.transcript import Transcript

_THOUSANDS = re.compile(r"[0-9],[0-9]{3}\b", re.ASCII)
_PRICE = re.compile(r"[0-9]+\.[0-9]{2}", re.ASCII)
_FEWEST = 3  # digits that may be anything
_CODE = 3  # digits of a security code
_ZIP_DIGITS = 5
_SSN_DIGITS = 9
_SS = re.compile(r"\bss(?:n#|\s?[#:]|\s){1,2}\s?$", re.ASCII)
_SSN_REACH = 30  # characters between it and what is said of it behind
_ZIP = finding(Label.ZIP, "zip-behind-place", "five digits behind a state or city", 0.85, "context")
_CARD_DETAILS = frozenset({Label.CVV, Label.EXPIRY})
_WHOLE = frozenset({Label.CARD, Label.SSN})
_LONG = 10
_DIALLED = frozenset({"line", "dial", "hotline", "extension", "ext", "press"})  # harmless before short numbers
_INSTITUTION = 3  # digits of a Canadian bank
_CODE_DIGITS = range(3, 9)
_TOLL_FREE = frozenset({"800", "822", "833", "844", "855", "866", "877", "888"})
_FEWEST_OF_CARD = 12  # digits that are no security code, whatever was asked last
_READ_BACK = 2  # turns behind an answer
_CORRECTS = re.compile(r"[\s,.]*(?:no|sorry|wait|actually|correction|i mean|oh|it's|it is|that's)\b", re.ASCII)
_GUESSED = 0.5  # of a value; what repeats it may well be a date: "2026-05-01" before each line
_ANSWER = 4  # digits that answer a question


LABELS = frozenset(LEAST_DIGITS) | {Label.CARD, Label.CVV, Label.EXPIRY, Label.SSN, Label.PHONE, Label.ID, Label.ZIP}


class Figures:
    """Judges the runs of one transcript."""

    def __init__(self, transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> None:
        self._transcript = transcript
        self._text = transcript.folded
        self._cues = cues
        self._runs = [self._of_value(run) for run in runs]
        self._cards = Cards(transcript, cues)
        self._opaque = OpaqueTokens(transcript)
        self._let: set[tuple[int, str]] = set()  # documents, and digits that were said to be harmless in them
        self._answered: dict[int, int] = {}  # where cues of questions begin, and where their answers end

    def _of_value(self, run: Run) -> Run:
        """Return a run without a digit of the word that announces it, the first of "CVV2 737", or a "one" of things."""
        run = held_cards.without_pronoun(self._text, run)
        first = run.groups[0]
        named = len(run.groups) > 1 and self._text[first.start - 1 : first.start].isalpha()
        return Run.of(run.groups[1:]) if named and self._cues.covered(first.start, first.end) else run

    def claims(self) -> list[Claim]:
        """Return what is known of the runs of digits."""
        values: list[Value] = []
        for run in Chains(self._transcript, self._cues, self._runs).joined():
            if len(run.digits) < _FEWEST and not self._is_expiry(run):
                values.extend(self._extension(run, values) if values else ())
            elif not self._opaque.hold(run):
                values.extend(self._extension(run, values) or self._cut(run))
        plain = [run for run in self._runs if not self._opaque.hold(run)]
        values += list(whole_numbers.values(self._transcript, self._cues, plain, values))
        claims = [value.claim for value in values] + list(self._repeated(values))
        claims += phone_pieces.claims(self._transcript, self._cues, self._runs, values)
        claims += echoes.claims(self._transcript, self._runs, values)
        read = chain(
            card_turns.claims(self._transcript, self._cues, self._runs),
            urged_on.claims(self._transcript, self._cues, self._runs),
            paid_with.claims(self._transcript, self._cues, self._runs),
        )
        claims += of_nobody.without(self._transcript, read)
        return claims + list(OpenTopics(self._transcript, self._cues, self._runs).claims(values, claims))

    def _is_expiry(self, run: Run) -> bool:
        """Whether a month stands before a short number where cards are spoken of."""
        near = self._cues.payment_near(run.start, run.end)
        return near and self._cards.month_before(run.start) < run.start

    def _extension(self, run: Run, values: Sequence[Value]) -> list[Value]:
        """Take an extension, with or without a phone number before it, and the postal code behind a place."""
        digits = run.digits
        if len(digits) == _ZIP_DIGITS and not is_cardinal(run.groups, 0) and self._behind_place(run.start):
            return [Value(digits, Claim(self._parts(run.groups, run.start), _ZIP))]
        last = values[-1].claim if values else None
        phone = last.parts[-1][1] if last is not None and last.finding.label is Label.PHONE else None
        if not dialled.is_extension(self._text, run, phone):
            return []
        return [Value(digits, Claim(self._parts(run.groups, run.start), dialled.FOUND))]

    def _behind_place(self, start: int) -> bool:
        words = self._transcript.words
        at = words.at_or_behind(start) - 1
        clock = ":" in self._text[start : start + _ZIP_DIGITS]
        if at < 0 or clock or self._text[words.end(at) : start] not in {" ", ", ", "  "} or explains_letter(words, at):
            return False  # "t as in tango three three nine"
        bits = words.bits[at]
        known = bits & Bit.KNOWN_PLACE and bits & (Bit.PLAIN | Bit.CAPITALS)
        word = bits & (Bit.WORD | Bit.CAPITAL) == Bit.WORD and not known  # "a tire, 235/65R17", "the reading 40817"
        if bits & (Bit.REGION | Bit.KNOWN_PLACE | Bit.PLACE) and not bits & Bit.FUNCTION and not word:
            return True
        if at == 0 or self._text[words.end(at - 1) : words.starts[at]] != " ":
            return False
        phrase = f"{words.texts[at - 1]} {words.texts[at]}".lower()
        return lexicon().of(phrase) & (Bit.REGION | Bit.PLACE) != 0

    def _cut(self, run: Run) -> Iterator[Value]:
        groups = run.groups
        cue = self._governing(run)
        if self._is_nothing(run, cue):
            return
        harmless = self._lets(run, cue)
        if harmless and len(lines := on_lines(run, self._text)) > 1:
            yield from chain.from_iterable(map(self._cut, lines))
            return
        at, held = 0, held_cards.Held(self._transcript, self._cards, groups)
        while at < len(groups):
            judged = self._judge(groups, at, cue, harmless=harmless)
            if judged is None:
                at += 1
                continue
            after, found = judged
            after = self._corrected(groups, at, after)
            # Digits too many, read in one breath with the rest, still belong to the number before them.
            while after < len(groups) and self._goes_on(groups[after - 1], groups[after], found.label):
                if self._judge(groups, after, None, harmless=harmless) is not None:
                    break
                after += 1
            start = groups[at].start
            if found.label is Label.EXPIRY:
                start = self._cards.month_before(start)
            start = dialled.opened_at(self._text, found.label, start)
            yield Value(digits_of(groups, at, after), Claim(self._parts(groups[at:after], start), found))
            yield from held.within(at, after, found.label)
            at = held.reach if held.reach > at else after
            if cue is not None and cue.label is found.label:
                if len(run.digits) >= _ANSWER or found.label is not Label.PHONE:
                    self._answered.setdefault(cue.start, run.end)
                cue = None

    def _is_nothing(self, run: Run, cue: Cue | None) -> bool:
        """Whether a run has so few digits that they are something only when something is said of them."""
        few = len(run.digits) < FEWEST_EVIDENT and (cue is None or cue.label is None)
        return few and not self._cards.ended_before(run.start, run.end)

    def _goes_on(self, group: Group, behind: Group, label: Label) -> bool:
        """Whether a group was read in one breath with the one before it; prices follow phone numbers a turn later."""
        if not behind.spoken or behind.gap != "":
            return False
        turn_at = self._transcript.turn_at
        return label is not Label.PHONE or turn_at(group.start) == turn_at(behind.start)

    def _corrected(self, groups: Sequence[Group], at: int, after: int) -> int:
        """Return the index behind what corrects a value: "... two one, make that five eight two nine"."""
        if after >= len(groups) or groups[after].gap != "!":
            return after
        size = len(digits_of(groups, at, after))
        end = after + 1
        while (
            end < len(groups) and len(digits_of(groups, after, end + 1)) <= size and groups[end].gap in {"", "-", "~"}
        ):
            end += 1
        return end

    def _governing(self, run: Run) -> Cue | None:
        """Return the cue of a run; a question that was answered says nothing of the numbers of later turns."""
        cue = self._cues.governing(run.start, self._end_of_first_turn(run)) or self._social_near(run)
        if cue is None or cue.start not in self._answered:
            return cue
        turn_at = self._transcript.turn_at
        answer, here = turn_at(self._answered[cue.start]), turn_at(run.start)
        if cue.label in _CARD_DETAILS and 0 <= here - answer <= _READ_BACK:
            opening = self._text[self._transcript.stretches[here].start : run.start]
            if cue.label is Label.EXPIRY or _CORRECTS.match(opening):
                return cue  # read back, or "no it's eight six one"
        return cue if turn_at(cue.start) == here or here == answer else None

    def _social_near(self, run: Run) -> Cue | None:
        """Return what says of nine digits that they may be a social security number: "SS# ...", "... for my social"."""
        if len(run.digits) != _SSN_DIGITS or not checks.ssn(run.digits):
            return None
        if _SS.search(self._text, max(0, run.start - 6), run.start):
            return Cue(run.start, run.start, Label.SSN, "ss")
        limit = min(run.end + _SSN_REACH, self._transcript.stretches[self._transcript.turn_at(run.end)].end)
        return next((cue for cue in self._cues.within(run.end, limit) if cue.label is Label.SSN), None)

    def _lets(self, run: Run, cue: Cue | None) -> bool:
        """Whether a run is harmless, or the same digits were said to be: "ticket 4 4 1 9 / let me write down 4419"."""
        harmless = self._harmless(run, cue)
        here = (self._transcript.document_at(run.start), run.digits)
        if harmless and cue is not None and cue.label is None:
            self._let.add(here)
        return harmless or (cue is None and here in self._let)

    def _harmless(self, run: Run, cue: Cue | None) -> bool:
        """Whether the run is an amount, or said to be harmless; a question only says so of a short answer."""
        if cue is not None:
            apart = cue.phrase in SMALL and not self._cues.is_right_before(cue, run.start)
            if len(run.digits) >= _SSN_DIGITS and (cue.label in _WHOLE or apart):
                return False  # of anything else nobody says so many
            read_out = cue.label in _CARD_DETAILS and all(len(group.digits) < _ANSWER for group in run.groups)
            read_out = read_out and not _THOUSANDS.search(self._text, run.start, run.end)
            read_out = read_out and " point " not in self._text[run.start : run.end]
            read_out = read_out and self._text[run.start - 1 : run.start] != "$"
            phone = cue.phrase in _DIALLED and len(run.digits) >= _LONG
            phone = phone or (len(run.digits) == _LONG and self._sent_to(run))
            return (cue.label is None and not phone) or (not read_out and is_amount(self._text, run))
        return is_amount(self._text, run) or self._cues.asked_harmless(run.start, len(run.digits))

    def _sent_to(self, run: Run) -> bool:
        """Whether a phone number stands right behind "to", whatever goes there: "text the invoice to 401 ..."."""
        return self._text[run.start - 4 : run.start] == " to " and checks.nanp(run.digits)

    def _judge(self, groups: Sequence[Group], at: int, cue: Cue | None, *, harmless: bool) -> Judged | None:
        """Return the index behind the identifier that begins at group `at`, and what it is."""
        card = self._cards.valid(groups, at, cue)
        if card is not None or harmless:
            return card
        verified = self._cards.verified_by(groups, at, cue)
        announced = self._announced(groups, at, cue) if cue is not None else None
        return (
            verified
            or announced
            or dialled.abroad(self._text, groups, at)
            or self._cards.in_context(groups, at, cue)
            or evident(groups, at)
        )

    def _announced(self, groups: Sequence[Group], at: int, cue: Cue) -> Judged | None:
        label, rest = cue.label, len(digits_of(groups, at))
        if label is Label.EXPIRY:
            return self._cards.expiry(groups, at, cue)
        least = _INSTITUTION if cue.phrase.startswith("institution") else LEAST_DIGITS.get(label or Label.ID, 0)
        if label is None or rest < least or (label in RECORDS and is_cardinal(groups, at)):
            return None
        if label is Label.CARD:
            return self._cards.announced(groups, at, cue)
        if label is Label.PHONE and rest < 7 and not self._cards.is_part(groups, at, cue):
            return None
        if label is Label.CVV and not self._is_code(groups, at, cue):
            return self._other_code(groups, at, cue)
        after, check = extent(label, groups, at)
        digits = "spoken digits" if any(group.spoken for group in groups[at:after]) else "digits"
        why = f'{len(digits_of(groups, at, after))} {digits}, {check}, cue "{cue.phrase}"'
        score = 0.97 if check.endswith("ok") else 0.85
        detector = f"{label.lower().replace('_', '-')}-number"
        return after, finding(label, detector, why, score, "digits", cue.phrase, check)

    def _is_code(self, groups: Sequence[Group], at: int, cue: Cue) -> bool:
        """Whether digits can be a security code; the bare word "code" announces one only where cards are spoken of."""
        if cue.phrase in ANY_CODE and not self._cues.payment_near(cue.start, cue.end):
            return False
        if digits_of(groups, at).removeprefix("1") in _TOLL_FREE and self._text.startswith(" number", groups[-1].end):
            return False  # "the eight hundred number on the back of the card"
        hundreds = "hundred" in self._text[groups[at].start : groups[-1].end]
        if hundreds and (len(digits_of(groups, at)) > _CODE or is_counted(self._text, Run.of(groups[at:]))):
            return False  # "three hundred eighty four eighteen" is an amount
        if len(digits_of(groups, at)) >= _FEWEST_OF_CARD:
            after = exactly(groups, at, 4) or exactly(groups, at, 3)
            return after is not None and self._cards.valid(groups, after, None) is not None
        return len(digits_of(groups, at)) <= 6 or exactly(groups, at, 3) is not None

    def _other_code(self, groups: Sequence[Group], at: int, cue: Cue) -> Judged | None:
        """Judge digits behind "code" or "pin" where no card is spoken of: that of a door, an alarm, a telephone."""
        here = self._transcript.turn_at(groups[at].start)
        after = next(
            (i for i in range(at, len(groups)) if self._transcript.turn_at(groups[i].start) != here), len(groups)
        )
        digits = len(digits_of(groups, at, after))
        if (
            cue.phrase not in ANY_CODE
            or (cue.phrase == "code" and _PRICE.fullmatch(self._text, groups[at].start, groups[after - 1].end))
            or digits not in _CODE_DIGITS
            or not alike(groups[at:after])
            or self._cues.payment_near(cue.start, cue.end)
        ):
            return None
        why = f'{digits} digits, cue "{cue.phrase}"'
        return after, finding(Label.PASSWORD, "code-number", why, 0.85, "digits", cue.phrase)

    def _repeated(self, values: Sequence[Value]) -> Iterator[Claim]:
        """Claim every other run that repeats four or more digits of a value: a read-back, or "again, it's ..."."""
        taken = {part[0] for value in values for part in value.claim.parts}
        by_document: defaultdict[int, Values] = defaultdict(Values)
        for value in values:
            by_document[self._transcript.document_at(value.claim.parts[0][0])].add(value)
        for run in self._runs if values else ():
            if len(run.digits) < LEAST_REPEATED:
                continue
            near = by_document.get(self._transcript.document_at(run.start))
            source = near.source(run, taken=run.start in taken) if near is not None else None
            if source is None or not alike(run.groups):
                continue
            if not self._harmless(run, self._cues.governing(run.start, run.end)):
                label, sure = source.claim.finding.label, source.claim.finding.score > _GUESSED
                score = 0.975 if sure and run.digits == source.digits else 0.75
                why = f"repeats digits of a {label} found elsewhere"
                found = finding(label, "repeated-value", why, score, "context")
                yield Claim(self._parts(run.groups, run.start), found)

    def _parts(self, groups: Sequence[Group], start: int) -> tuple[Part, ...]:
        """Return one part for each turn that the groups stand in; the first begins at `start`."""
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

    def _end_of_first_turn(self, run: Run) -> int:
        limit = self._transcript.stretches[self._transcript.turn_at(run.start)].end
        return max(group.end for group in run.groups if group.start < limit) if run.end > limit else run.end
