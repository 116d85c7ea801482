"""Number plates, letters said as names and words, "three george foxtrot larry five four four", and British ones.

Police and drivers spell with first names, and with the words of the NATO alphabet. Behind a word for a plate, digits
and such words that follow each other are the plate, as long as there are as many as a plate has and of both kinds.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import digits_said
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.triggers import A_DIGIT, Group, Triggered

_PLATE = Triggered(rb"\b(?:plates?|tags?|registration)\b", needs=("plate plates tag tags registration",))
_BRITISH = Triggered(
    (
        rb"\b(?:plates?|reg|rego|registration|registered)[\s:,]+(?:[^.?!\x1d]{0,60}?\s)?"
        rb"([a-z]{2}[0-9]{2}\s?[a-z]{3}|[a-z][0-9]{1,3}\s?[a-z]{3})\b"
    ),
    needs=("plate plates reg rego registration registered", A_DIGIT),
)
_WORDS = frozenset(
    {
        "able", "adam", "apple", "baker", "bob", "boy", "charles", "david", "dog", "easy", "edward", "fox", "frank",
        "george", "henry", "ida", "item", "jig", "john", "king", "larry", "lincoln", "mary", "mike", "nan", "nancy",
        "nora", "ocean", "orange", "otto", "paul", "peter", "queen", "robert", "roger", "sam", "tiger", "tom", "tommy",
        "umbrella", "uncle", "union", "victor", "william", "yellow", "young", "zebra",
    }
)  # fmt: skip
_DASHES = frozenset({"dash", "hyphen", "then", "and", "uh", "um", "space", "like"})
_NUMERAL = Bit.NUMBER | Bit.DIGITS
_REACH = 150  # characters between the word for a plate and what is on it
_LETTERS = range(1, 5)
_DIGITS = range(1, 6)
_SIZE = range(5, 9)

_WRITTEN = finding(Label.VEHICLE, "plate-written", "the form of a British plate behind a word for one", 0.9, "context")
_FOUND = finding(
    Label.VEHICLE, "plate-said", "digits, and words for letters, behind a word for a plate", 0.92, "context"
)
NEEDS = Group(_PLATE, _BRITISH)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the plates that are said in words for letters, and those that are written as British ones are."""
    words = transcript.words
    for match in _BRITISH.finditer(transcript.octets):
        at = words.at_or_behind(match.end(1)) - 1
        if not words.bits[at] & (Bit.FUNCTION | Bit.CALENDAR) or words.bits[at] & Bit.CAPITALS:
            yield Claim((match.span(1),), _WRITTEN)
    for match in _PLATE.finditer(transcript.octets):
        document = transcript.document_at(match.start())
        limit = min(match.end() + _REACH, transcript.document_end(document))
        at, behind = words.at_or_behind(match.end()), words.at_or_behind(limit)
        while at < behind:
            last = _last(transcript, at)
            if last > at and _is_plate(words, at, last):
                yield Claim(tuple(transcript.in_turns(words.starts[at], words.ends[last])), _FOUND)
                break
            at = max(at, last) + 1


def _last(transcript: Transcript, first: int) -> int:
    """Return the last word of what can be a plate and begins at a word, `first - 1` where nothing does."""
    words, last = transcript.words, first - 1
    turn = transcript.turn_at(words.starts[first]) if first < len(words.said) else 0
    for at in range(first, min(first + 2 * _SIZE.stop, len(words.said))):
        if transcript.turn_at(words.starts[at]) != turn or (at > first and "\n" in _gap(transcript, at)):
            break
        if _is_piece(words, at):
            last = at
        elif words.said[at] not in _DASHES or at == first:
            break
    return last


def _gap(transcript: Transcript, at: int) -> str:
    return transcript.folded[transcript.words.ends[at - 1] : transcript.words.starts[at]]


def _is_piece(words: Words, at: int) -> bool:
    bits, word = words.bits[at], words.said[at]
    if bits & _NUMERAL:
        return True
    said = word in _WORDS or (bits & Bit.SPELLING and len(word) > 1) or (word == "ray" and words.beside(at, -1) == "x")
    return bool(said) or (len(word) == 1 and word not in {"a", "i"})


def _is_plate(words: Words, first: int, last: int) -> bool:
    said = words.said[first : last + 1]
    digits = len(digits_said(" ".join(word for at, word in enumerate(said) if words.bits[first + at] & _NUMERAL)))
    letters = [
        word
        for at, word in enumerate(said)
        if not words.bits[first + at] & _NUMERAL and word not in _DASHES and word != "ray"
    ]
    spelt = any(len(word) > 1 for word in letters)
    return spelt and len(letters) in _LETTERS and digits in _DIGITS and len(letters) + digits in _SIZE
