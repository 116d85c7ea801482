"""Secrets that are said before they are named, and that answer security questions.

"it's pineapple, that's my verbal password", "sunflower nineteen sixty two is the password", "what was your first pet /
mittens".
"""

import re
from collections.abc import Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import NEXT_TURN, Group, Triggered
from privity.redact.reading.vocabulary import vocabulary

_NAMED = Triggered(
    rb"(?:\b(?:that's|that\s+is|is|was|as|for)\s+|\x1e\s*(?:(?:and|yeah|so)\s+)?)?(?:that's\s+)?\b(?:my|the|her|his|our|your)\s+(?:\w+\s+)?"
    rb"(?:password|passcode|pass\s+phrase|username|user\s+name|safe\s+word|code\s+word|alarm\s+code|gate\s+code|log\s?in)\b",
    needs=("my the her his our your", "password passcode pass username user safe code alarm gate login log"),
)
_OF_CHILDHOOD = (
    rb"\b(?:first\s+pet|pet's\s+name|dog's\s+name|childhood\s+(?:pet|friend|nickname|street)|"
    rb"favorite\s+(?:color|teacher|movie|food|book|sport|team|band|song|place|vacation|animal|ice\s+cream)|"
    rb"(?:street|town|city)\s+(?:did\s+)?(?:you|she|he)\s+gr[eo]w\s+up|elementary\s+school|"
    rb"high\s+school(?:\s+mascot)?|mascot|first\s+(?:car|job|concert|boss|teacher|school)|best\s+(?:friend|man)|maiden\s+name)\b"
)
_OF_WHAT = "pet dog childhood favorite street town city elementary high mascot first best maiden"
_QUESTION = Triggered(_OF_CHILDHOOD + rb"[^\x1d\x1e]*\x1e", needs=(_OF_WHAT, NEXT_TURN))
_IN_ONE_LINE = Triggered(_OF_CHILDHOOD + rb"[^\x1d\x1e?]{0,40}\?\s+([a-z][a-z0-9' -]{1,30})[.!]", needs=(_OF_WHAT,))
_VERB = re2.compile(rb"\b(?:that's|is|was|as)\b")
_SECURITY = re.compile(r"\b(?:security|verif\w+|challenge|secret|authenticat\w+|confirm|identity)\b", re.ASCII)
_ASKS = re.compile(r"\b(?:what|what's|which|where|who|name|tell|answer|your|you|question)\b", re.ASCII)
_LEADS = frozenset({"it", "said", "is", "use", "try", "was", "say", "type", "put", "answer", "called"})
_SURE_SIGNS = frozenset(
    {
        "exclamation", "underscore", "hashtag", "ampersand", "asterisk", "dollar", "capital", "sign", "dash", "star",
        "pound",
    }
)  # fmt: skip
_LONGEST = 10  # words
_MOST_PLAIN = 3
_REACH = 300

_BEFORE = finding(Label.PASSWORD, "secret-named-after", "a secret, then what it is", 0.8, "context")
_ANSWER = finding(Label.PASSWORD, "security-answer", "the answer to a security question", 0.62, "context")
NEEDS = Group(_NAMED, _QUESTION, _IN_ONE_LINE)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return secrets that stand before their names, and answers to security questions."""
    words = transcript.words
    yield from _in_one_line(transcript)
    for match in _NAMED.finditer(transcript.octets):
        place = _before(transcript, match.start(), named=_VERB.search(match[0]) is not None)
        if place is not None:
            yield Claim((place,), _BEFORE)
    for match in _QUESTION.finditer(transcript.octets):
        if not _is_asked(transcript, match.start()):
            continue
        turn = transcript.stretches[transcript.turn_at(match.end())]
        first, behind = words.at_or_behind(turn.start), words.at_or_behind(turn.end)
        while first < behind and (words.bits[first] & Bit.FUNCTION or words.texts[first].lower() in _FILLERS):
            first += 1
        if 0 < behind - first <= _MOST_PLAIN:
            yield Claim(((words.starts[first], words.end(behind - 1)),), _ANSWER)


def _is_asked(transcript: Transcript, place: int) -> bool:
    """Whether what is spoken of is asked for, to know somebody by it: not "i took typing in high school"."""
    opens = max(transcript.documents[transcript.document_at(place)], place - _REACH)
    asked = max(opens, transcript.stretches[transcript.turn_at(place)].start)
    text = transcript.folded
    return _ASKS.search(text, asked, place) is not None and _SECURITY.search(text, opens, place) is not None


def _in_one_line(transcript: Transcript) -> Iterator[Claim]:
    """Yield answers where nothing tells who speaks, so that they follow their question in its turn."""
    words = transcript.words
    for match in _IN_ONE_LINE.finditer(transcript.octets):
        turn, document = transcript.turn_at(match.start()), transcript.document_at(match.start())
        stretch = transcript.stretches[turn]
        alone = (stretch.start, stretch.end) == (transcript.documents[document], transcript.document_end(document))
        if not alone or not _is_asked(transcript, match.start()):
            continue
        first, behind = words.at_or_behind(match.start(1)), words.at_or_behind(match.end(1))
        while first < behind and words.said[first] in _FILLERS | _LEADS | {"it's", "its", "uh", "um", "that's"}:
            first += 1
        plain = all(not words.bits[at] & Bit.FUNCTION for at in range(first, behind))
        if plain and 0 < behind - first <= _MOST_PLAIN:
            yield Claim(((words.starts[first], words.end(behind - 1)),), _ANSWER)


_FILLERS = frozenset(word for phrase in vocabulary().fillers for word in phrase.split()) | {"ha", "haha"}


def _before(transcript: Transcript, place: int, *, named: bool) -> tuple[int, int] | None:
    """Return the secret that ends right before a place: what shows it, or what "it's" leads to."""
    words = transcript.words
    behind = words.at_or_behind(place)
    if behind == 0:
        return None
    turn = transcript.stretches[transcript.turn_at(words.starts[behind - 1])]
    if turn.document != transcript.document_at(place):
        return None
    first, opening = behind, words.at_or_behind(turn.start)
    numbers = letters = signs = plain = 0
    while first > opening and behind - first < _LONGEST:
        word, bits = words.texts[first - 1].lower(), words.bits[first - 1]
        if bits & NUMERAL:
            numbers += 1
        elif len(word) == 1 and word not in "ai":
            letters += 1
        elif word in _SURE_SIGNS:
            signs += 1
        elif bits & (Bit.FUNCTION | Bit.CALENDAR) or word in _FILLERS or word in _LEADS or word in vocabulary().units:
            break
        else:
            plain += 1
        first -= 1
    if first == behind or plain > _MOST_PLAIN:
        return None
    lead = words.texts[first - 1].lower() if first > opening else ""
    led = named and lead in _LEADS and (first - 1 == opening or lead in {"said", "it", "use", "try"})
    shown = (named or lead in _LEADS) and (signs + letters > 0 or (numbers > 0 and plain > 0))
    if (shown and numbers + letters + plain > 1) or (
        led and plain and plain <= _MOST_PLAIN - 1 and first - 1 == opening
    ):
        return words.starts[first], words.end(behind - 1)
    return None
