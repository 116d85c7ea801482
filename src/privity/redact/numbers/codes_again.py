"""Codes of letters and digits that are said again, in any form: "W-304 661", then "w three oh four six six one".

What was found as a number of somebody is remembered by its letters and digits alone. Wherever four of them follow each
other again, with a letter among them, or five digits, or the last four alone, they are that number once more.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from privity.redact.claims import Claim, Covering, Part
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.numbers.of_things import are_hours
from privity.redact.reading.lexicon import NUMERAL, Asked, Bit
from privity.redact.reading.spoken_numbers import spoken_digits
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.vocabulary import vocabulary

_CODES = RECORDS | {Label.CARD, Label.IBAN, Label.IP, Label.PHONE, Label.SSN, Label.ZIP}
_PIECES = _CODES - {Label.ZIP, Label.IP} | {Label.PASSWORD}
_TELLING = _PIECES | _CODES | {Label.ADDRESS}
_SURE = 0.5  # of a claim, to be remembered
_STRETCH = 4  # letters and digits that are known again
_DIGITS_ONLY = 5
_SURELY_LONG = 10
_SHORTEST = 5  # of a code that is remembered
_LEAST_TAIL = 2
_THE = frozenset({"the", "that", "this"})
_THE_OTHER = _THE | {"old", "new", "other"}
_ENDING = frozenset({"ending", "ends", "end", "finishing", "finishes"})
_HOUSE = 3  # digits of a house number that is known again
_REACH_OF_PIECES = 120  # characters from one piece of a code to the next
_LONGEST_WHOLE = 24  # letters and digits
_FIRST_SAYING = 2  # codes side by side are said there, and not again: "call 612 555 0199 and 651 555 0190"
_KEYS = frozenset({"star", "pound", "hash", "asterisk", "hashtag"})
_MOST = 40  # codes of one conversation
_LONGEST_OPENING = 4  # letters that are read as one word before the digits: "inc 0 0 4"
_WRITTEN = Bit.DIGITS | Bit.MIXED
_TIMES = {"double": 2, "triple": 3}
_EXPLAINS = frozenset({"as", "in", "for", "like"})
_PARTS = Asked(lambda bits: bits & (NUMERAL | Bit.SPELLING) != 0 and not bits & Bit.CALENDAR)
_CLOSE = frozenset({"", " ", "-", ", ", ". ", ".", ",", "/", " - ", ":", "... ", " ... "})
_BETWEEN = frozenset({"dash", "hyphen", "slash", "dot", "space", "capital", "and", "then", "uh", "um"})
_AGAIN = "code-again"
_SCORE = 0.52


_Part = tuple[str, int]  # what one word is of a code: its letters and digits, and its index


class _Run(NamedTuple):
    """The first and the last word of what may be a code, whether it may be the end of one, and whether a whole one."""

    opens: int
    closes: int
    tail: bool
    whole: bool


def claims(transcript: Transcript, found: Sequence[Claim]) -> Iterator[Claim]:
    """Return where the codes that were found are said again."""
    telling: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in found:
        if claim.finding.label in _TELLING:
            telling[transcript.document_at(claim.parts[0][0])].append(claim)
    if not telling:
        return
    words = transcript.words
    yield from _signed_again(transcript, found)
    better = Covering(part for claim in found if claim.finding.score > _SCORE for part in claim.parts)
    open_runs = {document: runs for document in telling if (runs := [*_open_runs(transcript, document, better)])}
    for document, runs in open_runs.items():
        first_said = telling[document]
        known = _codes(words, first_said)
        first = {(claim.parts, claim.finding.label) for claim in first_said}  # which say better why they are hidden
        again = list(_among(words, runs, known)) if known else []
        yield from (claim for claim in again if (claim.parts, claim.finding.label) not in first)
        wholes = {code: of for code, of in _wholes(words, first_said) if code not in known}
        if wholes:
            yield from _among(words, _shown(words, runs, first_said, again), wholes)


def _shown(words: Words, runs: Iterable[_Run], found: Sequence[Claim], again: Iterable[Claim]) -> Iterator[_Run]:
    """Yield the whole runs of a document that are none of the numbers found in it, nor hold several codes of it."""
    held = Covering(part for claim in found if claim.finding.label in _PIECES for part in claim.parts)
    said = Covering(part for claim in again for part in claim.parts)
    apart = _apart(found)
    for run in runs:
        place = (words.starts[run.opens], words.ends[run.closes])
        open_still = run.whole and not (held.holds(*place) or said.holds(*place))
        if open_still and _count_within(apart, *place) < _FIRST_SAYING:
            yield run


def _apart(found: Iterable[Claim]) -> list[int]:
    """Return where the codes begin that were found in a document, those of one place once."""
    starts, reach = [], -1
    for start, end in sorted(part for claim in found if claim.finding.label in _CODES for part in claim.parts):
        if start >= reach:
            starts.append(start)
        reach = max(reach, end)
    return starts


def _count_within(starts: Sequence[int], start: int, end: int) -> int:
    return bisect_left(starts, end) - bisect_left(starts, start)


def _signed_again(transcript: Transcript, found: Sequence[Claim]) -> Iterator[Claim]:
    """Claim codes with a sign that are said once more in the same words, shortly behind: "four four star nine"."""
    for claim in found:
        if claim.finding.label is not Label.PASSWORD:
            continue
        start, end = claim.parts[-1]
        said = transcript.folded[start:end]
        if not _KEYS.isdisjoint(said.split()):
            behind = transcript.behind(end, _REACH_OF_PIECES)
            at = behind.find(said)
            if at >= 0:
                yield Claim(((end + at, end + at + len(said)),), claim.finding)


def _codes(words: Words, found: Sequence[Claim]) -> dict[str, Label]:
    """Return the codes that were found in a document, and the numbers of houses, with their labels."""
    codes: dict[str, Label] = {}
    read: set[tuple[tuple[Part, ...], bool]] = set()  # several rules find the same number
    for claim in found:
        label, sure = claim.finding.label, claim.finding.score >= _SURE
        if len(codes) >= _MOST:
            break
        if label is Label.ADDRESS:
            for number in _numbers(words, *claim.parts[0]):
                codes.setdefault(number, label)
        elif label in _CODES and (claim.parts, sure) not in read:
            read.add((claim.parts, sure))
            code = "".join(_signs(words, *part) for part in claim.parts)
            sure = sure or len(code) >= _SURELY_LONG
            if sure and len(code) >= _SHORTEST and any(map(str.isdigit, code)):
                codes[code] = label
    return codes


def _wholes(words: Words, found: Sequence[Claim]) -> Iterator[tuple[str, Label]]:
    """Yield the codes of which pieces were found one shortly behind the other, some of them said twice."""
    pieces = (claim for claim in found if claim.finding.label in _PIECES)
    parts = sorted((*part, claim.finding.label) for claim in pieces for part in claim.parts)
    code, said, reach, of = "", "", -_REACH_OF_PIECES - 1, Label.ID
    for start, end, label in parts:
        if end <= reach:
            continue
        piece = _signs(words, max(start, reach), end)
        apart = start - reach > _REACH_OF_PIECES or len(code) > _LONGEST_WHOLE
        if apart and code != said:
            yield code, of
        if apart:
            code, of = piece, label
        elif piece != said and not code.endswith(piece) and piece != code:
            code += piece
        said, reach = piece, end
    if code != said:
        yield code, of


def _numbers(words: Words, start: int, end: int) -> Iterator[str]:
    """Yield the digits of each number in an address that is long enough to be told from others."""
    first, behind = words.at_or_behind(start), words.at_or_behind(end)
    while first < behind:
        last = first
        while last < behind and words.bits[last] & NUMERAL:
            last += 1
        number = _joined(_parts(words, range(first, last), opening=False))
        if number.isdigit() and len(number) >= _HOUSE:
            yield number
        first = last + 1


def _signs(words: Words, start: int, end: int) -> str:
    """Return the letters and digits of what stands from one place to another."""
    first, behind = words.at_or_behind(start), words.at_or_behind(end)
    return _joined(_parts(words, range(first, behind), opening=True))


def _joined(parts: Iterable[_Part]) -> str:
    return "".join([signs for signs, _ in parts])


def _parts(words: Words, within: Sequence[int], *, opening: bool) -> Iterator[_Part]:
    """Yield what the words are of a code; words that explain a letter, or stand between two, are nothing."""
    explained, tens, times = False, False, 1
    said, kinds = words.said, words.bits
    for at in within:
        word, bits = said[at], kinds[at]
        if word in _EXPLAINS or word in _BETWEEN:
            explained = word in _EXPLAINS
            continue
        if word in _TIMES and bits & Bit.NUMBER:
            times = _TIMES[word]
            continue
        signs = _signs_of(word, bits, explained=explained, opening=opening)
        if tens and not (len(signs) == 1 and signs in "123456789"):
            yield "0", at - 1  # of "twenty", of which "2" was yielded
        tens = len(signs) == 2 and signs[1] == "0" and bits & Bit.NUMBER != 0
        if signs:
            yield (signs[0] if tens else signs * times), at
        explained, times = False, 1
    if tens:
        yield "0", within[-1]


def _signs_of(word: str, bits: int, *, explained: bool, opening: bool) -> str:
    if bits & (Bit.DIGITS | Bit.MIXED):
        return word
    if bits & Bit.NUMBER:
        return spoken_digits(word)
    if bits & Bit.SPELLING:
        return "" if explained and len(word) > 1 else word[0]
    opens = opening and len(word) <= _LONGEST_OPENING and not bits & Bit.FUNCTION and not explained
    return word if opens else ""


def _open_runs(transcript: Transcript, document: int, better: Covering) -> Iterator[_Run]:
    """Yield the runs of a document in which a code may be said again: most numbers are hidden anyway."""
    words = transcript.words
    said, bits = words.said, words.bits
    first = words.at_or_behind(transcript.documents[document])
    behind = words.at_or_behind(transcript.document_end(document))
    for opens, closes in _runs(transcript, first, behind):
        tail = _ends_before(said, opens) or said[closes + 1 : closes + 4] == ["at", "the", "end"]
        short = opens == closes and not (bits[opens] & _WRITTEN and len(said[opens]) >= _HOUSE)
        whole = not short and not better.holds(words.starts[opens], words.ends[closes])
        if tail or whole:
            yield _Run(opens, closes, tail, whole)


def _among(words: Words, runs: Iterable[_Run], known: dict[str, Label]) -> Iterator[Claim]:
    """Claim what is known in some runs."""
    stretches: dict[str, Label] = {}
    for code, label in known.items():
        if label is Label.ADDRESS:
            continue
        for at in range(len(code) - _STRETCH + 1):
            stretches.setdefault(code[at : at + _STRETCH], label)
    for opens, closes, tail, whole in runs:
        if tail:
            yield from _tail(words, opens, closes, known)
        if whole and not are_hours(words.said[opens : closes + 1], words.beside(opens, -1)):
            parts = list(_parts(words, range(opens, closes + 1), opening=False))
            yield from _again(words, parts, stretches, known)


def _runs(transcript: Transcript, first: int, behind: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of what may be codes, from one word to before another."""
    words = transcript.words
    indices = list(compress(range(first, behind), map(_PARTS.__getitem__, words.bits[first:behind])))
    at, count = 0, len(indices)
    while at < count:
        last = at
        while last + 1 < count and _follows(transcript, indices[last], indices[last + 1]):
            last += 1
        if last > at and words.said[indices[last]] == "one" and words.beside(indices[at], -1) in _THE:
            last -= 1  # "i have the 9056 one"
        thing = last > at and words.said[indices[at]] == "one" and words.beside(indices[at], -1) in _THE_OTHER
        yield indices[at + thing], indices[last]  # "that's my old one 5123 ..."
        at = last + 1


