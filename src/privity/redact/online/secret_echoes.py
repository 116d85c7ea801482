"""Secrets that are said before they are named, that answer security questions, and that are said again.

"it's pineapple, that's my verbal password", "sunflower nineteen sixty two is the password", "what was your first pet /
mittens", and "winter otter five eight" once "winter dash otter dash five eight" was heard.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import NEXT_TURN, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_NAMED = Triggered(
    rb"(?:\b(?:that's|that\s+is|is|was|as|for)\s+|\x1e\s*(?:(?:and|yeah|so)\s+)?)?(?:that's\s+)?\b(?:my|the|her|his|our|your)\s+(?:\w+\s+)?"
    rb"(?:password|passcode|pass\s+phrase|username|user\s+name|safe\s+word|code\s+word|alarm\s+code|gate\s+code|log\s?in)\b",
    needs=("my the her his our your", "password passcode pass username user safe code alarm gate login log"),
)
_QUESTION = Triggered(
    rb"\b(?:first\s+pet|pet's\s+name|dog's\s+name|childhood\s+(?:pet|friend|nickname|street)|favorite\s+(?:color|teacher|movie|food|book|sport|team|band|song|"
    rb"place|vacation|animal|ice\s+cream)|(?:street|town|city)\s+(?:did\s+)?(?:you|she|he)\s+gr[eo]w\s+up|elementary\s+school|"
    rb"high\s+school(?:\s+mascot)?|mascot|first\s+(?:car|job|concert|boss|teacher|school)|best\s+(?:friend|man)|maiden\s+name)\b[^\x1d\x1e]*\x1e",
    needs=("pet dog childhood favorite street town city elementary high mascot first best maiden", NEXT_TURN),
)
_VERB = re2.compile(rb"\b(?:that's|is|was|as)\b")
_SECURITY = re.compile(r"\b(?:security|verif\w+|challenge|secret|authenticat\w+|confirm|identity)\b", re.ASCII)
_JOINTS = frozenset(
    {"dash", "hyphen", "dot", "underscore", "space", "then", "and", "uh", "um", "capital", "lowercase", "uppercase"}
)
_LEADS = frozenset({"it", "said", "is", "use", "try", "was", "say", "type", "put", "answer", "called"})
_NUMERAL = Bit.NUMBER | Bit.DIGITS | Bit.MIXED
_SURE_SIGNS = frozenset(
    {
        "exclamation",
        "underscore",
        "hashtag",
        "ampersand",
        "asterisk",
        "dollar",
        "capital",
        "sign",
        "dash",
        "star",
        "pound",
    }
)
_SIGN = (
    "hash ?tag|hash sign|hash|pound sign|pound|exclamation (?:point|mark)|exclamation|dollar sign|asterisk|star|"
    "at sign|percent sign|ampersand|question mark|bang"
)
_SIGNS = _SURE_SIGNS | {"hashtag", "hash", "mark", "point", "bang", "question", "percent"}
_NUMBER = rf"(?:[0-9]+|(?:{one_of(NUMBER_WORDS)})\b)"
_LONGEST = 10  # words
_MOST_PLAIN = 3
_REACH = 300
_LEAST = 5  # letters of a word that is known again
_MOST_KNOWN = 12  # secrets of one conversation

_BEFORE = finding(Label.PASSWORD, "secret-named-after", "a secret, then what it is", 0.8, "context")
_ANSWER = finding(Label.PASSWORD, "security-answer", "the answer to a security question", 0.62, "context")
_KNOWN = finding(Label.PASSWORD, "secret-known", "a secret that was said before", 0.6, "context")
_HANDLE_KNOWN = finding(Label.USERNAME, "user-name-known", "a user name that was said before", 0.6, "context")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return secrets that stand before their names, and answers to security questions."""
    words = transcript.words
    for match in _NAMED.finditer(transcript.octets):
        place = _before(transcript, match.start(), named=_VERB.search(match[0]) is not None)
        if place is not None:
            yield Claim((place,), _BEFORE)
    for match in _QUESTION.finditer(transcript.octets):
        start = transcript.documents[transcript.document_at(match.start())]
        if not _SECURITY.search(transcript.folded, max(start, match.start() - _REACH), match.start()):
            continue
        turn = transcript.stretches[transcript.turn_at(match.end())]
        first, behind = words.at_or_behind(turn.start), words.at_or_behind(turn.end)
        while first < behind and (words.bits[first] & Bit.FUNCTION or words.texts[first].lower() in _FILLERS):
            first += 1
        if 0 < behind - first <= _MOST_PLAIN:
            yield Claim(((words.starts[first], words.end(behind - 1)),), _ANSWER)


_FILLERS = frozenset(word for phrase in vocabulary().fillers for word in phrase.split())


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
        if bits & _NUMERAL:
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


def _numbered(parts: list[str]) -> str:
    """Return a pattern for the words of a secret with any number behind them, read as one likes; "" without such.

    "sunshine nine nineteen hashtag" is "sunshine with a capital s nine one nine pound sign" again.
    """
    words = [word for word in parts if word.isalpha() and not lexicon()[word] & _NUMERAL and word not in _SIGNS]
    words = [word for word in words if len(word) > 1]
    if not words or max(map(len, words)) < _LEAST - 1 or not any(lexicon()[word] & _NUMERAL for word in parts):
        return ""
    cased = r"(?:\s+with\s+an?\s+(?:capital|uppercase)\s+[a-z]\b)?"
    said = rf"{cased}\s+".join(map(re.escape, words))
    return rf"{said}{cased}(?:[\s,.-]+{_NUMBER})+(?:\s+(?:{_SIGN}))*"


def known(transcript: Transcript, heard: Iterable[Claim]) -> Iterator[Claim]:
    """Return what is said again of secrets and user names, with or without the signs between their parts."""
    words = transcript.words
    secrets: defaultdict[int, dict[str, Label]] = defaultdict(dict)
    for claim in heard:
        start, end = claim.parts[0]
        document = transcript.document_at(start)
        said = [words.texts[at].lower() for at in range(words.at_or_behind(start), words.at_or_behind(end))]
        parts = [word for word in said if word not in _JOINTS]
        single = len(parts) == 1 and len(parts[0]) < _LEAST
        if (
            parts
            and not single
            and any(len(word) >= _LEAST - 1 for word in parts)
            and len(secrets[document]) < _MOST_KNOWN
        ):
            between = rf"[\s,.-]+(?:(?:{'|'.join(sorted(_JOINTS))})\s+)*"
            secrets[document][between.join(map(re.escape, parts))] = claim.finding.label
            if numbered := _numbered(parts):
                secrets[document][numbered] = claim.finding.label
    for document, patterns in secrets.items():
        start, end = transcript.documents[document], transcript.document_end(document)
        for pattern, label in patterns.items():
            for match in re.finditer(rf"\b{pattern}\b", transcript.folded[start:end], re.ASCII):
                found = _KNOWN if label is Label.PASSWORD else _HANDLE_KNOWN
                yield Claim(((start + match.start(), start + match.end()),), found)
