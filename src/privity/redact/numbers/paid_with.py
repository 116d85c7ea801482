"""Digits that may be a card where somebody pays, though nobody says "card": "how would you like to pay? / 4111 ...".

Whoever reads a card corrects a group of it, is read back to and talks of the dog in between, so that no check digit
holds. Where payment is spoken of near by, digits that follow each other with only words of reading between them are
card data if they may be a card together: 13 digits or more, without what is said twice, that begin as cards do. What
another cue governs, amounts and telephones are none. Over some turns of talk, halves are one card if they have its
length; and if issuer and check digit hold, wherever they stand.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from msgspec import Struct

from privity.redact import checks
from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import ANY_CODE, SMALL, Cue, Cues
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.numerals import Run, is_amount
from privity.redact.reading.small_words import CORRECTIONS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered
from privity.redact.reading.vocabulary import vocabulary

_PAYS = Triggered(
    rb"\b(?:pay|pays|paying|payments?|paid|charg(?:e|es|ed|ing)|cards?|visa|mastercard|amex|discover|debit|credit|"
    rb"tak(?:e|ing) care of (?:that|it|this|the (?:bill|balance|rest|total)))\b",
    needs=("pay* paid charg* card cards visa mastercard amex discover debit credit care",),
)
_OF_READING = vocabulary().of_reading | vocabulary().going_on | {
    word for phrase in vocabulary().fillers for word in phrase.replace("-", " ").split()
}  # fmt: skip
_FEWEST = 13  # digits
_MOST = 24  # with what is said behind a card
_MOST_CORRECTED = 56
_PAUSES = "~!,"
_LONGEST_WRONG = 6  # digits
_LENGTHS = range(13, 20)
_LEAST_HALF = 4  # digits
_TWO = 2  # pieces
_LEAST_APART = 6  # digits of a half
_REPEATED = 2  # digits
_NEAR = 420  # characters, the payment context of a card number
_LONGEST_GAP = 300  # characters between two pieces
_LONGEST_TALK = 1600  # characters between two halves
_OTHERS = 3  # words of a turn that are none of reading
_AGAIN = CORRECTIONS | {"over", "again", "redo", "wrong", "oops", "misread"}
_PHONE_DIGITS = 10
_WHOLE = 16  # digits
_OF_PAYING = frozenset({"charge", "charged", "paid"})  # harmless before an amount
_IN_PASSING = (" over the ", " by ", " on the ")  # "over the phone"
_FOUND: Final = finding(
    Label.CARD, "paid-with", "digits that may be a card, where payment is spoken of", 0.6, "context"
)


class _Piece(Struct, frozen=True, gc=False):
    """A run, and what it counts: its digits, or none where they repeat what was said before; and so `each` breath."""

    run: Run
    digits: str
    each: str


def claims(transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> Iterator[Claim]:
    """Return the digits that may be a card where payment is spoken of."""
    if sum(len(run.digits) for run in runs) < _FEWEST:
        return
    paid = [match.start() for match in _PAYS.finditer(transcript.octets)]
    if not paid and len(transcript.stretches) == len(transcript.documents):
        return  # without payment, only what goes over turns is looked for
    stretches = list(_stretches(transcript, cues, runs))
    found = [
        stretch
        for stretch in stretches
        if _is_confirmed(transcript, stretch)
        or (paid and _may_be_card(transcript, stretch) and _is_near(transcript, paid, stretch))
    ]
    for halves in _halves(transcript, stretches):
        digits = "".join(piece.digits for piece in halves)
        if checks.card(digits) or (checks.opens_card(digits) and _is_near(transcript, paid, halves)):
            found.append(halves)
    for piece in chain.from_iterable(found):
        yield Claim(tuple(transcript.in_turns(piece.run.start, piece.run.end)), _FOUND)


def _stretches(transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> Iterator[list[_Piece]]:
    """Yield the runs that follow each other with only words of reading between them, without what is something else."""
    pieces: list[_Piece] = []
    told = ""
    for run in runs:
        if is_amount(transcript.folded, run):
            continue
        other = _is_other(transcript, cues, run)
        most = _OTHERS if len(told) < _WHOLE else 0
        if pieces and (other or not _is_read_on(transcript, cues, pieces[-1].run.end, run.start, most)):
            yield pieces
            pieces, told = [], ""
        if not other:
            pieces.append(_piece(run, told))
            told = (told + pieces[-1].each)[-_MOST_CORRECTED:]
    if pieces:
        yield pieces


def _piece(run: Run, told: str) -> _Piece:
    """Return what a run counts behind digits that were told."""
    each = ""
    for digits in map(_once, _breaths(run, _PAUSES)):
        if len(digits) < _REPEATED or not (told + each).endswith(digits):
            each += digits
    digits = _once(run.digits)
    return _Piece(run, "" if len(digits) >= _REPEATED and told.endswith(digits) else digits, each)


def _breaths(run: Run, gaps: str) -> list[str]:
    """Return the digits of a run, apart where one of these gaps stands between them."""
    said = [""]
    for group in run.groups:
        if group.gap and group.gap in gaps:
            said.append("")
        said[-1] += group.digits
    return said


def _once(digits: str) -> str:
    """Return digits without what repeats all of them at once: "3530 3530"."""
    half = len(digits) // 2
    return digits[:half] if half >= _LEAST_HALF and digits[:half] == digits[half:] else digits


def _is_other(transcript: Transcript, cues: Cues, run: Run) -> bool:
    """Whether a run is governed by a cue of something else, or is a telephone or a date by its form."""
    text = transcript.folded
    if checks.card(run.digits) or "/" in text[run.start : run.end]:
        return True
    cue = cues.governing(run.start, run.end)
    if cue is not None and cue.label is not Label.CARD and not _is_in_passing(transcript, cues, cue, run):
        return True
    if cue is None and cues.asked_harmless(run.start, len(run.digits)):
        asked = cues.within(max(0, run.start - _NEAR), run.start)
        if not asked or not _is_in_passing(transcript, cues, asked[-1], run):
            return True
    said = map(_once, _breaths(run, "!"))
    return any(len(digits) == _PHONE_DIGITS and checks.nanp(digits) for digits in said)


def _is_in_passing(transcript: Transcript, cues: Cues, cue: Cue, run: Run) -> bool:
    """Whether a cue says how people talk or pay, "over the phone", "charge it", or what has few digits, "room"."""
    if cue.phrase in SMALL:
        return not cues.is_right_before(cue, run.start)
    if cue.phrase in _OF_PAYING:
        return transcript.turn_at(cue.start) < transcript.turn_at(run.start)
    return cue.phrase in {"phone", "telephone"} and transcript.folded.endswith(_IN_PASSING, 0, cue.start)


def _is_read_on(transcript: Transcript, cues: Cues, end: int, start: int, most: int) -> bool:
    """Whether hardly anything but words of reading stands between two places, of others so many in a turn at most."""
    if start - end > _LONGEST_GAP or transcript.document_at(end - 1) != transcript.document_at(start):
        return False
    if any(cue.label is not Label.CARD and cue.phrase not in ANY_CODE for cue in cues.within(end, start)):
        return False
    words, stretches = transcript.words, transcript.stretches
    for turn in range(transcript.turn_at(end - 1), transcript.turn_at(start) + 1):
        first = words.at_or_behind(max(end, stretches[turn].start))
        behind = words.at_or_behind(min(start, stretches[turn].end))
        others = sum(
            word not in _OF_READING and word not in _AGAIN and not bits & NUMERAL
            for word, bits in zip(words.said[first:behind], words.bits[first:behind], strict=True)
        )
        if others > most:
            return False
    return True


def _halves(transcript: Transcript, stretches: Sequence[list[_Piece]]) -> Iterator[list[_Piece]]:
    """Yield what one party reads before and behind some turns of talk, if it has the length of a card."""
    for before, behind in pairwise(stretches):
        first, second = before[-1].run, behind[0].run
        turns = [transcript.stretches[transcript.turn_at(run.start)] for run in (first, second)]
        apart = turns[0] is not turns[1] and turns[0].document == turns[1].document
        if not apart or turns[0].speaker != turns[1].speaker or second.start - first.end > _LONGEST_TALK:
            continue
        sizes = [sum(len(piece.digits) for piece in half) for half in (before, behind)]
        if min(sizes) >= _LEAST_APART and sum(sizes) in _LENGTHS:
            yield [*before, *behind]


def _is_confirmed(transcript: Transcript, pieces: Sequence[_Piece]) -> bool:
    """Whether pieces of several turns are a card by their issuer and check digit, paid or not."""
    sizes = [len(piece.each) for piece in pieces if piece.each]
    if len(sizes) < _TWO or min(sizes) < _LEAST_HALF or sum(sizes) not in _LENGTHS:
        return False
    turns = (transcript.turn_at(pieces[at].run.start) for at in (0, -1))
    return len({*turns}) > 1 and checks.card("".join(piece.each for piece in pieces))


def _may_be_card(transcript: Transcript, pieces: Sequence[_Piece]) -> bool:
    words = transcript.words
    first, behind = words.at_or_behind(pieces[0].run.start), words.at_or_behind(pieces[-1].run.end)
    again = not _AGAIN.isdisjoint(words.said[first:behind])
    return any(
        _opens_card("".join(digits), again=again)
        for digits in ([piece.digits for piece in pieces], [piece.each for piece in pieces])
    )


def _opens_card(digits: str, *, again: bool) -> bool:
    """Whether digits are as many as those of a card, and begin so; not `again`, nothing of them was corrected."""
    if not again:
        return _FEWEST <= len(digits) <= _MOST and checks.opens_card(digits)
    # Of a first group that was wrong, what is right stands behind it.
    openings = (digits[at:] for at in range(min(_LONGEST_WRONG, len(digits) - _FEWEST) + 1))
    return len(digits) <= _MOST_CORRECTED and any(map(checks.opens_card, openings))


def _is_near(transcript: Transcript, paid: Sequence[int], pieces: Sequence[_Piece]) -> bool:
    """Whether payment is spoken of shortly before or behind what is read."""
    start, end = pieces[0].run.start, pieces[-1].run.end
    at = bisect_left(paid, start - _NEAR)
    document = transcript.document_at(start)
    near = (place for place in paid[at : bisect_left(paid, end + _NEAR)])
    return any(transcript.document_at(place) == document for place in near)