def _ends_before(said: Sequence[str], at: int) -> bool:
    """Whether what stands before a word says that the end of a code follows: "ending in"."""
    before = said[at - 1] if at else ""
    return before == "ending" or (before in {"in", "with"} and at > 1 and said[at - 2] in _ENDING)


def _follows(transcript: Transcript, before: int, word: int) -> bool:
    """Whether nothing but signs and fillers of a code stands between two words of one turn."""
    words = transcript.words
    if word == before + 1 and words.starts[word] == words.ends[before] + 1:
        return transcript.folded[words.ends[before]] in _CLOSE
    if word - before > 3 or any(
        words.said[at] not in _BETWEEN and words.said[at] not in _EXPLAINS and words.said[at - 1] not in _EXPLAINS
        for at in range(before + 1, word)
    ):
        return False
    if words.said[word] in {"oh", "o"} and "." in transcript.folded[words.ends[before] : words.starts[word]]:
        return False  # "... four nine. oh dear"
    return all(transcript.folded[words.ends[at] : words.starts[at + 1]] in _CLOSE for at in range(before, word))


def _again(
    words: Words, parts: Sequence[_Part], stretches: dict[str, Label], known: dict[str, Label]
) -> Iterator[Claim]:
    """Claim the words of a run whose letters and digits follow each other in a code."""
    signs = _joined(parts)
    if known.get(signs) is Label.ADDRESS:
        first, last = parts[0][1], parts[-1][1]
        if not _is_amount(words, first, last):
            found = finding(Label.ADDRESS, _AGAIN, "a house number that was said before", 0.45, "context")
            yield Claim(((words.starts[first], words.ends[last]),), found)
        return
    owner = [word for signs_of_word, word in parts for _ in signs_of_word]
    at = 0
    while at <= len(signs) - _STRETCH:
        label = stretches.get(signs[at : at + _STRETCH])
        if label is None:
            at += 1
            continue
        end = at + _STRETCH
        while end < len(signs) and signs[end - _STRETCH + 1 : end + 1] in stretches:
            end += 1
        said = signs[at:end]
        if _tells(said, signs, known):
            first, last = owner[at], owner[end - 1]
            if not _is_amount(words, first, last) and not _is_amount(words, first, parts[-1][1]):
                why = f"repeats letters and digits of a {label} found elsewhere"
                place = (words.starts[first], words.ends[last])
                yield Claim((place,), finding(label, _AGAIN, why, _SCORE, "context"))
        at = end


