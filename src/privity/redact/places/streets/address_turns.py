"""Addresses that are read over several turns, and what answers a question for one more part of an address.

"nine oh one east / mm-hm / mulberry", "is that the upper or the lower / lower", "Wisteria Court? / Court, yeah, unit
3". A name by itself is somebody's street only in the voice that has read a house number and no street yet; upper and
lower, lane and drive are parts of an address only beside one.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.asked_addresses import OPENS_ANSWER, is_postal
from privity.redact.places.streets.street_words import CLOSED, LISTS, MOST_NAMES, StreetWords
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.small_words import URGES
from privity.redact.reading.transcript import Stretch, Transcript
from privity.redact.reading.triggers import NEXT_TURN, Group, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_ASKED = Triggered(
    rb"\baddress\b[^\x1d\x1e]{0,60}\x1e|\bwhere\b[^\x1d\x1e]{0,60}\b(?:live|lives|living|deliver\w*|send|sending|mail|"
    rb"mailing|ship|shipping|located|staying|house|home|pick|picking|bring|bringing|drop|dropping)\b[^\x1d\x1e]{0,40}\x1e",
    needs=("address where", NEXT_TURN),
)
_LEVELS = "upper|lower|front|rear|upstairs|downstairs|north|south|east|west|top|bottom"
_WAYS = one_of(LISTS.kinds - {"close", "point", "run", "walk", "way"})
_CHOICE = Triggered(
    (
        rf"\b({_LEVELS})(?:\s+(?:unit|level|floor|building|apartment|one))?,?\s+or\s+(?:is\s+it\s+)?(?:the\s+)?({_LEVELS})\b|"
        rf"\b({_WAYS}),?\s+or\s+(?:is\s+it\s+)?(?:a\s+|an\s+)?({_WAYS})\b"
    ).encode(),
    needs=("or", f"{_LEVELS}|{_WAYS}".replace("|", " ")),
)
_UNITS = LISTS.unit_words - {"box", "space", "numbers", "app"}
SAID = Group(_ASKED, _CHOICE)

_OPENS = (OPENS_ANSWER | CLOSED | {word for phrase in URGES for word in phrase.split()}) - _UNITS
_CLOSES = _OPENS - vocabulary().units
_MOST_TURNS = 8
_MOST_WORDS = 16  # of a turn
_NEAR = 2  # turns between an address and what is asked of it
_FOUND = finding(
    Label.ADDRESS, "address-over-turns", "a house number, then its street in a later turn", 0.75, "context"
)
_PART = finding(Label.ADDRESS, "address-part-answered", "a part of an address that was just read", 0.7, "context")


class _Piece(Struct):
    """The words of one turn that hold a piece of an address: where it begins, where a name does, and what is behind."""

    first: int
    name: int
    behind: int

    @property
    def numbered(self) -> bool:
        """Whether it has a house number or a compass before any name."""
        return self.name > self.first

    @property
    def named(self) -> bool:
        """Whether it has a name."""
        return self.behind > self.name


def claims(
    transcript: Transcript, read: StreetWords, streets: Sequence[Part], learn: Callable[[int, int], None]
) -> Iterator[Claim]:
    """Return the pieces of addresses over turns, and the parts that are asked for beside the streets found before."""
    found = list(chain.from_iterable(_over_turns(transcript, read)))
    words = transcript.words
    for piece in found:
        place = (words.starts[piece.first], words.end(piece.behind - 1))
        learn(*place)
        yield Claim((place,), _FOUND)
    near = [*streets, *((words.starts[piece.first], words.end(piece.behind - 1)) for piece in found)]
    yield from _choices(transcript, near)


def confirmed(transcript: Transcript, read: StreetWords, streets: Sequence[Part]) -> Iterator[Claim]:
    """Return the kind of street and the unit with which the turn behind a street confirms it: "Court, yeah, unit 3"."""
    words = transcript.words
    for _, end in streets:
        turn = transcript.next_turn(end - 1)
        if turn is None or any(map(str.isalnum, transcript.folded[end : turn.start])):
            continue
        at, behind = words.at_or_behind(turn.start), words.at_or_behind(turn.end)
        kind = words.at_or_behind(end) - 1
        while at < behind and (words.said[at] in _OPENS or words.said[at] == words.said[kind] in LISTS.kinds):
            if words.said[at] == words.said[kind]:
                yield Claim(((words.starts[at], words.ends[at]),), _PART)
            at += 1
        if at < behind and words.said[at] in _UNITS:
            last = read.behind_number(at + 1)
            if last > at + 1 and not read.measures(words.end(last - 1)):
                at += words.said[at] == "number"
                yield Claim(((words.starts[at], words.end(last - 1)),), _PART)


def _over_turns(transcript: Transcript, read: StreetWords) -> Iterator[list[_Piece]]:
    """Yield the pieces of each address of which the street is in a later turn than the number."""
    for match in _ASKED.finditer(transcript.octets):
        if b"address" in match[0] and not is_postal(transcript.folded, match.start()):
            continue
        asked = transcript.turn_at(match.end() - 1)
        document = transcript.stretches[asked].document
        answers = transcript.stretches[asked + 1 : asked + 1 + _MOST_TURNS]
        pieces = list(_read_on(transcript, read, [answer for answer in answers if answer.document == document]))
        if len(pieces) > 1 and pieces[-1].named:
            yield pieces


def _read_on(transcript: Transcript, read: StreetWords, answers: Sequence[Stretch]) -> Iterator[_Piece]:
    """Yield what each turn behind a question holds of an address, until one holds its name or something else."""
    number: Stretch | None = None
    voice = 0
    for place, answer in enumerate(answers):
        first, behind = _trimmed(transcript, answer)
        if first == behind:
            continue
        piece = _piece(read, first, behind)
        if piece is None:
            return
        if number is None:
            if piece.named or read.house(first) == first:
                return  # no number, or the whole in one turn, which others find
            number, voice = answer, place
        elif piece.named and not piece.numbered:
            alike = number.speaker == answer.speaker and (answer.speaker != "" or (place - voice) % 2 == 0)
            if not (alike or read.is_strange(piece.name)):
                return
        yield piece
        if piece.named:
            return


def _trimmed(transcript: Transcript, stretch: Stretch) -> Part:
    """Return the first word of a turn behind its opening, and the one behind the last but for what closes it."""
    words = transcript.words
    first, behind = words.at_or_behind(stretch.start), words.at_or_behind(stretch.end)
    if behind - first > _MOST_WORDS:
        return first, behind
    while first < behind and words.said[first] in _OPENS and not _is_digit(transcript, first, behind):
        first += 1
    while first < behind and words.said[behind - 1] in _CLOSES and not words.bits[behind - 1] & NUMERAL:
        behind -= 1
    return first, behind


def _is_digit(transcript: Transcript, at: int, behind: int) -> bool:
    """Whether a word is read as a digit: "oh" before another one."""
    bits = transcript.words.bits
    return bits[at] & NUMERAL != 0 and at + 1 < behind and bits[at + 1] & NUMERAL != 0


def _piece(read: StreetWords, first: int, behind: int) -> _Piece | None:
    """Return what a turn holds of an address if it is all that it holds: a number, a compass, a name, in this order."""
    name = read.house(first)
    while name < behind and read.word(name) in LISTS.compass and (name == first or read.adjoins(name)):
        name += 1
    end = name
    while end < behind and end - name <= MOST_NAMES and (end == name or read.adjoins(end)) and read.may_name(end):
        if read.word(end) in LISTS.no_names or read.word(end) in LISTS.unit_words:
            return None
        end += 1
    if end == name + 1 and read.word(name) in LISTS.kinds:
        return None  # "drive"
    end = max(end, read.tail(end)) if end > name else end
    return _Piece(first, name, end) if first < end == behind else None


def _choices(transcript: Transcript, streets: Sequence[Part]) -> Iterator[Claim]:
    """Yield both of two parts that are offered beside an address, and the one that is chosen."""
    words, ends = transcript.words, sorted(end for _, end in streets)
    for match in _CHOICE.finditer(transcript.octets) if ends else ():
        index, answer = bisect_right(ends, match.start()) - 1, transcript.answer_to(match.start())
        if index < 0 or answer is None or not _is_near(transcript, ends[index] - 1, match.start()):
            continue
        if transcript.folded.startswith(" of ", match.end()):
            continue  # "is that east or west of here"
        first, second = (1, 2) if match[1] else (3, 4)
        offered = {match[first].decode(), match[second].decode()}
        yield from (Claim((match.span(group),), _PART) for group in (first, second))
        start = words.at_or_behind(answer.start)
        for at in range(start, min(words.at_or_behind(answer.end), start + MOST_NAMES)):
            if words.said[at] in offered:
                yield Claim(((words.starts[at], words.ends[at]),), _PART)
            elif words.said[at] not in _OPENS and not words.bits[at] & Bit.FUNCTION:
                break


def _is_near(transcript: Transcript, street: int, question: int) -> bool:
    """Whether a question stands in the turn of a street or shortly behind it, in the same document."""
    turns = transcript.turn_at(question) - transcript.turn_at(street)
    return turns <= _NEAR and transcript.document_at(street) == transcript.document_at(question)
