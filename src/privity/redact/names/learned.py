"""Names that are known from elsewhere in a conversation, wherever they come up again."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import compress

from privity.redact.names.misheard import misheard
from privity.redact.names.nobodys.uses import is_month
from privity.redact.names.parts import NameParts
from privity.redact.names.speakers import learned as speaker_words
from privity.redact.reading.lexicon import LISTED, ORDINARY, Bit, lexicon
from privity.redact.reading.small_words import TITLES
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
_LEARNABLE = (LISTED | Bit.UNKNOWN | Bit.DERIVED | Bit.PLACE).__and__
_NEVER = frozenset({"first", "last", "next", "second", "third", "dot"})
_MODAL = frozenset({"will", "may", "can", "see", "so", "do"})
_ADDRESSES = frozenset(
    {"alright", "bye", "dear", "for", "hello", "hey", "hi", "it's", "just", "morning", "no", "nope", "ok", "okay",
     "sorry", "thanks", "thank", "there", "uh", "um", "with", "yeah", "yes", "i'm"}
)  # fmt: skip
_BEHIND_ADDRESSED = frozenset(
    {"and", "can", "could", "do", "hi", "how", "i", "i'd", "i'll", "i'm", "it's", "i've", "let", "my", "no", "okay",
     "please", "sorry", "that's", "this", "uh", "um", "we", "we'll", "what", "what's", "yeah", "yes", "you", "you're"}
)  # fmt: skip
_CLOSES_WITH = frozenset({"too", "set"})  # "you're listed too mark", "you're all set pat"
_PARTS_WITH = frozenset({"bye", "thanks", "okay", "goodbye", "talk", "you've"})
_WHERE_ONE_IS = frozenset({"here", "out", "off", "busy", "available", "gone", "calling", "with", "coming"})
# Behind a name at the head of a sentence: "Mark is in Ely", where the verb would have something to do: "Mark it".
_DOES = frozenset(
    {"is", "was", "has", "had", "isn't", "wasn't", "hasn't", "doesn't", "didn't", "says", "said", "wants", "wanted",
     "needs", "lives", "works", "called", "knows", "told", "went", "came", "thinks", "got", "gave"}
)  # fmt: skip
_SHORTEST = 3  # letters

Word = tuple[int, str]  # with the document in which it is a name


def learned(
    parts: NameParts, transcript: Transcript, seen: bytearray, spelled: AbstractSet[Word]
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of each other place of a name within its document.

    `seen` has a one for every word that is in a name, `spelled` are the words that were spelled letter by letter.
    """
    known = _known(parts, transcript, seen) | {(number, word) for number, word in spelled if word not in _NEVER}
    known |= {(number, f"{word[0]}'{word[1:]}") for number, word in spelled if len(word) > _SHORTEST}  # "o'shea"
    if not known:
        return
    short = _short(parts, transcript, seen)
    yield from _short_again(parts, transcript, seen, short)
    words = {word for _, word in known}
    last = -1
    for first, behind in misheard(parts, transcript, seen, known):
        yield first, behind

    def is_known(at: int) -> bool:
        return (transcript.document_at(parts.starts[at]), parts.said[at]) in known

    def is_known_behind(at: int) -> bool:
        return is_known(at) or (transcript.document_at(parts.starts[at]), parts.said[at]) in short

    for first in parts.where_said(words):
        if first <= last or seen[first]:
            continue
        learnable = _LEARNABLE(parts.bits[first]) or _is_titled(parts, first)
        if not learnable or not is_known(first) or not _may_be_it(parts, first, words):
            continue
        last = first
        while parts.adjoins(last + 1) and not seen[last + 1] and is_known_behind(last + 1):
            last += 1
        somebody = parts.bits[last] & (Bit.FREQUENT_GIVEN | Bit.KNOWN_PLACE) == Bit.FREQUENT_GIVEN
        if somebody or not parts.no_person(last):
            yield first, last


def _known(parts: NameParts, transcript: Transcript, seen: bytearray) -> set[Word]:
    """Return the words of the names that were found, and of those who speak."""
    known = {
        (number, word)
        for number, word in speaker_words(transcript)
        if len(word) >= _SHORTEST and not lexicon()[word] & ORDINARY
    }
    for at in compress(range(len(seen)), seen):
        bits, word = parts.bits[at], parts.said[at]
        worldly = bits & (Bit.PLAIN | Bit.CAPITAL) and bits & (LISTED | Bit.WORD) and not bits & Bit.NO_NAME
        if len(word) >= _SHORTEST and word not in _NEVER and (worldly or not bits & ORDINARY):
            known.add((transcript.document_at(parts.starts[at]), word))
    return known