def _tail(words: Words, first: int, last: int, known: dict[str, Label]) -> Iterator[Claim]:
    """Claim what ends a code and is said to end it: "ending in zero two", "nine zero at the end"."""
    signs = _joined(_parts(words, range(first, last + 1), opening=False))
    label = next((label for code, label in known.items() if code.endswith(signs) and label is not Label.ADDRESS), None)
    if label is not None and len(signs) >= _LEAST_TAIL:
        found = finding(label, _AGAIN, f"ends a {label} found elsewhere", _SCORE, "context")
        yield Claim(((words.starts[first], words.ends[last]),), found)


def _is_amount(words: Words, first: int, last: int) -> bool:
    """Whether something is counted, or one of the words before says what it is instead."""
    behind, before = words.beside(last, 1), words.beside(first, -1)
    if before == "number":
        before = words.beside(first, -2)
    if "code" in words.said[max(0, first - 3) : first] and "bar" in words.said[max(0, first - 4) : first]:
        return True  # "the bar code says"
    return behind in vocabulary().units or before in {"dollars", "usd", "room", "error", "model", "order"}


def _tells(said: str, signs: str, known: dict[str, Label]) -> bool:
    if not said.isdigit():
        return any(map(str.isdigit, said)) or len(said) > _STRETCH
    return len(said) >= _DIGITS_ONLY or (said == signs and any(code.endswith(said) for code in known))
