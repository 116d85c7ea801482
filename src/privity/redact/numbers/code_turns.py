"""Codes of letters and digits that are read over several turns: what is left of them in the turns that read on.

Others find the pieces that are numbers by themselves. Around them stand what is none: "w ... hold on ... w as in
walter", "dash oh three", "and then an x". Between the words that announce a record number and shortly behind its last
piece, every letter and digit of a turn that says nothing else is of it; and wherever one was read, so are both of which
somebody cannot tell which it was, "a five or an s", and the answer.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.numbers.of_things import are_hours, is_of_thing
from privity.redact.reading.cues import ANY_CODE, Cue, Cues
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.misheard import HOMOPHONES
from privity.redact.reading.spoken_numbers import COUNTS, PLURALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered
from privity.redact.reading.vocabulary import DIGIT_WORDS, one_of, vocabulary

_EVIDENCE = RECORDS | {Label.CARD, Label.PHONE, Label.SSN, Label.PASSWORD, Label.IBAN}
_MOST_TURNS = 16  # behind what announces a number
_MOST_BEFORE = 8  # turns until the first piece that others find
_MOST_QUIET = 6  # turns between two pieces
_TURNS_BEHIND = 2  # its last piece
_MOST_CUES = 12  # that are passed over
_MOST_FETCHING = 8  # words
_MOST_HELD = 64  # pieces
_MOST_WORDS = 24  # of a turn
_LETTER_WORDS = 5  # that explain one letter or ask which it is
_SIGNS = frozenset({"dash", "hyphen", "slash", "dot"})
_BETWEEN = frozenset({"then", "and", "uh", "um", "er", "erm", "capital", "a", "an", "space", "the"})
_SAID = vocabulary().of_reading | _SIGNS | {
    "as", "bear", "below", "bit", "blurry", "can't", "capital", "come", "faint", "from", "hard", "letter", "letters",
    "looking", "lower", "mark", "maybe", "might", "my", "mm", "once", "out", "possibly", "really", "smudged", "tell",
    "something", "thanks", "thank", "there's", "think", "tiny", "top", "underneath", "upper", "case", "very",
}  # fmt: skip
_ALONE = frozenset({"a", "i", "o"})
_DIGITS_BESIDE = frozenset({"o", "oh"})
_EITHER = Triggered(
    rf"\b(?:an?|maybe|it's|is)\s+({one_of(DIGIT_WORDS)}|[a-z0-9]),?\s+or\s+(?:(?:an?|maybe|is|it|possibly)\s+)*"
    rf"({one_of(DIGIT_WORDS)}|[a-z0-9])\b".encode(),
    needs=("or", "a an maybe it is"),
)
_ONE_OF = frozenset(
    {"second", "sec", "moment", "minute", "more", "time", "thing", "of", "bit", "sorry", "there", "here", "after"}
)
_THE_ONE = frozenset(
    {"the", "this", "that", "which", "another", "last", "first", "next", "right", "wrong", "old", "new", "good", "any"}
)
_COUNTED = vocabulary().units | {"letters", "letter", "digits", "digit", "characters", "numbers"}
_TURNS_AWAY = frozenset({"how", "many", "when", "which", "who", "why", "name", "address", "email", "zip", "phone"})
_THANKS = frozenset({"thanks", "you"})  # "thanks four that"
_WHOSE = frozenset({"the", "my", "this", "that", "her", "his"})
_FETCHES = frozenset({"find", "on", "get", "grab", "hang", "hold", "looking", "moment", "sec", "sorry", "wait"})
_LEAST_BESIDE_CUE = 3  # words of pieces


def claims(transcript: Transcript, cues: Cues, found: Sequence[Claim]) -> Iterator[Claim]:
    """Return the pieces that are left of the record numbers of which others found some."""
    asked = [cue for cue in cues if cue.label in RECORDS]
    documents = {transcript.document_at(cue.start) for cue in asked}
    pieces = (part for claim in found if claim.finding.label in _EVIDENCE for part in claim.parts) if asked else ()
    places = sorted(part for part in pieces if transcript.document_at(part[0]) in documents)
    if not places:
        return
    told = finding(Label.ID, "code-turns", "a sign of a number that somebody cannot read", 0.3, "context")
    yield from (Claim((part,), told) for part in _either(transcript, places))
    every = list(cues)
    for cue in asked:
        assert cue.label is not None
        why = f'cue "{cue.phrase}", then turns that read a number'
        told = finding(cue.label, "code-turns", why, 0.3, "context", cue.phrase)
        limit = _limit(transcript, every, cue)
        yield from (Claim((part,), told) for part in _read(transcript, cue, places, limit))


def _limit(transcript: Transcript, every: Sequence[Cue], cue: Cue) -> int:
    """Return where something else is announced behind a cue, or its document ends."""
    at = bisect_left(every, cue.start, key=_start)
    end, asked = transcript.document_end(transcript.document_at(cue.start)), transcript.turn_at(cue.start)
    for index in range(at + 1, min(len(every), at + 1 + _MOST_CUES)):
        other = every[index]
        if other.start >= end:
            break
        beside = transcript.turn_at(other.start) == asked and (other.label is None or other.phrase in ANY_CODE)
        announces = other.label is not None or " " in other.phrase
        if announces and not beside and not _is_fetched(transcript, other):
            return other.start
    return min(end, every[min(at + _MOST_CUES, len(every) - 1)].start) if len(every) > at + 1 + _MOST_CUES else end


def _is_fetched(transcript: Transcript, cue: Cue) -> bool:
    """Whether a cue is a thing that somebody looks for or on: "hold on let me find the card", "sorry my phone died"."""
    words, turn = transcript.words, transcript.stretches[transcript.turn_at(cue.start)]
    if words.beside(words.at_or_behind(cue.start), -1) not in _WHOSE:
        return False
    at = words.at_or_behind(cue.start)
    return not _FETCHES.isdisjoint(words.said[max(words.at_or_behind(turn.start), at - _MOST_FETCHING) : at])


def _start(cue: Cue) -> int:
    return cue.start


def _read(transcript: Transcript, cue: Cue, places: Sequence[Part], limit: int) -> Iterator[Part]:
    """Yield the pieces of the turns from a cue to shortly behind the last piece, by whomever it was found."""
    words, stretches = transcript.words, transcript.stretches
    first = transcript.turn_at(cue.start)
    furthest = min(first + _MOST_TURNS, len(stretches) - 1)
    last = _last_held(transcript, cue, places, min(limit, stretches[furthest].end))
    for turn in range(first, furthest + 1) if last >= 0 else ():
        start, end = max(stretches[turn].start, cue.end), min(stretches[turn].end, limit)
        begins, behind = words.at_or_behind(start), words.at_or_behind(end) if start < end else 0
        if turn > last + _TURNS_BEHIND or (turn > first and not _TURNS_AWAY.isdisjoint(words.said[begins:behind])):
            return
        if 0 < behind - begins <= _MOST_WORDS and end == stretches[turn].end:
            pieces = list(_pieces(transcript, begins, behind, 1 if turn > first else _LEAST_BESIDE_CUE))
            yield from pieces
            last = max(last, turn) if pieces else last


def _last_held(transcript: Transcript, cue: Cue, places: Sequence[Part], until: int) -> int:
    """Return the turn of the last piece that others found behind a cue, each near the one before; -1 without any."""
    begins = bisect_left(places, (cue.end, 0))
    held = places[begins : min(begins + _MOST_HELD, bisect_left(places, (until, 0)))]
    first = last = transcript.turn_at(cue.start)
    if not held or first == transcript.turn_at(until - 1):
        return -1  # nothing that others found, or no turns at all: notes and letters
    for start, _ in held:
        turn = transcript.turn_at(start)
        if turn - last > (_MOST_QUIET if last > first else _MOST_BEFORE):
            break
        last = turn
    return last


def _pieces(transcript: Transcript, first: int, behind: int, least: int) -> Iterator[Part]:
    """Yield the letters and digits, so many words at least, of a turn that says nothing else."""
    words = transcript.words
    taken: list[tuple[int, int]] = []
    others, at = 0, first
    while at < behind:
        last = _piece(transcript, at, first, behind)
        if last is None:
            others += words.said[at] not in _SAID
            at += 1
            continue
        taken.append((at, last))
        at = last + 1
    if sum(last - begins + 1 for begins, last in taken) < least or "point" in words.said[first:behind]:
        return
    for begins, last in _with_signs(transcript, taken, first, behind) if others == 0 else ():
        said = words.said[begins : last + 1]
        decimal = transcript.folded[words.ends[last - 1] : words.starts[last]] == "."
        if not (decimal or are_hours(said, words.beside(begins, -1)) or is_of_thing(words, begins, last)):
            yield words.starts[begins], words.end(last)


def _piece(transcript: Transcript, at: int, first: int, behind: int) -> int | None:
    """Return the last word of the piece of a code that begins at a word, None where it is none."""
    words = transcript.words
    said, bits = words.said[at], words.bits[at]
    after = words.said[at + 1] if at + 1 < behind else ""
    before = words.said[at - 1] if at > first else ""
    if bits & NUMERAL:
        counted = said == "one" and (after in _ONE_OF or before in _THE_ONE)
        counted = counted or (said in PLURALS and before not in COUNTS) or said in HOMOPHONES
        counted = counted or after in _COUNTED or (said == "four" and before in _THANKS)
        lone = said in _DIGITS_BESIDE and not _beside_piece(transcript, at, first, behind)
        return None if counted or lone else at
    if bits & Bit.MIXED:
        return at
    explained = words.said[at + 1 : at + 3] == ["as", "in"] and at + 3 < behind
    if len(said) == 1 and said.isalpha():
        if explained:
            near = range(at + 3, min(at + _LETTER_WORDS, behind))
            return next((other for other in near if words.said[other].startswith(said)), at)
        return None if said in _ALONE and not _between_pieces(transcript, at, first, behind) else at
    if bits & Bit.SPELLING and _beside_piece(transcript, at, first, behind):
        return at
    return None


def _beside_piece(transcript: Transcript, at: int, first: int, behind: int) -> bool:
    """Whether a letter or a digit stands right beside a word."""
    return any(_is_sign(transcript, other) for other in (at - 1, at + 1) if first <= other < behind)


def _between_pieces(transcript: Transcript, at: int, first: int, behind: int) -> bool:
    """Whether letters or digits stand right before a word and right behind it."""
    return first < at < behind - 1 and _is_sign(transcript, at - 1) and _is_sign(transcript, at + 1)


def _is_sign(transcript: Transcript, at: int) -> bool:
    said, bits = transcript.words.said[at], transcript.words.bits[at]
    return bits & (NUMERAL | Bit.SPELLING) != 0 or (len(said) == 1 and said not in _ALONE)


def _with_signs(
    transcript: Transcript, taken: Sequence[tuple[int, int]], first: int, behind: int
) -> Iterator[tuple[int, int]]:
    """Yield pieces together where only signs stand between them, with the signs before and behind."""
    said, at = transcript.words.said, 0
    while at < len(taken):
        begins, last = taken[at]
        at += 1
        while at < len(taken) and _BETWEEN.union(_SIGNS).issuperset(said[last + 1 : taken[at][0]]):
            last = taken[at][1]
            at += 1
        while begins > first and said[begins - 1] in _SIGNS:
            begins -= 1
        while last + 1 < behind and said[last + 1] in _SIGNS:
            last += 1
        yield begins, last


def _either(transcript: Transcript, places: Sequence[Part]) -> Iterator[Part]:
    """Yield both of two signs between which somebody cannot tell shortly behind a number, and the one that is told."""
    words = transcript.words
    for match in _EITHER.finditer(transcript.octets):
        at = bisect_left(places, match.span()) - 1
        start = match.start()
        if at < 0 or transcript.document_at(places[at][0]) != transcript.document_at(start):
            continue
        behind = words.at_or_behind(match.end())
        beside = transcript.folded[match.end() : match.end() + 1] == " " and behind < len(words.said)
        described = beside and not words.bits[behind] & Bit.FUNCTION and words.starts[behind] == match.end() + 1
        if described or transcript.turn_at(start) - transcript.turn_at(places[at][1] - 1) > _TURNS_BEHIND:
            continue  # "a one or a two bedroom"
        yield from (match.span(1), match.span(2))
        answer = transcript.next_turn(start)
        told = range(words.at_or_behind(answer.start), words.at_or_behind(answer.end)) if answer is not None else ()
        offered = {match[1].decode(), match[2].decode()}
        if not all(words.said[word] in _SAID or words.said[word] in offered for word in told):
            continue
        yield from ((words.starts[word], words.ends[word]) for word in told if words.said[word] in offered - {"a", "i"})