def _short_again(
    parts: NameParts, transcript: Transcript, seen: bytearray, short: AbstractSet[Word]
) -> Iterator[tuple[int, int]]:
    """Yield where short surnames stand behind a name, or are written in capitals: "Lan Xu, XU"."""
    words = {word for _, word in short}
    for at in parts.where_said(words) if short else ():
        behind_name = at and seen[at - 1] and parts.adjoins(at)
        again = behind_name or parts.bits[at] & Bit.CAPITALS
        if again and not seen[at] and (transcript.document_at(parts.starts[at]), parts.said[at]) in short:
            yield at, at


def _short(parts: NameParts, transcript: Transcript, seen: bytearray) -> set[Word]:
    """Return the surnames of two letters that were found: too short to be known everywhere, but not behind a name."""
    return {
        (transcript.document_at(parts.starts[at]), parts.said[at])
        for at in compress(range(len(seen)), seen)
        if len(parts.said[at]) == _SHORTEST - 1 and parts.bits[at] & Bit.SURNAME and not parts.ordinary(at)
    }


def _may_be_it(parts: NameParts, at: int, words: AbstractSet[str]) -> bool:
    """Whether an English word that was a name is one again: written as one, or addressed where it is a verb too.

    `words` are those of names, of which one behind it is its surname: "guy hughes".
    """
    if parts.bits[at] & Bit.CAPITALS:
        return True  # "Grace Brown, BROWN": spelled
    if _is_said_twice(parts, at) or _is_subject(parts, at):
        return True  # "Grant, Grant Whitlock"
    if parts.bits[at] & Bit.CALENDAR and is_month(parts, at):
        return False
    bits = parts.bits[at]
    if bits & ORDINARY and not bits & Bit.PLAIN:
        addressed = at + 1 < parts.count and parts.between(at) == ", "  # "Brandy, it's the office"
        owed = parts.opens_sentence(at) and not addressed and not parts.closes_sentence(at)
        if owed or not bits & Bit.CAPITAL:
            return False
    if parts.said[at] not in _VOCABULARY.verbs_too or _is_addressed(parts, at):
        return True
    surname = parts.after(at)
    return surname in words - _VOCABULARY.verbs_too and parts.bits[at + 1] & Bit.SURNAME != 0


def _is_subject(parts: NameParts, at: int) -> bool:
    """Whether a capitalised word opens a sentence in which it does something."""
    return parts.bits[at] & Bit.CAPITAL != 0 and parts.opens_sentence(at) and parts.after(at) in _DOES


def _is_said_twice(parts: NameParts, at: int) -> bool:
    """Whether a capitalised word is said again behind a comma, with what may be its surname."""
    if not at + 2 < parts.count or parts.said[at + 1] != parts.said[at] or parts.between(at) != ", ":
        return False
    return parts.bits[at] & parts.bits[at + 1] & parts.bits[at + 2] & Bit.CAPITAL != 0 and parts.adjoins(at + 2)


def _is_titled(parts: NameParts, at: int) -> bool:
    """Whether a title or a greeting stands before a word that no list of names has: "miss opaline"."""
    before = parts.before(at)
    return before in TITLES or (before in _VOCABULARY.greetings and parts.closes(at))


def _is_addressed(parts: NameParts, at: int) -> bool:
    """Whether a word that is common beside being a name ends what is said, behind a greeting or by itself."""
    before = parts.said[at - 1] if parts.adjoins(at) else ""
    if parts.closes(at):
        return not before or before in _VOCABULARY.greetings or before in _CLOSES_WITH
    if parts.after(at) == "is" and parts.after(at + 1) in _WHERE_ONE_IS:
        return parts.said[at] not in _MODAL  # "art is here"
    if before in {"thanks", "thank"} and parts.after(at) in _PARTS_WITH:
        return True  # "thanks will bye now"
    if parts.said[at] in _MODAL or before not in _ADDRESSES:
        return False
    return parts.after(at) in _BEHIND_ADDRESSED  # "alright rich i'll see you then"
