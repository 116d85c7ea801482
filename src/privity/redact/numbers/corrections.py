"""A few digits that correct a number or repeat a part of it: "no it's 2000", "oh 3544 got it", "1507 not 7507".

Whoever is read back to says only what was wrong, and the other side says it again. So few digits are nobody's number by
themselves; right behind a number of somebody they are a part of it.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Collection, Iterator
from itertools import islice

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.folding import DOCUMENT_BREAK
from privity.redact.reading.known_words import places_of
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_NUMBERS = RECORDS | {Label.CARD, Label.IBAN, Label.PHONE, Label.SSN}
_OF_DIGITS = frozenset({Label.CARD, Label.SSN, Label.PHONE})
_REACH = 170  # characters between a number, or a part of it, and what corrects it
_REACH_OF_SAME = 400
_REACH_OF_HOUSE = 40
_TURNS = 3
_LEAST = 3  # digits
_LEAST_OF_END = 1  # of what the other side says the end of a number was
_LEAST_AGAIN = 2  # digits of a part that the other side says again
_LEAST_BEHIND_END = 2  # of what corrects that
_MOST = 8
_SHORTEST = 6  # characters of a number that is corrected
_DIGIT = rf"(?:[0-9]+|{one_of(NUMBER_WORDS)})\b"
_DIGITS = rf"\b{_DIGIT}(?:[ -]{{1,2}}{_DIGIT})*"
_UM = r"\s+(?:(?:uh|um|er)\s+)?"
_SAYS = rf"you{_UM}(?:said|have|got)|i{_UM}(?:said|mean)|should{_UM}be|instead{_UM}of"
_NO = (
    rf"\b(?:no|nope|not|wrong|sorry|oops|wait|hang on|hold on|actually|correction|close(?: but)?|almost|{_SAYS}|"
    r"make that|scratch that|last (?:bit|part|four)(?: was| being| is)?)[\s,.;-]+"
    rf"(?:(?:no|not|it's|its|it is|that's|that is|it{_UM}should{_UM}be|but|sorry|wait|uh|um|er|{_SAYS}|"
    r"the last four (?:is|are)|the end is|it ends in|ends in|ending in)[\s,.;-]+){0,4}"
)
_OPENINGS = (
    "no nope not wrong sorry oops wait hang hold actually correction close almost instead you should i make last "
    "scratch"
)
_IS = r"\b(?:it's|it is|that's)[\s,.]+"
_OH = r"\b(?:oh|okay|ok|ah|sorry)[\s,.]+"
_THANKS = r"[\s,.]*(?:got it|gotcha|okay|thanks|thank you|my mistake|sorry)\b"
_PLACE = r"[\s,.]*(?:at|in|on) the (?:very )?(?:end|beginning|start|front|middle)\b"
_CORRECTED = Triggered(rf"{_NO}({_DIGITS})".encode(), needs=(_OPENINGS, A_NUMBER))
_OR_SAID = Triggered(
    rf"{_IS}({_DIGITS})[\s,.;-]+(?:i said|instead|not|should be|sorry)\b".encode(),
    needs=("it that", "said instead not should sorry", A_NUMBER),
)
_REPEATED = Triggered(rf"{_OH}({_DIGITS}){_THANKS}".encode(), needs=("oh okay ok ah sorry", A_NUMBER))
_PLACED = Triggered(rf"\b({_DIGITS}){_PLACE}".encode(), needs=("end beginning start front middle", A_NUMBER))
_ADDED = Triggered(
    rf"\b(?:there's|there is|there was|it's got|i forgot|i missed|you missed) (?:an? |another )({_DIGITS})"
    r"[\s,.]*(?:at|on|in) the (?:very )?(?:end|beginning|start|front|back)\b".encode(),
    needs=("there it i you", "end beginning start front back", A_NUMBER),
)
_NOT_BUT = Triggered(
    rf"\bnot {_DIGITS}[.,;][ ]+(?:but |it's )?({_DIGITS})(?:[.,;?!\s\x1d\x1e]|$)".encode(), needs=("not", A_NUMBER)
)
_LIKE = r"\s+(?:(?:uh|um|er|like|you know|i mean)\s+)?"
_PART = (
    r"(?:the (?:very )?(?:end|middle|beginning|start)|"
    rf"(?:the )?(?:last|final){_LIKE}(?:part|bit|group|digits?|numbers?|two|three|four|one)|"
    rf"(?:the )?(?:first|second|third|middle){_LIKE}(?:part|bit|half|group|digits?|numbers|letters?|two|three|four))"
    rf"(?: digits| numbers)?(?: of (?:it|that))?{_LIKE}(?:is|was|were|being)[\s,.:]+(?:(?:uh|um|er)\s+)?"
)
_END_SAID = Triggered(
    rf"\b{_PART}({_DIGITS})".encode(),
    needs=("end last final first second third middle beginning start", "is was were being", A_NUMBER),
)
_LETTERS_SAID = Triggered(
    (
        r"\b(?:almost|not quite|close|no|nope)[\s,.]+(?:(?:no|uh|um|er|i mean|but)[\s,.]+){0,2}"
        rf"{_PART}([a-z](?:[ -]?[a-z]){{0,3}})(?:[.,;!?]|[ ]*[\x1d\x1e]|$)"
    ).encode(),
    needs=(
        "almost quite close no nope",
        "end last final first second third middle beginning start",
        "is was were being",
    ),
)
# "try my husband's, it's the same but oh one two two"
_SAME_BUT = Triggered(
    (
        rf"\bsame\b(?:\s+(?:number|one|thing|as|mine|his|hers|except|just)){{0,3}}[\s,.]+(?:but|except|only)[\s,]+"
        rf"(?:(?:with|it|it's|that|that's|the|last|four|three|two|digits|is|are|ends|ending|end|in|for|uh|um|instead|of)[\s,]+){{0,6}}?({_DIGITS})"
    ).encode(),
    needs=("same", "but except only", A_NUMBER),
)
# "you're at 41 quarry? / no, 14", "it's 14, not 41": the house alone, in the turn that answers
_HOUSE = re.compile(
    r"[^a-z0-9]*(?:(?:no|nope|not quite|actually|sorry|wait|close|almost|yeah|well|it's|it is|that's|but)[\s,.]+){1,4}"
    rf"({_DIGITS}(?:[\s,.]+{_DIGITS})*)(?:[\s,.]*(?:not|instead of)[\s,]+({_DIGITS}))?[\s,.]*(?:[\x1d\x1e]|$)",
    re.ASCII,
)
_ANY = Group(
    _CORRECTED, _OR_SAID, _REPEATED, _PLACED, _ADDED, _NOT_BUT, _END_SAID, _LETTERS_SAID, _SAME_BUT
)  # fmt: skip
_SAID_ALONE = re.compile(_DIGITS, re.ASCII)
_NO_LETTERS = frozenset(
    {"a", "i", "it", "in", "on", "my", "ok", "so", "up", "us", "that", "this", "here", "good", "fine"}
)
_UNITS = vocabulary().units
_AMOUNT = re.compile(r"\$\s?$|[0-9][.:,]$", re.ASCII)
_PARTS = re.compile(rf"[0-9]|\b(?:{one_of(NUMBER_WORDS)})\b", re.ASCII)
_PAIRS = re.compile(r"(?:teen|ty)\b|\b(?:ten|eleven|twelve)\b", re.ASCII)


Ended = tuple[int, Label]  # where a number ends, and what it is


def claims(transcript: Transcript, cues: Cues, found: Collection[Claim]) -> Iterator[Claim]:
    """Return the digits that correct or repeat a part of a number which was found shortly before."""
    yield from _houses(transcript, found)
    if not _ANY.can_occur(transcript.octets):
        return
    pieces = sorted((part[1], claim.finding.label, part[1] - part[0]) for claim in found for part in _of_numbers(claim))
    if not pieces:
        return
    yield from _letters(transcript, found)
    ends = {match.span(1) for pattern in (_END_SAID, _ADDED) for match in pattern.finditer(transcript.octets)}
    places = ends.union(
        match.span(1)
        for pattern in (_CORRECTED, _OR_SAID, _REPEATED, _PLACED, _NOT_BUT)
        for match in pattern.finditer(transcript.octets)
    )
    for match in _SAME_BUT.finditer(transcript.octets):
        yield from _same_but(transcript, pieces, *match.span(1))
    said_ends: list[Ended] = []
    numbers = [(end, label) for end, label, size in pieces if size >= _SHORTEST]
    endings = [(end, label) for end, label, _ in pieces] if ends else []  # and behind them what corrects them
    for place in sorted(places):
        start, end = place[0], place[0] + len(transcript.folded[place[0] : place[1]].rstrip(" -"))
        if place in ends:
            label, least = _corrected(transcript, endings, start), _LEAST_OF_END
        else:
            label, least = _corrected_part(transcript, numbers, said_ends, start)
        if label is None or not _is_piece(transcript, start, end, least):
            continue
        cue = cues.governing(start, end)
        if cue is not None and cue.label is None and not (place in ends and cue.phrase == "part"):
            continue  # "the authorization is r four one no wait four nine"
        insort(numbers, (end, label))
        why = f"a few digits that correct or repeat a {label} before them"
        corrects = finding(label, "corrected-digits", why, 0.5, "context")
        yield Claim(((start, end),), corrects)
        if place in ends:
            said_ends.append((end, label))
            yield from (Claim((again,), corrects) for again in _again(transcript, start, end))


def _corrected_part(
    transcript: Transcript, numbers: list[Ended], said_ends: list[Ended], start: int
) -> tuple[Label | None, int]:
    """Return what is corrected at a place, and how many digits that takes: of an end that was said so, fewer."""
    label = _corrected(transcript, numbers, start)
    if said_ends and start - said_ends[-1][0] <= _REACH:
        return label or _corrected(transcript, said_ends, start), _LEAST_BEHIND_END
    return label, _LEAST


def _houses(transcript: Transcript, found: Collection[Claim]) -> Iterator[Claim]:
    """Yield the house numbers that correct one which the turn before ends with an address of."""
    for claim in found:
        if claim.finding.label is not Label.ADDRESS:
            continue
        start, end = claim.parts[-1]
        answer = transcript.answer_to(end - 1)
        if answer is None or answer.start - end > _REACH_OF_HOUSE or not _PARTS.search(transcript.folded, start, end):
            continue
        said = _HOUSE.match(transcript.folded, answer.start)
        for group in (1, 2) if said else ():
            if said and said[group]:
                yield Claim((said.span(group),), claim.finding)


def _same_but(transcript: Transcript, pieces: list[tuple[int, Label, int]], start: int, end: int) -> Iterator[Claim]:
    """Yield the digits in which a number is other than one that was found before them in the document."""
    end = start + len(transcript.folded[start:end].rstrip(" -"))
    at = bisect_right(pieces, (start, Label.URL, 0)) - 1
    near = at >= 0 and start - pieces[at][0] <= _REACH_OF_SAME
    near = near and transcript.document_at(pieces[at][0] - 1) == transcript.document_at(start)
    if near and _is_piece(transcript, start, end, _LEAST_AGAIN):
        why = f"the digits in which a {pieces[at][1]} differs"
        yield Claim(((start, end),), finding(pieces[at][1], "corrected-digits", why, 0.5, "context"))


def _letters(transcript: Transcript, found: Collection[Claim]) -> Iterator[Claim]:
    """Yield the letters that a part of a record number is said to be, and where the other side says them again."""
    said = list(_LETTERS_SAID.finditer(transcript.octets))
    if not said:
        return
    codes = sorted((part[1], claim.finding.label) for claim in found for part in _of_numbers(claim))
    codes = [(end, label) for end, label in codes if label not in _OF_DIGITS]
    for match in said:
        start, end = match.span(1)
        label = _corrected(transcript, codes, start)
        if label is None or transcript.folded[start:end] in _NO_LETTERS:
            continue
        letters = finding(label, "corrected-letters", f"letters that correct a {label} before them", 0.5, "context")
        yield Claim(((start, end),), letters)
        repeated = places_of(transcript.folded, (transcript.folded[start:end],), *_next_turn(transcript, end))
        yield from (Claim((again,), letters) for again in islice(repeated, 1))


def _again(transcript: Transcript, start: int, end: int) -> Iterator[Part]:
    """Yield where the other side says the digits of a place again, in any words: "seven nineteen"."""
    said = digits_said(transcript.folded[start:end])
    for match in _SAID_ALONE.finditer(transcript.folded, *_next_turn(transcript, end)):
        if digits_said(match[0]) == said and len(said) >= _LEAST_AGAIN:
            yield match.span()


def _next_turn(transcript: Transcript, place: int) -> Part:
    """Return where the turn behind that of a place begins and ends, no more than what can repeat a few digits."""
    turn = transcript.next_turn(place)
    return (turn.start, min(turn.end, turn.start + _REACH)) if turn is not None else (place, place)


def _of_numbers(claim: Claim) -> Iterator[Part]:
    """Yield the parts of a claim where it is of a number that may be corrected."""
    if claim.finding.label in _NUMBERS:
        yield from claim.parts


def _corrected(transcript: Transcript, numbers: list[Ended], start: int) -> Label | None:
    """Return what the number is that ended so shortly before a place that it may be corrected there."""
    at = bisect_right(numbers, (start, Label.URL)) - 1
    if at < 0 or start - numbers[at][0] > _REACH:
        return None
    end, label = numbers[at]
    if DOCUMENT_BREAK in transcript.folded[end:start]:
        return None
    return label if transcript.turn_at(start) - transcript.turn_at(end) <= _TURNS else None


def _is_piece(transcript: Transcript, start: int, end: int, least: int) -> bool:
    """Whether digits are so few that they are a part, and neither an amount nor a count of what follows."""
    text, words = transcript.folded, transcript.words
    said = text[start:end]
    size = len(_PARTS.findall(said)) + len(_PAIRS.findall(said))
    if not least <= size <= _MOST or _AMOUNT.search(text, max(0, start - 2), start):
        return False
    at = words.at_or_behind(end)
    if words.starts[at : at + 1] != [end + 1] or text[end] != " ":
        return text[end : end + 1] not in {"%", ":"}
    follows, bits = words.said[at], words.bits[at]
    plural = follows.endswith("s") and follows not in {"thanks", "yes"}
    counted = plural and bits & (Bit.WORD | Bit.FUNCTION) == Bit.WORD
    return not counted and follows not in _UNITS and not bits & Bit.CALENDAR
